// The text at a node's span is the node exactly as it is written.
#include "lib/yaml/spans.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::read;
using tests::written;
using Lines = std::vector<std::string>;

void collect(const Document& document, const Node& node, Lines& lines) {
  lines.push_back(node.is_empty() ? fmt::format("<{}>", node.span().begin)
                                  : std::string(written(document, node)));
  if (node.kind() == NodeKind::sequence) {
    for (std::size_t i = 0; i < node.size(); ++i)
      collect(document, node.item(i), lines);
  }
  if (node.kind() != NodeKind::mapping) return;
  for (std::size_t i = 0; i < node.size(); ++i) {
    collect(document, node.key(i), lines);
    collect(document, node.value(i), lines);
  }
}

// The text of every node from the outside in; of an empty one its place in angle brackets.
Lines nodes_of(const std::string& text) {
  const Document document = read(text);
  Lines lines;
  collect(document, document.root(), lines);
  return lines;
}

// The text of the value of the first key.
std::string value_in(const std::string& text) {
  const Document document = read(text);
  return std::string(written(document, document.root().value(0)));
}

TEST_CASE("a plain scalar ends before blanks, comments and the end of the line") {
  CHECK(value_in("k: one two  \n") == "one two");
  CHECK(value_in("k: one two # three\n") == "one two");
  CHECK(value_in("k: a#b:c'd\n") == "a#b:c'd");
  CHECK(value_in("k:    one  two\n") == "one  two");
  CHECK(value_in("k: one") == "one");
  CHECK(value_in("k: one\r\n") == "one");
  CHECK(value_in("k: one two\r\nj: x\r\n") == "one two");
  CHECK(value_in("k:\n  one\n") == "one");
  CHECK(value_in("k: äöü 🎉\n") == "äöü 🎉");
}

TEST_CASE("a plain scalar over several lines runs to its last word") {
  CHECK(value_in("k: one\n  two\n") == "one\n  two");
  CHECK(value_in("k: one  \n     two\n\n\n three # four\n") == "one  \n     two\n\n\n three");
  CHECK(value_in("k: one\r\n  two\r\n\r\n  three\r\nj: x\r\n") == "one\r\n  two\r\n\r\n  three");
  CHECK(value_in("k: a  b\n  c  d\n") == "a  b\n  c  d");
  CHECK(nodes_of("k: [one\n  two, three\n  four ]\n") == Lines{"k: [one\n  two, three\n  four ]",
                                                               "k", "[one\n  two, three\n  four ]",
                                                               "one\n  two", "three\n  four"});
}

TEST_CASE("a quoted scalar keeps its quotes and everything between them") {
  CHECK(value_in("k: 'it''s' # x\n") == "'it''s'");
  CHECK(value_in("k: '''' \n") == "''''");
  CHECK(value_in("k: ''\n") == "''");
  CHECK(value_in("k: \"a \\\" b \\\\\" # \"\n") == "\"a \\\" b \\\\\"");
  CHECK(value_in("k: 'a # b: c'\n") == "'a # b: c'");
  CHECK(value_in("k: \"one\n\n  two \\\n   three\"\n") == "\"one\n\n  two \\\n   three\"");
  CHECK(value_in("k: 'one\r\n  two'\r\n") == "'one\r\n  two'");
  CHECK(value_in("k: \"\\x41\\u00e9\"\n") == "\"\\x41\\u00e9\"");
}

TEST_CASE("a block begins at its indicator and ends with its last line that is not blank") {
  CHECK(value_in("k: |\n  one\n  two\n") == "|\n  one\n  two");
  CHECK(value_in("k: |\n  one\n\n\nj: x\n") == "|\n  one");
  CHECK(value_in("k: >-\n  one\n\n   two\n  \nj: x\n") == ">-\n  one\n\n   two");
  CHECK(value_in("k: |\n\n  one\n") == "|\n\n  one");
  CHECK(value_in("k: | # why\n  one # not a comment\nj: x\n") == "| # why\n  one # not a comment");
  CHECK(value_in("k: |\r\n  one\r\n  two\r\n\r\nj: x\r\n") == "|\r\n  one\r\n  two");
  CHECK(value_in("k: |\n  one") == "|\n  one");
  CHECK(value_in("k: |+\n  one\n\nj: x\n") == "|+\n  one");
}

