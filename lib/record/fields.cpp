#include "lib/record/fields.hpp"

#include "lib/base/link.hpp"
#include "lib/yaml/rewriting.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::record {

using yaml::Node;
using yaml::NodeKind;
using yaml::Value;

bool has_text(const Node& node) {
  return node.kind() == NodeKind::scalar && yaml::core_type(node) != yaml::ScalarType::null;
}

std::string Fields::text(std::string_view key) const {
  const auto node = map_.find(key);
  return node && has_text(*node) ? node->text() : std::string();
}

std::string Fields::link(std::string_view key) const {
  std::string url = text(key);
  return has_user_part(url) ? std::string() : url;
}

std::optional<long long> Fields::integer(std::string_view key) const {
  const auto node = map_.find(key);
  if (!node || yaml::core_type(*node) != yaml::ScalarType::integer) return std::nullopt;
  return yaml::integer_value(node->text());
}

std::optional<bool> Fields::boolean(std::string_view key) const {
  const auto node = map_.find(key);
  if (!node || yaml::core_type(*node) != yaml::ScalarType::boolean) return std::nullopt;
  return node->text() == "true";
}

std::optional<Date> Fields::date(std::string_view key) const { return parse_date(text(key)); }

std::vector<Node> Fields::items(std::string_view key) const {
  std::vector<Node> found;
  const auto list = map_.find(key);
  if (!list || list->kind() != NodeKind::sequence) return found;
  for (std::size_t i = 0; i < list->size(); ++i)
    found.push_back(list->item(i));
  return found;
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  std::vector<std::string> found;
  for (const Node& item : items(key)) {
    if (has_text(item)) found.push_back(item.text());
  }
  return found;
}

std::optional<Fields> Fields::map(std::string_view key) const {
  const auto node = map_.find(key);
  if (!node || node->kind() != NodeKind::mapping) return std::nullopt;
  return Fields(*node);
}

std::vector<std::pair<std::string, Node>> Fields::members() const {
  std::vector<std::pair<std::string, Node>> found;
  if (map_.kind() != NodeKind::mapping) return found;
  for (std::size_t i = 0; i < map_.size(); ++i) {
    found.emplace_back(map_.key(i).text(), map_.value(i));
  }
  return found;
}

yaml::Members Fields::extra() const {
  const auto node = map_.find("extra");
  if (!node || node->kind() != NodeKind::mapping) return {};
  return std::get<yaml::Members>(yaml::value_of(*node, yaml::Quoting::as_needed).data());
}

void MemberList::add(const char* key, const std::string& text) {
  if (!text.empty()) members_.emplace_back(key, text);
}

void MemberList::add(const char* key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  members_.emplace_back(key, std::vector<Value>(texts.begin(), texts.end()));
}

void MemberList::add(const char* key, yaml::Members members) {
  if (!members.empty()) members_.emplace_back(key, std::move(members));
}

void MemberList::add(const char* key, const std::optional<Date>& date) {
  if (date) members_.emplace_back(key, Value::plain(format_date(*date)));
}

void MemberList::add(const char* key, const std::optional<long long>& number) {
  if (number) members_.emplace_back(key, *number);
}

void MemberList::add(const char* key, const std::optional<bool>& truth) {
  if (truth) members_.emplace_back(key, *truth);
}

}  // namespace paperclub::record
