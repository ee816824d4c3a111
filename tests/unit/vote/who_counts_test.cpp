#include "lib/vote/who_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/git/ssh_signature.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/vote/hand_made_round.hpp"

namespace paperclub::tests {
namespace {

using vote::Candidate;
using vote::Choice;
using vote::Fate;
using vote::Judged;

constexpr const char* kAda = "ada@example.org";
constexpr const char* kBen = "ben@example.org";
constexpr const char* kMallory = "mallory@example.org";

std::vector<Fate> fates(const Judged& judged) {
  std::vector<Fate> all;
  for (const vote::Verdict& verdict : judged.verdicts)
    all.push_back(verdict.fate);
  return all;
}

// Returns whom the one ballot that counts approves, "-" where none or several do.
std::string approved(const Judged& judged) {
  std::string text;
  judged.ballots.for_each([&](const Choice& choice, std::uint64_t) {
    for (const Candidate one : choice.approve.value_or(std::vector<Candidate>()))
      text += std::to_string(one);
  });
  return judged.ballots.size() == 1 ? text : "-";
}

// Returns the choice of the one ballot that counts.
Choice only_choice(const Judged& judged) {
  REQUIRE(judged.ballots.size() == 1);
  Choice only;
  judged.ballots.for_each([&](const Choice& choice, std::uint64_t) { only = choice; });
  return only;
}

// Returns what becomes of one ballot in a round of these rules.
vote::Verdict verdict_on(const record::Ballot& ballot, const record::VotingRules& rules = {}) {
  HandMadeRound round;
  round.history.round.rules = rules;
  round.history.round.rules.electorate = "open";
  round.cast("ada", kAda, ballot);
  return round.judge().verdicts.front();
}

record::Member with_emails(std::vector<std::string> emails) {
  record::Member member;
  member.emails = std::move(emails);
  return member;
}

record::Member with_login(const std::string& login) {
  record::Member member;
  member.login = login;
  return member;
}

record::Member with_keys(std::vector<std::string> keys) {
  record::Member member;
  member.keys = std::move(keys);
  return member;
}

// A round for members, of whom there are ada and ben.
HandMadeRound members_round() {
  HandMadeRound round("members");
  round.add_member("ada", with_emails({"other@example.org", kAda}));
  round.add_member("ben", with_emails({kBen}));
  return round;
}

// Two keys, made once for all tests.
class Keys {
 public:
  Keys() {
    for (const char* name : {"ada", "ben"})
      shell("ssh-keygen -q -t ed25519 -N '' -C " + std::string(name) + " -f " + (folder_ / name));
  }

  // Returns the line that stands in a member's record.
  std::string line(const std::string& name) const {
    std::string text = folder_.read(name + ".pub");
    text.pop_back();
    return text;
  }
  std::string sign(const std::string& name, const std::string& text) const {
    folder_.write("text", text);
    return shell("ssh-keygen -q -Y sign -n ballot@paperclub -f " + (folder_ / name) + " < " +
                 (folder_ / "text"));
  }

 private:
  TempFolder folder_;
};

const Keys& keys() {
  static const Keys made;
  return made;
}

// A round for signed ballots, of the same members.
struct SignedRound : HandMadeRound {
  SignedRound() : HandMadeRound("signed") {
    add_member("ada", with_keys({keys().line("ada")}));
    add_member("ben", with_keys({keys().line("ben")}));
  }

  // Adds a version that says it comes after `previous`, and signs it.
  std::size_t cast_signed(const std::string& previous, const Places& after = {},
                          const std::string& member = "ada", const std::string& key = "ada") {
    const std::size_t place = cast(member, kMallory, approving({"one"}), after);
    at(place).ballot.previous = previous;
    sign(place, key);
    return place;
  }
  // Casts one with a number, which is part of what is signed.
  std::size_t cast_numbered(long long sequence, const Places& after = {}) {
    const std::size_t place = cast("ada", kMallory, approving({"one"}), after);
    at(place).ballot.sequence = sequence;
    at(place).signed_text += fmt::format("sequence: {}\n{}\n", sequence, place);
    sign(place, "ada");
    return place;
  }
  void sign(std::size_t place, const std::string& key) {
    at(place).ballot.signature = keys().sign(key, at(place).signed_text);
  }
  // Adds the ballot of another place once more, in another file.
  std::size_t cast_again(std::size_t other, const Places& after) {
    const std::size_t place = cast(at(other).member, kMallory, at(other).ballot, after);
    at(place).signed_text = at(other).signed_text;
    return place;
  }
  std::string blob(std::size_t place) { return at(place).blob.hex(); }
};

}  // namespace

// --- time, form and choices -------------------------------------------------------------------

TEST_CASE("a ballot cast in time by anybody counts in an open round") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"two"}));
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::counts});
  CHECK(judged.verdicts.front().reason.empty());
  CHECK(judged.newest == Places{0});
  CHECK(judged.counting == Places{0});
  CHECK(approved(judged) == "1");
}

