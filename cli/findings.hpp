// Findings in every format.
#pragma once

#include <string>
#include <vector>

#include "cli/context.hpp"
#include "lib/base/finding.hpp"

namespace paperclub::cli {

// Prints the findings in `records` records as `format` ("text", "json", "github", "sarif") has it;
// `prefix` is the way from the repository's top to the club.
void print_findings(Context& context, const std::string& format,
                    const std::vector<Finding>& findings, std::size_t records,
                    const std::string& prefix);

}  // namespace paperclub::cli
