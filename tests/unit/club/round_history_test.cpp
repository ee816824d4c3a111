#include "lib/club/round_history.hpp"

#include <fmt/format.h>

#include <functional>

#include "lib/base/error.hpp"
#include "lib/club/round_states.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/club/git_folder.hpp"

namespace paperclub::tests {
namespace {

using club::BallotVersion;
using club::RoundHistory;

constexpr const char* kOpen = "method: approval\ncandidates: [one, two]\n";
const std::string kZeros(40, '0');

RoundId round_id(const std::string& id = "r") { return RoundId::parse(id).value(); }

// A club's repository, of which a test makes the history of the round `r`.
class Club : public TempFolder {
 public:
  Club() {
    git("init --quiet --initial-branch=main");
    write("club.yaml", "format: 1\nid: club\nname: Club\n");
    write("members/ada.yaml", "name: Ada\n");
    commit();
  }

  std::string git(const std::string& arguments) const { return tests::git(path(), arguments); }
  // Commits all there is; returns the commit.
  std::string commit(const std::string& author = "ada") const {
    git("add --all");
    git(fmt::format("commit --quiet --allow-empty --message x --author '{0} <{0}@example.org>'",
                    author));
    return head();
  }
  std::string head() const { return git("rev-parse HEAD"); }

  std::string open(const std::string& text = kOpen) const {
    write("votes/r.yaml", text);
    return commit();
  }
  // Adds a result to the round; returns the commit.
  std::string close() const {
    write("votes/r.yaml",
          read("votes/r.yaml") + fmt::format("result: {{counted: {}, method: approval/1, "
                                             "ballots: 1, winners: [one]}}\n",
                                             head()));
    return commit();
  }
  // Writes a ballot without committing it.
  void put(const std::string& member, const std::string& paper) const {
    write("votes/r/" + member + ".yaml", fmt::format("approve: [{}]\n", paper));
  }
  std::string vote(const std::string& member, const std::string& paper) const {
    put(member, paper);
    return commit(member);
  }
  void branch(const std::string& name, const std::string& at = "HEAD") const {
    git("checkout --quiet -b " + name + " " + at);
  }
  void go_to(const std::string& name) const { git("checkout --quiet " + name); }
  // Merges a branch into what is checked out, which stays as it is until the merge is committed.
  void begin_merge(const std::string& name) const {
    git("merge --quiet --no-ff --no-commit --strategy ours --allow-unrelated-histories " + name);
  }
  // Merges a branch that changed other files.
  void merge(const std::string& name) const { git("merge --quiet --no-ff --message m " + name); }

  RoundHistory history(const std::string& revision = "HEAD", const std::string& prefix = "") const {
    const git::Repository repository = git::Repository::open(path());
    return club::read_round(repository, prefix, repository.resolve_commit(revision), round_id());
  }
  bool was_ever_closed() const {
    const git::Repository repository = git::Repository::open(path());
    return club::was_ever_closed(repository, "", repository.resolve_commit("HEAD"), round_id());
  }
  std::string rounds_ever(const std::string& prefix = "") const {
    const git::Repository repository = git::Repository::open(path());
    std::string all;
    for (const RoundId& id :
         club::rounds_ever(repository, prefix, repository.resolve_commit("HEAD")))
      all += id.str() + " ";
    return all;
  }
};

// Returns the places of the versions of the same member that this one came after.
std::vector<std::size_t> versions_below(const RoundHistory& history, const BallotVersion& version) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    const BallotVersion& other = history.versions[i];
    if (other.member == version.member &&
        history.lineage.are_below({other.place}, version.place).front())
      found.push_back(i);
  }
  return found;
}

// Returns a line for each version: whose, what, when, and which it came after.
std::string told(const RoundHistory& history) {
  std::string text;
  for (const BallotVersion& version : history.versions) {
    const auto approved = version.ballot.approve.value_or(std::vector<std::string>());
    const auto after = versions_below(history, version);
    const char* time = version.in_time ? "in-time" : version.before_opening ? "before" : "late";
    text += fmt::format("{} {} {}{}{}\n", version.member,
                        version.fault.empty() ? fmt::format("{}", fmt::join(approved, ",")) : "bad",
                        time, after.empty() ? "" : " after ", fmt::join(after, " "));
  }
  return text;
}

