// A round counted: from its history to the decision.  Pure: the same history gives the same bytes.
#pragma once

#include "lib/club/round_history.hpp"
#include "lib/vote/decide.hpp"
#include "lib/vote/who_counts.hpp"

namespace paperclub::vote {

// Whose ballots count and what they decide.
struct RoundCount {
  Judged judged;
  Rules rules;
  Decision decision;
};

// Returns the rules that the record of a round (merged with the club's) sets for counting.  Throws
// Error{unacceptable} for a method that does not exist.
Rules rules_of(const club::RoundHistory& history);

// Counts the round by its own rules.
RoundCount count_round(const club::RoundHistory& history);

// Returns the result that closing the round now writes: the winners in order of election, then the
// others by rank or scores (in lot order where the method has neither), `counted` being the commit
// of `history`.
record::RoundResult result_of(const club::RoundHistory& history, const RoundCount& count);

// Returns how many ballots of `base`, where the round is open still, its close leaves out, for it
// was made on what was there before them: a close that joins them by a merge does not count them.
// Throws Error{damaged}.
std::size_t passed_over(const git::Repository& repository, const club::RoundHistory& history,
                        const git::ObjectId& base);

// Returns how many ballots the close of the round leaves out though its commit stands on them: a
// merge that closes counts its first parent alone.
std::size_t left_beneath(const club::RoundHistory& history);

}  // namespace paperclub::vote
