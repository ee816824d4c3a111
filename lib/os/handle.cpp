#include "lib/os/handle.hpp"

#include <unistd.h>

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

}  // namespace paperclub::os
