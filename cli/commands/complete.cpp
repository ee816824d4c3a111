// paperclub complete: the words that could stand where the person is typing, one a line.  For the
// completion scripts; it says nothing where it knows nothing.
#include <algorithm>
#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/parse.hpp"
#include "cli/rounds.hpp"
#include "lib/club/locate.hpp"

namespace paperclub::cli {
namespace {

using Words = std::vector<std::string>;

// What the scripts take for a word of the shell's own: files belong here.
constexpr const char* kFiles = ":files";

// What the words before the last one name.
struct Typing {
  const Command* command = nullptr;
  std::string family;             // where only the first of two words stands there
  const CLI::App* app = nullptr;  // of the command
};

Typing typing_of(const Application& application, const Words& words) {
  Typing typing;
  if (words.size() < 2) return typing;
  std::string name = words.front();
  if (family_of(name) != nullptr) {
    typing.family = name;
    if (words.size() < 3) return typing;
    name += " " + words[1];
  }
  for (const auto& [command, app] : application.commands) {
    if (name != command->name) continue;
    typing.command = command;
    typing.app = app;
  }
  return typing;
}

// The option `flag` of the command, or of all commands; null where there is none.
const CLI::Option* option_of(const Application& application, const Typing& typing,
                             const std::string& flag) {
  const CLI::Option* option = nullptr;
  if (typing.app != nullptr) option = typing.app->get_option_no_throw(flag);
  if (option == nullptr) option = application.app->get_option_no_throw(flag);
  return option == nullptr || option->get_positional() ? nullptr : option;
}

Words long_flags(const Application& application, const Typing& typing) {
  Words flags = flags_of(*application.app);
  if (typing.app != nullptr) {
    const Words own = flags_of(*typing.app);
    flags.insert(flags.end(), own.begin(), own.end());
  }
  std::erase_if(flags, [](const std::string& flag) { return !flag.starts_with("--"); });
  return flags;
}

// The values that may stand behind the flag; nothing where any may.
Words values_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (type == "DIR" || type == "FILE") return {kFiles};
  if (type != "RULE") return choices_of(option);
  Words names;
  for (const RuleInfo& rule : all_rules())
    names.emplace_back(rule.name);
  return names;
}

Words round_names(Context& context) {
  Words names;
  for (const RoundEntry& entry : rounds_of(open_votes(context)))
    names.push_back(entry.id.str());
  return names;
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

// A word as the shell would hand it over: without quotes, which may still be open, and with the
// person's home for `~`.
std::string unquoted(const Environment& environment, const std::string& word) {
  std::string text;
  for (const char c : word) {
    if (c != '\'' && c != '"' && c != '\\') text += c;
  }
  return word.starts_with('~') ? at_home(environment, text) : text;
}

// Drops -C with its folder wherever it stands, and the options in front of the command with their
// values.
Words from_command(Context& context, const Application& application, const Words& words) {
  Words rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    const bool value_follows = i + 2 < words.size();
    if (words[i] == "-C" && value_follows) {
      context.folder = words[++i];
    } else if (rest.empty() && words[i].starts_with('-') && takes_value(application, words[i]) &&
               value_follows) {
      ++i;
    } else if (rest.empty() && !last && words[i].starts_with('-') &&
               !takes_value(application, words[i])) {
      continue;
    } else {
      rest.push_back(words[i]);
    }
  }
  return rest;
}

Words session_names(Context& context) {
  const OpenClub club = open_club(context, "");
  Words names;
  for (const club::SessionRecord& session :
       load_club(context, club, club::Scope::papers_and_sessions).sessions)
    names.push_back(session.id.str());
  return names;
}

Words member_names(Context& context) {
  const OpenClub club = open_club(context, "");
  Words names;
  for (const club::MemberRecord& member : load_club(context, club, club::Scope::everything).members)
    names.push_back(member.id.str());
  return names;
}

// The ids of records of that kind; none where there is no club that can be read.
Words ids_of(Context& context, Argument kind, const std::string& typed) {
  try {
    switch (kind) {
      case Argument::paper: return paper_names(context, typed);
      case Argument::session: return session_names(context);
      case Argument::round: return round_names(context);
      case Argument::member: return member_names(context);
      default: return {};
    }
  } catch (const Error&) {
    return {};
  }
}

Words argument_of(Context& context, const Command& command, const std::string& typed) {
  switch (command.argument) {
    case Argument::none: return {};
    case Argument::file: return {kFiles};
    case Argument::command: return command_words();
    case Argument::shell: return {"bash", "zsh", "fish"};
    case Argument::paper:
    case Argument::session:
    case Argument::round:
    case Argument::member: return ids_of(context, command.argument, typed);
  }
  return {};
}

// `--flag=value` in one word: the values with the flag in front of each.
Words joined_values(const Application& application, const Typing& typing,
                    const std::string& typed) {
  const std::string flag = typed.substr(0, typed.find('='));
  const CLI::Option* option = option_of(application, typing, flag);
  if (option == nullptr) return {};
  Words values = values_of(*option);
  for (std::string& value : values)
    value.insert(0, flag + "=");
  return values;
}

Words candidates(Context& context, const Application& application, const Words& words) {
  const std::string typed = words.empty() ? "" : words.back();
  const std::string before = words.size() > 1 ? words[words.size() - 2] : "";
  const Typing typing = typing_of(application, words);
  if (typed.starts_with("--") && typed.find('=') != typed.npos)
    return joined_values(application, typing, typed);
  const CLI::Option* option =
      before.starts_with('-') ? option_of(application, typing, before) : nullptr;
  if (option != nullptr && option->get_items_expected_max() > 0) return values_of(*option);
  if (typed.starts_with('-')) return long_flags(application, typing);
  if (words.size() <= 1) return command_words();
  if (!typing.family.empty() && typing.command == nullptr) return command_words(typing.family);
  const bool help_of_family =
      words.size() == 3 && words.front() == "help" && family_of(words[1]) != nullptr;
  if (help_of_family) return command_words(words[1]);
  return typing.command == nullptr ? Words() : argument_of(context, *typing.command, typed);
}

int run(const Words& written, Context& context) {
  Words words;
  for (const std::string& word : written)
    words.push_back(unquoted(context.environment, word));
  const std::string typed = words.empty() ? "" : words.back();
  GlobalOptions global;
  const Application application = build_application(global);
  const Words rest = from_command(context, application, words);
  Words found = candidates(context, application, rest);
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

Run setup(Arguments& args) {
  auto words = std::make_shared<Words>();
  args.words("WORDS", *words, "The words after 'paperclub', the last one unfinished");
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