// Returns a line `member blob` for each ballot that stands in what is counted.
std::string standing(const RoundHistory& history) {
  std::string text;
  for (const auto& [member, blob] : history.standing)
    text += fmt::format("{} {}\n", member, blob.hex());
  return text;
}

// Returns the message of the failure that `work` ends with, which is of this kind and has a hint;
// "none" where it does not fail.
std::string failure(ErrorKind kind, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    CHECK(error.kind() == kind);
    CHECK_FALSE(error.hints().empty());
    return error.message();
  }
  return "none";
}

std::string unacceptable(const Club& club) {
  return failure(ErrorKind::unacceptable, [&] { club.history(); });
}

std::string short_of(const std::string& commit) { return commit.substr(0, 10); }

}  // namespace

// --- opening and closing ----------------------------------------------------------------------

TEST_CASE("a round is opened by the commit that adds it, and the tip is counted while it is open") {
  const Club club;
  const std::string opened = club.open();
  const std::string tip = club.vote("ada", "one");
  const RoundHistory history = club.history();
  CHECK(history.id == round_id());
  CHECK(history.club_id == "club");
  CHECK(history.opened.hex() == opened);
  CHECK_FALSE(history.closed);
  CHECK_FALSE(history.result);
  CHECK(history.counted.hex() == tip);
}

TEST_CASE("a round is closed by the commit that adds its result, and what that stands on counts") {
  const Club club;
  club.open();
  const std::string counted = club.vote("ada", "one");
  const std::string closed = club.close();
  club.vote("ben", "two");
  const RoundHistory history = club.history();
  REQUIRE(history.closed.has_value());
  CHECK(history.closed->hex() == closed);
  CHECK(history.counted.hex() == counted);
  REQUIRE(history.result.has_value());
  CHECK(history.result->counted == counted);
  CHECK(history.result->winners.at(0).str() == "one");
  CHECK_FALSE(history.round.result);
  CHECK_FALSE(history.rules_changed);
}

TEST_CASE("a merge that closes a round counts what its first parent stands on") {
  const Club club;
  club.open();
  club.branch("side");
  club.vote("ben", "two");
  club.go_to("main");
  const std::string counted = club.vote("ada", "one");
  club.begin_merge("side");
  club.put("ben", "two");
  club.close();
  const RoundHistory history = club.history();
  CHECK(history.counted.hex() == counted);
  CHECK(told(history) == "ada one in-time\nben two late\n");
}

TEST_CASE("a round that is not there is a usage error that says where rounds are listed") {
  const Club club;
  club.commit();
  CHECK(failure(ErrorKind::usage, [&] { club.history(); }) == "there is no round 'r'");
}

TEST_CASE("a round that only another branch has is not there") {
  const Club club;
  club.branch("side");
  club.open();
  club.go_to("main");
  CHECK(failure(ErrorKind::usage, [&] { club.history(); }) == "there is no round 'r'");
  CHECK_NOTHROW(club.history("side"));
}

TEST_CASE("a round that was opened in two places is not counted") {
  const Club club;
  club.branch("side");
  const std::string other = club.open();
  club.go_to("main");
  club.commit();
  const std::string one = club.open();
  club.begin_merge("side");
  club.commit();
  const std::string told = unacceptable(club);
  CHECK(told.starts_with("round 'r' was opened in two places: "));
  CHECK(told.find(short_of(one)) != told.npos);
  CHECK(told.find(short_of(other)) != told.npos);
}

TEST_CASE("a round that was removed and added again was opened the first time") {
  const Club club;
  const std::string opened = club.open();
  club.vote("ada", "one");
  club.git("rm --quiet votes/r.yaml");
  club.commit();
  CHECK(club.history().opened.hex() == opened);
  club.open();
  const RoundHistory history = club.history();
  CHECK(history.opened.hex() == opened);
  CHECK(told(history) == "ada one in-time\n");
}

TEST_CASE("a merge that has the round as one side had it opens nothing") {
  const Club club;
  club.branch("side");
  club.commit();
  club.go_to("main");
  const std::string opened = club.open();
  club.go_to("side");
  club.merge("main");
  CHECK(club.history().opened.hex() == opened);
}

