// What this clone remembers of history: the commit that it saw last on each branch.  A tip that
// does not stand on it means that history was rewritten, votes and all.
#pragma once

#include <optional>
#include <string>

#include "lib/git/repository.hpp"

namespace paperclub::club {

// The file in git's own folder in which it is kept, `BRANCH COMMIT` lines.
inline constexpr const char* kSeenTips = "paperclub-tips";

// How a tip stands to what was seen last.
enum class SeenState { first_seen, unchanged, extended, rewritten };

struct SeenTip {
  SeenState state = SeenState::first_seen;
  std::optional<git::ObjectId> before;  // the commit seen last
  bool is_damaged = false;  // the memory holds something else than it should, and says nothing
};

// Compares the tip of the branch (its full name) with the one seen last; writes nothing.  Where the
// memory is damaged the tip is the first one seen.  Throws Error{io, damaged}.
SeenTip compare_seen(const git::Repository& repository, const std::string& branch,
                     const git::ObjectId& tip);

// Returns whether the memory holds something else than it should.  Throws Error{io}.
bool is_memory_damaged(const git::Repository& repository);

// Remembers the tip, on disk when it returns.  Throws Error{io}.
void remember_tip(const git::Repository& repository, const std::string& branch,
                  const git::ObjectId& tip);

}  // namespace paperclub::club
