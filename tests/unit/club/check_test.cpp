// Which rules run, what they read, and that a large club costs no more than its size.
#include "lib/club/check.hpp"

#include <algorithm>

#include "lib/club/rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

constexpr std::size_t kMany = 3'000;

std::size_t count_rule(const std::vector<Finding>& findings, Rule rule) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [rule](const Finding& f) { return f.rule == rule; }));
}

std::size_t guesses(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& f) { return f.hint.starts_with("did you mean"); }));
}

// The findings of a club, and in `reads` how many files the rules read on top of loading it.
std::vector<Finding> check_counting(const TestClub& club, std::size_t& reads) {
  const club::Snapshot snapshot = club.load();
  club.tree.forget();
  std::vector<Finding> findings = club::check_club(snapshot, club.tree);
  reads = club.tree.reads().size();
  return findings;
}

std::string id_list(const std::string& stem, std::size_t begin, std::size_t end) {
  std::string list;
  for (std::size_t i = begin; i < end; ++i)
    list += fmt::format("  - {}-{}\n", stem, i);
  return list;
}

}  // namespace

TEST_CASE("a good club is checked without reading any record again") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "number: 1\n")},
                      {"papers/a.md", "notes"},
                      {"papers/a/fig.png", "x"},
                      {"sessions/s1.yaml", "papers: [a]\ndate: 2024-02-16\n"},
                      {"README.md", "x"}};
  const club::Snapshot snapshot = club.load();
  club.tree.forget();
  CHECK(club::check_club(snapshot, club.tree).empty());
  CHECK(club.tree.reads() == Lines{"papers/a.md"});
  CHECK(club.tree.listed().empty());
  club.tree.forget();
  CHECK(club::check_timeline(snapshot, club.tree).empty());
  CHECK(club.tree.reads().empty());
}

TEST_CASE("findings of bytes, schema and rules come together, sorted by file and place") {
  const TestClub club{{"papers/b.yaml", paper("Beta", "yaer: 2024\nnumber: 2\n")},
                      {"papers/a.yaml", "title: [\n"},
                      {"sessions/s1.yaml", "papers: [zzz, b, xyzzy]\n"}};
  const std::vector<Finding> findings = club.findings();
  REQUIRE(findings.size() == 4);
  CHECK(findings[0].file == "papers/a.yaml");
  CHECK(findings[1].rule == Rule::unknown_key);
  CHECK(findings[2].where.column == 10);
  CHECK(findings[3].where.column == 18);
}

TEST_CASE("the timeline is told of records, files and numbers, not of links, titles and members") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "number: 2\nlinks: [{url: gone.md}]\n")},
                      {"papers/b.yaml", "title: Alpha\nyaer: 2\nurl: https://example.org/b\n"},
                      {"papers/x.txt", "x"},
                      {"members/ada.yaml", "nonsense"}};
  const Lines lines = club.check_timeline();
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("papers/a.yaml:4:9: no paper has number 1"));
  CHECK(lines[1].starts_with("papers/b.yaml:2:1: "));
  CHECK(lines[2].starts_with("papers/x.txt: the file belongs to no record"));
}

TEST_CASE("the timeline is told of a record that it lacks because its file is not taken") {
  TestClub club{{"papers/a.yaml", paper("Alpha", "number: 1\n")},
                {"papers/No Id.yaml", paper("Beta", "number: 2\n")}};
  club.tree.put("papers/link.yaml", os::FileKind::link);
  const Lines lines = club.check_timeline();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].starts_with("papers/No Id.yaml: 'No Id' cannot be an id"));
  CHECK(lines[1].starts_with("papers/link.yaml: this is a symbolic link, not a file"));
}

TEST_CASE("a context knows papers by id before alias") {
  const TestClub club{{"papers/a.yaml", paper("Alpha", "aliases: [b, old-a]\n")},
                      {"papers/b.yaml", paper("Beta", "aliases: [old-a]\n")}};
  const club::Snapshot snapshot = club.load();
  const club::RuleContext context = club::rule_context(snapshot, club.tree);
  CHECK(context.papers.at("b") == 1);
  CHECK(context.papers.at("old-a") == 0);
}

