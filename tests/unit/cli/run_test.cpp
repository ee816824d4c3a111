// Whole runs of the program within the test's process.
#include "cli/run.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/guard.hpp"
#include "cli/help.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/cli/captured.hpp"

namespace paperclub::tests {
namespace {

using Words = std::vector<std::string>;

Output run(const Words& arguments, std::size_t columns = 80) {
  cli::Environment environment;
  environment.columns = columns;
  return captured([&] { return cli::run_program(arguments, environment); });
}

// A club of one good paper and one that is not.
struct Club {
  Club() {
    folder.write("club.yaml", "format: 1\nid: club\nname: Club\n");
    folder.write("papers/a.yaml", "title: Alpha\nurl: https://example.org/a\nnumber: 1\n");
    folder.write("papers/b.yaml", "title: Beta\nyaer: 2\nurl: https://example.org/b\n");
  }
  TempFolder folder;
};

}  // namespace

TEST_CASE("without arguments the program shows its help and succeeds") {
  const Output output = run({});
  CHECK(output.code == 0);
  CHECK(output.out == cli::program_help(80, false));
  CHECK(output.err.empty());
  CHECK(run({"--help"}).out == cli::program_help(80, true));
  CHECK(run({"help"}).out == cli::program_help(80, true));
  CHECK(run({"-h"}, 60).out == cli::program_help(60, true));
}

TEST_CASE("a command's help is the same in each spelling, on standard output") {
  for (const cli::Command& command : cli::commands()) {
    const auto [family, word] = cli::split_name(command.name);
    std::vector<std::string> name{word};
    if (!family.empty()) name.insert(name.begin(), family);
    CAPTURE(command.name);
    const auto spelled = [&name](std::vector<std::string> before, const char* behind) {
      before.insert(before.end(), name.begin(), name.end());
      if (behind != nullptr) before.emplace_back(behind);
      return before;
    };
    const Output output = run(spelled({}, "--help"));
    CHECK(output.code == 0);
    CHECK(output.out == cli::command_help(command, 80));
    CHECK(output.err.empty());
    CHECK(run(spelled({"-h"}, nullptr)).out == output.out);
    CHECK(run(spelled({"help"}, nullptr)).out == output.out);
  }
}

TEST_CASE("the version is one line, more with --verbose, and a document with --json") {
  CHECK(run({"--version"}).out == fmt::format("paperclub {}\n", cli::program_version()));
  const Output verbose = run({"--version", "--verbose"});
  CHECK(verbose.out.starts_with(fmt::format("paperclub {}\ncompiler: ", cli::program_version())));
  CHECK(nlohmann::json::parse(run({"--version", "list", "--json"}).out)["program"] ==
        cli::program_version());
}

TEST_CASE("wrong usage is told on standard error with exit code 2") {
  for (const Words& arguments : {Words{"zzz"}, Words{"list", "--fromat"}, Words{"show"},
                                 Words{"list", "--color", "sometimes"}, Words{"help", "zzz"},
                                 Words{"timeline", "--format", "jsno"}}) {
    CAPTURE(fmt::format("{}", fmt::join(arguments, " ")));
    const Output output = run(arguments);
    CHECK(output.code == 2);
    CHECK(output.out.empty());
    CHECK(output.err.starts_with("error: "));
  }
}

TEST_CASE("a failure is a document, too, where JSON was asked for in any spelling") {
  const TempFolder empty;
  for (const Words& arguments : {Words{"list", "--json"}, Words{"list", "--format=json"},
                                 Words{"list", "--format", "json"}}) {
    Words all = arguments;
    all.insert(all.end(), {"-C", empty.path()});
    const Output output = run(all);
    CHECK(output.code == 3);
    CHECK(nlohmann::json::parse(output.out)["format"] == "paperclub/error");
    CHECK(output.err.starts_with("error: no club.yaml in"));
  }
}

TEST_CASE("findings that concern the output are told and decide the exit code") {
  const Club club;
  const Output output = run({"-C", club.folder.path(), "list"});
  CHECK(output.code == 1);
  CHECK(output.out.starts_with("ID  NO  STATE"));
  CHECK(output.err ==
        "papers/b.yaml:2:1: error: unknown key 'yaer' [unknown-key]\n"
        "hint: see the place and the remedy with 'paperclub check'\n");
}

TEST_CASE("of many errors the first three are told and the others counted") {
  const Club club;
  for (int i = 0; i < 5; ++i) {
    club.folder.write(fmt::format("papers/c{}.yaml", i), fmt::format("title: Paper {}\n", i));
  }
  const Output output = run({"-C", club.folder.path(), "list"});
  CHECK(output.err.ends_with("hint: and 3 more errors: see them all with 'paperclub check'\n"));
  CHECK(std::count(output.err.begin(), output.err.end(), '\n') == 4);
}

TEST_CASE("colour is asked for by the flag, for data and for messages") {
  const Club club;
  const Output output = run({"-C", club.folder.path(), "--color=always", "list"});
  CHECK(output.out.starts_with("\x1b[1mID"));
  CHECK(output.err.find("\x1b[36mhint:\x1b[0m") != output.err.npos);
  const Output plain = run({"-C", club.folder.path(), "--color=never", "list"});
  CHECK(plain.out.find('\x1b') == plain.out.npos);
}

TEST_CASE("two runs write the same bytes") {
  const Club club;
  for (const Words& command : {Words{"check"}, Words{"list", "--json"}, Words{"timeline"},
                               Words{"check", "--format", "sarif"}}) {
    Words arguments = {"-C", club.folder.path()};
    arguments.insert(arguments.end(), command.begin(), command.end());
    const Output first = run(arguments);
    const Output second = run(arguments);
    CHECK(first.out == second.out);
    CHECK(first.err == second.err);
    CHECK_FALSE(first.out.empty());
  }
}

}  // namespace paperclub::tests
