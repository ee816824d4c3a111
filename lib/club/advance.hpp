// Moving the club's branch to a commit that is there already: what others did, or one's own work on
// top of it.  Files and index of the working tree come along; what a person has changed or staged
// elsewhere stays.
#pragma once

#include <optional>
#include <string>

#include "lib/club/landing.hpp"
#include "lib/git/objects.hpp"

namespace paperclub::club {

// Who moves the branch, and how.
struct AdvanceOptions {
  git::Person who;
  std::string reason;  // for the reflog
  long long now = 0;   // seconds since 1970, for telling how old a lock is
  Wait wait = [](std::size_t) {};
};

// Moves the branch of the repository of `folder` from `from` (nothing: it has no commit) to `to`;
// returns false, and nothing is changed, where it stands elsewhere by now.  Throws
// Error{unacceptable} where a file that changes has changes that are not committed, or is none that
// this program writes (a link, a submodule, more than 16 MiB), Error{repository} where the
// repository cannot take it now, Error{damaged, io}.
bool advance_branch(const std::string& folder, const std::optional<git::ObjectId>& from,
                    const git::ObjectId& to, const AdvanceOptions& options);

// Returns the lock under which one clone talks with its remote: two at once wait for one another.
// Throws Error{repository} where the other does not end.
os::FileLock lock_exchange(const std::string& folder, const Wait& wait);

}  // namespace paperclub::club
