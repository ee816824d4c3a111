// What parse() says about every kind of text that it does not take, and where.
#include <fmt/format.h>

#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::complaints;
using Lines = std::vector<std::string>;

struct Refusal {
  std::string text;
  std::string place;
  std::string message;
};

// Each text is refused as a whole, with the one finding expected.
void expect(const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    CAPTURE(refusal.text);
    CHECK(complaints(refusal.text) == Lines{refusal.place + " " + refusal.message});
    CHECK_FALSE(parse("record.yaml", refusal.text).document.has_value());
  }
}

TEST_CASE("anchors are refused where they stand, before anything is built from them") {
  const std::string message =
      "unsupported-yaml: an anchor (&) | write the value out where it is needed, or put the text "
      "in quotes";
  expect({{"a: &x 1\nb: *x\n", "1:4", message},
          {"a: 1\nb: &x\n  c: 1\n", "2:4", message},
          {"a: [1, &x 2]\n", "1:8", message},
          {"&x a: 1\n", "1:1", message}});
}

TEST_CASE("a bomb of aliases is refused at its first anchor") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    bomb +=
        fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i, i - 1);
  }
  CHECK(tests::places(bomb) == Lines{"1:5 unsupported-yaml"});
  CHECK(tests::places("a: &a [*a]\n") == Lines{"1:4 unsupported-yaml"});
}