TEST_CASE("a round that was closed in two places is not counted") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.branch("side");
  const std::string other = club.close();
  club.go_to("main");
  club.commit();
  const std::string one = club.close();
  club.begin_merge("side");
  club.commit();
  const std::string told = unacceptable(club);
  CHECK(told.starts_with("round 'r' was closed in two places: "));
  CHECK(told.find(short_of(one)) != told.npos);
  CHECK(told.find(short_of(other)) != told.npos);
}

TEST_CASE("a round stays closed when its result is taken out or written anew") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  const std::string closed = club.close();
  club.open();
  CHECK(club.history().closed->hex() == closed);
  club.vote("ada", "two");
  club.close();
  const RoundHistory history = club.history();
  CHECK(history.closed->hex() == closed);
  CHECK(told(history) == "ada one in-time\nada two late after 0\n");
  REQUIRE(history.result.has_value());
  CHECK(history.result->counted == history.counted.hex());
}

TEST_CASE("a round that the first commit of all closed is not counted") {
  const Club club;
  club.git("checkout --quiet --orphan new");
  club.open(std::string(kOpen) + "result: {counted: " + kZeros + ", method: a/1, ballots: 0}\n");
  CHECK(unacceptable(club) == "the round was closed by the first commit of all");
}

TEST_CASE("a round that was added with its result has no ballot in time") {
  const Club club;
  club.put("ada", "one");
  club.commit();
  club.put("ben", "one");
  club.open(std::string(kOpen) + "result: {counted: " + kZeros + ", method: a/1, ballots: 0}\n");
  club.vote("cy", "one");
  CHECK(told(club.history()) == "ada one before\nben one before\ncy one late\n");
  CHECK_FALSE(club.history().round.result);
}

TEST_CASE("a round whose record was not good when it was opened is not counted, mended or not") {
  const Club club;
  const std::string opened = club.open("method: guess\ncandidates: [one]\n");
  club.open();
  CHECK(unacceptable(club).starts_with("the record of the round is not good in commit " +
                                       short_of(opened) + ": "));
}

TEST_CASE("a result that is not good closes nothing") {
  const Club club;
  club.open();
  club.open(std::string(kOpen) + "result: {winners: [one]}\n");
  CHECK_FALSE(club.history().closed);
  CHECK(club.history().rules_changed);
  club.open();
  club.vote("ada", "one");
  CHECK(told(club.history()) == "ada one in-time\n");
  CHECK_FALSE(club.was_ever_closed());
}

TEST_CASE("a folder among the ballots is one thing that is none, whatever is below it") {
  const Club club;
  club.open();
  club.write("votes/r/more/ada.yaml", "approve: [one]\n");
  club.write("votes/r/more/much/more/ben.yaml", "approve: [one]\n");
  club.commit();
  CHECK(told(club.history()) == "./more/ bad in-time\n");
}

TEST_CASE("a round in a club whose settings were not good at the opening is not counted") {
  const Club club;
  club.write("club.yaml", "format: 1\n");
  club.open();
  club.write("club.yaml", "format: 1\nid: club\nname: Club\n");
  club.commit();
  CHECK(unacceptable(club).starts_with("club.yaml was not good when the round was opened: "));
}

TEST_CASE("a round in a club without settings is not counted") {
  const Club club;
  club.git("rm --quiet club.yaml");
  club.open();
  CHECK(unacceptable(club) == "club.yaml was not good when the round was opened: it is not there");
}

TEST_CASE("a part of the history is refused") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  const TempFolder clone;
  shell("git clone --quiet --depth 1 file://" + club.path() + " " + (clone / "part"));
  const git::Repository part = git::Repository::open(clone / "part");
  const git::ObjectId tip = part.resolve_commit("HEAD");
  CHECK(failure(ErrorKind::damaged, [&] { club::read_round(part, "", tip, round_id()); }) !=
        "none");
  CHECK(failure(ErrorKind::damaged, [&] { club::rounds_ever(part, "", tip); }) != "none");
  CHECK(failure(ErrorKind::damaged, [&] { club::was_ever_closed(part, "", tip, round_id()); }) !=
        "none");
}

