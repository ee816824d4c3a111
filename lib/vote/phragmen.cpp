// Phragmén's sequential rule: electing a candidate is a load of 1, shared by its supporters so that
// they all carry the same afterwards; each seat goes to the candidate that leaves the least load.
// Definition: Lars Edvard Phragmén, Sur une méthode nouvelle pour réaliser, dans les élections, la
// représentation proportionnelle des partis (1894), as in Svante Janson, Phragmén's and Thiele's
// election methods (arXiv 1611.08826), section 2.
#include <algorithm>

#include "lib/vote/loads.hpp"
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

// What the supporters of each candidate would carry after its election; nothing for who is elected
// or has no supporter.
std::vector<std::optional<Fraction>> loads_after(const Approvals& approvals, const Loads& loads,
                                                 const std::vector<Candidate>& elected) {
  const std::size_t size = approvals.width;
  const std::size_t kinds = loads.values.size();
  std::vector<std::uint32_t> supporters(size * kinds, 0);
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    const auto row = approvals.row(i);
    const auto count = static_cast<std::uint32_t>(approvals.counts[i]);
    std::uint32_t* to = supporters.data() + loads.of[i] * size;
    for (std::size_t one = 0; one < size; ++one)
      to[one] += row[one] != 0 ? count : 0;
  }
  std::vector<std::optional<Fraction>> after(size);
  for (std::size_t one = 0; one < size; ++one) {
    unsigned long all = 0;
    Fraction carried = 1;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const unsigned long some = supporters[kind * size + one];
      all += some;
      if (some != 0) carried += loads.values[kind] * fraction(some);
    }
    if (all > 0) after[one] = carried / fraction(all);
  }
  for (const Candidate one : elected)
    after[one].reset();
  return after;
}

std::vector<Candidate> least(const std::vector<std::optional<Fraction>>& values) {
  std::vector<Candidate> best;
  for (std::size_t one = 0; one < values.size(); ++one) {
    if (!values[one] || (!best.empty() && *values[one] > *values[best.front()])) continue;
    if (!best.empty() && *values[one] < *values[best.front()]) best.clear();
    best.push_back(static_cast<Candidate>(one));
  }
  return best;
}

std::vector<Candidate> not_elected(std::size_t size, const std::vector<Candidate>& elected) {
  std::vector<Candidate> rest;
  for (std::size_t one = 0; one < size; ++one) {
    const auto candidate = static_cast<Candidate>(one);
    if (std::find(elected.begin(), elected.end(), candidate) == elected.end())
      rest.push_back(candidate);
  }
  return rest;
}

}  // namespace

void elect_by_loads(const Approvals& approvals, Loads loads, Count& count) {
  while (count.winners.size() < std::min(count.seats, approvals.width)) {
    Round round;
    round.action = Action::elect;
    round.rule = "Phragmén";
    round.tallies = loads_after(approvals, loads, count.winners);
    std::vector<Candidate> best = least(round.tallies);
    if (best.empty()) best = not_elected(approvals.width, count.winners);
    const Candidate winner =
        first_by_lot(best, "seat " + std::to_string(count.winners.size() + 1), count);
    if (const auto& load = round.tallies[winner]) {
      loads.values.push_back(*load);
      for (std::size_t i = 0; i < approvals.size(); ++i) {
        if (approvals.row(i)[winner] != 0)
          loads.of[i] = static_cast<std::uint32_t>(loads.values.size() - 1);
      }
    }
    round.candidates = round.elected = {winner};
    count.winners.push_back(winner);
    count.rounds.push_back(std::move(round));
  }
}

Count count_phragmen(const Ballots& ballots, const CountOptions& options) {
  const Approvals approvals = ballots.approvals();
  Count count;
  count.method = "phragmen/1";
  count.seats = options.seats;
  count.counted = approvals.total();
  count.derived = approvals.derived;
  elect_by_loads(approvals, {{Fraction()}, std::vector<std::uint32_t>(approvals.size(), 0)}, count);
  mark_any_lot(count);
  return count;
}

}  // namespace paperclub::vote
