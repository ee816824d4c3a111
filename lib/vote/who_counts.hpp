// Whose ballot counts: every version of every ballot is judged by itself, by the rules and the roll
// as they stood when the round was opened.  A commit that breaks a rule elsewhere takes nobody's
// good ballot with it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/club/round_history.hpp"
#include "lib/vote/ballots.hpp"

namespace paperclub::vote {

// What became of a version.
enum class Fate {
  counts,
  superseded,      // by a newer good one of the same voter
  withdrawn,       // the newest good one takes the vote back
  before_opening,  // the opening stands on it, or is it
  after_close,
  malformed,
  not_on_the_roll,
  not_the_owner,
  bad_signature,
  replayed,  // this voter had the same ballot before
  not_a_candidate,
  doubled,       // the same candidate twice
  out_of_range,  // a score
};

// One version's fate, with a reason for people.
struct Verdict {
  Fate fate = Fate::counts;
  std::string reason;  // as the end of a sentence; "" where it counts
};

// A round's versions, judged.
struct Judged {
  std::vector<Verdict> verdicts;      // one for each of the history's versions
  std::vector<std::size_t> newest;    // the newest good version of each member, by member
  std::vector<std::size_t> counting;  // of these, those that do not take the vote back
  std::string digest;                 // SHA-256 of the accepted ballots: `MEMBER BLOB` lines
  Ballots ballots;                    // what they say
};

// Judges all versions of the round.
Judged judge(const club::RoundHistory& history);

// Returns why the choices of the ballot could not count in the round, as the end of a sentence, or
// nothing.
std::optional<std::string> choice_problem(const record::Round& round, const record::Ballot& ballot);

// Returns whether the address is one of the member's: one of the emails, or the private address
// that GitHub gives to the login.
bool owns_address(const record::Member& member, const std::string& address);

// Returns an address of the member's, or nothing where there is none.
std::optional<std::string> address_of(const record::Member& member);

}  // namespace paperclub::vote
