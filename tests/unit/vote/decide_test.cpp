#include "lib/vote/decide.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using vote::Ballots;
using vote::Choice;
using vote::Outcome;

vote::Rules rules(const char* method) {
  vote::Rules rules;
  rules.method = vote::find_method(method);
  return rules;
}

Choice approves(std::vector<vote::Candidate> names) {
  Choice choice;
  choice.approve = std::move(names);
  return choice;
}

Choice ranks(std::vector<std::vector<vote::Candidate>> tiers) {
  Choice choice;
  choice.rank = std::move(tiers);
  return choice;
}

}  // namespace

TEST_CASE("nothing is decided without a ballot that chooses something") {
  Ballots ballots(2);
  CHECK(vote::decide(ballots, rules("approval")).outcome == Outcome::no_decision);
  ballots.add(approves({}), 5);
  ballots.add(Choice{}, 2);
  const vote::Decision decision = vote::decide(ballots, rules("approval"));
  CHECK(decision.outcome == Outcome::no_decision);
  CHECK(decision.ballots == 7);
  CHECK(decision.empty == 7);
}

TEST_CASE("an empty ballot counts for the quorum and changes nothing else") {
  Ballots ballots(2);
  ballots.add(approves({1}));
  ballots.add(Choice{}, 2);
  vote::Rules some = rules("approval");
  some.quorum = 3;
  const vote::Decision decision = vote::decide(ballots, some);
  CHECK(decision.outcome == Outcome::elected);
  CHECK(decision.count.winners == std::vector<vote::Candidate>{1});
  some.quorum = 4;
  CHECK(vote::decide(ballots, some).outcome == Outcome::no_decision);
}

TEST_CASE("a share of the roll is compared exactly") {
  Ballots ballots(1);
  ballots.add(approves({0}), 5);
  vote::Rules some = rules("approval");
  some.quorum_share = vote::fraction(1, 3);
  some.roll = 15;
  CHECK(vote::decide(ballots, some).outcome == Outcome::elected);
  some.roll = 16;
  CHECK(vote::decide(ballots, some).outcome == Outcome::no_decision);
}

TEST_CASE("a paper that does not beat 'no paper' is dropped before the count") {
  Ballots ballots(3);
  const vote::Candidate none = ballots.none();
  ballots.add(ranks({{0}, {none}, {1}, {2}}), 4);
  ballots.add(ranks({{1}, {2}, {0}, {none}}), 3);
  vote::Rules some = rules("schulze");
  some.none = true;
  const vote::Decision decision = vote::decide(ballots, some);
  CHECK(decision.dropped == std::vector<vote::Candidate>{1, 2});
  CHECK(decision.counted == std::vector<vote::Candidate>{0});
  CHECK(decision.count.winners == std::vector<vote::Candidate>{0});
  some.over_none = 8;
  CHECK(vote::decide(ballots, some).outcome == Outcome::no_paper);
}

TEST_CASE("who is approved follows from a ranking only where 'no paper' is in it") {
  Ballots ballots(3);
  ballots.add(ranks({{1}, {0}, {ballots.none()}, {2}}), 2);
  ballots.add(ranks({{2}, {1}}), 5);
  const vote::Decision decision = vote::decide(ballots, rules("approval"));
  CHECK(decision.count.counted == 2);
  CHECK(decision.count.derived == 2);
  CHECK(decision.count.scores[0] == 2);
  CHECK(decision.count.scores[2] == 0);
}

TEST_CASE("scores are never made up") {
  Ballots ballots(2);
  ballots.add(approves({0}), 2);
  ballots.add(ranks({{0}, {1}}), 2);
  CHECK(vote::decide(ballots, rules("score")).outcome == Outcome::no_decision);
  CHECK(vote::decide(ballots, rules("star")).outcome == Outcome::no_decision);
}

TEST_CASE("approval may demand a share of the ballots that choose something") {
  Ballots ballots(2);
  ballots.add(approves({0}), 2);
  ballots.add(approves({1}), 3);
  ballots.add(Choice{}, 9);
  vote::Rules some = rules("approval");
  some.min_share = vote::fraction(3, 5);
  CHECK(vote::decide(ballots, some).count.winners == std::vector<vote::Candidate>{1});
  some.min_share = vote::fraction(2, 3);
  CHECK(vote::decide(ballots, some).outcome == Outcome::no_paper);
}

TEST_CASE("where all are elected no lot has chosen") {
  Ballots ballots(3);
  ballots.add(ranks({{0}, {1}, {2}}));
  ballots.add(ranks({{1}, {2}, {0}}));
  ballots.add(ranks({{2}, {0}, {1}}));
  for (const vote::Method& method : vote::methods()) {
    if (method.reads == vote::Reads::scores) continue;
    CAPTURE(method.name);
    vote::Rules all = rules(std::string(method.name).c_str());
    all.options.seats = 5;
    CHECK_FALSE(vote::decide(ballots, all).count.tied);
  }
}

TEST_CASE("a tie among pairs of Ranked Pairs that cannot win is no tie for the winner") {
  Ballots ballots(4);
  ballots.add(ranks({{0}, {1}, {2}, {3}}));
  ballots.add(ranks({{0}, {2}, {3}, {1}}));
  ballots.add(ranks({{0}, {3}, {1}, {2}}));
  const vote::Count count = vote::decide(ballots, rules("ranked-pairs")).count;
  CHECK(count.winners == std::vector<vote::Candidate>{0});
  CHECK_FALSE(count.ties.empty());
  CHECK_FALSE(count.tied);
  vote::Rules two = rules("ranked-pairs");
  two.options.seats = 2;
  CHECK(vote::decide(ballots, two).count.tied);
}

TEST_CASE("equal shares say what each ballot and the supporters of each candidate have") {
  Ballots ballots(3);
  ballots.add(approves({0, 1}), 3);
  ballots.add(approves({2}));
  vote::Rules two = rules("equal-shares");
  two.options.seats = 2;
  const vote::Count count = vote::decide(ballots, two).count;
  CHECK(count.purse == vote::fraction(1, 2));
  REQUIRE(count.rounds.size() == 2);
  using Purses = std::vector<vote::Fraction>;
  // The three pay a third each for the first; the second is left to Phragmén's rule.
  CHECK(count.rounds[0].purses ==
        Purses{vote::fraction(3, 2), vote::fraction(3, 2), vote::fraction(1, 2)});
  CHECK(count.rounds[1].purses.empty());
}

TEST_CASE("more exact fractions than can be written down are refused, at once") {
  Ballots ballots(1000);
  ballots.add(approves({0, 999}));
  for (const char* method : {"spav", "phragmen", "equal-shares"}) {
    vote::Rules many = rules(method);
    many.options.seats = 20;
    CHECK(vote::decide(ballots, many).count.winners.size() == 20);
    many.options.seats = 21;
    CHECK_THROWS_AS(vote::decide(ballots, many), Error);
  }
  vote::Rules many = rules("stv");
  many.options.seats = 100;
  CHECK(vote::decide(ballots, many).count.winners.size() == 100);
}

}  // namespace paperclub::tests
