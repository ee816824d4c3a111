#include "lib/schema/validator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/schema/describe.hpp"
#include "lib/schema/format.hpp"
#include "lib/yaml/emit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::schema {

using yaml::Node;
using yaml::NodeKind;
namespace {

std::uint8_t bit_of(yaml::ScalarType type) {
  switch (type) {
    case yaml::ScalarType::null: return kNull;
    case yaml::ScalarType::boolean: return kBoolean;
    case yaml::ScalarType::integer: return kInteger;
    case yaml::ScalarType::number: return kNumber;
    case yaml::ScalarType::string: return kString;
  }
  return kString;
}

// Where `type` is a number and `allowed` a set: an integer is a number too.
bool admits(std::uint8_t allowed, std::uint8_t type) {
  return (allowed & type) != 0 || (type == kInteger && (allowed & kNumber) != 0);
}

}  // namespace

double number_of(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

std::uint8_t core_bit(const Node& node) { return bit_of(yaml::core_type(node)); }

std::vector<Finding> Validator::run(const Node& root) {
  visit(0, {root, root.span(), {}, false});
  if (findings_.size() > yaml::kMaxFindings) {
    findings_.resize(yaml::kMaxFindings);
    findings_.push_back(source_.finding(Rule::too_large, {0, 0},
                                        "more than 500 findings in one file", "mend these first"));
  }
  return std::move(findings_);
}

void Validator::visit(RuleIndex index, const Spot& spot) {
  const SchemaRule& rule = schema_.rules[index];
  if (stopped()) return;
  if (rule.reference) return visit(*rule.reference, spot);
  if (rule.verdict) {
    if (!*rule.verdict) report(Rule::conflicting_keys, spot, "nothing may stand here");
    return;
  }
  const std::uint8_t type = type_of(spot.node, rule.types);
  if (rule.types != 0 && !admits(rule.types, type)) {
    report_type(rule, spot, type);
    return;
  }
  warn_ambiguous(rule, spot, type);
  if (!rule.values.empty()) check_values(rule, spot, type);
  if (is_numeric(type)) check_range(rule, spot);
  if (type == kString) check_text(rule, spot);
  if (type == kArray) check_list(rule, spot);
  if (type == kObject) check_mapping(rule, spot);
  check_combinations(rule, spot);
}

bool Validator::matches(RuleIndex index, const Spot& spot) {
  const bool was_quiet = std::exchange(quiet_, true);
  const std::size_t failures = std::exchange(failures_, 0);
  visit(index, spot);
  const bool good = failures_ == 0;
  failures_ = failures;
  quiet_ = was_quiet;
  return good;
}

bool Validator::stopped() const {
  return (quiet_ && failures_ > 0) || findings_.size() > yaml::kMaxFindings;
}

std::uint8_t Validator::type_of(const Node& node, std::uint8_t allowed) const {
  if (node.kind() == NodeKind::mapping) return kObject;
  if (node.kind() == NodeKind::sequence) return kArray;
  const std::uint8_t core = core_bit(node);
  if (typing_ == Typing::json) return integral(node, core) ? std::uint8_t{kInteger} : core;
  if (allowed == 0 || admits(allowed, core) || core == kNull) return core;
  return (allowed & kString) != 0 ? std::uint8_t{kString} : core;
}

bool Validator::integral(const Node& node, std::uint8_t core) {
  if (core != kNumber) return false;
  const double value = number_of(node.text());
  return std::isfinite(value) && std::floor(value) == value;
}

void Validator::report(Rule rule, Span span, std::string message, std::string hint) {
  if (rule_info(rule).severity == Severity::error) ++failures_;
  if (quiet_ || findings_.size() > yaml::kMaxFindings) return;
  findings_.push_back(source_.finding(rule, span, std::move(message), std::move(hint)));
}

void Validator::report(Rule rule, const Spot& spot, std::string message, std::string hint) {
  report(rule, spot.span, std::move(message), std::move(hint));
}

std::string Validator::place(const Spot& spot) { return describe_place(spot.key, spot.item); }

std::string Validator::nothing_hint(const Spot& spot) {
  if (!spot.node.is_empty()) return "put the word in quotes if it is meant as text";
  return spot.item ? "write a value there, or remove the item; a text that begins with # "
                     "needs quotes"
                   : "write a value behind the colon, or remove the key; a text that begins with # "
                     "needs quotes";
}

std::string Validator::type_hint(const SchemaRule& rule, const Spot& spot,
                                 std::uint8_t type) const {
  if (type == kNull) return nothing_hint(spot);
  if (type != kString) return shape_hint(rule, type);
  if (rule.types == kBoolean) return "write true or false, without quotes";
  const bool of_texts =
      rule.types == kArray && (!rule.items || schema_.rules[*rule.items].types == kString);
  if (of_texts && spot.node.text().starts_with('-') &&
      spot.node.style() == yaml::ScalarStyle::plain)
    return "write a blank behind each dash";
  if (of_texts)
    return "put it in brackets: " + yaml::emit_in_brackets(std::vector<yaml::Value>{
                                        yaml::Value(cut(escape(spot.node.text()), 40))});
  if (rule.types == kInteger) return "write a whole number in digits, without quotes";
  return shape_hint(rule, type);
}

std::string Validator::shape_hint(const SchemaRule& rule, std::uint8_t type) {
  if (!rule.example.empty()) return example_hint(rule);
  const bool collection = (type & (kArray | kObject)) != 0;
  if ((rule.types & kString) != 0) {
    return collection ? "put the text in quotes if it begins with a bracket or brace"
                      : "put it in quotes if it is meant as text";
  }
  if (rule.types == kArray) return "write each item on a line of its own that begins with '- '";
  if (rule.types == kObject) return "write lines of the form 'key: value' below it, indented";
  return fmt::format("write {}", describe_wanted(rule));
}

void Validator::report_type(const SchemaRule& rule, const Spot& spot, std::uint8_t type) {
  if (quiet_) {
    ++failures_;
    return;
  }
  const std::string found = type == kNull ? "nothing" : describe_node(spot.node, type);
  report(Rule::wrong_type, spot,
         fmt::format("{} must be {}, not {}", place(spot), describe_wanted(rule), found),
         type_hint(rule, spot, type));
}

void Validator::warn_ambiguous(const SchemaRule& rule, const Spot& spot, std::uint8_t type) {
  const bool plain =
      spot.node.kind() == NodeKind::scalar && spot.node.style() == yaml::ScalarStyle::plain;
  const bool judged = rule.is_constant;  // what is wrong with it is told already
  if (quiet_ || judged || typing_ == Typing::json || type != kString || !plain) return;
  const auto other = yaml::other_reading(spot.node.text());
  if (!other || (*other == "a date" && is_date_format(rule.format))) return;
  report(
      Rule::ambiguous_scalar, spot,
      fmt::format("other YAML readers take {} for {}", cut(escape(spot.node.text()), 40), *other),
      fmt::format("put it in quotes: {}", quote(spot.node.text(), 100)));
}

void Validator::check_combinations(const SchemaRule& rule, const Spot& spot) {
  for (const RuleIndex index : rule.all_of)
    visit(index, spot);
  if (!rule.any_of.empty()) check_any(rule.any_of, spot);
  if (!rule.one_of.empty()) check_one(rule.one_of, spot);
  if (rule.negated && matches(*rule.negated, spot)) report_negated(rule, spot);
  if (!rule.condition) return;
  const auto& branch = matches(*rule.condition, spot) ? rule.then_rule : rule.else_rule;
  if (branch) visit(*branch, spot);
}

void Validator::check_any(const std::vector<RuleIndex>& branches, const Spot& spot) {
  for (const RuleIndex index : branches) {
    if (!matches(index, spot)) continue;
    visit(index, spot);  // again, for its warnings
    return;
  }
  report_no_branch(branches, spot);
}

void Validator::check_one(const std::vector<RuleIndex>& branches, const Spot& spot) {
  const auto good = std::count_if(branches.begin(), branches.end(),
                                  [&](RuleIndex index) { return matches(index, spot); });
  if (good == 0) return report_no_branch(branches, spot);
  if (good > 1) {
    report(Rule::conflicting_keys, spot, fmt::format("{} can be read in two ways", place(spot)));
  }
}

void Validator::report_no_branch(const std::vector<RuleIndex>& branches, const Spot& spot) {
  std::vector<std::string> names;
  std::vector<std::string> titles;
  for (const RuleIndex index : branches) {
    const SchemaRule& branch = schema_.rules[index];
    names.insert(names.end(), branch.required.begin(), branch.required.end());
    titles.push_back(describe_wanted(branch));
  }
  if (spot.node.kind() == NodeKind::mapping && names.size() == branches.size()) {
    return report_missing(names, spot);
  }
  report(Rule::wrong_type, spot,
         fmt::format("{} must be {}", place(spot), fmt::join(titles, " or ")));
}

void Validator::report_negated(const SchemaRule& rule, const Spot& spot) {
  if (quiet_) {
    ++failures_;
    return;
  }
  const std::vector<std::string>& names = schema_.rules[*rule.negated].required;
  Span span = spot.span;
  if (!names.empty() && spot.node.kind() == NodeKind::mapping) {
    for (std::size_t i = 0; i < spot.node.size(); ++i) {
      if (spot.node.key(i).text() == names.back()) span = spot.node.key(i).span();
    }
  }
  report(Rule::conflicting_keys, span,
         names.size() == 2
             ? fmt::format("{} and {} exclude each other", quote(names[0]), quote(names[1]))
             : fmt::format("{} has values that exclude each other", place(spot)),
         rule.description.empty() ? "keep one of the two" : rule.description);
}

std::vector<Finding> Schema::validate(const yaml::Document& document, Typing typing) const {
  return Validator(*compiled_, document, typing).run(document.root());
}

}  // namespace paperclub::schema
