// The part of lib/club/rules_papers.cpp that is about numbers and the dates behind them.
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

std::string numbered(const std::string& title, int number) {
  return paper(title, fmt::format("number: {}\n", number));
}

std::string session(const std::string& date, const std::string& paper_id,
                    const std::string& more = "") {
  return fmt::format("papers: [{}]\ndate: {}\n{}", paper_id, date, more);
}

}  // namespace

TEST_CASE("numbers from one upwards without a gap are no finding, whatever the files are called") {
  const TestClub club{{"papers/c.yaml", numbered("Gamma", 1)},
                      {"papers/a.yaml", numbered("Alpha", 2)},
                      {"papers/b.yaml", numbered("Beta", 3)},
                      {"papers/d.yaml", paper("Delta")}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("a number that another paper has is told at the later paper") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 1)},
                      {"papers/c.yaml", numbered("Gamma", 1)},
                      {"papers/d.yaml", numbered("Delta", 2)}};
  CHECK(club.check() ==
        Lines{"papers/b.yaml:4:9: number 1 is taken by 'a' [number-taken] | give the later paper "
              "the next free number",
              "papers/c.yaml:4:9: number 1 is taken by 'a' [number-taken] | give the later paper "
              "the next free number"});
}

TEST_CASE("a withdrawn paper keeps its number") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "number: 1\nwithdrawn: {why: retracted}\n")},
                      {"papers/b.yaml", numbered("Beta", 2)}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("one missing number is a gap, told at the paper behind it") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 3)}};
  CHECK(club.check() == Lines{"papers/b.yaml:4:9: no paper has number 2, but this one has 3 "
                              "[number-gap] | numbers go up by one; readers take a gap for a lost "
                              "paper"});
}

TEST_CASE("several missing numbers are one finding that names the first and the last") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 4)},
                      {"papers/b.yaml", numbered("Beta", 1000000)}};
  CHECK(club.check() ==
        Lines{"papers/a.yaml:4:9: no papers have numbers 1 to 3, but this one has 4 [number-gap] | "
              "numbers go up by one; readers take a gap for a lost paper",
              "papers/b.yaml:4:9: no papers have numbers 5 to 999999, but this one has 1000000 "
              "[number-gap] | numbers go up by one; readers take a gap for a lost paper"});
}

TEST_CASE("session dates that go up with the numbers are no finding") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 2)},
                      {"papers/c.yaml", numbered("Gamma", 3)},
                      {"sessions/s1.yaml", session("2024-02-16", "a")},
                      {"sessions/s2.yaml", session("2024-02-16", "b")},
                      {"sessions/s3.yaml", session("2024-02-23T20:00:00+08:00", "c")}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("a session before that of a lower number is told at its date") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 2)},
                      {"sessions/s1.yaml", session("2024-02-23", "a")},
                      {"sessions/s2.yaml", session("2024-02-16", "b")}};
  CHECK(club.check() ==
        Lines{"sessions/s2.yaml:2:7: number 2 (b) was discussed on 2024-02-16, before number "
              "1 (a) on 2024-02-23 [date-order] | check the dates; numbers are "
              "never changed"});
  CHECK(club.check_timeline() == club.check());
}

TEST_CASE("a gap is not told where a record that cannot be read may fill it") {
  TestClub club{{"papers/a.yaml", numbered("Alpha", 1)}, {"papers/c.yaml", numbered("Gamma", 3)}};
  CHECK(club.check().size() == 1);
  club.tree.put("papers/b.yaml", "number: 2\ntitle: [\n");
  for (const Finding& finding : club.findings())
    CHECK(finding.file == "papers/b.yaml");
}

TEST_CASE("one early date is told once, not at every paper behind it") {
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 2)},
                      {"papers/c.yaml", numbered("Gamma", 3)},
                      {"sessions/s1.yaml", session("2024-02-16", "a")},
                      {"sessions/s2.yaml", session("2023-02-23", "b")},
                      {"sessions/s3.yaml", session("2024-03-01", "c")}};
  const Lines lines = club.check();
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].starts_with(
      "sessions/s2.yaml:2:7: number 2 (b) was discussed on 2023-02-23, before"));
}

TEST_CASE("the first session of a paper counts, also where an alias names the paper") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "number: 1\naliases: [old-a]\n")},
                      {"papers/b.yaml", numbered("Beta", 2)},
                      {"sessions/s1.yaml", session("2024-02-16", "old-a")},
                      {"sessions/s2.yaml", session("2024-02-23", "b")},
                      {"sessions/s3.yaml", session("2024-03-01", "a")}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("a session that does not take place has no say in the order of dates") {
  const std::string why = GENERATE(as<std::string>(), "cancelled: ill\n", "kind: no-meeting\n");
  CAPTURE(why);
  const TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                      {"papers/b.yaml", numbered("Beta", 2)},
                      {"sessions/s1.yaml", session("2024-02-23", "a")},
                      {"sessions/s2.yaml", session("2024-02-16", "b", why)}};
  CHECK(club.check() == Lines{});
}

TEST_CASE("sessions of the same day in the club's time zone are in order") {
  TestClub club{{"papers/a.yaml", numbered("Alpha", 1)},
                {"papers/b.yaml", numbered("Beta", 2)},
                {"sessions/s1.yaml", session("2024-02-17", "a")},
                {"sessions/s2.yaml", session("2024-02-16T23:30:00Z", "b")}};
  club.tree.put("club.yaml", std::string(kClubYaml) + "timezone: Asia/Singapore\n");
  CHECK(club.check() == Lines{});
}

TEST_CASE("papers without a number or without a date have no say in the order of dates") {
  const TestClub club{
      {"papers/a.yaml", numbered("Alpha", 1)}, {"papers/b.yaml", numbered("Beta", 2)},
      {"papers/c.yaml", paper("Gamma")},       {"sessions/s1.yaml", session("2024-02-23", "a")},
      {"sessions/s2.yaml", "papers: [b]\n"},   {"sessions/s3.yaml", session("2024-01-01", "c")}};
  CHECK(club.check() == Lines{});
}

}  // namespace paperclub::tests
