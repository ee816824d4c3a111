// Generated elections for the property tests of counting: few candidates, few ballots, many ties.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/vote/methods.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {

using vote::Ballots;
using vote::Candidate;
using vote::Choice;
using vote::Count;
using vote::CountOptions;
using vote::Fraction;

// An election as it is cast: one choice a ballot.
struct Election {
  std::size_t candidates = 0;
  std::vector<Choice> choices;

  Ballots ballots() const {
    Ballots all(candidates);
    for (const Choice& choice : choices)
      all.add(choice);
    return all;
  }
};

// What a kind of ballots may look like.
enum class Shape {
  complete,   // every candidate ranked, none equal
  strict,     // none equal, perhaps not all ranked
  loose,      // equal ranks, perhaps not all ranked
  with_none,  // the same with "no paper" among the ranks
  approvals,  // any number approved
  scores,     // 0 to 5, perhaps not all scored
  mixed,      // any of the fields together, and `none` among the ranks
};

template <typename T>
void shuffle(Random& random, std::vector<T>& list) {
  for (std::size_t i = list.size(); i > 1; --i)
    std::swap(list[i - 1], list[random.below(i)]);
}

// Returns the numbers below `size` in a random order.
inline std::vector<Candidate> random_order(Random& random, std::size_t size) {
  std::vector<Candidate> order;
  for (std::size_t i = 0; i < size; ++i)
    order.push_back(static_cast<Candidate>(i));
  shuffle(random, order);
  return order;
}

inline std::vector<std::vector<Candidate>> random_tiers(Random& random, std::size_t size,
                                                        Shape shape) {
  std::vector<std::vector<Candidate>> tiers;
  const bool equal = shape != Shape::complete && shape != Shape::strict;
  std::size_t ranked = size;
  if (shape != Shape::complete && random.one_in(2)) ranked = random.below(size + 1);
  for (const Candidate one : random_order(random, size)) {
    if (ranked-- == 0) break;
    if (tiers.empty() || !equal || !random.one_in(3)) tiers.emplace_back();
    tiers.back().push_back(one);
  }
  return tiers;
}

inline Choice random_choice(Random& random, std::size_t candidates, Shape shape) {
  Choice choice;
  const bool mixed = shape == Shape::mixed;
  if (shape == Shape::approvals || (mixed && random.one_in(2))) {
    choice.approve.emplace();
    for (const Candidate one : random_order(random, candidates))
      if (random.one_in(2)) choice.approve->push_back(one);
  }
  if (shape == Shape::scores || (mixed && random.one_in(2))) {
    choice.score.emplace();
    for (const Candidate one : random_order(random, candidates))
      if (!random.one_in(4))
        choice.score->emplace_back(one, static_cast<std::int32_t>(random.below(6)));
  }
  if (shape == Shape::approvals || shape == Shape::scores || (mixed && random.one_in(2)))
    return choice;
  // Where "no paper" may be ranked, it is one candidate more.
  choice.rank =
      random_tiers(random, mixed && random.one_in(2) ? candidates + 1 : candidates, shape);
  return choice;
}

// Returns so many candidates with up to `most` ballots; half of the elections have only a few kinds
// of ballots, so that many are equal.
inline Election random_election(Random& random, Shape shape, std::size_t candidates,
                                std::size_t most = 40) {
  Election election{candidates, {}};
  std::vector<Choice> few;
  for (std::size_t i = 1 + random.below(4); i > 0; --i)
    few.push_back(random_choice(random, candidates, shape));
  const bool repeated = random.one_in(2);
  for (std::size_t i = random.below(most + 1); i > 0; --i)
    election.choices.push_back(repeated && !random.one_in(5)
                                   ? random.pick(few)
                                   : random_choice(random, candidates, shape));
  return election;
}

inline Count count(std::string_view method, const Election& election,
                   const CountOptions& options = {}) {
  return vote::find_method(method)->count(election.ballots(), options);
}

// Returns the tier of each candidate; the number of all candidates where it is not ranked.
inline std::vector<std::size_t> places(const Choice& choice, std::size_t candidates) {
  std::vector<std::size_t> all(candidates, candidates);
  for (std::size_t tier = 0; choice.rank && tier < choice.rank->size(); ++tier)
    for (const Candidate one : (*choice.rank)[tier])
      if (one < candidates) all[one] = tier;
  return all;
}

using Pairs = std::vector<std::vector<std::int64_t>>;

// Returns how many ballots rank the first candidate above the second.
inline Pairs pairs_of(const Election& election) {
  const std::size_t size = election.candidates;
  Pairs pairs(size, std::vector<std::int64_t>(size, 0));
  for (const Choice& choice : election.choices) {
    const auto place = places(choice, size);
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = 0; b < size; ++b)
        if (place[a] < place[b]) ++pairs[a][b];
  }
  return pairs;
}

// Returns how strong each victory is: by margins, or by the votes of who wins.
inline Pairs victories_of(const Pairs& pairs, bool margins) {
  Pairs out = pairs;
  for (std::size_t a = 0; a < pairs.size(); ++a)
    for (std::size_t b = 0; b < pairs.size(); ++b)
      if (pairs[a][b] <= pairs[b][a])
        out[a][b] = 0;
      else if (margins)
        out[a][b] -= pairs[b][a];
  return out;
}

inline bool contains(const std::vector<Candidate>& list, Candidate one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

inline std::vector<Candidate> sorted(std::vector<Candidate> list) {
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace paperclub::tests
