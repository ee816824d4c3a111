// What a command is to the rest of the program: its words and how to register it.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "lib/base/error.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {

// Runs a command that has been parsed; returns the exit code.
using Run = std::function<int(Context&)>;

// What the first argument of a command names, for completion.
enum class Argument { none, paper, session, member, round, file, command, shell };

// One command.
struct Command {
  const char* name;             // one word, or two: `session move` is one of the family `session`
  const char* group;            // heading in the list of commands; "" hides it
  const char* summary;          // one line
  const char* usage;            // what may follow the name
  const char* examples;         // whole lines, as they are shown
  const char* see_also;         // names of other commands, or ""
  Run (*setup)(CLI::App& app);  // adds the options and returns what to run
  Argument argument = Argument::none;
};

// Commands of two words that begin with the same one.
struct Family {
  const char* name;
  const char* summary;
};

// Adds to `app` the option `flag` (or argument, without dashes), whose value is one of `allowed`
// and goes to `target`; where that is not empty, it is the default.  Another value is refused with
// the nearest.
CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::string& target,
                        const std::string& what, const std::vector<std::string>& allowed);

// Adds `--format` with its values and `--json` to `app`; the chosen one goes to `target`, whose
// value is the default.
void add_format(CLI::App& app, std::string& target, const std::vector<std::string>& allowed);

// Adds `--at REV` to `app`.
void add_at(CLI::App& app, std::string& target);

}  // namespace paperclub::cli
