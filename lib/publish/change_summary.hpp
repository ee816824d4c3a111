// What somebody asks for, as Markdown: for the summary of a job, or a comment.
#pragma once

#include <string>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::publish {

// What GitHub takes of a step's summary is 1 MiB; beyond that it shows none of it.
inline constexpr std::size_t kMaxSummaryBytes = 1'000'000;

// Returns the papers `added` as the club `after` has them, then the findings: all text of records
// is inert.  Where it would be longer than kMaxSummaryBytes it is cut, and says so.
std::string change_summary(const std::vector<PaperId>& added, const club::Snapshot& after,
                           const std::vector<Finding>& findings);

}  // namespace paperclub::publish
