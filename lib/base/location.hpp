// From a byte offset to what a person sees: line, column, and the excerpt with a caret.  Offsets
// are kept while reading and turned into a Location only when a finding is made.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub {

// A half-open range of bytes in a file: [begin, end).
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Where a finding is, in the terms of an editor.  Lines and columns count from 1, columns count
// code points; line 0 means the file as a whole.
struct Location {
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t end_line = 0;
  std::size_t end_column = 0;   // one past the last character
  std::string excerpt;          // the line's text, escaped, at most kExcerptWidth columns of it
  std::size_t caret = 0;        // columns of the excerpt before the span
  std::size_t caret_width = 0;  // columns of the span within the excerpt, at least 1
};

inline constexpr std::size_t kExcerptWidth = 100;

// Finds lines in one text quickly.  Holds a view: the text must outlive it.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  // Returns where `span` lies.  Offsets past the end are taken as the end.
  Location locate(Span span) const;
  // Returns the line (from 1) that holds byte `offset`.
  std::size_t line_of(std::size_t offset) const;

 private:
  std::string_view line_text(std::size_t line) const;

  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace paperclub
