#include <functional>

#include "lib/gate/gate.hpp"
#include "lib/vote/round_count.hpp"
#include "lib/yaml/edit.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/unit/gate/judged_club.hpp"

namespace paperclub::tests {

// --- rounds -------------------------------------------------------------------------------------

TEST_CASE("rounds are opened and closed by organisers, and stay as they were opened") {
  judge_each({
      {"opened", "ben", {{"votes/new.yaml", kOpen}}, "protected-file votes/new.yaml"},
      {"opened", "ada", {{"votes/new.yaml", kOpen}}},
      {"titled",
       "ben",
       {{"votes/open.yaml", "title: R\n" + kOpen}},
       "protected-file votes/open.yaml"},
      {"titled", "ada", {{"votes/open.yaml", "title: R\n" + kOpen}}},
      {"other candidates",
       "ada",
       {{"votes/open.yaml", "method: approval\nelectorate: open\ncandidates: [mamba, rwkv]\n"}},
       "append-only votes/open.yaml"},
      {"other rules",
       "ada",
       {{"votes/open.yaml", kOpen + "seats: 2\n"}},
       "append-only votes/open.yaml"},
      {"another result",
       "ada",
       {{"votes/old.yaml", kOld + "result:\n  counted: a000000000000000000000000000000000000001\n  "
                                  "method: approval/1\n  ballots: 1\n  winners: [rwkv]\n"}},
       "append-only votes/old.yaml"},
      {"opened again", "ada", {{"votes/old.yaml", kOld}}, "append-only votes/old.yaml"},
      {"a closed one taken away",
       "ada",
       {{"votes/old.yaml", std::nullopt}},
       "append-only votes/old.yaml"},
      {"a closed one titled", "ada", {{"votes/old.yaml", "title: R\n" + kOld + kResult}}},
  });
}

TEST_CASE("a result is what the ballots say") {
  Judged club;
  const git::Repository repository = git::Repository::open(club.path());
  const auto closed = [&](const char* round,
                          const std::function<void(record::RoundResult&)>& forge) {
    const auto id = RoundId::parse(round).value();
    const club::RoundHistory history = club::read_round(repository, "", club.base, id);
    record::RoundResult result = vote::result_of(history, vote::count_round(history));
    forge(result);
    const std::string path = club::round_path(round);
    const std::string text = club.text(club.base, path);
    const auto document = yaml::parse(path, text).document;
    return told(club.judge(
        club.commit(
            {club.base},
            {{path, yaml::edited_text(
                        *document, {yaml::Edit::set({"result"}, record::to_yaml(result))}, {})}}),
        "ada"));
  };
  CHECK(closed("ours", [](record::RoundResult&) {}).empty());
  CHECK(closed("open", [](record::RoundResult&) {}).empty());
  const std::string wrong = "wrong-result votes/ours.yaml";
  CHECK(closed("ours", [](auto& result) { result.ballots = 2; }) == wrong);
  CHECK(closed("ours", [](auto& result) { result.winners.clear(); }) == wrong);
  CHECK(closed("ours", [](auto& result) { result.digest = std::string(64, 'a'); }) == wrong);
  CHECK(closed("ours", [&](auto& result) { result.counted = std::string(40, 'a'); }) == wrong);
}

// --- votes --------------------------------------------------------------------------------------

TEST_CASE("whose ballot somebody may cast") {
  const std::string bens = "votes/ours/ben.yaml";
  judge_each({
      {"the own one", "cy", {{"votes/ours/cy.yaml", kYes}}},
      {"the own one again", "ben", {{bens, kNo}}},
      {"a stranger's, of a free name", "", {{"votes/open/eve.yaml", kYes}}},
      {"a member's, by a stranger",
       "",
       {{"votes/open/cy.yaml", kYes}},
       "not-yours votes/open/cy.yaml"},
      {"another stranger's",
       "",
       {{"votes/open/sam.yaml", kNo}},
       "not-yours votes/open/sam.yaml, void-ballot votes/open/sam.yaml"},
      {"a free name, by a member",
       "ben",
       {{"votes/open/eve.yaml", kYes}},
       "not-yours votes/open/eve.yaml"},
      {"another member's",
       "cy",
       {{bens, kNo}},
       "not-yours votes/ours/ben.yaml, void-ballot votes/ours/ben.yaml"},
      {"taken away", "ben", {{bens, std::nullopt}}, "append-only votes/ours/ben.yaml"},
      {"taken away", "ada", {{bens, std::nullopt}}, "append-only votes/ours/ben.yaml"},
      {"none of the members'",
       "eve",
       {{"votes/ours/eve.yaml", kYes}},
       "unknown-member votes/ours/eve.yaml, void-ballot votes/ours/eve.yaml"},
      {"in a closed round", "cy", {{"votes/old/cy.yaml", kYes}}, "void-ballot votes/old/cy.yaml"},
      {"in no round",
       "cy",
       {{"votes/none/cy.yaml", kYes}},
       "unknown-round votes/none/cy.yaml, void-ballot votes/none/cy.yaml"},
      {"for no candidate",
       "cy",
       {{"votes/ours/cy.yaml", "approve: [rwkv]\n"}},
       "void-ballot votes/ours/cy.yaml, not-a-candidate votes/ours/cy.yaml"},
      {"another's, by an organiser", "ada", {{bens, kNo}}, "void-ballot votes/ours/ben.yaml"},
      {"in the commit that opens its round",
       "ada",
       {{"votes/new.yaml", kOurs}, {"votes/new/ada.yaml", kYes}},
       "void-ballot votes/new/ada.yaml"},
  });
}

TEST_CASE("an organiser opens a round and votes in it in one change, and nobody else does") {
  Judged club;
  const auto voted = [&](const std::string& actor) {
    const ObjectId opened = club.commit({club.base}, {{"votes/new.yaml", kOurs}}, actor);
    const Files vote{{"votes/new/" + actor + ".yaml", kYes}};
    return told(club.judge(club.commit({opened}, vote, actor), actor));
  };
  CHECK(voted("ada").empty());
  CHECK(voted("ben") == "protected-file votes/new.yaml, void-ballot votes/new/ben.yaml");
}

TEST_CASE("the address of the commit says whose a ballot is, not only who asks") {
  Judged club;
  const Files vote{{"votes/ours/cy.yaml", kYes}};
  CHECK(told(club.judge(club.commit({club.base}, vote, "ben"), "cy")) ==
        "void-ballot votes/ours/cy.yaml");
  CHECK(told(club.judge(club.commit({club.base}, vote, "cy"), "ben")) ==
        "not-yours votes/ours/cy.yaml");
}

TEST_CASE("a ballot that stood before makes none good that somebody else casts again") {
  Judged club;
  const Files yes{{"votes/ours/ben.yaml", kYes}};
  club.base = club.commit({club.base}, {{"votes/ours/ben.yaml", kNo}}, "ben");
  CHECK(told(club.judge(club.commit({club.base}, yes, "ben"), "ben")).empty());
  CHECK(told(club.judge(club.commit({club.base}, yes, "cy"), "ben")) ==
        "void-ballot votes/ours/ben.yaml");
}

TEST_CASE("a ballot in a closed round is told so") {
  Judged club;
  const ObjectId head = club.commit({club.base}, {{"votes/old/cy.yaml", kYes}}, "cy");
  const gate::Judgement judgement = club.judge(head, "cy");
  REQUIRE(judgement.findings.size() == 1);
  CHECK(judgement.findings[0].message == "the round is closed");
}

TEST_CASE("a stranger changes the own ballot, known by the address or by the login at the forge") {
  Judged club;
  const Files vote{{"votes/open/sam.yaml", kNo}};
  const ObjectId head = club.commit({club.base}, vote, "sam");
  CHECK(told(club.judge(head, "sam@example.org")).empty());
  CHECK(told(club.judge(head, "eve@example.org")) == "not-yours votes/open/sam.yaml");
  const std::string address = "12+sam-at-forge@users.noreply.github.com";
  club.base = club.commit({club.base}, {{"votes/open/kim.yaml", kYes}}, address);
  const ObjectId kims = club.commit({club.base}, {{"votes/open/kim.yaml", kNo}}, address);
  const auto by = [&](const std::string& login) {
    return told(club.judge(gate::Request{club.base, kims, "", login, false, kNow, {}}));
  };
  CHECK(by("sam-at-forge").empty());
  CHECK(by("at-forge") == "not-yours votes/open/kim.yaml");
}

TEST_CASE("a merge takes no name from who voted by it on the club's branch") {
  Judged club;
  const ObjectId opened = club.base;
  club.base = club.commit({opened}, {{"votes/open/kim.yaml", kYes}}, "kim");
  const auto merged = [&](const std::vector<ObjectId>& parents, const std::string& text) {
    const ObjectId head = club.commit(parents, {{"votes/open/kim.yaml", text}}, "eve");
    return told(club.judge(gate::Request{club.base, head, "", "", true, kNow, {}}));
  };
  // What the merge writes is as bad; what it passes over, on the side it calls its own, is worse.
  const ObjectId side = club.commit({opened}, {{"votes/open/kim.yaml", kNo}}, "eve");
  CHECK(merged({club.base, side}, kNo) ==
        "not-yours votes/open/kim.yaml, void-ballot votes/open/kim.yaml");
  CHECK(merged({side, club.base}, kNo) == "not-yours votes/open/kim.yaml");
  CHECK(merged({side, club.base}, kYes) == "not-yours votes/open/kim.yaml");
  const ObjectId twin = club.commit({opened}, {{"votes/open/kim.yaml", kYes}}, "eve");
  CHECK(merged({twin, club.base}, kYes) == "not-yours votes/open/kim.yaml");
}

TEST_CASE("where a server knows nobody, the addresses of a voter's commits must be one") {
  Judged club;
  const auto by = [&](const std::string& author, bool may_push) {
    const ObjectId head = club.commit({club.base}, {{"votes/open/sam.yaml", kNo}}, author);
    return told(club.judge(gate::Request{club.base, head, "", "", may_push, kNow, {}}));
  };
  CHECK(by("SAM@example.org", true).empty());
  CHECK(by("eve", true) == "not-yours votes/open/sam.yaml, void-ballot votes/open/sam.yaml");
  CHECK(by("sam", false) == "not-yours votes/open/sam.yaml");
}

TEST_CASE("votes are judged commit by commit, also where the change as a whole has none") {
  Judged club;
  const auto passing = [&](const std::string& path, const std::string& text,
                           const std::string& author, const std::string& actor) {
    const bool was_there = club.entry(club.base, path).has_value();
    const auto before = was_there ? std::optional(club.text(club.base, path)) : std::nullopt;
    const ObjectId brought = club.commit({club.base}, {{path, text}}, author);
    return told(club.judge(club.commit({brought}, {{path, before}}, author), actor));
  };
  CHECK(passing("votes/ours/cy.yaml", kYes, "cy", "") == "not-yours votes/ours/cy.yaml");
  CHECK(passing("votes/ours/cy.yaml", kYes, "cy", "cy").empty());
  CHECK(passing("votes/ours/ben.yaml", kNo, "ben", "cy") == "not-yours votes/ours/ben.yaml");
  CHECK(passing("votes/open.yaml", kOpen + kResult, "eve", "") == "protected-file votes/open.yaml");
  CHECK(passing("votes/open.yaml", kOpen + kResult, "ada", "ada") == "append-only votes/open.yaml");
  CHECK(passing("votes/new.yaml", kOpen, "ada", "ada").empty());
  CHECK(passing("papers/rwkv.yaml", kPaper, "eve", "").empty());
}

TEST_CASE("of a merge only what none of its parents has is the asker's") {
  Judged club;
  const ObjectId fork = club.base;
  club.base = club.commit({fork}, {{"votes/ours/cy.yaml", kYes}}, "cy");
  const ObjectId own = club.commit({fork}, {{"papers/new.yaml", kPaper}}, "eve");
  const Files cys{{"votes/ours/cy.yaml", kYes}};
  CHECK(told(club.judge(club.commit({own, club.base}, cys, "eve"), "")).empty());
  const Files forged{{"votes/ours/cy.yaml", kNo}};
  CHECK(told(club.judge(club.commit({own, club.base}, forged, "cy"), "")) ==
        "not-yours votes/ours/cy.yaml");
}

TEST_CASE("a forged ballot on a side that a merge does not take is refused") {
  Judged club;
  const ObjectId gone = club.commit({club.base}, {{"votes/ours/ben.yaml", std::nullopt}}, "eve");
  const ObjectId forged = club.commit({gone}, {{"votes/ours/ben.yaml", kNo}}, "ben");
  const ObjectId head = club.commit({club.base, forged}, {{"papers/new.yaml", kPaper}}, "eve");
  CHECK(told(club.judge(head, "")) == "not-yours votes/ours/ben.yaml");
}

TEST_CASE("a forged ballot that another commit takes away is refused, whatever the ids are") {
  Judged club;
  for (int i = 0; i < 100; ++i) {
    const ObjectId brought =
        club.commit({club.base}, {{"votes/ours/cy.yaml", kYes}}, "cy", fmt::format("{}", i));
    const ObjectId gone = club.commit({brought}, {{"votes/ours/cy.yaml", std::nullopt}}, "eve");
    const ObjectId last = club.commit({gone}, {{"papers/new.yaml", kPaper}}, "eve");
    CHECK_FALSE(told(club.judge(last, "")).empty());
  }
}

TEST_CASE("a forged ballot of a commit without parents is refused") {
  Judged club;
  const ObjectId root = club.commit({}, {{"votes/ours/cy.yaml", kNo}}, "cy");
  const ObjectId head = club.commit({club.base, root}, {{"papers/new.yaml", kPaper}}, "eve");
  const std::string refused = told(club.judge(head, ""));
  CHECK(refused.find("not-yours votes/ours/cy.yaml") != std::string::npos);
  CHECK(refused.find("append-only commit") != std::string::npos);
}

TEST_CASE("a malformed first ballot makes a name nobody's") {
  Judged club;
  club.base = club.commit({club.base}, {{"votes/open/kim.yaml", "approve: [\n"}}, "mallory");
  club.base = club.commit({club.base}, {{"votes/open/kim.yaml", kYes}}, "kim");
  const ObjectId head = club.commit({club.base}, {{"votes/open/kim.yaml", kNo}}, "kim");
  CHECK(told(club.judge(head, "kim@example.org")).empty());
}

}  // namespace paperclub::tests
