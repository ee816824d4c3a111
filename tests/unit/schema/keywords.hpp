// Which keywords a JSON Schema uses, so that a test of a schema can tell what it tests.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace paperclub::tests {

// Returns the keywords of `schema` and of every schema inside of it; not the names of properties,
// and nothing from enum, const, default and examples.
std::set<std::string> keywords_of(const nlohmann::ordered_json& schema);

// Returns what `schema` uses that lib/schema/schema.hpp does not say is implemented: keywords, a
// list of schemas under `items`, `$id` below the root, `$ref` to elsewhere, other formats.
std::set<std::string> left_out_of(const nlohmann::ordered_json& schema);

}  // namespace paperclub::tests
