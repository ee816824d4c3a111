#include "cli/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/commands.hpp"
#include "lib/base/error.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

// Global options that take a value as the next argument.
constexpr std::array<std::string_view, 2> kWithValue = {"-C", "--color"};

// The first argument behind `after` (null: of all) that is no option: where a word of the command's
// name stands.
const std::string* first_word(const std::vector<std::string>& arguments,
                              const std::string* after = nullptr) {
  const auto begin = after == nullptr ? 0 : static_cast<std::size_t>(after - arguments.data()) + 1;
  for (std::size_t i = begin; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (std::find(kWithValue.begin(), kWithValue.end(), argument) != kWithValue.end()) {
      ++i;
    } else if (argument == "--") {
      return i + 1 < arguments.size() ? &arguments[i + 1] : nullptr;
    } else if (argument.empty() || argument.front() != '-') {
      return &argument;
    }
  }
  return nullptr;
}

// The arguments as CLI11 gets them, last one first: two dashes in front of the command's name say
// nothing that matters.
std::vector<std::string> prepared(const std::vector<std::string>& arguments) {
  const std::string* word = first_word(arguments);
  std::vector<std::string> reversed;
  bool flags_end = false;
  for (const std::string& argument : arguments) {
    const bool before_word = word == nullptr || &argument < word;
    if (argument == "--" && before_word) continue;
    flags_end = flags_end || argument == "--";
    // CLI11 would take the next argument for the value of `--flag=`.
    if (!flags_end && argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      reversed.push_back(argument.substr(0, argument.size() - 1));
      reversed.emplace_back();
    } else {
      reversed.push_back(guarded(argument));
    }
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

// Every flag that some command has.
std::vector<std::string> flags_of_commands(const Application& application) {
  std::vector<std::string> flags;
  for (const auto& [command, app] : application.commands) {
    const std::vector<std::string> own = flags_of(*app);
    flags.insert(flags.end(), own.begin(), own.end());
  }
  return flags;
}

[[noreturn]] void refuse_flag(const Application& application, const std::string& flag) {
  Error error{ErrorKind::usage, fmt::format("unknown flag {}", quote(flag))};
  std::vector<std::string> known = flags_of(*application.app);
  const std::vector<std::string> later = flags_of_commands(application);
  known.insert(known.end(), later.begin(), later.end());
  const std::string near = nearest(flag, known);
  if (!near.empty()) error.hint(fmt::format("did you mean {}?", quote(near)));
  throw error.hint("see 'paperclub --help'");
}

// The arguments with the flags of commands that stand in front of the command moved behind it.
// Throws Error{usage} where one there is no flag of any command.
std::vector<std::string> in_order(const Application& application,
                                  const std::vector<std::string>& arguments) {
  const bool helps = peek_globals(arguments).help;
  std::vector<std::string> ordered;
  std::vector<std::string> early;
  std::string family;
  std::size_t i = 0;
  for (; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const std::string flag = argument.substr(0, argument.find('='));
    if (argument == "--" || argument.empty()) break;
    if (argument.front() != '-') {
      if (!family.empty() || family_of(argument) == nullptr) break;
      family = argument;
      continue;
    }
    const bool global = argument.starts_with("-C") ||
                        (flag != "--json" && application.app->get_option_no_throw(flag) != nullptr);
    if (!global && option_of_commands(application, flag) == nullptr && !helps)
      refuse_flag(application, flag);
    std::vector<std::string>& place = global ? ordered : early;
    place.push_back(argument);
    if (takes_value(application, argument) && i + 1 < arguments.size())
      place.push_back(arguments[++i]);
  }
  if (!family.empty()) ordered.push_back(family);
  const char* usual = family.empty() ? "" : family_of(family)->usual;
  if (i == arguments.size() && !helps && *usual != '\0') ordered.emplace_back(usual);
  const bool is_alone =
      i == arguments.size() && family.empty() && !early.empty() && early.front() != "--json";
  if (is_alone && !helps) {
    throw Error{ErrorKind::usage, fmt::format("no command behind {}", quote(early.front()))}.hint(
        "write it behind the command; see 'paperclub --help'");
  }
  if (i == arguments.size() && helps) return ordered;
  // Behind the words of the command, of which a family has two.
  ordered.insert(ordered.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i),
                 arguments.end());
  const std::string* word = first_word(ordered);
  const bool is_family = word != nullptr && family_of(*word) != nullptr;
  const std::string* second = is_family ? first_word(ordered, word) : nullptr;
  const std::string* last = second == nullptr ? word : second;
  const auto place =
      last == nullptr ? ordered.size() : static_cast<std::size_t>(last - ordered.data()) + 1;
  ordered.insert(ordered.begin() + static_cast<std::ptrdiff_t>(place), early.begin(), early.end());
  return ordered;
}

void check_command_word(const std::vector<std::string>& arguments) {
  const std::string* word = first_word(arguments);
  if (word == nullptr || find_command(*word) != nullptr) return;
  if (family_of(*word) == nullptr) refuse_command(*word);
  const std::string* second = first_word(arguments, word);
  const bool known = second == nullptr || find_command(*word + " " + *second) != nullptr;
  if (!known) refuse_command(*second, *word);
}

// The words of a command, which is registered below its family or below the program.
std::string full_name(const CLI::App& command) {
  const CLI::App* family = command.get_parent();
  const bool below = family != nullptr && family->get_parent() != nullptr;
  return below ? family->get_name() + " " + command.get_name() : command.get_name();
}

std::string help_hint(const CLI::App* command) {
  return command == nullptr ? "see 'paperclub --help'"
                            : fmt::format("see 'paperclub {} --help'", full_name(*command));
}

// The failure for an argument that nothing takes.
Error unknown_argument(const std::string& argument, const CLI::App& app, const CLI::App* command) {
  if (argument.empty() || argument.front() != '-') {
    Error error{ErrorKind::usage, fmt::format("unexpected argument {}", quote(argument))};
    return error.hint(help_hint(command));
  }
  const std::string flag = argument.substr(0, argument.find('='));
  std::vector<std::string> known = flags_of(app);
  if (command != nullptr) {
    const std::vector<std::string> own = flags_of(*command);
    known.insert(known.end(), own.begin(), own.end());
  }
  // Behind `--` a flag is an argument like any other.
  const bool is_known = std::find(known.begin(), known.end(), flag) != known.end();
  Error error{ErrorKind::usage,
              fmt::format("{} {}", is_known ? "unexpected argument" : "unknown flag",
                          quote(is_known ? argument : flag))};
  const std::string near = is_known ? "" : nearest(flag, known);
  if (!near.empty()) error.hint(fmt::format("did you mean {}?", quote(near)));
  return error.hint(help_hint(command));
}

// The innermost command that was named.
CLI::App* chosen(const CLI::App& app) {
  const auto subcommands = app.get_subcommands();
  if (subcommands.empty()) return nullptr;
  CLI::App* inner = chosen(*subcommands.front());
  return inner == nullptr ? subcommands.front() : inner;
}

// What is wrong, in our words.
std::string usage_words(const CLI::ParseError& error) {
  const std::string theirs = error.what();
  const std::string name = theirs.substr(0, theirs.find(':'));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool twice = theirs.find(": At Most") != theirs.npos || theirs.find("got") != theirs.npos;
    return name + (twice ? " is given twice" : " needs a value");
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    return "a flag that takes no value has one: " + theirs.substr(theirs.find(": ") + 2);
  }
  // What arguments.cpp says of a value.
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr)
    return name + " " + theirs.substr(std::min(theirs.find(": ") + 2, theirs.size()));
  return theirs.ends_with('.') ? theirs.substr(0, theirs.size() - 1) : theirs;
}