TEST_CASE("a round without ballots has none that counts") {
  const Judged judged = HandMadeRound().judge();
  CHECK(judged.verdicts.empty());
  CHECK(judged.ballots.size() == 0);
  CHECK(judged.ballots.candidates() == 3);
  CHECK(judged.digest == git::sha256(""));
}

TEST_CASE("a ballot from before the opening or after the close is told apart from all others") {
  HandMadeRound round;
  for (const bool before : {true, false}) {
    const std::size_t place = round.cast("ada", kAda, approving({"one"}));
    round.at(place).in_time = false;
    round.at(place).before_opening = before;
    round.at(place).fault = "it is bad, too";
  }
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::before_opening, Fate::after_close});
  CHECK(judged.newest.empty());
  CHECK(judged.ballots.size() == 0);
}

TEST_CASE("a malformed ballot does not count and says why") {
  HandMadeRound round;
  round.at(round.cast("ada", kAda, {})).fault = "it is no ballot";
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::malformed});
  CHECK(judged.verdicts.front().reason == "it is no ballot");
}

TEST_CASE("a ballot that names no candidate of the round does not count") {
  for (const record::Ballot& ballot :
       {approving({"one", "four"}), ranking({{"one"}, {"two", "four"}}),
        scoring({{"one", 5}, {"four", 0}})}) {
    const vote::Verdict verdict = verdict_on(ballot);
    CHECK(verdict.fate == Fate::not_a_candidate);
    CHECK(verdict.reason == "'four' is not a candidate");
  }
}

TEST_CASE("'none' may be ranked where the round allows it, and nowhere else") {
  record::VotingRules rules;
  CHECK(verdict_on(ranking({{"one"}, {"none"}}), rules).fate == Fate::not_a_candidate);
  rules.none = false;
  CHECK(verdict_on(ranking({{"one"}, {"none"}}), rules).fate == Fate::not_a_candidate);
  rules.none = true;
  CHECK(verdict_on(ranking({{"one"}, {"none"}}), rules).fate == Fate::counts);
  CHECK(verdict_on(approving({"none"}), rules).fate == Fate::not_a_candidate);
  CHECK(verdict_on(scoring({{"none", 1}}), rules).fate == Fate::not_a_candidate);
}

TEST_CASE("a ballot that names a paper twice in one field does not count") {
  record::VotingRules rules;
  rules.none = true;
  CHECK(verdict_on(approving({"one", "one"})).fate == Fate::doubled);
  CHECK(verdict_on(ranking({{"one", "one"}})).fate == Fate::doubled);
  CHECK(verdict_on(ranking({{"one"}, {"two", "one"}})).fate == Fate::doubled);
  CHECK(verdict_on(ranking({{"none"}, {"none"}}), rules).fate == Fate::doubled);
  CHECK(verdict_on(scoring({{"one", 1}, {"one", 1}})).fate == Fate::doubled);
  CHECK(verdict_on(approving({"one", "one"})).reason == "'one' stands twice in it");
}

TEST_CASE("a paper may stand in each of the fields of a ballot") {
  record::Ballot ballot = approving({"one"});
  ballot.rank = {{"one"}};
  ballot.score = {{"one", 1}};
  CHECK(verdict_on(ballot).fate == Fate::counts);
}

TEST_CASE("a score is from 0 to the highest of the round, both included") {
  record::VotingRules rules;
  CHECK(verdict_on(scoring({{"one", 0}, {"two", 5}}), rules).fate == Fate::counts);
  CHECK(verdict_on(scoring({{"one", 6}}), rules).fate == Fate::out_of_range);
  CHECK(verdict_on(scoring({{"one", -1}}), rules).fate == Fate::out_of_range);
  rules.max_score = 10;
  CHECK(verdict_on(scoring({{"one", 10}}), rules).fate == Fate::counts);
  const vote::Verdict verdict = verdict_on(scoring({{"one", 3}, {"two", 11}}), rules);
  CHECK(verdict.fate == Fate::out_of_range);
  CHECK(verdict.reason == "the score of 'two' is not from 0 to 10");
}

