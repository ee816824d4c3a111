#include "lib/vote/pairwise.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/vote/generated.hpp"

namespace paperclub::tests {
namespace {

using vote::Matrix;

using Tiers = std::vector<std::vector<Candidate>>;

constexpr std::uint64_t kCases = 300;

// Returns the pairs of the numbers, row by row.
Matrix matrix(const Pairs& rows) {
  Matrix all(rows.size());
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = 0; b < rows.size(); ++b)
      all.at(a, b) = rows[a][b];
  }
  return all;
}

Matrix random_matrix(Random& random, std::size_t size) {
  Pairs rows(size, std::vector<std::int64_t>(size, 0));
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b)
      if (a != b) rows[a][b] = static_cast<std::int64_t>(random.below(4));
  }
  return matrix(rows);
}

// Returns whether all in the set beat all outside of it.
bool dominates(const Matrix& pairs, unsigned set) {
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    for (std::size_t b = 0; b < pairs.size(); ++b) {
      const bool in_and_out = (set >> a & 1U) != 0 && (set >> b & 1U) == 0;
      if (in_and_out && pairs.at(a, b) <= pairs.at(b, a)) return false;
    }
  }
  return true;
}

// Returns the smallest of all sets that dominate, by looking at each.
std::vector<Candidate> smallest_dominating(const Matrix& pairs) {
  std::vector<Candidate> best;
  for (unsigned set = 1; set < 1U << pairs.size(); ++set) {
    if (!dominates(pairs, set)) continue;
    std::vector<Candidate> members;
    for (std::size_t one = 0; one < pairs.size(); ++one)
      if ((set >> one & 1U) != 0) members.push_back(static_cast<Candidate>(one));
    if (best.empty() || members.size() < best.size()) best = members;
  }
  return best;
}

const Pairs kCycle = {{0, 6, 4}, {3, 0, 5}, {5, 4, 0}};

}  // namespace

TEST_CASE("pairs are how many ballots rank one above the other, each ballot as often as it is") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = random_election(random, Shape::loose, 1 + random.below(7));
    CHECK(vote::count_pairs(election.ballots().rankings()) == matrix(pairs_of(election)));
  }
}

TEST_CASE("who is ranked is above all who are not, and these are not above each other") {
  Ballots ballots(4);
  Choice choice;
  choice.rank = Tiers{{2}, {0}};
  ballots.add(choice, 3);
  const Matrix pairs = vote::count_pairs(ballots.rankings());
  CHECK(pairs == matrix({{0, 3, 0, 3}, {0, 0, 0, 0}, {3, 3, 0, 3}, {0, 0, 0, 0}}));
}

TEST_CASE("equal ranks are above neither side") {
  Ballots ballots(3);
  Choice choice;
  choice.rank = Tiers{{0, 1}, {2}};
  ballots.add(choice, 2);
  CHECK(vote::count_pairs(ballots.rankings()) == matrix({{0, 0, 2}, {0, 0, 2}, {0, 0, 0}}));
}

TEST_CASE("millions of equal ballots are counted in full") {
  Ballots ballots(2);
  Choice choice;
  choice.rank = Tiers{{1}, {0}};
  ballots.add(choice, vote::kMaxBallots);
  CHECK(vote::count_pairs(ballots.rankings()).at(1, 0) ==
        static_cast<std::int64_t>(vote::kMaxBallots));
}

TEST_CASE("one beats another with more ballots, and not with as many") {
  const Matrix pairs = matrix({{0, 2, 3}, {1, 0, 0}, {3, 0, 0}});
  CHECK(vote::beats(pairs, 0, 1));
  CHECK_FALSE(vote::beats(pairs, 1, 0));
  CHECK_FALSE(vote::beats(pairs, 0, 2));
  CHECK_FALSE(vote::beats(pairs, 2, 0));
}

TEST_CASE("a victory is as strong as the winner's votes, or as the margin; a tie is none") {
  const Matrix pairs = matrix({{0, 7, 3}, {2, 0, 4}, {3, 5, 0}});
  CHECK(vote::strengths_of(pairs, false) == matrix({{0, 7, 0}, {0, 0, 0}, {0, 5, 0}}));
  CHECK(vote::strengths_of(pairs, true) == matrix({{0, 5, 0}, {0, 0, 0}, {0, 1, 0}}));
}

TEST_CASE("the Condorcet winner beats every other one") {
  CHECK(vote::condorcet_winner(matrix({{0, 1, 1}, {2, 0, 2}, {2, 1, 0}})) == Candidate{1});
  CHECK(vote::condorcet_winner(matrix({{0}})) == Candidate{0});
}

TEST_CASE("there is no Condorcet winner in a cycle, with a tie or of nobody") {
  CHECK_FALSE(vote::condorcet_winner(matrix(kCycle)));
  CHECK_FALSE(vote::condorcet_winner(matrix({{0, 3, 2}, {1, 0, 1}, {2, 2, 0}})));
  CHECK_FALSE(vote::condorcet_winner(Matrix()));
}

TEST_CASE("the Smith set is the smallest whose members beat all others") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Matrix pairs = random_matrix(random, 1 + random.below(7));
    const auto smith = vote::smith_set(pairs);
    CHECK(smith == smallest_dominating(pairs));
    if (const auto winner = vote::condorcet_winner(pairs))
      CHECK(smith == std::vector<Candidate>{*winner});
  }
}

TEST_CASE("the Smith set holds a cycle and whoever is tied with one of it") {
  CHECK(vote::smith_set(matrix(kCycle)) == std::vector<Candidate>{0, 1, 2});
  CHECK(vote::smith_set(matrix({{0, 1, 1}, {2, 0, 3}, {2, 3, 0}})) == std::vector<Candidate>{1, 2});
  CHECK(vote::smith_set(matrix({{0, 2, 1}, {1, 0, 1}, {1, 1, 0}})) ==
        std::vector<Candidate>{0, 1, 2});
  CHECK(vote::smith_set(Matrix()).empty());
}

TEST_CASE("tiers are those that nobody left is above, again and again") {
  const std::vector<std::vector<bool>> above = {{false, false, false, true},
                                                {true, false, false, true},
                                                {false, false, false, true},
                                                {false, false, false, false}};
  CHECK(vote::tiers_of(4, above) == Tiers{{1, 2}, {0}, {3}});
}

TEST_CASE("where nobody is above anybody there is one tier, of nobody none") {
  CHECK(vote::tiers_of(3, std::vector(3, std::vector<bool>(3))) == Tiers{{0, 1, 2}});
  CHECK(vote::tiers_of(0, {}).empty());
}

TEST_CASE("a matrix holds what was put in its cell, and nothing else") {
  Matrix pairs(2);
  pairs.at(0, 1) = 5;
  CHECK(pairs == matrix({{0, 5}, {0, 0}}));
  CHECK(pairs != matrix({{0, 0}, {5, 0}}));
}

}  // namespace paperclub::tests
