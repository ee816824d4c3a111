// Where a node ends in the text.  The parser tells only where each begins; the end follows from the
// text itself.  All offsets are bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace paperclub::yaml {

// Returns where trivia ends that begins at `at`: blanks, line breaks and comments.
std::size_t skip_trivia(std::string_view text, std::size_t at);

// Returns the end of the plain scalar at `begin` that reads as `value` (folded over lines).
std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value);

// Returns the place behind the quote that closes the one at `begin`, or nothing where none does.
std::optional<std::size_t> find_closing_quote(std::string_view text, std::size_t begin);

// Returns the end of the quoted scalar at `begin`, behind its closing quote; the end of the text
// where there is none.
std::size_t end_of_quoted(std::string_view text, std::size_t begin);

// Returns the end of the block scalar (`|` or `>`) at `begin` that reads as `value`: behind its
// last line that is not blank.
std::size_t end_of_block(std::string_view text, std::size_t begin, std::string_view value);

// Returns whether the block scalar at `begin` keeps the line breaks at its end (`|+` or `>+`).
bool keeps_breaks(std::string_view text, std::size_t begin);

// Returns the end of a flow list or mapping whose last item ends at `from`: behind the bracket.
std::size_t end_of_flow(std::string_view text, std::size_t from);

// Returns where a value that is not written would stand: behind the one of `indicators` (a colon, a
// dash, a comma …) that follows `from`, the end of what stands before; `from` where none follows.
std::size_t place_of_empty(std::string_view text, std::size_t from, std::string_view indicators);

}  // namespace paperclub::yaml
