// The texts of help: of the program, and of one command.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace paperclub::cli {

// Returns the list of commands by group, with one example; `whole`: and the options that every
// command has.
std::string program_help(std::size_t width, bool whole);

// Returns purpose, usage, examples, options with their defaults, and what to see also; no line is
// wider than `width`, examples aside.
std::string command_help(const Command& command, std::size_t width);

// Returns the help of the family: its commands, and the first example of each.
std::string family_help(const Family& family, std::size_t width);

}  // namespace paperclub::cli
