// The two kinds of lock between processes: one that ends with the process that holds it, however
// that ends, and git's, which is there as long as a file is.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "lib/os/handle.hpp"

namespace paperclub::os {

// Holds the lock on a file while it lives.  The file itself stays, empty, and means nothing.
class FileLock {
 public:
  // Takes the lock on the file at `path`, which is made where it is not there, or returns nothing
  // where another process holds it.  Throws Error{io} where the file cannot be made.
  static std::optional<FileLock> try_take(const std::string& path);

 private:
  explicit FileLock(Handle file) : file_(std::move(file)) {}
  Handle file_;
};

// Holds a lock of git's kind while it lives: the file's being there is the lock.  A process that is
// killed leaves it behind.
class LockFile {
 public:
  // Makes the file at `path`, or returns nothing where it is there.  Throws Error{io}.
  static std::optional<LockFile> try_make(const std::string& path);
  LockFile(LockFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  LockFile& operator=(LockFile&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  ~LockFile();

 private:
  explicit LockFile(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty where it was moved away
};

}  // namespace paperclub::os
