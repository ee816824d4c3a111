#include "lib/vote/pairwise.hpp"

#include <algorithm>
#include <numeric>

namespace paperclub::vote {
namespace {

// The inner loop has nothing but equal steps over neighbours, for the compiler to do several at
// once; 32 bits hold what kMaxBallots allows.
void add_row(const Place* places, std::size_t size, std::uint32_t count, std::uint32_t* sums) {
  for (std::size_t a = 0; a < size; ++a) {
    const Place place = places[a];
    if (place == kUnranked) continue;
    std::uint32_t* row = sums + a * size;
    for (std::size_t b = 0; b < size; ++b)
      row[b] += place < places[b] ? count : 0;
  }
}

}  // namespace

Matrix count_pairs(const Rankings& rankings) {
  const std::size_t size = rankings.width;
  std::vector<std::uint32_t> sums(size * size, 0);
  for (std::size_t i = 0; i < rankings.size(); ++i) {
    add_row(rankings.row(i).data(), size, static_cast<std::uint32_t>(rankings.counts[i]),
            sums.data());
  }
  Matrix pairs(size);
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b)
      pairs.at(a, b) = sums[a * size + b];
  }
  return pairs;
}

Matrix strengths_of(const Matrix& pairs, bool margins) {
  Matrix strengths(pairs.size());
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    for (std::size_t b = 0; b < pairs.size(); ++b) {
      if (!beats(pairs, a, b)) continue;
      strengths.at(a, b) = margins ? pairs.at(a, b) - pairs.at(b, a) : pairs.at(a, b);
    }
  }
  return strengths;
}

std::optional<Candidate> condorcet_winner(const Matrix& pairs) {
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    bool wins = true;
    for (std::size_t b = 0; b < pairs.size() && wins; ++b)
      wins = a == b || beats(pairs, a, b);
    if (wins) return static_cast<Candidate>(a);
  }
  return std::nullopt;
}

// The members of the Smith set have the best Copeland scores: take candidates in that order until
// those taken beat all that are left.
std::vector<Candidate> smith_set(const Matrix& pairs) {
  const std::size_t size = pairs.size();
  std::vector<std::size_t> losses(size, 0);  // or ties
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b)
      losses[a] += a != b && !beats(pairs, a, b) ? 1 : 0;
  }
  std::vector<Candidate> order(size);
  std::iota(order.begin(), order.end(), Candidate{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Candidate a, Candidate b) { return losses[a] < losses[b]; });
  std::size_t taken = std::min<std::size_t>(1, size);
  for (std::size_t inside = 0; inside < taken; ++inside) {
    for (std::size_t other = taken; other < size; ++other) {
      if (!beats(pairs, order[inside], order[other])) taken = other + 1;
    }
  }
  order.resize(taken);
  std::sort(order.begin(), order.end());
  return order;
}

std::vector<std::vector<Candidate>> tiers_of(std::size_t candidates,
                                             const std::vector<std::vector<bool>>& above) {
  std::vector<std::vector<Candidate>> tiers;
  std::vector<bool> placed(candidates, false);
  for (std::size_t done = 0; done < candidates;) {
    std::vector<Candidate> tier;
    for (std::size_t one = 0; one < candidates; ++one) {
      bool is_top = !placed[one];
      for (std::size_t other = 0; other < candidates && is_top; ++other)
        is_top = placed[other] || !above[other][one];
      if (is_top) tier.push_back(static_cast<Candidate>(one));
    }
    for (const Candidate one : tier)
      placed[one] = true;
    done += tier.size();
    tiers.push_back(std::move(tier));
  }
  return tiers;
}

}  // namespace paperclub::vote
