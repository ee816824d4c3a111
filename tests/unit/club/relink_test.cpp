#include "lib/club/relink.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using club::relinked;
using club::relinked_notes;

const club::Rename kRename{"papers/bert", "masks"};

}  // namespace

TEST_CASE("links to a paper's files follow its new id, however they are written") {
  CHECK(relinked("bert.md", "papers", kRename) == "masks.md");
  CHECK(relinked("bert.yaml#x", "papers", kRename) == "masks.yaml#x");
  CHECK(relinked("bert/a.png?y", "papers", kRename) == "masks/a.png?y");
  CHECK(relinked("bert/", "papers", kRename) == "masks/");
  CHECK(relinked("bert", "papers", kRename) == "masks");
  CHECK(relinked("./x/.././bert/./a.png", "papers", kRename) == "./x/.././masks/./a.png");
  CHECK(relinked("/papers/bert.md", "papers", kRename) == "/papers/masks.md");
  CHECK(relinked("papers/bert/a.pdf", "", kRename) == "papers/masks/a.pdf");
  CHECK(relinked("%62ert/a%20b.png", "papers", kRename) == "masks/a%20b.png");
  CHECK(relinked("../../papers/bert/bert/bert.png", "papers/gpt", kRename) ==
        "../../papers/masks/bert/bert.png");
}

TEST_CASE("other links stay as they are") {
  for (const char* link :
       {"bert-large.md", "bert.txt", "bert.md/a", "../bert.md", "../sessions/bert.md", "x/bert.md",
        "https://bert/a.png", "bertie/a.png", "#bert", "", "../..", "a.png"}) {
    CAPTURE(link);
    CHECK(relinked(link, "papers", kRename) == link);
  }
  // A file of the paper's own folder that is named from within it.
  CHECK(relinked("a.png", "papers/bert", kRename) == "a.png");
}

TEST_CASE("a target with a letter that may begin an entity is followed") {
  CHECK(relinked_notes("[Q&A](bert/Q&A.pdf)", "papers", kRename) == "[Q&A](masks/Q&A.pdf)");
}

TEST_CASE("pictures in HTML are followed") {
  CHECK(relinked_notes("<img src=\"bert/a.png\" width=\"9\"> <a href=\"bert.md\">b</a> src=\"x",
                       "papers", kRename) ==
        "<img src=\"masks/a.png\" width=\"9\"> <a href=\"masks.md\">b</a> src=\"x");
}

TEST_CASE("notes keep every other byte") {
  CHECK(relinked_notes("a [b](bert.md) ![c](bert/a.png \"bert/a.png\") [d][r] [e][r]\n\n"
                       "[r]: bert.md\n`[x](bert.md)`\n",
                       "papers", kRename) ==
        "a [b](masks.md) ![c](masks/a.png \"bert/a.png\") [d][r] [e][r]\n\n"
        "[r]: masks.md\n`[x](bert.md)`\n");
}

}  // namespace paperclub::tests
