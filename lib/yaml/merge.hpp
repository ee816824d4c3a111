// Joining two edits of one document, key by key: what each side changed against the document that
// both began with.  Order, comments and the way values are written do not matter here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/yaml/document.hpp"
#include "lib/yaml/edit.hpp"

namespace paperclub::yaml {

// A value that both sides changed, each to something else.
struct Clash {
  Path path;
  std::string mine;  // as it is written there; "" where the side has taken it away
  std::string theirs;
  Edit take_mine;  // what makes theirs say what mine says
};

// What theirs needs to hold mine as well.
struct Merge {
  std::vector<Edit> edits;  // for theirs, in this order
  std::vector<Clash> clashes;
};

// Joins the two.  `base` is what both began with; null where each side began from nothing.  Lists
// that were only added to and taken from are joined item by item.
Merge merge(const Document* base, const Document& mine, const Document& theirs);

}  // namespace paperclub::yaml