TEST_CASE("an alias is unsupported, whether its anchor exists or not") {
  for (const char* text : {"a: *x\n", "a: [1, *x]\n", "a: *\n", "a: *emphasis*\n", "*a : 1\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find(" unsupported-yaml: an alias (*) | ") != std::string::npos);
  }
}

TEST_CASE("an alias is reported at its asterisk") {
  CHECK(complaints("a: *x\n")[0].substr(0, 4) == "1:4 ");
  CHECK(complaints("b: 1\na: [1, *x]\n")[0].substr(0, 4) == "2:8 ");
  CHECK(complaints("a: *\n")[0].substr(0, 4) == "1:4 ");
}

TEST_CASE("merge keys are refused, the same characters in quotes are a key") {
  expect({{"<<: {a: 1}\n", "1:1", "unsupported-yaml: a merge key (<<) | write the keys out"},
          {"a:\n  <<: {}\n", "2:3", "unsupported-yaml: a merge key (<<) | write the keys out"}});
  CHECK(complaints("'<<': 1\na: <<\n").empty());
}

TEST_CASE("tags are refused in every form, the bare exclamation mark included") {
  const std::string message =
      "unsupported-yaml: a tag (!) | leave it out, or put the text in quotes";
  expect({{"a: ! x\n", "1:4", message},
          {"a: ! 'x'\n", "1:4", message},
          {"a: !\n", "1:4", message},
          {"a: !<>\n", "1:4", message},
          {"a: !!str x\n", "1:4", message},
          {"a: !!str\nb: 1\n", "1:4", message},
          {"a: !x y\n", "1:4", message},
          {"a: !<tag:example.org,2024:x> y\n", "1:4", message},
          {"a: !!python/object/apply:os.system [x]\n", "1:4", message},
          {"!!map\na: 1\n", "1:1", message},
          {"a:\n- ! [x]\n", "2:3", message},
          {"! a: 1\n", "1:1", message}});
  CHECK(complaints("a: '! x'\nb: x!\nc: \"!\"\n").empty());
}

TEST_CASE("directives are refused wherever YAML lets them stand") {
  const std::string message = "unsupported-yaml: a directive (%) | leave it out";
  expect({{"%YAML 1.2\n---\na: 1\n", "1:1", message},
          {"# first\n\n%TAG ! tag:example.org,2024:\n---\na: 1\n", "3:1", message},
          {"\r\n%YAML 1.1\r\n---\r\na: 1\r\n", "2:1", message},
          {"  # first\n%YAML 1.1\n---\na: 1\n", "2:1", message},
          {"  \n%YAML 1.1\n---\na: 1\n", "2:1", message}});
  CHECK(complaints("a: 'x\n\n  %y'\nb: 10%\n").empty());
}

TEST_CASE("a second document is refused, also one that only begins") {
  const std::string message =
      "unsupported-yaml: a second document | keep one record in a file; remove a line '---' at its "
      "end";
  expect({{"a: 1\n---\nb: 1\n", "2:1", message},
          {"---\na: 1\n---\n", "3:1", message},
          {"---\n---\na: 1\n", "2:1", message},
          {"a: 1\n...\nb: 2\n", "3:1", message},
          {"a: 1\n... b: 2\n", "2:5", message},
          {"{a: 1}\n{b: 2}\n", "2:1", message}});
}

TEST_CASE("lists, mappings and nothing are refused as keys") {
  const std::string hint = " | a key is a word before a colon";
  const std::string message = "unsupported-yaml: a list or mapping as a key" + hint;
  expect({{"? [a]\n: b\n", "1:3", message},
          {"? {a: 1}\n: b\n", "1:3", message},
          {"? a: 1\n: b\n", "1:3", message},
          {"[a, b]: c\n", "1:1", message},
          {"x: {[a]: c}\n", "1:5", message},
          {": b\n", "1:1", "unsupported-yaml: an empty key" + hint},
          {"x: {: b}\n", "1:5", "unsupported-yaml: an empty key" + hint}});
}

TEST_CASE("explicit keys are refused, a question mark in a text is none") {
  const std::string message = "unsupported-yaml: an explicit key (?) | write 'key: value'";
  expect({{"? a\n: b\n", "1:1", message},
          {"a: 1\n? b\n", "2:1", message},
          {"? a\n::", "1:1", message},
          {"a: {? b : c}\n", "1:5", message},
          {"a: {b: c, ? d}\n", "1:11", message}});
  CHECK(complaints("a: what?\nb: what ?\n?c: x\n").empty());
}

TEST_CASE("a quote that is never closed is reported at that quote") {
  const std::string message = "yaml-syntax: a quote that is never closed | add the closing quote";
  expect({{"a: 'x\nb: y\n", "1:4", message},
          {"a: \"x\nb: y\n", "1:4", message},
          {"a: 'x'\nb: [1, 'y]\n", "2:8", message},
          {"a: x\n'b: y\n", "2:1", message},
          {"a: \"x\\\"\n", "1:4", message},
          {"\"", "1:1", message}});
}

TEST_CASE("a quote that is never closed is not looked for in a comment") {
  CHECK(complaints("a:\n- x # don't\n- 'y\n")[0].substr(0, 4) == "3:3 ");
  CHECK(complaints("a: x # don't\n'b: y\n")[0].substr(0, 4) == "2:1 ");
  CHECK(complaints("# don't\na: 'x\n")[0].substr(0, 4) == "2:4 ");
}

TEST_CASE("a bracket or brace that is never closed is reported at that bracket") {
  const std::string bracket = "yaml-syntax: a bracket '[' that is never closed | close it with ']'";
  const std::string brace = "yaml-syntax: a brace '{' that is never closed | close it with '}'";
  expect({{"a: [1, 2\nb: 3\n", "1:4", bracket},
          {"a: [\n", "1:4", bracket},
          {"a: [1, [2\n", "1:8", bracket},
          {"a: {b: 1\nc: 2\n", "1:4", brace},
          {"a: 1\nb: [c, d\n", "2:4", bracket}});
}

TEST_CASE("a bracket that is closed is not said to be open") {
  for (const char* text :
       {"a: ['x' 'y']\n", "a: [[x] y]\n", "a: [What? Yes]\n", "a: {b: 'x' 'y'}\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find("never closed") == std::string::npos);
  }
}

TEST_CASE("a closing bracket needs its opening one") {
  const std::string message =
      "yaml-syntax: a closing bracket without its opening one | put the text in quotes";
  expect({{"a: ]\n", "1:4", message}, {"a: }\n", "1:4", message}, {"a: [1}\n", "1:6", message}});
}

TEST_CASE("a colon and a dash are refused where they can begin nothing") {
  const std::string colon =
      "yaml-syntax: a colon where no key can stand | put the text in quotes if it holds ': '; else "
      "check the indentation, and the blank behind the colon above";
  const std::string dash = "yaml-syntax: a list item where none can stand | check the indentation";
  expect({{"title: 2001: A Space Odyssey\n", "1:12", colon},
          {"a: 1\n b: 2\n", "2:3", colon},
          {"a: - x\n", "1:4", dash},
          {"a: ? b\n", "1:4", "yaml-syntax: a key where none can stand | check the indentation"}});
}

TEST_CASE("text behind a closing quote or bracket is told how to keep the quote") {
  const std::string message =
      "yaml-syntax: text behind the end of a quote or bracket | write a quote inside of single "
      "quotes twice (''); put a text that begins with [ in quotes";
  expect({{"a: 'it's'\n", "1:8", message},
          {"a: \"x\" y\n", "1:8", message},
          {"a: [x] y\n", "1:8", message}});
}

TEST_CASE("a line that fits nowhere is not said to stand behind a quote") {
  for (const char* text : {"a: 1\n- b\n", "a:\n  - x\n  y: 1\n", "a:\n  - x\n - y\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find(" yaml-syntax: ") != std::string::npos);
    CHECK(found[0].find("quote or bracket") == std::string::npos);
  }
}

TEST_CASE("a key whose colon is missing is told at its own line, not at the colon of the next") {
  CHECK(complaints("title: a\nurl: b\nkey without colon\nvenue: c\n") ==
        Lines{"3:1 yaml-syntax: a line without a colon | write 'key: value', or indent the line if "
              "it belongs to the text above"});
  CHECK(complaints("title:a\r\nurl: b\r\n") ==
        Lines{"1:6 yaml-syntax: a colon without a blank behind it | write 'key: value'"});
  CHECK(complaints("title: A\nurl https://e.org/x\n") ==
        Lines{"2:1 yaml-syntax: a line without a colon | write 'key: value', or indent the line if "
              "it belongs to the text above"});
  CHECK(complaints("title: A\nurl:https://e.org/x\n") ==
        Lines{"2:4 yaml-syntax: a colon without a blank behind it | write 'key: value'"});
  // What only looks like it.
  CHECK(complaints("title: a: b\nurl: c\n").at(0).starts_with("1:9 yaml-syntax: a colon where"));
  CHECK(complaints("a: b\n c\n d: e\n").at(0).starts_with("3:3 yaml-syntax: a colon where"));
}

TEST_CASE("a line without a colon is refused, the last one too") {
  for (const char* text :
       {"a: 1\nword\nb: 2\n", "a: 1\nword\n", "a: 1\nword", "word\na: 1\n", "a:\n  b: 1\n  word\n",
        "a: 1\n'word'\n", "a: 1\n...a\n", "a: 1\n~ - x\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    CHECK(found.size() == 1);
    if (!found.empty()) CHECK(found[0].find(" yaml-syntax: ") != std::string::npos);
  }
  CHECK(complaints("a: 1\nsome words\n") ==
        Lines{"2:1 yaml-syntax: a line without a colon | write 'key: value', or indent the line if "
              "it belongs to the text above"});
}

TEST_CASE("a value that stands no deeper than its key is not taken for the key's value") {
  for (const char* text : {"short:\nvenue:NAACL 2019 # where\n", "a:\n'x'\nb: 1\n", "a:\n{b: c}\n",
                           "a:\n[b]\n", "a:\n>-\n  x\n", "k:\n  a:\n  b\n", "k:\n- a:\n  b\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find(" yaml-syntax: ") != std::string::npos);
  }
  CHECK(complaints("a:\n- x\nb:\n  - y\nc:\n  z\nd: # why\n # more\n 'w'\n").empty());
  CHECK(complaints("a: {b:\nc}\n").empty());
}

TEST_CASE("a first line that is indented more than the others is told, not a second document") {
  CHECK(complaints(" title: X\nurl: y\n") ==
        Lines{"2:1 yaml-syntax: this line is indented less than the first one | begin every key of "
              "the record in the same column"});
}

TEST_CASE("text that is lost behind a number sign is told") {
  const std::string message =
      "ambiguous-scalar: the text ends here: what follows ' #' is a comment | put the text in "
      "quotes if this belongs to it, else write a blank behind the #";
  CHECK(complaints("title: C# and F #1 in practice\n") == Lines{"1:17 " + message});
  CHECK(complaints("tags: [a, b] #c\na: 1 # a comment\nb: 'x' #y\nc: x ## y\nd: x #\n").empty());
}

TEST_CASE("an apostrophe is no escape") {
  CHECK(
      complaints(R"(a: "it\'s")") ==
      Lines{"1:7 yaml-syntax: an unknown escape in a text in double quotes | write the apostrophe "
            "alone"});
  CHECK(complaints(R"(a: "it's \\'")").empty());
}

TEST_CASE("characters that begin no plain text ask for quotes") {
  const std::string message =
      "yaml-syntax: a character that no plain text may begin with | put the text in quotes";
  expect({{"a: @x\n", "1:4", message}, {"a: `x`\n", "1:4", message}, {"a: %x\n", "1:4", message}});
}

TEST_CASE("text behind a block's indicator is refused") {
  const std::string message =
      "yaml-syntax: more text behind '|' or '>' | begin the text on the next line";
  expect({{"a: |x\n  y\n", "1:5", message}, {"a: > text\n", "1:6", message}});
  expect({{"a: |# x\n  y\n", "1:5", message}, {"a: >-#\n  y\n", "1:6", message}});
  CHECK(complaints("a: |2- # x\n   y\nb: >+\r\n  z\r\n").empty());
}

TEST_CASE("faulty escapes are named, each with its way out") {
  const std::string hint = " | write \\\\ for a backslash, or use single quotes";
  expect(
      {{R"(a: "C:\q")", "1:7", "yaml-syntax: an unknown escape in a text in double quotes" + hint},
       {R"(a: "\xZZ")", "1:5", "yaml-syntax: an escape that lacks hexadecimal digits" + hint},
       {R"(a: "\ud800")", "1:5",
        "yaml-syntax: an escape that is no character | write the character itself"},
       {R"(a: "\U00110000")", "1:5",
        "yaml-syntax: an escape that is no character | write the character itself"}});
}

TEST_CASE("a forbidden character is refused when it comes through an escape, in keys too") {
  const std::string hint =
      " is not allowed | remove it; invisible and control characters can hide or change what a "
      "reader sees";
  const auto message = [&](std::string_view place, std::string_view name) {
    return fmt::format("{} forbidden-character: character {}{}", place, name, hint);
  };
  CHECK(complaints(R"(a: "\x00")") == Lines{message("1:4", "U+0000")});
  CHECK(complaints(R"(a: "\0")") == Lines{message("1:4", "U+0000")});
  CHECK(complaints(R"(a: ["x", "\u202e"])") == Lines{message("1:10", "U+202E")});
  CHECK(complaints(R"(a: "\e[31m")") == Lines{message("1:4", "U+001B")});
  CHECK(complaints(R"(a: "\L\P\N")") == Lines{message("1:4", "U+2028")});
  CHECK(complaints(R"(a: "\U000E0041")") == Lines{message("1:4", "U+E0041")});
  CHECK(complaints(R"(a: "\N")") == Lines{message("1:4", "U+0085")});
  CHECK(complaints(R"("\u202e": 1)") == Lines{message("1:1", "U+202E")});
  CHECK(complaints(R"(a: "\ufeff")") == Lines{message("1:4", "U+FEFF")});
  CHECK(complaints(R"(a: "\t")").size() == 1);
  CHECK(complaints(R"(a: "\r\n")").size() == 1);
  CHECK(complaints(R"(a: '\x00')").empty());
}

TEST_CASE("bytes that may not stand in a record keep it from being parsed at all") {
  CHECK(tests::places("a: [\x01\n") == Lines{"1:5 forbidden-character"});
  CHECK(tests::places("a: \xFF\n") == Lines{"1:4 invalid-encoding"});
}

TEST_CASE("columns count characters, and a byte order mark is none") {
  CHECK(tests::places("äöü: [é, *x]\n")[0].substr(0, 5) == "1:10 ");
  CHECK(tests::places("\xEF\xBB\xBF"
                      "a: ]\n") == Lines{"1:4 yaml-syntax"});
}

TEST_CASE("every refusal is in our words, never in those of the parser below") {
  for (const char* text :
       {"a: |0\n  y\n", "a: !<x\n", "a: &x,y 1\n", "a: *x,y\n", "a: &x &y 1\n", "a: !x !y 1\n",
        "a: &x\n", "a: &\n", "a: ! ! x\n", "a: !x!\n", "a: !<>\n", "a: *x y\n"}) {
    CAPTURE(text);
    const Lines found = complaints(text);
    CHECK(found.size() == 1);
    if (found.empty()) continue;
    CHECK(found[0].find("the text is not YAML here") == std::string::npos);
    CHECK(found[0].find(" | ") != std::string::npos);
  }
}

}  // namespace
}  // namespace paperclub::yaml
