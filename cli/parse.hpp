// From the arguments of the program to the command to run.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/application.hpp"

namespace paperclub::cli {

// What the arguments ask for.  `run` is empty where help, version or the short help is to be shown.
struct Parsed {
  GlobalOptions global;
  const Command* command = nullptr;
  std::string family;  // where only the first of two words was given
  Run run;
  std::unique_ptr<CLI::App> app;    // owns what `run` and `command_app` refer to
  CLI::App* command_app = nullptr;  // of `command`
};

// Reads the options that decide how failures are shown, before anything can fail.
GlobalOptions peek_globals(const std::vector<std::string>& arguments);

// Parses the arguments, without the program's name.  Throws Error{usage} that names the nearest
// command or flag.
Parsed parse_arguments(const std::vector<std::string>& arguments);

}  // namespace paperclub::cli
