#include "lib/os/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::os {
namespace {

bool is_program(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return false;
  return ::access(path.c_str(), X_OK) == 0;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The list of things posix_spawn does in the child before the program starts.
class FileActions {
 public:
  FileActions() { ::posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

  void move(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Signals that we ignore would be ignored by the child, too.
class Attributes {
 public:
  explicit Attributes(const std::vector<int>& default_signals) {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : default_signals)
      ::sigaddset(&signals, signal);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// Starts the program; throws Error{io}.
pid_t start(const ProcessSpec& spec, const FileActions& actions) {
  const Attributes attributes(spec.default_signals);
  std::vector<std::string> arguments{spec.program};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  std::vector<std::string> environment = spec.environment;
  pid_t process = -1;
  const int code = ::posix_spawn(&process, spec.program.c_str(), actions.get(), attributes.get(),
                                 pointers_to(arguments).data(), pointers_to(environment).data());
  if (code == 0) return process;
  throw Error{ErrorKind::io,
              fmt::format("cannot start {}: {}", quote(spec.program, 200), std::strerror(code))};
}

}  // namespace

std::optional<std::string> find_program(const std::string& name, std::string_view search_path) {
  if (name.find('/') != name.npos) {
    if (name.front() == '/' && is_program(name)) return name;
    return std::nullopt;
  }
  while (!search_path.empty()) {
    const std::size_t colon = std::min(search_path.find(':'), search_path.size());
    const std::string_view part = search_path.substr(0, colon);
    search_path.remove_prefix(std::min(colon + 1, search_path.size()));
    if (part.empty() || part.front() != '/') continue;
    std::string path = fmt::format("{}/{}", part, name);
    if (is_program(path)) return path;
  }
  return std::nullopt;
}

IgnoredSignals::IgnoredSignals(const std::vector<int>& signals) {
  for (const int signal : signals)
    before_.emplace_back(signal, std::signal(signal, SIG_IGN));
}

IgnoredSignals::~IgnoredSignals() {
  for (const auto& [signal, handler] : before_)
    static_cast<void>(std::signal(signal, handler));
}

std::vector<int> IgnoredSignals::changed() const {
  std::vector<int> signals;
  for (const auto& [signal, handler] : before_) {
    if (handler != SIG_IGN) signals.push_back(signal);
  }
  return signals;
}

int run_program(const ProcessSpec& spec) {
  const IgnoredSignals ignored({SIGINT, SIGQUIT});
  ProcessSpec own = spec;
  for (const int signal : ignored.changed())
    own.default_signals.push_back(signal);
  return wait_for(start(own, FileActions()));
}

InputProcess::InputProcess(const ProcessSpec& spec) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw Error{ErrorKind::io, fmt::format("cannot make a pipe: {}", std::strerror(errno))};
  }
  const Handle reader(ends[0]);
  input_ = Handle(ends[1]);
  FileActions actions;
  actions.move(reader.get(), STDIN_FILENO);
  process_ = start(spec, actions);
}

InputProcess::~InputProcess() { finish(); }

bool InputProcess::write(std::string_view bytes) { return write_all(input_.get(), bytes) == 0; }

int InputProcess::finish() {
  if (process_ < 0) return 0;
  input_.close();
  const int status = wait_for(process_);
  process_ = -1;
  return status;
}

}  // namespace paperclub::os
