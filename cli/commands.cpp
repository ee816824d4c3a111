#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace paperclub::cli {
namespace {

constexpr std::array<Family, 5> kFamilies = {{
    {"round", "open, list, show and close rounds of voting"},
    {"session", "list, show, move, cancel and record sessions"},
    {"member", "list, show, add and edit members"},
    {"suggestions", "list, show, accept and decline what is suggested", "list"},
    {"hook", "hold pushes and commits to the club's rules"},
}};

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      timeline_command(),
      list_command(),
      show_command(),
      search_command(),
      status_command(),
      log_command(),
      check_command(),
      session_list_command(),
      session_show_command(),
      member_list_command(),
      member_show_command(),
      vote_command(),
      verify_command(),
      tally_command(),
      audit_command(),
      round_list_command(),
      round_show_command(),
      round_open_command(),
      round_close_command(),
      round_reopen_command(),
      init_command(),
      add_command(),
      edit_command(),
      rename_command(),
      withdraw_command(),
      restore_command(),
      schedule_command(),
      session_move_command(),
      session_cancel_command(),
      session_record_command(),
      notes_command(),
      member_add_command(),
      member_edit_command(),
      undo_command(),
      suggest_command(),
      suggestions_list_command(),
      suggestions_show_command(),
      suggestions_accept_command(),
      suggestions_decline_command(),
      sync_command(),
      help_command(),
      completion_command(),
      hook_install_command(),
      hook_pre_commit_command(),
      hook_pre_push_command(),
      hook_pre_receive_command(),
      complete_command(),
  };
  return kCommands;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (name == command.name) return &command;
  }
  return nullptr;
}

const Family* family_of(const std::string& name) {
  for (const Family& family : kFamilies) {
    if (name == family.name) return &family;
  }
  return nullptr;
}

std::pair<std::string, std::string> split_name(const std::string& name) {
  const std::size_t blank = name.find(' ');
  if (blank == name.npos) return {"", name};
  return {name.substr(0, blank), name.substr(blank + 1)};
}

std::vector<std::string> command_words(const std::string& family) {
  std::vector<std::string> words;
  for (const Command& command : commands()) {
    if (*command.group == '\0') continue;
    const auto [own, name] = split_name(command.name);
    const std::string& word = family.empty() && !own.empty() ? own : name;
    const bool belongs = family.empty() || own == family;
    const bool known = std::find(words.begin(), words.end(), word) != words.end();
    if (belongs && !known) words.push_back(word);
  }
  return words;
}

void refuse_command(const std::string& word, const std::string& family) {
  const std::vector<std::string> words = command_words(family);
  const std::string above = family.empty() ? "" : family + " ";
  Error error{ErrorKind::usage, fmt::format("unknown command {}", quote(above + word))};
  const std::string near = nearest(word, words);
  if (!near.empty()) error.hint(fmt::format("did you mean {}?", quote(above + near)));
  throw error.hint(family.empty() ? "see 'paperclub --help' for the commands"
                                  : fmt::format("see 'paperclub {} --help'", family));
}

}  // namespace paperclub::cli
