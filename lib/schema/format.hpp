// The formats that a schema's `format` may name.  `date`, `date-time` and `email` are those of the
// standard; the others are ours, and editors that do not know them ignore them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace paperclub::schema {

// Returns whether `name` is a format that can be checked.
bool is_format(std::string_view name);

// Returns why `text` is not of the format `name`, as the end of a sentence and possibly empty, or
// nothing where it is.  `name` must satisfy is_format.
std::optional<std::string> format_problem(std::string_view name, std::string_view text);

// Returns whether values of the format `name` are dates, which other YAML readers know as such.
bool is_date_format(std::string_view name);

}  // namespace paperclub::schema
