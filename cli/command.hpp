// What a command is to the rest of the program: its words and how to register it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
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
  const char* name;               // one word, or two: `session move` is one of the family `session`
  const char* group;              // heading in the list of commands; "" hides it
  const char* summary;            // one line
  const char* usage;              // what may follow the name
  const char* examples;           // whole lines, as they are shown
  const char* see_also;           // the name of another command
  Run (*setup)(Arguments& args);  // adds the options and returns what to run
  Argument argument = Argument::none;
};

// Commands of two words that begin with the same one.
struct Family {
  const char* name;
  const char* summary;
  const char* usual = "";  // the second word where none is given; "": its commands are listed
};

}  // namespace paperclub::cli
