// The parts that a regular expression is written of, before it is compiled.  For this room only;
// pattern.hpp is the door, and says which dialect is read.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace paperclub::schema {

inline constexpr std::size_t kMaxPatternSteps = 5'000;

// A part of an expression; a repetition is read once and compiled as often as it may stand.
struct PatternPart {
  enum class Kind { set, begin, end, sequence, choice, repeat } kind = Kind::sequence;
  std::vector<std::pair<char32_t, char32_t>> ranges;  // of a set
  bool negated = false;
  std::vector<PatternPart> parts;  // of a sequence, a choice, or the one that is repeated
  std::size_t least = 1;
  std::size_t most = 1;
  bool unbounded = false;
};

// Returns the parts of `source`; throws Error{usage} where it is outside of the dialect.
PatternPart parse_pattern(std::string_view source);

}  // namespace paperclub::schema
