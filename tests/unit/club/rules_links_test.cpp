// The part of lib/club/rules_files.cpp that is about local links.
#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

// The finding's line behind its place, for a link of a record that leads to `path`.
std::string nowhere(const std::string& link, const std::string& path) {
  return fmt::format(
      "link '{}' leads nowhere [missing-file] | there is no {}; links start at the club's folder",
      link, path);
}

// The same for a link of notes in papers/.
std::string nowhere_from_notes(const std::string& link, const std::string& kind = "link") {
  return fmt::format(
      "{} '{}' leads nowhere [missing-file] | there is no papers/{}; links in notes start at the "
      "notes' own folder",
      kind, link, link);
}

// A club with one paper, a picture and a page, and notes of the text given.
Lines check_notes(const std::string& notes) {
  return TestClub{{"papers/a.yaml", paper("Alpha")},
                  {"papers/a/fig one.png", "x"},
                  {"README.md", "x"},
                  {"papers/a.md", notes}}
      .check();
}

// The same with `links: [{url: …}]` in the record.
Lines check_link(const std::string& url) {
  return TestClub{{"papers/a.yaml", paper("Alpha", fmt::format("links: [{{url: '{}'}}]\n", url))},
                  {"papers/a/fig one.png", "x"},
                  {"slides/talk.pdf", "x"}}
      .check();
}

}  // namespace

TEST_CASE("a record's link to a file is taken from the club's folder") {
  CHECK(check_link("slides/talk.pdf") == Lines{});
  CHECK(check_link("slides/talk.pdf?raw#page=3") == Lines{});
  CHECK(check_link("papers/a/fig%20one.png") == Lines{});
  CHECK(check_link("slides") == Lines{});
  CHECK(check_link("talk.pdf") == Lines{"papers/a.yaml:4:15: " + nowhere("talk.pdf", "talk.pdf")});
}

TEST_CASE("a link with a scheme is not looked up") {
  const TestClub club{{"papers/a.yaml", paper("Alpha",
                                              "links: [{url: 'https://example.org/x'}]\n"
                                              "summary: '[a](mailto:ada@example.org), "
                                              "[b](//example.org/x), [c](#part)'\n")}};
  CHECK(club.check() == Lines{});
  for (const std::string& path : club.tree.asked())
    CHECK(path == "club.yaml");
}

TEST_CASE("recordings and slides of a session are checked, each at its url") {
  const TestClub club{{"papers/a.yaml", paper("Alpha")},
                      {"sessions/s1.yaml",
                       "papers: [a]\nrecordings:\n  - url: https://example.org/v\n  - url: v.mp4\n"
                       "slides: [{title: x, url: s.pdf}]\n"}};
  CHECK(club.check() == Lines{"sessions/s1.yaml:4:10: " + nowhere("v.mp4", "v.mp4"),
                              "sessions/s1.yaml:5:26: " + nowhere("s.pdf", "s.pdf")});
}

TEST_CASE("links in a summary and in the club's description are checked") {
  TestClub club{{"papers/a.yaml", paper("Alpha", "summary: see [this](gone.md) and [that][1]\n")}};
  club.tree.put("club.yaml", std::string(kClubYaml) + "about: |\n  Look [here](rules.md)!\n");
  CHECK(club.check() == Lines{"club.yaml:4:8: " + nowhere("rules.md", "rules.md"),
                              "papers/a.yaml:4:10: " + nowhere("gone.md", "gone.md")});
}

TEST_CASE("a link in a summary that leaves the folder or begins at the root is looked up, too") {
  const TestClub club{
      {"papers/a.yaml", paper("Alpha", "summary: '[x](../outside) [y](/papers/none.md)'\n")}};
  CHECK(club.check() ==
        Lines{"papers/a.yaml:4:10: link '../outside' leads out of the club's folder [missing-file] "
              "| keep what belongs to the club in its folder",
              "papers/a.yaml:4:10: " + nowhere("/papers/none.md", "papers/none.md")});
}

TEST_CASE("a colon in the query of a link to a file is no scheme") {
  CHECK(check_link("club.yaml?t=1:2") == Lines{});
  CHECK(check_link("club.yaml#a:b") == Lines{});
}

TEST_CASE("footnotes and formulas in notes are no links") {
  CHECK(check_notes("See[^1] and[^n].\n\n[^1]: Ibid.\n[^n]:\n  a\\_b\n") == Lines{});
  CHECK(check_notes("The mean $\\mathbb{E}[x](\\theta)$ and $f[x](y)$.\n\n$$\ng[x](y)\n$$\n") ==
        Lines{});
  CHECK(check_notes("It cost \\$5 [x](y) and $6.\n\nAlso $7: [x](y), or\n\n$8.\n").size() == 2);
}

