#include "lib/yaml/bytes.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "lib/yaml/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::lines_of;
using tests::utf8;
using Lines = std::vector<std::string>;

constexpr const char* kRemoveIt =
    "remove it; invisible and control characters can hide or change what a reader sees";

Lines check(std::string text) {
  const Source source("record.yaml", std::move(text));
  return lines_of(check_bytes(source));
}

Lines check_text(std::string_view value) {
  const Source source("record.yaml", "title: \"…\"\n");
  const auto finding = check_value(source, {7, 12}, value);
  return finding ? lines_of({*finding}) : Lines{};
}

// What is said about `value` in a file and about `value` from an escape is the same.
void expect_forbidden(char32_t value) {
  const std::string character = utf8(value);
  const std::string message = fmt::format("forbidden-character: character U+{:04X} is not allowed",
                                          static_cast<unsigned>(value));
  CHECK(check("title: é" + character + "\n") == Lines{"1:9 " + message + " | " + kRemoveIt});
  CHECK(check_text("é" + character) == Lines{"1:8 " + message + " | " + kRemoveIt});
}

void expect_forbidden(char32_t first, char32_t last) {
  for (char32_t value = first; value <= last; ++value)
    expect_forbidden(value);
}

void expect_allowed(std::initializer_list<char32_t> values) {
  for (const char32_t value : values) {
    CAPTURE(static_cast<unsigned>(value));
    CHECK(check("title: x" + utf8(value) + "\n").empty());
    CHECK(check_text(utf8(value)).empty());
  }
}

TEST_CASE("ordinary text passes, with LF or CRLF line breaks and with or without the last one") {
  CHECK(check("").empty());
  CHECK(check("title: x\nyear: 2017\n").empty());
  CHECK(check("title: x\r\nyear: 2017\r\n").empty());
  CHECK(check("title: x\r\nyear: 2017\nurl: y").empty());
}

TEST_CASE("letters of every script, joiners and emoji pass") {
  expect_allowed({0x20, 0x7E, 0xA0, 0xE9, 0x301, 0x416, 0x5D0, 0x200B, 0x200C, 0x200D, 0x4E2D,
                  0xD7FF, 0xE000, 0xFDCF, 0xFDF0, 0xFFFD, 0x1F389, 0xE0100, 0x10FFFD});
}

TEST_CASE("UTF-16 is named as such, whichever end comes first") {
  const Lines expected = {"1:1 invalid-encoding: the file is UTF-16, not UTF-8 | save it as UTF-8"};
  CHECK(check("\xFF\xFE" + std::string("a\0:\0", 4)) == expected);
  CHECK(check("\xFE\xFF" + std::string("\0a\0:", 4)) == expected);
}

TEST_CASE("UTF-16 without a mark is refused for its zero bytes") {
  const Lines found = check(std::string("a\0:\0", 4));
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        "1:2 forbidden-character: character U+0000 is not allowed | " + std::string(kRemoveIt));
  CHECK(found[1].substr(0, 4) == "1:4 ");
}

TEST_CASE("the first byte that is not UTF-8 is named with its place") {
  const auto expected = [](std::string_view place, std::string_view byte) {
    return Lines{fmt::format("{} invalid-encoding: byte {} is not UTF-8 | save the file as UTF-8",
                             place, byte)};
  };
  CHECK(check("title: caf\xE9\n") == expected("1:11", "0xe9"));
  CHECK(check("title: é\nby: \xFC\n\xFC") == expected("2:5", "0xfc"));
  CHECK(check("title: \xC0\xAF\n") == expected("1:8", "0xc0"));
  CHECK(check("title: \xED\xA0\x80\n") == expected("1:8", "0xed"));
  CHECK(check("title: \xF4\x90\x80\x80\n") == expected("1:8", "0xf4"));
  CHECK(check("title: \xE4\xB8") == expected("1:8", "0xe4"));
}

TEST_CASE("one byte order mark at the start is allowed, elsewhere it is a hidden character") {
  const std::string mark = utf8(0xFEFF);
  CHECK(byte_order_mark(mark + "a: 1\n") == 3);
  CHECK(byte_order_mark("a: 1\n" + mark) == 0);
  CHECK(byte_order_mark("\xEF\xBB") == 0);
  CHECK(check(mark + "a: 1\n").empty());
  CHECK(check(mark).empty());
  expect_forbidden(0xFEFF);
  CHECK(check(mark + mark + "a: 1\n").size() == 1);
}

TEST_CASE("every control character but LF is refused") {
  expect_forbidden(0x00, 0x08);
  expect_forbidden(0x0B, 0x0C);
  expect_forbidden(0x0E, 0x1F);
  expect_forbidden(0x7F, 0x9F);
}

TEST_CASE("a tab is refused with advice of its own") {
  CHECK(check("title:\n\tx\n") ==
        Lines{"2:1 forbidden-character: a tab character | use blanks; YAML does not allow tabs for "
              "indentation"});
}

TEST_CASE("a carriage return counts as a line break only in front of a line feed") {
  const auto expected = [](std::string_view place) {
    return std::string(place) +
           " forbidden-character: a carriage return without line feed | save the file with LF or "
           "CRLF line endings";
  };
  CHECK(check("a: 1\rb: 2\n") == Lines{expected("1:5")});
  CHECK(check("a: 1\nb: 2\r") == Lines{expected("2:5")});
  CHECK(check("a: 1\r\r\nb: 2\n") == Lines{expected("1:5")});
  CHECK(check_text("x\r\ny") == Lines{expected("1:8")});
}

TEST_CASE("line and paragraph separators and bidirectional controls are refused") {
  expect_forbidden(0x2028, 0x2029);
  expect_forbidden(0x202A, 0x202E);
  expect_forbidden(0x2066, 0x2069);
  expect_forbidden(0x200E, 0x200F);
  expect_forbidden(0x061C);
}

TEST_CASE("tag characters and noncharacters are refused on every plane") {
  expect_forbidden(0xE0000, 0xE007F);
  expect_forbidden(0xFDD0, 0xFDEF);
  for (char32_t plane = 0; plane <= 0x10; ++plane) {
    expect_forbidden(plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF);
  }
}

TEST_CASE("all forbidden characters are reported, up to twenty") {
  CHECK(check("a: \x01\nb: é\x02\x03\n").size() == 3);
  CHECK(check(std::string(1000, '\x01')).size() == 20);
}

TEST_CASE("a value that is no UTF-8 after its escapes is refused") {
  CHECK(check_text("\xED\xA0\x80") ==
        Lines{"1:8 invalid-encoding: an escape that is no character"});
  CHECK(check_text("").empty());
  CHECK(check_text("two\nlines").empty());
}

TEST_CASE("a file may be as large as the limit and not a byte larger") {
  CHECK(check(std::string(kMaxBytes, 'a')).empty());
  CHECK(check(std::string(kMaxBytes + 1, 'a')) ==
        Lines{"1:1 too-large: the file is larger than 256 KiB | a record is a few lines of text"});
}

TEST_CASE("a file may hold as many opening brackets as the limit and not one more") {
  const std::string half(kMaxBrackets / 2, '[');
  CHECK(check("# " + half + std::string(kMaxBrackets / 2, '{')).empty());
  CHECK(check("# " + half + std::string(kMaxBrackets / 2, '{') + "{") ==
        Lines{"1:1 too-large: more than 2000 opening brackets | write lists as lines that begin "
              "with '- '"});
}

}  // namespace
}  // namespace paperclub::yaml
