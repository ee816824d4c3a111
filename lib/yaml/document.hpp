// A document: what one YAML file says, with the place of every value in the file.
//
// Scalars are kept as text with their style and are never typed here: whether `2017` is a number
// is for the schema to say (scalar.hpp has the rules).  A document is immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/location.hpp"
#include "lib/yaml/source.hpp"

namespace paperclub::yaml {

// What a node is.
enum class NodeKind : std::uint8_t { scalar, sequence, mapping };

// How a scalar is written: without quotes, in single or double quotes, or as a `|` or `>` block.
enum class ScalarStyle : std::uint8_t { plain, quoted, block };

class Document;

// A handle on one node; cheap to copy, valid while its document lives and is not moved.
class Node {
 public:
  // Returns what the node is.
  NodeKind kind() const;
  // Returns how the scalar is written; plain for lists and mappings.
  ScalarStyle style() const;
  // Returns the scalar's text without quotes and escapes; empty for lists and mappings.
  const std::string& text() const;
  // Returns where the node stands in the file, quotes and brackets included.  Where no value is
  // written (`key:`), an empty span behind the colon or dash.
  Span span() const;
  // Returns the number of items of a list or of keys of a mapping; 0 for scalars.
  std::size_t size() const;
  // Returns item `index` of a list, below size().
  Node item(std::size_t index) const;
  // Returns key `index` of a mapping, below size(), in the order of the file.
  Node key(std::size_t index) const;
  // Returns the value of key `index`, below size().
  Node value(std::size_t index) const;
  // Returns the value of the key called `name`, or nothing.
  std::optional<Node> find(std::string_view name) const;
  // Returns whether no value is written here at all.
  bool is_empty() const;

 private:
  friend class Document;
  Node(const Document* document, std::uint32_t index) : document_(document), index_(index) {}

  const Document* document_;
  std::uint32_t index_;
};

// One file's document.  Made by parse() or by a DocumentBuilder.
class Document {
 public:
  // Returns the outermost node; a mapping where the document came from parse().
  Node root() const { return {this, root_}; }
  // Returns the file's text and name.
  const Source& source() const { return *source_; }
  // Returns the number of nodes.
  std::size_t node_count() const { return nodes_.size(); }

 private:
  friend class Node;
  friend class DocumentBuilder;

  struct Data {
    std::string text;
    Span span;
    std::uint32_t first_child = 0;  // in children_
    std::uint32_t child_count = 0;
    NodeKind kind = NodeKind::scalar;
    ScalarStyle style = ScalarStyle::plain;
  };

  std::unique_ptr<const Source> source_;
  std::vector<Data> nodes_;
  std::vector<std::uint32_t> children_;  // of a mapping: key, value, key, value …
  std::uint32_t root_ = 0;
};

// Builds a document from the outside in: open, add what is inside, close.  Used by the parser, and
// by tests that have values from elsewhere.
class DocumentBuilder {
 public:
  // `source` must be what the spans refer to.
  explicit DocumentBuilder(std::unique_ptr<const Source> source);

  // Adds a scalar to the open list or mapping, in which keys and values alternate.
  void add_scalar(std::string text, ScalarStyle style, Span span);
  // Opens a list or mapping that begins at `begin`.
  void open(NodeKind kind, std::size_t begin);
  // Closes the innermost open one, which ends at `end`.
  void close(std::size_t end);

  // Returns the source.
  const Source& source() const { return *document_.source_; }
  // Returns how many lists and mappings are open.
  std::size_t depth() const { return open_.size(); }
  // Returns how many nodes there are so far.
  std::size_t node_count() const { return document_.nodes_.size(); }
  // Returns whether what is open innermost is a mapping.
  bool in_mapping() const;
  // Returns whether the next node is a key of the open mapping.
  bool expects_key() const;
  // Returns the span of the node added or closed last in the open list or mapping, or nothing.
  std::optional<Span> last_child() const;
  // Returns where the innermost open list or mapping begins.
  std::size_t open_begin() const;
  // Returns the span of the key `name` of the open mapping where it was added already.
  std::optional<Span> find_key(std::string_view name) const;

  // Returns the document; nothing may be open and one root must have been added.
  Document finish() &&;

 private:
  struct Open {
    std::uint32_t node;
    std::vector<std::uint32_t> children;
  };

  void attach(std::uint32_t node);

  Document document_;
  std::vector<Open> open_;
};

}  // namespace paperclub::yaml
