// What a plain scalar can be.  Typing is the schema's business: a quoted scalar is a string, a
// plain one takes the type its schema admits there, the JSON core type first.
#pragma once

#include <optional>
#include <string_view>

#include "lib/yaml/document.hpp"

namespace paperclub::yaml {

// The types of JSON's scalars; an integer is a number too.
enum class ScalarType { null, boolean, integer, number, string };

// Returns the type that JSON gives to `text` written without quotes: numbers exactly as in JSON
// (so 017, 1_000 and .5 are strings), `true`, `false`, `null`.  `~` and nothing at all are null.
ScalarType core_type(std::string_view text);

// Returns the type of the scalar `node`: string where it is quoted or a block, else core_type.
ScalarType core_type(const Node& node);

// Returns the value of a plain integer (core_type integer), or nothing where it does not fit.
std::optional<long long> integer_value(std::string_view text);

// Returns what other YAML readers (1.1 or 1.2) may take the plain scalar `text` for, such as
// "a number", where that is not a string; nothing where all agree on a string.
std::optional<std::string_view> other_reading(std::string_view text);

}  // namespace paperclub::yaml