TEST_CASE("each field is judged, whichever the method reads") {
  record::Ballot ballot = approving({"one"});
  ballot.rank = {{"one"}, {"four"}};
  CHECK(verdict_on(ballot).fate == Fate::not_a_candidate);
  ballot.rank = {{"one"}};
  ballot.score = {{"one", 6}};
  CHECK(verdict_on(ballot).fate == Fate::out_of_range);
}

TEST_CASE("what is counted are the places of the candidates that the ballot names") {
  HandMadeRound round;
  round.history.round.rules.none = true;
  record::Ballot ballot = approving({"three", "one"});
  ballot.rank = {{"two", "three"}, {"none"}, {"one"}};
  ballot.score = {{"three", 4}};
  round.cast("ada", kAda, ballot);
  const Choice choice = only_choice(round.judge());
  CHECK(choice.approve == std::vector<Candidate>{0, 2});
  CHECK(choice.rank == std::vector<std::vector<Candidate>>{{1, 2}, {3}, {0}});
  REQUIRE(choice.score.has_value());
  CHECK(*choice.score == std::vector<std::pair<Candidate, std::int32_t>>{{2, 4}});
}

TEST_CASE("an abstention is present and chooses nothing") {
  HandMadeRound round;
  record::Ballot ballot;
  ballot.abstain = true;
  round.cast("ada", kAda, ballot);
  round.cast("ben", kBen, approving({}));
  const Judged judged = round.judge();
  CHECK(judged.ballots.size() == 2);
  CHECK(judged.ballots.empty() == 2);
}

// --- the newest of several --------------------------------------------------------------------

TEST_CASE("a ballot beats those it came after, whatever the order of their blobs") {
  for (const bool larger : {true, false}) {
    HandMadeRound round;
    const std::size_t old = round.cast("ada", kAda, approving({"one"}));
    const std::size_t now = round.cast("ada", kAda, approving({"two"}), {old});
    round.at(old).blob = object(larger ? 9 : 7);
    round.at(now).blob = object(8);
    round.let_stand(old);  // as after a merge that took the older one
    const Judged judged = round.judge();
    CHECK(fates(judged) == std::vector<Fate>{Fate::superseded, Fate::counts});
    CHECK(judged.newest == Places{now});
    CHECK(approved(judged) == "1");
  }
}

TEST_CASE("the last of a long line counts, even where those between are not good") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}), {0});
  round.cast("ada", kAda, approving({"four"}), {0, 1});
  round.cast("ada", kAda, approving({"three"}), {0, 1, 2});
  const Judged judged = round.judge();
  CHECK(fates(judged) ==
        std::vector<Fate>{Fate::superseded, Fate::superseded, Fate::not_a_candidate, Fate::counts});
  CHECK(approved(judged) == "2");
}

TEST_CASE("side by side the one that stands counts, whatever the order of their blobs") {
  for (const std::size_t standing : {0U, 1U}) {
    HandMadeRound round;
    round.cast("ada", kAda, approving({"one"}));
    round.cast("ada", kAda, approving({"two"}));
    round.let_stand(standing);
    const Judged judged = round.judge();
    CHECK(judged.counting == Places{standing});
    CHECK(judged.verdicts[1 - standing].fate == Fate::superseded);
  }
}

TEST_CASE("only what stands at the member's own path stands") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}));
  round.history.standing.emplace_back("ben", round.at(0).blob);
  CHECK(round.judge().counting == Places{1});
}

TEST_CASE("side by side where neither stands the larger blob counts, in any order") {
  for (const bool first : {true, false}) {
    HandMadeRound round;
    round.cast("ada", kAda, approving({"one"}));
    round.cast("ada", kAda, approving({"two"}));
    round.at(0).blob = object(first ? 9 : 1);
    round.at(1).blob = object(5);
    round.at(0).commit = object(first ? 1 : 9);
    round.at(1).commit = object(5);
    CHECK(round.judge().counting == Places{first ? 0U : 1U});
  }
}

TEST_CASE("of equal blobs side by side the one of the larger commit counts") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"one"}));
  round.at(1).blob = round.at(0).blob;
  round.at(0).commit = object(2001);
  CHECK(round.judge().counting == Places{0});
  round.at(0).commit = object(1);
  CHECK(round.judge().counting == Places{1});
}

