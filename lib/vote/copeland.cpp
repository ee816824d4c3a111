// Copeland: victories less defeats in all pairs.  The sum of margins is told beside it and decides
// nothing.
// Definition: Arthur H. Copeland, A Reasonable Social Welfare Function (1951), as in Donald G.
// Saari and Vincent R. Merlin, The Copeland Method, Economic Theory 8 (1996).
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_copeland(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const Matrix pairs = count_pairs(rankings);
  const std::size_t size = ballots.candidates();
  Count count;
  std::vector<Fraction> scores;
  for (std::size_t a = 0; a < size; ++a) {
    long score = 0;
    std::int64_t margin = 0;
    for (std::size_t b = 0; b < size; ++b) {
      if (beats(pairs, a, b)) ++score;
      if (beats(pairs, b, a)) --score;
      margin += pairs.at(a, b) - pairs.at(b, a);
    }
    scores.emplace_back(score);
    count.margins.push_back(margin);
  }
  count.method = "copeland/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  count.pairs = pairs;
  rank_by_scores(std::move(scores), count);
  return count;
}

}  // namespace paperclub::vote