// --- rules and roll ---------------------------------------------------------------------------

TEST_CASE("rules and candidates are those of the opening, and a later change is told") {
  const Club club;
  club.open();
  CHECK_FALSE(club.history().rules_changed);
  club.open("method: schulze\ncandidates: [one, two]\n");
  CHECK(club.history().rules_changed);
  CHECK(club.history().round.rules.method == "approval");
  club.open("method: approval\ncandidates: [two, one]\n");
  CHECK(club.history().rules_changed);
  CHECK(club.history().round.candidates.at(0).str() == "one");
  club.open("no record: [");
  CHECK(club.history().rules_changed);
  club.open();
  CHECK_FALSE(club.history().rules_changed);
}

TEST_CASE("title and promised end may change") {
  const Club club;
  club.open();
  club.open(std::string("title: Which one\ncloses: 2024-02-23T20:00:00+08:00\n") + kOpen);
  CHECK_FALSE(club.history().rules_changed);
}

TEST_CASE("what the round does not say the club said at the opening, else the program says") {
  const Club club;
  club.open();
  CHECK(club.history().round.rules.electorate == "open");
  const Club other;
  other.write(
      "club.yaml",
      "format: 1\nid: other\nname: Club\nvoting: {electorate: members, seats: 2, none: "
      "true, quorum: {ballots: 3}, over_none: 4, max_score: 9, margins: true, min_share: 1/2}\n");
  other.open(std::string(kOpen) + "seats: 3\n");
  other.write("club.yaml",
              "format: 1\nid: third\nname: Club\nvoting: {electorate: signed, seats: 9}\n");
  other.commit();
  const RoundHistory history = other.history();
  const record::VotingRules& rules = history.round.rules;
  CHECK(history.club_id == "other");
  CHECK(rules.electorate == "members");
  CHECK(rules.seats == 3);
  CHECK(rules.none == true);
  CHECK(rules.quorum == record::Quorum{3, ""});
  CHECK(rules.over_none == 4);
  CHECK(rules.min_share == "1/2");
  CHECK(rules.max_score == 9);
  CHECK(rules.margins == true);
  CHECK_FALSE(history.rules_changed);
}

TEST_CASE("the roll is who was a member at the opening, with the record of then") {
  const Club club;
  club.write("members/cy.yaml", "name: Cy\n");
  club.open();
  club.write("members/ada.yaml", "name: Eve\n");
  club.write("members/ben.yaml", "name: Ben\n");
  club.git("rm --quiet members/cy.yaml");
  club.commit();
  const RoundHistory history = club.history();
  REQUIRE(history.roll.size() == 2);
  CHECK(history.roll[0].id.str() == "ada");
  CHECK(history.roll[0].file == "members/ada.yaml");
  CHECK(history.roll[0].member.name == "Ada");
  CHECK(history.roll[1].id.str() == "cy");
}

TEST_CASE("what is no good record of a member is nobody on the roll") {
  const Club club;
  club.write("members/ben.yaml", "nam: Ben\n");
  club.write("members/Cy.yaml", "name: Cy\n");
  club.write("members/dan.txt", "name: Dan\n");
  club.write("members/deep/eve.yaml", "name: Eve\n");
  shell("ln -s ada.yaml " + (club / "members/fay.yaml"));
  club.open();
  CHECK(club.history().roll.size() == 1);
}

TEST_CASE("a club without members has an empty roll") {
  const Club club;
  club.git("rm --quiet -r members");
  club.open();
  CHECK(club.history().roll.empty());
}

// --- versions ---------------------------------------------------------------------------------

TEST_CASE("every change of a ballot is a version, by member, then as they came") {
  const Club club;
  club.open();
  club.vote("ben", "one");
  club.vote("ada", "one");
  club.vote("ben", "two");
  club.vote("ada", "two");
  club.vote("ada", "one");
  CHECK(told(club.history()) ==
        "ada one in-time\nada two in-time after 0\nada one in-time after 0 1\n"
        "ben one in-time\nben two in-time after 3\n");
}

