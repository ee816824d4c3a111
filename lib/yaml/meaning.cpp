#include "lib/yaml/meaning.hpp"

#include <algorithm>
#include <variant>

#include "lib/yaml/scalar.hpp"

namespace paperclub::yaml {
namespace {

Meaning scalar(ScalarType type, std::string_view text) {
  constexpr std::string_view kLetters = "0binS";
  const bool nothing = type == ScalarType::null;  // however it is spelled
  return {NodeKind::scalar,
          kLetters[static_cast<std::size_t>(type)] + std::string(nothing ? "" : text),
          {}};
}

bool is_nothing(const Meaning& meaning) {
  return meaning.kind == NodeKind::scalar && meaning.scalar == "0";
}

// The mapping or list that holds the end of `path`, made on the way where nothing is; null where
// something else stands in the way.
Meaning* holder_of(Meaning& root, const Path& path, bool make) {
  Meaning* at = &root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (make && is_nothing(*at)) *at = {NodeKind::mapping, {}, {}};
    Meaning* next = at->find(path[i]);
    if (next == nullptr) {
      if (!make || at->kind != NodeKind::mapping) return nullptr;
      at->children.emplace_back(path[i], Meaning{NodeKind::mapping, {}, {}});
      next = &at->children.back().second;
    }
    at = next;
  }
  if (make && is_nothing(*at)) *at = {NodeKind::mapping, {}, {}};
  return at;
}

bool apply_set(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, true);
  if (holder == nullptr || holder->kind == NodeKind::scalar) return false;
  if (Meaning* old = holder->find(edit.path.back())) {
    *old = meaning_of(edit.value);
    return true;
  }
  if (holder->kind != NodeKind::mapping) return false;
  holder->children.emplace_back(edit.path.back(), meaning_of(edit.value));
  return true;
}

bool apply_remove(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, false);
  const Meaning* gone = holder == nullptr ? nullptr : holder->find(edit.path.back());
  if (gone == nullptr) return true;
  std::erase_if(holder->children, [gone](const auto& child) { return &child.second == gone; });
  return true;
}

bool apply_append(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, true);
  if (holder == nullptr || holder->kind == NodeKind::scalar) return false;
  Meaning* list = holder->find(edit.path.back());
  if (list == nullptr && holder->kind == NodeKind::mapping) {
    holder->children.emplace_back(edit.path.back(), Meaning{});
    list = &holder->children.back().second;
    *list = {NodeKind::sequence, {}, {}};
  }
  if (list != nullptr && is_nothing(*list)) *list = {NodeKind::sequence, {}, {}};
  if (list == nullptr || list->kind != NodeKind::sequence) return false;
  list->children.emplace_back("", meaning_of(edit.value));
  return true;
}

}  // namespace

Meaning* Meaning::find(std::string_view step) {
  if (kind == NodeKind::sequence) {
    const auto index = integer_value(step);
    const bool inside = index && *index >= 0 && static_cast<std::size_t>(*index) < children.size();
    return inside ? &children[static_cast<std::size_t>(*index)].second : nullptr;
  }
  for (auto& [key, child] : children) {
    if (key == step) return &child;
  }
  return nullptr;
}

bool Meaning::operator==(const Meaning& other) const {
  if (kind != other.kind || scalar != other.scalar || children.size() != other.children.size())
    return false;
  if (kind == NodeKind::sequence) return children == other.children;
  const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
  auto mine = children;
  auto theirs = other.children;
  std::stable_sort(mine.begin(), mine.end(), by_key);
  std::stable_sort(theirs.begin(), theirs.end(), by_key);
  return mine == theirs;
}

Meaning meaning_of(const Node& node) {
  if (node.kind() == NodeKind::scalar) return scalar(core_type(node), node.text());
  Meaning meaning{node.kind(), {}, {}};
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.kind() == NodeKind::mapping) {
      meaning.children.emplace_back(node.key(i).text(), meaning_of(node.value(i)));
    } else {
      meaning.children.emplace_back("", meaning_of(node.item(i)));
    }
  }
  return meaning;
}

Meaning meaning_of(const Value& value) {
  if (const auto* text = std::get_if<Value::Text>(&value.data())) {
    const bool plain = text->quotes == Value::Text::Quotes::never;
    return scalar(plain ? core_type(text->text) : ScalarType::string, text->text);
  }
  if (const auto* number = std::get_if<long long>(&value.data()))
    return scalar(ScalarType::integer, std::to_string(*number));
  if (const auto* truth = std::get_if<bool>(&value.data()))
    return scalar(ScalarType::boolean, *truth ? "true" : "false");
  if (const auto* list = std::get_if<std::vector<Value>>(&value.data())) {
    Meaning meaning{NodeKind::sequence, {}, {}};
    for (const Value& item : *list)
      meaning.children.emplace_back("", meaning_of(item));
    return meaning;
  }
  Meaning meaning{NodeKind::mapping, {}, {}};
  for (const auto& [key, inner] : std::get<Members>(value.data()))
    meaning.children.emplace_back(key, meaning_of(inner));
  return meaning;
}

bool apply(const Edit& edit, Meaning& root) {
  if (edit.path.empty()) return false;
  switch (edit.kind) {
    case Edit::Kind::set: return apply_set(edit, root);
    case Edit::Kind::remove: return apply_remove(edit, root);
    case Edit::Kind::append: return apply_append(edit, root);
  }
  return false;
}

}  // namespace paperclub::yaml
