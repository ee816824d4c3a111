// STV, the single transferable vote for several seats, after the Scottish rule: quota of Droop,
// surpluses by the weighted inclusive method, one surplus or exclusion a stage, the largest surplus
// first, values in units of 1/100,000 with the remainder dropped.
// Definition: The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules
// 45 to 52.  A ballot that ranks several candidates equally is split among those that are left,
// each part with the same value, truncated likewise.  Ties: the latest earlier stage in which the
// tied differ, then the lot.
#include <algorithm>
#include <functional>
#include <numeric>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

constexpr std::int64_t kUnit = 100'000;

Fraction from_units(std::int64_t units) {
  return fraction(static_cast<unsigned long>(units), kUnit);
}

// What an elected candidate holds of one kind of ballot.
struct Parcel {
  std::uint32_t ballot = 0;
  std::int64_t value = 0;  // of each paper, in units
};

// Where the papers of one kind of ballot are: on the piles of those that are left of one rank, each
// of whom holds the same value of it.
struct Standing {
  Place rank = kUnranked;
  std::int64_t value = 0;  // of each paper for each of them, in units
};

class Transfers {
 public:
  Transfers(const Rankings& rankings, Count& count)
      : rankings_(rankings),
        count_(count),
        piles_(rankings.width),
        held_(rankings.width),
        standings_(rankings.size()),
        totals_(rankings.width, 0),
        left_(rankings.width) {
    std::iota(left_.begin(), left_.end(), Candidate{0});
    for (std::uint32_t i = 0; i < rankings.size(); ++i)
      pass({i, kUnit});
    quota_ = (static_cast<std::int64_t>(rankings.total() / (count.seats + 1)) + 1) * kUnit;
    count_.quota = from_units(quota_);
  }

  void run() {
    std::vector<Candidate> changed;
    Action action = Action::count;
    while (true) {
      note(action, changed);
      if (count_.winners.size() >= count_.seats || left_.empty()) return;
      if (count_.winners.size() + left_.size() <= count_.seats) return elect_rest();
      if (!surpluses_.empty()) {
        action = Action::transfer;
        changed = {next_surplus()};
        std::erase(surpluses_, changed.front());
        transfer(changed.front());
      } else {
        action = Action::exclude;
        changed = {last_of_left()};
        exclude(changed.front());
      }
    }
  }

 private:
  // Passes a value of a ballot's papers to the best candidates left on it, to each the same part.
  void pass(const Parcel& parcel) {
    const auto row = rankings_.row(parcel.ballot);
    std::vector<Candidate> best;
    for (const Candidate one : left_) {
      if (row[one] == kUnranked || (!best.empty() && row[one] > row[best.front()])) continue;
      if (!best.empty() && row[one] < row[best.front()]) best.clear();
      best.push_back(one);
    }
    if (best.empty()) return;
    Standing& standing = standings_[parcel.ballot];
    if (standing.rank != row[best.front()]) {
      // Nobody is left of the rank before.
      standing = {row[best.front()], 0};
      for (const Candidate one : best)
        piles_[one].push_back(parcel.ballot);
    }
    const std::int64_t value = parcel.value / static_cast<std::int64_t>(best.size());
    standing.value += value;
    for (const Candidate one : best)
      totals_[one] += value * static_cast<std::int64_t>(rankings_.counts[parcel.ballot]);
  }

  // What an elected candidate has is not added to any more, while those of the same rank go on.
  void hold(Candidate elected) {
    for (const std::uint32_t ballot : std::exchange(piles_[elected], {}))
      held_[elected].push_back({ballot, standings_[ballot].value});
  }

  void transfer(Candidate from) {
    const std::int64_t surplus = totals_[from] - quota_;
    const std::int64_t total = totals_[from];
    for (Parcel parcel : std::exchange(held_[from], {})) {
      // Reduced in this order nothing overflows: surplus <= total <= 5e7 ballots in units.
      parcel.value = surplus * parcel.value / total;
      pass(parcel);
    }
    totals_[from] = quota_;
  }

  void exclude(Candidate from) {
    std::erase(left_, from);
    totals_[from] = 0;
    for (const std::uint32_t ballot : std::exchange(piles_[from], {}))
      pass({ballot, standings_[ballot].value});
  }

