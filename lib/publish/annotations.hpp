// Findings as annotations of a GitHub workflow.  GitHub shows ten errors and ten warnings of a step
// and drops the rest without a word; what would be dropped is counted in a notice.
// Source: GitHub's documentation of workflow commands.
#pragma once

#include <string>
#include <vector>

#include "lib/base/finding.hpp"

namespace paperclub::publish {

inline constexpr std::size_t kMaxAnnotations = 10;  // of each severity

// Returns one line a finding, errors first, then a notice where there are more than are shown.
// Files are named from the repository's top, where the club's folder is `prefix` ("" for the top).
std::string github_annotations(const std::vector<Finding>& findings,
                               const std::string& prefix = {});

}  // namespace paperclub::publish
