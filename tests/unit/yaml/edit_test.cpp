#include "lib/yaml/edit.hpp"

#include "lib/base/error.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

std::string edited(const std::string& text, const std::vector<yaml::Edit>& edits) {
  return yaml::edited_text(*yaml::parse("papers/a.yaml", text).document, edits,
                           {"title", "summary", "tags"});
}

}  // namespace

TEST_CASE("a comment behind the mark of a block stays") {
  const std::string text = "title: a\nsummary: |  # keep me\n  one\n  two\ntags: [x]\n";
  CHECK(edited(text, {yaml::Edit::set({"summary"}, "short")}) ==
        "title: a\nsummary: short  # keep me\ntags: [x]\n");
  const std::string longer = edited(text, {yaml::Edit::set({"summary"}, "one\nthree\n")});
  CHECK(longer.find("# keep me\n") != std::string::npos);
  CHECK(yaml::parse("a", longer).document->root().find("summary")->text() == "one\nthree\n");
}

TEST_CASE("a comment behind a value stays") {
  CHECK(edited("title: a  # b\nurl: c\n", {yaml::Edit::set({"title"}, "d")}) ==
        "title: d  # b\nurl: c\n");
}

TEST_CASE("an item in brackets goes with its own comment, and leaves those of the others") {
  const auto without = [](const std::string& text, yaml::Path path) {
    return edited(text, {yaml::Edit::remove(std::move(path))});
  };
  const std::string two = "tags: [a, # about a\n  b # about b\n]\n";
  CHECK(without(two, {"tags", "1"}) == "tags: [a # about a\n]\n");
  const std::string three = "tags: [\n  A, # first\n  # the second\n  B,\n  C\n]\n";
  CHECK(without(three, {"tags", "0"}) == "tags: [\n  # the second\n  B,\n  C\n]\n");
  CHECK(without(three, {"tags", "1"}) == "tags: [\n  A, # first\n  # the second\n  C\n]\n");
  CHECK(without(three, {"tags", "2"}) == "tags: [\n  A, # first\n  # the second\n  B\n]\n");
  CHECK(without("tags: [\n  a,\n  b,  # last\n]\n", {"tags", "1"}) == "tags: [\n  a,\n]\n");
  CHECK(without("tags: [a, b, c]\n", {"tags", "0"}) == "tags: [b, c]\n");
  CHECK(without("tags: [a, b, c]\n", {"tags", "1"}) == "tags: [a, c]\n");
  CHECK(without("tags: [a, b, c]\n", {"tags", "2"}) == "tags: [a, b]\n");
  CHECK(without("tags: [a, b, # x\n  c]\n", {"tags", "1"}) == "tags: [a, # x\n  c]\n");
  CHECK(without("tags: [a,\r\n  b # x\r\n]\r\n", {"tags", "1"}) == "tags: [a\r\n]\r\n");
  CHECK(without("tags: [aa,\r\n  bb]\r\n", {"tags", "1"}) == "tags: [aa\r\n  ]\r\n");
  CHECK(without("tags: [\r\n  a, # x\r\n  # of b\r\n  b\r\n]\r\n", {"tags", "1"}) ==
        "tags: [\r\n  a # x\r\n  # of b\r\n]\r\n");
  CHECK(without("tags: {k: 1, # x\n  l: 2}\n", {"tags", "l"}) == "tags: {k: 1 # x\n  }\n");
}

TEST_CASE("the first key behind a dash goes, and a comment of the next one stays") {
  CHECK(edited("tags:\n  - k: 1\n    # about m\n    m: 2\n",
               {yaml::Edit::remove({"tags", "0", "k"})}) ==
        "tags:\n  -\n    # about m\n    m: 2\n");
  CHECK(edited("tags:\n  - k: 1\n    m: 2\n", {yaml::Edit::remove({"tags", "0", "k"})}) ==
        "tags:\n  - m: 2\n");
}

TEST_CASE("a text that no file may hold is told as that") {
  try {
    edited("title: a\n", {yaml::Edit::set({"title"}, "caf\xe9")});
    FAIL("it was written");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::unacceptable);
    CHECK(error.message().find("UTF-8") != std::string::npos);
  }
}

}  // namespace paperclub::tests
