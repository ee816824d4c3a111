// The timeline as Markdown, as it stands in a club's README.
#pragma once

#include <string>
#include <vector>

#include "lib/timeline/timeline.hpp"

namespace paperclub::publish {

// Returns a numbered list, one line a paper: number, short title as a link to the paper, date,
// description, links to notes and recordings.  The numbers shown are those of the papers, also
// where some are left out.  Ends in a line break unless it is empty.
std::string timeline_markdown(const std::vector<timeline::TimelinePaper>& papers);

}  // namespace paperclub::publish
