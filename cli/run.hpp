// One run of the program.
#pragma once

#include <string>
#include <vector>

#include "cli/environment.hpp"

namespace paperclub::cli {

// Runs the program with `arguments` (without its name) and returns the exit code.  Throws nothing.
int run_program(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace paperclub::cli
