// The pager: long output on a terminal goes through the program a person has chosen for that.
#pragma once

#include <string_view>

#include "cli/environment.hpp"

namespace paperclub::cli {

// Shows `text` in the pager named by PAPERCLUB_PAGER, GIT_PAGER or PAGER, or in less, if it has
// more lines than the terminal.  Returns false where it does not need one or none can be started:
// then nothing has been shown.  Only the environment names the pager, never a repository.
bool page(const Environment& environment, std::string_view text);

}  // namespace paperclub::cli
