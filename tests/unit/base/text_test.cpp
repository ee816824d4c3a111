#include "lib/base/text.hpp"

#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// What must not reach a terminal, by the standard's own ranges, the byte-order mark among them.
bool must_be_escaped(char32_t c) {
  if (c < 0x20) return c != '\n';
  if (c >= 0x7F && c <= 0x9F) return true;
  if (c == 0x2028 || c == 0x2029 || c == 0xFEFF) return true;
  if (c == 0x061C || c == 0x200E || c == 0x200F) return true;
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;
  if (c >= 0xE0000 && c <= 0xE007F) return true;
  return (c >= 0xFDD0 && c <= 0xFDEF) || (c % 0x10000) >= 0xFFFE;
}

std::string utf8(char32_t value) {
  std::string out;
  append_utf8(out, value);
  return out;
}

std::string random_bytes(tests::Random& random) {
  std::string bytes;
  for (std::size_t i = random.below(40); i > 0; --i) {
    if (random.one_in(3))
      bytes += static_cast<char>(random.below(256));
    else
      append_utf8(bytes, static_cast<char32_t>(random.one_in(2) ? random.below(0x3000)
                                                                : 0xE0000 + random.below(0x2000)));
  }
  return bytes;
}

}  // namespace

TEST_CASE("exactly the characters that are invisible or drive a terminal are forbidden") {
  int wrong = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_forbidden(c) != must_be_escaped(c) && ++wrong < 10) {
      CAPTURE(static_cast<unsigned>(c));
      FAIL_CHECK("forbidden or not");
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("escaping makes visible what is forbidden and leaves the rest") {
  CHECK(escape("plain, é, 日, 😀, e\u0301") == "plain, é, 日, 😀, e\u0301");
  CHECK(escape("\x1b[31m") == "\\x1b[31m");
  CHECK(escape("a\tb\r") == "a\\x09b\\x0d");
  CHECK(escape("\x7f") == "\\x7f");
  CHECK(escape("\u0085\u009b") == "\\x85\\x9b");
  CHECK(escape("\u202e\u2066\u200f\u061c") == "\\u{202e}\\u{2066}\\u{200f}\\u{61c}");
  CHECK(escape("\u2028\ufeff\ufffe") == "\\u{2028}\\u{feff}\\u{fffe}");
  CHECK(escape("\U000E0041\U0010FFFF") == "\\u{e0041}\\u{10ffff}");
  CHECK(escape("\xff\x80") == "\\xff\\x80");
  CHECK(escape("\xe6\x97") == "\\xe6\\x97");
  CHECK(escape(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("a line feed stays only where line feeds are kept") {
  CHECK(escape("a\nb") == "a\\nb");
  CHECK(escape("a\nb", true) == "a\nb");
  CHECK(escape("a\r\nb", true) == "a\\x0d\nb");
}

TEST_CASE("each forbidden character and each byte that is no UTF-8 becomes plain ASCII") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!must_be_escaped(c) || (c >= 0xD800 && c <= 0xDFFF)) continue;
    const std::string out = escape(utf8(c));
    bool plain = out.size() >= 2 && out[0] == '\\';
    for (const char byte : out)
      plain = plain && byte >= 0x20 && byte < 0x7F;
    if (!plain) FAIL_CHECK(out);
  }
  for (int byte = 0x80; byte < 0x100; ++byte) {
    CHECK(escape(std::string(1, static_cast<char>(byte))).size() == 4);
  }
}

TEST_CASE("an escaped text is valid UTF-8 without a forbidden character, for any bytes") {
  tests::Random random(19);
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = random_bytes(random);
    for (const bool keep : {false, true}) {
      const std::string out = escape(bytes, keep);
      bool clean = !find_invalid_utf8(out);
      for (std::size_t at = 0; clean && at < out.size();) {
        const CodePoint point = decode(out, at);
        clean = !must_be_escaped(point.value) && (keep || point.value != '\n');
        at += point.length;
      }
      if (!clean) FAIL_CHECK(out);
      if (escape(out, keep) != out) FAIL_CHECK(out);
    }
  }
  SUCCEED();
}

TEST_CASE("a quoted text is cut and escaped") {
  CHECK(quote("") == "''");
  CHECK(quote("a b") == "'a b'");
  CHECK(quote("a\x1b\n") == "'a\\x1b\\n'");
  CHECK(quote(std::string(40, 'a')) == "'" + std::string(40, 'a') + "'");
  CHECK(quote(std::string(41, 'a')) == "'" + std::string(40, 'a') + "…'");
  CHECK(quote("日本語", 2) == "'日本…'");
  CHECK(quote("\xff\xff\xff", 2) == "'\\xff\\xff…'");
  CHECK(quote("abc", 0) == "'…'");
}

