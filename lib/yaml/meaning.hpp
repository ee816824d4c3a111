// What a document says, apart from how it is written: what an edit must change and what it must
// not. For this room only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/yaml/edit.hpp"

namespace paperclub::yaml {

// One value.  Scalars are their text and their type; the order of keys does not matter.
struct Meaning {
  NodeKind kind = NodeKind::scalar;
  std::string scalar;             // the type's letter, then the text
  std::vector<std::string> keys;  // of a mapping: one for each child
  std::vector<Meaning> children;

  // Returns the position of the child called or numbered `step`, or nothing.
  std::optional<std::size_t> find(std::string_view step) const;
  bool operator==(const Meaning& other) const;
};

// Returns what `node` says.
Meaning meaning_of(const Node& node);
// Returns what `value` says once it is written.
Meaning meaning_of(const Value& value);

// Makes the change in `root`; returns false where the path does not fit.
bool apply(const Edit& edit, Meaning& root);

}  // namespace paperclub::yaml
