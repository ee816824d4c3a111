// Ownership of one file descriptor, and writing to one.
#pragma once

#include <string_view>

namespace paperclub::os {

// Owns a file descriptor and closes it once; -1 means none.  Move only.
class Handle {
 public:
  Handle() = default;
  // Takes ownership of `fd`.
  explicit Handle(int fd) : fd_(fd) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();

  // Returns the descriptor, still owned by *this.
  int get() const { return fd_; }
  // Returns whether there is one.
  explicit operator bool() const { return fd_ >= 0; }
  // Gives up ownership; the descriptor stays open.
  int release();
  // Closes it and returns whether the system reported success; true where there was none.
  bool close();

 private:
  int fd_ = -1;
};

// Writes all of `bytes` to the open `descriptor`, waiting where it takes no more for now; returns
// 0, or errno where it takes no more at all.
int write_all(int descriptor, std::string_view bytes);

}  // namespace paperclub::os
