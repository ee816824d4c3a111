// Folding and words of lib/base/text.hpp.
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

using Words = std::vector<std::string>;

TEST_CASE("names that differ in case or in Unicode form fold to one") {
  CHECK(fold("Papers/BERT.yaml") == "papers/bert.yaml");
  CHECK(fold("É") == fold("e\u0301"));
  CHECK(fold("E\u0301") == "é");
  CHECK(fold("Ångström") == fold("A\u030angstro\u0308m"));
  CHECK(fold("\u212B") == fold("å"));  // ANGSTROM SIGN
  CHECK(fold("\u212A") == "k");        // KELVIN SIGN
  CHECK(fold("Straße") == fold("STRASSE"));
  CHECK(fold("Σίσυφος") == fold("ΣΊΣΥΦΟΣ"));
  CHECK(fold("ПРИВЕТ") == "привет");
  CHECK(fold("한글") == fold("\u1112\u1161\u11ab\u1100\u1173\u11af"));
}

TEST_CASE("names that differ in more than case do not fold to one") {
  CHECK(fold("é") != fold("e"));
  CHECK(fold("ﬁ") == "fi");  // full case folding takes the ligature apart
  CHECK(fold("²") != fold("2"));
  CHECK(fold("Ａ") != fold("A"));
  CHECK(fold("a-b") != fold("a_b"));
  CHECK(fold("日") == "日");
}

TEST_CASE("folding every character twice is folding it once") {
  int wrong = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    const std::string once = fold(text);
    if (fold(once) != once && ++wrong < 10) {
      CAPTURE(static_cast<unsigned>(c), once);
      FAIL_CHECK("folds further");
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("bytes that are not UTF-8 stay as they are when the rest is folded") {
  CHECK(fold("\xff\xfe") == "\xff\xfe");
  CHECK(fold("ABC\xff") == "abc\xff");
  CHECK(fold_loosely("\xff") == "\xff");
}

TEST_CASE("folding any bytes gives valid UTF-8 where they were") {
  tests::Random random(27);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t i = random.below(20); i > 0; --i) {
      append_utf8(text, static_cast<char32_t>(random.below(0xD800)));
    }
    if (find_invalid_utf8(fold(text)) || find_invalid_utf8(fold_loosely(text))) FAIL_CHECK(text);
  }
  SUCCEED();
}

TEST_CASE("loose folding drops accents and compatibility forms too") {
  CHECK(fold_loosely("Träumerei") == "traumerei");
  CHECK(fold_loosely("Tra\u0308umerei") == "traumerei");
  CHECK(fold_loosely("Ｆｕｌｌ ｗｉｄｔｈ ²") == "full width 2");
  CHECK(fold_loosely("ﬁne") == "fine");
  CHECK(fold_loosely("Straße") == "strasse");
  CHECK(fold_loosely("NAÏVE Café") == "naive cafe");
  CHECK(fold_loosely("ABC") == "abc");
}

TEST_CASE("words are runs of letters and digits") {
  CHECK(words_of("") == Words{});
  CHECK(words_of(" -!… ") == Words{});
  CHECK(words_of("It's GPT-4: a Träumerei!") == Words{"it", "s", "gpt", "4", "a", "traumerei"});
  CHECK(words_of("snake_case  x\ny") == Words{"snake", "case", "x", "y"});
  CHECK(words_of("Привет, мир") == Words{"привет", "мир"});
  CHECK(words_of("大模型 论文") == Words{"大模型", "论文"});
  CHECK(words_of("a\xff"
                 "b") == Words{"a", "b"});
}
