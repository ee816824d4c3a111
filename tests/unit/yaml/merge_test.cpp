// Joining two edits of one document, by hand and over generated ones.
#include "lib/yaml/merge.hpp"

#include <fmt/format.h>

#include "lib/yaml/meaning.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/random_values.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::Random;

struct Joined {
  std::string text;  // of theirs, with mine
  std::vector<std::string> clashes;
};

Joined join(const char* base, const std::string& mine, const std::string& theirs) {
  std::optional<Document> before;
  if (base != nullptr) before = tests::read(base);
  const Document own = tests::read(mine);
  const Document other = tests::read(theirs);
  const Merge merged = merge(before ? &*before : nullptr, own, other);
  Joined joined{edited_text(other, merged.edits, {}), {}};
  for (const Clash& clash : merged.clashes) {
    std::string path;
    for (const std::string& step : clash.path)
      path += (path.empty() ? "" : ".") + step;
    joined.clashes.push_back(fmt::format("{}: {} | {}", path, clash.mine, clash.theirs));
  }
  return joined;
}

}  // namespace

TEST_CASE("each side's changes stand, in the text of theirs") {
  const Joined joined = join("title: A\nvenue: X\ntags: [a]\n", "title: A\nvenue: Y\ntags: [a]\n",
                             "# theirs\ntitle: B # new\nvenue: X\ntags: [a]\n");
  CHECK(joined.text == "# theirs\ntitle: B # new\nvenue: Y\ntags: [a]\n");
  CHECK(joined.clashes.empty());
}

TEST_CASE("what one side took away is gone, what one side added is there") {
  const Joined joined = join("a: 1\nb: 2\nc: 3\n", "b: 2\nc: 3\nd: 4\n", "a: 1\nb: 2\ne: 5\n");
  CHECK(joined.text == "b: 2\ne: 5\nd: 4\n");
}

TEST_CASE("what both changed to the same is no clash, however it is written") {
  const Joined joined = join("a: x\n", "a: 'y'\nb: [1, 2]\n", "a: \"y\"\nb:\n  - 1\n  - 2\n");
  CHECK(joined.clashes.empty());
  CHECK(joined.text == "a: \"y\"\nb:\n  - 1\n  - 2\n");
}

TEST_CASE("what both changed, each to something else, is told as it is written") {
  const Joined joined =
      join("a: x\nm: {k: 1}\n", "a: 'mine'\nm: {k: 2}\n", "a: theirs\nm: {k: 3}\n");
  CHECK(joined.clashes == std::vector<std::string>{"a: 'mine' | theirs", "m.k: 2 | 3"});
  CHECK(join("a: x\nb: 1\n", "b: 1\n", "a: y\nb: 1\n").clashes ==
        std::vector<std::string>{"a:  | y"});
}

TEST_CASE("mappings are joined key by key, at any depth") {
  const Joined joined =
      join("d: {x: 1, y: {z: 1}}\n", "d: {x: 2, y: {z: 1}}\n", "d: {x: 1, y: {z: 2, w: 3}}\n");
  CHECK(joined.text == "d: {x: 2, y: {z: 2, w: 3}}\n");
}

TEST_CASE("lists that were only added to and taken from are joined item by item") {
  CHECK(join("l: [a, b, c]\n", "l: [a, c, d]\n", "l: [a, b, c, e]\n").text == "l: [a, c, e, d]\n");
  CHECK(join("l: [a]\n", "l: [a, b]\n", "l: [a, b]\n").text == "l: [a, b]\n");
  CHECK(join("x: 1\n", "x: 1\nl: [a]\n", "x: 1\nl: [b]\n").text == "x: 1\nl: [b, a]\n");
  // An order is one thing.
  CHECK(join("l: [a, b]\n", "l: [b, a]\n", "l: [a, b, c]\n").clashes.size() == 1);
}

TEST_CASE("where each began from nothing, what both say alike is no clash") {
  const Joined joined = join(nullptr, "a: 1\nb: 2\n", "a: 1\nc: 3\n");
  CHECK(joined.clashes.empty());
  CHECK(joined.text == "a: 1\nc: 3\nb: 2\n");
}

TEST_CASE("a mark of the side that is taken makes theirs say what mine says") {
  const Document base = tests::read("a: x\n");
  const Document mine = tests::read("a: {b: 'y'}\n");
  const Document theirs = tests::read("a: z\n");
  const Merge merged = merge(&base, mine, theirs);
  REQUIRE(merged.clashes.size() == 1);
  const std::string text = edited_text(theirs, {merged.clashes[0].take_mine}, {});
  CHECK(meaning_of(tests::read(text).root()) == meaning_of(mine.root()));
}

TEST_CASE("generated: edits of different keys are both there, in whatever order they are joined") {
  Random random(20240216);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    Members base = tests::random_members(random, 3);
    Members mine = base;
    Members theirs = base;
    Members both = base;
    for (std::size_t i = 0; i < base.size(); ++i) {
      Members* side = random.one_in(2) ? &mine : &theirs;
      if (random.one_in(3)) {
        (*side)[i].second = tests::random_value(random, 2);
        both[i].second = (*side)[i].second;
      }
    }
    mine.emplace_back("added-by-me", tests::random_value(random, 2));
    both.push_back(mine.back());
    theirs.emplace_back("added-by-them", tests::random_value(random, 2));
    both.push_back(theirs.back());
    const Document before = tests::read(emit(base));
    const Document own = tests::read(emit(mine));
    const Document other = tests::read(emit(theirs));
    const Document wanted = tests::read(emit(both));
    const Merge there = merge(&before, own, other);
    const Merge back = merge(&before, other, own);
    REQUIRE(there.clashes.empty());
    REQUIRE(back.clashes.empty());
    CHECK(meaning_of(tests::read(edited_text(other, there.edits, {})).root()) ==
          meaning_of(wanted.root()));
    CHECK(meaning_of(tests::read(edited_text(own, back.edits, {})).root()) ==
          meaning_of(wanted.root()));
  }
}

}  // namespace paperclub::yaml
