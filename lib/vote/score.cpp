// Score: each ballot gives scores, the highest sum is elected.  A candidate without a score on a
// ballot gets nothing from it.
// Definition: Warren D. Smith, Range Voting (2000), with sums, not averages.
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_score(const Ballots& ballots, const CountOptions& options) {
  const Scores given = ballots.scores();
  std::vector<unsigned long> sums(ballots.candidates(), 0);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto row = given.row(i);
    for (std::size_t one = 0; one < row.size(); ++one)
      sums[one] += static_cast<unsigned long>(row[one]) * given.counts[i];
  }
  Count count;
  count.method = "score/1";
  count.seats = options.seats;
  count.counted = given.total();
  std::vector<Fraction> scores;
  for (const unsigned long sum : sums)
    scores.push_back(fraction(sum));
  rank_by_scores(std::move(scores), count);
  return count;
}

}  // namespace paperclub::vote
