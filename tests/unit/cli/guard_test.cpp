#include "cli/guard.hpp"

#include <fcntl.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cli/exit_codes.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/cli/captured.hpp"

namespace paperclub::tests {
namespace {

using Body = std::function<int(cli::Ui&)>;

Output guarded(bool json, const Body& body, const std::vector<std::string>& arguments = {"list"}) {
  const cli::Environment environment;
  cli::Ui ui(environment, cli::ColorChoice::never, false);
  return captured([&] { return cli::guard(ui, arguments, json, [&] { return body(ui); }); });
}

struct KindCode {
  ErrorKind kind;
  int code;
};

const KindCode kCodes[] = {{ErrorKind::usage, 2},       {ErrorKind::not_a_club, 3},
                           {ErrorKind::io, 3},          {ErrorKind::repository, 3},
                           {ErrorKind::damaged, 3},     {ErrorKind::limit, 3},
                           {ErrorKind::unacceptable, 1}};

}  // namespace

TEST_CASE("what the body returns is the exit code, and its output is written") {
  for (const int code : {0, 1}) {
    const Output output = guarded(false, [code](cli::Ui& ui) {
      ui.out("data\n");
      return code;
    });
    CHECK(output.code == code);
    CHECK(output.out == "data\n");
    CHECK(output.err.empty());
  }
}

TEST_CASE("each kind of failure has its exit code") {
  for (const KindCode& row : kCodes) {
    CAPTURE(static_cast<int>(row.kind));
    CHECK(cli::exit_code(row.kind) == row.code);
    const Output output = guarded(false, [&row](cli::Ui&) -> int { throw Error{row.kind, "x"}; });
    CHECK(output.code == row.code);
    CHECK(output.err == "error: x\n");
  }
}

TEST_CASE("a failure is printed with place and hints, and takes back what was said before") {
  const Output output = guarded(false, [](cli::Ui& ui) -> int {
    ui.out("half of it");
    throw Error{ErrorKind::io, "cannot read"}.at("papers/a.yaml").hint("one").hint("two");
  });
  CHECK(output.out.empty());
  CHECK(output.err == "papers/a.yaml: error: cannot read\nhint: one\nhint: two\n");
}

TEST_CASE("where JSON was asked for a failure is a document, too") {
  const Output output = guarded(true, [](cli::Ui& ui) -> int {
    ui.out("{\"half\":");
    throw Error{ErrorKind::not_a_club, "no club.yaml"}.at("here").hint("go there");
  });
  CHECK(output.code == 3);
  CHECK(output.err == "here: error: no club.yaml\nhint: go there\n");
  const auto json = nlohmann::json::parse(output.out);
  CHECK(json["format"] == "paperclub/error");
  CHECK(json["message"] == "no club.yaml");
  CHECK(json["place"] == "here");
  CHECK(json["hints"] == nlohmann::json{"go there"});
}

TEST_CASE("what is no failure of ours is told as a bug, with version and what to report") {
  const Output output = guarded(false,
                                [](cli::Ui& ui) -> int {
                                  ui.out("half of it");
                                  throw std::logic_error("vector \x1b broke");
                                },
                                {"show", "a\x1b[31m"});
  CHECK(output.code == 70);
  CHECK(output.out.empty());
  CHECK(output.err.starts_with("error: internal error: vector \\x1b broke\n"));
  CHECK(output.err.find(std::string("a bug in paperclub ") + cli::program_version()) !=
        output.err.npos);
  CHECK(output.err.find("hint: report it") != output.err.npos);
  CHECK(output.err.find("paperclub --version --verbose") != output.err.npos);
  CHECK(output.err.find("  paperclub show a\\x1b[31m\n") != output.err.npos);
}

TEST_CASE("output that cannot be written is a failure, with or without JSON") {
  const bool json = GENERATE(false, true);
  const os::Handle full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const cli::Environment environment;
  cli::Ui ui(environment, cli::ColorChoice::never, false);
  Captured err(STDERR_FILENO);
  int code = 0;
  {
    const Redirected redirected(STDOUT_FILENO, full.get());
    code = cli::guard(ui, {}, json, [&] {
      ui.out("data");
      return 0;
    });
  }
  CHECK(err.take() ==
        "error: cannot write to standard output: No space left on device\n"
        "hint: the output is incomplete\n");
  CHECK(code == 3);
}

TEST_CASE("the version is three numbers") {
  const std::string version = cli::program_version();
  CHECK(version.find_first_not_of("0123456789.") == version.npos);
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
}

}  // namespace paperclub::tests
