#include "lib/vote/ballots.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/unit/vote/generated.hpp"

namespace paperclub::tests {
namespace {

using vote::Place;

// What a choice says, whatever the order within its lists.
std::string said(const Choice& choice) {
  std::string text;
  if (choice.rank) {
    text += "rank";
    for (const auto& tier : *choice.rank) {
      text += ">";
      for (const Candidate one : sorted(tier))
        text += " " + std::to_string(one);
    }
  }
  if (choice.approve) {
    text += "approve";
    for (const Candidate one : sorted(*choice.approve))
      text += " " + std::to_string(one);
  }
  if (choice.score) {
    text += "score";
    for (const auto& [one, score] : std::map(choice.score->begin(), choice.score->end()))
      text += " " + std::to_string(one) + "/" + std::to_string(score);
  }
  return text;
}

using Said = std::map<std::string, std::uint64_t>;

// Returns what the ballots say; a kind that is there twice shows as "twice".
Said said(const Ballots& ballots) {
  Said all;
  ballots.for_each([&](const Choice& choice, std::uint64_t number) {
    if (!all.emplace(said(choice), number).second) all["twice"] += number;
  });
  return all;
}

Said said(const Election& election) {
  Said all;
  for (const Choice& choice : election.choices)
    ++all[said(choice)];
  return all;
}

// Returns the choice without who is not in `kept`, in its new numbers.
Choice restricted(const Choice& from, const std::vector<Candidate>& kept, std::size_t candidates) {
  std::map<Candidate, Candidate> renamed{
      {static_cast<Candidate>(candidates), static_cast<Candidate>(kept.size())}};
  for (std::size_t i = 0; i < kept.size(); ++i)
    renamed[kept[i]] = static_cast<Candidate>(i);
  Choice to;
  if (from.approve) to.approve.emplace();
  if (from.rank) to.rank.emplace();
  if (from.score) to.score.emplace();
  for (const Candidate one : from.approve.value_or(std::vector<Candidate>{}))
    if (renamed.count(one) > 0) to.approve->push_back(renamed[one]);
  for (std::size_t i = 0; from.rank && i < from.rank->size(); ++i) {
    std::vector<Candidate> tier;
    for (const Candidate one : (*from.rank)[i])
      if (renamed.count(one) > 0) tier.push_back(renamed[one]);
    if (!tier.empty()) to.rank->push_back(tier);
  }
  for (std::size_t i = 0; from.score && i < from.score->size(); ++i)
    if (const auto [one, score] = (*from.score)[i]; renamed.count(one) > 0)
      to.score->emplace_back(renamed[one], score);
  return to;
}

// Returns places in order without gaps; whoever is not ranked keeps its own.
std::vector<int> without_gaps(std::vector<int> row) {
  const std::set<int> used(row.begin(), row.end());
  for (int& place : row)
    if (place != vote::kUnranked)
      place = static_cast<int>(std::distance(used.begin(), used.find(place)));
  return row;
}

// Returns the rows with their numbers; equal ones, and rankings in the same order, together.
template <typename Cell>
std::map<std::vector<int>, std::uint64_t> rows_of(const vote::Rows<Cell>& rows) {
  std::map<std::vector<int>, std::uint64_t> all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::vector<int> row(rows.row(i).begin(), rows.row(i).end());
    all[std::is_same_v<Cell, Place> ? without_gaps(row) : row] += rows.counts[i];
  }
  return all;
}

// Returns the ranks as numbers without gaps, equal ones for equal ranks, the last for who is not
// ranked; of `width` columns, of which the last may be that of "no paper".
std::vector<int> ranks_of(const std::vector<std::vector<Candidate>>& tiers, std::size_t width) {
  std::vector<int> row(width, vote::kUnranked);
  int place = 0;
  for (const auto& tier : tiers) {
    bool any = false;
    for (const Candidate one : tier) {
      if (one >= width) continue;
      row[one] = place;
      any = true;
    }
    if (any) ++place;
  }
  return row;
}

// Returns the tiers that a ballot ranks by what it says, none where it ranks nobody.
std::vector<std::vector<Candidate>> tiers_said(const Choice& choice) {
  if (choice.rank) return *choice.rank;
  if (choice.score) {
    std::map<std::int32_t, std::vector<Candidate>, std::greater<>> tiers;
    for (const auto& [one, score] : *choice.score)
      tiers[score].push_back(one);
    std::vector<std::vector<Candidate>> out;
    for (const auto& [score, tier] : tiers)
      out.push_back(tier);
    return out;
  }
  if (choice.approve) return {*choice.approve};
  return {};
}

// Returns whom a ballot approves by what it says, or nothing where it does not say.
std::optional<std::vector<Candidate>> approved_by(const Choice& choice, Candidate none) {
  if (choice.approve) return choice.approve;
  if (!choice.rank) return std::nullopt;
  std::vector<Candidate> above;
  for (const auto& tier : *choice.rank) {
    if (contains(tier, none)) return above;
    above.insert(above.end(), tier.begin(), tier.end());
  }
  return std::nullopt;
}

constexpr std::uint64_t kCases = 300;

Election mixed_election(Random& random) {
  return random_election(random, Shape::mixed, 1 + random.below(7));
}

}  // namespace

