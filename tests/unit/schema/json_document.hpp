// JSON values as positioned documents, for schemas that are tested with JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "lib/yaml/document.hpp"

namespace paperclub::tests {

// Returns the document that `value` is: texts and keys as quoted scalars, the rest as plain ones.
// Every span is that of the whole value.
yaml::Document document_of(const nlohmann::ordered_json& value);

}  // namespace paperclub::tests
