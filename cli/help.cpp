#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/application.hpp"
#include "cli/commands.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kOptionColumn = 29;
constexpr std::size_t kNarrowColumn = 20;  // where the terminal is narrow
constexpr std::size_t kNarrow = 60;
constexpr std::size_t kCommandColumn = 15;

// Lines of `text`, each behind `indent` blanks.
std::string block(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  for (const std::string& line : wrap(text, width - indent)) {
    out.append(indent, ' ').append(line).append("\n");
  }
  return out;
}

// A flag with many values on several lines, each broken behind a bar.
std::string broken(const std::string& text, std::size_t width) {
  std::string out;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('|', begin), text.size() - 1) + 1;
    const std::string part = text.substr(begin, end - begin);
    if (!line.empty() && line.size() + part.size() > width) {
      out += line + "\n";
      line = std::string(2 * kIndent, ' ');
    }
    line += part;
    begin = end;
  }
  return out + line;
}

// `name` in the left column, `text` in the right one, wrapped below itself.
std::string entry(const std::string& name, std::string_view text, std::size_t column,
                  std::size_t width) {
  const std::string left = broken(std::string(kIndent, ' ') + name, width);
  std::string right = block(text, column, width);
  if (display_width(left) + 1 > column) return left + "\n" + right;
  return pad(left, column) + right.substr(std::min(column, right.size()));
}

std::string option_name(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames())
    names.push_back("-" + name);
  for (const std::string& name : option.get_lnames())
    names.push_back("--" + name);
  const std::string type = option.get_type_name();
  if (names.empty()) return option.get_name();
  const bool takes_value = option.get_items_expected_max() > 0;
  return fmt::format("{}{}", fmt::join(names, ", "), takes_value ? " " + type : "");
}

std::string options_of(const CLI::App& app, bool positionals, std::size_t width) {
  std::string out;
  const std::size_t column = width < kNarrow ? kNarrowColumn : kOptionColumn;
  for (const CLI::Option* option : app.get_options()) {
    const bool hidden = option->get_group().empty();
    if (hidden || option->get_positional() != positionals) continue;
    out += entry(option_name(*option), option->get_description(), column, width);
  }
  return out;
}

const CLI::App* app_of(const Application& application, const Command& command) {
  for (const auto& [known, app] : application.commands) {
    if (known == &command) return app;
  }
  return application.app.get();
}

std::string section(std::string_view heading, const std::string& body) {
  return body.empty() ? std::string() : fmt::format("\n{}:\n{}", heading, body);
}

std::string examples_block(std::string_view examples) {
  std::string out;
  while (!examples.empty()) {
    const std::size_t end = std::min(examples.find('\n'), examples.size());
    out += fmt::format("  $ {}\n", examples.substr(0, end));
    examples.remove_prefix(std::min(end + 1, examples.size()));
  }
  return out;
}

std::string see_also(const Command& command) {
  return fmt::format("\nSee also: paperclub help {}\n", command.see_also);
}

constexpr std::string_view kRest = "More";  // the group that the short help leaves out

// The commands by group; a family is one line.
std::string command_list(std::size_t width, bool whole) {
  std::string out;
  std::string group;
  std::set<std::string> listed;
  for (const Command& command : commands()) {
    if (*command.group == '\0' || (!whole && command.group == kRest)) continue;
    if (group != command.group) out += fmt::format("\n{}:\n", command.group);
    group = command.group;
    const auto [family, word] = split_name(command.name);
    const std::string& shown = family.empty() ? word : family;
    if (!listed.insert(shown).second) continue;
    out += entry(shown, family.empty() ? command.summary : family_of(family)->summary,
                 kCommandColumn, width);
  }
  return out;
}

}  // namespace

std::string program_help(std::size_t width, bool whole) {
  std::string out = block("paperclub - a paper club in a git repository", 0, width);
  out += "\nUsage: paperclub COMMAND [OPTIONS]\n";
  out += section("Examples", examples_block("paperclub timeline"));
  out += command_list(width, whole);
  if (!whole) return out + "\nMore: paperclub --help\n";
  GlobalOptions global;
  const Application application = build_application(global);
  out += section("Options for every command", options_of(*application.app, false, width));
  return out;
}

std::string family_help(const Family& family, std::size_t width) {
  std::string out = block(fmt::format("paperclub {} - {}", family.name, family.summary), 0, width);
  out += fmt::format("\nUsage: paperclub {} COMMAND [OPTIONS]\n", family.name);
  std::string lines;
  std::string examples;
  for (const Command& command : commands()) {
    const auto [own, word] = split_name(command.name);
    if (own != family.name) continue;
    lines += entry(word, command.summary, kCommandColumn, width);
    const std::string_view all = command.examples;
    examples += examples_block(all.substr(0, all.find('\n')));
  }
  out += section("Examples", examples);
  out += section("Commands", lines);
  return out + fmt::format("\nSee also: paperclub help {} COMMAND\n", family.name);
}

std::string command_help(const Command& command, std::size_t width) {
  GlobalOptions global;
  const Application application = build_application(global);
  const CLI::App* app = app_of(application, command);
  std::string out =
      block(fmt::format("paperclub {} - {}", command.name, command.summary), 0, width);
  out += "\n" + block(fmt::format("Usage: paperclub {} {}", command.name, command.usage), 0, width);
  out += section("Examples", examples_block(command.examples));
  out += section("Arguments", options_of(*app, true, width));
  out += section("Options", options_of(*app, false, width));
  out += section("Options for every command", options_of(*application.app, false, width));
  return out + see_also(command);
}

}  // namespace paperclub::cli
