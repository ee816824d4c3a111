#include "lib/yaml/parse.hpp"

#include <fmt/format.h>

#include "lib/yaml/limits.hpp"
#include "lib/yaml/scalar.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::complaints;
using tests::places;
using tests::read;
using Lines = std::vector<std::string>;

constexpr const char* kNoMapping =
    "wrong-type: a record is a mapping of keys to values | write lines of the form 'key: value'";

// The text of the value of the only key, `k`.
std::string value_of(const std::string& text) {
  const Document document = read(text);
  REQUIRE(document.root().size() == 1);
  return document.root().find("k").value().text();
}

TEST_CASE("a record is read into its keys and values") {
  const Document document = read("title: A, b\nyear: 2017\nauthors: [ada, 'ben']\nmore: {a: 1}\n");
  const Node root = document.root();
  CHECK(root.kind() == NodeKind::mapping);
  CHECK(root.find("title")->text() == "A, b");
  CHECK(root.find("year")->text() == "2017");
  CHECK(root.find("authors")->item(1).text() == "ben");
  CHECK(root.find("more")->find("a")->text() == "1");
  CHECK(document.source().file() == "record.yaml");
}

TEST_CASE("a scalar keeps its text and the style it is written in") {
  const Document document =
      read("a: 1.10\nb: '1.10'\nc: \"1.10\"\nd: |\n  1.10\ne: >-\n  1.10\n'f': x\n");
  const auto style = [&](std::string_view key) { return document.root().find(key)->style(); };
  CHECK(document.root().find("a")->text() == "1.10");
  CHECK(style("a") == ScalarStyle::plain);
  CHECK(style("b") == ScalarStyle::quoted);
  CHECK(style("c") == ScalarStyle::quoted);
  CHECK(style("d") == ScalarStyle::block);
  CHECK(style("e") == ScalarStyle::block);
  CHECK(document.root().key(0).style() == ScalarStyle::plain);
  CHECK(document.root().key(5).style() == ScalarStyle::quoted);
}

TEST_CASE("plain scalars stay text: no, 1.10, 017, a time and a date keep every character") {
  for (const char* text : {"no", "1.10", "1706.03760", "2401.10020", "017", "0x1F", "12:30:45",
                           "2018-10-11", "true", "1e3", "+1", ".5"}) {
    CHECK(value_of(fmt::format("k: {}\n", text)) == text);
  }
}

TEST_CASE("null keeps the spelling in which it is written") {
  for (const char* text : {"null", "~", "Null", "NULL"}) {
    CAPTURE(text);
    CHECK(value_of(fmt::format("k: {}\n", text)) == text);
    CHECK(value_of(fmt::format("k: {} # why\n", text)) == text);
    CHECK(value_of(fmt::format("k:\n  {}\n", text)) == text);
    const Document list = read(fmt::format("k: [a, {}]\n", text));
    CHECK(list.root().find("k")->item(1).text() == text);
  }
}

TEST_CASE("a written null is not an empty value") {
  CHECK_FALSE(read("k: null\n").root().value(0).is_empty());
  CHECK_FALSE(read("k: ~\n").root().value(0).is_empty());
  CHECK(read("k:\n").root().value(0).is_empty());
  CHECK(core_type(read("k:\n").root().value(0)) == ScalarType::null);
}

TEST_CASE("an empty value stays empty in front of a word that begins as null does") {
  const Document document = read("a:\nnullable: x\nb:\n\n~c: y\nd: {e: , nulls: z}\n");
  CHECK(document.root().value(0).is_empty());
  CHECK(document.root().find("nullable")->text() == "x");
  CHECK(document.root().find("b")->is_empty());
  CHECK(document.root().find("d")->value(0).is_empty());
  for (const char* key : {"~ } b", "null, b", "~ ] b", "~ }"})
    CHECK(read("a:\n" + std::string(key) + ": x\n").root().value(0).is_empty());
}

TEST_CASE("a word that only begins as null does is not one") {
  CHECK(complaints("a:\nnull a\n").size() == 1);
  CHECK(value_of("k: null a\n") == "null a");
  CHECK(value_of("k: ~a\n") == "~a");
  CHECK(value_of("k:\n  null#a\n") == "null#a");
}

TEST_CASE("quoted nulls are text, and so is an empty text in quotes") {
  CHECK(value_of("k: 'null'\n") == "null");
  CHECK_FALSE(read("k: ''\n").root().value(0).is_empty());
  CHECK(core_type(read("k: '~'\n").root().value(0)) == ScalarType::string);
}

TEST_CASE("escapes in double quotes give their characters, single quotes know none") {
  CHECK(value_of(R"(k: "\x41\u00e9\U0001F389 \" \\ \n \/")") == "Aé🎉 \" \\ \n /");
  CHECK(value_of(R"(k: "a\_b")") == "a\u00a0b");
  CHECK(value_of(R"(k: 'a\nb '' c')") == R"(a\nb ' c)");
}

TEST_CASE("text over several lines is joined as YAML says") {
  CHECK(value_of("k: one\n  two\n\n  three\n") == "one two\nthree");
  CHECK(value_of("k: 'one\n  two'\n") == "one two");
  CHECK(value_of("k: >-\n  one\n  two\n\n  three\n") == "one two\nthree");
  CHECK(value_of("k: |-\n  one\n   two\n\n  three\n") == "one\n two\n\nthree");
}