TEST_CASE("a version says which commit made it, of whom, and what it holds") {
  const Club club;
  club.open();
  const std::string commit = club.vote("ben", "one");
  club.write("papers/one.yaml", "title: One\n");
  club.commit();
  const RoundHistory history = club.history();
  REQUIRE(history.versions.size() == 1);
  const BallotVersion& version = history.versions.front();
  CHECK(version.commit.hex() == commit);
  CHECK(version.author.email == "ben@example.org");
  CHECK(version.committer.email == "ada@example.org");
  CHECK(version.blob.hex() == club.git("rev-parse HEAD:votes/r/ben.yaml"));
  CHECK(version.in_time);
  CHECK_FALSE(version.before_opening);
}

TEST_CASE("one commit may hold ballots of several members") {
  const Club club;
  club.open();
  club.put("ada", "one");
  club.vote("ben", "two");
  CHECK(told(club.history()) == "ada one in-time\nben two in-time\n");
}

TEST_CASE("the ballots of another round are none of this one") {
  const Club club;
  club.open();
  club.write("votes/s.yaml", kOpen);
  club.write("votes/s/ada.yaml", "approve: [one]\n");
  club.write("votes/r-2/ada.yaml", "approve: [one]\n");
  club.commit();
  CHECK(club.history().versions.empty());
  CHECK(club.history().standing.empty());
}

TEST_CASE("removing a ballot is no version, and adding the same again is one") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.vote("ben", "one");
  club.git("rm --quiet votes/r/ada.yaml");
  club.commit();
  CHECK(told(club.history()) == "ada one in-time\nben one in-time\n");
  CHECK(club.history().standing.size() == 1);
  club.vote("ada", "one");
  CHECK(told(club.history()) == "ada one in-time\nada one in-time after 0\nben one in-time\n");
}

TEST_CASE("removing all ballots is no version") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.git("rm --quiet -r votes");
  club.commit();
  CHECK(told(club.history()) == "ada one in-time\n");
  CHECK(club.history().standing.empty());
}

TEST_CASE("a merge that joins the ballots of both sides makes no version") {
  const Club club;
  club.open();
  club.branch("side");
  club.vote("ben", "two");
  club.go_to("main");
  club.vote("ada", "one");
  club.merge("side");
  CHECK(told(club.history()) == "ada one in-time\nben two in-time\n");
  CHECK(club.history().standing.size() == 2);
}

TEST_CASE("a merge that takes one of two changed ballots makes no version") {
  for (const char* taken : {"one", "two"}) {
    const Club club;
    club.open();
    club.branch("side");
    club.vote("ada", "two");
    club.go_to("main");
    club.vote("ada", "one");
    club.begin_merge("side");
    club.put("ada", taken);
    club.commit();
    const RoundHistory history = club.history();
    REQUIRE(history.versions.size() == 2);
    for (const BallotVersion& version : history.versions) {
      CHECK(version.in_time);
      CHECK(versions_below(history, version).empty());
      const bool stands = version.blob == history.standing.at(0).second;
      CHECK(stands == (version.ballot.approve->front() == taken));
    }
  }
}

TEST_CASE("a merge that writes what neither side has makes a version after both") {
  const Club club;
  club.open();
  club.branch("side");
  club.vote("ada", "two");
  club.go_to("main");
  club.vote("ada", "one");
  club.begin_merge("side");
  club.put("ada", "three");
  const std::string merge = club.commit("mallory");
  const RoundHistory history = club.history();
  REQUIRE(history.versions.size() == 3);
  CHECK(history.versions[2].commit.hex() == merge);
  CHECK(history.versions[2].author.email == "mallory@example.org");
  CHECK(history.versions[2].ballot.approve->front() == "three");
  CHECK(versions_below(history, history.versions[2]) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a merge that writes a ballot which was on no side makes a version of it alone") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.branch("side");
  club.vote("ben", "two");
  club.go_to("main");
  club.vote("cy", "one");
  club.begin_merge("side");
  club.put("ben", "two");
  club.put("dan", "one");
  club.commit();
  CHECK(told(club.history()) ==
        "ada one in-time\nben two in-time\ncy one in-time\ndan one in-time\n");
}

TEST_CASE("a merge of a side that had taken a ballot back to an older one makes no version") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.branch("side");
  club.vote("ada", "two");
  club.vote("ada", "one");
  club.go_to("main");
  club.vote("ben", "one");
  club.begin_merge("side");
  club.commit();
  CHECK(told(club.history()) ==
        "ada one in-time\nada two in-time after 0\nada one in-time after 0 1\nben one in-time\n");
}

