// The table of commands.  To add one: a file in cli/commands, a declaration and a line here, a line
// in CMakeLists.txt and in README, and its cases in tests/e2e.
#pragma once

#include <vector>

#include "cli/command.hpp"

namespace paperclub::cli {

Command add_command();         // suggests a paper
Command check_command();       // judges every record
Command complete_command();    // answers the shells' completion
Command completion_command();  // prints a completion script
Command edit_command();        // changes the record of a paper
Command help_command();        // explains a command
Command list_command();        // lists papers
Command restore_command();     // brings a withdrawn suggestion back
Command show_command();        // shows one paper
Command withdraw_command();    // takes a suggestion back
Command timeline_command();    // prints the timeline

// Returns every command in the order in which help shows them.
const std::vector<Command>& commands();

// Returns the command called `name`, or null.
const Command* find_command(const std::string& name);

}  // namespace paperclub::cli
