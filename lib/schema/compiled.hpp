// A schema as the validator walks it: one flat list of rules that refer to each other by index.
// For this room only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/schema/pattern.hpp"

namespace paperclub::schema {

using Json = nlohmann::ordered_json;
using RuleIndex = std::size_t;

// The types a schema can name; a set of them is a sum of these bits.
enum TypeBit : std::uint8_t {
  kNull = 1,
  kBoolean = 2,
  kInteger = 4,
  kNumber = 8,
  kString = 16,
  kArray = 32,
  kObject = 64,
};

// One schema object.  What is absent does not restrict.
struct SchemaRule {
  std::optional<bool> verdict;  // of a boolean schema
  std::uint8_t types = 0;
  std::vector<Json> values;  // enum, or const as the only one
  bool is_constant = false;
  std::optional<double> minimum, maximum, above, below;
  std::optional<std::size_t> min_length, max_length, min_items, max_items, min_keys, max_keys;
  bool unique_items = false;
  std::optional<Pattern> pattern;
  std::string format;
  std::optional<RuleIndex> items, contains, additional, key_names;
  std::vector<std::pair<std::string, RuleIndex>> properties;
  std::vector<std::string> required;
  std::vector<RuleIndex> all_of, any_of, one_of;
  std::optional<RuleIndex> negated, condition, then_rule, else_rule;
  std::optional<RuleIndex> reference;  // $ref: nothing else of the rule counts
  std::string title;                   // what a good value is called: "an arXiv id"
  std::string description;
  std::string example;
};

// A loaded schema; rule 0 is its root.
struct Compiled {
  std::vector<SchemaRule> rules;
};

}  // namespace paperclub::schema
