// Findings as text for people: one line each, with the excerpt, a caret and a hint.
#pragma once

#include <string>
#include <vector>

#include "cli/ui.hpp"
#include "lib/base/finding.hpp"

namespace paperclub::cli {

// Returns `file:line:column: error: message [rule]` without a line break.
std::string finding_line(const Finding& finding);

// Returns the line, the excerpt with its caret, and the hint, in the colours of `ui`.
std::string finding_block(const Ui& ui, const Finding& finding);

// Returns the last line of a report: how many findings in how many records.
std::string finding_summary(const std::vector<Finding>& findings, std::size_t records);

}  // namespace paperclub::cli
