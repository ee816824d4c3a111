// paperclub help: the help of the program or of one command.
#include "cli/help.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"

namespace paperclub::cli {
namespace {

int run(const std::vector<std::string>& words, Context& context) {
  const std::size_t width = context.ui.help_width();
  if (words.empty()) {
    context.ui.out(program_help(width, true));
    return kDone;
  }
  const Family* family = family_of(words.front());
  if (family != nullptr && words.size() == 1) {
    context.ui.out(family_help(*family, width));
    return kDone;
  }
  const std::string name = fmt::format("{}", fmt::join(words, " "));
  const Command* command = find_command(name);
  if (command == nullptr && family != nullptr) refuse_command(words[1], words.front());
  if (command == nullptr) refuse_command(name);
  context.ui.out(command_help(*command, width));
  return kDone;
}

Run setup(Arguments& args) {
  auto words = std::make_shared<std::vector<std::string>>();
  args.words("COMMAND", *words, "The command to explain");
  return [words](Context& context) { return run(*words, context); };
}

}  // namespace

Command help_command() {
  return {"help",       "More", "explain a command", "[COMMAND]", "paperclub help timeline",
          "completion", setup,  Argument::command};
}

}  // namespace paperclub::cli
