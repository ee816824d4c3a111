#include "lib/yaml/meaning.hpp"

#include <algorithm>
#include <variant>

#include "lib/yaml/scalar.hpp"

namespace paperclub::yaml {
namespace {

Meaning nothing_in(NodeKind kind) { return {kind, {}, {}, {}}; }

Meaning scalar(ScalarType type, std::string_view text) {
  constexpr std::string_view kLetters = "0binS";
  Meaning meaning;
  meaning.scalar = kLetters[static_cast<std::size_t>(type)];
  if (type != ScalarType::null)
    meaning.scalar += text;  // nothing is nothing, however it is spelled
  return meaning;
}

bool is_nothing(const Meaning& meaning) {
  return meaning.kind == NodeKind::scalar && meaning.scalar == "0";
}

Meaning& add(Meaning& holder, std::string key, Meaning value) {
  if (holder.kind == NodeKind::mapping) holder.keys.push_back(std::move(key));
  return holder.children.emplace_back(std::move(value));
}

// The mapping or list that holds the end of `path`, made on the way where nothing is; null where
// something else stands in the way.
Meaning* holder_of(Meaning& root, const Path& path, bool make) {
  Meaning* at = &root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (make && is_nothing(*at)) *at = nothing_in(NodeKind::mapping);
    if (const auto next = at->find(path[i])) {
      at = &at->children[*next];
    } else if (make && at->kind == NodeKind::mapping) {
      at = &add(*at, path[i], nothing_in(NodeKind::mapping));
    } else {
      return nullptr;
    }
  }
  if (make && is_nothing(*at)) *at = nothing_in(NodeKind::mapping);
  return at;
}

bool apply_set(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, true);
  if (holder == nullptr) return false;
  if (const auto old = holder->find(edit.path.back())) {
    holder->children[*old] = meaning_of(edit.value);
    return true;
  }
  if (holder->kind != NodeKind::mapping) return false;
  add(*holder, edit.path.back(), meaning_of(edit.value));
  return true;
}

bool apply_remove(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, false);
  const auto gone = holder == nullptr ? std::nullopt : holder->find(edit.path.back());
  if (!gone) return true;
  const auto at = static_cast<std::ptrdiff_t>(*gone);
  holder->children.erase(holder->children.begin() + at);
  if (holder->kind == NodeKind::mapping) holder->keys.erase(holder->keys.begin() + at);
  return true;
}

bool apply_append(const Edit& edit, Meaning& root) {
  Meaning* holder = holder_of(root, edit.path, true);
  if (holder == nullptr) return false;
  const auto old = holder->find(edit.path.back());
  if (!old && holder->kind != NodeKind::mapping) return false;
  Meaning& list =
      old ? holder->children[*old] : add(*holder, edit.path.back(), nothing_in(NodeKind::sequence));
  if (is_nothing(list)) list = nothing_in(NodeKind::sequence);
  if (list.kind != NodeKind::sequence) return false;
  add(list, {}, meaning_of(edit.value));
  return true;
}

}  // namespace

std::optional<std::size_t> Meaning::find(std::string_view step) const {
  if (kind == NodeKind::sequence) {
    const auto index = integer_value(step);
    const bool inside = index && *index >= 0 && static_cast<std::size_t>(*index) < children.size();
    return inside ? std::optional(static_cast<std::size_t>(*index)) : std::nullopt;
  }
  const auto found = std::find(keys.begin(), keys.end(), step);
  if (found == keys.end()) return std::nullopt;
  return static_cast<std::size_t>(found - keys.begin());
}

bool Meaning::operator==(const Meaning& other) const {
  if (kind != other.kind || scalar != other.scalar || children.size() != other.children.size())
    return false;
  if (kind == NodeKind::sequence) return children == other.children;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto theirs = other.find(keys[i]);
    if (!theirs || !(children[i] == other.children[*theirs])) return false;
  }
  return true;
}

Meaning meaning_of(const Node& node) {
  if (node.kind() == NodeKind::scalar) return scalar(core_type(node), node.text());
  Meaning meaning = nothing_in(node.kind());
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.kind() == NodeKind::mapping) {
      add(meaning, node.key(i).text(), meaning_of(node.value(i)));
    } else {
      add(meaning, {}, meaning_of(node.item(i)));
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
    Meaning meaning = nothing_in(NodeKind::sequence);
    for (const Value& item : *list)
      add(meaning, {}, meaning_of(item));
    return meaning;
  }
  Meaning meaning = nothing_in(NodeKind::mapping);
  for (const auto& [key, inner] : std::get<Members>(value.data()))
    add(meaning, key, meaning_of(inner));
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
