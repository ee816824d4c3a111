// From the bytes of a file to a document.  This is a deliberately small YAML: one document, a
// mapping at the root, no anchors, aliases, tags, directives or merge keys, no key twice; whatever
// the bytes are, the answer comes in bounded time and memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::yaml {

// A document, or findings that say why there is none.  A document may come with findings that do
// not stop reading (a key twice: the first one counts).
struct ParseResult {
  std::optional<Document> document;
  std::vector<Finding> findings;
};

// Reads `bytes`, the content of the file that findings call `file`.  Never throws because of them.
ParseResult parse(std::string file, std::string bytes);

}  // namespace paperclub::yaml
