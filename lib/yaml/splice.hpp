// Where a text changes for one edit: which span gives way to what.  For this room only; edit.hpp is
// the door, and checks that the outcome says what was meant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/yaml/edit.hpp"

namespace paperclub::yaml {

// What is put in the place of a span of the text.
struct Splice {
  Span span;
  std::string text;  // its line breaks are LF
};

// Returns the splice for `edit`, whose path is not empty, or nothing where there is nothing to do
// or something else stands there.  `order` is that of edited_text().
std::optional<Splice> splice_for(const Document& document, const Edit& edit,
                                 const std::vector<std::string>& order);

}  // namespace paperclub::yaml
