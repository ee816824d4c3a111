// Names, strays, collisions and kinds of files; links are in rules_links_test.cpp.
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

const std::string kRound = "method: approval\ncandidates: [a]\n";
const std::string kBallot = "approve: [a]\n";

}  // namespace

TEST_CASE("a complete club of every kind of file has no findings") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "number: 1\n")},
                      {"papers/a.md", "Read ![fig](a/fig.png).\n"},
                      {"papers/a/fig.png", "png"},
                      {"papers/.DS_Store", "\x01"},
                      {"sessions/s0001.yaml", "papers: [a]\ndate: 2024-02-16\n"},
                      {"votes/r1.yaml", kRound},
                      {"votes/r1/ada.yaml", kBallot},
                      {"votes/.gitkeep", ""},
                      {"members/ada.yaml", "name: Ada\n"},
                      {"README.md", "anything\xff"},
                      {"docs/papers/a.yaml", "{"}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("a file name that cannot be an id is told with a name that can") {
  CHECK(TestClub{{"papers/Foo Bar.yaml", paper("Alpha")}}.check() ==
        Lines{"papers/Foo Bar.yaml: 'Foo Bar' cannot be an id: it may hold only a-z, 0-9 and "
              "single hyphens [bad-id] | name the file foo-bar.yaml"});
  CHECK(TestClub{{"sessions/-s1.yaml", "papers: []\n"}}.check() ==
        Lines{"sessions/-s1.yaml: '-s1' cannot be an id: a hyphen may stand only between two "
              "letters or digits [bad-id] | name the file s1.yaml"});
  CHECK(TestClub{{"members/con.yaml", "name: Con\n"}}.check() ==
        Lines{"members/con.yaml: 'con' cannot be an id: Windows keeps that name for a device "
              "[bad-id] | name it otherwise, with a-z, 0-9 and hyphens"});
  CHECK(TestClub{{"votes/R_1.yaml", "method: approval\ncandidates: []\n"}}.check()[0] ==
        "votes/R_1.yaml: 'R_1' cannot be an id: it may hold only a-z, 0-9 and single hyphens "
        "[bad-id] | name the file r-1.yaml");
}

TEST_CASE("a ballot's folder is a round's id and its name a member's id") {
  const TestClub club{{"votes/R 1/Ada!.yaml", kBallot}};
  CHECK(club.check() ==
        Lines{"votes/R 1/Ada!.yaml: 'Ada!' cannot be an id: it may hold only a-z, 0-9 and single "
              "hyphens [bad-id] | name the file ada.yaml",
              "votes/R 1/Ada!.yaml: 'R 1' cannot be an id: it may hold only a-z, 0-9 and single "
              "hyphens [bad-id] | name the folder r-1"});
}

TEST_CASE("'none' is no paper's id, because on ballots it means no paper") {
  const auto findings = TestClub{{"papers/none.yaml", paper("Alpha")}}.findings();
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == Rule::bad_id);
  CHECK(findings[0].file == "papers/none.yaml");
}

TEST_CASE("a file of ours in no form of ours is stray, with the reason where one is near") {
  CHECK(TestClub{{"papers/a.yml", paper("Alpha")}}.check() ==
        Lines{"papers/a.yml: the file belongs to no record [stray-file] | records end in .yaml"});
  CHECK(
      TestClub{{"sessions/notes.txt", "x"}}.check() ==
      Lines{"sessions/notes.txt: the file belongs to no record [stray-file] | move or remove it"});
  CHECK(TestClub{{"members/old/ada.yaml", "name: Ada\n"}}.check().size() == 1);
}

TEST_CASE("below votes everything that is no round or ballot is an error") {
  const TestClub club{{"votes/README.md", "x"}, {"votes/.hidden", "x"}};
  const std::string words =
      ": below votes/ only rounds and ballots may lie [stray-ballot] | a ballot is "
      "votes/ROUND/MEMBER.yaml";
  CHECK(club.check() == Lines{"votes/.hidden" + words, "votes/README.md" + words});
  CHECK(count_errors(club.findings()) == 2);
}