TEST_CASE("a ballot moved to another name is a version of that one") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.git("mv votes/r/ada.yaml votes/r/ben.yaml");
  club.commit("mallory");
  CHECK(told(club.history()) == "ada one in-time\nben one in-time\n");
  CHECK(standing(club.history()) == "ben " + club.git("rev-parse HEAD:votes/r/ben.yaml") + "\n");
}

TEST_CASE("a ballot moved by its folder is a version in the round it is moved to") {
  const Club club;
  club.write("votes/q/ada.yaml", "approve: [one]\n");
  club.commit();
  club.open();
  club.git("mv votes/q votes/r");
  club.commit();
  CHECK(told(club.history()) == "ada one in-time\n");
}

// --- time -------------------------------------------------------------------------------------

TEST_CASE("what stood before the opening, or came with it, is not in time") {
  const Club club;
  club.vote("ada", "one");
  club.put("ben", "one");
  club.open();
  club.vote("ada", "two");
  CHECK(told(club.history()) == "ada one before\nada two in-time after 0\nben one before\n");
}

TEST_CASE("a ballot in the first commit of all is a version") {
  const Club club;
  club.git("checkout --quiet --orphan new");
  club.put("ada", "one");
  club.open();
  CHECK(told(club.history()) == "ada one before\n");
}

TEST_CASE("what came with the close or after it is not in time") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.put("ben", "one");
  club.close();
  club.vote("ada", "two");
  CHECK(told(club.history()) == "ada one in-time\nada two late after 0\nben one late\n");
  CHECK(club.history().standing.size() == 1);
}

TEST_CASE("what was cast before the close but merged after it is not in time") {
  const Club club;
  club.open();
  club.branch("side");
  club.vote("ada", "one");
  club.go_to("main");
  club.close();
  CHECK(club.history().versions.empty());
  club.merge("side");
  CHECK(told(club.history()) == "ada one late\n");
}

TEST_CASE("what was cast beside the opening and merged before the close is in time") {
  const Club club;
  club.branch("side");
  club.vote("ada", "one");
  club.go_to("main");
  club.open();
  club.merge("side");
  CHECK(told(club.history()) == "ada one in-time\n");
}

TEST_CASE("dates say nothing") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.put("ada", "two");
  club.git("add --all");
  shell("cd " + club.path() +
        " && GIT_AUTHOR_DATE='2001-01-01T00:00:00Z' GIT_COMMITTER_DATE='2001-01-01T00:00:00Z' git "
        "-c user.name=ada -c user.email=ada@example.org commit --quiet --message early");
  CHECK(told(club.history()) == "ada one in-time\nada two in-time after 0\n");
}

TEST_CASE("what stands is what the counted commit has, not the tip") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  const std::string one = club.git("rev-parse HEAD:votes/r/ada.yaml");
  club.close();
  club.vote("ada", "two");
  CHECK(standing(club.history()) == "ada " + one + "\n");
}

// --- what a ballot's file is ------------------------------------------------------------------

TEST_CASE("a ballot that cannot be read is a version with a fault") {
  const Club club;
  club.open();
  for (const char* text : {"approve: [", "aprove: [one]\n", "approve: [one, one]\n", "",
                           "approve: [one]\nabstain: true\n"}) {
    club.write("votes/r/ada.yaml", text);
    club.commit();
  }
  const RoundHistory history = club.history();
  CHECK(history.versions.size() == 5);
  for (const BallotVersion& version : history.versions)
    CHECK_FALSE(version.fault.empty());
}

TEST_CASE("a file that is not called as a member's is a version with a fault") {
  const Club club;
  club.open();
  for (const char* name : {"Ada.yaml", "ada.yml", "ada", "deep/ada.yaml", ".yaml", "ada.yaml.txt"})
    club.write(std::string("votes/r/") + name, "approve: [one]\n");
  club.commit();
  const RoundHistory history = club.history();
  CHECK(history.versions.size() == 6);
  for (const BallotVersion& version : history.versions) {
    CHECK(version.fault == (version.member == "./deep/"
                                ? "it is a folder, not a file"
                                : "its file is not called as a member's is"));
  }
}

