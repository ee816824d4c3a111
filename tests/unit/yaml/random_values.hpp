// Generated values to write: texts that trip YAML readers, in lists and mappings of every shape.
#pragma once

#include <string>
#include <vector>

#include "lib/yaml/emit.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {

// Returns what trips YAML readers, and what it is made of.
const std::vector<std::string>& hostile_texts();

// Returns a value, at most a few levels deep below `depth`.
yaml::Value random_value(Random& random, std::size_t depth);

// Returns the keys of a mapping.
yaml::Members random_members(Random& random, std::size_t depth);

}  // namespace paperclub::tests
