// A text as somebody sees it who reads it from the start: which quotes and brackets are opened and
// closed, and where.  Used to say what is wrong with a text that the parser refused; it decides
// nothing about a text that was accepted.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace paperclub::yaml {

// Returns where a quote begins that is never closed, else the innermost bracket that is not closed
// at the end of `text`, or nothing.  Takes time in proportion to the text.
std::optional<std::size_t> find_open_mark(std::string_view text);

}  // namespace paperclub::yaml
