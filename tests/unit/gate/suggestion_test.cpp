#include "lib/gate/suggestion.hpp"

#include "tests/unit/gate/judged_club.hpp"

namespace paperclub::tests {
namespace {

using gate::Asked;

// The club, and a suggestion that dee, a stranger, made.
class Suggested : public Judged {
 public:
  explicit Suggested(const std::string& prefix = "") : Judged(prefix) {
    tip = base;
    suggestion =
        commit({base}, below(club::beginning_below(prefix), {{"papers/new.yaml", kPaper}}), "dee");
  }

  bool may(const std::string& actor, Asked asked = Asked::taking_away) const {
    return gate::may_change_suggestion({path(), {}}, {asked, suggestion, tip, actor});
  }

  ObjectId suggestion = git::blob_id(""), tip = suggestion;
};

}  // namespace

TEST_CASE("a suggestion is its maker's and the organisers'") {
  const Suggested club;
  for (const Asked asked : {Asked::adding, Asked::taking_away, Asked::declining}) {
    CAPTURE(static_cast<int>(asked));
    CHECK(club.may("dee@example.org", asked));
    CHECK(club.may("DEE@example.org", asked));
    CHECK(club.may("ada", asked));
    CHECK(club.may("ada@example.org", asked));
    CHECK_FALSE(club.may("ben@example.org", asked));
    CHECK_FALSE(club.may("eve@example.org", asked));
  }
  CHECK_FALSE(club.may("dee"));
  CHECK_FALSE(club.may(""));
  CHECK_FALSE(club.may("", Asked::declining));
}

TEST_CASE("a name that is no address says nothing of whose commits are added") {
  const Suggested club;
  CHECK(club.may("", Asked::adding));
  CHECK(club.may("eve", Asked::adding));
}

TEST_CASE("who made a suggestion may not undo that it was declined") {
  const Suggested club;
  CHECK_FALSE(club.may("dee@example.org", Asked::answering_again));
  CHECK(club.may("ada", Asked::answering_again));
}

TEST_CASE("a member's suggestion is theirs by every address they have") {
  Suggested club;
  club.suggestion = club.commit({club.base}, {{"papers/new.yaml", kPaper}}, "ben");
  CHECK(club.may("ben"));
  CHECK(club.may("ben@example.org"));
  CHECK_FALSE(club.may("cy"));
}

TEST_CASE("where several made it, it is no one's alone") {
  Suggested club;
  club.suggestion =
      club.commit({club.suggestion}, {{"papers/new.yaml", kPaper + "year: 2024\n"}}, "cy");
  CHECK_FALSE(club.may("dee@example.org"));
  CHECK_FALSE(club.may("cy"));
  CHECK(club.may("ada"));
}

TEST_CASE("what the club has all of is anybody's to tidy up, but not to decline") {
  Suggested club;
  SECTION("merged") {
    club.tip = club.commit({club.base, club.suggestion}, {{"papers/new.yaml", kPaper}});
  }
  SECTION("put on top of") { club.tip = club.suggestion; }
  SECTION("squashed") {
    club.tip = club.commit({club.base}, {{"papers/new.yaml", kPaper}});
    club.tip = club.commit({club.tip}, {{"papers/bert.yaml", paper("bert", "number: 2\n")}});
  }
  CHECK(club.may(""));
  CHECK(club.may("eve@example.org", Asked::adding));
  CHECK_FALSE(club.may("", Asked::declining));
}

TEST_CASE("a suggestion that the club changed, or has a part of, still waits") {
  Suggested club;
  club.tip = club.commit({club.base}, {{"papers/new.yaml", kPaper + "year: 2024\n"}});
  CHECK_FALSE(club.may("eve"));
  club.tip = club.commit({club.base}, {{"papers/new.yaml", kPaper}});
  club.suggestion = club.commit({club.suggestion}, {{"papers/other.yaml", paper("other")}}, "dee");
  CHECK_FALSE(club.may("eve"));
}

TEST_CASE("who adds to a suggestion cannot take back what is in it and then take it away") {
  Suggested club;
  SECTION("all of it") {
    club.suggestion = club.commit({club.suggestion}, {{"papers/new.yaml", std::nullopt}}, "eve");
  }
  SECTION("what the club has not") {
    club.suggestion = club.commit({club.suggestion}, {{"papers/two.yaml", paper("two")}}, "dee");
    club.suggestion = club.commit({club.suggestion}, {{"papers/two.yaml", std::nullopt}}, "eve");
    club.tip = club.commit({club.base}, {{"papers/new.yaml", kPaper}});
  }
  CHECK_FALSE(club.may("eve"));
  CHECK_FALSE(club.may(""));
  CHECK_FALSE(club.may("eve@example.org"));
  CHECK(club.may("ada"));
}

TEST_CASE("without organisers a suggestion is anybody's") {
  Suggested club;
  club.tip = club.commit({club.base}, {{"members/ada.yaml", member("ada")}});
  CHECK(club.may(""));
}

TEST_CASE("what cannot be seen is for those who answer for all clubs") {
  Suggested club("a");
  // Another club of the same repository, whose organiser is ben.
  club.tip = club.commit(
      {club.base}, below("b/", {{"club.yaml", kClub},
                                {"members/ben.yaml", member("ben", "roles: [organiser]\n")}}));
  const auto may_be_taken = [&club](bool ada, bool ben) {
    CHECK(club.may("ada") == ada);
    CHECK(club.may("ben") == ben);
  };
  may_be_taken(true, false);
  club.suggestion = club.commit({club.base}, {{"b/papers/new.yaml", kPaper}}, "dee");
  may_be_taken(false, true);
  club.suggestion = club.commit({club.base}, {{"elsewhere", "1"}}, "dee");
  may_be_taken(false, false);
  CHECK(club.may("dee@example.org"));
  SECTION("it is not there") { club.suggestion = git::blob_id("nothing"); }
  SECTION("it has no history in common") {
    club.suggestion = club.commit({}, {{"a/papers/new.yaml", kPaper}}, "eve");
  }
  may_be_taken(false, false);
  CHECK_FALSE(club.may("dee@example.org"));
}

}  // namespace paperclub::tests
