// Checking a club: every finding of every record and of the records among each other.
#pragma once

#include <vector>

#include "lib/base/finding.hpp"
#include "lib/club/file_tree.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::club {

// Returns all findings of `snapshot`, loaded from `files` with Scope::everything, sorted.  Throws
// what the file tree throws, and Error{io} for notes that the system does not let be read.
std::vector<Finding> check_club(const Snapshot& snapshot, const FileTree& files);

// Returns the errors in `after` of rules of which there are more errors than in `before`, without
// those that were there: a record that gets another name takes its errors along.
std::vector<Finding> new_errors(const std::vector<Finding>& before, std::vector<Finding> after);

// Returns the findings that matter to the timeline: those of the settings, papers and sessions
// themselves, and of their files, numbers and papers, sorted.  Throws what the file tree throws.
std::vector<Finding> check_timeline(const Snapshot& snapshot, const FileTree& files);

}  // namespace paperclub::club
