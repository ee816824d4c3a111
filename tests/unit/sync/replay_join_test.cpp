#include "tests/support/catch.hpp"
#include "tests/unit/sync/two_sides.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kOne = "papers/one.yaml";
constexpr const char* kRound = "votes/r.yaml";
constexpr const char* kBallot = "votes/r/sam.yaml";

const std::string kOpened = "method: approval\nelectorate: open\ncandidates: [one, two]\n";
const std::string kClosed = kOpened +
                            "result:\n  counted: 0000000000000000000000000000000000000001\n"
                            "  method: approval/1\n  ballots: 1\n  winners: [one]\n";

std::string paper(const std::string& more) {
  return "title: One\nurl: https://example.org/one\n" + more;
}

// Both sides changed the file, which was `base` (nothing: it was not there).
struct Edited : TwoSides {
  Edited(const std::string& path, const std::optional<std::string>& base,
         const std::optional<std::string>& mine, const std::optional<std::string>& theirs)
      : path_(path) {
    if (base) both_begin_with({{path, *base}});
    i_do({{path, mine}});
    they_do({{path, theirs}});
  }

  // Returns what is told, and what the file is then.
  std::string become(Prefer prefer = Prefer::neither) {
    const Joined joined = join(prefer);
    return joined.told + text(joined.tip, path_);
  }

 private:
  std::string path_;
};

std::string both(const std::string& path) {
  return "note '" + path + "' was changed on both sides, and holds both\n";
}

}  // namespace

// --- files --------------------------------------------------------------------------------------

TEST_CASE("two edits of one file are joined by lines") {
  CHECK(Edited("other", "1\n2\n3\n", "one\n2\n3\n", "1\n2\nthree\n").become() ==
        both("other") + "one\n2\nthree\n");
  CHECK(Edited("papers/one.md", "1\n2\n3\n", "one\n2\n3\n", "1\n2\nthree\n").become() ==
        both("papers/one.md") + "one\n2\nthree\n");
}

TEST_CASE("the same lines changed on both sides are a conflict, or those of the preferred side") {
  Edited sides("other", "1\n2\n", "mine\n2\n", "theirs\n2\n");
  CHECK(sides.become() == "conflict other []: mine\n | theirs\n\ntheirs\n2\n");
  CHECK(sides.become(Prefer::mine) == "note 'other' is yours\nmine\n2\n");
  CHECK(sides.become(Prefer::theirs) == "note 'other' is theirs\ntheirs\n2\n");
}

TEST_CASE("a file taken away on one side and changed on the other is a conflict") {
  Edited mine_gone("other", "1\n", std::nullopt, "theirs\n");
  CHECK(mine_gone.become() == "conflict other []:  | (changed)\ntheirs\n");
  CHECK(mine_gone.become(Prefer::mine) == "note 'other' is yours\n(nothing)");
  CHECK(mine_gone.become(Prefer::theirs) == "note 'other' is theirs\ntheirs\n");
  Edited theirs_gone("other", "1\n", "mine\n", std::nullopt);
  CHECK(theirs_gone.become() == "conflict other []: (changed) | \n(nothing)");
  CHECK(theirs_gone.become(Prefer::mine) == "note 'other' is yours\nmine\n");
  CHECK(theirs_gone.become(Prefer::theirs) == "note 'other' is theirs\n(nothing)");
}

TEST_CASE("a joined file has the mode that one side gave it") {
  for (const bool is_mine : {true, false}) {
    CAPTURE(is_mine);
    TwoSides sides;
    sides.both_begin_with({{"run", "1\n2\n3\n"}});
    sides.i_do({{"run", "one\n2\n3\n", is_mine ? kProgram : kPlain}});
    sides.they_do({{"run", "1\n2\nthree\n", is_mine ? kPlain : kProgram}});
    const Joined joined = sides.join();
    CHECK(sides.text(joined.tip, "run") == "one\n2\nthree\n");
    CHECK(sides.entry(joined.tip, "run")->mode == kProgram);
  }
}

TEST_CASE("a link in the place of a file on one side is a conflict") {
  TwoSides sides;
  sides.both_begin_with({{"other", "1\n"}});
  sides.i_do({{"other", "mine\n"}});
  sides.they_do({{"other", "club.yaml", kLink}});
  CHECK(sides.join().told == "conflict other []: (changed) | (changed)\n");
}

// --- records ------------------------------------------------------------------------------------