Error usage_error(const CLI::ParseError& error, const CLI::App& app) {
  const CLI::App* command = chosen(app);
  const std::vector<std::string> left = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !left.empty()) {
    return unknown_argument(unguarded(left.front()), app, command);
  }
  Error usage{ErrorKind::usage, escape(usage_words(error))};
  return usage.hint(help_hint(command));
}

// `--at ''` is a slip of a script; nothing is meant by it.
void refuse_empty_values(const CLI::App& app, const CLI::App* command) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) continue;
    for (const std::string& value : option->results()) {
      if (!value.empty()) continue;
      Error error{ErrorKind::usage, fmt::format("{} needs a value", option->get_name())};
      throw error.hint(help_hint(command));
    }
  }
}

void check_choices(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const std::vector<std::string> allowed = choices_of(*option);
    if (allowed.empty()) continue;
    for (const std::string& value : option->results()) {
      if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) continue;
      Error error{ErrorKind::usage, fmt::format("{} must be {}, not {}", option->get_name(),
                                                one_of(allowed), quote(value))};
      const std::string near = nearest(value, allowed);
      throw error.hint(near.empty() ? fmt::format("write one of: {}", fmt::join(allowed, ", "))
                                    : fmt::format("did you mean {}?", quote(near)));
    }
  }
}

// What the values of the flags say, where help is not asked for.
void check_values(const CLI::App& app, const CLI::App* command) {
  check_choices(app);
  if (command == nullptr) return;
  refuse_empty_values(*command, command);
  check_choices(*command);
}

}  // namespace

GlobalOptions peek_globals(const std::vector<std::string>& arguments) {
  GlobalOptions global;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const std::string next = i + 1 < arguments.size() ? arguments[i + 1] : "";
    if (argument == "--") break;
    if (argument == "--color") global.color = next;
    if (argument.starts_with("--color=")) global.color = argument.substr(8);
    if (argument == "--no-pager") global.no_pager = true;
    if (argument == "--help" || argument == "-h") global.help = true;
    const bool json = argument == "--json" || argument == "--format=json" ||
                      (argument == "--format" && next == "json");
    if (json) global.json = true;
  }
  return global;
}

Parsed parse_arguments(const std::vector<std::string>& arguments) {
  // The options store into what they were registered with: it stays where it is until parsed.
  auto global = std::make_unique<GlobalOptions>();
  Application application = build_application(*global);
  const std::vector<std::string> ordered = in_order(application, arguments);
  check_command_word(ordered);
  std::vector<std::string> reversed = prepared(ordered);
  try {
    application.app->parse(reversed);
  } catch (const CLI::ParseError& error) {
    // Help wins over what else is wrong.
    global->help = global->help || peek_globals(arguments).help;
    if (!global->help) throw usage_error(error, *application.app);
  }
  Parsed parsed;
  parsed.global = *global;
  parsed.command_app = chosen(*application.app);
  const bool misplaced = global->json && parsed.command_app != nullptr && !global->help;
  if (misplaced) throw unknown_argument("--json", CLI::App(), parsed.command_app);
  parsed.global.json = peek_globals(arguments).json;
  if (!global->help) check_values(*application.app, parsed.command_app);
  for (std::size_t i = 0; i < application.commands.size(); ++i) {
    if (application.commands[i].second != parsed.command_app) continue;
    parsed.command = application.commands[i].first;
    parsed.run = std::move(application.runs[i]);
  }
  if (parsed.command_app != nullptr && parsed.command == nullptr)
    parsed.family = parsed.command_app->get_name();
  parsed.app = std::move(application.app);
  return parsed;
}

}  // namespace paperclub::cli