TEST_CASE("notes and pictures of no paper are stray, with the nearest id") {
  const TestClub club{{"papers/bert.yaml", paper("Alpha")},
                      {"papers/brt.md", "x"},
                      {"papers/xyzzy-plugh/fig.png", "x"}};
  CHECK(club.check() ==
        Lines{"papers/brt.md: there is no paper 'brt' that this belongs to [stray-file] | did you "
              "mean 'bert'?",
              "papers/xyzzy-plugh/fig.png: there is no paper 'xyzzy-plugh' that this belongs to "
              "[stray-file] | see 'paperclub list' for the ids"});
  CHECK(count_errors(club.findings()) == 0);
}

TEST_CASE("notes and pictures may carry a paper's former id") {
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha", "aliases: [old-a]\n")},
                 {"papers/old-a/fig.png", "x"}}
            .check() == Lines{});
}

TEST_CASE("notes of a paper whose record cannot be read are not told as stray") {
  const auto findings = TestClub{{"papers/a.yaml", "title: [\n"}, {"papers/a.md", "x"}}.findings();
  REQUIRE_FALSE(findings.empty());
  for (const Finding& finding : findings)
    CHECK(finding.file == "papers/a.yaml");
}

TEST_CASE("a club with flat papers tells records in subfolders of years") {
  const TestClub club{{"papers/2018/a.yaml", paper("Alpha")}};
  CHECK(club.check() == Lines{"papers/2018/a.yaml: this club keeps its papers in papers/ without "
                              "subfolders [stray-file] | move it to papers/, or set 'papers: "
                              "by-year' in club.yaml"});
}

TEST_CASE("a club with papers by year tells records outside of the subfolders") {
  const TestClub club{{"club.yaml", std::string(kClubYaml) + "papers: by-year\n"},
                      {"papers/a.yaml", paper("Alpha")},
                      {"papers/2018/b.yaml", paper("Beta")}};
  CHECK(club.check() == Lines{"papers/a.yaml: this club keeps its papers in papers/YEAR/ "
                              "[stray-file] | move it to the folder of its year"});
}

TEST_CASE("in the folder of a year a file that is no record is stray") {
  const TestClub club{{"club.yaml", std::string(kClubYaml) + "papers: by-year\n"},
                      {"papers/2018/b.yaml", paper("Beta")},
                      {"papers/2018/c.yml", paper("Gamma")},
                      {"papers/2018/x.pdf", "x"}};
  CHECK(
      club.check() ==
      Lines{"papers/2018/c.yml: the file belongs to no record [stray-file] | records end in .yaml",
            "papers/2018/x.pdf: the file belongs to no record [stray-file] | move or remove it"});
}

TEST_CASE("a club.yaml with an error is not held against the papers and votes") {
  TestClub club{{"papers/2018/a.yaml", paper("Alpha")},
                {"votes/r1.yaml", "method: schulze\ncandidates: [a]\nquorum: {share: 1/2}\n"},
                {"votes/r1/ada.yaml", "rank: [a, none]\n"},
                {"votes/r2.yaml", "method: score\ncandidates: [a]\n"},
                {"votes/r2/ada.yaml", "score: {a: 9}\n"}};
  const std::string settings =
      "papers: by-year\nvoting: {none: true, max_score: 9, electorate: members}\n";
  club.tree.put("members/ada.yaml", "name: Ada\n");
  club.tree.put("club.yaml", kClubYaml + settings);
  CHECK(club.check() == Lines{});
  for (const std::string& broken : {kClubYaml + settings + "x: [\n", std::string("{}\n")}) {
    club.tree.put("club.yaml", broken);
    for (const Finding& finding : club.findings())
      CHECK(finding.file == "club.yaml");
  }
}

