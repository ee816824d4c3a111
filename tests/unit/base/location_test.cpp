#include "lib/base/location.hpp"

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

Location locate(std::string_view text, std::size_t begin, std::size_t end) {
  return LineIndex(text).locate({begin, end});
}

// Where the first `part` of `text` is.
Location locate(std::string_view text, std::string_view part) {
  const std::size_t begin = text.find(part);
  return locate(text, begin, begin + part.size());
}

// The start of the character that byte `at` lies in; `at` itself past the end.
std::size_t character_start(std::string_view text, std::size_t at) {
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t next = start + decode(text, start).length;
    if (next > at) return start;
    start = next;
  }
  return at;
}

// The columns of the excerpt over the carets.
std::string marked(const Location& where) {
  return where.excerpt.substr(where.caret, where.caret_width);
}

}  // namespace

TEST_CASE("an excerpt shows no secret of an address, wherever the caret is") {
  const std::string line = "url: https://ada:s3cret@example.org/";
  for (const std::size_t at : {5U, 20U, 30U}) {
    const Location where = LineIndex(line).locate({at, at + 2});
    CHECK(where.excerpt == "url: https://**********@example.org/");
    CHECK(where.caret == at);
  }
}

TEST_CASE("lines and columns count from 1") {
  const Location where = locate("title: x\nyear: 2017\n", "2017");
  CHECK(where.line == 2);
  CHECK(where.column == 7);
  CHECK(where.end_line == 2);
  CHECK(where.end_column == 11);
  CHECK(where.excerpt == "year: 2017");
  CHECK(where.caret == 6);
  CHECK(where.caret_width == 4);
}

TEST_CASE("columns count code points, carets count what a terminal shows") {
  const Location where = locate("a: 日本é x", "x");
  CHECK(where.column == 8);
  CHECK(where.end_column == 9);
  CHECK(where.caret == 9);
  CHECK(where.caret_width == 1);
  const Location wide = locate("a: 日本é x", "日本");
  CHECK(wide.end_column - wide.column == 2);
  CHECK(wide.caret_width == 4);
}

TEST_CASE("a carriage return before the line feed is no part of the line") {
  const std::string text = "a: 1\r\nb: 2\r\n";
  const Location where = locate(text, "2");
  CHECK(where.line == 2);
  CHECK(where.column == 4);
  CHECK(where.excerpt == "b: 2");
  const Location at_end = locate(text, 4, 6);
  CHECK(at_end.line == 1);
  CHECK(at_end.column == 5);
  CHECK(at_end.excerpt == "a: 1");
  CHECK(at_end.caret == 4);
}

TEST_CASE("a line feed belongs to the line it ends") {
  const LineIndex index("ab\n\ncd");
  CHECK(index.line_of(0) == 1);
  CHECK(index.line_of(2) == 1);
  CHECK(index.line_of(3) == 2);
  CHECK(index.line_of(4) == 3);
  CHECK(index.line_of(5) == 3);
  CHECK(index.line_of(1000) == 3);
}

TEST_CASE("an offset past the end is the end") {
  const Location where = locate("ab\ncd", 100, 200);
  CHECK(where.line == 2);
  CHECK(where.column == 3);
  CHECK(where.end_line == 2);
  CHECK(where.end_column == 3);
  CHECK(where.excerpt == "cd");
  CHECK(where.caret == 2);
  CHECK(where.caret_width == 1);
  CHECK(locate("ab\n", 3, 3).line == 2);
  CHECK(locate("ab\n", 3, 3).column == 1);
}

TEST_CASE("the empty text has one empty line") {
  const Location where = locate("", 0, 0);
  CHECK(where.line == 1);
  CHECK(where.column == 1);
  CHECK(where.excerpt == "");
  CHECK(where.caret == 0);
  CHECK(where.caret_width == 1);
}

TEST_CASE("a span that ends before it begins marks one character") {
  const Location where = locate("abcdef", 4, 2);
  CHECK(where.column == 5);
  CHECK(where.end_column == 5);
  CHECK(where.caret == 4);
  CHECK(where.caret_width == 1);
}

TEST_CASE("of a span over several lines the first line is shown") {
  const Location where = locate("a: |\n  one\n  two\nb: 1\n", 3, 16);
  CHECK(where.line == 1);
  CHECK(where.column == 4);
  CHECK(where.end_line == 3);
  CHECK(where.end_column == 6);
  CHECK(where.excerpt == "a: |");
  CHECK(marked(where) == "|");
}

