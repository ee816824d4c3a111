#include "lib/os/handle.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include <utility>

namespace paperclub::os {

Handle::Handle(Handle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

Handle::~Handle() { close(); }

int Handle::release() { return std::exchange(fd_, -1); }

bool Handle::close() { return fd_ < 0 || ::close(std::exchange(fd_, -1)) == 0; }

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
    if (wrote >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno == EAGAIN) {
      pollfd waiting{descriptor, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace paperclub::os
