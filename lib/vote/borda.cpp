// Borda: of m candidates the first place on a ballot is worth m-1, the last 0.  Candidates of equal
// rank share the mean of their places, as those that a ballot does not rank share the last ones:
// so each gets one for every candidate below it and a half for every one beside it.
// Definition: Jean-Charles de Borda, Mémoire sur les élections au scrutin (1781); ties after Duncan
// Black, Partial Justification of the Borda Count, Public Choice 28 (1976).
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_borda(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const Matrix pairs = count_pairs(rankings);
  const auto total = static_cast<std::int64_t>(rankings.total());
  const std::size_t size = ballots.candidates();
  std::vector<Fraction> scores;
  for (std::size_t a = 0; a < size; ++a) {
    std::int64_t halves = 0;
    for (std::size_t b = 0; b < size; ++b)
      halves += a == b ? 0 : total + pairs.at(a, b) - pairs.at(b, a);
    scores.push_back(fraction(static_cast<unsigned long>(halves), 2));
  }
  Count count;
  count.method = "borda/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  count.pairs = pairs;
  rank_by_scores(std::move(scores), count);
  return count;
}

}  // namespace paperclub::vote
