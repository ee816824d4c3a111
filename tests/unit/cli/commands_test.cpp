// The table of commands and what must be in step with it: README's table, and the exit codes.
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "cli/help.hpp"
#include "cli/parse.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

std::string source(const std::string& path) {
  std::ifstream file(std::string(PAPERCLUB_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What stands between `lead` and `end` in each line of `text` that begins with `lead`.
std::set<std::string> names_behind(const std::string& text, const std::string& lead, char end) {
  std::set<std::string> names;
  const std::string all = "\n" + text;
  const std::string mark = "\n" + lead;
  for (std::size_t at = all.find(mark); at != all.npos; at = all.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    names.insert(all.substr(begin, all.find(end, begin) - begin));
  }
  return names;
}

std::set<std::string> visible_commands() {
  std::set<std::string> names;
  for (const cli::Command& command : cli::commands()) {
    if (*command.group != '\0') names.emplace(command.name);
  }
  return names;
}

// The numbers that cli/exit_codes.hpp gives to constants.
std::vector<int> exit_codes() {
  const std::string text = source("cli/exit_codes.hpp");
  const std::string lead = "inline constexpr int k";
  std::vector<int> codes;
  for (std::size_t at = text.find(lead); at != text.npos; at = text.find(lead, at + 1)) {
    const std::size_t begin = text.find("= ", at) + 2;
    int code = -1;
    std::from_chars(text.data() + begin, text.data() + text.size(), code);
    codes.push_back(code);
  }
  return codes;
}

std::string failure(const std::string& value) {
  try {
    cli::parse_arguments({"show", "bert", "--format", value});
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return fmt::format("{} | {}", error.message(), fmt::join(error.hints(), " | "));
  }
  return "";
}

}  // namespace

TEST_CASE("every command has a name of its own, and is found by it") {
  std::set<std::string> names;
  for (const cli::Command& command : cli::commands()) {
    CHECK(names.insert(command.name).second);
    CHECK(cli::find_command(command.name) == &command);
  }
  CHECK(cli::find_command("") == nullptr);
  CHECK(cli::find_command("time") == nullptr);
  CHECK(cli::find_command("timeline ") == nullptr);
}

TEST_CASE(
    "README's table of commands has a row for every command that is not hidden, and no other") {
  CHECK(names_behind(source("README.md"), "| `paperclub ", '`') == visible_commands());
}

TEST_CASE("README's table of exit codes has a row for every exit code") {
  const std::vector<int> codes = exit_codes();
  REQUIRE(codes.size() == 5);
  const std::string readme = source("README.md");
  for (const int code : codes) {
    CAPTURE(code);
    CHECK(readme.find(fmt::format("\n| {} |", code)) != readme.npos);
  }
  CHECK(readme.find("\n| 130 |") != readme.npos);
}

TEST_CASE("every command that reads records takes --at and --json") {
  cli::GlobalOptions global;
  const cli::Application application = cli::build_application(global);
  for (const auto& [command, app] : application.commands) {
    if (command->group != std::string("Read")) continue;
    CAPTURE(command->name);
    for (const char* flag : {"--at", "--json", "--format"}) {
      CAPTURE(flag);
      CHECK(app->get_option_no_throw(flag) != nullptr);
    }
  }
}

TEST_CASE("a value that is not allowed is named with those that are, and the nearest") {
  CHECK(failure("text").empty());
  CHECK(failure("jsno") == "--format must be 'text' or 'json', not 'jsno' | did you mean 'json'?");
  CHECK(failure("zzzzz") ==
        "--format must be 'text' or 'json', not 'zzzzz' | write one of: text, json");
}

TEST_CASE("every command of two words belongs to a family, which alone is no command") {
  for (const cli::Command& command : cli::commands()) {
    const auto [family, word] = cli::split_name(command.name);
    CAPTURE(command.name);
    CHECK(word.find(' ') == word.npos);
    if (family.empty()) continue;
    CHECK(cli::family_of(family) != nullptr);
    CHECK(cli::find_command(family) == nullptr);
  }
}

TEST_CASE("what may be chosen is what the help shows") {
  cli::GlobalOptions global;
  const cli::Application application = cli::build_application(global);
  for (const auto& [command, app] : application.commands) {
    const CLI::Option* format = app->get_option_no_throw("--format");
    if (format == nullptr) continue;
    const std::vector<std::string> choices = cli::choices_of(*format);
    CAPTURE(command->name);
    CHECK(choices.size() >= 2);
    CHECK(std::find(choices.begin(), choices.end(), "json") != choices.end());
    CHECK(
        cli::command_help(*command, 80).find(fmt::format("--format {}", fmt::join(choices, "|"))) !=
        std::string::npos);
  }
}

TEST_CASE("--json means --format json") {
  std::string format = "text";
  CLI::App app;
  cli::Arguments args(app);
  args.format(format, {"text", "json"});
  app.parse("--json");
  CHECK(format == "json");
}

}  // namespace paperclub::tests
