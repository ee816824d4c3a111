// git's index of one working tree: what is staged.  Only single entries are changed; every other
// entry stays as it is, staged or not.  It is read under git's own lock, which is held until the
// end: whoever stages or commits meanwhile, git or another of ours, finds it locked and loses
// nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/git/history.hpp"
#include "lib/git/repository.hpp"
#include "lib/os/file.hpp"
#include "lib/os/lock.hpp"

namespace paperclub::git {

// The index of a repository with a working tree, which must outlive it.
class Index {
 public:
  // Locks and reads it, or returns nothing where somebody else holds the lock.  Throws
  // Error{repository} where it is of a kind that is not supported, Error{damaged, io}.
  static std::optional<Index> lock(const Repository& repository);
  // Reads it as it is, for staged() alone: nothing is locked, and it cannot be written.  Throws as
  // lock() does.
  static Index read(const Repository& repository);
  // Returns what is staged otherwise than `commit` has it, sorted by path, in the index at `file`
  // (absolute; "" for the usual one): what git would commit; nothing where the index cannot be
  // read: it is of a kind that is not supported (split, sparse), or damaged, as git itself will
  // say.  A file in conflict is told as gone.  Nothing is locked.  Throws Error{damaged} where the
  // commit is.
  static std::optional<std::vector<FileDifference>> staged_changes(const Repository& repository,
                                                                   const ObjectId& commit,
                                                                   const std::string& file);
  // Returns the absolute path of the lock.
  static std::string lock_path(const Repository& repository);
  Index(Index&& other) noexcept;
  Index& operator=(Index&& other) noexcept;
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;
  ~Index();  // gives the lock back

  // Returns the blob that is staged at `path`, or nothing.  Throws Error{repository} where a merge
  // left a conflict there.
  std::optional<ObjectId> staged(const std::string& path) const;
  // Returns whether the path is kept out of the working tree (a sparse checkout).
  bool is_sparse(const std::string& path) const;
  // Stages `blob` at `path`, a file of which the system says `facts`.  The entry's marks
  // (assume-unchanged, skip-worktree) stay as they are, and where `executable` does not say, its
  // mode; a new one is a plain file.
  void put(const std::string& path, const ObjectId& blob, const os::FileFacts& facts,
           std::optional<bool> executable = std::nullopt);
  // Unstages the file at `path`.
  void remove(const std::string& path);
  // Writes it, on disk when it returns; may be called again.  Only for one that lock() returned.
  // Throws Error{io}.
  void write();

 private:
  struct Impl;
  explicit Index(std::unique_ptr<Impl> impl);
  static std::unique_ptr<Impl> open(const Repository& repository, std::optional<os::LockFile> lock);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperclub::git
