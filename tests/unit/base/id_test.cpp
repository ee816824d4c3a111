#include "lib/base/id.hpp"

#include <type_traits>

#include "lib/base/utf8.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// The definition of an id, word for word: [a-z0-9]+(-[a-z0-9]+)*.
bool has_id_form(std::string_view text) {
  char before = '-';
  for (const char c : text) {
    const bool sign = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!sign && (c != '-' || before == '-')) return false;
    before = c;
  }
  return before != '-';
}

}  // namespace

TEST_CASE("small letters, digits and single hyphens make an id") {
  for (const char* text :
       {"a", "0", "bert", "s0005", "gpt-4", "a-b-c", "2024-q1", "01", "x86-64"}) {
    CAPTURE(text);
    CHECK_FALSE(id_problem(text));
    REQUIRE(PaperId::parse(text));
    CHECK(PaperId::parse(text)->str() == text);
  }
}

TEST_CASE("anything else makes no id, and the reason is said") {
  for (const char* text : {"",    "-",  "-a",  "a-",  "a--b",  "A",    "Bert", "a_b", "a.b",
                           "a b", " a", "a ",  "a/b", "../a",  "a\\b", ".",    "..",  "a\n",
                           "ä",   "é",  "аbc", "ａ",  "a\xff", "a:b",  "a*",   "~",   "a\u200cb"}) {
    CAPTURE(text);
    REQUIRE(id_problem(text));
    CHECK_FALSE(id_problem(text)->empty());
    CHECK_FALSE(MemberId::parse(text));
  }
  CHECK(id_problem(std::string_view("a\0b", 3)));
}

TEST_CASE("the reason why a text is no id names what is wrong") {
  CHECK(*id_problem("") == "it is empty");
  CHECK(*id_problem("a_b") == "it may hold only a-z, 0-9 and single hyphens");
  CHECK(*id_problem("a--b") == "a hyphen may stand only between two letters or digits");
  CHECK(*id_problem("con") == "Windows keeps that name for a device");
  CHECK(*id_problem(std::string(101, 'a')) == "it is longer than 100 bytes");
}

TEST_CASE("an id is at most 100 bytes long") {
  CHECK_FALSE(id_problem(std::string(100, 'a')));
  CHECK(id_problem(std::string(101, 'a')));
  CHECK(id_problem(std::string(1000000, 'a')));
}

TEST_CASE("the names of Windows' devices are no ids") {
  for (const char* text : {"con", "prn", "aux", "nul"})
    CHECK(id_problem(text));
  for (char digit = '1'; digit <= '9'; ++digit) {
    CHECK(id_problem(std::string("com") + digit));
    CHECK(id_problem(std::string("lpt") + digit));
  }
  for (const char* text : {"com", "lpt", "com0", "lpt0", "com10", "coma", "conn", "con-1", "con1",
                           "nul-nul", "aux2", "acon", "xcom1"}) {
    CAPTURE(text);
    CHECK_FALSE(id_problem(text));
  }
}

TEST_CASE("a text is an id exactly where the definition says so") {
  tests::Random random(8);
  int accepted = 0;
  for (int round = 0; round < 50000; ++round) {
    const std::string text = random.text("az09--AZ_.\xc3\n", 8);
    accepted += id_problem(text) ? 0 : 1;
    if (has_id_form(text) == id_problem(text).has_value()) {
      CAPTURE(text);
      FAIL_CHECK("accepted against the definition, or refused with it");
    }
  }
  CHECK(accepted > 1000);
}

TEST_CASE("ids of two kinds of record do not mix") {
  CHECK_FALSE(std::is_convertible_v<PaperId, MemberId>);
  CHECK_FALSE(std::is_constructible_v<SessionId, RoundId>);
  CHECK_FALSE(std::is_constructible_v<PaperId, std::string>);
}

TEST_CASE("ids are equal and sorted by their text") {
  CHECK(*PaperId::parse("a") == *PaperId::parse("a"));
  CHECK(*PaperId::parse("a") < *PaperId::parse("a-b"));
  CHECK(*PaperId::parse("a-b") < *PaperId::parse("b"));
}

TEST_CASE("an id is suggested from the words of a text") {
  CHECK(suggest_id("Foo Bar") == "foo-bar");
  CHECK(suggest_id("  GPT-4: A  Report!") == "gpt-4-a-report");
  CHECK(suggest_id("Ångström Überblick") == "angstrom-uberblick");
  CHECK(suggest_id("a_b.c/d") == "a-b-c-d");
  CHECK(suggest_id("--x--") == "x");
  CHECK(suggest_id("ﬁne １２") == "fine-12");
}

TEST_CASE("where nothing of a text can stand in an id, none is suggested") {
  CHECK(suggest_id("") == "");
  CHECK(suggest_id("!?-_") == "");
  CHECK(suggest_id("🎉") == "");
  CHECK(suggest_id("\xff\xfe") == "");
  CHECK(suggest_id("CON") == "");
}

TEST_CASE("what can be an id is its own suggestion, up to the greatest length") {
  CHECK(suggest_id("bert") == "bert");
  CHECK(suggest_id(std::string(99, 'a')) == std::string(99, 'a'));
  CHECK(suggest_id(std::string(50, 'a') + "-" + std::string(49, 'b')).size() == 100);
  CHECK(suggest_id(std::string(100, 'a')) == std::string(100, 'a'));
}

TEST_CASE("a long title's suggestion ends with a whole word") {
  std::string title;
  for (int i = 0; i < 40; ++i)
    title += "word ";
  const std::string id = suggest_id(title);
  CHECK(id.size() <= kMaxIdBytes);
  CHECK(id.substr(id.size() - 5) == "-word");
}

TEST_CASE("a suggestion is an id, whatever the text") {
  tests::Random random(9);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t i = random.below(30); i > 0; --i) {
      if (random.one_in(4))
        text += static_cast<char>(random.below(256));
      else if (random.one_in(3))
        append_utf8(text, static_cast<char32_t>(0xA0 + random.below(0xD000)));
      else
        text += random.text("aZ 0-con1", 4);
    }
    const std::string id = suggest_id(text);
    if (!id.empty() && id_problem(id)) {
      CAPTURE(text, id);
      FAIL_CHECK("suggests what is no id");
    }
    if (!id_problem(text) && id != text) {
      CAPTURE(text, id);
      FAIL_CHECK("suggests another id for an id");
    }
  }
  SUCCEED();
}
