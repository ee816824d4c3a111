// Regular expressions for the schemas' `pattern`, matched in time linear in the text.
//
// The dialect is the part of ECMA 262 that schemas use: literals, `.`, classes, \d \w \s, groups,
// `|`, `* + ? {n} {n,} {n,m}`, `^` and `$`.  Back references and look-around are refused when the
// pattern is read, because they cannot be matched in linear time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperclub::schema {

// A pattern, ready to match.  Immutable; safe to use from several threads.
class Pattern {
 public:
  // Reads `source`; throws Error{usage} where it is outside of the dialect or too large.
  explicit Pattern(std::string_view source);

  // Returns whether some part of `text` (UTF-8) matches; use `^` and `$` for all of it.
  bool matches(std::string_view text) const;

  // One step of the machine that matches; public for the compiler in pattern.cpp only.
  struct Step {
    enum class Kind : std::uint8_t { set, split, jump, begin, end, accept } kind = Kind::accept;
    bool negated = false;                               // set: matches what is not in the ranges
    std::size_t first = 0;                              // split, jump: where to go on
    std::size_t second = 0;                             // split: or there
    std::vector<std::pair<char32_t, char32_t>> ranges;  // set
  };

 private:
  std::vector<Step> steps_;
};

}  // namespace paperclub::schema
