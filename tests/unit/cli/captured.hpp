// What a test's own process writes to a standard stream while it is looked at.
#pragma once

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "lib/os/file.hpp"
#include "lib/os/handle.hpp"

namespace paperclub::tests {

// Sends a descriptor elsewhere and back again at the end.
class Redirected {
 public:
  // Sends `descriptor` to what `target` is open for.
  Redirected(int descriptor, int target) : descriptor_(descriptor), before_(::dup(descriptor)) {
    std::fflush(nullptr);
    if (!before_ || ::dup2(target, descriptor) < 0) throw std::runtime_error("dup2 failed");
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  ~Redirected() {
    std::fflush(nullptr);
    ::dup2(before_.get(), descriptor_);
  }

 private:
  int descriptor_;
  os::Handle before_;
};

// Keeps what is written to a descriptor.
class Captured {
 public:
  explicit Captured(int descriptor) : file_(std::tmpfile()) {
    if (!file_) throw std::runtime_error("tmpfile failed");
    redirected_ = std::make_unique<Redirected>(descriptor, ::fileno(file_.get()));
  }

  // Sends the descriptor back and returns what was written to it.
  std::string take() {
    redirected_.reset();
    ::lseek(::fileno(file_.get()), 0, SEEK_SET);
    return os::read_descriptor(::fileno(file_.get()), 64U * 1024 * 1024).bytes;
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::unique_ptr<Redirected> redirected_;
};

// What a run wrote and returned.
struct Output {
  int code = 0;
  std::string out;
  std::string err;
};

// Runs `body` with both streams captured, and broken pipes told by write() as in the program.
inline Output captured(const std::function<int()>& body) {
  std::signal(SIGPIPE, SIG_IGN);
  Captured out(STDOUT_FILENO);
  Captured err(STDERR_FILENO);
  Output output;
  output.code = body();
  output.err = err.take();
  output.out = out.take();
  return output;
}

}  // namespace paperclub::tests
