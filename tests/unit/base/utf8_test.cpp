#include "lib/base/utf8.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

bool is_scalar(char32_t value) { return value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF); }

std::string utf8(char32_t value) {
  std::string out;
  append_utf8(out, value);
  return out;
}

}  // namespace

TEST_CASE("every scalar value survives UTF-8") {
  int wrong = 0;
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (!is_scalar(value)) continue;
    const std::string bytes = utf8(value);
    const CodePoint point = decode(bytes, 0);
    const bool right = point.valid && point.value == value && point.length == bytes.size() &&
                       !find_invalid_utf8(bytes) && count_code_points(bytes) == 1;
    if (!right) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("values are written in the bytes of RFC 3629") {
  CHECK(utf8(0x41) == "A");
  CHECK(utf8(0x7F) == "\x7f");
  CHECK(utf8(0x80) == "\xc2\x80");
  CHECK(utf8(0x7FF) == "\xdf\xbf");
  CHECK(utf8(0x800) == "\xe0\xa0\x80");
  CHECK(utf8(0xFFFF) == "\xef\xbf\xbf");
  CHECK(utf8(0x10000) == "\xf0\x90\x80\x80");
  CHECK(utf8(0x10FFFF) == "\xf4\x8f\xbf\xbf");
}

TEST_CASE("bytes that are no UTF-8 are taken one by one") {
  for (const char* bytes : {"\x80",
                            "\xbf",
                            "\xc0\x80",
                            "\xc1\xbf",
                            "\xc2",
                            "\xc2 ",
                            "\xc3\xc3",
                            "\xe0\x80\x80",
                            "\xe0\x9f\xbf",
                            "\xe2\x82",
                            "\xe2\x82 ",
                            "\xed\xa0\x80",
                            "\xed\xbf\xbf",
                            "\xf0\x80\x80\x80",
                            "\xf0\x8f\xbf\xbf",
                            "\xf0\x9f\x98",
                            "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80",
                            "\xfe",
                            "\xff"}) {
    CAPTURE(bytes);
    const CodePoint point = decode(bytes, 0);
    CHECK_FALSE(point.valid);
    CHECK(point.length == 1);
    CHECK(point.value == static_cast<unsigned char>(bytes[0]));
    CHECK(find_invalid_utf8(bytes) == 0U);
  }
}

TEST_CASE("the first byte that is not UTF-8 is told by its offset") {
  CHECK_FALSE(find_invalid_utf8(""));
  CHECK_FALSE(find_invalid_utf8("plain, é, 日, 😀"));
  CHECK_FALSE(find_invalid_utf8(std::string_view("\0", 1)));
  CHECK(find_invalid_utf8("a\xff") == 1U);
  CHECK(find_invalid_utf8("é\xc3") == 2U);
  CHECK(find_invalid_utf8("日\xe6\x97") == 3U);
}

TEST_CASE("code points are counted, and each invalid byte counts as one") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("aé日😀") == 4);
  CHECK(count_code_points("e\u0301") == 2);
  CHECK(count_code_points("\xff\xfe") == 2);
  CHECK(count_code_points("\xe6\x97") == 2);
  CHECK(count_code_points("a\xe6"
                          "b") == 3);
}

TEST_CASE("decoding any bytes goes forward and keeps each of them") {
  tests::Random random(18);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (std::size_t i = random.below(30); i > 0; --i) {
      bytes += static_cast<char>(random.one_in(2) ? 0x80 + random.below(128) : random.below(256));
    }
    std::string again;
    bool all_valid = true;
    for (std::size_t at = 0; at < bytes.size();) {
      const CodePoint point = decode(bytes, at);
      if (point.valid)
        append_utf8(again, point.value);
      else
        again += bytes[at];
      all_valid = all_valid && point.valid;
      at += point.length;
    }
    if (again != bytes || find_invalid_utf8(bytes).has_value() == all_valid) FAIL_CHECK(bytes);
  }
  SUCCEED();
}
