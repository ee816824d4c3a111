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

// Commands whose argument is a paper.
bool takes_paper(const std::string& command) { return command == "show"; }

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

Words values_of(const std::string& command, const std::string& flag) {
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
    return letter || std::string_view("._/:+-").find(c) != std::string_view::npos;
  });
}

// Drops options in front of the command, and the `=` that bash splits off.
Words from_command(Context& context, const Words& words) {
  Words rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    const bool takes_value = words[i] == "-C" || words[i] == "--color";
    if (rest.empty() && takes_value && i + 2 < words.size()) {
      if (words[i] == "-C") context.folder = words[i + 1];
      ++i;
    } else if (rest.empty() && !last && words[i].starts_with('-') && !takes_value) {
      continue;
    } else if (last || words[i] != "=") {
      rest.push_back(words[i]);
    }
  }
  return rest;
}

Words candidates(Context& context, const Words& words) {
  const std::string typed = words.empty() ? "" : words.back();
  if (words.size() <= 1) return typed.starts_with('-') ? flags_of("") : command_names();
  const std::string& command = words.front();
  if (typed.starts_with('-')) return flags_of(command);
  Words values = values_of(command, words[words.size() - 2]);
  if (!values.empty()) return values;
  if (command == "help") return command_names();
  if (command == "completion") return {"bash", "zsh", "fish"};
  return takes_paper(command) && has_club(context) ? paper_names(context, typed) : Words();
}

int run(const Words& words, Context& context) {
  const std::string typed = words.empty() ? "" : words.back();
  Words found = candidates(context, from_command(context, words));
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