TEST_CASE("equal ballots are kept once with their number") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    const Ballots ballots = election.ballots();
    CHECK(said(ballots) == said(election));
    CHECK(ballots.size() == election.choices.size());
  }
}

TEST_CASE("many kinds of ballots are told apart") {
  Random random(1);
  Election election{7, {}};
  for (int i = 0; i < 5'000; ++i)
    election.choices.push_back(random_choice(random, 7, Shape::mixed));
  CHECK(said(election.ballots()) == said(election));
}

TEST_CASE("the order within a tier, an approval or the scores says nothing") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    Ballots ballots = election.ballots();
    for (Choice choice : election.choices) {
      if (choice.approve) shuffle(random, *choice.approve);
      if (choice.score) shuffle(random, *choice.score);
      for (std::size_t i = 0; choice.rank && i < choice.rank->size(); ++i)
        shuffle(random, (*choice.rank)[i]);
      ballots.add(choice);
    }
    Said twice = said(election);
    for (auto& [text, number] : twice)
      number *= 2;
    CHECK(said(ballots) == twice);
  }
}

TEST_CASE("ballots added at once are those added one by one") {
  Random random(2);
  const Election election = random_election(random, Shape::mixed, 5);
  Ballots once(5);
  Ballots singly(5);
  for (const Choice& choice : election.choices) {
    once.add(choice, 3);
    for (int i = 0; i < 3; ++i)
      singly.add(choice);
  }
  CHECK(said(once) == said(singly));
  CHECK(once.size() == singly.size());
  CHECK(once.empty() == singly.empty());
}

TEST_CASE("a ballot that chooses nothing is empty") {
  Ballots ballots(3);
  Choice nothing;
  ballots.add(nothing, 2);
  nothing.approve.emplace();
  ballots.add(nothing, 3);
  nothing.rank.emplace();
  nothing.score.emplace();
  ballots.add(nothing, 4);
  CHECK(ballots.empty() == 9);
  nothing.score->emplace_back(Candidate{1}, 5);
  ballots.add(nothing);
  CHECK(ballots.empty() == 9);
  CHECK(ballots.size() == 10);
  CHECK(said(ballots).size() == 4);
}

