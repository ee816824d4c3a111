// What the validator says about types and about what schemas combine, on schemas made for it.
#include <fmt/format.h>

#include "lib/schema/schema.hpp"
#include "lib/yaml/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/schema/json_document.hpp"
#include "tests/unit/schema/judging.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::schema {
namespace {

using tests::judge;
using tests::judge_k;
using Lines = std::vector<std::string>;

TEST_CASE("a value of the wrong type is told what it should be and what it is") {
  const std::string wanted = R"({"type": "string", "title": "a title"})";
  CHECK(judge_k(wanted, "k: [x]\n") ==
        Lines{"1:4 wrong-type: 'k' must be a title, not a list | put the text in quotes if it "
              "begins with a bracket or brace"});
  CHECK(judge_k(wanted, "j: 1\nk:\n  x: 1\n") ==
        Lines{"3:3 wrong-type: 'k' must be a title, not a mapping | put the text in quotes if it "
              "begins with a bracket or brace"});
  CHECK(judge_k(R"({"type": "object"})", "k: x\n") ==
        Lines{"1:4 wrong-type: 'k' must be a mapping, not the text 'x' | write lines of the form "
              "'key: value' below it, indented"});
  CHECK(judge_k(R"({"type": ["object", "boolean"]})", "k: 1\n") ==
        Lines{"1:4 wrong-type: 'k' must be true or false or a mapping, not the number 1 | write "
              "true or false or a mapping"});
  CHECK(judge_k(R"({"type": "integer"})", "k: true\n") ==
        Lines{"1:4 wrong-type: 'k' must be a whole number, not the boolean true | write a whole "
              "number"});
  CHECK(judge(R"({"type": "array"})", "k: x\n") ==
        Lines{"1:1 wrong-type: the record must be a list, not a mapping | write each item on a "
              "line of its own that begins with '- '"});
}

TEST_CASE("a value of the wrong type gets advice that fits what was written") {
  CHECK(judge_k(R"({"type": "integer"})", "k: three\n") ==
        Lines{"1:4 wrong-type: 'k' must be a whole number, not the text 'three' | write a whole "
              "number in digits, without quotes"});
  CHECK(judge_k(R"({"type": "boolean"})", "k: 'true'\n") ==
        Lines{"1:4 wrong-type: 'k' must be true or false, not the text 'true' | write true or "
              "false, without quotes"});
  CHECK(judge_k(R"({"type": "boolean"})", "k: yes\n") ==
        Lines{"1:4 wrong-type: 'k' must be true or false, not the text 'yes' | write true or "
              "false, without quotes"});
  CHECK(
      judge_k(R"({"type": "array"})", "k: ada\n") ==
      Lines{"1:4 wrong-type: 'k' must be a list, not the text 'ada' | put it in brackets: [ada]"});
  CHECK(judge_k(R"({"type": "number", "examples": ["1.5"]})", "k: x\n") ==
        Lines{"1:4 wrong-type: 'k' must be a number, not the text 'x' | such as 1.5"});
}

TEST_CASE("a value that is not written is reported at its key") {
  const Lines expected = {
      "2:1 wrong-type: 'k' must be a text, not nothing | write a value behind the colon, or remove "
      "the key; a text that begins with # needs quotes"};
  CHECK(judge_k(R"({"type": "string"})", "j: 1\nk:\n") == expected);
  CHECK(judge_k(R"({"type": "string"})", "j: 1\nk:   # later\nl: 1\n") == expected);
}

TEST_CASE("a null is reported where it is written, with advice to quote it") {
  for (const char* word : {"null", "~"}) {
    CHECK(judge_k(R"({"type": "string"})", fmt::format("k: {}\n", word)) ==
          Lines{"1:4 wrong-type: 'k' must be a text, not nothing | put the word in quotes if it is "
                "meant as text"});
  }
  CHECK(judge_k(R"({"type": "string"})", "k: 'null'\n").empty());
  CHECK(judge_k(R"({"type": ["null", "string"]})", "k: ~\n").empty());
}

TEST_CASE("a null in capitals is text where a text is wanted, with a warning") {
  CHECK(judge_k(R"({"type": "string"})", "k: NULL\n") ==
        Lines{"1:4 ambiguous-scalar: other YAML readers take NULL for nothing (null) | put it in "
              "quotes: 'NULL'"});
}

TEST_CASE("a plain scalar takes the type its schema admits, the JSON type first") {
  const std::string text = R"({"type": "string"})";
  for (const char* value : {"Raft", "'1.10'", "'no'", "\"2001-01-01\"", "1.2.3"}) {
    CHECK(judge_k(text, fmt::format("k: {}\n", value)).empty());
  }
  CHECK(judge_k(R"({"type": ["integer", "string"], "minimum": 1000})", "k: 2017\n").empty());
  CHECK(judge_k(R"({"type": ["integer", "string"], "minimum": 1000})", "k: 17\n").size() == 1);
  CHECK(judge_k(R"({"type": ["integer", "string"], "minimum": 1000})", "k: '17'\n").empty());
  CHECK(judge_k(R"({"type": "number"})", "k: 1\n").empty());
  CHECK(judge_k(R"({"type": "integer"})", "k: 1.0\n").size() == 1);
  CHECK(judge_k(R"({"type": "integer"})", "k: 017\n").size() == 1);
  CHECK(judge_k(R"({"type": "integer"})", "k: '17'\n").size() == 1);
}

TEST_CASE("text without quotes that others take for something else is warned of") {
  const auto warned = [](std::string_view value, std::string_view what) {
    return Lines{fmt::format(
        "1:4 ambiguous-scalar: other YAML readers take {} for {} | put it in quotes: '{}'", value,
        what, value)};
  };
  const std::string text = R"({"type": "string"})";
  CHECK(judge_k(text, "k: no\n") == warned("no", "a boolean"));
  CHECK(judge_k(text, "k: true\n") == warned("true", "a boolean"));
  CHECK(judge_k(text, "k: 1.10\n") == warned("1.10", "a number"));
  CHECK(judge_k(text, "k: 12:30\n") == warned("12:30", "a number"));
  CHECK(judge_k(text, "k: 2001-01-01\n") == warned("2001-01-01", "a date"));
  CHECK(judge_k(text, "k: 4e415067 # x\n") == warned("4e415067", "a number"));
}

TEST_CASE("a date where the schema wants one is not ambiguous") {
  CHECK(judge_k(R"({"type": "string", "format": "date"})", "k: 2024-02-16\n").empty());
  CHECK(
      judge_k(R"({"type": "string", "format": "date-or-moment"})", "k: 2024-02-16T20:00:00+08:00\n")
          .empty());
  CHECK(judge_k(R"({"type": "string", "format": "time-of-day"})", "k: 20:00\n").size() == 1);
}

TEST_CASE("JSON's typing never takes a number for a text and warns of nothing") {
  const auto findings = [](std::string_view json, const nlohmann::ordered_json& value) {
    return Schema::load(json).validate(tests::document_of(value), Typing::json).size();
  };
  CHECK(findings(R"({"type": "string"})", 1) == 1);
  CHECK(findings(R"({"type": "string"})", "1") == 0);
  CHECK(findings(R"({"type": "string"})", "no") == 0);
  CHECK(findings(R"({"type": "integer"})", 1.0) == 0);
  CHECK(findings(R"({"type": "integer"})", "1") == 1);
  CHECK(findings(R"({"const": "1"})", 1) == 1);
}

TEST_CASE("keys that exclude each other are reported at the second one named") {
  const std::string exclusive = R"({"not": {"required": ["abstain", "approve"]}})";
  CHECK(judge(exclusive, "approve: 1\nabstain: 2\n") ==
        Lines{"1:1 conflicting-keys: 'abstain' and 'approve' exclude each other | keep one of the "
              "two"});
  CHECK(judge(exclusive, "approve: 1\n").empty());
  CHECK(
      judge(R"({"not": {"required": ["a"]}, "description": "leave it out"})", "b: 1\na: 1\n") ==
      Lines{"2:1 conflicting-keys: the record has values that exclude each other | leave it out"});
  CHECK(
      judge_k(R"({"not": {"const": 1}})", "k: 1\n") ==
      Lines{"1:4 conflicting-keys: 'k' has values that exclude each other | keep one of the two"});
  CHECK(judge_k("false", "k: 1\n") == Lines{"1:4 conflicting-keys: nothing may stand here"});
}

TEST_CASE("a value that fits no branch is told all of them, one that fits two is ambiguous") {
  const std::string branches =
      R"([{"type": "string"}, {"type": "array", "title": "a list of ids"}])";
  CHECK(judge_k(fmt::format(R"({{"anyOf": {}}})", branches), "k: {}\n") ==
        Lines{"1:4 wrong-type: 'k' must be a text or a list of ids"});
  CHECK(judge_k(fmt::format(R"({{"oneOf": {}}})", branches), "k: {}\n").size() == 1);
  CHECK(judge_k(R"({"oneOf": [{"minimum": 1}, {"maximum": 9}]})", "k: 5\n") ==
        Lines{"1:4 conflicting-keys: 'k' can be read in two ways"});
}

TEST_CASE("a branch is judged only where its condition holds") {
  const std::string rule = R"({"if": {"required": ["a"]}, "then": {"required": ["b"]},
                               "else": {"required": ["c"]}})";
  CHECK(judge(rule, "a: 1\n") ==
        Lines{"1:1 missing-key: missing key 'b' | add it on a line of its own"});
  CHECK(judge(rule, "b: 1\n") ==
        Lines{"1:1 missing-key: missing key 'c' | add it on a line of its own"});
  CHECK(judge(rule, "a: 1\nb: 1\n").empty());
}

