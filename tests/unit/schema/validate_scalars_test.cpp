// What the validator says about single values, on schemas made for it.
#include "tests/support/catch.hpp"
#include "tests/unit/schema/judging.hpp"

namespace paperclub::schema {
namespace {

using tests::judge_k;
using Lines = std::vector<std::string>;

TEST_CASE("a value of a closed list is corrected to its nearest neighbour") {
  const std::string kinds = R"({"enum": ["flat", "by-year"]})";
  CHECK(judge_k(kinds, "k: by-yaer\n") ==
        Lines{"1:4 bad-value: 'k' must be 'flat' or 'by-year', not the text 'by-yaer' | did you "
              "mean 'by-year'?"});
  CHECK(judge_k(kinds, "k: nested\n") ==
        Lines{"1:4 bad-value: 'k' must be 'flat' or 'by-year', not the text 'nested' | write one "
              "of these words, or leave the key out"});
  CHECK(judge_k(kinds, "k: [flat]\n") ==
        Lines{"1:4 bad-value: 'k' must be 'flat' or 'by-year', not a list | write one of these "
              "words, or leave the key out"});
  CHECK(judge_k(R"({"enum": ["a", "b", "c"]})", "k: 1\n") ==
        Lines{"1:4 bad-value: 'k' must be 'a', 'b' or 'c', not the number 1 | write one of these "
              "words, or leave the key out"});
  CHECK(judge_k(kinds, "k: 'flat'\n").empty());
}

TEST_CASE("a constant is asked for without quotes only where quotes are the fault") {
  CHECK(judge_k(R"({"const": true})", "k: 'true'\n") ==
        Lines{"1:4 bad-value: 'k' must be true, not the text 'true' | without quotes"});
  CHECK(judge_k(R"({"const": 1})", "k: '1'\n") ==
        Lines{"1:4 bad-value: 'k' must be 1, not the text '1' | without quotes"});
  CHECK(judge_k(R"({"const": "x"})", "k: z\n") ==
        Lines{"1:4 bad-value: 'k' must be x, not the text 'z' | write x, or leave the key out"});
  CHECK(judge_k(R"({"const": true})", "k: false\n") ==
        Lines{"1:4 bad-value: 'k' must be true, not the boolean false | write true, or leave the "
              "key out"});
  CHECK(judge_k(R"({"const": 1})", "k: 2\n") ==
        Lines{"1:4 bad-value: 'k' must be 1, not the number 2 | write 1, or leave the key out"});
}

TEST_CASE("constants may be lists and mappings, whatever the order of keys") {
  CHECK(judge_k(R"({"const": {"a": [1, "x"], "b": null}})", "k: {b: ~, a: [1, x]}\n").empty());
  CHECK(judge_k(R"({"const": {"a": 1}})", "k: {a: 1, b: 2}\n").size() == 1);
  CHECK(judge_k(R"({"const": [1, 2]})", "k: [2, 1]\n").size() == 1);
  CHECK(judge_k(R"({"const": []})", "k: x\n").size() == 1);
}

TEST_CASE("a number out of range is told the bound") {
  CHECK(judge_k(R"({"minimum": 1})", "k: 0\n") ==
        Lines{"1:4 out-of-range: 'k' must be at least 1, not 0 | write 1 or more"});
  CHECK(judge_k(R"({"maximum": 2.5})", "k: 2.51\n") ==
        Lines{"1:4 out-of-range: 'k' must be at most 2.5, not 2.51 | write 2.5 or less"});
  CHECK(
      judge_k(R"({"exclusiveMinimum": 0})", "k: 0\n") ==
      Lines{"1:4 out-of-range: 'k' must be more than 0, not 0 | write a number within the bounds"});
  CHECK(judge_k(R"({"exclusiveMaximum": 10})", "k: 1e1\n") ==
        Lines{"1:4 out-of-range: 'k' must be less than 10, not 1e1 | write a number within the "
              "bounds"});
  CHECK(judge_k(R"({"maximum": 5})", "k: 99999999999999999999999\n") ==
        Lines{"1:4 out-of-range: 'k' must be at most 5, not 99999999999999999999999 | write 5 or "
              "less"});
}

TEST_CASE("a large bound is written in digits") {
  CHECK(
      judge_k(R"({"maximum": 1000000})", "k: 1000001\n") ==
      Lines{"1:4 out-of-range: 'k' must be at most 1000000, not 1000001 | write 1000000 or less"});
}

TEST_CASE("a text of the wrong length is told the bound, counted in characters") {
  CHECK(judge_k(R"({"minLength": 1})", "k: ''\n") ==
        Lines{"1:4 wrong-length: 'k' is empty | write a text; a key that is not required may be "
              "left out"});
  CHECK(judge_k(R"({"minLength": 3})", "k: éé\n") ==
        Lines{"1:4 wrong-length: 'k' is shorter than 3 characters | write it out in full"});
  CHECK(judge_k(R"({"maxLength": 1})", "k: éé\n") ==
        Lines{"1:4 wrong-length: 'k' is longer than 1 character (2) | shorten it"});
  CHECK(judge_k(R"({"minLength": 2, "maxLength": 2})", "k: 日本\n").empty());
}

TEST_CASE("a text of the wrong form is told what is wanted, why, and an example") {
  const std::string date =
      R"({"format": "date", "title": "a date", "examples": ["2024-02-16"], "type": "string"})";
  CHECK(judge_k(date, "k: 2024-02-30\n") ==
        Lines{"1:4 bad-format: 'k' must be a date, not '2024-02-30' (the calendar has no such day) "
              "| such as 2024-02-16"});
  CHECK(judge_k(date, "k: soon\n") ==
        Lines{"1:4 bad-format: 'k' must be a date, not 'soon' | such as 2024-02-16"});
  CHECK(judge_k(R"({"pattern": "^[a-z]+$"})", "k: A\n") ==
        Lines{"1:4 bad-format: 'k' must be of the form it should be, not 'A'"});
  CHECK(judge_k(R"({"pattern": "^[a-z]+$", "title": "a word"})", "k: \"a\\nb\"\n") ==
        Lines{"1:4 bad-format: 'k' must be a word, not 'a\\nb'"});
}

}  // namespace
}  // namespace paperclub::schema
