#include "lib/yaml/scalar.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using Texts = std::vector<std::string>;

void expect_type(ScalarType type, const Texts& texts) {
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(core_type(text) == type);
  }
}

void expect_reading(std::string_view reading, const Texts& texts) {
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(std::string(other_reading(text).value_or("a string")) == reading);
  }
}

TEST_CASE("an integer is written exactly as in JSON") {
  expect_type(ScalarType::integer, {"0", "-0", "1", "-1", "2024", "12345678901234567890"});
}

TEST_CASE("a number is written exactly as in JSON") {
  expect_type(ScalarType::number, {"1.10", "0.5", "-0.0", "1706.03762", "1e3", "1E+3", "1.5e-3",
                                   "4e415067", "0e0", "2401.10020"});
}

TEST_CASE("what JSON does not take for a number is a string") {
  expect_type(ScalarType::string,
              {"017",   "00",    "-01",      "0x1F",  "0o17", "0b1",  "1_000", ".5",
               "5.",    "+1",    "-",        "1e",    "1e+",  "1.e3", "e3",    "1.2.3",
               "1 ",    " 1",    "12:30:45", "1/2",   "-a",   "--1",  "1a",    ".",
               "1,000", "1e3.5", ".inf",     "-.inf", ".nan", "inf",  "1-2",   "2001-01-01"});
}

TEST_CASE("only true and false are booleans") {
  expect_type(ScalarType::boolean, {"true", "false"});
  expect_type(ScalarType::string, {"True", "TRUE", "False", "FALSE", "yes", "no", "on", "off", "y",
                                   "Y", "n", "N", "true ", "truee"});
}

TEST_CASE("null, a tilde and nothing at all are null") {
  expect_type(ScalarType::null, {"", "~", "null"});
  expect_type(ScalarType::string, {"Null", "NULL", "nil", "none", "~~", " "});
}

TEST_CASE("a quoted scalar and a block are strings whatever they say") {
  const Document document = tests::read("a: '1'\nb: \"true\"\nc: |\n  1\nd: >-\n  null\ne: 1\n");
  const Node root = document.root();
  CHECK(core_type(*root.find("a")) == ScalarType::string);
  CHECK(core_type(*root.find("b")) == ScalarType::string);
  CHECK(core_type(*root.find("c")) == ScalarType::string);
  CHECK(core_type(*root.find("d")) == ScalarType::string);
  CHECK(core_type(*root.find("e")) == ScalarType::integer);
}

TEST_CASE("an integer has a value where it fits 64 bits") {
  CHECK(integer_value("0") == 0);
  CHECK(integer_value("-7") == -7);
  CHECK(integer_value("9223372036854775807") == 9223372036854775807LL);
  CHECK(integer_value("-9223372036854775808") == -9223372036854775807LL - 1);
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "", "-", "1.0", "1e3",
                           "+1", " 1", "1 ", "0x10", "one"}) {
    CAPTURE(text);
    CHECK_FALSE(integer_value(text).has_value());
  }
}

TEST_CASE("text that every reader takes for a string has no other reading") {
  expect_reading("a string", {"Raft",
                              "a b",
                              "1.2.3",
                              "10.18653/v1/N19-1423",
                              "https://example.org/1",
                              "1a",
                              "e3",
                              "-",
                              "--1",
                              "0x",
                              "0xZZ",
                              "2018-10",
                              "1/3",
                              "12:30 h",
                              "v1:2",
                              "nothing",
                              "yes and no",
                              "NaN",
                              "inf",
                              "0b",
                              "_1",
                              "1 000",
                              "été",
                              "-x",
                              "1:a"});
}

TEST_CASE("null in any spelling is nothing to other readers") {
  expect_reading("nothing (null)", {"", "~", "null", "Null", "NULL"});
}

TEST_CASE("the words that were booleans before YAML 1.2 are booleans to other readers") {
  expect_reading("a boolean", {"y",    "Y",    "yes",  "Yes",   "YES",   "n",    "N",   "no",
                               "No",   "NO",   "on",   "On",    "ON",    "off",  "Off", "OFF",
                               "true", "True", "TRUE", "false", "False", "FALSE"});
}

TEST_CASE("integers of any base and with underscores are numbers to other readers") {
  expect_reading("a number", {"0", "7", "017", "0705708", "0x1F", "-0xFF", "0o17", "0b101", "1_000",
                              "+1", "0_", "1984", "4376797"});
}

TEST_CASE("decimal fractions and powers in any spelling are numbers to other readers") {
  expect_reading("a number",
                 {"1.10", "1706.03762", "2401.10020", ".5", "5.", "+.5", "1e3", "1E5", "4e415067",
                  "685.230_15e+03", "1.5e-3", ".inf", "-.INF", ".nan", ".NaN", "01e5"});
}

TEST_CASE("times are numbers in sixties to other readers") {
  expect_reading("a number", {"1:30", "11:30", "12:30:45", "190:20:30", "190:20:30.15", "+1:30",
                              "12:30:45.", "1:30.5_"});
}

TEST_CASE("days and moments are dates to other readers") {
  expect_reading("a date", {"2001-01-01", "2024-02-29", "2024-02-16T20:00:00+08:00",
                            "2024-02-16 20:00:00Z", "2001-12-14t21:59:43.10-05:00"});
}

// PyYAML and others take these for dates by their shape alone.
TEST_CASE("a moment without offset is a date to other readers") {
  expect_reading("a date", {"2001-12-14 21:59:43", "2001-12-14T21:59:43", "2001-12-14 21:59:43.1"});
}

TEST_CASE("a day that the calendar lacks is a date to other readers, or an error") {
  expect_reading("a date", {"2001-02-30", "2001-13-01", "0999-01-01", "0000-00-00"});
}

TEST_CASE("a moment with single digits is a date to other readers") {
  expect_reading("a date", {"2001-1-1 1:02:03", "2001-12-14T2:59:43Z"});
}

}  // namespace
}  // namespace paperclub::yaml
