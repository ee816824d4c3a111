#include "lib/vote/tie.hpp"

#include "lib/vote/interchange.hpp"
#include "lib/vote/methods.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using vote::Candidate;
using vote::Count;
using vote::Fraction;

using Candidates = std::vector<Candidate>;
using Tiers = std::vector<Candidates>;

Count of_seats(std::size_t seats) {
  Count count;
  count.seats = seats;
  return count;
}

std::vector<Fraction> scores(const std::vector<unsigned long>& numbers) {
  std::vector<Fraction> all;
  for (const unsigned long one : numbers)
    all.push_back(vote::fraction(one));
  return all;
}

Count ranked(const Tiers& tiers, std::size_t seats) {
  Count count = of_seats(seats);
  count.ranking = tiers;
  vote::elect_by_ranking(count);
  return count;
}

}  // namespace

TEST_CASE("the least are all of the least value, in their order") {
  const std::vector<int> values = {3, 1, 2, 1, 1};
  const auto value = [&](Candidate one) { return values[one]; };
  CHECK(vote::least({0, 1, 2, 3, 4}, value) == Candidates{1, 3, 4});
  CHECK(vote::least({4, 2, 1}, value) == Candidates{4, 1});
  CHECK(vote::least({0, 2}, value) == Candidates{2});
  CHECK(vote::least({}, value).empty());
}

TEST_CASE("the first in lot order wins a tie, whatever the order it is told in") {
  Count count;
  CHECK(vote::first_by_lot({4, 1, 3}, "the winner", count) == 1);
  REQUIRE(count.ties.size() == 1);
  CHECK(count.ties[0].step == "the winner");
  CHECK(count.ties[0].candidates == Candidates{1, 3, 4});
  CHECK(count.ties[0].chosen == 1);
  CHECK(count.ties[0].rule == "lot");
}

TEST_CASE("the last in lot order leaves first") {
  Count count;
  CHECK(vote::last_by_lot({3, 4, 1}, "round 2", count) == 4);
  REQUIRE(count.ties.size() == 1);
  CHECK(count.ties[0].step == "round 2");
  CHECK(count.ties[0].candidates == Candidates{1, 3, 4});
  CHECK(count.ties[0].chosen == 4);
  CHECK(count.ties[0].rule == "lot");
}

TEST_CASE("one alone is tied with nobody") {
  Count count;
  CHECK(vote::first_by_lot({2}, "x", count) == 2);
  CHECK(vote::last_by_lot({2}, "x", count) == 2);
  vote::note_tie({2}, 2, "x", "rule", count);
  CHECK(count.ties.empty());
}

TEST_CASE("a tie that the method breaks by itself is noted with its rule") {
  Count count;
  vote::note_tie({3, 0}, 3, "the runoff", "higher score", count);
  REQUIRE(count.ties.size() == 1);
  CHECK(count.ties[0].candidates == Candidates{0, 3});
  CHECK(count.ties[0].chosen == 3);
  CHECK(count.ties[0].rule == "higher score");
}

TEST_CASE("any lot is one of the lot order, not of a method's own step") {
  Count count;
  vote::note_tie({0, 1}, 0, "x", "higher score", count);
  vote::mark_any_lot(count);
  CHECK_FALSE(count.tied);
  vote::note_tie({0, 1}, 0, "x", "lot", count);
  vote::mark_any_lot(count);
  CHECK(count.tied);
}

TEST_CASE("a lot once marked stays so") {
  Count count;
  count.tied = true;
  vote::mark_any_lot(count);
  CHECK(count.tied);
  vote::mark_mixed_lot(count);
  CHECK(count.tied);
}

TEST_CASE("a lot is mixed where it chose between one who is elected and one who is not") {
  const auto is_mixed = [](const Candidates& winners, const Candidates& tied, const char* rule) {
    Count count;
    count.winners = winners;
    vote::note_tie(tied, tied.front(), "x", rule, count);
    vote::mark_mixed_lot(count);
    return count.tied;
  };
  CHECK(is_mixed({0, 3}, {0, 1}, "lot"));
  CHECK(is_mixed({3}, {0, 1, 3}, "lot"));
  CHECK_FALSE(is_mixed({0, 1}, {0, 1}, "lot"));
  CHECK_FALSE(is_mixed({2}, {0, 1}, "lot"));
  CHECK_FALSE(is_mixed({0}, {0, 1}, "an earlier round"));
}

