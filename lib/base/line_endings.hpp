// The two ways to end lines: git stores one and may give the other to the files it writes.
#pragma once

#include <string>
#include <string_view>

namespace paperclub {

// Returns `text` with each CR LF as LF.
std::string without_returns(std::string_view text);

// Returns `text` with each LF as CR LF; where it is that already, it stays.
std::string with_returns(std::string_view text);

// Returns whether `text` has lines and each ends in CR LF.
bool has_returns(std::string_view text);

// Returns whether `file` is what git writes for `stored`: the same, or with other line endings. One
// that was stored with CR LF and has lost them was changed by somebody.
bool is_same_text(std::string_view file, std::string_view stored);

}  // namespace paperclub
