// Bringing a clone and its remote together: what others did, one's own on top of it, and all of it
// sent.  No branch is ever forced.
#pragma once

#include <string>

#include "cli/context.hpp"
#include "cli/signing.hpp"

namespace paperclub::cli {

// How to sync.
struct SyncOptions {
  std::string remote;  // "" for the usual one
  std::string prefer;  // mine, theirs, or "": which side is taken where both changed the same
  SignFlags signing;   // of the commits that are made anew
  bool quiet = false;
  std::string format = "text";
};

// Syncs the club at or above the folder of `context` and tells what was done.  Returns kDone, or
// kUnacceptable where a vote came too late.  Throws Error{unacceptable} where history was
// rewritten, both sides changed the same, or the remote refuses; Error{io} where it cannot be
// reached.
int sync_club(Context& context, const SyncOptions& options);

}  // namespace paperclub::cli
