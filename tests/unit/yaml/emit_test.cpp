#include "lib/yaml/emit.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using Items = std::vector<Value>;

// How `text` is written as the value of a key.
std::string line_of(const std::string& text) { return emit({{"k", text}}); }

// Whether `text` comes back as it is, and as a text to every reader.
bool comes_back(const std::string& text) {
  const Document document = tests::read(line_of(text));
  return document.root().find("k")->text() == text;
}

TEST_CASE("a plain value never breaks the file, whatever its text") {
  for (const char* text : {"2024-02-16", "5", "1.5", "true", "null", "~", ""})
    CHECK(emit({{"k", Value::plain(text)}}) == (*text ? fmt::format("k: {}\n", text) : "k:\n"));
  for (const char* text : {"a: b", "a #b", "[a", "- x", "a\nb", "'", "*a", "{", "...", "a,b"}) {
    CAPTURE(text);
    const Document document =
        tests::read(emit({{"k", Value::plain(text)}, {"l", Items{Value::plain(text)}}}));
    CHECK(document.root().find("k")->text() == text);
    CHECK(document.root().find("l")->item(0).text() == text);
  }
}

TEST_CASE("keys are written in the order given, each on its line") {
  CHECK(emit({{"title", "Raft"}, {"number", 3LL}, {"none", false}, {"by", "ada"}}) ==
        "title: Raft\nnumber: 3\nnone: false\nby: ada\n");
}

TEST_CASE("a record without keys is an empty mapping, which can be read again") {
  CHECK(emit({}) == "{}\n");
}

TEST_CASE("text that every reader takes for this text stands without quotes") {
  for (const char* text : {"Raft", "In Search of an Understandable Consensus Algorithm", "a-b",
                           "https://example.org/a?b=c#d", "10.18653/v1/N19-1423", "it's",
                           "a \"b\" c", "é", "日本語", "1/3", "2018-10", "(a)", "C++", "a:b"}) {
    CAPTURE(text);
    CHECK(line_of(text) == std::string("k: ") + text + "\n");
  }
}

TEST_CASE("text that some reader takes for something else is quoted") {
  for (const char* text :
       {"0",    "NO",       "null",       "1984",     "~",    "no",
        "y",    "1.10",     "1706.03762", "017",      "0x1F", "1_000",
        ".5",   "12:30:45", "2001-01-01", "4e415067", "true", "2024-02-16T20:00:00+08:00",
        "Null", "+1",       ".inf",       "1:30"}) {
    CAPTURE(text);
    CHECK(line_of(text) == std::string("k: '") + text + "'\n");
  }
}

TEST_CASE("dates that other readers know by their shape are quoted") {
  for (const char* text : {"2001-02-30", "0999-01-01", "2001-12-14 21:59:43"}) {
    CAPTURE(text);
    CHECK(line_of(text) == std::string("k: '") + text + "'\n");
  }
}

TEST_CASE("text that YAML would cut or take for its own marks is quoted") {
  for (const char* text : {"",  " ",   " a",  "a ",  "a: b", "a #b", "a:",   "@a", "*a",  "[a",
                           "]", "> a", "|",   "\"a", "& a",  "!a",   "%a",   "`a", "{a}", "- a",
                           "-", "---", "? a", "?",   "# a",  ", a",  "a, b", "a]", "<<",  "="}) {
    CAPTURE(text);
    CHECK(line_of(text) == std::string("k: '") + text + "'\n");
  }
}

TEST_CASE("a single quote is doubled where the text is quoted") {
  CHECK(line_of("'a' b") == "k: '''a'' b'\n");
  CHECK(line_of("it's: so") == "k: 'it''s: so'\n");
}

TEST_CASE("keys are quoted as texts are") {
  CHECK(emit({{"no", "x"}, {"2024", "x"}, {"a: b", "x"}, {"", "x"}, {"<<", "x"}}) ==
        "'no': x\n'2024': x\n'a: b': x\n'': x\n'<<': x\n");
  CHECK(emit({{"m", Members{{"no", 1LL}, {"a]", 2LL}}}}) == "m: {'no': 1, 'a]': 2}\n");
}

TEST_CASE("what must be quoted and what must not be can be asked for") {
  CHECK(emit({{"arxiv", Value::quoted("1706.03762")},
              {"id", Value::quoted("raft")},
              {"on", Value::plain("2024-02-16")},
              {"of", Items{Value::plain("2024-02-16")}}}) ==
        "arxiv: '1706.03762'\nid: 'raft'\n'on': 2024-02-16\nof: [2024-02-16]\n");
}

TEST_CASE("short lists and mappings of scalars stand on one line") {
  CHECK(emit({{"tags", Items{"a", "b, c", 1LL, true}},
              {"m", Members{{"x", 1LL}, {"z", "no"}}},
              {"none", Items{}},
              {"empty", Members{}}}) ==
        "tags: [a, 'b, c', 1, true]\nm: {x: 1, z: 'no'}\nnone: []\nempty: {}\n");
}

TEST_CASE("long lists and mappings stand one item to a line") {
  const std::string word(40, 'w');
  CHECK(emit({{"tags", Items{word, word, word}}}) ==
        "tags:\n  - " + word + "\n  - " + word + "\n  - " + word + "\n");
  CHECK(emit({{"m", Members{{"a", word}, {"b", word}, {"c", word}}}}) ==
        "m:\n  a: " + word + "\n  b: " + word + "\n  c: " + word + "\n");
}

