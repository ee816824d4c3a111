#include "lib/schema/describe.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "lib/base/text.hpp"

namespace paperclub::schema {

std::string describe_node(const yaml::Node& node, std::uint8_t type) {
  switch (type) {
    case kNull: return "nothing";
    case kBoolean: return fmt::format("the boolean {}", escape(node.text()));
    case kInteger:
    case kNumber: return fmt::format("the number {}", cut(escape(node.text()), 40));
    case kArray: return "a list";
    case kObject: return "a mapping";
    default: return fmt::format("the text {}", quote(node.text()));
  }
}

std::string describe_wanted(const SchemaRule& rule) {
  if (!rule.title.empty()) return rule.title;
  constexpr std::array<std::pair<TypeBit, std::string_view>, 7> kNames = {{
      {kNull, "nothing"},
      {kBoolean, "true or false"},
      {kInteger, "a whole number"},
      {kNumber, "a number"},
      {kString, "a text"},
      {kArray, "a list"},
      {kObject, "a mapping"},
  }};
  std::vector<std::string_view> names;
  for (const auto& [bit, name] : kNames) {
    if ((rule.types & bit) != 0) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, " or "));
}

std::string describe_place(std::string_view key, bool item) {
  if (key.empty()) return item ? "an item" : "the record";
  return item ? fmt::format("an item of {}", quote(key)) : quote(key);
}

std::string example_hint(const SchemaRule& rule) {
  return rule.example.empty() ? std::string() : fmt::format("such as {}", rule.example);
}

std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace paperclub::schema
