#include "lib/sync/replay.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/sync/two_sides.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kReadme = "README.md";
constexpr const char* kSecond = "sessions/s0002.yaml";
constexpr const char* kThird = "sessions/s0003.yaml";

const std::string kRound = "method: approval\ncandidates: [one, two]\n";
const std::string kClosed = kRound +
                            "result:\n  counted: 0000000000000000000000000000000000000001\n"
                            "  method: approval/1\n  ballots: 1\n  winners: [one]\n";

std::string session(const std::string& date, const std::string& paper) {
  return "date: " + date + "\npapers: [" + paper + "]\n";
}

// A README with a place for the timeline, between what each side may change.
std::string readme(const std::string& above = "above\n", const std::string& below = "below\n",
                   const std::string& list = "\n") {
  return above + "\n<!-- paperclub timeline -->\n" + list + "<!-- /paperclub timeline -->\n\n" +
         below;
}

const FileText kOneScheduled{"papers/one.yaml",
                             "title: One\nurl: https://example.org/one\nnumber: 2\n"};
const FileText kTwoScheduled{"papers/two.yaml",
                             "title: Two\nurl: https://example.org/two\nnumber: 2\n"};

}  // namespace

// --- files --------------------------------------------------------------------------------------

TEST_CASE("files that one side alone changed are as that side has them") {
  TwoSides sides;
  sides.both_begin_with({{"gone", "1"}, {"changed", "1"}, {"theirs", "1"}});
  sides.i_do({{"new", "mine", kProgram}, {"gone", std::nullopt}, {"changed", "mine"}}, "all");
  sides.they_do({{"theirs", "2"}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(joined.messages == std::vector<std::string>{"all"});
  CHECK(sides.text(joined.tip, "new") == "mine");
  CHECK(sides.entry(joined.tip, "new")->mode == kProgram);
  CHECK(sides.text(joined.tip, "gone") == "(nothing)");
  CHECK(sides.text(joined.tip, "changed") == "mine");
  CHECK(sides.text(joined.tip, "theirs") == "2");
}

TEST_CASE("what both sides did in the same way is done once") {
  TwoSides sides;
  sides.both_begin_with({{"gone", "1"}});
  const Files same{{"new", "1"}, {"gone", std::nullopt}};
  sides.i_do(same);
  sides.they_do(same);
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(joined.messages.empty());
  CHECK(joined.tip == sides.theirs());
}

TEST_CASE("own commits stay several, each with its message, and a conflict ends none of them") {
  TwoSides sides;
  sides.both_begin_with({{"other", "1\n"}});
  sides.i_do({{"a", "1"}}, "one");
  sides.i_do({{"other", "mine\n"}}, "two");
  sides.i_do({{"b", "1"}}, "three");
  sides.they_do({{"other", "theirs\n"}});
  const Joined joined = sides.join();
  CHECK(joined.told == "conflict other []: mine\n | theirs\n\n");
  CHECK(joined.messages == std::vector<std::string>{"one", "three"});
}

// --- the timeline in README.md ------------------------------------------------------------------

TEST_CASE("the timeline is made anew of both sides, and what stands around it is joined") {
  TwoSides sides;
  sides.both_begin_with(sides.with_readme({sides.mine()}, {}, readme()));
  sides.i_do(sides.with_readme({sides.mine()}, {kOneScheduled}, readme("above mine\n")));
  sides.they_do(
      sides.with_readme({sides.theirs()}, {kTwoScheduled}, readme("above\n", "below theirs\n")));
  const Joined joined = sides.join();
  CHECK(joined.told == "note number 2 was given to another paper meanwhile: 'one' has 3\n");
  const std::string text = sides.text(joined.tip, kReadme);
  CHECK(text ==
        publish::readme_with(readme("above mine\n", "below theirs\n"), sides.club(joined.tip)));
  CHECK(text.find("Two") < text.find("One"));
}

TEST_CASE("the timeline holds what the others did without making theirs anew") {
  TwoSides sides;
  sides.both_begin_with(sides.with_readme({sides.mine()}, {}, readme()));
  sides.i_do(sides.with_readme({sides.mine()}, {kOneScheduled}, readme()));
  sides.they_do({kTwoScheduled});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, kReadme) == publish::readme_with(readme(), sides.club(joined.tip)));
  CHECK(sides.text(joined.tip, kReadme).find("Two") != std::string::npos);
}

