// Ranked Pairs: the victories are taken one after the other, the greatest first, and locked unless
// that would close a cycle with those locked before.
// Definition: Nicolaus Tideman, Independence of Clones as a Criterion for Voting Rules, Social
// Choice and Welfare 4 (1987).  Greater is the victory with more votes, then the one with less
// opposition; equal ones are taken by the lot place of the winner, then by that of the loser from
// the end, which chooses one of the possible winners (Thomas M. Zavist and Tideman, 1989).
#include <algorithm>
#include <deque>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

// Who is reached from whom over locked victories, as bits.
class Reach {
 public:
  explicit Reach(std::size_t size)
      : size_(size), words_((size + 63) / 64), bits_(size * words_, 0), direct_(size) {}

  bool leads(Candidate from, Candidate to) const {
    return (bits_[from * words_ + to / 64] >> (to % 64U) & 1U) != 0;
  }

  void lock(Candidate winner, Candidate loser) {
    direct_[winner].push_back(loser);
    for (std::size_t one = 0; one < size_; ++one) {
      const auto from = static_cast<Candidate>(one);
      if (from != winner && !leads(from, winner)) continue;
      for (std::size_t word = 0; word < words_; ++word)
        bits_[one * words_ + word] |= bits_[loser * words_ + word];
      bits_[one * words_ + loser / 64U] |= std::uint64_t{1} << (loser % 64U);
    }
  }

  // The shortest way over locked victories; there is one.
  std::vector<Candidate> way(Candidate from, Candidate to) const {
    std::vector<std::optional<Candidate>> before(size_);
    std::deque<Candidate> open{from};
    before[from] = from;
    while (!before[to]) {
      for (const Candidate next : direct_[open.front()]) {
        if (before[next]) continue;
        before[next] = open.front();
        open.push_back(next);
      }
      open.pop_front();
    }
    std::vector<Candidate> found{to};
    while (found.back() != from)
      found.push_back(*before[found.back()]);
    std::reverse(found.begin(), found.end());
    return found;
  }

 private:
  std::size_t size_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::vector<Candidate>> direct_;
};

std::vector<Lock> victories_in_order(const Matrix& pairs, bool margins) {
  std::vector<Lock> victories;
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    for (std::size_t b = 0; b < pairs.size(); ++b) {
      if (!beats(pairs, a, b)) continue;
      victories.push_back({static_cast<Candidate>(a),
                           static_cast<Candidate>(b),
                           pairs.at(a, b),
                           pairs.at(b, a),
                           {}});
    }
  }
  std::sort(victories.begin(), victories.end(), [margins](const Lock& a, const Lock& b) {
    const std::int64_t margin_a = a.votes - a.opposing;
    const std::int64_t margin_b = b.votes - b.opposing;
    if (margins && margin_a != margin_b) return margin_a > margin_b;
    if (a.votes != b.votes) return a.votes > b.votes;
    if (a.opposing != b.opposing) return a.opposing < b.opposing;
    return a.winner != b.winner ? a.winner < b.winner : a.loser > b.loser;
  });
  return victories;
}

bool is_equal(const Lock& a, const Lock& b) {
  return a.votes == b.votes && a.opposing == b.opposing;
}

}  // namespace

Count count_ranked_pairs(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  const std::size_t size = ballots.candidates();
  Count count;
  count.method = options.margins ? "ranked-pairs-margins/1" : "ranked-pairs-wv/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  count.pairs = count_pairs(rankings);
  count.locks = victories_in_order(*count.pairs, options.margins);
  const std::vector<Candidate> smith = smith_set(*count.pairs);
  const auto may_win = [&](Candidate one) {
    return options.seats > 1 || std::find(smith.begin(), smith.end(), one) != smith.end();
  };
  Reach reach(size);
  Reach greater = reach;  // as it was before the first of the equal victories
  for (std::size_t i = 0; i < count.locks.size(); ++i) {
    Lock& pair = count.locks[i];
    if (i > 0 && !is_equal(count.locks[i - 1], pair)) greater = reach;
    if (!reach.leads(pair.loser, pair.winner)) {
      reach.lock(pair.winner, pair.loser);
      continue;
    }
    pair.cycle = reach.way(pair.loser, pair.winner);
    // Only equal victories stand in its way: another lot order could have locked it.
    if (!greater.leads(pair.loser, pair.winner)) {
      note_tie({pair.winner, pair.loser}, pair.loser, "equal victories", "lot", count);
      // Who is elected is of the Smith set, and pairs of others have no bearing on it.
      if (may_win(pair.winner) && may_win(pair.loser)) count.tied = true;
    }
  }
  std::vector<std::vector<bool>> above(size, std::vector<bool>(size));
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b)
      above[a][b] = reach.leads(static_cast<Candidate>(a), static_cast<Candidate>(b));
  }
  count.ranking = tiers_of(size, above);
  elect_by_ranking(count);
  return count;
}

}  // namespace paperclub::vote
