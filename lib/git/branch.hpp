// Moving a branch: one compare-and-swap, with its reflog, on disk when it returns.
#pragma once

#include <optional>
#include <string>

#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::git {

// How moving a branch ended.
enum class Move {
  done,
  lost,    // the branch does not stand any more where it stood: redo the work on what is there now
  locked,  // somebody else holds its lock, or did until a moment ago
};

// Moves branches of one repository, which must outlive it.
class BranchWriter {
 public:
  explicit BranchWriter(const Repository& repository) : repository_(repository) {}

  // Moves the branch from where `head` found it (nothing: it was not there) to `commit`.  `who` and
  // `reason` go to the reflog.  Throws Error{io, repository}, and the branch is as it was then, but
  // for a failure of the last step: its message says that it is unknown.
  Move move(const Head& head, const ObjectId& commit, const Person& who,
            const std::string& reason) const;
  // Returns the absolute path of the lock that keeps others from moving the branch.
  std::string lock_path(const std::string& branch) const;

 private:
  const Repository& repository_;
};

}  // namespace paperclub::git