TEST_CASE("a quoted text is safe to print and bounded, for any bytes") {
  tests::Random random(20);
  for (int round = 0; round < 5000; ++round) {
    const std::string bytes = random_bytes(random);
    const std::size_t limit = random.below(10);
    const std::string out = quote(bytes, limit);
    // The longest escape of one character is \u{10ffff}.
    if (escape(out) != out || count_code_points(out) > limit * 10 + 3) FAIL_CHECK(out);
  }
  SUCCEED();
}

TEST_CASE("white space is squeezed into single blanks") {
  CHECK(squeeze("") == "");
  CHECK(squeeze(" \t\r\n ") == "");
  CHECK(squeeze("  a \n\t b\r\nc  ") == "a b c");
  CHECK(squeeze("a b") == "a b");
  CHECK(squeeze("日 \n 本") == "日 本");
}

TEST_CASE("squeezing loses nothing but white space, and once is enough") {
  tests::Random random(21);
  const auto without_blanks = [](std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return text;
  };
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random.text("ab \t\n\r\xc3\xa9", 30);
    const std::string out = squeeze(text);
    const bool right = squeeze(out) == out && without_blanks(out) == without_blanks(text) &&
                       out.find("  ") == out.npos && out.find_first_of("\t\n\r") == out.npos;
    if (!right) FAIL_CHECK(text);
  }
  SUCCEED();
}

TEST_CASE("a count agrees with its noun") {
  CHECK(counted(0, "record") == "0 records");
  CHECK(counted(1, "record") == "1 record");
  CHECK(counted(2, "record") == "2 records");
  CHECK(counted(1000000, "ballot") == "1000000 ballots");
}

TEST_CASE("words are joined for a sentence, each quoted") {
  CHECK(one_of({}) == "");
  CHECK(one_of({"a"}) == "'a'");
  CHECK(one_of({"a", "b"}) == "'a' or 'b'");
  CHECK(one_of({"a", "b", "c"}) == "'a', 'b' or 'c'");
  CHECK(one_of({"\x1b", "b"}) == "'\\x1b' or 'b'");
}

TEST_CASE("no line that a text is broken into begins like a command") {
  CHECK(wrap("aaa ::error::x y", 5) == std::vector<std::string>{"aaa", "\\x3a:err", "or::x", "y"});
  CHECK(wrap("a \u3000::x", 5) == std::vector<std::string>{"a", "\u3000\\x3a:x"});
  CHECK(wrap("aaaa::x", 4) == std::vector<std::string>{"aaaa", "\\x3a:x"});
  CHECK(wrap("a :: b", 80) == std::vector<std::string>{"a :: b"});
}

TEST_CASE("who logs in to an address is never shown") {
  CHECK(escape("see https://ada:s3cret@example.org/x, ssh://t0ken@h") ==
        "see https://**********@example.org/x, ssh://*****@h");
  CHECK(quote("https://ada:" + std::string(100, 's') + "@example.org", 20) ==
        "'https://************…'");
  for (const char* text : {"https://example.org/@ada", "a://b c@d", "https://example.org/?a@b",
                           "https://@example.org", "mail ada@example.org"}) {
    CHECK(escape(text) == text);
  }
}

TEST_CASE("a password with marks of an address in it is not shown either") {
  CHECK(hide_secrets("see https://bob:SEC/RET@host/x y") == "see https://***********@host/x y");
  CHECK(hide_secrets("https://bob:12/34@host") == "https://*********@host");
  CHECK(hide_secrets("https://bob:p@w/x@host") == "https://*********@host");
  CHECK(hide_secrets("https://host:8080/bob") == "https://host:8080/bob");
  CHECK(hide_secrets("https://host/a:b@c") == "https://host/a:b@c");
}

TEST_CASE("what hosts of workflows take for a command is made visible where they would act on it") {
  CHECK(escape("::error::x") == R"(\x3a:error::x)");
  CHECK(escape(" \u3000::error::x") == " \u3000\\x3a:error::x");
  CHECK(escape("Type annotations :: in Haskell") == "Type annotations :: in Haskell");
  CHECK(escape("a ::b", true) == "a ::b");
  CHECK(escape("a\n ::b", true) == "a\n \\x3a:b");
  CHECK(escape("a\n::error::x", true) == "a\n\\x3a:error::x");
  CHECK(escape("x##[error]y") == R"(x\x23#[error]y)");
  CHECK(escape("std::vector, a: b, ## [c]") == "std::vector, a: b, ## [c]");
}

TEST_CASE("a word of a shell is one word, whatever it holds") {
  CHECK(shell_word("/work/club-1_a.b") == "/work/club-1_a.b");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("q'; touch x") == R"('q'\''; touch x')");
  CHECK(shell_word(R"($(x)`y`\"z)") == R"('$(x)`y`\"z')");
}