TEST_CASE("a record is joined by lines with its comments, where that says what both sides say") {
  CHECK(Edited(kOne, paper("venue: V\n# why\nsummary: S\n"),
               "# mine\n" + paper("venue: V\n# why\nsummary: S\n"),
               paper("venue: V\n# why\nsummary: T\n"))
            .become() == both(kOne) + "# mine\n" + paper("venue: V\n# why\nsummary: T\n"));
}

TEST_CASE("edits of one record next to each other are joined key by key") {
  CHECK(Edited(kOne, paper("venue: V\nsummary: S\n"), paper("venue: Mine\nsummary: S\n"),
               paper("venue: V\nsummary: Theirs\n"))
            .become() == both(kOne) + paper("venue: Mine\nsummary: Theirs\n"));
}

TEST_CASE("items that both sides add to a list are all there") {
  CHECK(Edited(kOne, paper("tags: [a]\n"), paper("tags: [a, mine]\n"), paper("tags: [a, theirs]\n"))
            .become() == both(kOne) + paper("tags: [a, theirs, mine]\n"));
}

TEST_CASE("a key that each side adds in another place is not there twice") {
  CHECK(Edited(kOne, paper("summary: S\n"), "venue: M\n" + paper("summary: S\n"),
               paper("summary: S\nvenue: T\n"))
            .become() ==
        "conflict papers/one.yaml [venue]: M | T\n" + paper("summary: S\nvenue: T\n"));
}

TEST_CASE("lines that say something else when they are joined are joined key by key") {
  CHECK(Edited(kOne, paper("discussion:\n  a: A\n  b: B\n  c: C\n"),
               paper("discussion:\n  a: A\n  b: B\n  c: C\n  mine: M\n"),
               paper("discussion:\n  theirs: T\nextra:\n  a: A\n  b: B\n  c: C\n"))
            .become() == both(kOne) + paper("discussion:\n  theirs: T\n  mine: M\nextra:\n  a: "
                                            "A\n  b: B\n  c: C\n"));
}

TEST_CASE("a key that both sides changed is a conflict with its path and both values") {
  Edited sides(kOne, paper("discussion:\n  relevance: R\n"),
               paper("discussion:\n  relevance: Mine\n"),
               paper("discussion:\n  relevance: Theirs\n"));
  CHECK(sides.become() == "conflict papers/one.yaml [discussion.relevance]: Mine | Theirs\n" +
                              paper("discussion:\n  relevance: Theirs\n"));
}

TEST_CASE("of a key that both sides changed the preferred one is taken, and the rest is joined") {
  Edited sides(kOne, paper("venue: V\nsummary: S\n"), paper("venue: Mine\nsummary: Mine\n"),
               paper("venue: Theirs\nsummary: S\n"));
  CHECK(sides.become() ==
        "conflict papers/one.yaml [venue]: Mine | Theirs\n" + paper("venue: Theirs\nsummary: S\n"));
  CHECK(sides.become(Prefer::mine) == "note 'papers/one.yaml': venue is yours\n" + both(kOne) +
                                          paper("venue: Mine\nsummary: Mine\n"));
  CHECK(sides.become(Prefer::theirs) == "note 'papers/one.yaml': venue is theirs\n" + both(kOne) +
                                            paper("venue: Theirs\nsummary: Mine\n"));
}

TEST_CASE("every key that both sides changed is told") {
  Edited sides(kOne, paper("venue: V\nsummary: S\n"), paper("venue: Mine\nsummary: Mine\n"),
               paper("venue: Theirs\n"));
  CHECK(sides.join().told ==
        "conflict papers/one.yaml [venue]: Mine | Theirs\n"
        "conflict papers/one.yaml [summary]: Mine | \n");
}

TEST_CASE("a record that each side added is a conflict, not a mixture") {
  Edited sides("papers/new.yaml", std::nullopt, "title: Mine\n", "title: Theirs\n");
  CHECK(
      sides.become() ==
      "conflict papers/new.yaml []: (added) title: Mine | (added) title: Theirs\ntitle: Theirs\n");
  CHECK(sides.become(Prefer::mine) == "note 'papers/new.yaml' is yours\ntitle: Mine\n");
}

TEST_CASE("a record that cannot be read is not joined") {
  const std::string told =
      "conflict papers/one.yaml []: (changed) | (changed, and one of the two cannot be read)\n";
  CHECK(Edited(kOne, paper(""), "tags: [\n" + paper(""), paper("venue: T\n")).join().told == told);
  CHECK(Edited(kOne, paper(""), paper("venue: M\n"), paper("tags: [\n")).join().told == told);
}

