// Writing a new file: a tree of values to YAML text that parse() and every other YAML reader take
// for the same values.  Existing files are edited, not emitted.
#pragma once

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

}  // namespace paperclub::yaml
