// paperclub complete: the words that could stand where the person is typing, one a line.  For the
// completion scripts; it says nothing where it knows nothing.
#include <algorithm>
#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/parse.hpp"
#include "lib/club/locate.hpp"

namespace paperclub::cli {
namespace {

using Words = std::vector<std::string>;

// What the scripts take for a word of the shell's own: files belong here.
constexpr const char* kFiles = ":files";

// Commands whose argument is a paper, and those whose argument is a file.
bool takes_paper(const std::string& command) { return command == "show"; }
bool takes_file(const std::string& command) { return command == "check"; }

Words command_names() {
  Words names;
  for (const Command& command : commands()) {
    if (*command.group != '\0') names.emplace_back(command.name);
  }
  return names;
}

Words flags_of(const std::string& name) {
  GlobalOptions global;
  const Application application = build_application(global);
  Words flags;
  const auto add = [&flags](const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group().empty()) continue;
      for (const std::string& flag : option->get_lnames())
        flags.push_back("--" + flag);
    }
  };
  for (const auto& [command, app] : application.commands) {
    if (name == command->name) add(*app);
  }
  add(*application.app);
  return flags;
}

// Whether the flag of the command, or of all commands, is followed by a value.
bool takes_value(const std::string& command, const std::string& flag) {
  GlobalOptions global;
  const Application application = build_application(global);
  const auto takes = [&flag](const CLI::App& app) {
    const CLI::Option* option = app.get_option_no_throw(flag);
    return option != nullptr && !option->get_positional() && option->get_items_expected_max() > 0;
  };
  for (const auto& [known, app] : application.commands) {
    if (command == known->name && takes(*app)) return true;
  }
  return takes(*application.app);
}

// The values that may stand behind the flag; nothing where any may.
Words values_of(const std::string& command, const std::string& flag) {
  if (flag == "-C") return {kFiles};
  if (flag == "--color") return {"auto", "always", "never"};
  if (flag == "--state") return {"suggested", "timeline", "withdrawn"};
  if (flag == "--explain") {
    Words names;
    for (const RuleInfo& rule : all_rules())
      names.emplace_back(rule.name);
    return names;
  }
  if (flag != "--format") return {};
  if (command == "check") return {"text", "json", "github", "sarif"};
  if (command == "list") return {"table", "json"};
  return command == "timeline" ? Words{"text", "markdown", "json"} : Words{"text", "json"};
}

// Ids, and identifiers where the person has begun to type one.
Words paper_names(Context& context, const std::string& typed) {
  const OpenClub club = open_club(context, "");
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  Words names;
  for (const club::PaperRecord& paper : snapshot.papers) {
    names.push_back(paper.id.str());
    if (typed.empty()) continue;
    names.push_back(paper.paper.arxiv);
    names.push_back(paper.paper.doi);
  }
  return names;
}

// What a shell might act on is not offered.
bool is_plain(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || std::string_view("._/:+=-").find(c) != std::string_view::npos;
  });
}

// Drops -C with its folder wherever it stands, the options in front of the command, and the `=`
// that bash splits off.
Words from_command(Context& context, const Words& words) {
  Words rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    const bool value_follows = i + 2 < words.size();
    if (words[i] == "-C" && value_follows) {
      context.folder = words[++i];
    } else if (rest.empty() && words[i] == "--color" && value_follows) {
      ++i;
    } else if (rest.empty() && !last && words[i].starts_with('-') && words[i] != "-C" &&
               words[i] != "--color") {
      continue;
    } else if (words[i] != "=") {
      rest.push_back(words[i]);
    } else if (last) {
      rest.emplace_back();
    }
  }
  return rest;
}

Words argument_of(Context& context, const std::string& command, const std::string& typed) {
  if (command == "help") return command_names();
  if (command == "completion") return {"bash", "zsh", "fish"};
  if (takes_file(command)) return {kFiles};
  return takes_paper(command) && has_club(context) ? paper_names(context, typed) : Words();
}

// `--flag=value` in one word: the values with the flag in front of each.
Words joined_values(const std::string& command, const std::string& typed) {
  const std::string flag = typed.substr(0, typed.find('='));
  Words values = values_of(command, flag);
  for (std::string& value : values)
    value.insert(0, flag + "=");
  return values;
}

Words candidates(Context& context, const Words& words) {
  const std::string typed = words.empty() ? "" : words.back();
  const std::string before = words.size() > 1 ? words[words.size() - 2] : "";
  if (before == "-C" || before == "--color") return values_of("", before);
  if (words.size() <= 1) return typed.starts_with('-') ? flags_of("") : command_names();
  const std::string& command = words.front();
  if (typed.starts_with("--") && typed.find('=') != typed.npos)
    return joined_values(command, typed);
  if (before.starts_with('-') && takes_value(command, before)) return values_of(command, before);
  if (typed.starts_with('-')) return flags_of(command);
  return argument_of(context, command, typed);
}

int run(const Words& words, Context& context) {
  const std::string typed = words.empty() || words.back() == "=" ? "" : words.back();
  const Words rest = from_command(context, words);
  Words found = candidates(context, rest);
  if (found == Words{kFiles}) {
    context.ui.out(std::string(kFiles) + "\n");
    return kDone;
  }
  std::erase_if(found, [&typed](const std::string& word) {
    return word.empty() || !word.starts_with(typed) || !is_plain(word);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  for (const std::string& word : found)
    context.ui.out(word + "\n");
  return kDone;
}

Run setup(CLI::App& app) {
  auto words = std::make_shared<Words>();
  app.add_option("WORDS", *words, "The words after 'paperclub', the last one unfinished");
  return [words](Context& context) { return run(*words, context); };
}

}  // namespace

Command complete_command() {
  return {"complete",
          "",
          "print the words that could stand where the person is typing",
          "-- [WORDS...]",
          "paperclub complete -- show 1706",
          "completion",
          setup};
}

}  // namespace paperclub::cli
