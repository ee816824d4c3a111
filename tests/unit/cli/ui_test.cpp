#include "cli/ui.hpp"

#include <fcntl.h>

#include <array>
#include <csignal>

#include "tests/support/catch.hpp"
#include "tests/unit/cli/captured.hpp"

namespace paperclub::tests {
namespace {

using cli::ColorChoice;
using cli::Environment;
using cli::Role;
using cli::Ui;

struct ColorCase {
  const char* variables[2];
  ColorChoice choice;
  bool terminal;
  bool colored;
};

constexpr auto kAuto = ColorChoice::automatic;
constexpr auto kAlways = ColorChoice::always;
constexpr auto kNever = ColorChoice::never;

// The words of https://no-color.org and https://bixense.com/clicolors, and the flag above them.
const ColorCase kColorCases[] = {
    {{"", ""}, kAuto, true, true},
    {{"", ""}, kAuto, false, false},
    {{"", ""}, kAlways, false, true},
    {{"", ""}, kNever, true, false},
    {{"NO_COLOR=1", ""}, kAuto, true, false},
    {{"NO_COLOR=0", ""}, kAuto, true, false},
    {{"NO_COLOR=", ""}, kAuto, true, true},
    {{"NO_COLOR=1", ""}, kAlways, true, true},
    {{"TERM=dumb", ""}, kAuto, true, false},
    {{"TERM=xterm", ""}, kAuto, true, true},
    {{"TERM=dumb", ""}, kAlways, true, true},
    {{"CLICOLOR=0", ""}, kAuto, true, false},
    {{"CLICOLOR=1", ""}, kAuto, true, true},
    {{"CLICOLOR=1", ""}, kAuto, false, false},
    {{"CLICOLOR_FORCE=1", ""}, kAuto, false, true},
    {{"CLICOLOR_FORCE=0", ""}, kAuto, false, false},
    {{"CLICOLOR_FORCE=", ""}, kAuto, false, false},
    {{"CLICOLOR_FORCE=1", ""}, kNever, true, false},
    {{"CLICOLOR_FORCE=1", "TERM=dumb"}, kAuto, false, true},
    {{"CLICOLOR_FORCE=1", "CLICOLOR=0"}, kAuto, false, true},
    {{"CLICOLOR_FORCE=1", "NO_COLOR=1"}, kAuto, true, false},
};

std::string warned(Ui& ui) {
  Captured err(STDERR_FILENO);
  ui.warning("careful");
  return err.take();
}

Environment terminals(bool out, bool err) {
  Environment environment;
  environment.out_is_terminal = out;
  environment.err_is_terminal = err;
  return environment;
}

}  // namespace

TEST_CASE("colours follow the flag, then NO_COLOR, CLICOLOR_FORCE, the terminal and CLICOLOR") {
  for (const ColorCase& row : kColorCases) {
    CAPTURE(row.variables[0], row.variables[1], static_cast<int>(row.choice), row.terminal);
    Environment environment = terminals(row.terminal, row.terminal);
    environment.variables = {row.variables[0], row.variables[1]};
    Ui ui(environment, row.choice, false);
    CHECK(ui.paint(Role::error, "x") == (row.colored ? "\x1b[1;31mx\x1b[0m" : "x"));
    CHECK(warned(ui) ==
          (row.colored ? "\x1b[1;33mwarning:\x1b[0m careful\n" : "warning: careful\n"));
  }
}

TEST_CASE("each stream is judged alone") {
  const Environment out = terminals(true, false);
  Ui to_out(out, kAuto, false);
  CHECK(to_out.paint(Role::heading, "x") != "x");
  CHECK(warned(to_out) == "warning: careful\n");
  const Environment err = terminals(false, true);
  Ui to_err(err, kAuto, false);
  CHECK(to_err.paint(Role::heading, "x") == "x");
  CHECK(warned(to_err) != "warning: careful\n");
}

TEST_CASE("plain text and no text are never coloured") {
  const Environment environment;
  const Ui ui(environment, kAlways, false);
  CHECK(ui.paint(Role::plain, "x") == "x");
  CHECK(ui.paint(Role::heading, "").empty());
}

TEST_CASE("output waits for flush, and what was discarded never comes") {
  const Environment environment;
  Ui ui(environment, kNever, false);
  const Output output = captured([&] {
    ui.out("lost");
    ui.discard();
    ui.out("one ");
    ui.err("message\n");
    ui.out("two\n");
    ui.flush();
    ui.flush();
    ui.out("never");
    return 0;
  });
  CHECK(output.out == "one two\n");
  CHECK(output.err == "message\n");
}

TEST_CASE("notes, hints and warnings are lines on standard error that begin with what they are") {
  const Environment environment;
  Ui ui(environment, kNever, false);
  const Output output = captured([&] {
    ui.note("a");
    ui.hint("b");
    ui.warning("c");
    ui.warning("c");  // said already
    return 0;
  });
  CHECK(output.err == "note: a\nhint: b\nwarning: c\n");
  CHECK(output.out.empty());
}

TEST_CASE("an error has its place in front and its hints behind") {
  const Environment environment;
  Ui ui(environment, kNever, false);
  Error error{ErrorKind::io, "cannot read"};
  error.at("papers/a.yaml").hint("one").hint("two");
  const Output output = captured([&] {
    ui.error(error);
    return 0;
  });
  CHECK(output.err == "papers/a.yaml: error: cannot read\nhint: one\nhint: two\n");
}

TEST_CASE("output that cannot be written is an I/O failure") {
  const os::Handle full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const Environment environment;
  Ui ui(environment, kNever, false);
  ui.out("x");
  const Redirected redirected(STDOUT_FILENO, full.get());
  try {
    ui.flush();
    FAIL("flushed all the same");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::io);
    CHECK(error.message() == "cannot write to standard output: No space left on device");
    CHECK(error.hints() == std::vector<std::string>{"the output is incomplete"});
  }
}

TEST_CASE("a reader that has gone away is no failure") {
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  os::Handle reader(ends[0]);
  const os::Handle writer(ends[1]);
  reader.close();
  const Environment environment;
  Ui ui(environment, kNever, false);
  ui.out("x");
  const Redirected redirected(STDOUT_FILENO, writer.get());
  CHECK_NOTHROW(ui.flush());
}

TEST_CASE("messages that cannot be written are given up without a failure") {
  const os::Handle full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const Environment environment;
  Ui ui(environment, kNever, false);
  const Redirected redirected(STDERR_FILENO, full.get());
  CHECK_NOTHROW(ui.err("x"));
}

TEST_CASE("progress is not shown in the first second, nor where nobody watches") {
  const bool terminal = GENERATE(false, true);
  const Environment environment = terminals(terminal, terminal);
  Ui ui(environment, kAuto, false);
  const Output output = captured([&] {
    ui.progress("reading records", 5, 10);
    ui.progress("reading records", 0, 0);
    ui.flush();
    return 0;
  });
  CHECK(output.out.empty());
  CHECK(output.err.empty());
}

TEST_CASE("only a terminal has a width, and help is never wider than 80 columns") {
  Environment environment = terminals(true, false);
  environment.columns = 120;
  CHECK(Ui(environment, kAuto, false).width() == 120);
  CHECK(Ui(environment, kAuto, false).help_width() == 80);
  environment.out_is_terminal = false;
  environment.columns = 60;
  CHECK(Ui(environment, kAuto, false).width() == 0);
  CHECK(Ui(environment, kAuto, false).help_width() == 60);
}

}  // namespace paperclub::tests