TEST_CASE("lists of mappings and of lists stand in blocks") {
  CHECK(emit({{"links", Items{Members{{"title", "Notes"}, {"url", "a"}}, Members{{"url", "b"}},
                              Members{}, Items{"c", "d"}, "e"}}}) ==
        "links:\n  - title: Notes\n    url: a\n  - url: b\n  - {}\n  - [c, d]\n  - e\n");
  CHECK(emit({{"a", Members{{"b", Members{{"c", Items{Members{{"d", 1LL}}}}}}}}}) ==
        "a:\n  b:\n    c:\n      - d: 1\n");
}

TEST_CASE("long text is folded into lines of at most a hundred columns") {
  std::string text = "It";
  for (int i = 0; i < 60; ++i)
    text += " is: #" + std::to_string(i);
  const std::string out = line_of(text);
  CHECK(out.substr(0, 6) == "k: >-\n");
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\n', at);
    CHECK(display_width(out.substr(at, end - at)) <= 100);
    at = end + 1;
  }
  CHECK(comes_back(text));
}

TEST_CASE("long text is folded as it is, whatever its lines begin with") {
  const std::string words(90, 'a');
  for (const char* next : {"::error::x", "# no comment", "- item", "key: value", "---", "..."}) {
    CAPTURE(next);
    CHECK(comes_back(words + " " + next + " " + words));
  }
}

TEST_CASE("long text that folding would change stays on one line") {
  const std::string words = std::string(60, 'a') + " " + std::string(60, 'b');
  for (const std::string& text : {words + " ", " " + words, words + "  # c", "# " + words}) {
    CAPTURE(text);
    CHECK(line_of(text) == "k: '" + text + "'\n");
    CHECK(comes_back(text));
  }
}

TEST_CASE("a word longer than a line is not broken") {
  const std::string word(300, 'w');
  CHECK(line_of("a " + word + " b") == "k: >-\n  a\n  " + word + "\n  b\n");
  CHECK(comes_back(word));
  CHECK(comes_back("a " + word + " b"));
}

TEST_CASE("text of several lines keeps its lines in a block") {
  CHECK(line_of("one\ntwo") == "k: |-\n  one\n  two\n");
  CHECK(line_of("one\n\n  - two: #\n") == "k: |\n  one\n\n    - two: #\n");
  CHECK(emit({{"l", Items{Members{{"why", "a\nb"}, {"x", "z"}}}}}) ==
        "l:\n  - why: |-\n      a\n      b\n    x: z\n");
}

TEST_CASE("lines that a block cannot keep are written as escapes") {
  CHECK(line_of("\n") == "k: \"\\n\"\n");
  CHECK(line_of("a\n\n") == "k: \"a\\n\\n\"\n");
  CHECK(line_of(" a\nb") == "k: \" a\\nb\"\n");
  CHECK(line_of("a \nb") == "k: \"a \\nb\"\n");
  CHECK(line_of("a\n\n\nb \"\\") == "k: \"a\\n\\n\\nb \\\"\\\\\"\n");
  CHECK(emit({{"l", Items{"a\nb"}}}) == "l: [\"a\\nb\"]\n");
}

TEST_CASE("forbidden characters are written as escapes, never as they are") {
  CHECK(line_of("[a\x1b[0m\xE2\x80\xAE") == "k: \"[a\\U0000001B[0m\\U0000202E\"\n");
  CHECK(line_of("a\tb\r") == "k: \"a\\U00000009b\\U0000000D\"\n");
  CHECK(line_of("a\xE2\x80\xAE"
                "b") == "k: \"a\\U0000202Eb\"\n");
  CHECK(emit({{"a\x1b", "x"}}) == "\"a\\U0000001B\": x\n");
}

TEST_CASE("long text with a forbidden character is not folded") {
  const std::string words = std::string(60, 'a') + " " + std::string(60, 'b');
  CHECK(line_of(words + "\x07") == "k: \"" + words + "\\U00000007\"\n");
}

TEST_CASE("a key of any length takes any value") {
  const std::string key(120, 'k');
  CHECK(emit({{key, 3LL}}) == key + ": 3\n");
  CHECK(emit({{key, true}}) == key + ": true\n");
  CHECK(emit({{"score", Members{{key, 3LL}}}}) == "score:\n  " + key + ": 3\n");
}

TEST_CASE("what must not be quoted is not folded behind a long key either") {
  const std::string key(120, 'k');
  CHECK(emit({{key, Value::plain("2024-02-16")}}) == key + ": 2024-02-16\n");
  CHECK(emit({{key, Value::plain("5")}}) == key + ": 5\n");
}

TEST_CASE("an empty list or mapping behind a long key stays a list or mapping") {
  const std::string key(120, 'k');
  CHECK(emit({{key, Items{}}}) == key + ": []\n");
  CHECK(emit({{key, Members{}}}) == key + ": {}\n");
}

TEST_CASE("an item that is not written survives between others") {
  const Document document =
      tests::read(emit({{"l", Items{1LL, Value::plain(""), 2LL, Value::plain("")}}}));
  const Node list = document.root().value(0);
  REQUIRE(list.size() == 4);
  CHECK(list.item(1).is_empty());
  CHECK(list.item(2).text() == "2");
}

}  // namespace
}  // namespace paperclub::yaml
