// Reaching a remote: which one is meant, the program git, and whether the network may be used.
#pragma once

#include <optional>
#include <string>

#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/remote.hpp"

namespace paperclub::cli {

// A branch here and where it is at the remote.
struct Upstream {
  std::string remote;    // its name
  std::string branch;    // there: refs/heads/…
  std::string tracking;  // what is known of it here: refs/remotes/…
};

// Throws Error{repository} where PAPERCLUB_OFFLINE forbids the network.
void refuse_offline(const Context& context);

// Returns git as it is started.  Throws Error{repository} where it is not installed.
git::GitProgram git_program(const Context& context);

// Returns the remote that is meant: `chosen`, else what git's configuration says for the branch
// (refs/heads/…), else `origin` or the only one.  Throws Error{usage} where there is none or
// several could be meant.
Upstream upstream_of(const git::Repository& repository, const git::Config& config,
                     const std::string& branch, const std::string& chosen);

// Fetches the branch into the repository of `folder` and returns the commit that it is at; nothing
// where the remote has none yet.  The commit is remembered.  Throws Error{unacceptable} where it
// does not stand on the one that was seen last, or is gone, and Error{io}.
std::optional<git::ObjectId> fetch_tip(const std::string& folder, const git::Remote& remote,
                                       const Upstream& upstream);

// Tells what the remote said, line by line, on standard error.
void tell_remote_words(Context& context, const std::string& remote, const std::string& words);

}  // namespace paperclub::cli
