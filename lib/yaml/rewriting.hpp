// What a file says, as a value to write again.
#pragma once

#include "lib/yaml/document.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::yaml {

// Which quotes text gets.
enum class Quoting {
  as_it_stands,  // those that it has there, for quotes decide what its type is
  as_needed,     // those that it needs, so that what is written reads as the same value
};

// Returns the node, with all that is in it, as a value to write.
Value value_of(const Node& node, Quoting quoting);

}  // namespace paperclub::yaml
