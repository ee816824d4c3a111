#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {

TEST_CASE("a session names papers by id or by former id") {
  CHECK(TestClub{{"papers/a.yaml", paper("Alpha", "aliases: [old-a]\n")},
                 {"sessions/s1.yaml", "papers: [a]\n"},
                 {"sessions/s2.yaml", "papers: [old-a]\n"},
                 {"sessions/s3.yaml", "papers: []\n"},
                 {"sessions/s4.yaml", "date: 2024-02-16\n"}}
            .check() == Lines{});
}

TEST_CASE("a session that names no paper of the club is told at that id, with the nearest one") {
  const TestClub club{{"papers/bert.yaml", paper("Alpha")},
                      {"sessions/s1.yaml", "papers: [bert, brt]\n"},
                      {"sessions/s2.yaml", "papers:\n  - xyzzy-plugh\n"}};
  CHECK(club.check() ==
        Lines{"sessions/s1.yaml:1:16: no paper has the id 'brt' [unknown-paper] | did you mean "
              "'bert'?",
              "sessions/s2.yaml:2:5: no paper has the id 'xyzzy-plugh' [unknown-paper] | see "
              "'paperclub list' for the ids"});
}

TEST_CASE("a session of a paper whose record cannot be read is not told as well") {
  const auto findings =
      TestClub{{"papers/a.yaml", "title: [\n"}, {"sessions/s1.yaml", "papers: [a]\n"}}.findings();
  REQUIRE_FALSE(findings.empty());
  for (const Finding& finding : findings)
    CHECK(finding.file == "papers/a.yaml");
}

TEST_CASE("an id that stands behind one that is no id is told at its own place") {
  const TestClub club{{"papers/a.yaml", paper("Alpha")},
                      {"sessions/s1.yaml", "papers: [No Id, xyzzy]\n"}};
  const auto findings = club.findings();
  REQUIRE(findings.size() == 2);
  CHECK(findings[1].rule == Rule::unknown_paper);
  CHECK(findings[1].where.column == 17);
}

}  // namespace paperclub::tests
