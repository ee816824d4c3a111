// A lock between processes that ends with the process that holds it, however that ends.
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

}  // namespace paperclub::os