TEST_CASE("what came after both sides counts, though one of them stands") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}));
  round.cast("ada", kAda, approving({"three"}), {0, 1});
  round.at(2).blob = object(0);
  round.let_stand(0);
  CHECK(round.judge().counting == Places{2});
}

TEST_CASE("a newer one that is not good never cancels a good older one") {
  HandMadeRound round = members_round();
  const std::size_t good = round.cast("ada", kAda, approving({"two"}));
  round.at(round.cast("ada", kAda, {}, {0})).fault = "bad";
  round.cast("ada", kMallory, approving({"one"}), {0, 1});
  round.cast("ada", kMallory, withdrawing(), {0, 1, 2});
  round.cast("ada", kAda, approving({"four"}), {0, 1, 2, 3});
  round.at(round.cast("ada", kAda, approving({"one"}), {0, 1, 2, 3, 4})).in_time = false;
  round.let_stand(4);
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::counts, Fate::malformed, Fate::not_the_owner,
                                           Fate::not_the_owner, Fate::not_a_candidate,
                                           Fate::after_close});
  CHECK(judged.counting == Places{good});
  CHECK(approved(judged) == "1");
}

TEST_CASE("whoever withdraws is not present, and older ballots stay superseded") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, withdrawing(), {0});
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::superseded, Fate::withdrawn});
  CHECK(judged.verdicts[0].reason == "the voter took the vote back");
  CHECK(judged.newest == Places{1});
  CHECK(judged.counting.empty());
  CHECK(judged.ballots.size() == 0);
  CHECK(judged.digest == git::sha256(""));
}

TEST_CASE("whoever votes again after withdrawing counts") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, withdrawing(), {0});
  round.cast("ada", kAda, approving({"two"}), {0, 1});
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::superseded, Fate::superseded, Fate::counts});
  CHECK(approved(judged) == "1");
}

// --- open rounds ------------------------------------------------------------------------------

TEST_CASE("in an open round whoever casts the first ballot of a name owns it") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kMallory, approving({"two"}), {0});
  round.cast("ada", kMallory, withdrawing(), {0, 1});
  round.let_stand(2);
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::counts, Fate::not_the_owner, Fate::not_the_owner});
  CHECK(judged.verdicts[1].reason ==
        "'mallory@example.org' did not cast the first ballot of that name");
}

TEST_CASE("the owner of a name may change the ballot after a stranger did") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kMallory, approving({"two"}), {0});
  round.cast("ada", "ADA@example.org", approving({"three"}), {0, 1});
  CHECK(fates(round.judge()) ==
        std::vector<Fate>{Fate::superseded, Fate::not_the_owner, Fate::counts});
}

TEST_CASE("a first ballot that is not good makes nobody the owner of a name") {
  HandMadeRound round;
  round.at(round.cast("ada", kMallory, {})).fault = "bad";
  round.at(round.cast("ada", kMallory, approving({"one"}), {0})).in_time = false;
  round.cast("ada", kMallory, approving({"four"}), {0, 1});
  round.cast("ada", kAda, approving({"two"}), {0, 1, 2});
  CHECK(round.judge().counting == Places{3});
}

TEST_CASE("one address may own several names") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ben", kAda, approving({"two"}));
  CHECK(round.judge().counting == Places{0, 1});
}

TEST_CASE("who merges two first ballots takes no name, and may give way") {
  // Which side the merge calls its own, who made it, whose ballot it holds, and whose counts.
  struct Case {
    std::size_t side;
    const char* merger;
    std::size_t held;
    std::size_t counts;
  };
  const char* ben = "ben@example.org";
  const char* eve = "eve@example.org";
  const char* cy = "cy@example.org";
  for (const Case& one : std::initializer_list<Case>{{0, eve, 1, 0},
                                                     {0, cy, 1, 0},
                                                     {1, eve, 0, 0},
                                                     {0, ben, 1, 1},
                                                     {0, ben, 0, 0},
                                                     {1, cy, 0, 1},
                                                     {1, ben, 0, 1},
                                                     {1, eve, 1, 1}}) {
    CAPTURE(one.side, one.merger, one.held);
    HandMadeRound round;
    round.cast("sam", ben, approving({"one"}));
    round.cast("sam", eve, approving({"two"}));
    const std::size_t merge = round.history.lineage.add({one.side, 1 - one.side});
    // Only what its first parent has not so.
    std::map<std::string, git::ObjectId> blobs;
    if (one.held != one.side) blobs.emplace("sam", round.at(one.held).blob);
    round.history.merges.emplace(merge, club::VoteMerge{one.merger, blobs});
    // What others do later, on a side of their own, turns nothing; nor does what stands then.
    const std::size_t other = round.history.lineage.add({});
    round.history.counted_place = round.history.lineage.add({other, merge});
    round.let_stand(1 - one.counts);
    // Nor do both, who cast the other's words afterwards.
    for (const std::size_t who : {0U, 1U}) {
      const std::size_t later = round.cast("sam", who == 0 ? ben : eve, approving({"one"}),
                                           {round.history.counted_place});
      round.at(later).blob = round.at(1 - who).blob;
      round.history.counted_place = round.at(later).place;
    }
    const vote::Judged judged = round.judge();
    CHECK(judged.verdicts[one.counts].fate == Fate::superseded);
    CHECK(judged.verdicts[2 + one.counts].fate == Fate::counts);
    CHECK(judged.verdicts[1 - one.counts].fate == Fate::not_the_owner);
  }
}

