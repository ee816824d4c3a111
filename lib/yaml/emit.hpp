// Writing a new file: a tree of values to YAML text that parse() and every other YAML reader take
// for the same values.  Existing files are edited, not emitted.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace paperclub::yaml {

class Value;

// The keys of a mapping in the order in which they are written.
using Members = std::vector<std::pair<std::string, Value>>;

// A value to write: text, integer, boolean, list or mapping.
class Value {
 public:
  // Text; quoted where any reader could take it for something else.
  Value(std::string text);          // NOLINT: values are written as literals
  Value(const char* text);          // NOLINT
  Value(long long number);          // NOLINT
  Value(bool truth);                // NOLINT
  Value(std::vector<Value> items);  // NOLINT
  Value(Members members);           // NOLINT

  // Returns text that is always written in quotes: identifiers.
  static Value quoted(std::string text);
  // Returns text that is written without quotes wherever it may be: dates.
  static Value plain(std::string text);

  struct Text {
    std::string text;
    enum class Quotes { as_needed, always, never } quotes = Quotes::as_needed;
    bool operator==(const Text&) const = default;
  };
  using Data = std::variant<Text, long long, bool, std::vector<Value>, Members>;
  // Returns what the value is.
  const Data& data() const { return data_; }
  bool operator==(const Value&) const = default;

 private:
  explicit Value(Text text);
  Data data_;
};

// Returns the text of a file that holds `members`, ending in a line break.  Long text is folded
// into a `>-` block where that keeps it as it is; short lists of short texts stay on one line.
std::string emit(const Members& members);

// The pieces of emit(), for editing (edit.hpp).  Line breaks are LF; none stands at the end.

// Returns `key` as it stands in front of its colon.
std::string emit_key(const std::string& key);
// Returns what stands behind `key:`, where the key begins at column `indent`: a blank and the
// value, or lines below.
std::string emit_behind_key(const std::string& key, const Value& value, std::size_t indent);
// Returns what stands behind the dash of a list whose dashes are at column `indent`.
std::string emit_behind_dash(const Value& value, std::size_t indent);
// Returns the value on one line, as it stands in brackets.
std::string emit_in_brackets(const Value& value);
// Returns `text` in the quotes asked for, or in double ones where single quotes cannot hold it.
std::string emit_quoted(const std::string& text, char quote);

}  // namespace paperclub::yaml
