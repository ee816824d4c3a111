#include "cli/parse.hpp"

#include <fmt/format.h>

#include <cctype>

#include "cli/commands.hpp"
#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using cli::GlobalOptions;
using cli::parse_arguments;
using cli::Parsed;
using Words = std::vector<std::string>;

// The message of the failure and its hints.
std::string failure(const Words& arguments) {
  try {
    parse_arguments(arguments);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return fmt::format("{}{}{}", error.message(), error.hints().empty() ? "" : " | ",
                       fmt::join(error.hints(), " | "));
  }
  return "nothing was wrong";
}

// The values that an option or argument of the command was given.
Words given(const Words& arguments, const std::string& option) {
  const Parsed parsed = parse_arguments(arguments);
  REQUIRE(parsed.command_app != nullptr);
  return parsed.command_app->get_option(option)->results();
}

// The arguments with a value for everything that the command asks for.
Words with_required(const cli::Command& command, Words arguments) {
  cli::GlobalOptions global;
  const cli::Application application = cli::build_application(global);
  for (const auto& [known, app] : application.commands) {
    if (known != &command) continue;
    for (const CLI::Option* option : app->get_options()) {
      if (!option->get_required()) continue;
      const Words choices = cli::choices_of(*option);
      if (!option->get_positional()) arguments.push_back(option->get_name());
      arguments.push_back(choices.empty() ? "x" : choices.front());
    }
  }
  return arguments;
}

}  // namespace

TEST_CASE("the first of two words alone asks for its family, and a wrong second one is told") {
  const Parsed parsed = parse_arguments({"session"});
  CHECK(parsed.command == nullptr);
  CHECK(parsed.family == "session");
  CHECK_FALSE(parsed.run);
  CHECK_THROWS_WITH(parse_arguments({"session", "mvoe", "s0001"}),
                    "unknown command 'session mvoe'");
  CHECK(parse_arguments({"-C", "x", "session", "list", "--json"}).command->name ==
        std::string("session list"));
}

TEST_CASE("no arguments ask for no command") {
  const Parsed parsed = parse_arguments({});
  CHECK(parsed.command == nullptr);
  CHECK_FALSE(parsed.run);
  CHECK(parsed.global.folder == ".");
  CHECK(parsed.global.color == "auto");
}

TEST_CASE("each command is found by its name and has something to run") {
  for (const cli::Command& command : cli::commands()) {
    const std::string name = command.name;
    CAPTURE(name);
    const auto [family, word] = cli::split_name(name);
    Words arguments = {word};
    if (!family.empty()) arguments.insert(arguments.begin(), family);
    const Parsed parsed = parse_arguments(with_required(command, arguments));
    REQUIRE(parsed.command != nullptr);
    CHECK(parsed.command->name == name);
    CHECK(parsed.command_app->get_name() == word);
    CHECK(parsed.family.empty());
    CHECK(parsed.run);
  }
}

TEST_CASE("a flag with nothing behind its equals sign does not take the next one for its value") {
  for (const Words& arguments :
       {Words{"add", "Title", "--why=", "--dry-run"}, Words{"list", "--tag=", "--json"}}) {
    CHECK_THROWS_WITH(parse_arguments(arguments), arguments[arguments.size() - 2] == "--why="
                                                      ? "--why needs a value"
                                                      : "--tag needs a value");
  }
  const Parsed parsed = parse_arguments({"show", "--", "--title="});
  CHECK(parsed.run);
}

TEST_CASE("global options may stand before and behind the command, in every spelling") {
  for (const Words& arguments :
       {Words{"-C", "dir", "--color", "never", "--no-pager", "--verbose", "list"},
        Words{"list", "-C", "dir", "--color", "never", "--no-pager", "--verbose"},
        Words{"--color=never", "-Cdir", "list", "--verbose", "--no-pager"},
        Words{"--verbose", "list", "--color=never", "-Cdir", "--no-pager"}}) {
    CAPTURE(fmt::format("{}", fmt::join(arguments, " ")));
    const Parsed parsed = parse_arguments(arguments);
    REQUIRE(parsed.command != nullptr);
    CHECK(parsed.command->name == std::string("list"));
    CHECK(parsed.global.folder == "dir");
    CHECK(parsed.global.color == "never");
    CHECK(parsed.global.no_pager);
    CHECK(parsed.global.verbose);
  }
}

