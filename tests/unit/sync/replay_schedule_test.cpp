#include "tests/support/catch.hpp"
#include "tests/unit/sync/two_sides.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kOne = "papers/one.yaml";
constexpr const char* kTwo = "papers/two.yaml";
constexpr const char* kSecond = "sessions/s0002.yaml";
constexpr const char* kThird = "sessions/s0003.yaml";

std::string one(const std::string& more) {
  return "title: One\nurl: https://example.org/one\n" + more;
}
std::string two(const std::string& more) {
  return "title: Two\nurl: https://example.org/two\n" + more;
}
std::string session(const std::string& date, const std::string& paper) {
  return "date: " + date + "\npapers: [" + paper + "]\n";
}

const std::string kNumberGone = "note number 2 was given to another paper meanwhile: ";
const std::string kRenamed =
    "note session 's0002' is one of the others: the one made here is s0003\n";

}  // namespace

// --- numbers ------------------------------------------------------------------------------------

TEST_CASE("a number that is free stays") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 2\n")}});
  sides.they_do({{kTwo, two("number: 3\n")}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, kOne) == one("number: 2\n"));
}

TEST_CASE("where a number was given to another paper meanwhile the next one is given") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 2\n# mine\n")}});
  sides.they_do({{kTwo, two("number: 2\n")}});
  const Joined joined = sides.join();
  CHECK(joined.told == kNumberGone + "'one' has 3\n");
  CHECK(sides.text(joined.tip, kOne) == one("number: 3\n# mine\n"));
  CHECK(sides.text(joined.tip, kTwo) == two("number: 2\n"));
}

TEST_CASE("several papers of one commit get numbers of their own") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 2\n")},
              {"papers/three.yaml", "number: 2\n"},
              {"papers/two.yaml", two("number: 3\n")}});
  sides.they_do({{"papers/theirs.yaml", "number: 2\n"}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kOne) == one("number: 3\n"));
  CHECK(sides.text(joined.tip, "papers/three.yaml") == "number: 4\n");
  CHECK(sides.text(joined.tip, kTwo) == two("number: 5\n"));
}

TEST_CASE("papers of several commits get numbers of their own") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 2\n")}});
  sides.i_do({{kTwo, two("number: 3\n")}});
  sides.they_do({{"papers/theirs.yaml", "number: 2\n"}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kOne) == one("number: 3\n"));
  CHECK(sides.text(joined.tip, kTwo) == two("number: 4\n"));
}

TEST_CASE("a paper that got a number on both sides keeps theirs, whichever side is preferred") {
  for (const Prefer prefer : {Prefer::neither, Prefer::mine, Prefer::theirs}) {
    TwoSides sides;
    sides.i_do({{kOne, one("number: 2\nvenue: V\n")}});
    sides.they_do({{kTwo, two("number: 2\n")}, {kOne, one("number: 3\n")}});
    const Joined joined = sides.join(prefer);
    CHECK(joined.told ==
          "note 'papers/one.yaml' was changed on both sides, and holds both\n"
          "note 'one' has number 3 already, not 2\n");
    CHECK(sides.text(joined.tip, kOne).find("number: 3\n") != std::string::npos);
    CHECK(sides.text(joined.tip, kOne).find("venue: V\n") != std::string::npos);
  }
}

TEST_CASE("a number that a paper had before is not given anew") {
  TwoSides sides;
  sides.i_do({{"papers/old.yaml", "title: Older\nurl: https://example.org/old\nnumber: 1\n"}});
  sides.they_do({{kOne, one("number: 1\n")}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, "papers/old.yaml").ends_with("number: 1\n"));
}

// --- sessions' ids ------------------------------------------------------------------------------

TEST_CASE("a session whose id the others gave gets the next one, and later commits follow it") {
  TwoSides sides;
  sides.i_do({{kSecond, session("2024-03-01", "one")}});
  sides.i_do({{kSecond, session("2024-03-01", "one") + "note: mine\n"}});
  sides.they_do({{kSecond, session("2024-03-08", "two")}});
  const Joined joined = sides.join();
  CHECK(joined.told == kRenamed);
  CHECK(sides.text(joined.tip, kThird) == session("2024-03-01", "one") + "note: mine\n");
  CHECK(sides.text(joined.tip, kSecond) == session("2024-03-08", "two"));
}

