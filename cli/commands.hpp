// The table of commands.  To add one: a file in cli/commands, a declaration and a line here, a line
// in CMakeLists.txt and in README, and its cases in tests/e2e.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"

namespace paperclub::cli {

// One file in cli/commands for each, or for each family.
Command add_command();
Command audit_command();
Command check_command();
Command complete_command();
Command completion_command();
Command edit_command();
Command help_command();
Command hook_install_command();
Command hook_pre_commit_command();
Command hook_pre_push_command();
Command hook_pre_receive_command();
Command init_command();
Command list_command();
Command log_command();
Command member_add_command();
Command member_edit_command();
Command member_list_command();
Command member_show_command();
Command notes_command();
Command rename_command();
Command restore_command();
Command round_close_command();
Command round_list_command();
Command round_open_command();
Command round_reopen_command();
Command round_show_command();
Command schedule_command();
Command search_command();
Command session_cancel_command();
Command session_list_command();
Command session_move_command();
Command session_record_command();
Command session_show_command();
Command show_command();
Command status_command();
Command suggest_command();
Command suggestions_accept_command();
Command suggestions_decline_command();
Command suggestions_list_command();
Command suggestions_show_command();
Command sync_command();
Command tally_command();
Command timeline_command();
Command undo_command();
Command verify_command();
Command vote_command();
Command withdraw_command();

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
