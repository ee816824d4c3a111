#include "lib/os/process.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

using namespace paperclub;

namespace {

void make_program(const tests::TempFolder& folder, std::string_view name) {
  folder.write(name, "#!/bin/sh\n");
  REQUIRE(::chmod((folder / name).c_str(), 0755) == 0);
}

// The working folder, while it lives.
class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& path) { std::filesystem::current_path(path); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;
  ~WorkingFolder() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
};

os::ProcessSpec shell(std::string script, std::vector<std::string> environment = {}) {
  return {"/bin/sh", {"-c", std::move(script)}, std::move(environment), {}};
}

// Without this a reader that ends early would end the test; the program does the same.
void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace

TEST_CASE("ignored signals are ignored while they are, and a child can have them back") {
  REQUIRE(std::signal(SIGINT, SIG_DFL) != SIG_ERR);
  REQUIRE(std::signal(SIGQUIT, SIG_IGN) != SIG_ERR);
  {
    const os::IgnoredSignals ignored({SIGINT, SIGQUIT});
    CHECK(std::raise(SIGINT) == 0);
    CHECK(ignored.changed() == std::vector<int>{SIGINT});
    os::ProcessSpec spec = shell("kill -INT $$; exit 0");
    spec.default_signals = ignored.changed();
    os::InputProcess child(spec);
    CHECK(child.finish() == 128 + SIGINT);
  }
  CHECK(std::signal(SIGINT, SIG_DFL) == SIG_DFL);
  CHECK(std::signal(SIGQUIT, SIG_DFL) == SIG_IGN);
}

TEST_CASE("signals to end wait while they are held, and can be forgotten") {
  // In a child, which shows whether it ended by one.
  const auto child = [](bool forgets) {
    const pid_t process = ::fork();
    if (process == 0) {
      {
        const os::HeldSignals held;
        for (const int signal : {SIGINT, SIGTERM, SIGHUP})
          std::raise(signal);
        if (forgets) held.forget();
      }
      ::_exit(7);
    }
    int status = 0;
    REQUIRE(::waitpid(process, &status, 0) == process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  };
  CHECK(child(true) == 7);
  CHECK(child(false) == 128);
}

TEST_CASE("a program is found in the first folder of the search path that has it") {
  const tests::TempFolder folder;
  make_program(folder, "one/tool");
  make_program(folder, "two/tool");
  const std::string path = folder / "none:" + folder / "one:" + folder / "two";
  CHECK(os::find_program("tool", path) == folder / "one/tool");
  CHECK(os::find_program("tool", folder / "two:" + folder / "one") == folder / "two/tool");
  CHECK_FALSE(os::find_program("other", path));
  CHECK_FALSE(os::find_program("tool", ""));
}

TEST_CASE("empty and relative parts of the search path are passed over") {
  const tests::TempFolder folder;
  make_program(folder, "real/tool");
  make_program(folder, "tool");
  const WorkingFolder here(folder.path());
  for (const char* path : {"", ":", "::", ".", "real", "./real", "real:.", ":real:", "../x:"}) {
    CAPTURE(path);
    CHECK_FALSE(os::find_program("tool", path));
  }
  CHECK(os::find_program("tool", ".:real::" + folder / "real") == folder / "real/tool");
  CHECK(os::find_program("tool", folder / "real" + ":") == folder / "real/tool");
}

TEST_CASE("only a regular file that may be run is a program") {
  const tests::TempFolder folder;
  folder.write("one/tool", "not executable");
  folder.write("two/tool/x", "a folder");
  make_program(folder, "three/tool");
  REQUIRE(::chmod((folder / "one/tool").c_str(), 0644) == 0);
  CHECK(os::find_program("tool", folder / "one:" + folder / "two:" + folder / "three") ==
        folder / "three/tool");
  CHECK_FALSE(os::find_program("tool", folder / "one:" + folder / "two"));
  CHECK_FALSE(os::find_program("", folder / "three"));
  CHECK_FALSE(os::find_program(".", folder / "three"));
}

TEST_CASE("a name with a slash is taken as it is, where it is absolute") {
  const tests::TempFolder folder;
  make_program(folder, "sub/tool");
  const WorkingFolder here(folder.path());
  CHECK(os::find_program(folder / "sub/tool", "") == folder / "sub/tool");
  CHECK_FALSE(os::find_program(folder / "sub/nothing", folder.path()));
  CHECK_FALSE(os::find_program("sub/tool", folder.path()));
  CHECK_FALSE(os::find_program("./tool", folder / "sub"));
  CHECK_FALSE(os::find_program("../sub/tool", folder / "sub"));
}

TEST_CASE("a child reads all that is written to it") {
  const tests::TempFolder folder;
  std::string bytes("a\0\n\xff", 4);
  for (int i = 0; i < 20000; ++i)
    bytes += "0123456789";  // more than a pipe holds
  os::InputProcess process(shell("exec cat > " + folder / "out", {"PATH=/bin:/usr/bin"}));
  CHECK(process.write("first "));
  CHECK(process.write(bytes));
  CHECK(process.write(""));
  CHECK(process.finish() == 0);
  CHECK(folder.read("out") == "first " + bytes);
}

TEST_CASE("a child's exit status is told, or 128 and the signal that ended it") {
  CHECK(os::InputProcess(shell("exit 0")).finish() == 0);
  CHECK(os::InputProcess(shell("exit 3")).finish() == 3);
  CHECK(os::InputProcess(shell("kill -TERM $$")).finish() == 128 + SIGTERM);
}

TEST_CASE("a child that does not read to the end is no error") {
  ignore_broken_pipes();
  os::InputProcess process(shell("exit 4"));
  const std::string much(1000000, 'x');
  CHECK_FALSE(process.write(much));
  CHECK_FALSE(process.write("more"));
  CHECK(process.finish() == 4);
}

TEST_CASE("a child gets exactly the arguments and the environment named") {
  const tests::TempFolder folder;
  ::setenv("PAPERCLUB_TEST_SECRET", "x", 1);
  const std::string script = "printf '%s|' \"$@\" \"$GIVEN\" \"${PAPERCLUB_TEST_SECRET-none}\" > ";
  os::ProcessSpec spec = shell(script + folder / "out", {"GIVEN=a b"});
  spec.arguments.insert(spec.arguments.end(), {"name", "$HOME", "a b", "'; exit 1", ""});
  CHECK(os::InputProcess(spec).finish() == 0);
  ::unsetenv("PAPERCLUB_TEST_SECRET");
  CHECK(folder.read("out") == "$HOME|a b|'; exit 1||a b|none|");
}

TEST_CASE("a program that cannot be started is a failure that names it") {
  const tests::TempFolder folder;
  folder.write("text", "no program");
  for (const std::string& program : {folder / "nothing", folder / "text", folder.path()}) {
    try {
      os::InputProcess process({program, {}, {}, {}});
      FAIL("started " << program);
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::io);
      CHECK(error.message().find("cannot start '" + program) == 0);
    }
  }
}

