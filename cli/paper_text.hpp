// Papers as text for people: an entry of the timeline, and one paper in full.
#pragma once

#include <string>
#include <vector>

#include "cli/ui.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::cli {

// Returns the numbered list: title, date, description and links of each paper.
std::string timeline_text(const Ui& ui, const std::vector<timeline::TimelinePaper>& papers);

// Returns everything the record of `paper` says, and its sessions with their times in the zone of
// `settings`.
std::string paper_text(const Ui& ui, const club::PaperRecord& paper,
                       const std::vector<const club::SessionRecord*>& sessions,
                       const record::ClubSettings& settings);

}  // namespace paperclub::cli
