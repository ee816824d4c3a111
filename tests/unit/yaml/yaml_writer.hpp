// Generated YAML whose meaning is known: every style of writing a value, with the place of each.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/location.hpp"
#include "lib/yaml/document.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {

// One value as it was written: what parse() must find.
struct Written {
  yaml::NodeKind kind = yaml::NodeKind::scalar;
  yaml::ScalarStyle style = yaml::ScalarStyle::plain;
  std::string value;
  Span span;
  std::vector<Written> children;  // of a mapping: key, value, key, value …
};

// Writes one document with random values, styles, indentation, comments and blank lines.
class YamlWriter {
 public:
  // Equal seeds write equal documents.
  explicit YamlWriter(std::uint64_t seed);

  // Writes the document and returns its root; to be called once.
  Written write();
  // Returns the document's text.
  const std::string& text() const { return out_; }

 private:
  Written block_mapping(std::size_t indent, std::size_t depth);
  Written block_list(std::size_t indent, std::size_t depth);
  Written block_value(std::size_t indent, std::size_t depth, bool in_list);
  Written nested_block(std::size_t indent, std::size_t depth, bool in_list);
  Written flow_value(std::size_t indent, std::size_t depth);
  Written flow_mapping(std::size_t indent, std::size_t depth);
  Written flow_list(std::size_t indent, std::size_t depth);

  Written key(bool in_flow);
  Written line_scalar(std::size_t indent, bool in_flow);
  Written plain(std::size_t indent, bool in_flow);
  Written single_quoted(std::size_t indent);
  Written double_quoted(std::size_t indent);
  Written block_scalar(std::size_t indent);
  Written empty();

  std::string word(bool in_flow);
  // Writes a break inside of a scalar and returns what it reads as.
  std::string fold(std::size_t indent);
  void flow_gap(std::size_t indent);
  void end_line(bool comment_allowed);
  void lines_between(std::size_t indent);
  void blanks(std::size_t most) { out_.append(random_.below(most + 1), ' '); }
  Written finish(Written node, std::size_t begin) const;

  Random random_;
  std::string out_;
  std::string eol_;
  std::size_t keys_ = 0;
};

}  // namespace paperclub::tests
