// Votes of a round in other folders than its club's.  For this room only; round_history.hpp is the
// door.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/club/snapshot.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::club {

// The record of a round of the same name below another folder.
struct VotesElsewhere {
  std::string folder;                    // that holds it, from the top of the repository
  git::ObjectId round;                   // the blob of the record
  std::optional<git::ObjectId> ballots;  // the folder of its ballots
};

// Returns those in `tree` that do not lie in the club below `prefix`.  Clubs lie at most
// kMaxClubDepth folders deep, and none lies below the folders of another one's records.  Throws
// Error{damaged}.
std::vector<VotesElsewhere> votes_elsewhere(const git::Repository& repository,
                                            const git::ObjectId& tree, const std::string& prefix,
                                            const RoundId& id);

}  // namespace paperclub::club
