// The report of a count as text for a terminal, with bars.
#pragma once

#include <string>

#include "cli/ui.hpp"
#include "lib/publish/tally.hpp"

namespace paperclub::cli {

// Returns the report; names are escaped.
std::string tally_text(const Ui& ui, const publish::Tally& tally);

}  // namespace paperclub::cli