TEST_CASE("an excerpt is escaped, and its carets follow") {
  const Location where = locate(
      "a\x1b[31m: \u202e"
      "b",
      "b");
  CHECK(where.excerpt == "a\\x1b[31m: \\u{202e}b");
  CHECK(marked(where) == "b");
  const Location bad = locate("a: \xff!", 3, 4);
  CHECK(bad.excerpt == "a: \\xff!");
  CHECK(marked(bad) == "\\xff");
}

TEST_CASE("of a line of 100 kB the part around the span is shown") {
  const std::string text = std::string(50000, 'a') + "HERE" + std::string(50000, 'b') + "\nnext";
  const Location where = locate(text, "HERE");
  CHECK(where.line == 1);
  CHECK(where.column == 50001);
  CHECK(display_width(where.excerpt) == kExcerptWidth);
  CHECK(where.excerpt.starts_with("…a"));
  CHECK(where.excerpt.ends_with("b…"));
  const std::size_t here = where.excerpt.find("HERE");
  REQUIRE(here != std::string::npos);
  CHECK(display_width(where.excerpt.substr(0, here)) == where.caret);
  CHECK(where.caret_width == 4);
}

TEST_CASE("the carets of a long span end with the excerpt") {
  const std::string text = "a: " + std::string(100000, 'x');
  const Location where = locate(text, 3, text.size());
  CHECK(where.caret == 3);
  CHECK(where.caret + where.caret_width == kExcerptWidth);
  CHECK(where.end_column == 100004);
}

TEST_CASE("an excerpt never begins or ends within a character") {
  std::string wide;
  for (int i = 0; i < 30000; ++i)
    wide += "日";
  const Location where = locate(wide, 30000, 30003);
  CHECK(where.column == 10001);
  CHECK(where.excerpt.find("\\x") == std::string::npos);
  CHECK(where.caret_width == 2);
  std::string marks = "a";
  for (int i = 0; i < 1000; ++i)
    marks += "\u0301";
  CHECK(locate(marks, 0, 1).excerpt.find("\\x") == std::string::npos);
  CHECK(locate(marks, 0, marks.size()).excerpt.find("\\x") == std::string::npos);
}

TEST_CASE("the caret stands below the excerpt even after many characters that are escaped") {
  const Location where = locate(std::string(60, '\t') + "x: 1", "x");
  CHECK(where.caret < kExcerptWidth);
  const std::size_t here = where.excerpt.rfind("x: 1");
  REQUIRE(here != std::string::npos);
  CHECK(display_width(where.excerpt.substr(0, here)) == where.caret);
}

TEST_CASE("a span that ends within a character marks the whole of it") {
  const Location where = locate("a: 日本", 3, 4);
  CHECK(where.excerpt == "a: 日本");
  CHECK(where.column == 4);
  CHECK(where.end_column == 5);
  CHECK(where.caret == 3);
  CHECK(where.caret_width == 2);
}

TEST_CASE("any span of any bytes gives an excerpt that fits, with the carets under it") {
  tests::Random random(12);
  const std::vector<std::string> pieces = {"a", "b: ",  "\n",     "\r\n", "日",   "é",      "\t",
                                           "x", "\xff", "\u202e", "😀",    "\x1b", "e\u0301"};
  int wrong = 0;
  for (int round = 0; round < 5000 && wrong < 5; ++round) {
    std::string text;
    for (std::size_t i = random.below(300); i > 0; --i)
      text += random.pick(pieces);
    const std::size_t begin = character_start(text, random.below(text.size() + 10));
    const std::size_t end = character_start(text, random.below(text.size() + 10));
    const Location where = locate(text, begin, end);
    CAPTURE(text, begin, end, where.excerpt, where.caret, where.caret_width);
    const bool fits = display_width(where.excerpt) <= kExcerptWidth && where.caret_width >= 1;
    const bool under = where.caret <= display_width(where.excerpt) &&
                       where.caret + where.caret_width <= kExcerptWidth + 1;
    const bool clean = !find_invalid_utf8(where.excerpt) && escape(where.excerpt) == where.excerpt;
    const bool forwards = where.line >= 1 && where.column >= 1 && where.end_line >= where.line &&
                          (where.end_line > where.line || where.end_column >= where.column);
    if (fits && under && clean && forwards) continue;
    ++wrong;
    CHECK(fits);
    CHECK(under);
    CHECK(clean);
    CHECK(forwards);
  }
  CHECK(wrong == 0);
}

TEST_CASE("the line of an offset is one more than the line feeds before it") {
  tests::Random random(13);
  for (int round = 0; round < 500; ++round) {
    const std::string text = random.text("ab\n\r", 60);
    const LineIndex index(text);
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (index.line_of(at) != line) FAIL_CHECK(text);
      if (text[at] == '\n') ++line;
    }
  }
  SUCCEED();
}
