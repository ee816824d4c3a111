#include "lib/schema/describe.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::schema {
namespace {

TEST_CASE("a value is described as a person sees it") {
  const yaml::Document document =
      tests::read("a: three\nb: 3\nc: true\nd:\ne: [x]\nf: {x: 1}\ng: 1.5\n");
  const auto value = [&](std::string_view key) { return document.root().find(key).value(); };
  CHECK(describe_node(value("a"), kString) == "the text 'three'");
  CHECK(describe_node(value("b"), kInteger) == "the number 3");
  CHECK(describe_node(value("g"), kNumber) == "the number 1.5");
  CHECK(describe_node(value("b"), kString) == "the text '3'");
  CHECK(describe_node(value("c"), kBoolean) == "the boolean true");
  CHECK(describe_node(value("d"), kNull) == "nothing");
  CHECK(describe_node(value("e"), kArray) == "a list");
  CHECK(describe_node(value("f"), kObject) == "a mapping");
}

TEST_CASE("a long text is cut, a long number too") {
  const yaml::Document document =
      tests::read("a: " + std::string(50, 'x') + "\nb: " + std::string(50, '7') + "\n");
  CHECK(describe_node(document.root().value(0), kString) ==
        "the text '" + std::string(40, 'x') + "…'");
  CHECK(describe_node(document.root().value(1), kInteger) ==
        "the number " + std::string(39, '7') + "…");
}

TEST_CASE("a rule wants what its title says, else its types") {
  SchemaRule rule;
  rule.types = kInteger | kString | kNull;
  CHECK(describe_wanted(rule) == "nothing or a whole number or a text");
  rule.types = kBoolean | kNumber | kArray | kObject;
  CHECK(describe_wanted(rule) == "true or false or a number or a list or a mapping");
  rule.title = "an arXiv id";
  CHECK(describe_wanted(rule) == "an arXiv id");
}

TEST_CASE("a place is named by its key") {
  CHECK(describe_place("", false) == "the record");
  CHECK(describe_place("tags", false) == "'tags'");
  CHECK(describe_place("tags", true) == "an item of 'tags'");
  CHECK(describe_place("", true) == "an item");
  CHECK(describe_place("a\x1b[0m", false) == "'a\\x1b[0m'");
}

TEST_CASE("an example makes a hint, no example makes none") {
  SchemaRule rule;
  CHECK(example_hint(rule).empty());
  rule.example = "'1706.03762'";
  CHECK(example_hint(rule) == "such as '1706.03762'");
}

TEST_CASE("values of a schema are written as a person would write them") {
  CHECK(value_text(Json("flat")) == "flat");
  CHECK(value_text(Json(1)) == "1");
  CHECK(value_text(Json(true)) == "true");
  CHECK(value_text(Json(nullptr)) == "null");
}

}  // namespace
}  // namespace paperclub::schema
