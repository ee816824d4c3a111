// Equal shares: the seats cost 1 each, and every ballot gets the same part of that.  A candidate is
// affordable where its supporters have 1 together; each seat goes to the candidate for which the
// greatest payment of one supporter is least, where all pay the same or all they have.  Seats that
// nobody can afford are filled by Phragmén's rule, on which the money that is left counts.
// Definition: Dominik Peters and Piotr Skowron, Proportionality and the Limits of Welfarism (EC
// 2020), there Rule X, completed as they propose; as in Martin Lackner and Piotr Skowron,
// Multi-Winner Voting with Approval Preferences (2023), rule 11.
#include <algorithm>
#include <map>
#include <numeric>

#include "lib/vote/loads.hpp"
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

// What each row of the approvals has left; equal purses are kept once.
struct Purses {
  std::vector<Fraction> values;
  std::vector<std::uint32_t> of;
};

// How many supporters of one candidate have each purse.
using Supporters = std::vector<unsigned long>;

std::vector<Supporters> supporters_by_purse(const Approvals& approvals, const Purses& purses) {
  std::vector<Supporters> supporters(approvals.width, Supporters(purses.values.size(), 0));
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    const auto row = approvals.row(i);
    for (std::size_t one = 0; one < row.size(); ++one)
      supporters[one][purses.of[i]] += row[one] != 0 ? approvals.counts[i] : 0;
  }
  return supporters;
}

// The greatest payment of one supporter, where they pay 1 together and each the same or all it
// has; nothing where they have less.  `order`: the purses, the smallest first.
std::optional<Fraction> payment(const Supporters& supporters, const Purses& purses,
                                const std::vector<std::uint32_t>& order) {
  unsigned long payers = std::accumulate(supporters.begin(), supporters.end(), 0UL);
  Fraction cost = 1;
  for (const std::uint32_t purse : order) {
    if (supporters[purse] == 0) continue;
    const Fraction share = cost / fraction(payers);
    if (share <= purses.values[purse]) return share;
    cost -= purses.values[purse] * fraction(supporters[purse]);
    payers -= supporters[purse];
  }
  return std::nullopt;
}

Fraction money_of(const Supporters& supporters, const Purses& purses) {
  Fraction sum;
  for (std::size_t purse = 0; purse < supporters.size(); ++purse) {
    if (supporters[purse] == 0) continue;
    sum += purses.values[purse] * fraction(supporters[purse]);
  }
  return sum;
}

void pay(const Approvals& approvals, Candidate winner, const Fraction& price, Purses& purses) {
  std::map<Fraction, std::uint32_t> known;
  for (std::size_t i = 0; i < purses.values.size(); ++i)
    known.emplace(purses.values[i], static_cast<std::uint32_t>(i));
  std::vector<std::optional<std::uint32_t>> after(purses.values.size());
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    if (approvals.row(i)[winner] == 0) continue;
    std::optional<std::uint32_t>& next = after[purses.of[i]];
    if (!next) {
      const Fraction& before = purses.values[purses.of[i]];
      const Fraction left = before > price ? Fraction(before - price) : Fraction();
      const auto [at, is_new] =
          known.emplace(left, static_cast<std::uint32_t>(purses.values.size()));
      if (is_new) purses.values.push_back(left);
      next = at->second;
    }
    purses.of[i] = *next;
  }
}

// Elects the next candidate that is affordable; returns whether there is one.
bool elect_affordable(const Approvals& approvals, Purses& purses, Count& count) {
  std::vector<std::uint32_t> order(purses.values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return purses.values[a] < purses.values[b]; });
  const std::vector<Supporters> supporters = supporters_by_purse(approvals, purses);
  Round round;
  round.action = Action::elect;
  round.rule = "equal shares";
  round.tallies.resize(approvals.width);
  std::vector<Candidate> best;
  for (std::size_t i = 0; i < approvals.width; ++i) {
    const auto one = static_cast<Candidate>(i);
    round.purses.push_back(money_of(supporters[one], purses));
    if (std::find(count.winners.begin(), count.winners.end(), one) != count.winners.end()) continue;
    round.tallies[one] = payment(supporters[one], purses, order);
    if (!round.tallies[one]) continue;
    if (!best.empty() && *round.tallies[one] > *round.tallies[best.front()]) continue;
    if (!best.empty() && *round.tallies[one] < *round.tallies[best.front()]) best.clear();
    best.push_back(one);
  }
  if (best.empty()) return false;
  const Candidate winner =
      first_by_lot(best, "seat " + std::to_string(count.winners.size() + 1), count);
  pay(approvals, winner, *round.tallies[winner], purses);
  round.candidates = round.elected = {winner};
  count.winners.push_back(winner);
  count.rounds.push_back(std::move(round));
  return true;
}

}  // namespace

Count count_equal_shares(const Ballots& ballots, const CountOptions& options) {
  const Approvals approvals = ballots.approvals();
  Count count;
  count.method = "equal-shares/1";
  count.seats = options.seats;
  count.counted = approvals.total();
  count.derived = approvals.derived;
  const std::uint64_t voters = std::max<std::uint64_t>(approvals.total(), 1);
  Purses purses{{fraction(options.seats, voters)}, std::vector<std::uint32_t>(approvals.size(), 0)};
  count.purse = purses.values.front();
  while (count.winners.size() < options.seats && elect_affordable(approvals, purses, count)) {
  }
  Loads loads{{}, purses.of};
  for (const Fraction& purse : purses.values)
    loads.values.push_back(-purse);
  elect_by_loads(approvals, std::move(loads), count);
  mark_any_lot(count);
  return count;
}

}  // namespace paperclub::vote
