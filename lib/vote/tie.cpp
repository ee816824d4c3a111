#include "lib/vote/tie.hpp"

#include <algorithm>
#include <numeric>

namespace paperclub::vote {

void note_tie(const std::vector<Candidate>& tied, Candidate chosen, const std::string& step,
              const std::string& rule, Count& count) {
  if (tied.size() < 2) return;
  Tie tie{step, tied, chosen, rule};
  std::sort(tie.candidates.begin(), tie.candidates.end());
  count.ties.push_back(std::move(tie));
}

Candidate first_by_lot(const std::vector<Candidate>& tied, const std::string& step, Count& count) {
  const Candidate first = *std::min_element(tied.begin(), tied.end());
  note_tie(tied, first, step, "lot", count);
  return first;
}

Candidate last_by_lot(const std::vector<Candidate>& tied, const std::string& step, Count& count) {
  const Candidate last = *std::max_element(tied.begin(), tied.end());
  note_tie(tied, last, step, "lot", count);
  return last;
}

void mark_any_lot(Count& count) {
  count.tied = count.tied || std::any_of(count.ties.begin(), count.ties.end(),
                                         [](const Tie& tie) { return tie.rule == "lot"; });
}

void mark_mixed_lot(Count& count) {
  const auto is_elected = [&count](Candidate one) {
    return std::find(count.winners.begin(), count.winners.end(), one) != count.winners.end();
  };
  for (const Tie& tie : count.ties) {
    const auto elected = std::count_if(tie.candidates.begin(), tie.candidates.end(), is_elected);
    const bool mixed = elected > 0 && elected < static_cast<std::ptrdiff_t>(tie.candidates.size());
    count.tied = count.tied || (mixed && tie.rule == "lot");
  }
}

void rank_by_scores(std::vector<Fraction> scores, Count& count, bool lowest) {
  std::vector<Candidate> order(scores.size());
  std::iota(order.begin(), order.end(), Candidate{0});
  std::stable_sort(order.begin(), order.end(), [&](Candidate a, Candidate b) {
    return lowest ? scores[a] < scores[b] : scores[a] > scores[b];
  });
  count.ranking.clear();
  for (const Candidate one : order) {
    if (count.ranking.empty() || scores[count.ranking.back().front()] != scores[one])
      count.ranking.emplace_back();
    count.ranking.back().push_back(one);
  }
  count.scores = std::move(scores);
  elect_by_ranking(count);
}

void elect_by_ranking(Count& count) {
  for (const std::vector<Candidate>& tier : count.ranking) {
    if (count.winners.size() >= count.seats) return;
    std::vector<Candidate> rest = tier;
    std::sort(rest.begin(), rest.end());
    const bool all_fit = count.winners.size() + rest.size() <= count.seats;
    if (!all_fit) count.tied = true;
    note_tie(rest, rest.front(), all_fit ? "the order of the elected" : "the winner", "lot", count);
    for (const Candidate one : rest) {
      if (count.winners.size() < count.seats) count.winners.push_back(one);
    }
  }
}

}  // namespace paperclub::vote
