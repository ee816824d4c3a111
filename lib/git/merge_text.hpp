// Joining two edits of one text, line by line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace paperclub::git {

// What came of it.
struct TextMerge {
  std::optional<std::string> text;  // nothing where both changed the same lines, or one is no text
  std::string mine;                 // the first lines that both changed, as each side has them
  std::string theirs;
};

// Joins what both sides changed against `base`.  Throws Error{io} where memory ends.
TextMerge merge_text(std::string_view base, std::string_view mine, std::string_view theirs);

}  // namespace paperclub::git
