// git's index of one working tree: what is staged.  Only single entries are changed; every other
// entry stays as it is, staged or not.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "lib/git/repository.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {

// The index of a repository with a working tree, which must outlive it.
class Index {
 public:
  // Reads it; throws Error{repository} where it is of a kind that is not supported, Error{damaged}.
  explicit Index(const Repository& repository);
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;
  ~Index();

  // Returns the blob that is staged at `path`, or nothing.  Throws Error{repository} where a merge
  // left a conflict there.
  std::optional<ObjectId> staged(const std::string& path) const;
  // Stages `blob` at `path`, a file of which the system says `facts`.
  void put(const std::string& path, const ObjectId& blob, const os::FileFacts& facts);
  // Unstages the file at `path`.
  void remove(const std::string& path);
  // Writes it, on disk when it returns; returns false where somebody else holds its lock, and
  // nothing is written.  Throws Error{io}.
  bool write();
  // Returns the absolute path of its lock.
  std::string lock_path() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperclub::git
