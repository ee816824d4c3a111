// Ties, for all methods alike: the lot order, in which candidates are numbered, decides.  First in
// it wins a tie, last in it leaves first.
#pragma once

#include <string>
#include <vector>

#include "lib/vote/count.hpp"

namespace paperclub::vote {

// Returns those among the candidates for which `value` is the least.
template <typename Value>
std::vector<Candidate> least(const std::vector<Candidate>& among, Value value) {
  std::vector<Candidate> found;
  for (const Candidate one : among) {
    if (!found.empty() && value(one) > value(found.front())) continue;
    if (!found.empty() && value(one) < value(found.front())) found.clear();
    found.push_back(one);
  }
  return found;
}

// Returns which of `tied` (not empty) wins by lot, and notes it in `count` where they are several.
Candidate first_by_lot(const std::vector<Candidate>& tied, const std::string& step, Count& count);

// Returns which of `tied` (not empty) leaves by lot, and notes it where they are several.
Candidate last_by_lot(const std::vector<Candidate>& tied, const std::string& step, Count& count);

// Notes that a step of the method's own put `chosen` before the others.
void note_tie(const std::vector<Candidate>& tied, Candidate chosen, const std::string& step,
              const std::string& rule, Count& count);

// Notes in `count.tied` whether the lot was used at all: in a method that fills one seat after the
// other each choice has a bearing on the next.
void mark_any_lot(Count& count);

// Notes in `count.tied` whether the lot chose among some of whom one is elected and
// another is not.
void mark_mixed_lot(Count& count);

// Ranks by `scores`, the highest first (`lowest`: the lowest), and elects the first `count.seats`;
// a tie for the last of them is broken by lot.
void rank_by_scores(std::vector<Fraction> scores, Count& count, bool lowest = false);

// Elects the first `count.seats` of the tiers in `count.ranking`, by lot within a tier, which is
// noted also where all of the tier are elected and only their order is the lot's.
void elect_by_ranking(Count& count);

}  // namespace paperclub::vote