TEST_CASE("a second first ballot of an owner takes no name away") {
  // Whatever the order of their blobs: the owner's on the line, a stranger's and the owner's own
  // other one, merged after it.
  std::vector<unsigned> blobs{50, 60, 70};
  do {
    HandMadeRound round;
    round.cast("sam", kAda, approving({"one"}));
    round.cast("sam", kMallory, approving({"two"}));
    round.cast("sam", kAda, approving({"three"}));
    for (std::size_t i = 0; i < blobs.size(); ++i)
      round.at(i).blob = object(blobs[i]);
    const std::size_t merge = round.history.lineage.add({0, 1});
    round.history.counted_place = round.history.lineage.add({merge, 2});
    CHECK(round.judge().verdicts[1].fate == Fate::not_the_owner);
  } while (std::next_permutation(blobs.begin(), blobs.end()));
}

TEST_CASE("of two first ballots that nothing joined the larger blob owns the name") {
  for (const bool first : {true, false}) {
    HandMadeRound round;
    round.cast("ada", kAda, approving({"one"}));
    round.cast("ada", kMallory, approving({"two"}));
    round.at(0).blob = object(first ? 9 : 1);
    round.at(1).blob = object(5);
    CHECK(round.judge().counting == Places{first ? 0U : 1U});
  }
}

TEST_CASE("a larger blob that is no first ballot makes nobody the owner") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}));
  round.cast("ada", kMallory, approving({"three"}), {0});
  round.at(2).blob = object(99);
  CHECK(round.judge().verdicts[2].fate == Fate::not_the_owner);
}

TEST_CASE("the same first ballot of two is of the address that comes first, in any order") {
  for (const bool swapped : {true, false}) {
    HandMadeRound round;
    round.cast("ada", swapped ? kMallory : kAda, approving({"one"}));
    round.cast("ada", swapped ? kAda : kMallory, approving({"one"}));
    round.at(1).blob = round.at(0).blob;
    round.let_stand(0);
    CHECK(round.judge().counting == Places{swapped ? 1U : 0U});
  }
}

// --- members ----------------------------------------------------------------------------------

TEST_CASE("in a round for members each casts by an own address, and nobody else may") {
  HandMadeRound round = members_round();
  round.cast("ada", "Ada@Example.ORG", approving({"one"}));
  round.cast("ben", kAda, approving({"one"}));
  round.cast("cy", kAda, approving({"one"}));
  const Judged judged = round.judge();
  CHECK(fates(judged) ==
        std::vector<Fate>{Fate::counts, Fate::not_the_owner, Fate::not_on_the_roll});
  CHECK(judged.verdicts[1].reason == "'ada@example.org' is no address of that member");
}

TEST_CASE("in a round for members the first ballot does not make an owner") {
  HandMadeRound round = members_round();
  round.cast("ada", kMallory, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}), {0});
  round.cast("ada", "other@example.org", approving({"three"}), {0, 1});
  CHECK(fates(round.judge()) ==
        std::vector<Fate>{Fate::not_the_owner, Fate::superseded, Fate::counts});
}

TEST_CASE("who records a ballot for a member matters nothing") {
  HandMadeRound round = members_round();
  round.at(round.cast("ada", kAda, approving({"one"}))).committer.email = kMallory;
  round.at(round.cast("ben", kMallory, approving({"one"}))).committer.email = kBen;
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::counts, Fate::not_the_owner});
}

