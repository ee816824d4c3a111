// The rounds of a club as history tells them, all in one walk: which there ever were, and which are
// closed, whatever became of their records since.
#pragma once

#include <optional>
#include <vector>

#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"
#include "lib/record/round.hpp"

namespace paperclub::club {

// One round.
struct RoundState {
  RoundId id;
  // What the first commit with a result wrote; nothing: the round is open.
  std::optional<record::RoundResult> result;
  bool is_disputed = false;  // opened, or closed, by two commits that do not know of each other
};

// Returns every round that ever was at `prefix` before and at `tip`, also those that the tip has no
// more; by id.  Throws Error{damaged} with the remedy where history is shallow or something is
// missing.
std::vector<RoundState> round_states(const git::Repository& repository, const std::string& prefix,
                                     const git::ObjectId& tip);

// Returns the ids of these alone.  Throws as round_states() does.
std::vector<RoundId> rounds_ever(const git::Repository& repository, const std::string& prefix,
                                 const git::ObjectId& tip);

}  // namespace paperclub::club
