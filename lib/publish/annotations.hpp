// Findings as annotations of a GitHub workflow.  GitHub shows ten errors and ten warnings of a step
// and drops the rest without a word; what would be dropped goes to the log as text.
// Source: GitHub's documentation of workflow commands.
#pragma once

#include <string>
#include <vector>

#include "lib/base/finding.hpp"

namespace paperclub::publish {

inline constexpr std::size_t kMaxAnnotations = 10;  // of each severity

// Returns one line a finding, errors first; of more than are shown, a notice and the others as
// lines of text. Files are named from the repository's top, where the club's folder is `prefix` (""
// for the top).
std::string github_annotations(const std::vector<Finding>& findings,
                               const std::string& prefix = {});

}  // namespace paperclub::publish
