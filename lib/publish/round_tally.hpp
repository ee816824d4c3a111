// The report of a round: its count, and whose ballots it is made of.
#pragma once

#include <string>

#include "lib/club/snapshot.hpp"
#include "lib/publish/tally.hpp"
#include "lib/vote/round_count.hpp"

namespace paperclub::publish {

// Returns the report of the round, with what every other method would choose.
Tally tally_of(const club::RoundHistory& history, const vote::RoundCount& count);

// Returns the announcement of a closed round as Markdown, less than 2,000 characters: what a chat
// takes as one message.  `snapshot` is the club after the close.
std::string announcement(const club::RoundHistory& history, const vote::RoundCount& count,
                         const club::Snapshot& snapshot);

}  // namespace paperclub::publish
