// The files that are built into the program: the schemas and the pages of the rules.  They are the
// files below schema/ as they stood when the program was built; nothing is read at run time.
#pragma once

#include <string_view>
#include <vector>

namespace paperclub {

// One file, by its path below schema/, such as paper.schema.json.
struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

// Returns all of them, sorted by path.
const std::vector<EmbeddedFile>& embedded_files();

// Returns the text of the file at `path`, or an empty view where there is none.
std::string_view embedded_file(std::string_view path);

}  // namespace paperclub
