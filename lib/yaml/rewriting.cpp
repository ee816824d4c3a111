#include "lib/yaml/rewriting.hpp"

#include <vector>

#include "lib/yaml/scalar.hpp"

namespace paperclub::yaml {

Value value_of(const Node& node, Quoting quoting) {
  if (node.kind() == NodeKind::sequence) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < node.size(); ++i)
      items.push_back(value_of(node.item(i), quoting));
    return items;
  }
  if (node.kind() == NodeKind::mapping) {
    Members members;
    for (std::size_t i = 0; i < node.size(); ++i)
      members.emplace_back(node.key(i).text(), value_of(node.value(i), quoting));
    return members;
  }
  const bool stands = quoting == Quoting::as_it_stands;
  if (stands && node.style() == ScalarStyle::quoted) return Value::quoted(node.text());
  const bool plain =
      node.style() == ScalarStyle::plain && (stands || core_type(node) != ScalarType::string);
  return plain ? Value::plain(node.text()) : Value(node.text());
}

}  // namespace paperclub::yaml
