#include "lib/vote/round_count.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/club/git_folder.hpp"
#include "tests/unit/vote/hand_made_round.hpp"

namespace paperclub::tests {
namespace {

using vote::Outcome;

// A round of the method, with a ballot of somebody else for each that is given.
HandMadeRound round_of(const std::string& method, const std::vector<record::Ballot>& ballots) {
  HandMadeRound round;
  round.history.round.rules.method = method;
  for (std::size_t i = 0; i < ballots.size(); ++i)
    round.cast("m" + std::to_string(i), "m" + std::to_string(i) + "@example.org", ballots[i]);
  return round;
}

record::RoundResult result_of(const HandMadeRound& round) {
  return vote::result_of(round.history, vote::count_round(round.history));
}

// Returns `winners | runners-up` of the result.
std::string told(const record::RoundResult& result) {
  std::string text;
  for (const PaperId& one : result.winners)
    text += one.str() + " ";
  text += "|";
  for (const PaperId& one : result.runners_up)
    text += " " + one.str();
  return text;
}

std::string told(const HandMadeRound& round) { return told(result_of(round)); }

// A repository of a club, with a round r of its own for those who want one.
class History : public TempFolder {
 public:
  History() {
    run("init --quiet");
    write("club.yaml", "format: 1\nid: club\nname: Club\n");
    commit();
  }

  std::string run(const std::string& arguments) const { return git(path(), arguments); }
  git::ObjectId commit() const { return id(commit_all(path())); }
  git::ObjectId head() const { return id(run("rev-parse HEAD")); }
  void go_to(const git::ObjectId& commit) const {
    run("checkout --quiet --detach " + commit.hex());
  }
  // Joins `other` with what is checked out.
  git::ObjectId merge(const git::ObjectId& other) const {
    run("merge --quiet --no-ff --message m " + other.hex());
    return head();
  }

  git::ObjectId open_round() const {
    write("votes/r.yaml", "method: approval\ncandidates: [one, two, three]\n");
    return commit();
  }
  git::ObjectId vote(const std::string& member, const std::string& paper) const {
    write("votes/r/" + member + ".yaml", "approve: [" + paper + "]\n");
    return commit();
  }
  // Closes the round with what its ballots say here.
  git::ObjectId close() const {
    const club::RoundHistory open = round(head());
    const record::RoundResult result = vote::result_of(open, vote::count_round(open));
    write("votes/r.yaml",
          read("votes/r.yaml") +
              fmt::format("result: {{counted: {}, method: {}, ballots: {}, winners: [{}], "
                          "runners_up: [{}, {}], digest: '{}'}}\n",
                          result.counted, result.method, result.ballots, result.winners[0].str(),
                          result.runners_up[0].str(), result.runners_up[1].str(), result.digest));
    return commit();
  }

  git::Repository open() const { return git::Repository::open(path()); }
  club::RoundHistory round(const git::ObjectId& tip) const {
    return club::read_round(open(), "", tip, RoundId::parse("r").value());
  }
  // Returns how many ballots of `base` the close that `tip` has leaves out.
  std::size_t passed_over(const git::ObjectId& tip, const git::ObjectId& base) const {
    return vote::passed_over(open(), round(tip), base);
  }

