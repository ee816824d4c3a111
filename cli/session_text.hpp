// Sessions as text for people.
#pragma once

#include <string>
#include <vector>

#include "cli/ui.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::cli {

// Returns the date as it is read in the time zone `zone`, which is named where there is a time.
std::string session_time(const SessionDate& date, const std::string& zone);

// Returns what there is to remark on the session: that it is cancelled, no meeting, its note.
std::string session_remark(const record::Session& session);

// Returns the table of the sessions, in their order.
std::string sessions_text(const Ui& ui, const std::vector<const club::SessionRecord*>& sessions,
                          const std::string& zone);

// Returns everything that the record of one session says.
std::string session_text(const Ui& ui, const club::Snapshot& snapshot,
                         const club::SessionRecord& session);

}  // namespace paperclub::cli
