#include "cli/pager.hpp"

#include "cli/ui.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/cli/captured.hpp"

namespace paperclub::tests {
namespace {

using cli::Environment;

constexpr const char* kPath = "PATH=/usr/bin:/bin";
const std::string kText = "one\ntwo\nthree\n";

// A terminal of three rows and the variables given.
Environment terminal(std::vector<std::string> variables) {
  Environment environment;
  environment.out_is_terminal = true;
  environment.rows = 3;
  environment.variables = std::move(variables);
  return environment;
}

// What paging kText writes; `code` is 1 where it was shown.
Output paged(const std::vector<std::string>& variables) {
  const Environment environment = terminal(variables);
  return captured([&] { return cli::page(environment, kText) ? 1 : 0; });
}

}  // namespace

TEST_CASE("text that fits the terminal is not paged") {
  Environment environment = terminal({kPath, "PAGER=sed s/^/P/"});
  environment.rows = 4;
  const Output output = captured([&] { return cli::page(environment, kText) ? 1 : 0; });
  CHECK(output.code == 0);
  CHECK(output.out.empty());
}

TEST_CASE("a pager may have arguments") {
  const Output output = paged({kPath, "PAGER=sed 's/^/P /'"});
  CHECK(output.code == 1);
  CHECK(output.out == "P one\nP two\nP three\n");
}

TEST_CASE("our own variable wins over git's, and git's over the general one; empty means none") {
  CHECK(paged({kPath, "PAGER=sed s/^/1/", "GIT_PAGER=sed s/^/2/", "PAPERCLUB_PAGER=sed s/^/3/"})
            .out.starts_with("3one"));
  CHECK(paged({kPath, "PAGER=sed s/^/1/", "GIT_PAGER=sed s/^/2/"}).out.starts_with("2one"));
  CHECK(paged({kPath, "PAGER=sed s/^/1/", "GIT_PAGER="}).code == 0);
  CHECK(paged({kPath, "PAGER=sed s/^/1/", "PAPERCLUB_PAGER="}).out.empty());
}

TEST_CASE("cat is no pager") {
  const Output output = paged({kPath, "PAGER=cat"});
  CHECK(output.code == 0);
  CHECK(output.out.empty());
}

TEST_CASE("a pager that cannot be started has shown nothing") {
  CHECK(paged({kPath, "PAGER=no-such-pager-here"}).code == 0);
  CHECK(paged({"PATH="}).code == 0);
  CHECK(paged({kPath, "PAGER=/etc/passwd"}).code == 0);
}

TEST_CASE("a pager that does not read to the end is no failure") {
  CHECK(paged({kPath, "PAGER=true"}).code == 1);
  CHECK(paged({kPath, "PAGER=exit 3"}).code == 1);
}

TEST_CASE("a pager is told how to behave unless the person has said so") {
  const std::string echo = "PAGER=cat > /dev/null; printf %s \"$LESS\"";
  CHECK(paged({kPath, echo}).out == "FRX");
  CHECK(paged({kPath, echo, "LESS=S"}).out == "S");
}

TEST_CASE("output goes through the pager on a terminal only, and only where it was not refused") {
  const bool is_terminal = GENERATE(false, true);
  const bool wanted = GENERATE(false, true);
  Environment environment = terminal({kPath, "PAGER=sed s/^/P/"});
  environment.out_is_terminal = is_terminal;
  cli::Ui ui(environment, cli::ColorChoice::never, wanted);
  const Output output = captured([&] {
    ui.out(kText);
    ui.flush();
    return 0;
  });
  CHECK(output.out == (is_terminal && wanted ? "Pone\nPtwo\nPthree\n" : kText));
}

TEST_CASE("output is shown without a pager where none can be started") {
  const Environment environment = terminal({kPath, "PAGER=no-such-pager-here"});
  cli::Ui ui(environment, cli::ColorChoice::never, true);
  const Output output = captured([&] {
    ui.out(kText);
    ui.flush();
    return 0;
  });
  CHECK(output.out == kText);
}

}  // namespace paperclub::tests
