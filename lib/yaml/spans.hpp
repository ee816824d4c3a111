// Where a node ends in the text.  The parser tells only where each begins; the end follows from the
// text itself.  All offsets are bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace paperclub::yaml {

// Returns the end of the plain scalar at `begin` that reads as `value` (folded over lines).
std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value);

// Returns the end of the quoted scalar at `begin`, behind its closing quote.
std::size_t end_of_quoted(std::string_view text, std::size_t begin);

// Returns the end of the block scalar (`|` or `>`) at `begin` that reads as `value`: behind its
// last line that is not blank.
std::size_t end_of_block(std::string_view text, std::size_t begin, std::string_view value);

// Returns the end of a flow list or mapping whose last item ends at `from`: behind the bracket.
std::size_t end_of_flow(std::string_view text, std::size_t from);

// Returns where a value that is not written would stand: behind the colon or dash before `at`.
std::size_t place_of_empty(std::string_view text, std::size_t after_key, std::size_t at);

}  // namespace paperclub::yaml
