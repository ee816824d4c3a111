#include "lib/git/merge_text.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::tests {

TEST_CASE("lines that one side changed are joined") {
  const git::TextMerge merge =
      git::merge_text("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n");
  CHECK(merge.text == "A\nb\nc\nd\nE\n");
  CHECK(git::merge_text("a\n", "a\n", "b\n").text == "b\n");
  CHECK(git::merge_text("", "a\n", "a\n").text == "a\n");
}

TEST_CASE("of lines that both changed the first are told") {
  const git::TextMerge merge = git::merge_text("a\nb\n", "mine\nb\n", "theirs\nb\n");
  CHECK_FALSE(merge.text);
  CHECK(merge.mine == "mine\n");
  CHECK(merge.theirs == "theirs\n");
}

TEST_CASE("a last line without its break, and no text at all") {
  CHECK(git::merge_text("a\nb\nc\nd", "a\nb\nc\nD", "A\nb\nc\nd").text == "A\nb\nc\nD");
  const git::TextMerge empty = git::merge_text("a", "", "b");
  CHECK_FALSE(empty.text);
  CHECK_FALSE(git::merge_text("a\n", std::string_view("a\0\n", 3), "b\n").text);
}

}  // namespace paperclub::tests
