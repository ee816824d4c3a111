#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

// Two papers, the round given and ada's ballot.
TestClub voting(const std::string& round, const std::string& ballot = "approve: []\n") {
  return {{"papers/bert.yaml", paper("Alpha")},
          {"papers/mamba.yaml", paper("Beta")},
          {"papers/medusa.yaml", paper("Gamma")},
          {"votes/r1.yaml", round},
          {"votes/r1/ada.yaml", ballot}};
}

Lines check_ballot(const std::string& ballot, const std::string& rules = "method: approval\n") {
  return voting(rules + "candidates: [bert, mamba]\n", ballot).check();
}

Lines check_roll(const std::string& round_rules, const std::string& club_rules) {
  TestClub club = voting("method: approval\n" + round_rules + "candidates: [bert]\n");
  club.tree.put("club.yaml", kClubYaml + club_rules);
  club.tree.put("members/adam.yaml", "name: Adam\n");
  return club.check();
}

constexpr const char* kResult =
    "result:\n  counted: '0123456789012345678901234567890123456789'\n  method: approval/1\n"
    "  ballots: 3\n";

}  // namespace

TEST_CASE("a candidate must be a paper of the club, and is told with the nearest one") {
  CHECK(voting("method: approval\ncandidates:\n  - bert\n  - mambo\n").check() ==
        Lines{"votes/r1.yaml:4:5: no paper has the id 'mambo' [unknown-paper] | did you mean "
              "'mamba'?"});
}

TEST_CASE("a candidate whose record cannot be read is not told as well") {
  TestClub club = voting("method: approval\ncandidates: [bert]\n");
  club.tree.put("papers/bert.yaml", "title: [\n");
  for (const Finding& finding : club.findings())
    CHECK(finding.file == "papers/bert.yaml");
}

TEST_CASE("a ballot may choose each candidate in each way") {
  CHECK(check_ballot("approve: [bert, mamba]\n") == Lines{});
  CHECK(check_ballot("rank: [mamba, bert]\n") == Lines{});
  CHECK(check_ballot("rank: [[mamba, bert]]\n") == Lines{});
  CHECK(check_ballot("score: {bert: 5, mamba: 0}\n") == Lines{});
  CHECK(check_ballot("approve: []\n") == Lines{});
  CHECK(check_ballot("abstain: true\n") == Lines{});
}

TEST_CASE("a ballot that names a paper outside of its round is told at the name") {
  CHECK(check_ballot("approve: [bert, medusa]\n") ==
        Lines{"votes/r1/ada.yaml:1:17: 'medusa' is not a candidate of round 'r1' "
              "[not-a-candidate] | candidates: bert, mamba"});
  CHECK(check_ballot("rank:\n  - bert\n  - [mamba, brt]\n") ==
        Lines{"votes/r1/ada.yaml:3:13: 'brt' is not a candidate of round 'r1' [not-a-candidate] | "
              "did you mean 'bert'?"});
  CHECK(check_ballot("score:\n  medusa: 3\n") ==
        Lines{"votes/r1/ada.yaml:2:3: 'medusa' is not a candidate of round 'r1' "
              "[not-a-candidate] | candidates: bert, mamba"});
}

TEST_CASE("what is no text in a rank is told by its schema alone") {
  const Lines lines = check_ballot("rank: [[{a: b}, null], bert]\n");
  CHECK(!lines.empty());
  for (const std::string& line : lines)
    CHECK(line.find("not-a-candidate") == line.npos);
}

TEST_CASE("a rank that names a paper twice is told, also in two tiers") {
  const std::string words = ": 'rank' names 'bert' twice [duplicate-item] | keep one of the two";
  CHECK(check_ballot("rank: [bert, [mamba, bert]]\n") == Lines{"votes/r1/ada.yaml:1:22" + words});
  CHECK(check_ballot("rank: [mamba, bert, bert]\n")[0] == "votes/r1/ada.yaml:1:21" + words);
}

TEST_CASE("'none' may be ranked where the round has it, and nowhere else") {
  const std::string with_none = "method: schulze\nnone: true\n";
  CHECK(check_ballot("rank: [bert, none, mamba]\n", with_none) == Lines{});
  CHECK(check_ballot("approve: [none]\n", with_none).size() == 1);
  CHECK(check_ballot("score: {none: 1}\n", with_none).size() == 1);
  CHECK(check_ballot("rank: [bert, none]\n") ==
        Lines{"votes/r1/ada.yaml:1:14: 'none' is not a candidate of round 'r1' [not-a-candidate] | "
              "candidates: bert, mamba"});
}

