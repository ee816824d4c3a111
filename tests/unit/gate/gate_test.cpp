#include "lib/gate/gate.hpp"

#include "lib/base/error.hpp"
#include "tests/unit/gate/judged_club.hpp"

namespace paperclub::tests {

TEST_CASE("anybody suggests papers, and nothing but suggestions") {
  judge_each({
      {"a paper", "", {{"papers/new.yaml", kPaper}}},
      {"with a number",
       "",
       {{"papers/new.yaml", kPaper + "number: 2\n"}},
       "protected-file papers/new.yaml"},
      {"withdrawn",
       "",
       {{"papers/new.yaml", kPaper + "withdrawn: {why: x}\n"}},
       "protected-file papers/new.yaml"},
      {"with an alias",
       "ben",
       {{"papers/new.yaml", kPaper + "aliases: [newer]\n"}},
       "protected-file papers/new.yaml"},
      {"with a number, by an organiser", "ada", {{"papers/new.yaml", kPaper + "number: 2\n"}}},
      {"a bad record", "", {{"papers/new.yaml", "title: [\n"}}, "yaml-syntax papers/new.yaml"},
      {"the same paper again",
       "",
       {{"papers/new.yaml", paper("mamba")}},
       "duplicate-paper papers/new.yaml"},
  });
}

TEST_CASE("a paper that is there is the organisers' to change") {
  const std::string refused = "protected-file papers/rwkv.yaml";
  for (const char* actor : {"", "ben"}) {
    judge_each(
        {{"changed", actor, {{"papers/rwkv.yaml", paper("rwkv", "venue: V\n")}}, refused},
         {"given a number", actor, {{"papers/rwkv.yaml", paper("rwkv", "number: 2\n")}}, refused}});
  }
  judge_each({{"taken away",
               "ben",
               {{"papers/rwkv.yaml", std::nullopt}},
               refused + ", unknown-paper votes/old.yaml"},
              {"changed", "ada", {{"papers/rwkv.yaml", paper("rwkv", "venue: V\n")}}},
              {"given a number", "ada", {{"papers/rwkv.yaml", paper("rwkv", "number: 2\n")}}}});
}

TEST_CASE("a number is given once, whoever asks") {
  judge_each({
      {"changed",
       "ada",
       {{"papers/bert.yaml", paper("bert", "number: 2\n")}},
       "append-only papers/bert.yaml"},
      {"taken", "ada", {{"papers/bert.yaml", paper("bert")}}, "append-only papers/bert.yaml"},
      {"given to another",
       "ada",
       {{"papers/bert.yaml", paper("bert")}, {"papers/rwkv.yaml", paper("rwkv", "number: 1\n")}},
       "append-only papers/bert.yaml"},
      {"gone",
       "ada",
       {{"papers/bert.yaml", std::nullopt},
        {"papers/bert.md", std::nullopt},
        {"sessions/s0001.yaml", kPlanned}},
       "append-only papers/bert.yaml, append-only sessions/s0001.yaml, append-only "
       "sessions/s0001.yaml"},
      {"kept by an alias",
       "ada",
       {{"papers/bert.yaml", std::nullopt},
        {"papers/bert.md", std::nullopt},
        {"papers/bert-2.yaml", paper("bert", "number: 1\naliases: [bert]\n")}}},
  });
}

TEST_CASE("notes are kept by members, and taken away by organisers") {
  judge_each({
      {"written", "", {{"papers/bert.md", "# New\n"}}, "protected-file papers/bert.md"},
      {"written", "ben", {{"papers/bert.md", "# New\n"}}},
      {"taken away", "ben", {{"papers/bert.md", std::nullopt}}, "protected-file papers/bert.md"},
      {"taken away", "ada", {{"papers/bert.md", std::nullopt}}},
  });
}

TEST_CASE("a picture in notes may be larger than any record") {
  judge_each({{"large",
               "ben",
               {{"papers/bert.md", "![all of it](bert/all.png)\n"},
                {"papers/bert/all.png", std::string(club::kMaxFileBytes + 1, 'x')}}},
              {"not there",
               "ben",
               {{"papers/bert.md", "![all of it](bert/all.png)\n"}},
               "missing-file papers/bert.md"}});
}

TEST_CASE("what no check looks at is the organisers'") {
  judge_each({
      {"a paper", "", {{"papers/.new.yaml", kPaper}}, "protected-file papers/.new.yaml"},
      {"a picture", "ben", {{"papers/bert/.x.png", "x"}}, "protected-file papers/bert/.x.png"},
      {"beside ballots", "ben", {{"votes/.gitkeep", ""}}, "protected-file votes/.gitkeep"},
      {"an organiser's", "ada", {{"papers/.new.yaml", "x"}, {"votes/.gitkeep", ""}}},
  });
}

TEST_CASE("members add to a session, and organisers plan it") {
  const std::string refused = "protected-file sessions/s0001.yaml";
  const std::string later = "protected-file sessions/s0002.yaml";
  judge_each({
      {"a note", "", {{"sessions/s0001.yaml", kHeld + kVideo + "note: x\n"}}, refused},
      {"a note", "ben", {{"sessions/s0001.yaml", kHeld + kVideo + "note: x\n"}}},
      {"a recording",
       "ben",
       {{"sessions/s0001.yaml",
         kHeld +
             "recordings: [{url: https://example.org/video}, {url: https://example.org/more}]\n"}}},
      {"slides and presenters",
       "ben",
       {{"sessions/s0002.yaml",
         kPlanned + "slides: [{url: https://example.org/s}]\npresenters: [ben]\n"}}},
      {"a recording taken away", "ben", {{"sessions/s0001.yaml", kHeld}}, refused},
      {"a recording taken away", "ada", {{"sessions/s0001.yaml", kHeld}}},
      {"a day", "ben", {{"sessions/s0002.yaml", "date: 2024-03-08\n"}}, later},
      {"a paper", "ben", {{"sessions/s0002.yaml", kPlanned + "papers: [mamba]\n"}}, later},
      {"a session",
       "ben",
       {{"sessions/s0003.yaml", "date: 2024-03-08\n"}},
       "protected-file sessions/s0003.yaml"},
      {"a session", "ada", {{"sessions/s0003.yaml", "date: 2024-03-08\n"}}},
      {"a session taken away", "ben", {{"sessions/s0002.yaml", std::nullopt}}, later},
      {"a session taken away", "ada", {{"sessions/s0002.yaml", std::nullopt}}},
  });
}

TEST_CASE("a session that was held keeps its day and its papers, whoever asks") {
  const std::string refused = "append-only sessions/s0001.yaml";
  judge_each({
      {"another day",
       "ada",
       {{"sessions/s0001.yaml", "date: 2024-02-10\npapers: [bert]\n" + kVideo}},
       refused},
      {"another paper",
       "ada",
       {{"sessions/s0001.yaml", "date: 2024-02-09\npapers: [mamba]\n"},
        {"papers/mamba.yaml", paper("mamba", "number: 2\n")}},
       refused},
      {"one paper more",
       "ada",
       {{"sessions/s0001.yaml", "date: 2024-02-09\npapers: [bert, mamba]\n"},
        {"papers/mamba.yaml", paper("mamba", "number: 2\n")}}},
      {"taken away", "ada", {{"sessions/s0001.yaml", std::nullopt}}, refused},
      {"one to come moved", "ada", {{"sessions/s0002.yaml", "date: 2024-03-08\n"}}},
  });
}

TEST_CASE("a member changes the own file, but for what it may do") {
  const std::string own = "protected-file members/ben.yaml";
  const std::string key =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINC/weQgjA1UTkppPM8YmNFXQLR1VqbdQQc8bttih9vX";
  judge_each({
      {"another address",
       "ben",
       {{"members/ben.yaml", "name: Ben\nemails: [ben@example.com]\nlogin: ben-at-forge\n"}}},
      {"a role", "ben", {{"members/ben.yaml", member("ben", "roles: [organiser]\n")}}, own},
      {"a key", "ben", {{"members/ben.yaml", member("ben", "keys: [" + key + "]\n")}}, own},
      {"a login",
       "ben",
       {{"members/ben.yaml", "name: ben\nemails: [ben@example.org]\nlogin: other\n"}},
       own},
      {"taken away",
       "ben",
       {{"members/ben.yaml", std::nullopt}},
       own + ", unknown-member votes/ours/ben.yaml"},
      {"another's",
       "ben",
       {{"members/cy.yaml", member("cy", "keys: []\n")}},
       "not-yours members/cy.yaml"},
      {"another's",
       "",
       {{"members/cy.yaml", member("cy", "keys: []\n")}},
       "not-yours members/cy.yaml"},
      {"added", "", {{"members/eve.yaml", member("eve")}}, "protected-file members/eve.yaml"},
      {"added", "ada", {{"members/eve.yaml", member("eve")}}},
      {"a role", "ada", {{"members/ben.yaml", member("ben", "roles: [organiser]\n")}}},
  });
}

TEST_CASE("rules, workflows and what else there is are the organisers'") {
  for (const char* path : {"club.yaml", ".github/workflows/club.yml", ".gitattributes", "other"}) {
    const std::string text = kClub + "voting: {electorate: open}\n";
    const std::string refused = fmt::format("protected-file {}", path);
    judge_each({{path, "", {{path, text}}, refused},
                {path, "ben", {{path, text}}, refused},
                {path, "ada@example.org", {{path, text}}}});
  }
}

TEST_CASE("nobody takes the club away, and no link is a file of it") {
  judge_each({
      {"the club", "ada", {{"club.yaml", std::nullopt}}, "protected-file club.yaml"},
      {"the club a link", "ada", {{"club.yaml", "other", kLink}}, "protected-file club.yaml"},
      {"a paper a link",
       "ada",
       {{"papers/new.yaml", "bert.yaml", kLink}},
       "not-a-file papers/new.yaml"},
      {"a link elsewhere", "ben", {{"other", "club.yaml", kLink}}, "not-a-file other"},
      {"a link elsewhere", "ada", {{"other", "club.yaml", kLink}}},
  });
}

TEST_CASE("a member makes the timeline anew, and changes nothing around it") {
  Judged club;
  const std::string bare = club.text(club.base, "README.md");
  const auto said = [&](const std::string& actor, const std::string& text) {
    return told(club.judge(club.commit({club.base}, {{"README.md", text}}), actor));
  };
  const ObjectId fresh = club.base;
  club.base = club.commit({club.base}, {{"README.md", readme()}});
  CHECK(said("ben", club.text(fresh, "README.md")).empty());
  CHECK(said("", club.text(fresh, "README.md")) == "protected-file README.md");
  CHECK(said("ben", bare + "more\n") == "protected-file README.md");
  CHECK(said("ben", readme("more\n")) == "protected-file README.md");
  CHECK(said("ada", bare + "more\n").empty());
}

// --- who asks -----------------------------------------------------------------------------------

TEST_CASE("who asks is known by the id, an address, or the login at the forge") {
  Judged club;
  const ObjectId head = club.commit({club.base}, {{"other", "1"}}, "eve");
  const auto is_good = [&](const std::string& actor, const std::string& login, bool may_push) {
    return told(club.judge(gate::Request{club.base, head, actor, login, may_push, kNow, {}}))
        .empty();
  };
  CHECK(is_good("ada", "", false));
  CHECK(is_good("ada@example.org", "", false));
  CHECK(is_good("", "ADA-at-forge", false));
  CHECK_FALSE(is_good("", "ada", false));
  CHECK_FALSE(is_good("ben", "", false));
  CHECK_FALSE(is_good("", "", false));
  CHECK_FALSE(is_good("", "", true));
  CHECK_FALSE(is_good("ada", "eve", false));
}

TEST_CASE("the rules and the roll before a change judge it, not those that it makes") {
  Judged club;
  const Files files{{"members/ben.yaml", member("ben", "roles: [organiser]\n")}, {"other", "1"}};
  const ObjectId one = club.commit({club.base}, {files[0]}, "ben");
  CHECK(told(club.judge(club.commit({one}, {files[1]}, "ben"), "ben")) ==
        "protected-file members/ben.yaml, protected-file other");
}

TEST_CASE("where no organiser is named, who may push is one") {
  Judged club;
  club.base = club.commit({club.base}, {{"members/ada.yaml", member("ada")}});
  const ObjectId head = club.commit({club.base}, {{"other", "1"}}, "eve");
  CHECK(told(club.judge(gate::Request{club.base, head, "", "", true, kNow, {}})).empty());
  CHECK(told(club.judge(gate::Request{club.base, head, "", "", false, kNow, {}})) ==
        "protected-file other");
}

// --- the whole ----------------------------------------------------------------------------------

TEST_CASE("outside of the club's folder only organisers change what is not another club's") {
  Judged club("below");
  const auto said = [&](const std::string& path, const std::string& actor) {
    gate::Request request{
        club.base, club.commit({club.base}, {{path, "2"}}), actor, "", false, kNow, {"second"}};
    return told(club.judge(request));
  };
  CHECK(said("outside", "ben") == "protected-file outside");
  CHECK(said("outside", "ada").empty());
  CHECK(said("second/file", "").empty());
  CHECK(said("secondary/file", "") == "protected-file secondary/file");
  CHECK(said("club.yaml", "") == "protected-file club.yaml");
  CHECK(said("below/other", "") == "protected-file other");
  const ObjectId paper = club.commit({club.base}, {{"below/papers/new.yaml", kPaper}});
  const gate::Judgement judgement = club.judge(paper, "");
  CHECK(told(judgement).empty());
  CHECK(judgement.files == std::vector<std::string>{"papers/new.yaml"});
}

TEST_CASE("a judgement tells the files, the papers that are suggested, and the club afterwards") {
  Judged club;
  const ObjectId fork = club.base;
  club.base = club.commit({fork}, {{"papers/meanwhile.yaml", paper("meanwhile")}});
  const ObjectId head = club.commit({fork}, {{"papers/new.yaml", kPaper}, {"papers/b.md", "x"}});
  const gate::Judgement judgement = club.judge(head, "");
  CHECK(judgement.files == std::vector<std::string>{"papers/b.md", "papers/new.yaml"});
  REQUIRE(judgement.added.size() == 1);
  CHECK(judgement.added[0].str() == "new");
  CHECK(judgement.after.papers.size() == 5);
}

TEST_CASE("who brings a file that came meanwhile changes it") {
  Judged club;
  const ObjectId fork = club.base;
  club.base = club.commit({fork}, {{"papers/new.yaml", kPaper}});
  const ObjectId same = club.commit({fork}, {{"papers/new.yaml", kPaper}}, "eve");
  CHECK(club.judge(same, "").files.empty());
  const ObjectId other = club.commit({fork}, {{"papers/new.yaml", kPaper + "venue: V\n"}}, "eve");
  CHECK(told(club.judge(other, "")) == "protected-file papers/new.yaml");
}

TEST_CASE("a message that keeps checks from running is refused") {
  Judged club;
  const auto is_good = [&](const std::string& message) {
    const ObjectId skip = club.commit({club.base}, {{"papers/new.yaml", kPaper}}, "eve", message);
    return told(club.judge(club.commit({skip}, {}, "eve"), "")).empty();
  };
  CHECK(is_good("papers: new"));
  CHECK(is_good("skip ci"));
  for (const char* message :
       {"x [skip ci]", "x [CI Skip]", "x\n\nSkip-Checks: true", "***NO_CI***"}) {
    CAPTURE(message);
    CHECK_FALSE(is_good(message));
  }
}

TEST_CASE("what the club had wrong before is told only of files that are changed") {
  Judged club;
  club.base = club.commit({club.base}, {{"papers/bad.yaml", "title: [\n"}});
  CHECK(told(club.judge(club.commit({club.base}, {{"papers/new.yaml", kPaper}}), "")).empty());
  const Files same{{"papers/bad.yaml", "title: [\n# more\n"}};
  CHECK(told(club.judge(club.commit({club.base}, same), "ada")) == "yaml-syntax papers/bad.yaml");
}

TEST_CASE("a change without history in common with the club is refused") {
  Judged club;
  const ObjectId other = club.commit({}, {{"club.yaml", kClub}});
  try {
    club.judge(other, "ada");
    FAIL("it was judged");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::unacceptable);
    CHECK(std::string(error.message()) == "the two commits have no history in common");
  }
}

}  // namespace paperclub::tests
