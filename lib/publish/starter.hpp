// The files that a new club begins with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/club/transaction.hpp"
#include "lib/record/club_settings.hpp"

namespace paperclub::publish {

// What a new club begins with.
struct Starter {
  record::ClubSettings settings;
  std::string organiser;        // login at the forge of who answers for the rules; "" where unknown
  bool example = false;         // with a paper to try things with
  std::string branch = "main";  // which the club lives on
};

// Returns whether `login` can be one at a forge, or a team there: `ada` or `club/organisers`.
bool is_login(std::string_view login);

// Returns club.yaml, the schemas, README.md with a place for the timeline, CONTRIBUTING.md, and
// what a host that runs workflows reads; .github/CODEOWNERS only where somebody is known.
std::vector<club::Change> starter_files(const Starter& starter);

}  // namespace paperclub::publish