TEST_CASE("taking a renamed session away takes the own one away") {
  TwoSides sides;
  sides.i_do({{kSecond, session("2024-03-01", "one")}});
  sides.i_do({{kSecond, std::nullopt}});
  sides.they_do({{kSecond, session("2024-03-08", "two")}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kThird) == "(nothing)");
  CHECK(sides.text(joined.tip, kSecond) == session("2024-03-08", "two"));
}

TEST_CASE("two sessions of one commit do not get the same id") {
  TwoSides sides;
  const Files theirs{{kSecond, session("2024-03-08", "two")},
                     {kThird, session("2024-03-15", "two")}};
  sides.i_do({{kSecond, session("2024-03-01", "one")}, {kThird, session("2024-03-22", "one")}});
  sides.they_do(theirs);
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, "sessions/s0004.yaml") == session("2024-03-01", "one"));
  CHECK(sides.text(joined.tip, "sessions/s0005.yaml") == session("2024-03-22", "one"));
}

TEST_CASE("the same session on both sides is one") {
  TwoSides sides;
  sides.i_do({{kSecond, session("2024-03-01", "one")}});
  sides.they_do({{kSecond, session("2024-03-01", "one")}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(joined.messages.empty());
}

TEST_CASE("a message names a renamed session by its new id, as a whole word alone") {
  TwoSides sides;
  sides.i_do({{kSecond, session("2024-03-01", "one")}},
             "s0002: (s0002), s0002. not s00021, as0002, s0002-b or S0002");
  sides.i_do({{"other", "1"}}, "about s0002");
  sides.they_do({{kSecond, session("2024-03-08", "two")}});
  CHECK(sides.join().messages ==
        std::vector<std::string>{"s0003: (s0003), s0003. not s00021, as0002, s0002-b or S0002",
                                 "about s0003"});
}

TEST_CASE("in a club below the top sessions are renamed below the top") {
  TwoSides sides("below");
  sides.i_do({{"below/sessions/s0002.yaml", session("2024-03-01", "one")}}, "s0002");
  sides.they_do(
      {{"below/sessions/s0002.yaml", session("2024-03-08", "two")}, {kThird, "another's"}});
  const Joined joined = sides.join();
  CHECK(joined.told == kRenamed);
  CHECK(joined.messages == std::vector<std::string>{"s0003"});
  CHECK(sides.text(joined.tip, "below/sessions/s0003.yaml") == session("2024-03-01", "one"));
}

// --- sessions' days -----------------------------------------------------------------------------

TEST_CASE("a new session on a day that is taken is held on the next free one") {
  TwoSides sides;
  sides.i_do({{kThird, session("2024-02-23", "one")}});
  sides.they_do({{kSecond, session("2024-02-23", "two")}});
  const Joined joined = sides.join();
  CHECK(joined.told == "note another session is on 2024-02-23: session s0003 is on 2024-03-01\n");
  CHECK(sides.text(joined.tip, kThird) == session("2024-03-01", "one"));
  CHECK(sides.text(joined.tip, kSecond) == session("2024-02-23", "two"));
}

TEST_CASE("a renamed session gets another day, too") {
  TwoSides sides;
  sides.i_do({{kSecond, session("2024-02-23", "one")}});
  sides.they_do({{kSecond, session("2024-02-23", "two")}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kThird) == session("2024-03-01", "one"));
}

TEST_CASE("which day is taken") {
  struct Case {
    const char* name;
    const char* mine;
    std::string theirs;
    const char* now;
  };
  const std::vector<Case> cases{
      {"another day", "2024-02-23", "date: 2024-03-01\n", "2024-02-23"},
      {"a cancelled session", "2024-02-23", "date: 2024-02-23\ncancelled: ill\n", "2024-02-23"},
      {"no meeting that day", "2024-02-23T20:00:00Z", "date: 2024-02-23\nkind: no-meeting\n",
       "2024-03-01"},
      {"another hour", "2024-02-23T20:00:00Z", "date: 2024-02-23T10:00:00Z\n",
       "2024-02-23T20:00:00Z"},
      {"a day that is past", "2024-02-02", "date: 2024-02-02\n", "2024-02-02"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    TwoSides sides;
    sides.i_do({{kThird, session(one.mine, "one")}});
    sides.they_do({{kSecond, one.theirs}});
    CHECK(sides.text(sides.join().tip, kThird) == session(one.now, "one"));
  }
}

TEST_CASE("a session that was there before keeps its day") {
  TwoSides sides;
  sides.both_begin_with({{kThird, session("2024-03-01", "one")}});
  sides.i_do({{kThird, session("2024-02-23", "one")}});
  sides.they_do({{kSecond, session("2024-02-23", "two")}});
  CHECK(sides.text(sides.join().tip, kThird) == session("2024-02-23", "one"));
}

TEST_CASE("where the club has no schedule the day stays") {
  TwoSides sides;
  sides.both_begin_with({{"club.yaml", "format: 1\nid: club\nname: Club\n"}});
  sides.i_do({{kThird, session("2024-02-23", "one")}});
  sides.they_do({{kSecond, session("2024-02-23", "two")}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, kThird) == session("2024-02-23", "one"));
}

// --- scheduled on both sides --------------------------------------------------------------------

namespace {

// An own session for the paper one, which gets its number with it, and a note by a later commit.
struct Scheduled : TwoSides {
  explicit Scheduled(const Files& theirs) {
    i_do({{kOne, one("number: 2\n")}, {kSecond, session("2024-03-01", "one")}});
    i_do({{kSecond, session("2024-03-01", "one") + "note: mine\n"}}, "note s0002");
    they_do(theirs);
  }
};

}  // namespace

TEST_CASE(
    "a session of a paper that was scheduled meanwhile is left out, and later commits go on") {
  Scheduled sides(
      {{kOne, one("number: 2\n")}, {"sessions/s0005.yaml", session("2024-03-08", "one")}});
  const Joined joined = sides.join();
  CHECK(joined.told.starts_with(
      "note 'one' was scheduled meanwhile, in session s0005: the one made here is left out\n"));
  CHECK(sides.text(joined.tip, kSecond) == "(nothing)");
  CHECK(sides.text(joined.tip, "sessions/s0005.yaml") ==
        session("2024-03-08", "one") + "note: mine\n");
  CHECK(joined.messages == std::vector<std::string>{"note s0005"});
}

TEST_CASE("a session stays where the others' one does not take place, or they planned none") {
  Scheduled cancelled({{kOne, one("number: 2\n")},
                       {"sessions/s0005.yaml", session("2024-03-08", "one") + "cancelled: ill\n"}});
  CHECK(cancelled.text(cancelled.join().tip, kSecond) ==
        session("2024-03-01", "one") + "note: mine\n");
  Scheduled none({{kOne, one("number: 2\n")}});
  CHECK(none.text(none.join().tip, kSecond) == session("2024-03-01", "one") + "note: mine\n");
}

TEST_CASE("a second session of a paper is never left out") {
  TwoSides sides;
  sides.both_begin_with({{kOne, one("number: 2\n")}});
  sides.i_do({{kSecond, session("2024-03-01", "one")}});
  sides.they_do({{"sessions/s0005.yaml", session("2024-03-08", "one")}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, kSecond) == session("2024-03-01", "one"));
}

TEST_CASE("a session with one paper more than the others scheduled stays") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 2\n")},
              {kTwo, two("number: 3\n")},
              {kSecond, session("2024-03-01", "one, two")}});
  sides.they_do(
      {{kOne, one("number: 2\n")}, {"sessions/s0005.yaml", session("2024-03-08", "one")}});
  CHECK(sides.text(sides.join().tip, kSecond) == session("2024-03-01", "one, two"));
}