TEST_CASE("the choices of a member are judged as anybody's") {
  HandMadeRound round = members_round();
  round.cast("ada", kAda, approving({"four"}));
  round.cast("ben", kBen, approving({"one", "one"}));
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::not_a_candidate, Fate::doubled});
}

TEST_CASE("a member owns the addresses that the record lists, in any case") {
  const record::Member member = with_emails({"Ada@example.org", "second@example.org"});
  CHECK(vote::owns_address(member, "ada@EXAMPLE.org"));
  CHECK(vote::owns_address(member, "second@example.org"));
  CHECK_FALSE(vote::owns_address(member, "third@example.org"));
  CHECK_FALSE(vote::owns_address(member, ""));
  CHECK_FALSE(vote::owns_address({}, ""));
}

TEST_CASE("a login owns its private addresses, with a number or without") {
  const record::Member member = with_login("Ada-L");
  CHECK(vote::owns_address(member, "ada-l@users.noreply.github.com"));
  CHECK(vote::owns_address(member, "Ada-L@users.noreply.GitHub.com"));
  CHECK(vote::owns_address(member, "49699333+Ada-L@users.noreply.github.com"));
}

TEST_CASE("no address that only looks like a login's is the login's") {
  const record::Member member = with_login("ada");
  for (const char* address :
       {"+ada@users.noreply.github.com", "x+ada@users.noreply.github.com",
        "1x+ada@users.noreply.github.com", "1+1+ada@users.noreply.github.com",
        "1+eve+ada@users.noreply.github.com", "1ada@users.noreply.github.com",
        "1+xada@users.noreply.github.com", "ada@users.noreply.github.com.evil.org",
        "1+ada@users.noreply.github.co", "ada@github.com", "ada"}) {
    CAPTURE(address);
    CHECK_FALSE(vote::owns_address(member, address));
  }
  CHECK_FALSE(vote::owns_address({}, "@users.noreply.github.com"));
  CHECK_FALSE(vote::owns_address({}, "1+@users.noreply.github.com"));
}

TEST_CASE("a member's address is the first of the record, else the login's private one") {
  record::Member member = with_login("Ada");
  CHECK(vote::address_of(member) == "Ada@users.noreply.github.com");
  member.emails = {kAda, kBen};
  CHECK(vote::address_of(member) == kAda);
  CHECK_FALSE(vote::address_of({}));
}

TEST_CASE("a member with an address owns it") {
  for (const record::Member& member : {with_login("Ada-L"), with_emails({"Ada@x.org"})})
    CHECK(vote::owns_address(member, vote::address_of(member).value()));
}

// --- signed ballots ---------------------------------------------------------------------------

TEST_CASE("a signed ballot counts whoever commits it") {
  SignedRound round;
  round.cast_signed("-");
  round.cast_signed("-", {}, "ben", "ben");
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::counts, Fate::counts});
}

TEST_CASE("what the member did not sign does not count, whoever commits it") {
  SignedRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast_signed("-", {}, "ada", "ben");
  round.at(round.cast_signed("-")).signed_text += "x";
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>(3, Fate::bad_signature));
  CHECK(judged.verdicts[0].reason == "it is not signed");
  CHECK(judged.verdicts[1].reason == "its key is none of that member's");
  CHECK(judged.verdicts[2].reason == "it does not fit the text");
}

TEST_CASE("nobody who is not on the roll signs") {
  SignedRound round;
  round.cast_signed("-", {}, "cy", "ada");
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::not_on_the_roll});
}

TEST_CASE("a key that stands at two members is nobody's, and their other keys are theirs") {
  SignedRound round;
  std::string renamed = keys().line("ada");
  renamed.replace(renamed.rfind(' '), std::string::npos, " another name");
  round.history.roll[1].member.keys.push_back(renamed);
  round.cast_signed("-");
  round.cast_signed("-", {}, "ben", "ada");
  round.cast_signed("-", {}, "ben", "ben");
  CHECK(fates(round.judge()) ==
        std::vector<Fate>{Fate::bad_signature, Fate::bad_signature, Fate::counts});
}

TEST_CASE("a key that stands twice at one member is that member's") {
  SignedRound round;
  round.history.roll[0].member.keys.push_back(keys().line("ada") + " laptop");
  round.cast_signed("-");
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::counts});
}

