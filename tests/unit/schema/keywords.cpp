#include "tests/unit/schema/keywords.hpp"

#include <functional>
#include <string_view>

namespace paperclub::tests {
namespace {

using nlohmann::ordered_json;
using Names = std::set<std::string>;
using Visitor = std::function<void(const std::string&, const ordered_json&, bool)>;

// Calls `visit` with each keyword, its value, and whether it stands at the root.
void walk(const ordered_json& schema, bool at_root, const Visitor& visit) {
  static const Names kOne = {
      "items", "contains", "additionalProperties", "propertyNames", "not", "additionalItems", "if",
      "then",  "else"};
  static const Names kLists = {"items", "allOf", "anyOf", "oneOf"};
  static const Names kMaps = {"properties", "patternProperties", "definitions", "dependencies"};
  if (!schema.is_object()) return;
  for (const auto& [keyword, value] : schema.items()) {
    visit(keyword, value, at_root);
    if (value.is_object() && kOne.count(keyword) > 0) walk(value, false, visit);
    const bool nested = (value.is_array() && kLists.count(keyword) > 0) ||
                        (value.is_object() && kMaps.count(keyword) > 0);
    if (!nested) continue;
    for (const ordered_json& inner : value)
      walk(inner, false, visit);
  }
}

bool leads_elsewhere(const ordered_json& reference) {
  const std::string target = reference.is_string() ? reference.get<std::string>() : "";
  return target != "#" && !std::string_view(target).starts_with("#/");
}

}  // namespace

Names keywords_of(const ordered_json& schema) {
  Names found;
  walk(schema, true,
       [&found](const std::string& keyword, const ordered_json&, bool) { found.insert(keyword); });
  return found;
}

Names left_out_of(const ordered_json& schema) {
  // The last three are names that a test of references gives to schemas outside of definitions.
  static const Names kKeywords = {"patternProperties", "dependencies",    "additionalItems",
                                  "multipleOf",        "contentEncoding", "contentMediaType",
                                  "tilda~field",       "slash/field",     "percent%field"};
  static const Names kFormats = {"date", "date-time", "email"};
  Names found;
  walk(schema, true, [&](const std::string& keyword, const ordered_json& value, bool at_root) {
    if (kKeywords.count(keyword) > 0) found.insert(keyword);
    if (keyword == "items" && value.is_array()) found.insert("items as a list");
    if (keyword == "$id" && !at_root) found.insert("$id below the root");
    if (keyword == "$ref" && leads_elsewhere(value)) found.insert("$ref to elsewhere");
    if (keyword == "format" && kFormats.count(value.get<std::string>()) == 0) {
      found.insert("format " + value.get<std::string>());
    }
  });
  return found;
}

}  // namespace paperclub::tests