TEST_CASE("a link in the place of a ballot is no ballot") {
  const Club club;
  club.open();
  club.vote("ben", "one");
  shell("ln -s ben.yaml " + (club / "votes/r/ada.yaml"));
  club.commit();
  CHECK(told(club.history()) == "./ada.yaml/link bad in-time\nben one in-time\n");
  CHECK(club.history().versions.front().fault == "it is a link, not a file");
}

TEST_CASE("a file in the place of the folder of ballots holds none") {
  const Club club;
  club.write("votes/r", "approve: [one]\n");
  club.open();
  CHECK(club.history().versions.empty());
  CHECK(club.history().standing.empty());
}

TEST_CASE("a file that only keeps the folder is no ballot") {
  const Club club;
  club.write("votes/r/.gitkeep", "");
  club.open();
  CHECK(club.history().versions.empty());
  CHECK(club.history().standing.empty());
}

TEST_CASE("a signature signs club, round, member, the ballot before and all but itself") {
  const Club club;
  club.write("members/ben.yaml", "name: Ben\n");
  club.open(std::string(kOpen) + "electorate: signed\n");
  const std::string blob(40, 'a');
  club.write("votes/r/ada.yaml",
             "# mine\napprove: [one]\nsignature: |-\n  line\n  line\nprevious: " + blob + "\n");
  club.write("votes/r/ben.yaml", "approve: [two]\nsignature: x");
  club.commit();
  const RoundHistory history = club.history();
  REQUIRE(history.versions.size() == 2);
  CHECK(history.versions[0].signed_text == "paperclub-ballot/1\nclub\nr\nada\n" + blob +
                                               "\n# mine\napprove: [one]\nprevious: " + blob +
                                               "\n");
  CHECK(history.versions[0].ballot.signature == "line\nline");
  CHECK(history.versions[1].signed_text == "paperclub-ballot/1\nclub\nr\nben\n-\napprove: [two]\n");
}

TEST_CASE("where nothing is signed, and of others, no text is kept") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  CHECK(club.history().versions.at(0).signed_text.empty());
  const Club members;
  members.open(std::string(kOpen) + "electorate: members\n");
  members.vote("eve", "one");
  members.write("votes/r/mal.yaml", "not a ballot");
  members.commit();
  CHECK(members.history().versions.at(0).ballot == record::Ballot());
  CHECK(members.history().versions.at(1).fault.empty());
}

TEST_CASE("the text that is signed has a line for each of what it is tied to") {
  CHECK(club::ballot_text("c", round_id("r-1"), "ada", "-", "x: y\n") ==
        "paperclub-ballot/1\nc\nr-1\nada\n-\nx: y\n");
}

// --- clubs in a folder; rounds that were -------------------------------------------------------

TEST_CASE("a club below the top of its repository has its own rounds") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.write("below/club.yaml", "format: 1\nid: below\nname: Club\n");
  club.write("below/members/ben.yaml", "name: Ben\n");
  club.write("below/votes/r.yaml", kOpen);
  const std::string opened = club.commit();
  club.write("below/votes/r/ben.yaml", "approve: [two]\n");
  club.commit();
  const RoundHistory history = club.history("HEAD", "below");
  CHECK(history.opened.hex() == opened);
  CHECK(history.club_id == "below");
  CHECK(history.roll.at(0).id.str() == "ben");
  CHECK(told(history) == "ben two in-time\n");
  club.write("below/votes/s.yaml", kOpen);
  club.commit();
  CHECK(club.rounds_ever("below") == "r s ");
  CHECK(club.rounds_ever() == "r ");
}

