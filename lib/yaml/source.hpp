// The text of one file while it is read, and the findings made about it.
#pragma once

#include <string>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/base/location.hpp"

namespace paperclub::yaml {

// One file's text with its name and line index.  Neither copied nor moved: views point into it.
class Source {
 public:
  // `file` is the path that findings name; `text` is kept as it is.
  Source(std::string file, std::string text);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  // Returns the path that findings name.
  const std::string& file() const { return file_; }
  // Returns the bytes; offsets of spans count in them.
  const std::string& text() const { return text_; }
  // Returns a finding at `span`.
  Finding finding(Rule rule, Span span, std::string message, std::string hint = {}) const;
  // Returns the line (from 1) of byte `offset`.
  std::size_t line_of(std::size_t offset) const { return lines_.line_of(offset); }

 private:
  std::string file_;
  std::string text_;
  LineIndex lines_;
};

}  // namespace paperclub::yaml