TEST_CASE("a signed ballot that says it comes after the last good one supersedes it") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first), {first});
  const std::size_t third = round.cast_signed(round.blob(second), {first, second});
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::superseded, Fate::superseded, Fate::counts});
  CHECK(judged.newest == Places{third});
}

TEST_CASE("an older signed ballot that is played again does not count") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first), {first});
  const std::size_t again = round.cast_again(first, {first, second});
  round.at(again).blob = round.at(first).blob;
  const Judged judged = round.judge();
  CHECK(fates(judged) == std::vector<Fate>{Fate::superseded, Fate::counts, Fate::replayed});
  CHECK(judged.verdicts[again].reason == "the same ballot stood before");
}

TEST_CASE("an older ballot signed once more is the same ballot") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first), {first});
  const std::size_t again = round.cast_again(first, {first, second});
  REQUIRE(round.at(again).blob != round.at(first).blob);
  CHECK(round.judge().verdicts[again].fate == Fate::replayed);
  CHECK(round.judge().verdicts[again].reason == "the same ballot stood before");
}

TEST_CASE("the same ballot from before the opening, or a malformed one, is no reason to refuse") {
  SignedRound round;
  const std::size_t early = round.cast_signed("-");
  const std::size_t bad = round.cast_again(early, {early});
  const std::size_t now = round.cast_again(early, {early, bad});
  round.at(early).in_time = false;
  round.at(early).before_opening = true;
  round.at(bad).fault = "bad";
  CHECK(fates(round.judge()) ==
        std::vector<Fate>{Fate::before_opening, Fate::malformed, Fate::counts});
  CHECK(round.judge().counting == Places{now});
}

TEST_CASE("a signed ballot that does not say what it comes after does not count") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t forgetful = round.cast_signed("-", {first});
  const Judged judged = round.judge();
  CHECK(judged.verdicts[first].fate == Fate::counts);
  CHECK(judged.verdicts[forgetful].fate == Fate::replayed);
  CHECK(judged.verdicts[forgetful].reason ==
        "it does not say that it comes after the ballot that stood before");
}

TEST_CASE("a signed ballot with a higher number counts, whatever was squashed between") {
  SignedRound round;
  const std::size_t first = round.cast_numbered(1);
  const std::size_t last = round.cast_numbered(4, {first});
  CHECK(round.judge().counting == Places{last});
  // Those between are played again, in whatever order, as are others that do not say a number.
  const std::size_t second = round.cast_numbered(2, {first, last});
  const std::size_t third = round.cast_numbered(3, {first, last, second});
  const std::size_t same = round.cast_numbered(4, {first, last, second, third});
  const std::size_t silent = round.cast_signed(round.blob(last), {first, last});
  const Judged judged = round.judge();
  for (const std::size_t one : {second, third, same, silent})
    CHECK(judged.verdicts[one].fate == Fate::replayed);
  CHECK(judged.verdicts[second].reason == "a ballot with as high a sequence stood before");
  CHECK(judged.counting == Places{last});
}

TEST_CASE("of two signed ballots side by side the one with the higher number counts") {
  SignedRound round;
  const std::size_t older = round.cast_numbered(2);
  const std::size_t newer = round.cast_numbered(3);
  round.let_stand(older);
  CHECK(round.judge().counting == Places{newer});
}

TEST_CASE("a higher number wins over one that says it comes after a ballot squashed away") {
  SignedRound round;
  const std::size_t newest = round.cast_numbered(3);
  round.at(newest).ballot.previous = "-";
  const std::size_t older = round.cast_numbered(2);
  round.at(older).ballot.previous = object(77).hex();
  round.let_stand(older);
  CHECK(round.judge().counting == Places{newest});
}

TEST_CASE("a number that nobody signed says nothing") {
  SignedRound round;
  const std::size_t first = round.cast_numbered(1);
  const std::size_t forged = round.cast_numbered(1'000'000, {first});
  round.sign(forged, "ben");
  const std::size_t last = round.cast_numbered(2, {first, forged});
  CHECK(round.judge().counting == Places{last});
}

TEST_CASE("nothing comes after a signed ballot that another one came after before") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first), {first});
  const std::size_t late = round.cast_signed(round.blob(first), {first, second});
  CHECK(round.judge().verdicts[late].fate == Fate::replayed);
  CHECK(round.judge().counting == Places{second});
}

