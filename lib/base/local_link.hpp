// Links to files of one's own (`figure.png`, `../club.yaml`, `/papers/bert.md`): where they lead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/location.hpp"

namespace paperclub {

// One name on the way that a link leads.
struct LinkStep {
  std::string name;           // without percent-escapes
  std::optional<Span> place;  // in the link, as it is written there; nothing: in the folder
};

// Returns the way that `link` leads from the top, as it stands in a file of `folder` ("" for the
// top), without `.` and `..`; a `/` at its beginning is the top.  `..` alone where it leads out.
// Nothing where it is no local link: one with a scheme or host, a query or a fragment alone.
std::optional<std::vector<LinkStep>> local_way(std::string_view link, std::string_view folder);

// Returns the path that local_way() leads to.
std::optional<std::string> local_path(std::string_view link, std::string_view folder);

}  // namespace paperclub
