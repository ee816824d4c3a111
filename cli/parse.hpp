// From the arguments of the program to the command to run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace paperclub::cli {

// The options that every command takes.
struct GlobalOptions {
  std::string folder = ".";
  std::string color = "auto";
  bool no_pager = false;
  bool verbose = false;
  bool version = false;
  bool help = false;
  bool json = false;  // asked for JSON, in whichever spelling
};

// What the arguments ask for.  `run` is empty where help, version or the short help is to be shown.
struct Parsed {
  GlobalOptions global;
  const Command* command = nullptr;
  Run run;
  std::unique_ptr<CLI::App> app;    // owns what `run` and `command_app` refer to
  CLI::App* command_app = nullptr;  // of `command`
};

// Reads the options that decide how failures are shown, before anything can fail.
GlobalOptions peek_globals(const std::vector<std::string>& arguments);

// Parses the arguments, without the program's name.  Throws Error{usage} that names the nearest
// command or flag.
Parsed parse_arguments(const std::vector<std::string>& arguments);

// Returns the application with every command, for help and completion.
struct Application {
  std::unique_ptr<CLI::App> app;
  std::vector<std::pair<const Command*, CLI::App*>> commands;
  std::vector<Run> runs;  // one for each command
};
// Builds it; the options store into `global`, which must outlive it.
Application build_application(GlobalOptions& global);

}  // namespace paperclub::cli
