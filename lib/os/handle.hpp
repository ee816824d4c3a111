// Ownership of one file descriptor.
#pragma once

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

}  // namespace paperclub::os