TEST_CASE("notes and pictures that do not lie beside their record are stray") {
  const std::string flat =
      ": the record that this belongs to is papers/a.yaml [stray-file] | move it beside the record";
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha")},
                 {"papers/2018/a.md", "x"},
                 {"papers/2018/a/fig.png", "x"}}
            .check() == Lines{"papers/2018/a.md" + flat, "papers/2018/a/fig.png" + flat});
  TestClub club{{"papers/2018/a.yaml", paper("Alpha")},
                {"papers/2018/a.md", "x"},
                {"papers/2018/a/fig.png", "x"},
                {"papers/a.md", "x"},
                {"papers/2019/a/fig.png", "x"}};
  club.tree.put("club.yaml", std::string(kClubYaml) + "papers: by-year\n");
  const std::string by_year =
      ": the record that this belongs to is papers/2018/a.yaml [stray-file] | move it beside the "
      "record";
  CHECK(club.check() == Lines{"papers/2019/a/fig.png" + by_year, "papers/a.md" + by_year});
}

TEST_CASE("a paper whose id is four digits may have pictures") {
  CHECK(TestClub{{"papers/1984.yaml", paper("Alpha")}, {"papers/1984/fig.png", "x"}}.check() ==
        Lines{});
}

TEST_CASE("a link or a submodule in place of a file is an error and is not read") {
  TestClub club{{"papers/a.yaml", paper("Alpha")}};
  club.tree.put("papers/b.yaml", os::FileKind::link);
  club.tree.put("papers/b.md", os::FileKind::link);
  club.tree.put("papers/sub", os::FileKind::other);
  club.tree.put("sessions", os::FileKind::link);
  const std::string hint =
      " [not-a-file] | put the file itself there; links, submodules and devices are not read";
  CHECK(club.check() == Lines{"papers/b.md: this is a symbolic link, not a file" + hint,
                              "papers/b.yaml: this is a symbolic link, not a file" + hint,
                              "papers/sub: this is not a regular file" + hint,
                              "sessions: this is a symbolic link, not a file" + hint});
  for (const std::string& path : club.tree.reads())
    CHECK_FALSE(path.starts_with("papers/b"));
}

TEST_CASE("a club.yaml that is a link is told and not followed") {
  TestClub club{};
  club.tree.put("club.yaml", os::FileKind::link);
  REQUIRE(club.check().size() == 1);
  CHECK(club.check()[0].starts_with("club.yaml: this is a symbolic link, not a file [not-a-file]"));
  CHECK(club.tree.reads().empty());
}

TEST_CASE("names that are one where case does not count collide") {
  const TestClub club{
      {"papers/a.yaml", paper("Alpha")}, {"papers/a/Fig.png", "x"}, {"papers/a/fig.PNG", "y"}};
  CHECK(club.check() ==
        Lines{"papers/a/fig.PNG: the name differs from 'papers/a/Fig.png' only in case or "
              "Unicode form [name-collision] | rename one of the two; on some systems only "
              "one of them can exist"});
}

TEST_CASE("names that are one where the Unicode form does not count collide") {
  const TestClub club{{"papers/a.yaml", paper("Alpha")},
                      {"papers/a/caf\u00e9.png", "composed"},
                      {"papers/a/cafe\u0301.png", "decomposed"}};
  const Lines lines = club.check();
  REQUIRE(lines.size() == 1);
  CHECK(
      lines[0].starts_with("papers/a/caf\u00e9.png: the name differs from "
                           "'papers/a/cafe\u0301.png' only"));
}

TEST_CASE("names that differ in more than case and form do not collide") {
  const TestClub club{{"papers/a.yaml", paper("Alpha")},
                      {"papers/a/fig1.png", "x"},
                      {"papers/a/fig2.png", "y"},
                      {"papers/a/caf\u00e9.png", "z"},
                      {"papers/a/cafe.png", "z"}};
  CHECK(club.check() == Lines{});
}

}  // namespace paperclub::tests
