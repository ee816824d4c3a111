// Child processes.  A program is started by its absolute path with an argument list, never through
// a shell that reads our text.
#pragma once

#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/os/handle.hpp"

namespace paperclub::os {

// Returns the absolute path of the program `name` in `search_path` (the form of PATH), or nothing.
// Relative and empty parts of the path are passed over; a name with a slash is taken as it is
// where it is absolute.
std::optional<std::string> find_program(const std::string& name, std::string_view search_path);

// What to start.
struct ProcessSpec {
  std::string program;                    // absolute path
  std::vector<std::string> arguments;     // without the program's own name
  std::vector<std::string> environment;   // NAME=value, complete
  std::string folder = {};                // where it starts, absolute; "": where we are
  std::vector<int> default_signals = {};  // signals that act on the child as they usually do
  int patience_seconds = -1;  // run_captured(): how long it may say nothing; -1: for ever
};

// Signals that do nothing to this program while it lives; afterwards they do what they did before.
class IgnoredSignals {
 public:
  explicit IgnoredSignals(const std::vector<int>& signals);
  IgnoredSignals(const IgnoredSignals&) = delete;
  IgnoredSignals& operator=(const IgnoredSignals&) = delete;
  ~IgnoredSignals();

  // Returns those that were not ignored before: a child should not ignore them.
  std::vector<int> changed() const;

 private:
  std::vector<std::pair<int, void (*)(int)>> before_;
};

// While it lives, signals that ask this program to end (INT, TERM, HUP) wait: for what must not
// stop half way.  Afterwards they do what they always do.
class HeldSignals {
 public:
  HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  ~HeldSignals();

  // Forgets those that wait: what they would have stopped is done.
  void forget() const;

 private:
  sigset_t held_{};
  sigset_t before_{};
};

// Runs the program with our own standard streams and waits for it; returns its exit status (128 +
// signal where one ended it).  Signals from the keyboard act on the child alone.  Throws Error{io}
// where it cannot be started.
int run_program(const ProcessSpec& spec);

// What a program said, and how it ended.
struct ProgramResult {
  int status = 0;        // its exit status; 128 + signal where one ended it
  std::string output;    // its standard output
  std::string messages;  // its standard error
};

// Runs the program with `input` as its standard input and returns what it says; it may read less
// than all.  Signals from the keyboard act on the child alone.  Throws Error{io} where it cannot be
// started or listened to, or says nothing for too long, and Error{limit} where a stream carries
// more than `max_bytes`.
ProgramResult run_captured(const ProcessSpec& spec, std::string_view input, std::size_t max_bytes);

// A running child whose standard input we write; its standard output and error are ours.
class InputProcess {
 public:
  // Starts it; throws Error{io}.
  explicit InputProcess(const ProcessSpec& spec);
  InputProcess(const InputProcess&) = delete;
  InputProcess& operator=(const InputProcess&) = delete;
  // Closes the input and waits for the child.
  ~InputProcess();

  // Writes `bytes` to the child; returns false where it does not read any more, which is no error.
  // The program must ignore SIGPIPE, else the system ends it there.
  bool write(std::string_view bytes);
  // Closes the input, waits, and returns the exit status (128 + signal where one ended it).
  int finish();

 private:
  int process_ = -1;
  Handle input_;
};

}  // namespace paperclub::os