TEST_CASE("line breaks at the end of a block follow its indicator, at the end of the file too") {
  for (const char* more : {"", "j: x\n"}) {
    const auto text = [&](std::string_view head) {
      return read(fmt::format("k: {}\n  one\n{}", head, more)).root().value(0).text();
    };
    CHECK(text("|") == "one\n");
    CHECK(text("|-") == "one");
    CHECK(text("|+") == "one\n");
  }
}

TEST_CASE("a block that keeps its blank lines has exactly those of the file") {
  CHECK(value_of("k: |+\n  one\n\n\n") == "one\n\n\n");
  CHECK(value_of("k: >+\n  one\n\n") == "one\n\n");
  CHECK(value_of("k: >+ # why\n  one\n  two\n\n# end\n") == "one two\n\n");
  CHECK(value_of("k: |+\n\n\n") == "\n\n");
}

TEST_CASE("CRLF files read as LF files do") {
  CHECK(value_of("k: one\r\n  two\r\n") == "one two");
  CHECK(value_of("k: |\r\n  one\r\n  two\r\n") == "one\ntwo\n");
  CHECK(value_of("# first\r\nk: 'one\r\n\r\n  two'\r\n") == "one\ntwo");
}

TEST_CASE("a byte order mark and a file without its last line break make no difference") {
  CHECK(value_of("\xEF\xBB\xBFk: x\n") == "x");
  CHECK(value_of("k: x") == "x");
  CHECK(value_of("\xEF\xBB\xBF# first\nk: x") == "x");
}

TEST_CASE("one document may be marked as such") {
  CHECK(value_of("---\nk: x\n") == "x");
  CHECK(value_of("# first\n---\nk: x\n...\n") == "x");
  CHECK(value_of("{k: x}\n") == "x");
}

TEST_CASE("a file without a record is told to be one") {
  for (const char* text : {"", "\n\n", "# only\n# comments\n", "---\n", "...\n", "\xEF\xBB\xBF"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].substr(found[0].find(' ') + 1) == kNoMapping);
  }
}

TEST_CASE("a list or a single text at the root is told to be a mapping") {
  for (const char* text : {"- a\n- b\n", "[]\n", "word\n", "'word'\n", "a:b\n", "null\n"}) {
    CAPTURE(text);
    CHECK(complaints(text) == Lines{std::string("1:1 ") + kNoMapping});
    CHECK_FALSE(parse("record.yaml", text).document.has_value());
  }
}

TEST_CASE("a key twice is reported with both lines, and the first value counts") {
  const std::string text = "a: 1\nb: 2\n\"a\": 3\na: 4\n";
  const auto message = [](std::string_view place) {
    return std::string(place) +
           " duplicate-key: key 'a' stands here a second time, first on line 1 | keep one of the "
           "two";
  };
  CHECK(complaints(text) == Lines{message("3:1"), message("4:1")});
  const ParseResult result = parse("record.yaml", text);
  REQUIRE(result.document.has_value());
  CHECK(result.document->root().find("a")->text() == "1");
}

TEST_CASE("keys are compared within their mapping and byte by byte") {
  CHECK(places("x: {a: 1, b: {a: 1}}\na: 1\nA: 2\nà: 3\nx2: [a: 1, a: 2]\n").empty());
  CHECK(places("x:\n  - a: 1\n    a: 2\n") == Lines{"3:5 duplicate-key"});
  CHECK(places("x: {b: 1, 'b': 2}\n") == Lines{"1:11 duplicate-key"});
}

TEST_CASE("lists and mappings may be as deep as the limit and no deeper") {
  const auto nested = [](std::size_t depth) {
    return "k: " + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "\n";
  };
  CHECK(complaints(nested(kMaxDepth)).empty());
  CHECK(complaints(nested(kMaxDepth + 1)) ==
        Lines{"1:19 too-large: lists and mappings more than 16 levels deep | move what is inside "
              "further out, or into a text"});
  std::string steps;
  for (std::size_t i = 0; i <= kMaxDepth; ++i)
    steps.append(i, ' ').append("k:\n");
  CHECK(places(steps) == Lines{"17:17 too-large"});
  CHECK(places(std::string(100'000, '-') + "\n").size() == 1);
  CHECK(complaints(nested(1000)).size() == 1);
  CHECK(complaints("k: " + std::string(2000, '[')).size() == 1);
}

TEST_CASE("a chain of list items on one line is refused at the limit, however long it is") {
  std::string text;
  for (int i = 0; i < 50'000; ++i)
    text += "- ";
  CHECK(places(text) == Lines{"1:33 too-large"});
}

TEST_CASE("there may be as many values as the limit and not one more") {
  const auto list = [](std::size_t items) {
    std::string text = "k:\n";
    for (std::size_t i = 0; i < items; ++i)
      text += "- x\n";
    return text;
  };
  // The root, the key and the list are values too, the last two counted before the items.
  CHECK(complaints(list(kMaxNodes - 3)).empty());
  CHECK(
      complaints(list(kMaxNodes - 2)) ==
      Lines{fmt::format("{}:3 too-large: more than 20000 values | a record is a few lines of text",
                        kMaxNodes - 1)});
}

TEST_CASE("a limit on values counts lists and mappings too") {
  std::string text = "k:\n";
  for (std::size_t i = 0; i < kMaxNodes; ++i)
    text += "- - - \n";
  CHECK(places(text).size() == 1);
  CHECK(places(text)[0].ends_with("too-large"));
}

TEST_CASE("more findings than the limit end with one that says so") {
  std::string text;
  for (std::size_t i = 0; i < kMaxFindings + 100; ++i)
    text += "a: 1\n";
  CHECK(complaints(text).size() == kMaxFindings + 1);
}

}  // namespace
}  // namespace paperclub::yaml
