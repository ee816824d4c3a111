// The closed list of rules that records are held to.  Each has a name that people meet in messages
// and scripts may rely on, one severity, and a page (`paperclub check --explain NAME`).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub {

// How bad a finding is: an error makes the records unacceptable, a warning does not.
enum class Severity { error, warning };

// One rule a record can break.  To add one: a value here, a line in rule.cpp, a page in
// schema/examples/invalid.
enum class Rule {
  // the bytes
  invalid_encoding,
  forbidden_character,
  yaml_syntax,
  unsupported_yaml,
  duplicate_key,
  too_large,
  // one record, by its schema
  unknown_key,
  missing_key,
  wrong_type,
  bad_value,
  bad_format,
  out_of_range,
  wrong_length,
  wrong_count,
  duplicate_item,
  conflicting_keys,
  ambiguous_scalar,
  // the club, record against record
  bad_id,
  id_taken,
  number_taken,
  number_gap,
  date_order,
  duplicate_paper,
  similar_title,
  identifier_mismatch,
  unknown_paper,
  unknown_member,
  unknown_round,
  not_a_candidate,
  address_taken,
  missing_file,
  name_collision,
  not_a_file,
  stray_file,
  stray_ballot,
  // a change, against what was there before
  protected_file,
  not_yours,
  append_only,
  void_ballot,
  wrong_result,
  skipped_checks,
};

// What is known of a rule.
struct RuleInfo {
  Rule rule;
  std::string_view name;  // as in messages: unknown-key
  Severity severity;
  std::string_view summary;  // one line, for lists of rules
};

// Returns every rule, in the order of the enumeration.
const std::vector<RuleInfo>& all_rules();
// Returns what is known of `rule`.
const RuleInfo& rule_info(Rule rule);
// Returns the rule called `name`, or nothing.
std::optional<Rule> find_rule(std::string_view name);
// Returns "error" or "warning".
std::string_view severity_name(Severity severity);

}  // namespace paperclub
