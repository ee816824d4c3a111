// What the validator says about lists and mappings, on schemas made for it.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/unit/schema/judging.hpp"

namespace paperclub::schema {
namespace {

using tests::judge;
using tests::judge_k;
using Lines = std::vector<std::string>;

TEST_CASE("a list is told how many items it may have") {
  CHECK(judge_k(R"({"minItems": 1})", "k: []\n") ==
        Lines{"1:4 wrong-count: 'k' must have at least 1 item | write one, or leave the key out "
              "where it is not required"});
  CHECK(judge_k(R"({"maxItems": 2})", "k: [1, 2, 3]\n") ==
        Lines{"1:4 wrong-count: 'k' must have at most 2 items, not 3 | remove 1"});
  CHECK(judge_k(R"({"contains": {"const": 1}})", "k: [2, 3]\n") ==
        Lines{"1:4 wrong-count: 'k' lacks an item it must have | add it"});
  CHECK(judge_k(R"({"contains": {"const": 1}})", "k: [2, 1]\n").empty());
}

TEST_CASE("items are judged one by one and named by their list") {
  CHECK(judge_k(R"({"items": {"type": "integer"}})", "k:\n  - 1\n  - x\n  - [1]\n") ==
        Lines{"3:5 wrong-type: an item of 'k' must be a whole number, not the text 'x' | write a "
              "whole number in digits, without quotes",
              "4:5 wrong-type: an item of 'k' must be a whole number, not a list | write a whole "
              "number"});
}

TEST_CASE("an item that is not written is reported behind its dash, without talk of a colon") {
  const Lines found = judge_k(R"({"items": {"type": "integer"}})", "k:\n  - 1\n  -\n  - 2\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0].starts_with("3:4 wrong-type: an item of 'k' must be a whole number, not nothing"));
  CHECK(found[0].find("colon") == std::string::npos);
}

TEST_CASE("an item that stands twice is reported where it stands again") {
  const std::string unique = R"({"uniqueItems": true, "items": {"type": "string"}})";
  CHECK(judge_k(unique, "k: [a, b, 'a', \"b\"]\n") ==
        Lines{"1:11 duplicate-item: 'k' names 'a' twice | keep one of the two",
              "1:16 duplicate-item: 'k' names 'b' twice | keep one of the two"});
  CHECK(judge_k(R"({"uniqueItems": true})", "k: [{a: 1, b: 2}, {b: 2, a: 1}, {a: 2}]\n") ==
        Lines{"1:19 duplicate-item: 'k' has the same item twice | keep one of the two"});
  CHECK(judge_k(R"({"uniqueItems": true})", "k: [1, 1.0, [1], [1, 1], true]\n").size() == 1);
  CHECK(judge_k(R"({"uniqueItems": true})", "k: [[a, b], ['a,b'], {a: b}, {'a:b': 1}]\n").empty());
}

TEST_CASE("items that are texts by their schema are compared as texts") {
  const std::string unique = R"({"uniqueItems": true, "items": {"type": "string"}})";
  const auto duplicates = [&](const std::string& text) {
    Lines found = judge_k(unique, text);
    std::erase_if(found, [](const std::string& line) {
      return line.find("duplicate-item") == std::string::npos;
    });
    return found.size();
  };
  CHECK(duplicates("k: ['100', 100]\n") == 1);
  CHECK(duplicates("k: [true, 'true']\n") == 1);
  CHECK(duplicates("k: [1e2, 100]\n") == 0);
  CHECK(duplicates("k: [1.10, 1.1]\n") == 0);
}

TEST_CASE("a mapping is told how many keys it may have") {
  CHECK(judge_k(R"({"minProperties": 1})", "k: {}\n") ==
        Lines{"1:4 wrong-count: 'k' must have at least 1 key | write one, or leave the key out "
              "where it is not required"});
  CHECK(judge_k(R"({"maxProperties": 1})", "k: {a: 1, b: 2}\n") ==
        Lines{"1:4 wrong-count: 'k' must have at most 1 key, not 2 | remove 1"});
}

TEST_CASE("a key that is missing is reported at the first key of its mapping") {
  CHECK(judge(R"({"required": ["title", "by"]})", "# x\nyear: 1\n") ==
        Lines{"2:1 missing-key: missing key 'by' | add it on a line of its own",
              "2:1 missing-key: missing key 'title' | add it on a line of its own"});
  CHECK(judge_k(R"({"required": ["url"]})", "j: 1\nk: {title: x}\n") ==
        Lines{"2:5 missing-key: missing key 'url' in 'k' | add it on a line of its own"});
  CHECK(judge_k(R"({"required": ["url"]})", "k: {}\n") ==
        Lines{"1:4 missing-key: missing key 'url' in 'k' | add it on a line of its own"});
  CHECK(
      judge_k(R"({"items": {"required": ["url"]}})", "k:\n  - a: 1\n  - url: 2\n") ==
      Lines{"2:5 missing-key: missing key 'url' in an item of 'k' | add it on a line of its own"});
}

TEST_CASE("where one of several keys must stand all are named") {
  CHECK(judge(R"({"anyOf": [{"required": ["url"]}, {"required": ["doi"]}]})", "a: 1\n") ==
        Lines{"1:1 missing-key: missing key 'url' or 'doi' | add one of them"});
  CHECK(judge(R"({"oneOf": [{"required": ["url"]}, {"required": ["doi"]}]})", "doi: 1\n").empty());
}

TEST_CASE("an unknown key is corrected to the nearest key that is still free") {
  const std::string closed =
      R"({"properties": {"year": {}, "yeah": {}, "title": {}}, "additionalProperties": false})";
  CHECK(judge(closed, "title: x\nyaer: 1\n") ==
        Lines{"2:1 unknown-key: unknown key 'yaer' | did you mean 'year'?"});
  CHECK(judge(closed, "year: x\nyearh: 1\n") ==
        Lines{"2:1 unknown-key: unknown key 'yearh' | did you mean 'yeah'?"});
  CHECK(judge(closed, "rating: 5\n") ==
        Lines{"1:1 unknown-key: unknown key 'rating' | put the club's own data under 'extra'"});
}

TEST_CASE("an unknown key inside of the record is told what may stand there") {
  const std::string closed =
      R"({"properties": {"url": {}, "title": {}}, "additionalProperties": false})";
  CHECK(judge_k(closed, "k: {x: 1}\n") ==
        Lines{"1:5 unknown-key: unknown key 'x' in 'k' | 'k' may also have 'url' or 'title'"});
  CHECK(judge_k(closed, "k: {urll: 1}\n") ==
        Lines{"1:5 unknown-key: unknown key 'urll' in 'k' | did you mean 'url'?"});
  CHECK(judge_k(fmt::format(R"({{"items": {}}})", closed), "k: [{x: 1, url: 2}]\n") ==
        Lines{"1:6 unknown-key: unknown key 'x' in an item of 'k' | an item of 'k' may also have "
              "'title'"});
}

TEST_CASE("keys themselves and values of other keys are judged") {
  CHECK(judge_k(R"({"propertyNames": {"pattern": "^[a-z]+$", "title": "a word"}})",
                "k: {ok: 1, Not: 2}\n") ==
        Lines{"1:12 bad-format: a key of 'k' must be a word, not 'Not' | such as not"});
  CHECK(
      judge_k(R"({"additionalProperties": {"type": "integer"}})", "k: {a: 1, b: x}\n") ==
      Lines{"1:14 wrong-type: 'b' must be a whole number, not the text 'x' | write a whole number "
            "in digits, without quotes"});
}

}  // namespace
}  // namespace paperclub::schema
