// The part of lib/club/rules_files.cpp that is about local links.
#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

constexpr const char* kRecordHint = " [missing-file] | links are taken from the club's folder";
constexpr const char* kNotesHint =
    " [missing-file] | links in notes are taken from the notes' own folder";

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

TEST_CASE("a record's link to a file is taken from the club's folder", "[!shouldfail]") {
  CHECK(check_link("slides/talk.pdf") == Lines{});
  CHECK(check_link("slides/talk.pdf?raw#page=3") == Lines{});
  CHECK(check_link("papers/a/fig%20one.png") == Lines{});
  CHECK(check_link("slides") == Lines{});
  CHECK(check_link("talk.pdf") ==
        Lines{fmt::format("papers/a.yaml:4:15: link 'talk.pdf' leads nowhere{}", kRecordHint)});
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

TEST_CASE("recordings and slides of a session are checked, each at its url", "[!shouldfail]") {
  const TestClub club{{"papers/a.yaml", paper("Alpha")},
                      {"sessions/s1.yaml",
                       "papers: [a]\nrecordings:\n  - url: https://example.org/v\n  - url: v.mp4\n"
                       "slides: [{title: x, url: s.pdf}]\n"}};
  CHECK(club.check() ==
        Lines{fmt::format("sessions/s1.yaml:4:10: link 'v.mp4' leads nowhere{}", kRecordHint),
              fmt::format("sessions/s1.yaml:5:26: link 's.pdf' leads nowhere{}", kRecordHint)});
}

TEST_CASE("links in a summary and in the club's description are checked", "[!shouldfail]") {
  TestClub club{{"papers/a.yaml", paper("Alpha", "summary: see [this](gone.md) and [that][1]\n")}};
  club.tree.put("club.yaml", std::string(kClubYaml) + "about: |\n  Look [here](rules.md)!\n");
  CHECK(club.check() ==
        Lines{fmt::format("club.yaml:4:8: link 'rules.md' leads nowhere{}", kRecordHint),
              fmt::format("papers/a.yaml:4:10: link 'gone.md' leads nowhere{}", kRecordHint)});
}

TEST_CASE("links in notes are taken from the notes' own folder", "[!shouldfail]") {
  CHECK(check_notes("[a](a.yaml) [b](../README.md) [c](/README.md) [d](./a/../a.yaml)\n") ==
        Lines{});
  CHECK(check_notes("# A\n\nSee [it](README.md).\n") ==
        Lines{fmt::format("papers/a.md:3:6: link 'README.md' leads nowhere{}", kNotesHint)});
}

TEST_CASE("percent signs, anchors and queries of local links are understood", "[!shouldfail]") {
  CHECK(check_notes("![f](a/fig%20one.png) ![g](<a/fig one.png>) [h](#part) [i](a.yaml#L3)\n"
                    "[j](a.yaml?raw=1) [k](?x)\n") == Lines{});
  CHECK(check_notes("[a](a%2Eyaml) [b](100%.png) [c](a%2)\n") ==
        Lines{fmt::format("papers/a.md:1:16: link '100%.png' leads nowhere{}", kNotesHint),
              fmt::format("papers/a.md:1:30: link 'a%2' leads nowhere{}", kNotesHint)});
}

TEST_CASE("an image that is not there is told as an image", "[!shouldfail]") {
  CHECK(check_notes("Look: ![the figure](fig.png)\n") ==
        Lines{fmt::format("papers/a.md:1:9: image 'fig.png' leads nowhere{}", kNotesHint)});
}

TEST_CASE("a link that leaves the club's folder is told and not looked up", "[!shouldfail]") {
  TestClub club{{"papers/a.yaml", paper("Alpha")},
                {"papers/a.md", "[a](../../secret) [b](../%2e%2E/secret) [c](/../secret)\n"}};
  const auto line = [](int column, const char* target) {
    return fmt::format("papers/a.md:1:{}: link '{}' leads out of the club's folder{}", column,
                       target, kNotesHint);
  };
  CHECK(club.check() ==
        Lines{line(2, "../../secret"), line(20, "../%2e%2E/secret"), line(42, "/../secret")});
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

TEST_CASE("notes larger than a mebibyte are told and not looked into") {
  CHECK(check_notes(std::string(1024 * 1024, 'x')) == Lines{});
  CHECK(check_notes(std::string(1024 * 1024 + 1, 'x')) ==
        Lines{"papers/a.md: the notes are larger than 1 MiB [too-large] | put pictures into files "
              "beside them"});
}

TEST_CASE("notes that cannot be read are told, not taken for good ones", "[!shouldfail]") {
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

TEST_CASE("links in notes are told whether the paper's record can be read or not",
          "[!shouldfail]") {
  const Lines lines =
      TestClub{{"papers/a.yaml", "title: [\n"}, {"papers/a.md", "[x](gone.md)\n"}}.check();
  CHECK(lines.front() ==
        fmt::format("papers/a.md:1:2: link 'gone.md' leads nowhere{}", kNotesHint));
}

}  // namespace paperclub::tests
