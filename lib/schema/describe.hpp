// The words of the validator's findings.  For this room only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/schema/compiled.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::schema {

// Returns what `node` is, for "…, not the text 'three'".
std::string describe_node(const yaml::Node& node, std::uint8_t type);

// Returns what `rule` wants: its title, or its types where it has none.
std::string describe_wanted(const SchemaRule& rule);

// Returns "'number'" for a key, "an item of 'tags'" for an item of a list below it.
std::string describe_place(std::string_view key, bool item);

// Returns "such as …" where the rule has an example, else "".
std::string example_hint(const SchemaRule& rule);

// Returns the text of a value of enum or const, as a person would write it.
std::string value_text(const Json& value);

}  // namespace paperclub::schema
