#include "lib/yaml/document.hpp"

#include <memory>

#include "tests/support/catch.hpp"

namespace paperclub::yaml {
namespace {

constexpr const char* kText = "a: 'x'\nl: [1, y]\n";

DocumentBuilder builder() {
  return DocumentBuilder(std::make_unique<const Source>("record.yaml", kText));
}

// The document that kText is.
Document built() {
  DocumentBuilder made = builder();
  made.open(NodeKind::mapping, 0);
  made.add_scalar("a", ScalarStyle::plain, {0, 1});
  made.add_scalar("x", ScalarStyle::quoted, {3, 6});
  made.add_scalar("l", ScalarStyle::plain, {7, 8});
  made.open(NodeKind::sequence, 10);
  made.add_scalar("1", ScalarStyle::plain, {11, 12});
  made.add_scalar("y", ScalarStyle::plain, {14, 15});
  made.close(16);
  made.close(16);
  return std::move(made).finish();
}

TEST_CASE("a mapping gives its keys and values in the order of the file") {
  const Document document = built();
  const Node root = document.root();
  CHECK(root.kind() == NodeKind::mapping);
  REQUIRE(root.size() == 2);
  CHECK(root.key(0).text() == "a");
  CHECK(root.value(0).text() == "x");
  CHECK(root.value(0).style() == ScalarStyle::quoted);
  CHECK(root.key(1).text() == "l");
  CHECK(root.value(1).kind() == NodeKind::sequence);
  CHECK(document.node_count() == 7);
}

TEST_CASE("a list gives its items in the order of the file") {
  const Document document = built();
  const Node list = document.root().value(1);
  REQUIRE(list.size() == 2);
  CHECK(list.item(0).text() == "1");
  CHECK(list.item(1).text() == "y");
  CHECK(list.text().empty());
  CHECK(list.span().begin == 10);
  CHECK(list.span().end == 16);
}

TEST_CASE("find gives the value of a key, and nothing for what has no such key") {
  const Document document = built();
  const auto found = document.root().find("a");
  REQUIRE(found.has_value());
  CHECK(found->text() == "x");
  CHECK_FALSE(document.root().find("x").has_value());
  CHECK_FALSE(document.root().find("").has_value());
  CHECK_FALSE(document.root().value(1).find("1").has_value());
  CHECK_FALSE(document.root().value(0).find("x").has_value());
}

TEST_CASE("of two keys of one name find gives the first") {
  DocumentBuilder made = builder();
  made.open(NodeKind::mapping, 0);
  for (const char* value : {"first", "second"}) {
    made.add_scalar("a", ScalarStyle::plain, {0, 1});
    made.add_scalar(value, ScalarStyle::plain, {3, 6});
  }
  made.close(6);
  const Document document = std::move(made).finish();
  CHECK(document.root().find("a")->text() == "first");
}

TEST_CASE("only a scalar without width is empty") {
  DocumentBuilder made = builder();
  made.open(NodeKind::sequence, 0);
  made.add_scalar("", ScalarStyle::plain, {1, 1});
  made.add_scalar("", ScalarStyle::quoted, {1, 3});
  made.open(NodeKind::sequence, 3);
  made.close(3);
  made.close(4);
  const Document document = std::move(made).finish();
  CHECK(document.root().item(0).is_empty());
  CHECK_FALSE(document.root().item(1).is_empty());
  CHECK_FALSE(document.root().item(2).is_empty());
  CHECK(document.root().item(2).size() == 0);
}

TEST_CASE("a document stays whole when it is moved") {
  Document first = built();
  const Document second = std::move(first);
  CHECK(second.root().find("a")->text() == "x");
  CHECK(second.source().text() == kText);
}

TEST_CASE("the builder tells how deep it is and whether a key comes next") {
  DocumentBuilder made = builder();
  CHECK(made.depth() == 0);
  CHECK(made.node_count() == 0);
  CHECK_FALSE(made.expects_key());
  CHECK_FALSE(made.last_child().has_value());
  made.open(NodeKind::mapping, 0);
  CHECK(made.depth() == 1);
  CHECK(made.open_begin() == 0);
  CHECK(made.expects_key());
  CHECK_FALSE(made.last_child().has_value());
  made.add_scalar("l", ScalarStyle::plain, {7, 8});
  CHECK_FALSE(made.expects_key());
  made.open(NodeKind::sequence, 10);
  CHECK(made.depth() == 2);
  CHECK(made.open_begin() == 10);
  CHECK_FALSE(made.expects_key());
  made.close(16);
  CHECK(made.depth() == 1);
  CHECK(made.expects_key());
  REQUIRE(made.last_child().has_value());
  CHECK(made.last_child()->begin == 10);
  CHECK(made.last_child()->end == 16);
  CHECK(made.node_count() == 3);
}

TEST_CASE("the builder finds a key of the open mapping, not a value and not a key further out") {
  DocumentBuilder made = builder();
  made.open(NodeKind::mapping, 0);
  made.add_scalar("a", ScalarStyle::plain, {0, 1});
  made.add_scalar("x", ScalarStyle::quoted, {3, 6});
  REQUIRE(made.find_key("a").has_value());
  CHECK(made.find_key("a")->end == 1);
  CHECK_FALSE(made.find_key("x").has_value());
  made.add_scalar("m", ScalarStyle::plain, {7, 8});
  made.open(NodeKind::mapping, 10);
  CHECK_FALSE(made.find_key("a").has_value());
}

TEST_CASE("a document may be a single scalar") {
  DocumentBuilder made = builder();
  made.add_scalar("x", ScalarStyle::plain, {0, 1});
  const Document document = std::move(made).finish();
  CHECK(document.root().kind() == NodeKind::scalar);
  CHECK(document.root().text() == "x");
  CHECK(document.root().size() == 0);
}

}  // namespace
}  // namespace paperclub::yaml
