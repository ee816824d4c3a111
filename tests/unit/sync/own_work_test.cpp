#include "lib/sync/own_work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_repository.hpp"

namespace paperclub::tests {
namespace {

using git::ObjectId;
using sync::OwnCommit;

const std::string kClub = "format: 1\nid: club\nname: Club\n";
const std::string kRound = "method: approval\ncandidates: [one, two]\n";
const std::string kResult =
    "result:\n  counted: 0000000000000000000000000000000000000001\n  method: approval/1\n  "
    "ballots: 1\n  winners: [one]\n";
const std::string kPaper = "title: Paper one\nurl: https://example.org/one\n";
const std::string kSession = "date: 2024-03-01\npapers: [two]\n";

std::string readme(const std::string& list, const std::string& around = "") {
  return "# Club\n\n<!-- paperclub timeline -->\n" + list + "<!-- /paperclub timeline -->\n" +
         around;
}

// A club of which both sides begin.
class Clone : public ClubRepository {
 public:
  std::vector<OwnCommit> work(const ObjectId& theirs, const ObjectId& mine,
                              const std::string& prefix = "") const {
    return sync::own_work(repository(), prefix, theirs, mine);
  }

  // Returns the message of each commit, with the files that it changes.
  std::string told(const ObjectId& theirs, const ObjectId& mine) const {
    std::string text;
    for (const OwnCommit& own : work(theirs, mine)) {
      text += own.info.text.message.substr(0, own.info.text.message.find('\n')) + ":";
      for (const git::FileDifference& change : own.changes)
        text +=
            " " + std::string(change.before ? "" : "+") + (change.after ? "" : "-") + change.path;
      text += "\n";
    }
    return text;
  }

  // Returns which round a commit closes that changes the files on top of the base; "" for none.
  std::string closes(const Files& before, const Files& files, const std::string& prefix = "") {
    const ObjectId theirs = commit({base}, before);
    const OwnCommit own = work(theirs, commit({theirs}, files), prefix).at(0);
    return own.closes ? own.closes->str() : "";
  }

  const ObjectId base = commit({}, {{"club.yaml", kClub},
                                    {"README.md", readme("\n")},
                                    {"papers/one.yaml", kPaper},
                                    {"papers/two.yaml", "title: Two\nnumber: 1\n"},
                                    {"sessions/s0001.yaml", kSession},
                                    {"votes/r.yaml", kRound},
                                    {"votes/s.yaml", kRound}});
};

// Returns the message of the failure, which is unacceptable and has a hint; "none" without one.
template <typename Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::unacceptable);
    CHECK_FALSE(error.hints().empty());
    return error.message();
  }
  return "none";
}

}  // namespace

TEST_CASE("own commits come in their order, each with what it changed against its parent") {
  Clone club;
  const ObjectId theirs = club.commit({club.base}, {{"papers/theirs.yaml", kPaper}});
  const ObjectId one = club.commit({club.base}, {{"a", "1"}}, "ada", "one");
  const ObjectId two = club.commit({one}, {{"a", "2"}, {"b", "1"}}, "ada", "two");
  const ObjectId three = club.commit({two}, {{"a", std::nullopt}}, "ada", "three");
  CHECK(club.told(theirs, three) == "one: +a\ntwo: a +b\nthree: -a\n");
  CHECK(club.told(one, three) == "two: a +b\nthree: -a\n");
}

TEST_CASE("an own commit says who made it, and has a place even where it changes nothing") {
  Clone club;
  const auto work = club.work(club.base, club.commit({club.base}, {}, "ben", "empty"));
  REQUIRE(work.size() == 1);
  CHECK(work[0].info.text.author.email == "ben@example.org");
  CHECK(work[0].changes.empty());
}

TEST_CASE("there is no own work where the others have all of it") {
  Clone club;
  const ObjectId one = club.commit({club.base}, {{"a", "1"}});
  CHECK(club.work(one, one).empty());
  CHECK(club.work(one, club.base).empty());
}

TEST_CASE("two that have no history in common are refused") {
  Clone club;
  const ObjectId other = club.commit({}, {{"club.yaml", kClub}});
  CHECK(refusal([&] { club.work(club.base, other); }) ==
        "the remote has another history than this clone");
}