TEST_CASE("a block with an indentation indicator holds its lines with leading blanks") {
  CHECK(value_in("k: |2\n     one\n  two\n   three\nj: x\n") == "|2\n     one\n  two\n   three");
  CHECK(value_in("k: >2-\n   one\n  two\n\nj: x\n") == ">2-\n   one\n  two");
  CHECK(value_in("k: |1\n one\n  two\nj: x\n") == "|1\n one\n  two");
  CHECK(value_in("k:\n  - |2\n      one\n    two\n  - x\n") == "- |2\n      one\n    two\n  - x");
}

TEST_CASE("a comment with less indentation is no part of the block above it") {
  CHECK(value_in("k: |\n  one\n # two\nj: x\n") == "|\n  one");
  CHECK(value_in("k: |\n  one\n\n# two\n") == "|\n  one");
}

TEST_CASE("a block without text is its first line") {
  CHECK(value_in("k: |\nj: x\n") == "|");
  CHECK(value_in("k: |-\n\n\nj: x\n") == "|-");
}

TEST_CASE("a block list reaches from its first dash to the end of its last item") {
  CHECK(nodes_of("k:\n  - one # x\n  - 'two'\n\n# end\nj: x\n") ==
        Lines{"k:\n  - one # x\n  - 'two'\n\n# end\nj: x", "k", "- one # x\n  - 'two'", "one",
              "'two'", "j", "x"});
  CHECK(nodes_of("k:\n- - a\n  - b\n-   - c\n") == Lines{"k:\n- - a\n  - b\n-   - c", "k",
                                                         "- - a\n  - b\n-   - c", "- a\n  - b", "a",
                                                         "b", "- c", "c"});
}

TEST_CASE("a block mapping reaches from its first key to the end of its last value") {
  CHECK(nodes_of("# first\nk:\n  a: 1\n  \"b\" : 2 # x\n\n") ==
        Lines{"k:\n  a: 1\n  \"b\" : 2", "k", "a: 1\n  \"b\" : 2", "a", "1", "\"b\"", "2"});
  CHECK(nodes_of("k:\n-   a: 1\n    b: |\n      x\n- c: 2\n") ==
        Lines{"k:\n-   a: 1\n    b: |\n      x\n- c: 2", "k", "-   a: 1\n    b: |\n      x\n- c: 2",
              "a: 1\n    b: |\n      x", "a", "1", "b", "|\n      x", "c: 2", "c", "2"});
}

TEST_CASE("lists and mappings in brackets reach from bracket to bracket") {
  CHECK(nodes_of("k: [ one, 'two]' , {a: [], b: {}} ] # ]\n") ==
        Lines{"k: [ one, 'two]' , {a: [], b: {}} ]", "k", "[ one, 'two]' , {a: [], b: {}} ]", "one",
              "'two]'", "{a: [], b: {}}", "a", "[]", "b", "{}"});
  CHECK(value_in("k: [ one, # ]\n  two, # }\n  # ] \n ]\n") ==
        "[ one, # ]\n  two, # }\n  # ] \n ]");
  CHECK(value_in("k: [\n]\n") == "[\n]");
  CHECK(value_in("k: { } # }\n") == "{ }");
  CHECK(value_in("k: [ # ]\n ]\n") == "[ # ]\n ]");
  CHECK(nodes_of("{a: 1, \"b\":2,c: }\n") ==
        Lines{"{a: 1, \"b\":2,c: }", "a", "1", "\"b\"", "2", "c", "<15>"});
}