TEST_CASE("'none' may be ranked where the club has it by default and the round says nothing") {
  TestClub club = voting("method: schulze\ncandidates: [bert]\n", "rank: [bert, none]\n");
  club.tree.put("club.yaml", std::string(kClubYaml) + "voting: {none: true}\n");
  CHECK(club.check() == Lines{});
  club.tree.put("votes/r1.yaml", "method: schulze\nnone: false\ncandidates: [bert]\n");
  CHECK(club.check().size() == 1);
}

TEST_CASE("a score above the round's highest is told at the score") {
  CHECK(check_ballot("score: {bert: 5}\n", "method: score\n") == Lines{});
  CHECK(check_ballot("score: {bert: 6}\n", "method: score\n") ==
        Lines{"votes/r1/ada.yaml:1:15: the score of 'bert' must be at most 5, not 6 "
              "[out-of-range] | write a number from 0 to 5"});
  CHECK(check_ballot("score: {bert: 10}\n", "method: score\nmax_score: 10\n") == Lines{});
  CHECK(check_ballot("score: {bert: 3}\n", "method: score\nmax_score: 2\n").size() == 1);
}

TEST_CASE("the club's highest score holds where the round has none of its own") {
  TestClub club = voting("method: score\ncandidates: [bert]\n", "score: {bert: 10}\n");
  club.tree.put("club.yaml", std::string(kClubYaml) + "voting: {max_score: 10}\n");
  CHECK(club.check() == Lines{});
  club.tree.put("votes/r1/ada.yaml", "score: {bert: 11}\n");
  CHECK(club.check().size() == 1);
}

TEST_CASE("a result names candidates of the round only") {
  const std::string round = "method: approval\ncandidates: [bert, mamba]\n";
  CHECK(voting(round + kResult + "  winners: [bert]\n  runners_up: [mamba]\n").check() == Lines{});
  const std::string hint =
      " is not a candidate of the round [not-a-candidate] | a result is written by closing the "
      "round, not by hand";
  CHECK(voting(round + kResult + "  winners: [bert, medusa]\n  runners_up: [xyzzy]\n").check() ==
        Lines{"votes/r1.yaml:7:19: 'medusa'" + hint, "votes/r1.yaml:8:16: 'xyzzy'" + hint});
}

TEST_CASE("a ballot without its round is told") {
  const TestClub club{{"votes/r2/ada.yaml", "approve: [bert]\n"}};
  CHECK(club.check() == Lines{"votes/r2/ada.yaml: there is no round 'r2' [unknown-round] | a round "
                              "is opened by adding votes/ROUND.yaml"});
}

TEST_CASE("ballots of a round whose record cannot be read are not told as well") {
  TestClub club = voting("candidates: [\n", "approve: [bert]\n");
  for (const Finding& finding : club.findings())
    CHECK(finding.file == "votes/r1.yaml");
}

TEST_CASE("in a round of members or of signed ballots a voter must be a member") {
  const std::string electorate = GENERATE(as<std::string>(), "members", "signed");
  CAPTURE(electorate);
  const Lines told{
      "votes/r1/ada.yaml: no member has the id 'ada' [unknown-member] | did you mean "
      "'adam'?"};
  CHECK(check_roll(fmt::format("electorate: {}\n", electorate), "") == told);
  CHECK(check_roll("", fmt::format("voting: {{electorate: {}}}\n", electorate)) == told);
}

TEST_CASE("in an open round everybody may vote, and the round wins over the club") {
  CHECK(check_roll("", "") == Lines{});
  CHECK(check_roll("electorate: open\n", "") == Lines{});
  CHECK(check_roll("electorate: open\n", "voting: {electorate: signed}\n") == Lines{});
}

TEST_CASE("a voter who is near no member is told why it matters") {
  TestClub club = voting("method: approval\nelectorate: members\ncandidates: [bert]\n");
  CHECK(club.check() == Lines{"votes/r1/ada.yaml: no member has the id 'ada' [unknown-member] | in "
                              "this round only members may vote"});
  club.tree.put("members/ada.yaml", "name: Ada\n");
  CHECK(club.check() == Lines{});
}

TEST_CASE("a voter whose member's record cannot be read is not told as well") {
  TestClub club = voting("method: approval\nelectorate: members\ncandidates: [bert]\n");
  club.tree.put("members/ada.yaml", "name: [\n");
  for (const Finding& finding : club.findings())
    CHECK(finding.file == "members/ada.yaml");
}

}  // namespace paperclub::tests
