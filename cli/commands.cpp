#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paperclub::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      timeline_command(), list_command(),       show_command(),     check_command(),
      add_command(),      edit_command(),       withdraw_command(), restore_command(),
      help_command(),     completion_command(), complete_command(),
  };
  return kCommands;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

void check_choice(const std::string& flag, const std::string& value,
                  const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
  Error error{ErrorKind::usage,
              fmt::format("{} must be {}, not {}", flag, one_of(allowed), quote(value))};
  const std::string near = nearest(value, allowed);
  throw error.hint(near.empty() ? fmt::format("write one of: {}", fmt::join(allowed, ", "))
                                : fmt::format("did you mean {}?", quote(near)));
}

void add_format(CLI::App& app, std::string& target, const std::vector<std::string>& allowed) {
  app.add_option("--format", target,
                 fmt::format("Output format: {} (default: {})", fmt::join(allowed, ", "), target))
      ->type_name("FORMAT");
  app.add_flag_callback(
      "--json", [&target] { target = "json"; }, "The same as --format json");
}

void add_at(CLI::App& app, std::string& target) {
  app.add_option("--at", target, "Read this commit instead of the files as they lie")
      ->type_name("REV");
}

}  // namespace paperclub::cli