TEST_CASE("findings of a branch that is only tried are not reported, its warnings are") {
  const std::string rule = R"({"anyOf": [{"properties": {"k": {"type": "integer"}}},
                                         {"properties": {"k": {"type": "string"}}}]})";
  CHECK(judge(rule, "k: no\n") ==
        Lines{"1:4 ambiguous-scalar: other YAML readers take no for a boolean | put it in quotes: "
              "'no'"});
}

TEST_CASE("what a message quotes from a record cannot drive a terminal") {
  const yaml::Document document =
      tests::document_of(nlohmann::ordered_json{{"k\x1b[31m", 1}, {"e", "\x1b]0;x\x07"}});
  const Lines found = tests::lines_of(
      Schema::load(R"({"properties": {"e": {"enum": ["x"]}}, "additionalProperties": false})")
          .validate(document));
  REQUIRE(found.size() == 2);
  for (const std::string& line : found) {
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(line.find("\\x1b") != std::string::npos);
  }
}

TEST_CASE("more findings than the limit end with one that says so") {
  std::string text = "k:\n";
  for (std::size_t i = 0; i < yaml::kMaxFindings + 100; ++i)
    text += "- x\n";
  CHECK(judge_k(R"({"items": {"type": "integer"}})", text).size() == yaml::kMaxFindings + 1);
}

TEST_CASE("what comes behind the last finding that is told is not looked at") {
  std::string items = "k: [";
  for (int i = 0; i < 600; ++i)
    items += "x, ";
  const Lines lines =
      judge_k(R"({"items": {"type": "integer"}, "uniqueItems": true})", items + "]\n");
  CHECK(lines.size() == 501);
}

}  // namespace
}  // namespace paperclub::schema
