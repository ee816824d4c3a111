// Dates as people give them to flags.
#pragma once

#include <optional>
#include <string>

#include "lib/base/date.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/record/club_settings.hpp"

namespace paperclub::cli {

// Returns the day that `text` is, the value of `flag`.  Throws Error{usage} where it is none.
Date read_day(const std::string& flag, const std::string& text);

// Returns when a session is, the value of --date: a day is at the club's usual time, a time needs
// its offset, and `unknown` is nothing.  Throws Error{usage} where `text` is none of these.
std::optional<SessionDate> read_session_date(const record::ClubSettings& settings,
                                             const std::string& text);

// What a day is taken for: a meeting at the usual time, one at its own, or none at all.
enum class DayUse { meeting, meeting_at_its_time, no_meeting };

// Returns which of them the value `text` of --date means.
DayUse day_use(const std::string& text, bool no_meeting);

// Throws Error{unacceptable} where the day of `date` cannot be used so, because of a session other
// than `but` (may be null): one day has one meeting, a second one needs its own time, and a day on
// which the club does not meet has none.
void refuse_taken_day(const club::Snapshot& snapshot, const SessionDate& date, DayUse use,
                      const club::SessionRecord* but = nullptr);

}  // namespace paperclub::cli
