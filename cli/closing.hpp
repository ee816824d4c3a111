// Closing a round: counting it, writing the result, and scheduling who won.
#pragma once

#include "cli/rounds.hpp"
#include "cli/writing.hpp"

namespace paperclub::cli {

// Returns the write that closes the round `id` on the club of `desk`, which is that of the commit
// of `place`.  Throws Error{unacceptable} where it is closed already, its rules were changed, or
// nothing is decided.
Outcome close_round(const Desk& desk, const VotingPlace& place, const RoundId& id);

}  // namespace paperclub::cli