TEST_CASE("a record that says the same on both sides stays as theirs") {
  CHECK(Edited(kOne, paper("venue: V\n"), paper("venue: W # mine\n"), paper("venue: W # theirs\n"))
            .become() ==
        "note 'papers/one.yaml' says by now what you made it say; only your comments in it are "
        "left out\n" +
            paper("venue: W # theirs\n"));
}

// --- rounds -------------------------------------------------------------------------------------

TEST_CASE("a round that both sides changed is never joined") {
  Edited sides(kRound, kOpened, "title: Mine\n" + kOpened, kOpened + "seats: 2\n");
  CHECK(sides.become() ==
        "conflict votes/r.yaml []: (changed) | (changed)\n" + kOpened + "seats: 2\n");
  CHECK(sides.become(Prefer::mine) == sides.become());
  CHECK(sides.become(Prefer::theirs) == "note 'votes/r.yaml' is theirs\n" + kOpened + "seats: 2\n");
}

TEST_CASE("a round that the others closed stays closed where it was opened or taken away here") {
  const std::string lost =
      "lost round 'r' was closed meanwhile: what was changed of it here is left out\n";
  CHECK(Edited(kRound, std::nullopt, "title: Mine\n" + kOpened, kClosed).become(Prefer::mine) ==
        lost + kClosed);
  CHECK(Edited(kRound, kOpened, std::nullopt, kClosed).become(Prefer::mine) == lost + kClosed);
}

TEST_CASE("a number that the paper has already from the others is told") {
  CHECK(Edited(kOne, paper(""), paper("number: 2\n"), paper("number: 3\n")).become() ==
        "note 'one' has number 3 already, not 2\n" + paper("number: 3\n"));
}

TEST_CASE("what was decided stays, whichever side is preferred") {
  for (const Prefer prefer : {Prefer::neither, Prefer::mine, Prefer::theirs}) {
    CHECK(Edited(kRound, kOpened, "title: Mine\n" + kOpened, kClosed).become(prefer) ==
          "lost round 'r' was closed meanwhile: what was changed of it here is left out\n" +
              kClosed);
  }
}

TEST_CASE("a round that was closed before is like any other") {
  Edited sides(kRound, kClosed, "title: Mine\n" + kClosed, "title: Theirs\n" + kClosed);
  CHECK(sides.join().told == "conflict votes/r.yaml []: (changed) | (changed)\n");
}

// --- ballots ------------------------------------------------------------------------------------

namespace {

const std::string kMine = "approve: [one]\n";
const std::string kTheirs = "approve: [two]\n";

struct Vote {
  std::string author;
  std::string text;
};

// Returns what comes of one's own ballot where the others cast these by the same name.
std::string voted(const std::vector<Vote>& votes, const std::string& round = kOpened,
                  const std::string& mine = kMine) {
  TwoSides sides;
  sides.both_begin_with({{kRound, round}});
  sides.i_do({{kBallot, mine}});
  for (const Vote& vote : votes)
    sides.they_do({{kBallot, vote.text}}, vote.author);
  const Joined joined = sides.join();
  return joined.told + sides.text(joined.tip, kBallot);
}

const std::string kSomebodyElse =
    "lost somebody else votes as 'sam' in round 'r': the vote made here does not count, and is "
    "left out; choose another name: git config paperclub.member NAME\n";

}  // namespace

TEST_CASE("of a voter's two ballots the one that is sent last stands") {
  CHECK(voted({{"ada", kTheirs}}) == kMine);
  CHECK(voted({{"ADA@Example.org", kTheirs}}) == kMine);
}

TEST_CASE("a ballot by the name of somebody else is left out in an open round") {
  CHECK(voted({{"ben", kTheirs}}) == kSomebodyElse + kTheirs);
  CHECK(voted({{"ben", kTheirs}, {"ada", "approve: []\n"}}) == kSomebodyElse + "approve: []\n");
}

TEST_CASE("the first good ballot makes a name somebody's, and one that is not good nobody's") {
  for (const char* bad : {"approve: [\n", "approve: [none-of-them]\n"}) {
    CAPTURE(bad);
    CHECK(voted({{"ben", bad}}) == kMine);
    CHECK(voted({{"ben", bad}, {"ada", kTheirs}, {"ben", "approve: []\n"}}) == kMine);
    CHECK(voted({{"ada", bad}, {"ben", kTheirs}}) == kSomebodyElse + kTheirs);
  }
}

