// IRV, instant runoff: every ballot counts for the best candidate that is left on it; who has more
// than half of the ballots that still count is elected, else who has the least leaves.  A ballot
// with several best candidates is split equally among them, exactly.
// Definition: Nicolaus Tideman, The Single Transferable Vote, J. Econ. Perspectives 9 (1995), for
// one seat.  Who leaves of several with the least: who had the least in the latest earlier round in
// which they differ, else the last in the lot order.
#include <algorithm>
#include <numeric>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

class Runoff {
 public:
  Runoff(const Rankings& rankings, Count& count)
      : rankings_(rankings),
        count_(count),
        left_(rankings.width),
        piles_(rankings.width),
        shares_(rankings.width, std::vector<std::uint64_t>(rankings.width + 1, 0)) {
    std::iota(left_.begin(), left_.end(), Candidate{0});
    for (std::uint32_t i = 0; i < rankings.size(); ++i)
      place(i);
  }

  void run() {
    while (true) {
      Round round;
      round.tallies = tallies();
      round.exhausted = fraction(exhausted_);
      if (const auto winner = majority(round)) {
        round.action = Action::elect;
        round.candidates = round.elected = {*winner};
        count_.rounds.push_back(std::move(round));
        rank(*winner);
        return;
      }
      const Candidate leaver = last_of(round);
      round.action = Action::exclude;
      round.candidates = {leaver};
      count_.rounds.push_back(std::move(round));
      exclude(leaver);
    }
  }

 private:
  // The best candidates left on a ballot.
  std::vector<Candidate> best_of(std::uint32_t ballot) const {
    const auto row = rankings_.row(ballot);
    std::vector<Candidate> best;
    for (const Candidate one : left_) {
      if (row[one] == kUnranked || (!best.empty() && row[one] > row[best.front()])) continue;
      if (!best.empty() && row[one] < row[best.front()]) best.clear();
      best.push_back(one);
    }
    return best;
  }

  void place(std::uint32_t ballot) {
    const std::vector<Candidate> best = best_of(ballot);
    if (best.empty()) exhausted_ += rankings_.counts[ballot];
    for (const Candidate one : best) {
      shares_[one][best.size()] += rankings_.counts[ballot];
      piles_[one].push_back(ballot);
    }
  }

  void exclude(Candidate leaver) {
    const std::vector<std::uint32_t> pile = std::move(piles_[leaver]);
    std::vector<std::size_t> shared;
    for (const std::uint32_t ballot : pile)
      shared.push_back(best_of(ballot).size());
    std::erase(left_, leaver);
    for (std::size_t i = 0; i < pile.size(); ++i) {
      if (shared[i] == 1) {
        place(pile[i]);
        continue;
      }
      // It is in the piles of the others already.
      for (const Candidate one : best_of(pile[i])) {
        shares_[one][shared[i]] -= rankings_.counts[pile[i]];
        shares_[one][shared[i] - 1] += rankings_.counts[pile[i]];
      }
    }
  }

  // Sums of parts of equal size first: few fractions are added.
  std::vector<std::optional<Fraction>> tallies() const {
    std::vector<std::optional<Fraction>> sums(rankings_.width);
    for (const Candidate one : left_) {
      Fraction sum;
      for (std::size_t parts = 1; parts < shares_[one].size(); ++parts) {
        if (shares_[one][parts] != 0) sum += fraction(shares_[one][parts], parts);
      }
      sums[one] = sum;
    }
    return sums;
  }

  std::optional<Candidate> majority(const Round& round) const {
    if (left_.size() == 1) return left_.front();
    const Fraction counting = fraction(rankings_.total() - exhausted_);
    for (const Candidate one : left_) {
      if (*round.tallies[one] * 2 > counting) return one;
    }
    return std::nullopt;
  }

  Candidate last_of(const Round& round) {
    std::vector<Candidate> tied = least_of(left_, round.tallies);
    const std::vector<Candidate> all = tied;
    const std::string step = "round " + std::to_string(count_.rounds.size() + 1);
    for (std::size_t i = count_.rounds.size(); i-- > 0 && tied.size() > 1;)
      tied = least_of(tied, count_.rounds[i].tallies);
    if (tied.size() == 1) {
      note_tie(all, tied.front(), step, "an earlier round", count_);
      return tied.front();
    }
    // Whom no ballot counts for leaves without any consequence, unless there is nobody else.
    if (*round.tallies[tied.front()] != 0 || left_.size() == tied.size()) count_.tied = true;
    return last_by_lot(tied, step, count_);
  }

  static std::vector<Candidate> least_of(const std::vector<Candidate>& among,
                                         const std::vector<std::optional<Fraction>>& tallies) {
    return least(among, [&](Candidate one) -> const Fraction& { return *tallies[one]; });
  }

  // The winner, then who was left, then who left last.
  void rank(Candidate winner) {
    count_.ranking = {{winner}};
    std::erase(left_, winner);
    const auto& tallies = count_.rounds.back().tallies;
    while (!left_.empty()) {
      std::vector<Candidate> best =
          least(left_, [&](Candidate one) { return Fraction(-*tallies[one]); });
      for (const Candidate one : best)
        std::erase(left_, one);
      count_.ranking.push_back(std::move(best));
    }
    for (std::size_t i = count_.rounds.size(); i-- > 0;) {
      if (count_.rounds[i].action == Action::exclude)
        count_.ranking.push_back(count_.rounds[i].candidates);
    }
    elect_by_ranking(count_);
  }

  const Rankings& rankings_;
  Count& count_;
  std::vector<Candidate> left_;
  std::vector<std::vector<std::uint32_t>> piles_;   // ballots that count for each candidate
  std::vector<std::vector<std::uint64_t>> shares_;  // ballots of each, by how many share one
  std::uint64_t exhausted_ = 0;
};

}  // namespace

Count count_irv(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  Count count;
  count.method = "irv/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  Runoff(rankings, count).run();
  mark_mixed_lot(count);
  return count;
}

}  // namespace paperclub::vote
