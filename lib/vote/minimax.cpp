// Minimax: the candidate is elected whose worst defeat is the least.  By winning votes a defeat is
// as bad as the votes for who wins it, and who loses to nobody has 0; by margins it is as bad as
// the difference, which is negative where one wins.
// Definition: Paul B. Simpson, On Defining Areas of Voter Choice, Quarterly J. of Economics 83
// (1969); Gerald H. Kramer, A Dynamical Model of Political Equilibrium, J. Econ. Theory 16 (1977).
#include <algorithm>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_minimax(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const Matrix pairs = count_pairs(rankings);
  const std::size_t size = ballots.candidates();
  std::vector<Fraction> worst;
  for (std::size_t a = 0; a < size; ++a) {
    std::optional<std::int64_t> most;
    for (std::size_t b = 0; b < size; ++b) {
      if (a == b) continue;
      const std::int64_t votes = beats(pairs, b, a) ? pairs.at(b, a) : 0;
      const std::int64_t margin = pairs.at(b, a) - pairs.at(a, b);
      most = std::max(most.value_or(INT64_MIN), options.margins ? margin : votes);
    }
    worst.emplace_back(static_cast<long>(most.value_or(0)));
  }
  Count count;
  count.method = options.margins ? "minimax-margins/1" : "minimax-wv/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  count.pairs = pairs;
  rank_by_scores(std::move(worst), count, true);
  return count;
}

}  // namespace paperclub::vote
