// STAR, score then automatic runoff: the two candidates with the highest sums of scores meet, and
// the one is elected whom more ballots score higher than the other.
// Definition: Equal Vote Coalition, starvoting.org, with its official protocol for ties: in the
// scoring round who loses the most comparisons among the tied leaves, again and again, then who has
// the fewest highest scores; in the runoff the higher sum wins, then more highest scores.  What is
// tied still is for the lot.
#include <algorithm>
#include <iterator>
#include <numeric>

#include "lib/vote/methods.hpp"
#include "lib/vote/tie.hpp"

namespace paperclub::vote {
namespace {

using Candidates = std::vector<Candidate>;

// The sums, comparisons and highest scores of all ballots.
struct Facts {
  std::vector<unsigned long> sums;
  std::vector<unsigned long> highest;
  Matrix pairs;
};

Facts facts_of(const Scores& scores, std::int32_t max_score) {
  const std::size_t size = scores.width;
  Facts facts{std::vector<unsigned long>(size), std::vector<unsigned long>(size), Matrix(size)};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto row = scores.row(i);
    const auto count = static_cast<std::int64_t>(scores.counts[i]);
    for (std::size_t a = 0; a < size; ++a) {
      facts.sums[a] += static_cast<unsigned long>(row[a]) * scores.counts[i];
      facts.highest[a] += row[a] == max_score ? scores.counts[i] : 0;
      for (std::size_t b = 0; b < size; ++b)
        facts.pairs.at(a, b) += row[a] > row[b] ? count : 0;
    }
  }
  return facts;
}

std::size_t losses_among(const Facts& facts, const Candidates& tied, Candidate one) {
  return static_cast<std::size_t>(std::count_if(
      tied.begin(), tied.end(), [&](Candidate other) { return beats(facts.pairs, other, one); }));
}

// Those for which `value` is not the least; all of them where it is the same for all.
template <typename Value>
Candidates without_worst(const Candidates& among, Value value) {
  const Candidates worst = least(among, value);
  if (worst.size() == among.size()) return among;
  Candidates left;
  std::set_difference(among.begin(), among.end(), worst.begin(), worst.end(),
                      std::back_inserter(left));
  return left;
}

// Which of the candidates with the same sum goes on.
Candidate advance(const Facts& facts, const Candidates& tied, const std::string& step,
                  Count& count) {
  Candidates left = tied;
  std::string rule;
  while (left.size() > 1) {
    const Candidates all = left;
    rule = "comparisons";
    left = without_worst(
        all, [&](Candidate one) { return -static_cast<long long>(losses_among(facts, all, one)); });
    if (left.size() < all.size()) continue;
    rule = "highest scores";
    left = without_worst(all,
                         [&](Candidate one) { return static_cast<long long>(facts.highest[one]); });
    if (left.size() == all.size()) break;
  }
  if (left.size() > 1) {
    count.tied = true;
    return first_by_lot(left, step, count);
  }
  note_tie(tied, left.front(), step, rule, count);
  return left.front();
}

// The candidate with the highest sum of those in `left`.
Candidate next_by_sum(const Facts& facts, const Candidates& left, const std::string& step,
                      Count& count) {
  return advance(
      facts,
      least(left, [&](Candidate one) { return -static_cast<std::int64_t>(facts.sums[one]); }), step,
      count);
}

Candidate runoff(const Facts& facts, Candidate a, Candidate b, Count& count) {
  const std::string step = "the runoff";
  const auto decide = [&](auto first, auto second, const char* rule) -> std::optional<Candidate> {
    if (first == second) return std::nullopt;
    const Candidate winner = first > second ? a : b;
    if (*rule != '\0') note_tie({a, b}, winner, step, rule, count);
    return winner;
  };
  if (const auto winner = decide(facts.pairs.at(a, b), facts.pairs.at(b, a), "")) return *winner;
  if (const auto winner = decide(facts.sums[a], facts.sums[b], "higher score")) return *winner;
  if (const auto winner = decide(facts.highest[a], facts.highest[b], "highest scores"))
    return *winner;
  count.tied = true;
  return first_by_lot({a, b}, step, count);
}

}  // namespace

Count count_star(const Ballots& ballots, const CountOptions& options) {
  const Scores scores = ballots.scores();
  const Facts facts = facts_of(scores, options.max_score);
  Count count;
  count.method = "star/1";
  count.seats = options.seats;
  count.counted = scores.total();
  count.pairs = facts.pairs;
  for (const unsigned long sum : facts.sums)
    count.scores.push_back(fraction(sum));
  Candidates left(ballots.candidates());
  std::iota(left.begin(), left.end(), Candidate{0});
  // For several seats (bloc STAR) it starts again without who is elected.
  while (!left.empty() && count.winners.size() < options.seats) {
    Round round;
    round.action = Action::runoff;
    const Candidate first = next_by_sum(facts, left, "the scoring round", count);
    std::erase(left, first);
    Candidate winner = first;
    if (!left.empty()) {
      const Candidate second = next_by_sum(facts, left, "the scoring round", count);
      winner = runoff(facts, first, second, count);
      round.candidates = {first, second};
      round.tallies.resize(ballots.candidates());
      round.tallies[first] = Fraction(static_cast<long>(facts.pairs.at(first, second)));
      round.tallies[second] = Fraction(static_cast<long>(facts.pairs.at(second, first)));
    }
    if (winner != first) {
      std::erase(left, winner);
      left.push_back(first);
      std::sort(left.begin(), left.end());
    }
    round.elected = {winner};
    count.winners.push_back(winner);
    count.rounds.push_back(std::move(round));
  }
  return count;
}

}  // namespace paperclub::vote
