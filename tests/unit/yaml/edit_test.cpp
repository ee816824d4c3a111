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
