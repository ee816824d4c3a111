// The command line as CLI11 has it: every command with its options, for parsing, help and
// completion alike.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
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

// Every command, registered.
struct Application {
  std::unique_ptr<CLI::App> app;
  std::vector<std::pair<const Command*, CLI::App*>> commands;
  std::vector<Run> runs;  // one for each command
};

// Builds it; the options store into `global`, which must outlive it.
Application build_application(GlobalOptions& global);

// Returns the flags of `app` that are shown, with their dashes.
std::vector<std::string> flags_of(const CLI::App& app);

// Returns the option `flag` of some command, in each of which it means the same; null for none.
const CLI::Option* option_of_commands(const Application& application, const std::string& flag);

// Returns whether the next argument is the value of the flag `argument`, of the program or of some
// command.
bool takes_value(const Application& application, const std::string& argument);

// Returns the words that `option` may have as its value, or none where any may.
std::vector<std::string> choices_of(const CLI::Option& option);

// Returns the value as the person typed it: what CLI11 must not take for a list is marked by
// guarded() before it is parsed, and the options take the mark off.
std::string guarded(std::string argument);
std::string unguarded(std::string argument);

}  // namespace paperclub::cli
