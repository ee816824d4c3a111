// Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read.
#pragma once

#include <string>
#include <vector>

#include "lib/base/finding.hpp"

namespace paperclub::publish {

// Returns one run with every rule and at most 5000 findings, errors first: GitHub keeps no more.
// Files are named from the repository's top, where the club's folder is `prefix` ("" for the top).
std::string findings_sarif(const std::vector<Finding>& findings, const std::string& version,
                           const std::string& prefix = {});

}  // namespace paperclub::publish