TEST_CASE("the value of a global option is not taken for the command") {
  CHECK(parse_arguments({"-C", "list", "timeline"}).command->name == std::string("timeline"));
  CHECK(parse_arguments({"--color", "always", "timeline"}).global.color == "always");
  CHECK_THROWS_WITH(parse_arguments({"--color", "list", "timeline"}),
                    "--color must be 'auto', 'always' or 'never', not 'list'");
}

TEST_CASE("help and version are asked for before and behind the command, long and short") {
  CHECK(parse_arguments({"--help"}).global.help);
  CHECK(parse_arguments({"-h", "list"}).global.help);
  CHECK(parse_arguments({"list", "--help"}).global.help);
  CHECK(parse_arguments({"list", "-h"}).command->name == std::string("list"));
  CHECK(parse_arguments({"--version"}).global.version);
}

TEST_CASE("help wins over what else is wrong behind the command") {
  for (const Words& arguments : {Words{"show", "--help"}, Words{"show", "a", "b", "--help"},
                                 Words{"list", "--fromat", "x", "-h"},
                                 Words{"list", "--format", "json", "--format", "table", "-h"},
                                 Words{"list", "--color", "never", "--color", "auto", "-h"}}) {
    CAPTURE(fmt::format("{}", fmt::join(arguments, " ")));
    CHECK(failure(arguments) == "nothing was wrong");
  }
}

TEST_CASE("an option's value stands behind a blank or an equals sign") {
  CHECK(given({"list", "--format", "json"}, "--format") == Words{"json"});
  CHECK(given({"list", "--format=json"}, "--format") == Words{"json"});
  CHECK(given({"list", "--tag=a=b"}, "--tag") == Words{"a=b"});
}

TEST_CASE("an option that may be given several times takes one value each") {
  CHECK(given({"list", "--tag", "a", "word", "--tag=b"}, "--tag") == Words{"a", "b"});
  CHECK(given({"list", "--tag", "a", "word", "--tag=b"}, "TEXT") == Words{"word"});
}

TEST_CASE("behind two dashes everything is an argument") {
  CHECK(given({"list", "--", "--weird", "-h"}, "TEXT") == Words{"--weird", "-h"});
  CHECK(given({"show", "--", "-x"}, "ID") == Words{"-x"});
  CHECK_FALSE(parse_arguments({"list", "--", "--help"}).global.help);
}

TEST_CASE("a command behind two dashes is that command or a mistake, and never passed over") {
  const Words arguments = {"--", "timeline"};
  const bool told = failure(arguments) != "nothing was wrong";
  CHECK((told || parse_arguments(arguments).command != nullptr));
  CHECK(failure({"--", "tiemline"}).starts_with("unknown command 'tiemline'"));
}

TEST_CASE("an argument is one argument, brackets and commas and all") {
  CHECK(given({"list", "[a,b]", "a b", "list", ""}, "TEXT") == Words{"[a,b]", "a b", "list", ""});
}

TEST_CASE("an unknown command is named, with the nearest one where one is near") {
  CHECK(failure({"tiemline"}) ==
        "unknown command 'tiemline' | did you mean 'timeline'? | see "
        "'paperclub --help' for the commands");
  CHECK(failure({"zzz"}) == "unknown command 'zzz' | see 'paperclub --help' for the commands");
  CHECK(failure({""}) == "unknown command '' | see 'paperclub --help' for the commands");
  CHECK(failure({"-C", ".", "chekc", "--json"}).starts_with("unknown command 'chekc' | did you"));
}

TEST_CASE("a hidden command is no suggestion") {
  CHECK(failure({"complet"}) != failure({"zzz"}));
  CHECK(failure({"complet"}).find("did you mean 'complete'?") == std::string::npos);
}