  // Notes the stage, and elects who has the quota now.
  void note(Action action, const std::vector<Candidate>& changed) {
    Round round;
    round.action = action;
    round.candidates = changed;
    round.tallies.resize(rankings_.width);
    std::int64_t held = 0;
    for (std::size_t one = 0; one < totals_.size(); ++one)
      held += totals_[one];
    for (const Candidate one : left_)
      round.tallies[one] = from_units(totals_[one]);
    for (const Candidate one : count_.winners)
      round.tallies[one] = from_units(totals_[one]);
    round.exhausted = fraction(rankings_.total()) - from_units(held);
    stages_.push_back(totals_);
    std::vector<Candidate> elected;
    for (const Candidate one : left_) {
      if (totals_[one] >= quota_) elected.push_back(one);
    }
    elected = in_order(std::move(elected));
    for (const Candidate one : elected) {
      std::erase(left_, one);
      count_.winners.push_back(one);
      if (totals_[one] > quota_) surpluses_.push_back(one);
      hold(one);
    }
    round.elected = std::move(elected);
    count_.rounds.push_back(std::move(round));
  }

  void elect_rest() {
    left_ = in_order(std::move(left_));
    Round round;
    round.action = Action::elect;
    round.candidates = round.elected = left_;
    round.tallies = count_.rounds.back().tallies;
    round.exhausted = count_.rounds.back().exhausted;
    count_.winners.insert(count_.winners.end(), left_.begin(), left_.end());
    count_.rounds.push_back(std::move(round));
  }

  // Who is elected in one stage: who has more first; of equal ones, who had more in the latest
  // stage in which they differ.
  std::vector<Candidate> in_order(std::vector<Candidate> elected) {
    std::vector<Candidate> order;
    const std::string step = "the order of stage " + std::to_string(stages_.size());
    while (!elected.empty()) {
      order.push_back(chosen(narrow(elected, std::greater<>()), step, true));
      std::erase(elected, order.back());
    }
    return order;
  }

  // The candidate with the largest surplus that is not transferred yet; of equal ones, who had more
  // in the latest stage in which they differ.
  Candidate next_surplus() { return pick(narrow(surpluses_, std::greater<>()), true); }

  Candidate last_of_left() { return pick(narrow(left_, std::less<>()), false); }

  // Equal candidates, and who of them is left after a look at earlier stages.
  struct Narrowed {
    std::vector<Candidate> equal;
    std::vector<Candidate> left;
  };

  template <typename Before>
  Narrowed narrow(const std::vector<Candidate>& among, Before before) const {
    Narrowed narrowed{{}, among};
    for (std::size_t stage = stages_.size(); stage-- > 0;) {
      std::vector<Candidate> best;
      for (const Candidate one : narrowed.left) {
        const std::int64_t value = stages_[stage][one];
        if (!best.empty() && before(stages_[stage][best.front()], value)) continue;
        if (!best.empty() && before(value, stages_[stage][best.front()])) best.clear();
        best.push_back(one);
      }
      narrowed.left = std::move(best);
      if (narrowed.equal.empty()) narrowed.equal = narrowed.left;
      if (narrowed.left.size() == 1) break;
    }
    return narrowed;
  }

  Candidate pick(const Narrowed& among, bool first) {
    if (among.left.size() > 1 && totals_[among.left.front()] != 0) count_.tied = true;
    return chosen(among, "stage " + std::to_string(stages_.size() + 1), first);
  }

  Candidate chosen(const Narrowed& among, const std::string& step, bool first) {
    if (among.left.size() == 1) {
      note_tie(among.equal, among.left.front(), step, "an earlier stage", count_);
      return among.left.front();
    }
    return first ? first_by_lot(among.left, step, count_) : last_by_lot(among.left, step, count_);
  }

  const Rankings& rankings_;
  Count& count_;
  std::vector<std::vector<std::uint32_t>> piles_;  // the ballots of each one that is left
  std::vector<std::vector<Parcel>> held_;          // what each elected one may pass on
  std::vector<Standing> standings_;                // of each kind of ballot
  std::vector<std::int64_t> totals_;               // of each candidate, in units
  std::vector<Candidate> left_;                    // neither elected nor excluded
  std::vector<Candidate> surpluses_;               // elected, with a surplus to transfer
  std::vector<std::vector<std::int64_t>> stages_;  // the totals after each stage
  std::int64_t quota_ = 0;
};

}  // namespace

Count count_stv(const Ballots& ballots, const CountOptions& options) {
  const Rankings rankings = ballots.rankings();
  Count count;
  count.method = "stv-scottish/1";
  count.seats = options.seats;
  count.counted = rankings.total();
  count.derived = rankings.derived;
  Transfers(rankings, count).run();
  mark_mixed_lot(count);
  return count;
}

}  // namespace paperclub::vote
