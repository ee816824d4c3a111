#include "lib/publish/markdown.hpp"

#include <md4c.h>

#include <algorithm>

#include "lib/base/markdown.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

std::string markdown_of(const TestClub& club, const timeline::Filter& filter = {}) {
  const club::Snapshot snapshot = club.load(club::Scope::papers_and_sessions);
  return publish::timeline_markdown(
      timeline::filter_timeline(timeline::timeline_of(snapshot), filter).papers);
}

// The line of one paper with the keys given.
std::string line_with(const std::string& keys) {
  return markdown_of({{"papers/a.yaml", "number: 1\n" + keys}});
}

// A paper without identifiers, for short lines.
std::string bare(const std::string& title, int number) {
  return fmt::format("title: {}\nnumber: {}\n", title, number);
}

// The numbers a reader of Markdown shows in front of the items, and how many raw tags there are.
struct Shown {
  std::vector<unsigned> numbers;
  unsigned next = 0;
  int lists_within_items = 0;
  int depth = 0;
  std::string html;
};

Shown shown(const std::string& markdown) {
  Shown result;
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
    Shown& into = *static_cast<Shown*>(user);
    const bool list = type == MD_BLOCK_OL || type == MD_BLOCK_UL;
    if (list && into.depth++ > 0) ++into.lists_within_items;
    if (type == MD_BLOCK_OL) into.next = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start;
    if (type == MD_BLOCK_LI) into.numbers.push_back(into.next++);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
    if (type == MD_BLOCK_OL || type == MD_BLOCK_UL) --static_cast<Shown*>(user)->depth;
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
    if (type == MD_TEXT_HTML) static_cast<Shown*>(user)->html.append(text, size);
    return 0;
  };
  md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &result);
  return result;
}

Lines targets_of(const std::string& markdown) {
  Lines targets;
  for (const MarkdownLink& link : markdown_links(markdown))
    targets.push_back(link.target);
  return targets;
}

}  // namespace

TEST_CASE("no papers are no text") { CHECK(publish::timeline_markdown({}).empty()); }

TEST_CASE("a line has number, linked short title, date, description, notes and recordings") {
  CHECK(markdown_of({{"papers/a.yaml",
                      "title: A Long Title\nshort: Short\narxiv: '1706.03762'\nnumber: 1\n"
                      "summary: >-\n  Reads *well*.\nlinks:\n"
                      "  - {title: Notes, url: 'https://example.org/n'}\n"
                      "  - {title: Code, url: 'https://example.org/code'}\n"},
                     {"papers/a.md", "x"},
                     {"sessions/s1.yaml",
                      "papers: [a]\ndate: 2024-02-16\nrecordings:\n"
                      "  - {title: Any title, url: 'https://example.org/v'}\n"
                      "  - {url: 'https://example.org/w'}\n"}}) ==
        "1. [Short](https://arxiv.org/abs/1706.03762) (2024-02-16): Reads *well*. — "
        "[Notes](papers/a.md) · [Notes](https://example.org/n) · "
        "[Recording](https://example.org/v) · [Recording](https://example.org/w)\n");
}

TEST_CASE("what a record does not say leaves no trace in its line") {
  CHECK(line_with("title: Alpha\nurl: https://example.org/a\n") ==
        "1. [Alpha](https://example.org/a)\n");
  CHECK(line_with("title: Alpha\n") == "1. Alpha\n");
  CHECK(line_with("arxiv: '1706.03762'\n") == "1. [a](https://arxiv.org/abs/1706.03762)\n");
}

TEST_CASE("numbers that follow each other are one list, and a gap begins a new one") {
  const TestClub club{{"papers/a.yaml", bare("A", 1)},
                      {"papers/b.yaml", bare("B", 2)},
                      {"papers/c.yaml", bare("C", 5)},
                      {"papers/d.yaml", bare("D", 6)}};
  const std::string markdown = markdown_of(club);
  CHECK(markdown == "1. A\n2. B\n\n<!-- -->\n\n5. C\n6. D\n");
  CHECK(shown(markdown).numbers == std::vector<unsigned>{1, 2, 5, 6});
}

