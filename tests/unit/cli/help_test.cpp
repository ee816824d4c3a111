#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/parse.hpp"
#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

std::vector<std::string> lines_in(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool is_example(const std::string& line) { return line.starts_with("  $ "); }

// The examples of a command, as help shows them.
std::string example_lines(const cli::Command& command) {
  std::string out = "  $ ";
  for (const char* at = command.examples; *at != '\0'; ++at) {
    out += *at == '\n' ? std::string("\n  $ ") : std::string(1, *at);
  }
  return out + "\n";
}

// Every flag and argument of `app`, as a person types it.
std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
    for (const std::string& name : option->get_snames())
      names.push_back("-" + name);
    if (option->get_positional()) names.push_back(option->get_name());
  }
  return names;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

}  // namespace

TEST_CASE("a command's help says purpose, usage and examples before the options") {
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name);
    const std::string help = cli::command_help(command, 80);
    const std::size_t usage = help.find(fmt::format("\nUsage: paperclub {} ", command.name));
    const std::size_t examples = help.find("\nExamples:\n" + example_lines(command));
    const std::size_t options = help.find("\nOptions for every command:\n");
    CHECK(help.starts_with(fmt::format("paperclub {} - {}\n", command.name, command.summary)));
    REQUIRE(usage != help.npos);
    REQUIRE(examples != help.npos);
    REQUIRE(options != help.npos);
    CHECK(usage < examples);
    CHECK(examples < options);
    const std::size_t own = help.find("\nOptions:\n");
    if (own != help.npos) CHECK((examples < own && own < options));
  }
}

TEST_CASE("every command has a summary in lower case without a full stop, and examples of itself") {
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name);
    const std::string summary = command.summary;
    REQUIRE_FALSE(summary.empty());
    CHECK((summary.front() >= 'a' && summary.front() <= 'z'));
    CHECK_FALSE(summary.ends_with('.'));
    for (const std::string& line : lines_in(example_lines(command))) {
      CHECK(line.find(fmt::format("paperclub {}", command.name)) != line.npos);
    }
  }
}

TEST_CASE("every option and argument that is not hidden is in the command's help") {
  cli::GlobalOptions global;
  const cli::Application application = cli::build_application(global);
  for (const auto& [command, app] : application.commands) {
    const std::string help = cli::command_help(*command, 80);
    std::vector<std::string> names = names_of(*app);
    for (const std::string& name : names_of(*application.app))
      names.push_back(name);
    for (const std::string& name : names) {
      CAPTURE(command->name, name);
      const bool alone = help.find("\n  " + name + " ") != help.npos ||
                         help.find("\n  " + name + "\n") != help.npos ||
                         help.find(", " + name + " ") != help.npos ||
                         help.find("\n  " + name + ", ") != help.npos;
      CHECK(alone);
    }
  }
}

TEST_CASE("every option says what it does") {
  cli::GlobalOptions global;
  const cli::Application application = cli::build_application(global);
  for (const auto& [command, app] : application.commands) {
    for (const CLI::Option* option : app->get_options()) {
      CAPTURE(command->name, option->get_name());
      CHECK_FALSE(option->get_description().empty());
    }
  }
}

TEST_CASE("an option with a value names it, a flag does not") {
  const std::string help = cli::command_help(*cli::find_command("timeline"), 80);
  CHECK(help.find("  --since DATE               Only papers discussed") != help.npos);
  CHECK(help.find("  --reverse                  Newest first") != help.npos);
  CHECK(help.find("(default: text)") != help.npos);
}

TEST_CASE("no line of help is wider than eighty columns, examples and all") {
  CHECK(lines_in(cli::program_help(80, false)).size() <= 40);
  for (const std::string& line : lines_in(cli::program_help(80, true)))
    CHECK(display_width(line) <= 80);
  for (const cli::Command& command : cli::commands()) {
    for (const std::string& line : lines_in(cli::command_help(command, 80))) {
      CAPTURE(command.name, line);
      CHECK(display_width(line) <= 80);
    }
  }
}

TEST_CASE("help is wrapped to the width given, examples aside") {
  const std::size_t width = GENERATE(45U, 60U, 72U);
  std::vector<std::string> texts = {cli::program_help(width, true)};
  for (const cli::Command& command : cli::commands()) {
    texts.push_back(cli::command_help(command, width));
  }
  for (const std::string& text : texts) {
    for (const std::string& line : lines_in(text)) {
      CAPTURE(width, line);
      CHECK((is_example(line) || display_width(line) <= width));
    }
  }
}

TEST_CASE("help says the same words at every width") {
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name);
    CHECK(without_blanks(cli::command_help(command, 45)) ==
          without_blanks(cli::command_help(command, 80)));
  }
}

TEST_CASE("no line of help ends in a blank") {
  for (const cli::Command& command : cli::commands()) {
    for (const std::string& line : lines_in(cli::command_help(command, 50))) {
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("the program's help lists the commands by group, without the hidden ones") {
  const std::string help = cli::program_help(80, true);
  CHECK(help.starts_with("paperclub - a paper club in a git repository\n"));
  CHECK(help.find("\nUsage: paperclub COMMAND [OPTIONS]\n") != help.npos);
  CHECK(help.find("\nExamples:\n  $ paperclub timeline\n") != help.npos);
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name);
    const bool hidden = *command.group == '\0';
    const auto [family, word] = cli::split_name(command.name);
    const std::string& shown = family.empty() ? word : family;
    CHECK((help.find(fmt::format("\n  {} ", shown)) == help.npos) == hidden);
    if (!hidden) CHECK(help.find(fmt::format("\n{}:\n", command.group)) != help.npos);
  }
}

TEST_CASE("the help of a family lists its commands") {
  const std::string help = cli::family_help(*cli::family_of("session"), 80);
  CHECK(help.starts_with("paperclub session - "));
  for (const std::string& word : cli::command_words("session"))
    CHECK(help.find(fmt::format("\n  {} ", word)) != help.npos);
  CHECK(help.find("\nExamples:\n  $ paperclub session list\n") != help.npos);
}

TEST_CASE("what to see also is a command") {
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name, command.see_also);
    const bool is_family = cli::family_of(command.see_also) != nullptr;
    CHECK((is_family || cli::find_command(command.see_also) != nullptr));
    CHECK(cli::command_help(command, 80)
              .ends_with(fmt::format("\nSee also: paperclub help {}\n", command.see_also)));
  }
}

}  // namespace paperclub::tests
