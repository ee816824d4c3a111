// Width, cutting, padding and wrapping of lib/base/text.hpp.
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

constexpr std::string_view kFamily = "👨‍👩‍👧";

// A text of whole characters of every kind that has a width of its own.
std::string random_text(tests::Random& random, std::size_t most) {
  static const std::vector<std::string> kPieces = {
      "a",      " ",       "-",      "日",       "한",     "ｶ",  "Ａ",
      "é",      "e\u0301", "😀",      "👍🏽", "❤️", "🇸🇬", std::string(kFamily),
      "\u0301", "\u200b",  "\u200d", "\u1112",   "\u1161", "กำ", "नि",
      "\u0600", "\u00ad",  "…"};
  std::string out;
  for (std::size_t i = random.below(most + 1); i > 0; --i)
    out += random.pick(kPieces);
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

}  // namespace

TEST_CASE("a text is as wide as a terminal shows it") {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"", 0},
      {"abc", 3},
      {"é", 1},
      {"日本", 4},
      {"한", 2},
      {"Ａ", 2},
      {"ｶ", 1},
      {"…", 1},
      {"—", 1},
      {"e\u0301", 1},
      {"😀", 2},
      {"👍🏽", 2},
      {kFamily, 2},
      {"❤️", 2},
      {"1\uFE0F\u20E3", 2},
      {"\u1112\u1161\u11ab", 2},
      {"\u200b", 0},
      {"a日b", 4},
      {"ñ", 1},
      {"Привет", 6},
  };
  for (const auto& [text, width] : cases) {
    CAPTURE(text);
    CHECK(display_width(text) == width);
  }
}

TEST_CASE("a flag is an emoji and two columns wide") {
  CHECK(display_width("🇸🇬") == 2);
  CHECK(display_width("🇸🇬🇩🇪") == 4);
}

TEST_CASE("many marks on one letter take no room") {
  std::string text = "a";
  for (int i = 0; i < 1000; ++i)
    text += "\u0301";
  CHECK(display_width(text) == 1);
}

TEST_CASE("a byte that is not UTF-8 has a width, and no text is too strange to measure") {
  CHECK(display_width("\xff\xfe") == 2);
  tests::Random random(22);
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (std::size_t i = random.below(30); i > 0; --i)
      bytes += static_cast<char>(random.below(256));
    if (display_width(bytes) > 2 * bytes.size()) FAIL_CHECK(escape(bytes));
  }
}

TEST_CASE("a text that fits is not cut") {
  CHECK(cut("abc", 3) == "abc");
  CHECK(cut("日本", 4) == "日本");
  CHECK(cut("", 0) == "");
}

TEST_CASE("a text that does not fit ends in an ellipsis") {
  CHECK(cut("abcd", 3) == "ab…");
  CHECK(cut("abcd", 1) == "…");
  CHECK(cut("abcd", 0) == "");
  CHECK(cut("日本語", 5) == "日本…");
  CHECK(cut("日本語", 4) == "日…");
  CHECK(cut("日本語", 2) == "…");
}

TEST_CASE("a grapheme cluster is kept or dropped whole") {
  CHECK(cut("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(cut(std::string(kFamily) + "abc", 3) == std::string(kFamily) + "…");
  CHECK(cut("a" + std::string(kFamily) + "b", 3) == "a…");
  CHECK(cut("👍🏽👍🏽", 3) == "👍🏽…");
  CHECK(cut("❤️❤️", 3) == "❤️…");
}

TEST_CASE("a cut text never exceeds its width and begins as the text does") {
  tests::Random random(23);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, 20);
    const std::size_t width = random.below(15);
    std::string out = cut(text, width);
    const bool fits = display_width(out) <= width && !find_invalid_utf8(out);
    const bool whole = out == text;
    if (out.ends_with("…")) out.resize(out.size() - std::string_view("…").size());
    const bool right =
        fits && whole == (display_width(text) <= width) && (whole || text.starts_with(out));
    if (!right) {
      CAPTURE(escape(text), width, escape(out));
      FAIL_CHECK("cut wrongly");
    }
  }
  SUCCEED();
}

TEST_CASE("cutting any bytes stays within the width") {
  tests::Random random(24);
  for (int round = 0; round < 10000; ++round) {
    std::string bytes;
    for (std::size_t i = random.below(30); i > 0; --i)
      bytes += static_cast<char>(random.below(256));
    const std::string text = escape(bytes);
    const std::size_t width = random.below(20);
    if (display_width(cut(text, width)) > width) FAIL_CHECK(text);
    if (display_width(cut(bytes, width)) > width) FAIL_CHECK(text);
  }
  SUCCEED();
}

TEST_CASE("a padded text is as wide as asked, or as it was") {
  CHECK(pad("ab", 4) == "ab  ");
  CHECK(pad("日", 4) == "日  ");
  CHECK(pad("e\u0301", 3) == "e\u0301  ");
  CHECK(pad("abcd", 2) == "abcd");
  CHECK(pad("", 0) == "");
  tests::Random random(25);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random, 10);
    const std::size_t width = random.below(20);
    const std::size_t expected = std::max(width, display_width(text));
    if (display_width(pad(text, width)) != expected) FAIL_CHECK(escape(text));
  }
}

TEST_CASE("a text is wrapped at blanks") {
  using Lines = std::vector<std::string>;
  CHECK(wrap("", 10) == Lines{});
  CHECK(wrap(" \n ", 10) == Lines{});
  CHECK(wrap("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrap("one two three", 13) == Lines{"one two three"});
  CHECK(wrap("  one \n\t two ", 10) == Lines{"one two"});
  CHECK(wrap("日本 日本", 8) == Lines{"日本", "日本"});
  CHECK(wrap("日本 日本", 9) == Lines{"日本 日本"});
}

TEST_CASE("a word that is longer than the line is broken between its characters") {
  using Lines = std::vector<std::string>;
  CHECK(wrap("a extraordinary b", 5) == Lines{"a", "extra", "ordin", "ary b"});
  CHECK(wrap("extraordinary", 5) == Lines{"extra", "ordin", "ary"});
  CHECK(wrap("a bc", 0) == Lines{"a", "b", "c"});
  CHECK(wrap("日本語の論文", 5) == Lines{"日本", "語の", "論文"});
  CHECK(wrap("e\u0301e\u0301e\u0301", 2) == Lines{"e\u0301e\u0301", "e\u0301"});
}

TEST_CASE("a link that is longer than the line stands alone, uncut") {
  using Lines = std::vector<std::string>;
  CHECK(wrap("a https://example.org/x b", 5) == Lines{"a", "https://example.org/x", "b"});
}

TEST_CASE("one endless word is broken in time") {
  // With a look at all of the rest for each line this would take minutes.
  CHECK(wrap(std::string(5'000'000, ':'), 30).size() > 100'000);
}

TEST_CASE("wrapping never loses a character, and only a single one may exceed the width") {
  tests::Random random(26);
  for (int round = 0; round < 10000; ++round) {
    std::string text = random_text(random, 40);
    for (char& c : text) {
      if (c == ' ' && random.one_in(3)) c = "\n\t\r"[random.below(3)];
    }
    const std::size_t width = random.below(20);
    std::string all;
    for (const std::string& line : wrap(text, width)) {
      all += without_blanks(line);
      if (display_width(line) > std::max<std::size_t>(width, 2)) FAIL_CHECK(escape(line));
      if (line.empty() || squeeze(line) != line) FAIL_CHECK(escape(line));
    }
    if (all != without_blanks(text)) FAIL_CHECK(escape(text));
  }
  SUCCEED();
}