TEST_CASE("scores rank the highest first, equal ones in one tier in lot order") {
  Count count = of_seats(1);
  vote::rank_by_scores(scores({2, 5, 2, 9, 5}), count);
  CHECK(count.ranking == Tiers{{3}, {1, 4}, {0, 2}});
  CHECK(count.winners == Candidates{3});
  CHECK(count.scores == scores({2, 5, 2, 9, 5}));
  CHECK_FALSE(count.tied);
  CHECK(count.ties.empty());
}

TEST_CASE("scores rank the lowest first where less is better") {
  Count count = of_seats(2);
  vote::rank_by_scores(scores({2, 5, 0, 5}), count, true);
  CHECK(count.ranking == Tiers{{2}, {0}, {1, 3}});
  CHECK(count.winners == Candidates{2, 0});
}

TEST_CASE("scores are ranked anew, whatever ranking there was") {
  Count count = of_seats(1);
  count.ranking = {{1}, {0}};
  vote::rank_by_scores(scores({2, 1}), count);
  CHECK(count.ranking == Tiers{{0}, {1}});
}

TEST_CASE("scores that differ by the smallest fraction are not equal") {
  Count count = of_seats(1);
  vote::rank_by_scores({vote::fraction(1, 3), vote::fraction(333'333'334, 1'000'000'000)}, count);
  CHECK(count.winners == Candidates{1});
  CHECK_FALSE(count.tied);
}

TEST_CASE("as many are elected as there are seats, by tiers, then by lot") {
  CHECK(ranked({{3}, {2, 1}, {0}}, 2).winners == Candidates{3, 1});
  CHECK(ranked({{3}, {2, 1}, {0}}, 3).winners == Candidates{3, 1, 2});
  CHECK(ranked({{3}, {2, 1}, {0}}, 4).winners == Candidates{3, 1, 2, 0});
  CHECK(ranked({{3}, {2, 1}, {0}}, 9).winners == Candidates{3, 1, 2, 0});
  CHECK(ranked({}, 1).winners.empty());
}

TEST_CASE("a tie is noted, and decides who is elected only where there is not room for all") {
  const Count tied = ranked({{3}, {2, 1, 0}}, 2);
  CHECK(tied.tied);
  REQUIRE(tied.ties.size() == 1);
  CHECK(tied.ties[0].step == "the winner");
  CHECK(tied.ties[0].candidates == Candidates{0, 1, 2});
  CHECK(tied.ties[0].chosen == 0);
  CHECK(tied.ties[0].rule == "lot");
  const Count ordered = ranked({{3}, {2, 1}, {0}}, 3);
  CHECK_FALSE(ordered.tied);
  REQUIRE(ordered.ties.size() == 1);
  CHECK(ordered.ties[0].step == "the order of the elected");
  CHECK(ordered.ties[0].candidates == Candidates{1, 2});
  CHECK(ordered.ties[0].chosen == 1);
  const Count clear = ranked({{3}, {2, 1}, {0}}, 1);
  CHECK_FALSE(clear.tied);
  CHECK(clear.ties.empty());
}

TEST_CASE("STV elects equal ones in the order of an earlier stage in which they differ") {
  const vote::Interchange from = vote::read_interchange(
      vote::Format::cef,
      "#/Candidates: a ; b ; c ; d\na * 2\nb * 3\nc > a * 4\nc > b * 2\nc * 2\nd\n");
  vote::CountOptions options;
  options.seats = 3;
  const Count count = vote::count_stv(from.ballots, options);
  // After the surplus of c both have 4; b was ahead with 3 to 2.
  CHECK(count.winners == Candidates{2, 1, 0});
  CHECK_FALSE(count.tied);
  REQUIRE(count.ties.size() == 1);
  CHECK(count.ties[0].candidates == Candidates{0, 1});
  CHECK(count.ties[0].chosen == 1);
  CHECK(count.ties[0].rule == "an earlier stage");
}

}  // namespace paperclub::tests