TEST_CASE("notes made to be slow to read are told and not looked into") {
  std::string notes;
  while (notes.size() < 1024 * 1024 - 4)
    notes += "[a\n]\n";
  CHECK(check_notes(notes) ==
        Lines{"papers/a.md: a paragraph of the notes is too long for its links [too-large] | put "
              "empty lines between its parts"});
  notes.clear();
  for (int i = 0; i < 10'000; ++i)
    notes += "- one of [many]\n";
  CHECK(check_notes(notes) == Lines{});
}

TEST_CASE("links in notes are taken from the notes' own folder") {
  CHECK(check_notes("[a](a.yaml) [b](../README.md) [c](/README.md) [d](./a/../a.yaml)\n") ==
        Lines{});
  CHECK(check_notes("# A\n\nSee [it](README.md).\n") ==
        Lines{"papers/a.md:3:10: " + nowhere_from_notes("README.md")});
}

TEST_CASE("percent signs, anchors and queries of local links are understood") {
  CHECK(check_notes("![f](a/fig%20one.png) ![g](<a/fig one.png>) [h](#part) [i](a.yaml#L3)\n"
                    "[j](a.yaml?raw=1) [k](?x)\n") == Lines{});
  CHECK(check_notes("[a](a%2Eyaml) [b](100%.png) [c](a%2)\n") ==
        Lines{"papers/a.md:1:19: " + nowhere_from_notes("100%.png"),
              "papers/a.md:1:33: " + nowhere_from_notes("a%2")});
}

TEST_CASE("an image that is not there is told as an image") {
  CHECK(check_notes("Look: ![the figure](fig.png)\n") ==
        Lines{"papers/a.md:1:21: " + nowhere_from_notes("fig.png", "image")});
}

TEST_CASE("a link that leaves the club's folder is told and not looked up") {
  TestClub club{{"papers/a.yaml", paper("Alpha")},
                {"papers/a.md", "[a](../../secret) [b](../%2e%2E/secret) [c](/../secret)\n"}};
  const auto line = [](int column, const char* target) {
    return fmt::format(
        "papers/a.md:1:{}: link '{}' leads out of the club's folder [missing-file] | keep what "
        "belongs to the club in its folder",
        column, target);
  };
  CHECK(club.check() ==
        Lines{line(5, "../../secret"), line(23, "../%2e%2E/secret"), line(45, "/../secret")});
  for (const std::string& path : club.tree.asked())
    CHECK(path == "club.yaml");
}

TEST_CASE("a link to the club's folder itself leads somewhere") {
  CHECK(check_notes("[top](..) [top](/) [here](.)\n") == Lines{});
}

TEST_CASE("what only looks like a link in notes is no link") {
  CHECK(check_notes("`[a](gone.md)` \\[b](gone.md)\n\n    [c](gone.md)\n\n```\n[d](gone.md)\n```\n"
                    "<https://example.org> <ada@example.org>\n") == Lines{});
}

TEST_CASE("notes that are not UTF-8 are told where they stop being so") {
  CHECK(check_notes("fine\nnot \xff fine\n") ==
        Lines{"papers/a.md:2:5: the notes are not UTF-8 here [invalid-encoding] | save the file as "
              "UTF-8"});
}

TEST_CASE("of a hundred thousand broken links in notes a hundred are told, and soon") {
  std::string notes;
  for (int i = 0; i < 100'000; ++i)
    notes += "[a](b) ";
  const Lines lines = check_notes(notes);
  REQUIRE(lines.size() == 101);
  CHECK(lines.front() ==
        "papers/a.md: more than 100 broken links in these notes [too-large] | mend those that are "
        "told, and check again");
}

TEST_CASE("broken links that are alike are told each at its place") {
  const TestClub club{{"papers/a.yaml", paper("Alpha",
                                              "links:\n  - {url: gone}\n  - {url: gone}\n"
                                              "discussion:\n  other: ['[x](no)', '[x](no)']\n")},
                      {"sessions/s1.yaml", "recordings:\n- {url: gone}\n- {url: gone}\n"}};
  CHECK(club.check() == Lines{"papers/a.yaml:5:11: " + nowhere("gone", "gone"),
                              "papers/a.yaml:6:11: " + nowhere("gone", "gone"),
                              "papers/a.yaml:8:11: " + nowhere("no", "no"),
                              "papers/a.yaml:8:22: " + nowhere("no", "no"),
                              "sessions/s1.yaml:2:9: " + nowhere("gone", "gone"),
                              "sessions/s1.yaml:3:9: " + nowhere("gone", "gone")});
}

TEST_CASE("notes larger than a mebibyte are told and not looked into") {
  CHECK(check_notes(std::string(1024 * 1024, 'x')) == Lines{});
  CHECK(check_notes(std::string(1024 * 1024 + 1, 'x')) ==
        Lines{"papers/a.md: the notes are larger than 1 MiB [too-large] | put pictures into files "
              "beside them"});
}

TEST_CASE("notes that cannot be read are told, not taken for good ones") {
  TestClub club{{"papers/a.yaml", paper("Alpha")}};
  club.tree.refuse("papers/a.md", os::ReadStatus::unreadable, "Input/output error");
  bool told = false;
  try {
    told = !club.check().empty();
  } catch (const Error& error) {
    told = error.kind() == ErrorKind::io;
  }
  CHECK(told);
}

TEST_CASE("links in notes are told whether the paper's record can be read or not") {
  const Lines lines =
      TestClub{{"papers/a.yaml", "title: [\n"}, {"papers/a.md", "[x](gone.md)\n"}}.check();
  CHECK(lines.front() == "papers/a.md:1:5: " + nowhere_from_notes("gone.md"));
}

}  // namespace paperclub::tests