 private:
  static git::ObjectId id(const std::string& hex) { return git::ObjectId::parse(hex).value(); }
};

// Adds a ballot that is not counted: it came with `commit`.
std::size_t cast_late(HandMadeRound& round, const std::string& member,
                      const git::ObjectId& commit) {
  const std::size_t place = round.cast(member, member + "@example.org", approving({"one"}));
  round.at(place).in_time = false;
  round.at(place).commit = commit;
  return place;
}

}  // namespace

TEST_CASE("a result says what was counted, how, and whose ballots") {
  HandMadeRound round = round_of("approval", {approving({"two"}), approving({}), withdrawing()});
  const record::RoundResult result = result_of(round);
  CHECK(result.counted == object(2).hex());
  CHECK(result.method == "approval/1");
  CHECK(result.ballots == 2);
  CHECK(result.digest == round.judge().digest);
  CHECK_FALSE(result.tied);
  CHECK(told(result) == "two | one three");
}

TEST_CASE("the others follow the winners by rank") {
  CHECK(told(round_of("approval", {approving({"three", "two"}), approving({"three"})})) ==
        "three | two one");
  CHECK(told(round_of("schulze", {ranking({{"three"}, {"two"}, {"one"}})})) == "three | two one");
  CHECK(told(round_of("irv", {ranking({{"three"}}), ranking({{"three"}}), ranking({{"two"}})})) ==
        "three | two one");
}

TEST_CASE("the others follow by their scores where the method ranks nobody") {
  CHECK(told(round_of("star", {scoring({{"three", 5}, {"two", 2}, {"one", 1}})})) ==
        "three | two one");
}

TEST_CASE("the others follow in lot order where the method has neither ranks nor scores") {
  HandMadeRound round = round_of(
      "stv", {ranking({{"two"}, {"three"}, {"one"}}), ranking({{"two"}, {"three"}, {"one"}})});
  CHECK(told(round) == "two | one three");
}

TEST_CASE("several winners stand in the order of their election") {
  HandMadeRound round = round_of("approval", {approving({"three", "two"}), approving({"three"})});
  round.history.round.rules.seats = 2;
  CHECK(told(round) == "three two | one");
}

TEST_CASE("a winner by lot is the first in lot order, and the result says so") {
  const HandMadeRound round = round_of("approval", {approving({"three", "two"})});
  CHECK(told(round) == "two | three one");
  CHECK(result_of(round).tied);
}

TEST_CASE("a method is named with its version, and with what it measures by") {
  HandMadeRound round = round_of("schulze", {ranking({{"one"}, {"two"}})});
  CHECK(result_of(round).method == "schulze-wv/1");
  round.history.round.rules.margins = true;
  CHECK(result_of(round).method == "schulze-margins/1");
}

TEST_CASE("where no paper is wanted there is no winner, and nobody who is dropped follows") {
  HandMadeRound round =
      round_of("schulze", {ranking({{"none"}}), ranking({{"none"}, {"one"}, {"two"}})});
  round.history.round.rules.none = true;
  const vote::RoundCount count = vote::count_round(round.history);
  CHECK(count.decision.outcome == Outcome::no_paper);
  const record::RoundResult result = vote::result_of(round.history, count);
  CHECK(told(result) == "|");
  CHECK(result.method == "schulze-wv/1");
  CHECK(result.ballots == 2);
  CHECK_FALSE(result.tied);
}

TEST_CASE("of those that are left after 'no paper' each keeps its own name") {
  HandMadeRound round = round_of("schulze", {ranking({{"three"}, {"two"}, {"none"}, {"one"}}),
                                             ranking({{"three"}, {"two"}, {"none"}})});
  round.history.round.rules.none = true;
  CHECK(told(round) == "three | two");
}

TEST_CASE("a paper without its share of the ballots does not win but stays for the next round") {
  HandMadeRound round =
      round_of("approval", {approving({"one"}), approving({"two"}), approving({"two"}),
                            approving({"three"}), approving({"three", "one"})});
  round.history.round.rules.min_share = "1/2";
  const vote::RoundCount count = vote::count_round(round.history);
  CHECK(count.decision.outcome == Outcome::no_paper);
  const record::RoundResult result = vote::result_of(round.history, count);
  CHECK(told(result) == "| one two three");
  CHECK_FALSE(result.tied);
}

TEST_CASE("below the quorum nobody wins") {
  HandMadeRound round = round_of("approval", {approving({"two"})});
  round.history.round.rules.quorum = record::Quorum{2, ""};
  CHECK(vote::count_round(round.history).decision.outcome == Outcome::no_decision);
  CHECK(told(round) == "| two one three");
}

TEST_CASE("ballots that do not count are not counted") {
  HandMadeRound round = round_of("approval", {approving({"two"}), approving({"four"})});
  CHECK(result_of(round).ballots == 1);
  CHECK(told(round) == "two | one three");
}

TEST_CASE("what a round does not say is the program's default") {
  const vote::Rules rules = vote::rules_of(HandMadeRound().history);
  CHECK(rules.method == vote::find_method("approval"));
  CHECK(rules.options.seats == 1);
  CHECK_FALSE(rules.options.margins);
  CHECK(rules.options.max_score == 5);
  CHECK_FALSE(rules.none);
  CHECK(rules.over_none == 0);
  CHECK_FALSE(rules.min_share);
  CHECK_FALSE(rules.quorum);
  CHECK_FALSE(rules.quorum_share);
  CHECK_FALSE(rules.roll);
}

TEST_CASE("what a round says are its rules") {
  HandMadeRound round("members");
  record::VotingRules& own = round.history.round.rules;
  own.method = "star";
  own.seats = 3;
  own.margins = true;
  own.max_score = 9;
  own.none = true;
  own.over_none = 4;
  own.min_share = "2/6";
  own.quorum = record::Quorum{7, ""};
  const vote::Rules rules = vote::rules_of(round.history);
  CHECK(rules.method == vote::find_method("star"));
  CHECK(rules.options.seats == 3);
  CHECK(rules.options.margins);
  CHECK(rules.options.max_score == 9);
  CHECK(rules.none);
  CHECK(rules.over_none == 4);
  CHECK(rules.min_share == vote::fraction(1, 3));
  CHECK(rules.quorum == 7U);
}

TEST_CASE("a quorum may be a share of the roll, which an open round has not") {
  for (const char* electorate : {"members", "signed", "open"}) {
    HandMadeRound round(electorate);
    round.add_member("ada", {});
    round.add_member("ben", {});
    round.history.round.rules.quorum = record::Quorum{{}, "1/3"};
    const vote::Rules rules = vote::rules_of(round.history);
    CHECK(rules.quorum_share == vote::fraction(1, 3));
    CHECK_FALSE(rules.quorum);
    CHECK(rules.roll.value_or(0) == (electorate == std::string("open") ? 0U : 2U));
  }
}

TEST_CASE("a method that does not exist is refused") {
  HandMadeRound round;
  round.history.round.rules.method = "guess";
  REQUIRE_THROWS_AS(vote::count_round(round.history), Error);
  try {
    vote::count_round(round.history);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::unacceptable);
    CHECK(error.message() == "no method 'guess'");
  }
}

