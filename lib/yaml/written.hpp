// What may be wrong with the way a scalar is written although the parser below takes it: text that
// it would drop, or read as no other reader does.  For this room only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "lib/base/finding.hpp"
#include "lib/yaml/source.hpp"

namespace paperclub::yaml {

// Returns the finding for text behind the indicators of the block scalar at `begin`, or nothing.
std::optional<Finding> header_problem(const Source& source, std::size_t begin);

// Returns the finding for an escaped apostrophe in the text in double quotes at `span`, or nothing.
std::optional<Finding> apostrophe_problem(const Source& source, Span span);

// Returns the text of a scalar in double quotes as it is in UTF-8: the parser below gives the
// single byte of `\N` and `\_`.
std::string escapes_in_utf8(std::string value);

// Returns the warning for what may belong to the plain text at `span` but is a comment, or nothing.
std::optional<Finding> lost_comment(const Source& source, Span span);

}  // namespace paperclub::yaml
