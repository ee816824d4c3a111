// The files that a new club begins with.
#pragma once

#include <vector>

#include "lib/club/transaction.hpp"
#include "lib/record/club_settings.hpp"

namespace paperclub::publish {

// Returns club.yaml with `settings`, the schemas, README.md with a place for the timeline,
// CONTRIBUTING.md, and what a host that runs workflows reads; with `example`, a paper too.
std::vector<club::Change> starter_files(const record::ClubSettings& settings, bool example);

}  // namespace paperclub::publish
