#include "lib/club/report.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

using club::item_called;
using club::item_with;
using club::key_called;
using club::KeyPath;
using club::Report;

constexpr const char* kFile = "papers/a.yaml";
constexpr const char* kText =
    "# a comment\ntitle: Alpha\nlinks:\n  - title: Notes\n    url: gone.md\nextra: {}\n";

// Where a finding about `path` lies, as `line:column-column`.
std::string place_of(const KeyPath& path, const std::string& text = kText) {
  FakeTree tree;
  tree.put(kFile, text);
  Report report(tree);
  report.add(Rule::bad_value, kFile, path, "message", "hint");
  const std::vector<Finding> findings = std::move(report).take();
  const Location& where = findings.at(0).where;
  return fmt::format("{}:{}-{}", where.line, where.column, where.end_column);
}

}  // namespace

TEST_CASE("a finding about a value lies at the value, quotes and all, with its line as excerpt") {
  CHECK(place_of({"title"}) == "2:8-13");
  CHECK(place_of({"title"}, "title: 'Alpha'\n") == "1:8-15");
  FakeTree tree;
  tree.put(kFile, kText);
  Report report(tree);
  report.add(Rule::bad_value, kFile, {"title"}, "message", "hint");
  const Finding finding = std::move(report).take().at(0);
  CHECK(finding.where.excerpt == "title: Alpha");
  CHECK(finding.message == "message");
  CHECK(finding.hint == "hint");
}

TEST_CASE("a finding about a key lies at the key") {
  CHECK(place_of({key_called("title")}) == "2:1-6");
  CHECK(place_of({"score", key_called("7")}, "score: {'7': 3}\n") == "1:9-12");
  CHECK(place_of({"score", "7"}, "score: {'7': 3}\n") == "1:14-15");
}

TEST_CASE("an item is found by its text or a value in it, and which of those that are alike") {
  const std::string text = "tags: [a, {b: a}, [c, a], a]\n";
  CHECK(place_of({"tags", item_called("a")}, text) == "1:8-9");
  CHECK(place_of({"tags", item_called("a", 1)}, text) == "1:23-24");
  CHECK(place_of({"tags", item_called("a", 2)}, text) == "1:27-28");
  CHECK(place_of({"tags", item_called("a", 3)}, text) == place_of({"tags"}, text));
  CHECK(place_of({"links", item_with("title", "Notes"), "url"}) == "5:10-17");
  const std::string twice = "links: [x, {url: a}, {url: a}]\n";
  CHECK(place_of({"links", item_with("url", "a", 1), "url"}, twice) == "1:28-29");
}

TEST_CASE("a finding about what is not there lies at the deepest part that is") {
  const club::Step notes = item_with("title", "Notes");
  CHECK(place_of({"links", notes, "none"}) == place_of({"links", notes}));
  CHECK(place_of({"links", notes, key_called("none")}) == place_of({"links", notes}));
  CHECK(place_of({"links", item_with("title", "x"), "url"}) == place_of({"links"}));
  CHECK(place_of({"links", "x"}) == place_of({"links"}));
  CHECK(place_of({item_called("title")}) == "2:1-6");
  CHECK(place_of({"title", "deeper"}) == place_of({"title"}));
  CHECK(place_of({"none"}) == "2:1-6");
}

TEST_CASE("a finding about a record that cannot be read again is about the file as a whole") {
  CHECK(place_of({"title"}, "title: [\n") == "0:0-0");
  FakeTree tree;
  Report report(tree);
  report.add(Rule::bad_value, "papers/gone.yaml", {"title"}, "message");
  CHECK(std::move(report).take().at(0).where.line == 0);
}

TEST_CASE("a finding about a file as a whole reads nothing") {
  FakeTree tree;
  tree.put(kFile, kText);
  Report report(tree);
  report.add(Rule::bad_id, kFile, {}, "message");
  CHECK(std::move(report).take().at(0).where.line == 0);
  CHECK(tree.reads().empty());
}

TEST_CASE("a record is read once, however its findings alternate with those of others") {
  FakeTree tree;
  tree.put(kFile, kText);
  tree.put("papers/b.yaml", kText);
  Report report(tree);
  for (int i = 0; i < 5; ++i) {
    report.add(Rule::bad_value, kFile, {"title"}, "message");
    report.add(Rule::bad_value, "papers/b.yaml", {"title"}, "message");
  }
  CHECK(std::move(report).take().size() == 10);
  CHECK(tree.reads().size() == 2);
}

TEST_CASE("a finding about bytes of a given text reads nothing") {
  FakeTree tree;
  Report report(tree);
  report.add_at(Rule::missing_file, "papers/a.md", "one\ntwo [x](y)\n", {9, 10}, "message", "hint");
  const Finding finding = std::move(report).take().at(0);
  CHECK(finding.where.line == 2);
  CHECK(finding.where.column == 6);
  CHECK(finding.where.excerpt == "two [x](y)");
  CHECK(tree.reads().empty());
}

}  // namespace paperclub::tests
