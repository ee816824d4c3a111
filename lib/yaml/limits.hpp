// How large a record may be.  The limits keep any file, however made, within bounded time and
// memory; a real record stays far below each of them.
#pragma once

#include <cstddef>

namespace paperclub::yaml {

inline constexpr std::size_t kMaxBytes = 256 * 1024;  // of one file
inline constexpr std::size_t kMaxDepth = 16;          // of lists and mappings in one another
inline constexpr std::size_t kMaxNodes = 20'000;      // keys, values, lists and mappings
inline constexpr std::size_t kMaxBrackets = 2'000;    // `[` and `{` anywhere in the text
inline constexpr std::size_t kMaxFindings = 500;      // of one file; one more says so

}  // namespace paperclub::yaml