TEST_CASE("a list that is not the timeline of its commit stays as it was written") {
  TwoSides sides;
  sides.both_begin_with({{kReadme, readme()}});
  const std::string own = readme("above\n", "below\n", "by hand\n");
  sides.i_do({{kReadme, own}});
  sides.they_do({kTwoScheduled});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, kReadme) == own);
}

TEST_CASE("what both sides changed around the timeline is a conflict, or the preferred one's") {
  TwoSides sides;
  sides.both_begin_with(sides.with_readme({sides.mine()}, {}, readme()));
  sides.i_do(sides.with_readme({sides.mine()}, {kOneScheduled}, readme("mine\n")));
  sides.they_do(sides.with_readme({sides.theirs()}, {kTwoScheduled}, readme("theirs\n")));
  CHECK(sides.join().told.starts_with("conflict README.md []: mine\n | theirs\n\n"));
  for (const auto& [prefer, above] :
       {std::pair(Prefer::mine, "mine\n"), std::pair(Prefer::theirs, "theirs\n")}) {
    const Joined joined = sides.join(prefer);
    CHECK(sides.text(joined.tip, kReadme) ==
          publish::readme_with(readme(above), sides.club(joined.tip)));
  }
}

TEST_CASE("a README.md above the club's folder has no timeline") {
  TwoSides sides("below");
  sides.both_begin_with({{kReadme, readme()}});
  sides.i_do({{kReadme, readme("mine\n")}});
  sides.they_do({{kReadme, readme("theirs\n")}});
  CHECK(sides.join().told == "conflict README.md []: mine\n | theirs\n\n");
}

// --- after a close ------------------------------------------------------------------------------

namespace {

// An own close that plans a session for the paper one, and a later commit that adds a note to it.
struct Closed : TwoSides {
  Closed() {
    both_begin_with({{"votes/r.yaml", kRound}});
    i_do({{"votes/r.yaml", kClosed}, {kSecond, session("2024-03-01", "one")}});
    i_do({{kSecond, session("2024-03-01", "one") + "note: mine\n"}}, "note s0002");
  }
};

}  // namespace

TEST_CASE("what is done to a session of a close is done to the one that the close made anew") {
  Closed sides;
  sides.they_do({{kSecond, session("2024-03-01", "two")}});
  const Joined joined = sides.join(Prefer::neither, {{kThird, session("2024-03-08", "one")}});
  CHECK(joined.messages == std::vector<std::string>{"closed anew", "note s0003"});
  CHECK(sides.text(joined.tip, kSecond) == session("2024-03-01", "two"));
  CHECK(sides.text(joined.tip, kThird) == session("2024-03-08", "one") + "note: mine\n");
}

TEST_CASE("where a close was left out, its sessions are those that the others planned") {
  Closed sides;
  sides.they_do({{"votes/r.yaml", kClosed},
                 {"sessions/s0004.yaml", session("2024-03-01", "one")},
                 {"sessions/s0005.yaml", session("2024-03-08", "one")}});
  const Joined joined = sides.join();
  CHECK(sides.text(joined.tip, "sessions/s0004.yaml") == session("2024-03-01", "one"));
  CHECK(sides.text(joined.tip, "sessions/s0005.yaml") ==
        session("2024-03-08", "one") + "note: mine\n");
}

TEST_CASE("what is done to a session that is no more is left out, and told") {
  Closed sides;
  sides.i_do({{"other", "1"}, {kSecond, session("2024-03-02", "one") + "note: mine\n"}}, "both");
  sides.they_do({{"votes/r.yaml", kClosed}});
  const Joined joined = sides.join();
  const std::string lost =
      "lost session 's0002' is not there any more: what was done to it here is left out\n";
  CHECK(joined.told == lost + lost);
  CHECK(joined.messages == std::vector<std::string>{"both"});
  CHECK(sides.text(joined.tip, kSecond) == "(nothing)");
  CHECK(sides.text(joined.tip, "other") == "1");
}

}  // namespace paperclub::tests
