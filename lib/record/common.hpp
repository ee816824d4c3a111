// Values that several kinds of record share.
#pragma once

#include <string>
#include <vector>

#include "lib/record/fields.hpp"

namespace paperclub::record {

// A link with an optional title; `url` is http(s), or a path below the club's folder.
struct Link {
  std::string title;
  std::string url;

  bool operator==(const Link&) const = default;
};

// Returns the links of the list `key`.
std::vector<Link> links_from(const Fields& fields, std::string_view key);
// Returns `links` as a value to write.
std::vector<yaml::Value> to_yaml(const std::vector<Link>& links);

}  // namespace paperclub::record