TEST_CASE("a child that is dropped has ended, with its input closed") {
  const tests::TempFolder folder;
  {
    os::InputProcess process(
        shell("cat > /dev/null; echo done > " + folder / "out", {"PATH=/bin:/usr/bin"}));
    process.write("x");
  }
  CHECK(folder.read("out") == "done\n");
}

TEST_CASE("of two children each has its own input") {
  const tests::TempFolder folder;
  os::InputProcess first(shell("exec cat > " + folder / "1", {"PATH=/bin:/usr/bin"}));
  os::InputProcess second(shell("exec cat > " + folder / "2", {"PATH=/bin:/usr/bin"}));
  first.write("a");
  second.write("b");
  CHECK(first.finish() == 0);  // ends only if the second child does not hold its input open
  CHECK(second.finish() == 0);
  CHECK(folder.read("1") == "a");
  CHECK(folder.read("2") == "b");
}

TEST_CASE("a program runs to its end with our streams, and its status is told") {
  const tests::TempFolder folder;
  CHECK(os::run_program(shell("echo done > " + folder / "out")) == 0);
  CHECK(folder.read("out") == "done\n");
  CHECK(os::run_program(shell("exit 7")) == 7);
  CHECK(os::run_program(shell("kill -TERM $$")) == 128 + SIGTERM);
  os::ProcessSpec nothing;
  nothing.program = folder / "missing";
  CHECK_THROWS_AS(os::run_program(nothing), Error);
}

TEST_CASE("a signal of the keyboard ends the program that runs, not the one that waits") {
  CHECK(os::run_program(shell("kill -INT $PPID; kill -INT $$; exit 0")) == 128 + SIGINT);
}

TEST_CASE("what a program says is returned, stream by stream, with its status") {
  const os::ProgramResult result =
      os::run_captured(shell("cat; echo no >&2; exit 5", {"PATH=/bin:/usr/bin"}), "a\nb", 100);
  CHECK(result.status == 5);
  CHECK(result.output == "a\nb");
  CHECK(result.messages == "no\n");
  CHECK(os::run_captured(shell("exit 0"), "", 0).output.empty());
  CHECK(os::run_captured(shell("kill -TERM $$"), "", 0).status == 128 + SIGTERM);
  CHECK_THROWS_AS(os::run_captured({"/nothing/here", {}, {}, {}}, "", 0), Error);
}

TEST_CASE("more than pipes hold goes in and comes out, neither side waiting for the other") {
  const std::string much(3000000, 'x');
  const std::vector<std::string> path{"PATH=/bin:/usr/bin"};
  CHECK(os::run_captured(shell("cat", path), much, much.size()).output == much);
  CHECK(os::run_captured(shell("cat >&2", path), much, much.size()).messages == much);
  // What it says comes before it has read anything.
  const os::ProgramResult late =
      os::run_captured(shell("head -c 200000 /dev/zero; cat >/dev/null", path), much, 200000);
  CHECK(late.output.size() == 200000);
}

TEST_CASE("a program that does not read its input is listened to all the same") {
  const std::string much(3000000, 'x');
  const os::ProgramResult result = os::run_captured(shell("exec <&-; echo said"), much, 100);
  CHECK(result.status == 0);
  CHECK(result.output == "said\n");
}

TEST_CASE("a program that says too much is stopped") {
  try {
    os::run_captured(shell("while :; do echo more; done"), "", 100000);
    FAIL("it ended");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::limit);
  }
}