TEST_CASE("a pair in a list is a mapping without brackets") {
  CHECK(nodes_of("k: [a: 1, b]\n") ==
        Lines{"k: [a: 1, b]", "k", "[a: 1, b]", "a: 1", "a", "1", "b"});
}

TEST_CASE("a value that is not written stands behind its colon") {
  CHECK(nodes_of("a:\nb:   \nc: # x\nd :\r\n'e':") == Lines{"a:\nb:   \nc: # x\nd :\r\n'e':", "a",
                                                            "<2>", "b", "<5>", "c", "<11>", "d",
                                                            "<19>", "'e'", "<25>"});
  CHECK(nodes_of("k: {a: , b:\n  , c}\n") == Lines{"k: {a: , b:\n  , c}", "k", "{a: , b:\n  , c}",
                                                   "a", "<6>", "b", "<11>", "c", "<17>"});
  CHECK(nodes_of("k:\n  a:\n\n# x\nj: x\n") ==
        Lines{"k:\n  a:\n\n# x\nj: x", "k", "a:", "a", "<7>", "j", "x"});
}

TEST_CASE("an item that is not written stands behind its dash") {
  CHECK(nodes_of("k:\n  -\n  - a\n  -   \n") ==
        Lines{"k:\n  -\n  - a\n  -", "k", "-\n  - a\n  -", "<6>", "a", "<16>"});
  CHECK(nodes_of("k:\n-\n") == Lines{"k:\n-", "k", "-", "<4>"});
}

TEST_CASE("an item that is not written stands behind its dash, not behind a comment") {
  CHECK(nodes_of("k:\n  - # x\n  - a\n") ==
        Lines{"k:\n  - # x\n  - a", "k", "- # x\n  - a", "<6>", "a"});
  CHECK(nodes_of("k:\n- a\n- # x\n# y\n") == Lines{"k:\n- a\n-", "k", "- a\n-", "a", "<8>"});
}

TEST_CASE("a null has the span of its word") {
  CHECK(nodes_of("a: null\nb: ~ # x\nl: [NULL, Null]\n") ==
        Lines{"a: null\nb: ~ # x\nl: [NULL, Null]", "a", "null", "b", "~", "l", "[NULL, Null]",
              "NULL", "Null"});
}

TEST_CASE("spans count bytes from the start of the file, a byte order mark included") {
  const Document document = read("\xEF\xBB\xBFk: x\n");
  CHECK(document.root().span().begin == 3);
  CHECK(document.root().key(0).span().end == 4);
  CHECK(written(document, document.root().value(0)) == "x");
}

TEST_CASE("document markers belong to no node") {
  CHECK(nodes_of("---\nk: x\n...\n") == Lines{"k: x", "k", "x"});
  CHECK(nodes_of("--- {k: x}\n") == Lines{"{k: x}", "k", "x"});
  CHECK(nodes_of("---\nk: |\n  x\n...\n") == Lines{"k: |\n  x", "k", "|\n  x"});
}

TEST_CASE("the end of a scalar follows from the text where only its beginning is known") {
  CHECK(end_of_plain("k: a b # c", 3, "a b") == 6);
  CHECK(end_of_plain("k: a\r\n  b", 3, "a b") == 9);
  CHECK(end_of_plain("k: a\n\n  b", 3, "a\nb") == 9);
  CHECK(end_of_plain("k:", 2, "") == 2);
  CHECK(end_of_quoted("'a''b' c'", 0) == 6);
  CHECK(end_of_quoted(R"("a\"b\\" ")", 0) == 8);
  CHECK(end_of_quoted("'a", 0) == 2);
  CHECK(end_of_block("|\n  a\n\nb", 0, "a\n") == 5);
  CHECK(end_of_block("|\n\nb: 1", 0, "") == 1);
  CHECK(end_of_flow("[a, # ]\n ]", 2) == 10);
  CHECK(end_of_flow("[a", 2) == 2);
}

}  // namespace
}  // namespace paperclub::yaml
