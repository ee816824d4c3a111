#include "lib/schema/validator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "lib/base/id.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/schema/describe.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::schema {

using yaml::Node;
using yaml::NodeKind;

void Validator::check_list(const SchemaRule& rule, const Spot& spot) {
  check_count(rule.min_items, rule.max_items, spot, "item");
  const Node& list = spot.node;
  for (std::size_t i = 0; rule.items && i < list.size() && !stopped(); ++i)
    visit(*rule.items, item_spot(spot, i));
  if (rule.unique_items) check_unique(spot, has_text_items(rule));
  if (!rule.contains) return;
  for (std::size_t i = 0; i < list.size() && !stopped(); ++i) {
    if (matches(*rule.contains, item_spot(spot, i))) return;
  }
  report(Rule::wrong_count, spot, fmt::format("{} lacks an item it must have", place(spot)),
         "add it");
}

Spot Validator::item_spot(const Spot& list, std::size_t index) {
  const Node item = list.node.item(index);
  return {item, item.span(), list.key, true};
}

void Validator::check_count(std::optional<std::size_t> least, std::optional<std::size_t> most,
                            const Spot& spot, std::string_view what) {
  const std::size_t size = spot.node.size();
  if (least && size < *least) {
    report(Rule::wrong_count, spot,
           fmt::format("{} must have at least {}", place(spot), counted(*least, what)),
           size == 0 ? fmt::format("write one, or leave the key out where it is not required")
                     : fmt::format("add {} more", *least - size));
  }
  if (most && size > *most) {
    report(Rule::wrong_count, spot,
           fmt::format("{} must have at most {}, not {}", place(spot), counted(*most, what), size),
           fmt::format("remove {}", size - *most));
  }
}

std::string Validator::canonical(const Node& node) const {
  if (node.kind() == NodeKind::sequence) {
    std::string out = "[";
    for (std::size_t i = 0; i < node.size(); ++i)
      out += canonical(node.item(i)) + ",";
    return out + "]";
  }
  if (node.kind() == NodeKind::mapping) {
    std::vector<std::string> members;
    for (std::size_t i = 0; i < node.size(); ++i) {
      members.push_back(canonical(node.key(i)) + ":" + canonical(node.value(i)));
    }
    std::sort(members.begin(), members.end());
    return fmt::format("{{{}}}", fmt::join(members, ","));
  }
  const std::uint8_t type = core_bit(node);
  if (is_numeric(type)) return fmt::format("n{}", number_of(node.text()));
  return fmt::format("{}{}:{}", type, node.text().size(), node.text());
}

// Whether the items are texts by their schema, quoted or not.
bool Validator::has_text_items(const SchemaRule& rule) const {
  if (typing_ == Typing::json || !rule.items) return false;
  const SchemaRule* items = &schema_.rules[*rule.items];
  while (items->reference)
    items = &schema_.rules[*items->reference];
  return items->types == kString;
}

void Validator::check_unique(const Spot& spot, bool as_text) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < spot.node.size() && !stopped(); ++i) {
    const Node item = spot.node.item(i);
    const auto [first, is_new] = seen.emplace(as_text ? item.text() : canonical(item), i);
    if (is_new) continue;
    report(Rule::duplicate_item, item.span(),
           item.kind() == NodeKind::scalar
               ? fmt::format("{} names {} twice", place(spot), quote(item.text()))
               : fmt::format("{} has the same item twice", place(spot)),
           "keep one of the two");
  }
}

void Validator::check_mapping(const SchemaRule& rule, const Spot& spot) {
  const Node& map = spot.node;
  check_count(rule.min_keys, rule.max_keys, spot, "key");
  for (const std::string& name : rule.required) {
    if (!map.find(name)) report_missing({name}, spot);
  }
  for (std::size_t i = 0; i < map.size() && !stopped(); ++i) {
    const Node key = map.key(i);
    if (rule.key_names) visit_key(*rule.key_names, spot, key);
    visit_member(rule, spot, key, map.value(i));
  }
}

// The name of a key, judged as a text; people write a title where an id belongs.
void Validator::visit_key(RuleIndex names, const Spot& spot, const Node& key) {
  const Spot inner{key, key.span(), spot.key, false};
  if (matches(names, inner)) return;
  // Another script is written in our letters by rules that take their time.
  const bool suggests = suggestions_left_ > 0 && key.text().size() <= 2 * kMaxIdBytes;
  if (suggests) --suggestions_left_;
  const std::string better = suggests ? suggest_id(key.text()) : std::string();
  report(Rule::bad_format, key.span(),
         fmt::format("a key of {} must be {}, not {}", place(spot),
                     describe_wanted(schema_.rules[names]), quote(key.text())),
         better.empty() ? "" : fmt::format("such as {}", better));
}

void Validator::visit_member(const SchemaRule& rule, const Spot& spot, const Node& key,
                             const Node& value) {
  const auto known =
      std::find_if(rule.properties.begin(), rule.properties.end(),
                   [&key](const auto& property) { return property.first == key.text(); });
  const Span span = value.is_empty() ? key.span() : value.span();
  const Spot inner{value, span, key.text(), false};
  if (known != rule.properties.end()) {
    visit(known->second, inner);
  } else if (rule.additional && schema_.rules[*rule.additional].verdict == false) {
    report_unknown(rule, spot, key);
  } else if (rule.additional) {
    warn_ambiguous_key(key);
    visit(*rule.additional, inner);
  }
}

// A key of ours is never anything but a text; one that the person chose may be.
void Validator::warn_ambiguous_key(const Node& key) {
  if (quiet_ || typing_ == Typing::json || key.style() != yaml::ScalarStyle::plain) return;
  const auto other = yaml::other_reading(key.text());
  if (!other) return;
  report(
      Rule::ambiguous_scalar, key.span(),
      fmt::format("other YAML readers take the key {} for {}", cut(escape(key.text()), 40), *other),
      fmt::format("put it in quotes: {}", quote(key.text(), 100)));
}

void Validator::report_unknown(const SchemaRule& rule, const Spot& spot, const Node& key) {
  if (quiet_) {
    ++failures_;
    return;
  }
  std::vector<std::string> names;
  for (const auto& [name, index] : rule.properties) {
    if (!spot.node.find(name)) names.push_back(name);
  }
  const std::string near = nearest(fold(key.text()), names);
  const bool root = spot.key.empty() && !spot.item;
  std::string hint;
  if (!near.empty()) {
    hint = fmt::format("did you mean {}?", quote(near));
  } else if (root) {
    hint = key.text() == "id" ? "leave it out: a record's id is the name of its file"
                              : "put the club's own data under 'extra'";
  } else if (!names.empty()) {
    hint = fmt::format("{} may also have {}", place(spot), one_of(names));
  }
  report(Rule::unknown_key, key.span(),
         fmt::format("unknown key {}{}", quote(key.text()),
                     root ? std::string() : fmt::format(" in {}", place(spot))),
         std::move(hint));
}

void Validator::report_missing(const std::vector<std::string>& names, const Spot& spot) {
  const bool root = spot.key.empty() && !spot.item;
  const Node& map = spot.node;
  const Span span = map.size() > 0 ? map.key(0).span() : spot.span;
  report(Rule::missing_key, span,
         fmt::format("missing key {}{}", one_of(names),
                     root ? std::string() : fmt::format(" in {}", place(spot))),
         names.size() == 1 ? "add it on a line of its own" : "add one of them");
}

}  // namespace paperclub::schema
