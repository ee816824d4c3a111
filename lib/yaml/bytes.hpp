// The check of a file's bytes before any YAML is read: encoding, characters, size.  What passes
// here is UTF-8 text that no terminal acts on and whose line breaks are LF or CRLF.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/yaml/source.hpp"

namespace paperclub::yaml {

// Returns what is wrong with the bytes of `source`; where the result is empty, they may be parsed.
// One byte order mark at the start is allowed.
std::vector<Finding> check_bytes(const Source& source);

// Returns the length of the byte order mark at the start of `text`, 3 or 0.
std::size_t byte_order_mark(std::string_view text);

// Returns the finding for the first forbidden character of `value`, a scalar at `span` whose text
// came through escapes, or nothing.
std::optional<Finding> check_value(const Source& source, Span span, std::string_view value);

}  // namespace paperclub::yaml
