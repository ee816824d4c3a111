// paperclub help: the help of the program or of one command.
#include "cli/help.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"

namespace paperclub::cli {
namespace {

int run(const std::string& name, Context& context) {
  if (name.empty()) {
    context.ui.out(program_help(context.ui.help_width()));
    return kDone;
  }
  const Command* command = find_command(name);
  if (command == nullptr) {
    std::vector<std::string> names;
    for (const Command& known : commands())
      names.emplace_back(known.name);
    Error error{ErrorKind::usage, fmt::format("unknown command {}", quote(name))};
    const std::string near = nearest(name, names);
    if (!near.empty()) error.hint(fmt::format("did you mean {}?", quote(near)));
    throw error.hint("see 'paperclub help' for the commands");
  }
  context.ui.out(command_help(*command, context.ui.help_width()));
  return kDone;
}

Run setup(CLI::App& app) {
  auto name = std::make_shared<std::string>();
  app.add_option("COMMAND", *name, "The command to explain");
  return [name](Context& context) { return run(*name, context); };
}

}  // namespace

Command help_command() {
  return {"help", "More", "explain a command", "[COMMAND]", "paperclub help timeline", "", setup};
}

}  // namespace paperclub::cli
