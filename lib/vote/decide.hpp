// From ballots to the decision of a round: quorum, "no paper", and the method of the round.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/vote/methods.hpp"

namespace paperclub::vote {

// The rules of one round.
struct Rules {
  const Method* method = nullptr;
  CountOptions options;
  bool none = false;                     // "no paper" may be ranked
  std::uint64_t over_none = 0;           // so many ballots must put a paper above it
  std::optional<Fraction> min_share;     // approval: of the ballots that choose something
  std::optional<std::uint64_t> quorum;   // the least number of ballots
  std::optional<Fraction> quorum_share;  // the least share of the roll
  std::optional<std::uint64_t> roll;     // how many may vote, where that is known
};

// What becomes of a round: papers, no paper at all, or nothing is decided.
enum class Outcome { elected, no_paper, no_decision };

// The decision of a round.
struct Decision {
  Outcome outcome = Outcome::elected;
  std::string why;                 // where nobody is elected, as the end of a sentence
  std::uint64_t ballots = 0;       // all that are present, also those that choose nothing
  std::uint64_t empty = 0;         // of these, who choose nothing
  std::vector<Candidate> dropped;  // whom too few put above `none`, ascending
  // With `none`: of each candidate of the round, how many ballots put it above and below that.
  std::vector<std::pair<std::int64_t, std::int64_t>> none;
  std::vector<Candidate> counted;  // the others: what candidate i of `count` is in the round
  Count count;                     // as if there were no quorum
};

// Returns the decision.  For ranked methods with `none` a paper that fewer than `over_none` ballots
// put above it, or that does not beat it, is dropped first (Debian's constitution, A.6); of the
// others the method elects.
Decision decide(const Ballots& ballots, const Rules& rules);

}  // namespace paperclub::vote
