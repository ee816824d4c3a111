// The generated part of a README: what stands between two marker comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/club/snapshot.hpp"

namespace paperclub::publish {

inline constexpr std::string_view kTimelineBegin = "<!-- paperclub timeline -->";
inline constexpr std::string_view kTimelineEnd = "<!-- /paperclub timeline -->";

// Returns `readme` with `generated` between its markers, in the line endings of the README;
// nothing outside of the markers changes.  Returns nothing where there is not exactly one of each
// marker, on lines of their own and in order.
std::optional<std::string> with_timeline(std::string_view readme, std::string_view generated);

// Returns `readme` with the timeline of the club; nothing where it has no place for one.
std::optional<std::string> readme_with(std::string_view readme, const club::Snapshot& snapshot);

}  // namespace paperclub::publish
