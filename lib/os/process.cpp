#include "lib/os/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
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

  void go(const std::string& folder) {
    ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }
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

// A child that is ended where nobody waits for it.
class Child {
 public:
  explicit Child(pid_t process) : process_(process) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (process_ < 0) return;
    ::kill(process_, SIGTERM);
    wait_for(process_);
  }

  int finish() { return wait_for(std::exchange(process_, -1)); }

 private:
  pid_t process_;
};

// The two ends of a pipe, neither of which a child inherits.
struct Pipe {
  Handle reader;
  Handle writer;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) == 0) return {Handle(ends[0]), Handle(ends[1])};
  throw Error{ErrorKind::io, fmt::format("cannot make a pipe: {}", std::strerror(errno))};
}

// Talks with a child by all three of its streams at once, so that neither waits for the other.
class Conversation {
 public:
  Conversation(Handle input, Handle output, Handle messages, std::size_t max_bytes,
               int patience_seconds)
      : input_(std::move(input)),
        streams_{Stream{std::move(output), {}}, Stream{std::move(messages), {}}},
        max_bytes_(max_bytes),
        patience_seconds_(patience_seconds) {
    ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
  }

  // Goes on until the child has closed its streams; throws Error{io, limit}.
  void hold(std::string_view input) {
    if (input.empty()) input_.close();
    while (streams_[0].from || streams_[1].from) {
      std::array<pollfd, 3> waiting{{{streams_[0].from.get(), POLLIN, 0},
                                     {streams_[1].from.get(), POLLIN, 0},
                                     {input_.get(), POLLOUT, 0}}};
      const int patience = patience_seconds_ < 0 ? -1 : patience_seconds_ * 1000;
      const int ready = ::poll(waiting.data(), waiting.size(), patience);
      if (ready < 0 && errno == EINTR) continue;
      if (ready < 0) fail();
      if (ready == 0) {
        throw Error{ErrorKind::io,
                    fmt::format("a program says nothing for {} seconds", patience_seconds_)};
      }
      if (waiting[2].revents != 0) tell(input);
      for (std::size_t i = 0; i < streams_.size(); ++i) {
        if (waiting[i].revents != 0) listen(streams_[i]);
      }
    }
  }

  std::string& output() { return streams_[0].bytes; }
  std::string& messages() { return streams_[1].bytes; }

 private:
  struct Stream {
    Handle from;
    std::string bytes;
  };

  [[noreturn]] static void fail() {
    throw Error{ErrorKind::io, fmt::format("cannot talk to a program: {}", std::strerror(errno))};
  }

  void tell(std::string_view& input) {
    const ssize_t wrote = ::write(input_.get(), input.data(), input.size());
    if (wrote >= 0) {
      input.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno == EAGAIN || errno == EINTR) {
      return;
    }
    // A child that reads no more has its reasons: its status tells.
    if (wrote < 0 || input.empty()) input_.close();
  }

  void listen(Stream& stream) const {
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(stream.from.get(), buffer.data(), buffer.size());
    if (got < 0 && errno != EINTR) fail();
    if (got == 0) stream.from.close();
    if (got <= 0) return;
    stream.bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (stream.bytes.size() <= max_bytes_) return;
    throw Error{ErrorKind::limit, fmt::format("a program says more than {} bytes", max_bytes_)};
  }

  Handle input_;
  std::array<Stream, 2> streams_;
  std::size_t max_bytes_;
  int patience_seconds_;
};

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

HeldSignals::HeldSignals() {
  ::sigemptyset(&held_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    ::sigaddset(&held_, signal);
  ::pthread_sigmask(SIG_BLOCK, &held_, &before_);
}

HeldSignals::~HeldSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

void HeldSignals::forget() const {
  const timespec now{};
  while (::sigtimedwait(&held_, nullptr, &now) > 0) {
  }
}

int run_program(const ProcessSpec& spec) {
  const IgnoredSignals ignored({SIGINT, SIGQUIT});
  ProcessSpec own = spec;
  for (const int signal : ignored.changed())
    own.default_signals.push_back(signal);
  return wait_for(start(own, FileActions()));
}

ProgramResult run_captured(const ProcessSpec& spec, std::string_view input, std::size_t max_bytes) {
  const IgnoredSignals ignored({SIGINT, SIGQUIT, SIGPIPE});
  ProcessSpec own = spec;
  for (const int signal : ignored.changed())
    own.default_signals.push_back(signal);
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  FileActions actions;
  if (!spec.folder.empty()) actions.go(spec.folder);
  actions.move(in.reader.get(), STDIN_FILENO);
  actions.move(out.writer.get(), STDOUT_FILENO);
  actions.move(err.writer.get(), STDERR_FILENO);
  Child child(start(own, actions));
  in.reader.close();
  out.writer.close();
  err.writer.close();
  Conversation conversation(std::move(in.writer), std::move(out.reader), std::move(err.reader),
                            max_bytes, spec.patience_seconds);
  conversation.hold(input);
  return {child.finish(), std::move(conversation.output()), std::move(conversation.messages())};
}

InputProcess::InputProcess(const ProcessSpec& spec) {
  Pipe pipe = make_pipe();
  input_ = std::move(pipe.writer);
  FileActions actions;
  actions.move(pipe.reader.get(), STDIN_FILENO);
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
