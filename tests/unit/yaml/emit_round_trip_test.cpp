// What emit() writes, parse() reads back as it was, for generated values of every kind.
#include "lib/yaml/emit.hpp"
#include "lib/yaml/parse.hpp"
#include "lib/yaml/scalar.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/yaml/random_values.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::yaml {
namespace {

using tests::Random;

using tests::hostile_texts;
using tests::random_members;

bool is_same(const Value& value, const Node& node);

bool is_same_list(const std::vector<Value>& items, const Node& node) {
  if (node.kind() != NodeKind::sequence || node.size() != items.size()) return false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_same(items[i], node.item(i))) return false;
  }
  return true;
}

bool is_same_mapping(const Members& members, const Node& node) {
  if (node.kind() != NodeKind::mapping || node.size() != members.size()) return false;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (node.key(i).text() != members[i].first) return false;
    if (!is_same(members[i].second, node.value(i))) return false;
  }
  return true;
}

// Text must be text to every reader: quoted, or plain without another reading.
bool is_same_text(const std::string& text, const Node& node) {
  if (node.kind() != NodeKind::scalar || node.text() != text) return false;
  return node.style() != ScalarStyle::plain || !other_reading(node.text());
}

bool is_same(const Value& value, const Node& node) {
  if (const auto* text = std::get_if<Value::Text>(&value.data())) {
    return is_same_text(text->text, node);
  }
  if (const auto* items = std::get_if<std::vector<Value>>(&value.data())) {
    return is_same_list(*items, node);
  }
  if (const auto* members = std::get_if<Members>(&value.data())) {
    return is_same_mapping(*members, node);
  }
  if (node.kind() != NodeKind::scalar) return false;
  if (const auto* number = std::get_if<long long>(&value.data())) {
    return core_type(node) == ScalarType::integer && integer_value(node.text()) == *number;
  }
  const std::string truth = std::get<bool>(value.data()) ? "true" : "false";
  return core_type(node) == ScalarType::boolean && node.text() == truth;
}

void expect_same(const Members& members) {
  const std::string text = emit(members);
  CAPTURE(text);
  const ParseResult result = parse("record.yaml", text);
  CHECK(tests::lines_of(result.findings) == std::vector<std::string>{});
  CHECK(result.document.has_value());
  if (result.document) CHECK(is_same(members, result.document->root()));
}

TEST_CASE("every hostile text comes back, wherever it stands") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    expect_same({{"k", text}, {"j", "x"}});
    expect_same({{"k", std::vector<Value>{text, "x"}}});
    expect_same({{"k", Members{{"j", text}, {"x", "y"}}}});
    expect_same({{"k", std::vector<Value>{Members{{"j", text}, {"x", std::vector<Value>{}}}}}});
    expect_same({{"k", std::vector<Value>{std::vector<Value>{text}, Members{{"a", text}}}}});
  }
}

TEST_CASE("every hostile text comes back as a key") {
  for (const std::string& text : hostile_texts()) {
    CAPTURE(text);
    expect_same({{text, "x"}, {"last", "y"}});
    expect_same({{"k", Members{{text, "x"}}}});
    expect_same({{"k", std::vector<Value>{Members{{text, std::vector<Value>{Members{}}}}}}});
  }
}

TEST_CASE("generated values come back as they were") {
  Random random(20240216);
  for (int round = 0; round < 3000; ++round) {
    CAPTURE(round);
    Members members = random_members(random, 0);
    members.emplace_back("last", "x");
    expect_same(members);
  }
}

}  // namespace
}  // namespace paperclub::yaml
