#include "lib/vote/decide.hpp"

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

}  // namespace paperclub::tests