TEST_CASE("three thousand ids that no paper has read each session once and guess a hundred times") {
  TestClub club{};
  for (std::size_t i = 0; i < kMany; ++i) {
    club.tree.put(fmt::format("papers/paper-{}.yaml", i), paper(fmt::format("Paper {}", i)));
  }
  constexpr std::size_t kEach = record::kMaxSessionPapers;
  for (std::size_t i = 0; i < kMany / kEach; ++i) {
    club.tree.put(fmt::format("sessions/s{}.yaml", i),
                  "papers:\n" + id_list("papre", i * kEach, (i + 1) * kEach));
  }
  std::size_t reads = 0;
  const auto findings = check_counting(club, reads);
  CHECK(count_rule(findings, Rule::unknown_paper) == kMany);
  CHECK(guesses(findings) == 100);
  CHECK(reads == kMany / kEach);
}

TEST_CASE("three thousand good papers are checked without reading one again") {
  TestClub club{};
  for (std::size_t i = 0; i < kMany; ++i) {
    club.tree.put(fmt::format("papers/paper-{}.yaml", i),
                  paper(fmt::format("Paper {}", i), fmt::format("number: {}\n", i + 1)));
  }
  std::size_t reads = 0;
  CHECK(check_counting(club, reads).empty());
  CHECK(reads == 0);
}

TEST_CASE("three thousand records of one paper are told once each, each read once") {
  TestClub club{};
  for (std::size_t i = 0; i < kMany; ++i) {
    club.tree.put(fmt::format("papers/paper-{}.yaml", i),
                  fmt::format("title: Paper {}\narxiv: '1810.04805'\n", i));
  }
  std::size_t reads = 0;
  const auto findings = check_counting(club, reads);
  CHECK(count_rule(findings, Rule::duplicate_paper) == kMany - 1);
  CHECK(reads == kMany - 1);
}

TEST_CASE("three thousand papers of one title give no more findings than papers") {
  TestClub club{};
  for (std::size_t i = 0; i < kMany; ++i) {
    club.tree.put(fmt::format("papers/paper-{}.yaml", i),
                  fmt::format("title: One title\nurl: https://example.org/{}\n", i));
  }
  std::size_t reads = 0;
  CHECK(check_counting(club, reads).size() < kMany);
  CHECK(reads < kMany);
}

TEST_CASE("a ballot of many strange names in a round of many candidates gets short hints") {
  TestClub club{{"votes/r1.yaml", "method: approval\ncandidates:\n" + id_list("candidate", 0, 500)},
                {"votes/r1/ada.yaml", "approve:\n" + id_list("x", 0, 500)}};
  std::size_t longest = 0;
  std::size_t reads = 0;
  for (const Finding& finding : check_counting(club, reads)) {
    if (finding.rule != Rule::not_a_candidate) continue;
    longest = std::max(longest, finding.hint.size());
  }
  CHECK(longest > 0);
  CHECK(longest < 1'000);
}

TEST_CASE("guesses for names on ballots and for voters are bounded like all others") {
  TestClub club{{"votes/r1.yaml", "method: approval\nelectorate: members\ncandidates:\n" +
                                      id_list("candidate", 0, 300)},
                {"votes/r1/ada.yaml", "approve:\n" + id_list("candidaet", 0, 300)}};
  for (std::size_t i = 0; i < 300; ++i) {
    club.tree.put(fmt::format("members/member-{}.yaml", i), "name: Member\n");
    club.tree.put(fmt::format("votes/r1/memebr-{}.yaml", i), "approve: []\n");
  }
  std::size_t reads = 0;
  const auto findings = check_counting(club, reads);
  CHECK(count_rule(findings, Rule::not_a_candidate) == 300);
  CHECK(count_rule(findings, Rule::unknown_member) == 301);
  CHECK(guesses(findings) <= 100);
}

}  // namespace paperclub::tests
