#include "cli/application.hpp"

#include <fmt/format.h>

#include <map>

#include "cli/commands.hpp"

namespace paperclub::cli {
namespace {

// CLI11 takes `[a,b]` for a list; a character behind the bracket keeps it from doing so.
constexpr char kGuard = '\x01';

void add_globals(CLI::App& app, GlobalOptions& global) {
  app.set_help_flag();
  app.add_option("-C", global.folder, "Work in this folder")->type_name("DIR");
  Arguments(app).choice("--color", global.color, "Colours", {"auto", "always", "never"});
  app.add_flag("--no-pager", global.no_pager, "Never show output in a pager");
  app.add_flag("--version", global.version, "Print the version (--verbose: more)");
  app.add_flag("--verbose", global.verbose)->group("");
  app.add_flag("-h,--help", global.help, "Print this help");
  // For --version; commands that have a format have a flag of their own.
  app.add_flag("--json", global.json)->group("");
}

// Makes the options of `app` take the guard off again.
void unguard_values(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() > 0) option->transform(unguarded);
  }
}

// Adds a command below `above`; what it does not know is asked of the application above it.
CLI::App* add_command(CLI::App& above, const std::string& name, const std::string& summary) {
  CLI::App* app = above.add_subcommand(name, summary);
  app->set_help_flag();
  app->fallthrough();
  return app;
}

}  // namespace

Application build_application(GlobalOptions& global) {
  Application application;
  application.app = std::make_unique<CLI::App>("", "paperclub");
  add_globals(*application.app, global);
  unguard_values(*application.app);
  application.app->require_subcommand(0, 1);
  std::map<std::string, CLI::App*> families;
  for (const Command& command : commands()) {
    const auto [family, name] = split_name(command.name);
    CLI::App* above = application.app.get();
    if (!family.empty()) {
      CLI::App*& own = families[family];
      if (own == nullptr) {
        own = add_command(*above, family, family_of(family)->summary);
        own->require_subcommand(0, 1);
      }
      above = own;
    }
    CLI::App* app = add_command(*above, name, command.summary);
    Arguments args(*app);
    application.runs.push_back(command.setup(args));
    unguard_values(*app);
    application.commands.emplace_back(&command, app);
  }
  return application;
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    for (const std::string& name : option->get_lnames())
      flags.push_back("--" + name);
    for (const std::string& name : option->get_snames())
      flags.push_back("-" + name);
  }
  return flags;
}

const CLI::Option* option_of_commands(const Application& application, const std::string& flag) {
  for (const auto& [command, app] : application.commands) {
    const CLI::Option* option = app->get_option_no_throw(flag);
    if (option != nullptr && !option->get_positional()) return option;
  }
  return nullptr;
}

bool takes_value(const Application& application, const std::string& argument) {
  const CLI::Option* option = application.app->get_option_no_throw(argument);
  if (option == nullptr) option = option_of_commands(application, argument);
  return option != nullptr && option->get_items_expected_max() > 0;
}

std::vector<std::string> choices_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::vector<std::string> choices;
  if (type.find('|') == type.npos) return choices;
  for (std::size_t begin = 0; begin <= type.size();) {
    const std::size_t end = std::min(type.find('|', begin), type.size());
    choices.push_back(type.substr(begin, end - begin));
    begin = end + 1;
  }
  return choices;
}

std::string guarded(std::string argument) {
  if (argument.ends_with(']')) argument += kGuard;
  return argument;
}

std::string unguarded(std::string argument) {
  if (argument.ends_with(kGuard)) argument.pop_back();
  return argument;
}

}  // namespace paperclub::cli
