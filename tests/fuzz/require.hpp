// What the fuzz targets have in common: an assertion that says what broke, and what must hold for
// every text that is shown to people.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub::fuzz {

// Ends the process where `holds` is false: libFuzzer keeps the input and names it.
inline void require(bool holds, std::string_view promise, std::string_view detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "BROKEN: %.*s: %.*s\n", static_cast<int>(promise.size()), promise.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

// Returns whether `text` is UTF-8 without a character that a terminal or an editor acts on.
inline bool is_safe(std::string_view text, bool newlines = false) {
  if (find_invalid_utf8(text)) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (is_forbidden(point.value) || (point.value == '\n' && !newlines)) return false;
    at += point.length;
  }
  return true;
}

}  // namespace paperclub::fuzz
