// UTF-8 as bytes and code points.  Decoding only: nothing here knows what a character means
// (text.hpp does).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paperclub {

// One decoded code point and the number of bytes it took.  Where the bytes are no UTF-8, `valid`
// is false, `length` is 1 and `value` is that byte.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;
  bool valid = true;
};

// Returns the code point that starts at byte `at`, which must be below text.size().  Overlong
// forms, surrogates and values above U+10FFFF are not valid (RFC 3629).
CodePoint decode(std::string_view text, std::size_t at);

// Appends `value`, which must be a Unicode scalar value, to `out`.
void append_utf8(std::string& out, char32_t value);

// Returns the offset of the first byte that is not valid UTF-8, or nothing.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Returns the number of code points; an invalid byte counts as one.
std::size_t count_code_points(std::string_view text);

}  // namespace paperclub