TEST_CASE("restricted ballots say all they said of who is kept") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    std::vector<Candidate> kept;
    for (Candidate one = 0; one < election.candidates; ++one)
      if (!random.one_in(3)) kept.push_back(one);
    Election expected{kept.size(), {}};
    for (const Choice& choice : election.choices)
      expected.choices.push_back(restricted(choice, kept, election.candidates));
    const Ballots ballots = election.ballots().restricted(kept);
    CHECK(ballots.candidates() == kept.size());
    CHECK(said(ballots) == said(expected));
    CHECK(ballots.size() == election.choices.size());
    CHECK(ballots.empty() == expected.ballots().empty());
    CHECK(rows_of(ballots.rankings()) == rows_of(expected.ballots().rankings()));
    CHECK(rows_of(ballots.approvals()) == rows_of(expected.ballots().approvals()));
    CHECK(rows_of(ballots.scores()) == rows_of(expected.ballots().scores()));
  }
}

TEST_CASE("ballots restricted to all candidates are the same") {
  Random random(3);
  const Election election = random_election(random, Shape::mixed, 6);
  const Ballots same = election.ballots().restricted({0, 1, 2, 3, 4, 5});
  CHECK(said(same) == said(election));
  CHECK(same.none() == 6);
}

TEST_CASE("rankings follow from scores, else from approvals, where a ballot has no ranks") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    for (const bool with_none : {false, true}) {
      const std::size_t width = election.candidates + (with_none ? 1 : 0);
      std::map<std::vector<int>, std::uint64_t> expected;
      std::uint64_t derived = 0;
      for (const Choice& choice : election.choices) {
        const auto row = ranks_of(tiers_said(choice), width);
        if (row == std::vector<int>(width, vote::kUnranked)) continue;
        ++expected[row];
        if (!choice.rank) ++derived;
      }
      const Ballots ballots = election.ballots();
      const vote::Rankings rows = with_none ? ballots.rankings_with_none() : ballots.rankings();
      CHECK(rows_of(rows) == expected);
      CHECK(rows.derived == derived);
      CHECK(rows.total() + rows.silent == ballots.size());
    }
  }
}

TEST_CASE("approvals follow from a ranking where it holds 'no paper': those above it") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    const Ballots ballots = election.ballots();
    std::map<std::vector<int>, std::uint64_t> expected;
    std::uint64_t derived = 0;
    for (const Choice& choice : election.choices) {
      const auto approved = approved_by(choice, ballots.none());
      if (!approved || approved->empty()) continue;
      std::vector<int> row(election.candidates, 0);
      for (const Candidate one : *approved)
        row[one] = 1;
      ++expected[row];
      if (!choice.approve) ++derived;
    }
    const vote::Approvals rows = ballots.approvals();
    CHECK(rows_of(rows) == expected);
    CHECK(rows.derived == derived);
    CHECK(rows.total() + rows.silent == ballots.size());
  }
}

TEST_CASE("scores are only those given") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = mixed_election(random);
    std::map<std::vector<int>, std::uint64_t> expected;
    for (const Choice& choice : election.choices) {
      if (!choice.score || choice.score->empty()) continue;
      std::vector<int> row(election.candidates, 0);
      for (const auto& [one, score] : *choice.score)
        row[one] = score;
      ++expected[row];
    }
    const vote::Scores rows = election.ballots().scores();
    CHECK(rows_of(rows) == expected);
    CHECK(rows.derived == 0);
    CHECK(rows.total() + rows.silent == election.choices.size());
  }
}

TEST_CASE("ballots added by places are those added by tiers") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::size_t size = 1 + random.below(7);
    Election election{size, {}};
    Ballots by_places(size);
    for (std::size_t i = random.below(20); i > 0; --i) {
      Choice choice;
      choice.rank = random_tiers(random, size + 1, Shape::loose);
      std::vector<Place> row;
      for (const int place : ranks_of(*choice.rank, size + 1))
        row.push_back(static_cast<Place>(place));
      by_places.add_ranking(row, 1);
      election.choices.push_back(std::move(choice));
    }
    CHECK(said(by_places) == said(election));
    CHECK(by_places.empty() == election.ballots().empty());
  }
}

}  // namespace paperclub::tests