TEST_CASE("a signed ballot need not come after one that is not good") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t forged = round.cast_signed(round.blob(first), {first}, "ada", "ben");
  const std::size_t second = round.cast_signed(round.blob(first), {first, forged});
  const std::size_t third = round.cast_signed(round.blob(forged), {first, forged, second});
  CHECK(fates(round.judge()) ==
        std::vector<Fate>{Fate::superseded, Fate::bad_signature, Fate::counts, Fate::replayed});
  CHECK(third == 3);
}

TEST_CASE("where nothing good stood before, those between may have been squashed") {
  SignedRound round;
  round.cast_signed(object(77).hex());
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::counts});
}

TEST_CASE("a signed ballot may come after either of two that stood side by side") {
  for (const std::size_t chosen : {0U, 1U}) {
    SignedRound round;
    round.cast_signed("-");
    round.cast_signed("-");
    const std::size_t third = round.cast_signed(round.blob(chosen), {0, 1});
    CHECK(round.judge().counting == Places{third});
  }
}

TEST_CASE("side by side a signed ballot beats the one that it says it comes after") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first));
  round.at(second).blob = object(0);
  round.let_stand(first);
  CHECK(round.judge().counting == Places{second});
}

TEST_CASE("side by side a signed ballot beats the same older one in any file") {
  SignedRound round;
  const std::size_t first = round.cast_signed("-");
  const std::size_t second = round.cast_signed(round.blob(first), {first});
  const std::size_t again = round.cast_again(first, {});
  round.at(again).blob = object(99);
  round.let_stand(again);
  CHECK(round.judge().counting == Places{second});
}

TEST_CASE("outside of signed rounds what a ballot says of an older one has no weight") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}));
  round.at(0).ballot.previous = round.at(1).blob.hex();
  CHECK(round.judge().counting == Places{1});
}

// --- all together -----------------------------------------------------------------------------

TEST_CASE("the digest is that of the accepted ballots, a line each, by member") {
  HandMadeRound round;
  round.cast("ben", kBen, approving({"one"}));
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ada", kAda, approving({"two"}), {1});
  round.cast("cy", "cy@example.org", approving({"four"}));
  round.cast("dan", "dan@example.org", withdrawing());
  const Judged judged = round.judge();
  CHECK(judged.digest == git::sha256("ada " + object(3).hex() + "\nben " + object(1).hex() + "\n"));
  CHECK(judged.newest == Places{2, 0, 4});
  CHECK(judged.counting == Places{2, 0});
}

TEST_CASE("the order in which members' ballots came changes nothing") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  round.cast("ben", kBen, approving({"two"}));
  round.cast("cy", "cy@example.org", approving({"two", "three"}));
  HandMadeRound reversed = round;
  std::reverse(reversed.history.versions.begin(), reversed.history.versions.end());
  CHECK(reversed.judge().digest == round.judge().digest);
  CHECK(reversed.judge().ballots.approvals().total() == 3);
  CHECK(reversed.judge().counting == Places{2, 1, 0});
}

TEST_CASE("a digest tells whose ballot it was and what it said") {
  HandMadeRound round;
  round.cast("ada", kAda, approving({"one"}));
  const std::string digest = round.judge().digest;
  round.at(0).member = "ben";
  CHECK(round.judge().digest != digest);
  round.at(0).member = "ada";
  round.at(0).blob = object(9);
  CHECK(round.judge().digest != digest);
}

TEST_CASE("the words of a ballot put there unsigned keep its voter from nothing") {
  SignedRound round;
  const std::size_t other = round.cast("ada", kMallory, approving({"one"}));
  const std::size_t own = round.cast_again(other, {other});
  round.sign(own, "ada");
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::bad_signature, Fate::counts});
}

TEST_CASE("the address of two members says of neither that the vote is theirs") {
  HandMadeRound round("members");
  record::Member both;
  both.emails = {"both@example.org"};
  round.add_member("ada", both);
  round.add_member("cy", both);
  round.cast("ada", "both@example.org", approving({"one"}));
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::not_the_owner});
}

TEST_CASE("a signed ballot that names one that is not there is newer than a first one") {
  SignedRound round;
  const std::size_t first = round.cast("ada", kAda, approving({"one"}));
  round.sign(first, "ada");
  const std::size_t last = round.cast("ada", kAda, approving({"two"}));
  round.at(last).ballot.previous = std::string(40, '7');
  round.sign(last, "ada");
  round.let_stand(first);
  CHECK(fates(round.judge()) == std::vector<Fate>{Fate::superseded, Fate::counts});
}

}  // namespace paperclub::tests
