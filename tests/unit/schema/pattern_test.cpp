#include "lib/schema/pattern.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::schema {
namespace {

using Texts = std::vector<std::string>;

struct Example {
  std::string pattern;
  Texts matching;
  Texts others;
};

void expect(const std::vector<Example>& examples) {
  for (const Example& example : examples) {
    const Pattern pattern(example.pattern);
    for (const std::string& text : example.matching) {
      INFO("/" << example.pattern << "/ must match <" << text << ">");
      CHECK(pattern.matches(text));
    }
    for (const std::string& text : example.others) {
      INFO("/" << example.pattern << "/ must not match <" << text << ">");
      CHECK_FALSE(pattern.matches(text));
    }
  }
}

// Returns what is said about a pattern that cannot be read.
std::string refusal(const std::string& source) {
  try {
    Pattern pattern{source};
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    return error.message();
  }
  return "taken";
}

TEST_CASE("a pattern matches any part of the text unless it is anchored") {
  expect({{"b", {"b", "abc"}, {"", "ac"}},
          {"^b", {"b", "bc"}, {"ab", ""}},
          {"b$", {"b", "ab"}, {"bc", "b\n"}},
          {"^b$", {"b"}, {"", "bb", "ab", "b\n"}},
          {"", {"", "x"}, {}},
          {"^$", {""}, {"x", "\n"}},
          {"a^b", {}, {"ab", "a^b", "a\nb"}},
          {"(^a|b)c", {"ac", "xbc"}, {"xac"}},
          {"a$|b", {"a", "xb", "bx"}, {"ax"}}});
}

TEST_CASE("the dot is any character but a line break") {
  expect({{"^.$", {"a", "é", "日", "🎉", "\t"}, {"", "\n", "\r", "\xE2\x80\xA8", "ab"}},
          {"^a.c$", {"abc", "aéc"}, {"ac", "a\nc"}}});
}

TEST_CASE("alternatives are tried all, empty ones too") {
  expect({{"^(a|bc|)$", {"a", "bc", ""}, {"b", "abc"}},
          {"^(?:a|b)(c|d)$", {"ac", "bd"}, {"ab", "a"}},
          {"^a|b$", {"ax", "xb"}, {"xa", "bx"}},
          {"^((a|ab)(c|bcd))$", {"ac", "abc", "abcd", "abbcd"}, {"ab", "abcbcd"}}});
}

TEST_CASE("repetitions count from and to") {
  expect({{"^a*$", {"", "a", "aaa"}, {"b", "ab"}},
          {"^a+$", {"a", "aaa"}, {"", "b"}},
          {"^a?$", {"", "a"}, {"aa"}},
          {"^a{3}$", {"aaa"}, {"aa", "aaaa"}},
          {"^a{2,}$", {"aa", "aaaaa"}, {"a"}},
          {"^a{1,3}$", {"a", "aa", "aaa"}, {"", "aaaa"}},
          {"^a{0,1}b{0}$", {"", "a"}, {"b", "ab"}},
          {"^(ab){2}$", {"abab"}, {"ab", "ababab"}},
          {"^(a*)*$", {"", "aaaa"}, {"b"}},
          {"^(a?){3}$", {"", "a", "aaa"}, {"aaaa"}},
          {"^(|a)+$", {"", "aa"}, {"b"}}});
}

TEST_CASE("classes hold characters and ranges of any script, or all others") {
  expect({{"^[abc]$", {"a", "c"}, {"d", "", "ab"}},
          {"^[a-c0-2]$", {"b", "1"}, {"d", "3", "-"}},
          {"^[^a-c]$", {"d", "é", "\n"}, {"a", ""}},
          {"^[α-ω🎉]$", {"β", "🎉"}, {"b", "🎊"}},
          {"^[-a]$", {"-", "a"}, {"b"}},
          {"^[a-]$", {"-", "a"}, {"b"}},
          {"^[a^]$", {"^", "a"}, {"b"}},
          {"^[.*+?()|{}$[]$", {".", "*", "(", "|", "}", "$", "["}, {"a"}},
          {"^[\\]\\-\\\\]$", {"]", "-", "\\"}, {"a"}},
          {"^[\\d_]$", {"0", "9", "_"}, {"a"}},
          {"^[^\\s]$", {"a"}, {" ", "\n"}},
          {"^[\\d-x]$", {"5", "-", "x"}, {"w"}},
          {"[]", {}, {"", "a"}},
          {"^[^]$", {"a", "\n"}, {""}}});
}

TEST_CASE("escapes stand for classes and for characters with a meaning") {
  expect({{"^\\d$", {"0", "9"}, {"a", "٣"}},
          {"^\\w$", {"a", "Z", "5", "_"}, {"-", "é"}},
          {"^\\s$", {" ", "\t", "\n", "\r", "\v", "\f", "\xC2\xA0", "\xE2\x80\xA8"}, {"a", ""}},
          {"^\\n\\t$", {"\n\t"}, {"nt"}},
          {"^\\.\\*\\/\\-\\$\\^$", {".*/-$^"}, {"a*/-$^"}}});
}

TEST_CASE("a character is a code point, and a byte that is none is matched as it is") {
  expect({{"^é{2}$", {"éé"}, {"é"}}, {"^.{3}$", {"a日🎉"}, {"日"}}, {"^.$", {"\xFF"}, {}}});
}

TEST_CASE("the patterns of the schemas match what they should") {
  expect(
      {{"^[a-z0-9]+(-[a-z0-9]+)*$", {"raft", "a-b-1", "0"}, {"", "-a", "a-", "a--b", "A", "a_b"}},
       {"^([0-9a-f]{40}([0-9a-f]{24})?|-)$",
        {"-", std::string(40, 'a'), std::string(64, '0')},
        {"", std::string(39, 'a'), std::string(41, 'a'), std::string(40, 'g'), "--"}},
       {"^[1-9][0-9]{0,8}/[1-9][0-9]{0,8}$", {"1/3", "999999999/1"}, {"0/3", "1/0", "1", "1/3 "}}});
}

// A backtracking matcher would not come back from these within a life.
TEST_CASE("time grows with the text, whatever the pattern") {
  const std::string text(100'000, 'a');
  CHECK_FALSE(Pattern("(a*)*b").matches(text));
  CHECK_FALSE(Pattern("^(a|a)*$").matches(text + "b"));
  CHECK_FALSE(Pattern("^(a|aa)+$").matches(text + "b"));
  CHECK_FALSE(Pattern("^(([a-z])+.)+[A-Z]([a-z])+$").matches(text));
  CHECK_FALSE(Pattern("(.*)(.*)(.*)(.*)(.*)=(.*)").matches(text));
  CHECK(Pattern("^(a?){50}a{50}").matches(text));
}

TEST_CASE("a long text does not exhaust the stack") {
  CHECK(Pattern("^(a|b)*$").matches(std::string(2'000'000, 'a')));
  CHECK(Pattern("^([^c])*c$").matches(std::string(2'000'000, 'a') + "c"));
}

TEST_CASE("what cannot be matched in linear time is refused") {
  CHECK(refusal("(a)\\1") == "pattern '(a)\\1': an escape that is not supported");
  CHECK(refusal("(?=a)") == "pattern '(?=a)': look-around is not supported");
  for (const char* source : {"a(?!b)", "(?<=a)b", "(?<!a)b", "(?<name>a)", "(?i:a)", "(?", "\\k"}) {
    CAPTURE(source);
    CHECK(refusal(source) != "taken");
  }
}

TEST_CASE("what is outside of the dialect is refused, not taken for something else") {
  for (const char* source :
       {"\\b", "\\B", "\\D", "\\W", "\\S", "\\p{L}", "\\u0041", "\\x41", "\\cA", "\\0", "[\\b]",
        "a*?", "a+?", "a??", "a{2}?", "a*+", "a**", "a{2}{3}"}) {
    CAPTURE(source);
    CHECK(refusal(source) != "taken");
  }
}

TEST_CASE("a pattern that is not well-formed says what it lacks") {
  CHECK(refusal("(a") == "pattern '(a': a '(' without its ')'");
  CHECK(refusal("a)") == "pattern 'a)': a ')' without its '('");
  CHECK(refusal("[a") == "pattern '[a': it ends too early");
  CHECK(refusal("[z-a]") == "pattern '[z-a]': a range that runs backwards");
  CHECK(refusal("*a") == "pattern '*a': nothing to repeat");
  CHECK(refusal("a|+") == "pattern 'a|+': nothing to repeat");
  CHECK(refusal("(?:{2})") == "pattern '(?:{2})': nothing to repeat");
  CHECK(refusal("a{x}") == "pattern 'a{x}': a '{' without a number");
  CHECK(refusal("a{3,2}") == "pattern 'a{3,2}': a faulty '{…}'");
  CHECK(refusal("a{2") == "pattern 'a{2': a faulty '{…}'");
  CHECK(refusal("a{99999999999999999999}") == "pattern 'a{99999999999999999999}': a faulty '{…}'");
  CHECK(refusal("a\\") == "pattern 'a\\': it ends too early");
}

TEST_CASE("a pattern that would need too many steps is refused") {
  CHECK(refusal("(a{100}){100}") == "a pattern is too large");
  CHECK(refusal("((a{0,70}){70}){2}") == "a pattern is too large");
  CHECK(refusal(std::string(60, '(') + "a" + std::string(60, ')')) != "taken");
  CHECK(refusal(std::string(40, '(') + "a" + std::string(40, ')')) == "taken");
  CHECK(refusal("a{1000}") == "taken");
}

}  // namespace
}  // namespace paperclub::schema
