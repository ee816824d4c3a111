// Approval: each ballot approves any number of candidates, the most approved is elected; for
// several seats, the most approved.
// Definition: Steven J. Brams and Peter C. Fishburn, Approval Voting, Am. Pol. Sci. Rev. 72 (1978).
#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {

Count count_approval(const Ballots& ballots, const CountOptions& options) {
  const Approvals approvals = ballots.approvals();
  std::vector<unsigned long> votes(ballots.candidates(), 0);
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    const auto row = approvals.row(i);
    for (std::size_t one = 0; one < row.size(); ++one)
      votes[one] += row[one] * approvals.counts[i];
  }
  Count count;
  count.method = "approval/1";
  count.seats = options.seats;
  count.counted = approvals.total();
  count.derived = approvals.derived;
  std::vector<Fraction> scores;
  for (const unsigned long one : votes)
    scores.push_back(fraction(one));
  rank_by_scores(std::move(scores), count);
  return count;
}

}  // namespace paperclub::vote
