// The one place where failures end: it turns what was thrown into words and an exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/ui.hpp"

namespace paperclub::cli {

// Runs `body` and flushes `ui`; returns its exit code, or that of what was thrown.  Where `json`,
// a failure is printed as data too.  What is no Error is a bug, and told as one.
int guard(Ui& ui, const std::vector<std::string>& arguments, bool json,
          const std::function<int()>& body);

// Returns the program's version.
const char* program_version();

}  // namespace paperclub::cli
