// Links to the files of a paper, after the paper got another id.
#pragma once

#include <string>
#include <string_view>

namespace paperclub::club {

// A paper that gets another id: `papers/bert` and `masked-words`.
struct Rename {
  std::string stem;  // the path of its record, without .yaml
  std::string id;    // from now on
};

// Returns `link`, which stands in a file of `folder` ("" for the top), as it leads to the same file
// from now on; `link` itself where it leads elsewhere.
std::string relinked(std::string_view link, std::string_view folder, const Rename& rename);

// Returns the Markdown `notes`, which lie in `folder`, with such links.
std::string relinked_notes(std::string_view notes, std::string_view folder, const Rename& rename);

}  // namespace paperclub::club