TEST_CASE("a renamed session does not take the id of another one of its commit") {
  TwoSides sides;
  sides.i_do({{kSecond, "date: 2024-03-01\n"}, {kThird, "date: 2024-03-08\n"}});
  sides.they_do({{kSecond, "date: 2024-03-15\n"}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kThird) == "date: 2024-03-08\n");
  CHECK(sides.text(joined.tip, "sessions/s0004.yaml") == "date: 2024-03-01\n");
}

TEST_CASE("a number that stays is not given to another paper of the commit") {
  TwoSides sides;
  sides.i_do({{kOne, one("number: 3\n")}, {kTwo, two("number: 2\n")}});
  sides.they_do({{"papers/theirs.yaml", "number: 2\n"}});
  CHECK(sides.text(sides.join().tip, kTwo) == two("number: 4\n"));
}

TEST_CASE("two sessions of one commit get days of their own") {
  TwoSides sides;
  sides.i_do({{kThird, session("2024-02-23", "one")},
              {"sessions/s0004.yaml", session("2024-03-01", "two")}});
  sides.they_do({{kSecond, session("2024-02-23", "old")},
                 {"sessions/s0009.yaml", session("2024-03-01", "old")}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kThird) == session("2024-03-08", "one"));
  CHECK(sides.text(joined.tip, "sessions/s0004.yaml") == session("2024-03-15", "two"));
}

}  // namespace paperclub::tests
