#include "lib/schema/validator.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/schema/describe.hpp"
#include "lib/schema/format.hpp"

namespace paperclub::schema {

using yaml::Node;
using yaml::NodeKind;

namespace {

// A sentence as a hint is written: it begins small and ends without a full stop.
std::string as_hint(std::string_view sentence) {
  if (sentence.ends_with('.')) sentence.remove_suffix(1);
  return fold(sentence.substr(0, 1)).append(sentence.substr(1));
}

std::string range_hint(const SchemaRule& rule) {
  if (rule.minimum && rule.maximum)
    return fmt::format("write a number from {:.15g} to {:.15g}", *rule.minimum, *rule.maximum);
  if (rule.minimum) return fmt::format("write {:.15g} or more", *rule.minimum);
  if (rule.maximum) return fmt::format("write {:.15g} or less", *rule.maximum);
  return "write a number within the bounds";
}

}  // namespace

bool Validator::equals(const Json& value, const Node& node) const {
  if (value.is_object()) return equals_object(value, node);
  if (value.is_array()) return equals_array(value, node);
  if (node.kind() != NodeKind::scalar) return false;
  const bool as_text = value.is_string() && typing_ == Typing::by_schema;
  const std::uint8_t type = as_text ? std::uint8_t{kString} : core_bit(node);
  if (value.is_string())
    return type == kString && value.get_ref<const std::string&>() == node.text();
  if (value.is_number()) return is_numeric(type) && value.get<double>() == number_of(node.text());
  if (value.is_boolean()) return type == kBoolean && value.get<bool>() == (node.text() == "true");
  return type == kNull;
}

bool Validator::equals_array(const Json& value, const Node& node) const {
  if (node.kind() != NodeKind::sequence || node.size() != value.size()) return false;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (!equals(value[i], node.item(i))) return false;
  }
  return true;
}

bool Validator::equals_object(const Json& value, const Node& node) const {
  if (node.kind() != NodeKind::mapping || node.size() != value.size()) return false;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const auto found = value.find(node.key(i).text());
    if (found == value.end() || !equals(*found, node.value(i))) return false;
  }
  return true;
}

void Validator::check_values(const SchemaRule& rule, const Spot& spot, std::uint8_t type) {
  const bool known = std::any_of(rule.values.begin(), rule.values.end(),
                                 [&](const Json& value) { return equals(value, spot.node); });
  if (known) return;
  if (quiet_) {
    ++failures_;
    return;
  }
  std::vector<std::string> words;
  for (const Json& value : rule.values)
    words.push_back(value_text(value));
  const std::string near = nearest(spot.node.text(), words);
  std::string hint = near.empty() ? "write one of these words, or leave the key out"
                                  : fmt::format("did you mean {}?", quote(near));
  if (near.empty() && rule.is_constant)
    hint = rule.description.empty() || !rule.values.front().is_number()
               ? fmt::format("write {}, or leave the key out", words.front())
               : as_hint(rule.description);
  const std::string wanted = rule.is_constant ? words.front() : one_of(words);
  const bool quoted = spot.node.style() != yaml::ScalarStyle::plain;
  if (rule.is_constant && quoted && spot.node.text() == words.front()) hint = "without quotes";
  report(Rule::bad_value, spot,
         fmt::format("{} must be {}, not {}", place(spot), wanted, describe_node(spot.node, type)),
         std::move(hint));
}

void Validator::check_range(const SchemaRule& rule, const Spot& spot) {
  const double value = number_of(spot.node.text());
  const auto fail = [&](std::string_view relation, double bound) {
    report(Rule::out_of_range, spot,
           fmt::format("{} must be {} {:.15g}, not {}", place(spot), relation, bound,
                       cut(escape(spot.node.text()), 40)),
           range_hint(rule));
  };
  if (rule.minimum && value < *rule.minimum) fail("at least", *rule.minimum);
  if (rule.maximum && value > *rule.maximum) fail("at most", *rule.maximum);
  if (rule.above && value <= *rule.above) fail("more than", *rule.above);
  if (rule.below && value >= *rule.below) fail("less than", *rule.below);
}

void Validator::check_text(const SchemaRule& rule, const Spot& spot) {
  const std::string& text = spot.node.text();
  if (rule.min_length || rule.max_length) check_length(rule, spot, count_code_points(text));
  // An empty text that must not be empty is told as that.
  const bool told = rule.min_length && text.empty();
  if (rule.pattern && !told && !rule.pattern->matches(text)) return report_format(rule, spot, "");
  if (rule.format.empty()) return;
  if (const auto problem = format_problem(rule.format, text)) report_format(rule, spot, *problem);
}

void Validator::check_length(const SchemaRule& rule, const Spot& spot, std::size_t length) {
  if (rule.min_length && length < *rule.min_length) {
    report(Rule::wrong_length, spot,
           length == 0 ? fmt::format("{} is empty", place(spot))
                       : fmt::format("{} is shorter than {}", place(spot),
                                     counted(*rule.min_length, "character")),
           length == 0 ? "write a text; a key that is not required may be left out"
                       : "write it out in full");
  }
  if (rule.max_length && length > *rule.max_length) {
    report(Rule::wrong_length, spot,
           fmt::format("{} is longer than {} ({})", place(spot),
                       counted(*rule.max_length, "character"), length),
           "shorten it");
  }
}

void Validator::report_format(const SchemaRule& rule, const Spot& spot,
                              const std::string& problem) {
  if (quiet_) {
    ++failures_;
    return;
  }
  const std::string wanted = rule.title.empty() ? "of the form it should be" : rule.title;
  std::string message =
      fmt::format("{} must be {}, not {}", place(spot), wanted, quote(spot.node.text()));
  if (!problem.empty()) message += fmt::format(" ({})", problem);
  report(Rule::bad_format, spot, std::move(message), example_hint(rule));
}

}  // namespace paperclub::schema
