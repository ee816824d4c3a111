// Bringing a branch to a commit that is written already, with the files and the index of its
// working tree: all of it or nothing.  For this room only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/club/checkout.hpp"
#include "lib/git/branch.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"
#include "lib/os/lock.hpp"

namespace paperclub::club {

// Waits a little before the next try, longer each time and not equally long for everybody.
using Wait = std::function<void(std::size_t attempt)>;

// How often a write is tried anew where somebody else is faster.
inline constexpr std::size_t kMaxAttempts = 12;

// Returns where new commits go.  Throws Error{repository} where the repository cannot take one now:
// a merge or rebase under way, HEAD on no branch, a bare repository whose branch is checked out.
git::Head ready_head(const git::Repository& repository);

// Returns the lock among writers of ours in one clone: they wait for one another here, in turn.
// Throws Error{repository} where the other does not end.
os::FileLock lock_writers(const std::string& folder, const Wait& wait);

// The same, by another file in git's folder.
os::FileLock lock_clone(const std::string& folder, const std::string& file, const Wait& wait);

// Returns the failure for the lock of git at `path` that stays; `now` is in seconds since 1970.
Error locked_error(const std::string& path, long long now);

// One move of the branch that `head` found.
class Landing {
 public:
  // `repository` must outlive it.
  Landing(const git::Repository& repository, git::Head head, git::Person who);

  // Moves the branch to `commit`, and the files of a working tree as `changes` say.  Where it
  // returns anything but done, or throws, all is as it was; a message says so where that cannot be
  // told.
  git::Move land(const git::ObjectId& commit, std::vector<FileChange> changes,
                 const std::string& reason);

  // Returns the path of the lock of git that was asked for last.
  const std::string& lock() const { return lock_; }

 private:
  git::Move move_branch(const git::ObjectId& commit, const std::string& reason);
  git::Move move_with_files(const git::ObjectId& commit, std::vector<FileChange> changes,
                            const std::string& reason);
  void refuse_unknown(const git::ObjectId& commit) const;

  const git::Repository& repository_;
  git::Head head_;
  git::Person who_;
  std::string lock_;
};

}  // namespace paperclub::club
