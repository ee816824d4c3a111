// Schulze: a path from one candidate to another goes from victory to victory and is as strong as
// its weakest; A is above B where the strongest path from A to B is stronger than that back.
// Definition: Markus Schulze, A new monotonic, clone-independent, reversal symmetric, and
// condorcet-consistent single-winner election method, Social Choice and Welfare 36 (2011), sections
// 2.1 to 2.3: Floyd and Warshall's algorithm over the strengths of victories.
#include <algorithm>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

// The strongest paths: how strong, and where each comes from last.
struct Paths {
  Matrix strength;
  std::vector<std::vector<Candidate>> before;
};

Paths strongest_paths(const Matrix& victories) {
  const std::size_t size = victories.size();
  Paths paths{victories, std::vector<std::vector<Candidate>>(size, std::vector<Candidate>(size))};
  for (std::size_t a = 0; a < size; ++a)
    std::fill(paths.before[a].begin(), paths.before[a].end(), static_cast<Candidate>(a));
  for (std::size_t via = 0; via < size; ++via) {
    for (std::size_t a = 0; a < size; ++a) {
      if (a == via || paths.strength.at(a, via) == 0) continue;
      for (std::size_t b = 0; b < size; ++b) {
        const std::int64_t round = std::min(paths.strength.at(a, via), paths.strength.at(via, b));
        if (b == a || b == via || round <= paths.strength.at(a, b)) continue;
        paths.strength.at(a, b) = round;
        paths.before[a][b] = paths.before[via][b];
      }
    }
  }
  return paths;
}

// The candidates on the strongest path from `a` to `b`.
std::vector<Candidate> route(const Paths& paths, Candidate a, Candidate b) {
  std::vector<Candidate> way{b};
  while (way.back() != a)
    way.push_back(paths.before[a][way.back()]);
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace

Count count_schulze(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const std::size_t size = ballots.candidates();
  Count count;
  count.method = options.margins ? "schulze-margins/1" : "schulze-wv/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  count.pairs = count_pairs(rankings);
  const Paths paths = strongest_paths(strengths_of(*count.pairs, options.margins));
  std::vector<std::vector<bool>> above(size, std::vector<bool>(size));
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b)
      above[a][b] = paths.strength.at(a, b) > paths.strength.at(b, a);
  }
  count.ranking = tiers_of(size, above);
  elect_by_ranking(count);
  const Candidate winner = count.winners.front();
  for (std::size_t b = 0; b < size; ++b) {
    if (b != winner && paths.strength.at(winner, b) > 0)
      count.routes.push_back(route(paths, winner, static_cast<Candidate>(b)));
  }
  count.paths = paths.strength;
  return count;
}

}  // namespace paperclub::vote
