// Plurality: each ballot counts for the candidate that it ranks first; one that ranks several first
// is split equally among them.
// Definition: William H. Riker, Liberalism Against Populism (1982), chapter 4, with equal firsts
// split as in Nicolaus Tideman, Collective Decisions and Voting (2006), chapter 13.
#include <algorithm>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_plurality(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const std::size_t size = ballots.candidates();
  // By how many share the first place, then by candidate: fractions are added once, at the end.
  std::vector<std::vector<unsigned long>> shared(size + 1);
  for (std::size_t i = 0; i < rankings.size(); ++i) {
    const auto row = rankings.row(i);
    const Place best = *std::min_element(row.begin(), row.end());
    const auto firsts = static_cast<std::size_t>(std::count(row.begin(), row.end(), best));
    shared[firsts].resize(size, 0);
    for (std::size_t one = 0; one < size; ++one)
      shared[firsts][one] += row[one] == best ? rankings.counts[i] : 0;
  }
  std::vector<Fraction> scores(size);
  for (std::size_t firsts = 1; firsts <= size; ++firsts) {
    for (std::size_t one = 0; one < shared[firsts].size(); ++one)
      scores[one] += fraction(shared[firsts][one], firsts);
  }
  Count count;
  count.method = "plurality/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  rank_by_scores(std::move(scores), count);
  return count;
}

}  // namespace paperclub::vote
