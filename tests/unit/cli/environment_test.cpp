#include "cli/environment.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/catch.hpp"
#include "tests/unit/cli/captured.hpp"

namespace paperclub::tests {
namespace {

using cli::Environment;

Environment read(std::vector<std::string> variables) {
  std::vector<char*> pointers;
  for (std::string& variable : variables)
    pointers.push_back(variable.data());
  pointers.push_back(nullptr);
  return cli::read_environment(pointers.data());
}

// What is read where standard output is a file.
Environment read_to_file(const std::vector<std::string>& variables) {
  Captured out(STDOUT_FILENO);
  Captured err(STDERR_FILENO);
  return read(variables);
}

// What is read where standard output is a terminal of so many columns and rows.
Environment read_to_terminal(unsigned short columns, unsigned short rows,
                             const std::vector<std::string>& variables) {
  const os::Handle terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  REQUIRE(terminal);
  REQUIRE(::grantpt(terminal.get()) == 0);
  REQUIRE(::unlockpt(terminal.get()) == 0);
  const char* name = ::ptsname(terminal.get());
  const os::Handle end(::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC));
  REQUIRE(end);
  winsize size{};
  size.ws_col = columns;
  size.ws_row = rows;
  REQUIRE(::ioctl(end.get(), TIOCSWINSZ, &size) == 0);
  const Redirected redirected(STDOUT_FILENO, end.get());
  return read(variables);
}

}  // namespace

TEST_CASE("a variable is found by its whole name, and the first of two wins") {
  Environment environment;
  environment.variables = {"PAGER_X=wrong", "PAGER=less", "PAGER=more",
                           "EMPTY=",        "NOVALUE",    "A=b=c"};
  CHECK(environment.get("PAGER") == "less");
  CHECK(environment.get("PAGE").empty());
  CHECK(environment.get("EMPTY").empty());
  CHECK(environment.get("NOVALUE").empty());
  CHECK(environment.get("A") == "b=c");
  CHECK(environment.get("NONE").empty());
}

TEST_CASE("every variable of the process is kept as it is") {
  CHECK(read_to_file({"A=1", "B="}).variables == std::vector<std::string>{"A=1", "B="});
}

TEST_CASE("a file is no terminal and has eighty columns") {
  const Environment environment = read_to_file({});
  CHECK_FALSE(environment.out_is_terminal);
  CHECK_FALSE(environment.err_is_terminal);
  CHECK(environment.columns == 80);
  CHECK(environment.processors >= 1);
}

TEST_CASE("COLUMNS sets the width, at least twenty, and nonsense in it is passed over") {
  CHECK(read_to_file({"COLUMNS=132"}).columns == 132);
  CHECK(read_to_file({"COLUMNS=5"}).columns == 20);
  for (const char* nonsense : {"COLUMNS=0", "COLUMNS=", "COLUMNS=-5", "COLUMNS=wide", "COLUMNS=80x",
                               "COLUMNS= 60", "COLUMNS=99999999999999999999999"}) {
    CAPTURE(nonsense);
    CHECK(read_to_file({nonsense}).columns == 80);
  }
}

TEST_CASE("a terminal says its own size, and COLUMNS wins over it") {
  const Environment environment = read_to_terminal(100, 50, {});
  CHECK(environment.out_is_terminal);
  CHECK(environment.columns == 100);
  CHECK(environment.rows == 50);
  CHECK(read_to_terminal(100, 50, {"COLUMNS=60"}).columns == 60);
}

TEST_CASE("a terminal that does not know its size counts as eighty by twenty-four") {
  const Environment environment = read_to_terminal(0, 0, {});
  CHECK(environment.columns == 80);
  CHECK(environment.rows == 24);
}

TEST_CASE("a very narrow terminal counts as twenty columns") {
  CHECK(read_to_terminal(3, 10, {}).columns == 20);
}

}  // namespace paperclub::tests
