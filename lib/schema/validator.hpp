// The walk of a schema over a document.  For this room only; schema.hpp is the door.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/schema/compiled.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::schema {

// Where a value stands: the node, the span to report it at, and how to name it.
struct Spot {
  yaml::Node node;
  Span span;
  std::string_view key;
  bool item = false;
};

// Returns the number that a scalar spells.
double number_of(const std::string& text);

// Returns the bit of the scalar's JSON core type.
std::uint8_t core_bit(const yaml::Node& node);

// Returns whether `type` is integer or number.
inline bool is_numeric(std::uint8_t type) { return (type & (kInteger | kNumber)) != 0; }

// Validates one document; used once.
class Validator {
 public:
  // All three must outlive it.
  Validator(const Compiled& schema, const yaml::Document& document, Typing typing)
      : schema_(schema), source_(document.source()), typing_(typing) {}

  // Returns the findings of the value `root`.
  std::vector<Finding> run(const yaml::Node& root);

 private:
  // the walk (validate.cpp)
  void visit(RuleIndex index, const Spot& spot);
  // Whether `spot` satisfies the rule; reports nothing.
  bool matches(RuleIndex index, const Spot& spot);
  bool stopped() const;
  std::uint8_t type_of(const yaml::Node& node, std::uint8_t allowed) const;
  // JSON knows no difference between 1 and 1.0.
  static bool integral(const yaml::Node& node, std::uint8_t core);

  // findings (validate.cpp)
  void report(Rule rule, Span span, std::string message, std::string hint = {});
  void report(Rule rule, const Spot& spot, std::string message, std::string hint = {});
  static std::string place(const Spot& spot);
  static std::string nothing_hint(const Spot& spot);
  std::string type_hint(const SchemaRule& rule, const Spot& spot, std::uint8_t type) const;
  static std::string shape_hint(const SchemaRule& rule, std::uint8_t type);
  void report_type(const SchemaRule& rule, const Spot& spot, std::uint8_t type);
  // Text that is not quoted, here a string by its schema, elsewhere something else.
  void warn_ambiguous(const SchemaRule& rule, const Spot& spot, std::uint8_t type);

  // scalars (validate_scalars.cpp)
  bool equals(const Json& value, const yaml::Node& node) const;
  bool equals_array(const Json& value, const yaml::Node& node) const;
  bool equals_object(const Json& value, const yaml::Node& node) const;
  void check_values(const SchemaRule& rule, const Spot& spot, std::uint8_t type);
  void check_range(const SchemaRule& rule, const Spot& spot);
  void check_text(const SchemaRule& rule, const Spot& spot);
  void check_length(const SchemaRule& rule, const Spot& spot, std::size_t length);
  void report_format(const SchemaRule& rule, const Spot& spot, const std::string& problem);

  // lists and mappings (validate_collections.cpp)
  void check_list(const SchemaRule& rule, const Spot& spot);
  static Spot item_spot(const Spot& list, std::size_t index);
  void check_count(std::optional<std::size_t> least, std::optional<std::size_t> most,
                   const Spot& spot, std::string_view what);
  // A text that is equal for equal values only, whatever the order of keys.
  std::string canonical(const yaml::Node& node) const;
  bool has_text_items(const SchemaRule& rule) const;
  void check_unique(const Spot& spot, bool as_text);

  void check_mapping(const SchemaRule& rule, const Spot& spot);
  void visit_key(RuleIndex names, const Spot& spot, const yaml::Node& key);
  void visit_member(const SchemaRule& rule, const Spot& spot, const yaml::Node& key,
                    const yaml::Node& value);
  void warn_ambiguous_key(const yaml::Node& key);
  void report_unknown(const SchemaRule& rule, const Spot& spot, const yaml::Node& key);
  void report_missing(const std::vector<std::string>& names, const Spot& spot);

  // combinations (validate.cpp)
  void check_combinations(const SchemaRule& rule, const Spot& spot);
  void check_any(const std::vector<RuleIndex>& branches, const Spot& spot);
  void check_one(const std::vector<RuleIndex>& branches, const Spot& spot);
  // Branches that each only require keys: at least one of the keys is missing.
  void report_no_branch(const std::vector<RuleIndex>& branches, const Spot& spot);
  void report_negated(const SchemaRule& rule, const Spot& spot);

  const Compiled& schema_;
  const yaml::Source& source_;
  Typing typing_;
  std::vector<Finding> findings_;
  bool quiet_ = false;        // only whether something is wrong is asked for
  std::size_t failures_ = 0;  // errors so far, quiet ones too
  // Hints that write a key in the letters of an id, of which so many are made in one file.
  std::size_t suggestions_left_ = 5;
};

}  // namespace paperclub::schema