TEST_CASE("a reader sees the papers' own numbers, also backwards, doubled and filtered") {
  const TestClub club{{"papers/a.yaml", bare("A\ntags: [x]", 1)},
                      {"papers/b.yaml", bare("B", 2)},
                      {"papers/c.yaml", bare("C\ntags: [x]", 2)},
                      {"papers/d.yaml", bare("D", 3)},
                      {"papers/e.yaml", bare("E\ntags: [x]", 1000000)}};
  CHECK(shown(markdown_of(club)).numbers == std::vector<unsigned>{1, 2, 2, 3, 1000000});
  timeline::Filter filter;
  filter.reverse = true;
  CHECK(shown(markdown_of(club, filter)).numbers == std::vector<unsigned>{1000000, 3, 2, 2, 1});
  filter.tags = {"x"};
  CHECK(shown(markdown_of(club, filter)).numbers == std::vector<unsigned>{1000000, 2, 1});
}

TEST_CASE("a title full of marks is shown as it is and links to the paper only") {
  const std::string title = "`a` *b* [c](evil) <img src=x> #1 @ada | $x$";
  const std::string line =
      line_with(fmt::format("title: '{}'\nurl: https://example.org/a\n", title));
  CHECK(targets_of(line) == Lines{"https://example.org/a"});
  CHECK(markdown_to_plain(line) == title + " (https://example.org/a)");
  CHECK(shown(line).html.empty());
}

TEST_CASE("a title without a link does not begin a list of its own") {
  for (const char* title : {"- item", "1984. A novel", "---", "1. x"}) {
    const std::string line = line_with(fmt::format("title: '{}'\n", title));
    CAPTURE(line);
    CHECK(shown(line).numbers == std::vector<unsigned>{1});
    CHECK(shown(line).lists_within_items == 0);
    CHECK(markdown_to_plain(line) == title);
  }
}

TEST_CASE("a link with parentheses or blanks leads where it says") {
  const std::string line = line_with(
      "title: Alpha\nurl: https://example.org/a_(b)\n"
      "links: [{title: Notes, url: 'notes/my talk (1).pdf'}]\n");
  CHECK(line ==
        "1. [Alpha](https://example.org/a_%28b%29) — [Notes](notes/my%20talk%20%281%29.pdf)\n");
  CHECK(targets_of(line).size() == 2);
}

TEST_CASE("a description cannot leave its line, write HTML or end the generated part") {
  const std::string line = line_with(
      "title: Alpha\nsummary: |\n  one\n\n  <!-- /paperclub timeline -->\n  2. two\n"
      "  <script>x</script>\n");
  CHECK(std::count(line.begin(), line.end(), '\n') == 1);
  CHECK(line.find("<!--") == line.npos);
  CHECK(shown(line).html.empty());
  CHECK(shown(line).numbers == std::vector<unsigned>{1});
}

TEST_CASE("whatever the texts are, each paper is one item with its number and no HTML") {
  const std::string alphabet = "ab1.-*_`[]()<>!#|~&;:\\/@= ";
  Random random(5);
  for (int i = 0; i < 500; ++i) {
    TestClub club{};
    for (int number = 1; number <= 4; ++number) {
      std::string keys = fmt::format("number: {}\ntitle: \"\"\n", number);
      club.tree.put(fmt::format("papers/p{}.yaml", number), keys);
    }
    club::Snapshot snapshot = club.load();
    for (club::PaperRecord& record : snapshot.papers) {
      record.paper.title = "x" + random.text(alphabet, 20);
      record.paper.summary = random.text(alphabet, 30);
      record.paper.url = "https://example.org/" + random.text(alphabet, 10);
      record.paper.links = {{"notes", random.text(alphabet, 10) + "x"}};
    }
    const std::string markdown = publish::timeline_markdown(timeline::timeline_of(snapshot));
    CAPTURE(markdown);
    const Shown result = shown(markdown);
    CHECK(result.numbers == std::vector<unsigned>{1, 2, 3, 4});
    CHECK(result.lists_within_items == 0);
    CHECK(result.html.empty());
  }
}

}  // namespace paperclub::tests