TEST_CASE("where members vote, the roll says whose ballot counts") {
  TwoSides sides;
  sides.both_begin_with(
      {{"members/sam.yaml", "name: Sam\nemails: [ada@example.org, ben@example.org]\n"}});
  sides.both_begin_with(
      {{kRound, "method: approval\nelectorate: members\ncandidates: [one, two]\n"}});
  sides.i_do({{kBallot, kMine}});
  sides.they_do({{kBallot, kTheirs}}, "ben");
  const Joined joined = sides.join();
  CHECK(joined.told + sides.text(joined.tip, kBallot) == kMine);
}

TEST_CASE("a signed ballot is left out where the voter has voted from another clone") {
  const std::string round = "method: approval\nelectorate: signed\ncandidates: [one, two]\n";
  const std::string mine = kMine + "signature: mine\n";
  CHECK(voted({{"ada", kTheirs}}, round, mine) ==
        "lost 'sam' voted in round 'r' from another clone, too, and a signed ballot names the one "
        "before it: the vote made here is left out; vote again\n" +
            kTheirs);
  CHECK(voted({}, round, mine) == mine);
  CHECK(voted({{"ada", kTheirs + "signature: theirs\n"}}, round) == kMine);
}

TEST_CASE(
    "a vote in a round that the others gave up is left out, and one in a round that is opened here "
    "is not") {
  TwoSides sides;
  sides.both_begin_with({{kRound, kOpened}});
  sides.i_do({{kBallot, kMine}, {"votes/s.yaml", kOpened}, {"votes/s/sam.yaml", kMine}});
  sides.they_do({{kRound, std::nullopt}});
  const Joined joined = sides.join();
  CHECK(joined.told == "lost round 'r' is not there any more: the vote of 'sam' is left out\n");
  CHECK(sides.text(joined.tip, kBallot) == "(nothing)");
  CHECK(sides.text(joined.tip, "votes/s/sam.yaml") == kMine);
}

TEST_CASE("ballots of a round that is given up here, one commit after the other, go with it") {
  TwoSides sides;
  sides.both_begin_with({{kRound, kOpened}, {kBallot, kMine}});
  sides.i_do({{kRound, std::nullopt}});
  sides.i_do({{kBallot, std::nullopt}});
  sides.they_do({{"other", "1"}});
  const Joined joined = sides.join();
  CHECK(joined.told.empty());
  CHECK(sides.text(joined.tip, kBallot) == "(nothing)");
}

TEST_CASE("a vote that comes after the close is left out, and the rest of its commit is not") {
  for (const Prefer prefer : {Prefer::neither, Prefer::mine}) {
    TwoSides sides;
    sides.both_begin_with({{kRound, kOpened}, {"votes/s.yaml", kOpened}});
    sides.i_do({{kBallot, kMine}, {"votes/s/sam.yaml", kMine}, {"other", "1"}});
    sides.they_do({{kRound, kClosed}});
    const Joined joined = sides.join(prefer);
    CHECK(joined.told ==
          "lost round 'r' was closed before the vote of 'sam' reached it: the vote does not count, "
          "and is left out\n");
    CHECK(sides.text(joined.tip, kBallot) == "(nothing)");
    CHECK(sides.text(joined.tip, "votes/s/sam.yaml") == kMine);
    CHECK(sides.text(joined.tip, "other") == "1");
  }
}

TEST_CASE("a ballot that was counted stays, whoever takes it away afterwards") {
  TwoSides sides;
  sides.both_begin_with({{kRound, kOpened}, {kBallot, kMine}});
  sides.i_do({{kBallot, std::nullopt}, {"other", "1"}});
  SECTION("it is there") {
    sides.they_do({{kRound, kClosed}});
    const Joined joined = sides.join();
    CHECK(joined.told ==
          "lost round 'r' was closed before the ballot of 'sam' was taken away: it stays\n");
    CHECK(sides.text(joined.tip, kBallot) == kMine);
    CHECK(sides.text(joined.tip, "other") == "1");
  }
  SECTION("it is gone already") {
    sides.they_do({{kBallot, std::nullopt}});
    sides.they_do({{kRound, kClosed}});
    CHECK(sides.join().told.empty());
  }
}

}  // namespace paperclub::tests
