// SPAV, sequential proportional approval: one seat after the other goes to the candidate with the
// highest sum of weights, where a ballot weighs 1/(1+e) with e of its candidates elected already.
// Definition: Thorvald N. Thiele, Om Flerfoldsvalg (1895), as in Svante Janson, Phragmén's and
// Thiele's election methods (arXiv 1611.08826), section 6.2.
#include <algorithm>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

// The weights of all ballots for each candidate.
std::vector<Fraction> weigh(const Approvals& approvals, const std::vector<std::uint8_t>& elected,
                            std::size_t most) {
  const std::size_t size = approvals.width;
  // By the number of candidates elected already: fractions are added once, at the end.
  std::vector<std::uint32_t> sums(size * (most + 1), 0);
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    const auto row = approvals.row(i);
    std::size_t satisfied = 0;
    for (std::size_t one = 0; one < size; ++one)
      satisfied += row[one] & elected[one];
    const auto count = static_cast<std::uint32_t>(approvals.counts[i]);
    std::uint32_t* to = sums.data() + satisfied * size;
    for (std::size_t one = 0; one < size; ++one)
      to[one] += row[one] != 0 ? count : 0;
  }
  std::vector<Fraction> weights(size);
  for (std::size_t satisfied = 0; satisfied <= most; ++satisfied) {
    for (std::size_t one = 0; one < size; ++one)
      weights[one] += fraction(sums[satisfied * size + one], satisfied + 1);
  }
  return weights;
}

}  // namespace

Count count_spav(const Ballots& ballots, const CountOptions& options) {
  const Approvals approvals = ballots.approvals();
  const std::size_t size = ballots.candidates();
  Count count;
  count.method = "spav/1";
  count.seats = options.seats;
  count.counted = approvals.total();
  count.derived = approvals.derived;
  std::vector<std::uint8_t> elected(size, 0);
  while (count.winners.size() < std::min(options.seats, size)) {
    const std::vector<Fraction> weights = weigh(approvals, elected, count.winners.size());
    Round round;
    round.action = Action::elect;
    round.tallies.resize(size);
    std::vector<Candidate> best;
    for (std::size_t one = 0; one < size; ++one) {
      if (elected[one] != 0) continue;
      round.tallies[one] = weights[one];
      if (!best.empty() && weights[one] < weights[best.front()]) continue;
      if (!best.empty() && weights[one] > weights[best.front()]) best.clear();
      best.push_back(static_cast<Candidate>(one));
    }
    const Candidate winner =
        first_by_lot(best, "seat " + std::to_string(count.winners.size() + 1), count);
    elected[winner] = 1;
    round.candidates = round.elected = {winner};
    count.winners.push_back(winner);
    count.rounds.push_back(std::move(round));
  }
  mark_any_lot(count);
  return count;
}

}  // namespace paperclub::vote
