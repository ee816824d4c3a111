#include "lib/os/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "lib/os/file_place.hpp"

namespace paperclub::os {

std::optional<FileLock> FileLock::try_take(const std::string& path) {
  // For reading: the file may be another person's who shares the repository.
  constexpr int kFlags = O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
  Handle file(::open(path.c_str(), kFlags, 0666));
  if (!file) {
    throw io_error("cannot make the lock", path, errno);
  }
  // Where the file system knows no locks, the branch's own compare-and-swap is all there is.
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return std::nullopt;
  return FileLock(std::move(file));
}

std::optional<LockFile> LockFile::try_make(const std::string& path) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const Handle file(::open(path.c_str(), kFlags, 0666));
  if (file) return LockFile(path);
  if (errno == EEXIST) return std::nullopt;
  throw io_error("cannot make the lock", path, errno);
}

LockFile::~LockFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

}  // namespace paperclub::os