TEST_CASE("the same history gives the same result, in whichever order its ballots came") {
  HandMadeRound round = round_of("approval", {approving({"two"}), approving({"three", "one"}),
                                              approving({"one"}), approving({"two"})});
  HandMadeRound reversed = round;
  std::reverse(reversed.history.versions.begin(), reversed.history.versions.end());
  CHECK(result_of(round) == result_of(reversed));
}

TEST_CASE("a close on top of all ballots passes none over, and neither does a round that is open") {
  const History history;
  history.open_round();
  history.vote("ada", "one");
  const git::ObjectId base = history.vote("ben", "two");
  CHECK(history.passed_over(base, base) == 0);
  CHECK(history.passed_over(history.close(), base) == 0);
}

TEST_CASE("a close that is joined with ballots passes them over, though it agrees with itself") {
  const History history;
  history.open_round();
  const git::ObjectId first = history.vote("ada", "one");
  const git::ObjectId close = history.close();
  history.go_to(first);
  history.vote("ben", "two");
  const git::ObjectId base = history.vote("cy", "two");
  history.go_to(close);
  const git::ObjectId joined = history.merge(base);
  const club::RoundHistory round = history.round(joined);
  CHECK(round.result == vote::result_of(round, vote::count_round(round)));
  CHECK(history.passed_over(joined, base) == 2);
  CHECK(history.passed_over(joined, first) == 0);
}

TEST_CASE("a ballot that changes one the close counts is passed over") {
  const History history;
  history.open_round();
  const git::ObjectId first = history.vote("ada", "one");
  const git::ObjectId close = history.close();
  history.go_to(first);
  const git::ObjectId base = history.vote("ada", "two");
  CHECK(history.passed_over(history.merge(close), base) == 1);
}

TEST_CASE("a ballot that was changed again and again is one that is passed over") {
  const History history;
  history.open_round();
  const git::ObjectId first = history.vote("ada", "one");
  const git::ObjectId close = history.close();
  history.go_to(first);
  history.vote("ben", "two");
  history.vote("ben", "three");
  const git::ObjectId base = history.vote("ben", "one");
  CHECK(history.passed_over(history.merge(close), base) == 1);
}

TEST_CASE("ballots on top of a close are late and not passed over") {
  const History history;
  history.open_round();
  const git::ObjectId base = history.vote("ada", "one");
  history.close();
  const git::ObjectId late = history.vote("ben", "two");
  CHECK(history.passed_over(late, base) == 0);
}

TEST_CASE("only ballots that the base stands on, or is itself, are passed over") {
  const History history;
  const git::ObjectId start = history.head();
  history.write("a", "x");
  const git::ObjectId side = history.commit();
  history.go_to(start);
  history.write("b", "x");
  const git::ObjectId own = history.commit();
  const git::ObjectId base = history.merge(side);
  history.write("c", "x");
  const git::ObjectId beyond = history.commit();
  HandMadeRound round;
  cast_late(round, "ada", beyond);
  cast_late(round, "ben", object(77));
  const git::Repository repository = history.open();
  CHECK(vote::passed_over(repository, round.history, base) == 0);
  std::size_t count = 0;
  for (const git::ObjectId& commit : {side, own, base, start}) {
    cast_late(round, "m" + std::to_string(count), commit);
    CHECK(vote::passed_over(repository, round.history, base) == ++count);
  }
}

TEST_CASE("what is in time or was there before the opening is not passed over") {
  const History history;
  HandMadeRound round;
  round.at(cast_late(round, "ada", history.head())).in_time = true;
  round.at(cast_late(round, "ben", history.head())).before_opening = true;
  CHECK(vote::passed_over(history.open(), round.history, history.head()) == 0);
  cast_late(round, "cy", history.head());
  CHECK(vote::passed_over(history.open(), round.history, history.head()) == 1);
}

TEST_CASE("a base that cannot be read is damage, not one without ballots") {
  const History history;
  HandMadeRound round;
  cast_late(round, "ada", history.head());
  REQUIRE_THROWS_AS(vote::passed_over(history.open(), round.history, object(78)), Error);
  try {
    vote::passed_over(history.open(), round.history, object(78));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
  }
}

}  // namespace paperclub::tests