TEST_CASE("a merge of own branches is left out, and what it joins stays") {
  Clone club;
  const ObjectId left = club.commit({club.base}, {{"a", "1"}}, "ada", "left");
  const ObjectId right = club.commit({club.base}, {{"b", "1"}}, "ada", "right");
  const ObjectId merge = club.commit({left, right}, {{"b", "1"}}, "ada", "merge");
  const ObjectId last = club.commit({merge}, {{"c", "1"}}, "ada", "last");
  const std::string told = club.told(club.base, last);
  CHECK((told == "left: +a\nright: +b\nlast: +c\n" || told == "right: +b\nleft: +a\nlast: +c\n"));
}

TEST_CASE("a merge of what the others did is left out") {
  Clone club;
  const ObjectId theirs = club.commit({club.base}, {{"b", "1"}}, "ben", "theirs");
  const ObjectId own = club.commit({club.base}, {{"a", "1"}}, "ada", "own");
  const ObjectId merge = club.commit({own, theirs}, {{"b", "1"}}, "ada", "merge");
  CHECK(club.told(theirs, merge) == "own: +a\n");
}

TEST_CASE("a merge is left out only where it follows from both of its sides") {
  struct Case {
    const char* name;
    Files left, right, merge;  // the merge on top of the left side
    bool plain;
  };
  const std::vector<Case> cases{
      {"each its own file", {{"a", "1"}}, {{"b", "1"}}, {{"b", "1"}}, true},
      {"the same in both", {{"a", "1"}}, {{"a", "1"}}, {}, true},
      {"a file taken away by one",
       {{"a", "1"}},
       {{"o", std::nullopt}},
       {{"o", std::nullopt}},
       true},
      {"a mode of one", {{"a", "1"}}, {{"o", "o", kProgram}}, {{"o", "o", kProgram}}, true},
      {"one file more", {{"a", "1"}}, {{"b", "1"}}, {{"b", "1"}, {"c", "1"}}, false},
      {"another text", {{"a", "1"}}, {{"b", "1"}}, {{"b", "2"}}, false},
      {"another mode", {{"a", "1"}}, {{"b", "1"}}, {{"b", "1", kProgram}}, false},
      {"the right side left out", {{"a", "1"}}, {{"b", "1"}}, {}, false},
      {"the left side left out",
       {{"a", "1"}},
       {{"b", "1"}},
       {{"a", std::nullopt}, {"b", "1"}},
       false},
      {"a file taken away stays", {{"a", "1"}}, {{"o", std::nullopt}}, {}, false},
      {"one of two texts taken", {{"a", "1"}}, {{"a", "2"}}, {}, false},
      {"two texts joined", {{"o", "1\no"}}, {{"o", "o\n2"}}, {{"o", "1\no\n2"}}, false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Clone club;
    const ObjectId base = club.commit({club.base}, {{"o", "o"}});
    const ObjectId left = club.commit({base}, one.left, "ada", "left");
    const ObjectId right = club.commit({base}, one.right, "ada", "right");
    const ObjectId merge = club.commit({left, right}, one.merge);
    if (one.plain) {
      CHECK(club.work(base, merge).size() == 2);
    } else {
      CHECK(refusal([&] { club.work(base, merge); }) ==
            fmt::format("commit {} is a merge that changes more than it joins", merge.short_hex()));
    }
  }
}

TEST_CASE("a merge of three, or with another history, is refused") {
  Clone club;
  const ObjectId a = club.commit({club.base}, {{"a", "1"}});
  const ObjectId b = club.commit({club.base}, {{"b", "1"}});
  const ObjectId c = club.commit({club.base}, {{"c", "1"}});
  const ObjectId three = club.commit({a, b, c}, {{"b", "1"}, {"c", "1"}});
  CHECK(refusal([&] { club.work(club.base, three); }).find("is a merge") != std::string::npos);
  const ObjectId other = club.commit({}, {{"d", "1"}});
  const ObjectId strange = club.commit({a, other}, {{"d", "1"}});
  CHECK(refusal([&] { club.work(club.base, strange); }).find("is a merge") != std::string::npos);
}

TEST_CASE("a merge that the others have already is not looked at") {
  Clone club;
  const ObjectId a = club.commit({club.base}, {{"a", "1"}});
  const ObjectId b = club.commit({club.base}, {{"b", "1"}});
  const ObjectId merge = club.commit({a, b}, {{"b", "1"}, {"c", "1"}});
  CHECK(club.told(merge, club.commit({merge}, {{"d", "1"}}, "ada", "own")) == "own: +d\n");
}

TEST_CASE("a commit that adds a result to a round closes it") {
  struct Case {
    const char* name;
    Files before, files;
    const char* closes;
  };
  const std::string with_result = kRound + kResult;
  const std::vector<Case> cases{
      {"a result", {}, {{"votes/r.yaml", with_result}}, "r"},
      {"a result among other changes",
       {},
       {{"a", "1"}, {"votes/s.yaml", with_result}, {"z", "1"}},
       "s"},
      {"a round that comes with one", {}, {{"votes/new.yaml", with_result}}, "new"},
      {"no result", {}, {{"votes/r.yaml", "title: R\n" + kRound}}, ""},
      {"a result changed",
       {{"votes/r.yaml", with_result}},
       {{"votes/r.yaml", "title: R\n" + with_result}},
       ""},
      {"a result taken away", {{"votes/r.yaml", with_result}}, {{"votes/r.yaml", kRound}}, ""},
      {"a closed round taken away",
       {{"votes/r.yaml", with_result}},
       {{"votes/r.yaml", std::nullopt}},
       ""},
      {"no record", {}, {{"votes/r.yaml", "result: ["}}, ""},
      {"a link", {}, {{"votes/r.yaml", with_result, kLink}}, ""},
      {"no id", {}, {{"votes/Bad.yaml", with_result}}, ""},
      {"a ballot", {}, {{"votes/r/ada.yaml", "approve: [one]\n"}}, ""},
      {"a paper with a result", {}, {{"papers/one.yaml", with_result}}, ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(Clone().closes(one.before, one.files) == one.closes);
  }
}

TEST_CASE("a close is one of the club's own rounds") {
  const Files files{{"below/votes/r.yaml", kRound + kResult}};
  CHECK(Clone().closes({}, files, "below") == "r");
  CHECK(Clone().closes({}, files).empty());
  CHECK(Clone().closes({}, {{"votes/r.yaml", kRound + kResult}}, "below").empty());
  CHECK(Clone().closes({}, {{"below-votes/r.yaml", kRound + kResult}}, "below").empty());
}

TEST_CASE("only a file that is a record with a result has one") {
  Clone club;
  const ObjectId tip = club.commit({club.base}, {{"votes/closed.yaml", kRound + kResult},
                                                 {"votes/link.yaml", kRound + kResult, kLink},
                                                 {"votes/bad.yaml", "result: ["}});
  const auto has = [&](const std::string& path) {
    return sync::has_result(club.repository(), club.entry(tip, path));
  };
  CHECK(has("votes/closed.yaml"));
  for (const char* path : {"votes/r.yaml", "votes/link.yaml", "votes/bad.yaml", "votes", "none"}) {
    CAPTURE(path);
    CHECK_FALSE(has(path));
  }
}

// --- closes -------------------------------------------------------------------------------------

namespace {

constexpr const char* kMore = "(more)";

// Returns what keeps a commit that closes r and does this besides from being made anew: "" for
// nothing, kMore where it says that it changes more of the first file.
std::string problem(const Files& files, const std::string& prefix = "") {
  Clone club;
  const Files close{{prefix + "votes/r.yaml", kRound + kResult}};
  const ObjectId base = prefix.empty()
                            ? club.base
                            : club.commit({club.base}, {{prefix + "votes/r.yaml", kRound},
                                                        {"README.md", readme("\n")}});
  const std::string folder = prefix.substr(0, prefix.size() - (prefix.empty() ? 0 : 1));
  const OwnCommit own = club.work(base, club.commit({base}, close + files), folder).at(0);
  REQUIRE(own.closes);
  const std::string said = sync::close_problem(club.repository(), folder, own).value_or("");
  const bool is_first =
      !files.empty() &&
      said == fmt::format("changes more of '{}' than a close does", files.front().path);
  return is_first ? kMore : said;
}

}  // namespace

TEST_CASE("a close may give a number, plan sessions and make the timeline anew") {
  struct Case {
    const char* name;
    Files files;
  };
  const std::vector<Case> cases{
      {"the result alone", {}},
      {"a number", {{"papers/one.yaml", kPaper + "number: 2\n"}}},
      {"a number above other keys", {{"papers/one.yaml", "number: 2\n" + kPaper}}},
      {"a new session", {{"sessions/s0002.yaml", "date: 2024-03-08\npapers: [one]\n"}}},
      {"a new session without a day", {{"sessions/s0002.yaml", "papers: [one]\n"}}},
      {"one paper more in a session",
       {{"sessions/s0001.yaml", "date: 2024-03-01\npapers: [two, one]\n"}}},
      {"the timeline", {{"README.md", readme("\n1. one\n")}}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(problem(one.files).empty());
  }
}

TEST_CASE("a close may change nothing more") {
  struct Case {
    const char* name;
    Files files;
  };
  const std::vector<Case> cases{
      {"another round closed", {{"votes/s.yaml", kRound + kResult}}},
      {"another round opened", {{"votes/t.yaml", kRound}}},
      {"another round taken away", {{"votes/s.yaml", std::nullopt}}},
      {"another key of a paper", {{"papers/one.yaml", kPaper + "number: 2\nvenue: V\n"}}},
      {"another text of a paper", {{"papers/one.yaml", "title: New\nnumber: 2\n"}}},
      {"a comment in a paper", {{"papers/one.yaml", "# new\n" + kPaper + "number: 2\n"}}},
      {"a paper without a number", {{"papers/one.yaml", kPaper + "venue: V\n"}}},
      {"another number", {{"papers/two.yaml", "title: Two\nnumber: 2\n"}}},
      {"a number taken away", {{"papers/two.yaml", "title: Two\n"}}},
      {"a new paper", {{"papers/three.yaml", kPaper + "number: 2\n"}}},
      {"a paper taken away", {{"papers/one.yaml", std::nullopt}}},
      {"a paper that cannot be read", {{"papers/one.yaml", "number: ["}}},
      {"a new session with a presenter",
       {{"sessions/s0002.yaml", kSession + "presenters: [ada]\n"}}},
      {"a new session that is cancelled", {{"sessions/s0002.yaml", kSession + "cancelled: ill\n"}}},
      {"a new session that cannot be read", {{"sessions/s0002.yaml", "date: ["}}},
      {"another day", {{"sessions/s0001.yaml", "date: 2024-03-02\npapers: [two]\n"}}},
      {"another paper in a session",
       {{"sessions/s0001.yaml", "date: 2024-03-01\npapers: [one]\n"}}},
      {"a paper out of a session", {{"sessions/s0001.yaml", "date: 2024-03-01\n"}}},
      {"another day and a paper more",
       {{"sessions/s0001.yaml", "date: 2024-03-02\npapers: [two, one]\n"}}},
      {"a presenter", {{"sessions/s0001.yaml", kSession + "presenters: [ada]\n"}}},
      {"a comment in a session",
       {{"sessions/s0001.yaml", "# new\ndate: 2024-03-01\npapers: [two, one]\n"}}},
      {"a session taken away", {{"sessions/s0001.yaml", std::nullopt}}},
      {"a ballot", {{"votes/r/ada.yaml", "approve: [one]\n"}}},
      {"a member", {{"members/ada.yaml", "name: Ada\n"}}},
      {"the club", {{"club.yaml", kClub + "language: en\n"}}},
      {"notes", {{"papers/one.md", "# Notes\n"}}},
      {"a file elsewhere", {{"other", "1"}}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(problem(one.files) == kMore);
  }
}

TEST_CASE("a close changes its own round by the result alone") {
  Clone club;
  for (const std::string& text :
       {"title: R\n" + kRound + kResult, "# new\n" + kRound + kResult,
        "method: approval\ncandidates: [one]\n" + kResult, kRound + kResult + "seats: 2\n"}) {
    CAPTURE(text);
    const OwnCommit own =
        club.work(club.base, club.commit({club.base}, {{"votes/r.yaml", text}})).at(0);
    CHECK(sync::close_problem(club.repository(), "", own) ==
          "changes more of 'votes/r.yaml' than a close does");
  }
}

TEST_CASE("a close changes nothing of README.md around the timeline") {
  const std::string said = "changes more of README.md than the timeline";
  CHECK(problem({{"README.md", readme("\n1. one\n", "more\n")}}) == said);
  CHECK(problem({{"README.md", "# Other\n" + readme("\n")}}) == said);
  CHECK(problem({{"README.md", "# Club\n"}}) == said);
  CHECK(problem({{"README.md", std::nullopt}}) == said);
}

TEST_CASE("a README.md without a timeline is not changed by a close") {
  Clone club;
  const ObjectId base = club.commit({club.base}, {{"README.md", "# Club\n"}});
  const ObjectId close =
      club.commit({base}, {{"votes/r.yaml", kRound + kResult}, {"README.md", "# Other\n"}});
  CHECK(sync::close_problem(club.repository(), "", club.work(base, close).at(0)) ==
        "changes more of README.md than the timeline");
}

TEST_CASE("a close of a club below the top changes nothing outside of its folder") {
  CHECK(problem({}, "below/").empty());
  CHECK(problem({{"README.md", readme("\n1. one\n")}}, "below/") == "changes more than the club");
  CHECK(problem({{"belowother", "1"}}, "below/") == "changes more than the club");
}

}  // namespace paperclub::tests