TEST_CASE("votes that were moved, in one commit or bit by bit, stand elsewhere") {
  using Steps = std::vector<std::vector<std::string>>;  // what is moved in each commit
  const std::string club_file = "mv club.yaml below/club.yaml";
  const std::string record = "mv votes/r.yaml below/votes/r.yaml";
  const std::string ballots = "mv votes/r below/votes/r";
  for (const Steps& steps :
       {Steps{{club_file, record, ballots}}, Steps{{club_file}, {record, ballots}},
        Steps{{club_file, record}, {ballots}}, Steps{{record, ballots}, {club_file}},
        Steps{{"mv votes keep", club_file},
              {"mv keep/r.yaml below/votes/r.yaml", "mv keep/r below/votes/r"}}}) {
    const Club club;
    club.open();
    club.vote("ada", "one");
    club.write("below/votes/note", "x");
    club.commit();
    for (const auto& step : steps) {
      for (const std::string& move : step)
        club.git(move);
      club.commit();
    }
    const std::string told =
        failure(ErrorKind::unacceptable, [&] { club.history("HEAD", "below"); });
    CHECK(told.find("was moved to this folder in commit") != std::string::npos);
  }
}

TEST_CASE("a club that was moved out of a folder called like one of its own is told, too") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  club.write("papers/papers/note", "x");
  club.commit();
  club.git("mv club.yaml papers/papers/club.yaml");
  club.git("mv votes papers/papers/votes");
  club.commit();
  club.git("mv papers/papers moved");
  club.commit();
  const std::string told = failure(ErrorKind::unacceptable, [&] { club.history("HEAD", "moved"); });
  CHECK(told.find("was moved to this folder in commit") != std::string::npos);
}

TEST_CASE("a round of another club that is called the same is no sign of a move") {
  const Club club;
  club.open();
  club.vote("ada", "one");
  // Squashed: the opening and a ballot in one commit.
  club.write("below/club.yaml", "format: 1\nid: below\nname: Club\n");
  club.write("below/votes/r.yaml", "method: approval\ncandidates: [three, four]\n");
  club.write("below/votes/r/ben.yaml", "approve: [three]\n");
  club.commit();
  CHECK(told(club.history("HEAD", "below")) == "ben three before\n");
}

TEST_CASE("the rounds of a club are told in one walk, each with what closed it") {
  const Club club;
  club.open();
  club.write("votes/s.yaml", kOpen);
  club.commit();
  const auto close = [&club](const std::string& winner) {
    club.write("votes/r.yaml", std::string(kOpen) + "result: {counted: '" + kZeros +
                                   "', method: approval/1, ballots: 0, winners: [" + winner +
                                   "], tied: false}\n");
    club.commit();
  };
  close("one");
  close("two");
  const git::Repository repository = git::Repository::open(club.path());
  const auto states = club::round_states(repository, "", repository.resolve_commit("HEAD"));
  REQUIRE(states.size() == 2);
  REQUIRE(states[0].result);
  CHECK(states[0].result->winners.at(0).str() == "one");
  CHECK_FALSE(states[0].is_disputed);
  CHECK_FALSE(states[1].result);
}

TEST_CASE("every round that ever was is told, by id, also one that is gone") {
  const Club club;
  CHECK(club.rounds_ever().empty());
  club.write("votes/z.yaml", kOpen);
  club.commit();
  club.git("rm --quiet votes/z.yaml");
  club.commit();
  club.branch("side");
  club.write("votes/m.yaml", "no record");
  club.commit();
  club.go_to("main");
  club.open();
  club.begin_merge("side");
  club.commit();
  CHECK(club.rounds_ever() == "m r z ");
}

TEST_CASE("what is not called as a round is no round") {
  const Club club;
  for (const char* name : {"A.yaml", "b.yml", "c", "d/ada.yaml", ".gitkeep"})
    club.write(std::string("votes/") + name, kOpen);
  shell("ln -s r.yaml " + (club / "votes/e.yaml"));
  club.commit();
  CHECK(club.rounds_ever().empty());
}

TEST_CASE("a round was ever closed where any commit has a result") {
  const Club club;
  CHECK_FALSE(club.was_ever_closed());
  club.open();
  CHECK_FALSE(club.was_ever_closed());
  club.branch("side");
  club.close();
  CHECK(club.was_ever_closed());
  club.go_to("main");
  CHECK_FALSE(club.was_ever_closed());
  club.begin_merge("side");
  club.commit();
  CHECK(club.was_ever_closed());
  club.git("rm --quiet votes/r.yaml");
  club.commit();
  CHECK(club.was_ever_closed());
}

}  // namespace paperclub::tests
