// The table of commands.  To add one: a file in cli/commands, a declaration and a line here, a line
// in CMakeLists.txt and in README, and its cases in tests/e2e.
#pragma once

#include <string>
#include <utility>
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
Command schedule_command();    // gives a paper its number and a session
Command session_cancel_command();
Command session_list_command();
Command session_move_command();
Command session_record_command();
Command session_show_command();
Command show_command();      // shows one paper
Command withdraw_command();  // takes a suggestion back
Command timeline_command();  // prints the timeline

// Returns every command in the order in which help shows them.
const std::vector<Command>& commands();

// Returns the command called `name` (`show`, `session move`), or null.
const Command* find_command(const std::string& name);

// Returns the family called `name`, or null.
const Family* family_of(const std::string& name);

// Returns the family and the own word of a command's name; no family where it has one word.
std::pair<std::string, std::string> split_name(const std::string& name);

// Returns the words that may stand first, of those that are not hidden; below the family `family`,
// the words that may follow it.
std::vector<std::string> command_words(const std::string& family = "");

// Throws Error{usage} for a word that is no command, or none of the family, with the nearest.
[[noreturn]] void refuse_command(const std::string& word, const std::string& family = "");

}  // namespace paperclub::cli
