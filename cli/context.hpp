// What every command gets: the surroundings, the person, and the options before the command.
#pragma once

#include <string>

#include "cli/environment.hpp"
#include "cli/ui.hpp"

namespace paperclub::cli {

// Valid for one run of the program.
struct Context {
  const Environment& environment;
  Ui& ui;
  std::string folder;  // -C, or "."
};

}  // namespace paperclub::cli