TEST_CASE("commands and flags are not abbreviated") {
  CHECK(failure({"time"}).starts_with("unknown command 'time'"));
  CHECK(failure({"Timeline"}).starts_with("unknown command 'Timeline'"));
  CHECK(failure({"timeline", "--form", "json"}).starts_with("unknown flag '--form'"));
  CHECK(failure({"timeline", "--rev"}).starts_with("unknown flag '--rev'"));
}

TEST_CASE("an unknown flag is named, with the nearest one of the command or of all") {
  CHECK(failure({"timeline", "--fromat", "json"}) ==
        "unknown flag '--fromat' | did you mean '--format'? | see 'paperclub timeline --help'");
  CHECK(failure({"timeline", "--colour=never"}) ==
        "unknown flag '--colour' | did you mean '--color'? | see 'paperclub timeline --help'");
  CHECK(failure({"--vresion"}) ==
        "unknown flag '--vresion' | did you mean '--version'? | see 'paperclub --help'");
  CHECK(failure({"list", "--zzzzzz"}) == "unknown flag '--zzzzzz' | see 'paperclub list --help'");
}

TEST_CASE("a flag of a command is not told to mean itself where it stands before the command") {
  const std::string words = failure({"--json", "list"});
  CHECK(words.find("did you mean '--json'?") == words.npos);
}

TEST_CASE("too many arguments are told by the first that nothing takes") {
  CHECK(failure({"show", "a", "b", "c"}) ==
        "unexpected argument 'b' | see 'paperclub show --help'");
  CHECK(failure({"timeline", "list"}) ==
        "unexpected argument 'list' | see 'paperclub timeline --help'");
  CHECK(failure({"completion", "bash", "zsh"}).starts_with("unexpected argument 'zsh'"));
}

TEST_CASE("too few arguments and missing values are told") {
  CHECK(failure({"show"}) == "ID is required | see 'paperclub show --help'");
  CHECK(failure({"list", "--state"}).find("--state") == 0);
  CHECK(failure({"-C"}).find("-C") == 0);
}

TEST_CASE("options that exclude each other are told") {
  CHECK(failure({"timeline", "--write", "--check"}) ==
        "--write excludes --check | see 'paperclub timeline --help'");
}

TEST_CASE("what is wrong is told in our words, in lower case") {
  for (const Words& arguments :
       {Words{"list", "--format", "json", "--format", "table"}, Words{"list", "--no-pager=x"},
        Words{"list", "--state"}, Words{"-C"}}) {
    std::string words = failure(arguments);
    CAPTURE(words);
    words.resize(words.find(" | "));
    // Names of values such as DIR are in capitals; capitalised words are not ours.
    bool capitalised = false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      const bool begins = i == 0 || words[i - 1] == ' ';
      capitalised = capitalised || (begins && std::isupper(words[i]) && std::islower(words[i + 1]));
    }
    CHECK_FALSE(capitalised);
  }
}

TEST_CASE("what a person typed is safe to print") {
  CHECK(failure({"\x1b[31m"}).starts_with("unknown command '\\x1b[31m'"));
  CHECK(failure({"list", "--\x1b[31m"}).starts_with("unknown flag '--\\x1b[31m'"));
  CHECK(failure({"show", "a", "b\n"}).starts_with("unexpected argument 'b\\n'"));
}

TEST_CASE("how failures are shown is known before anything can fail") {
  const GlobalOptions global = cli::peek_globals({"lsit", "--no-pager", "--color", "never"});
  CHECK(global.no_pager);
  CHECK(global.color == "never");
  CHECK_FALSE(global.json);
  CHECK(cli::peek_globals({"--color=always"}).color == "always");
  CHECK(cli::peek_globals({"list", "--json"}).json);
  CHECK(cli::peek_globals({"list", "--format=json"}).json);
  CHECK(cli::peek_globals({"list", "--format", "json"}).json);
  CHECK_FALSE(cli::peek_globals({"list", "--format", "table"}).json);
  CHECK_FALSE(cli::peek_globals({"list", "--", "--json"}).json);
  CHECK(cli::peek_globals({"list", "--format"}).color == "auto");
}

}  // namespace paperclub::tests
