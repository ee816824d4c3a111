// What comes next: the next number on the timeline, the next session's id, and the next day on
// which the club meets.  Pure functions of a snapshot; what time it is comes in as an argument.
#pragma once

#include <optional>

#include "lib/base/date.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::timeline {

// Returns the number above the highest one.
record::TimelineNumber next_number(const club::Snapshot& snapshot);

// Returns the id above the highest serial one (s0001 …) that no file has.
SessionId next_session_id(const club::Snapshot& snapshot);

// Returns `day` at the usual time of the club, or the day alone where the club has no time or no
// time zone.
SessionDate at_usual_time(const record::ClubSettings& settings, const Date& day);

// Returns the first date after `now` (local time in the club's zone) that the club's schedule has
// and on which nothing stands yet, neither a session nor a day without one; or nothing where the
// schedule has no weekday.  A meeting within three days of it is that of its week; every second
// week counts from the sessions around it; a month has one.
std::optional<SessionDate> next_slot(const club::Snapshot& snapshot, const Moment& now);

// Returns the first session after `now` that takes place and has no paper yet; null where there is
// none, or next_slot() comes before it.
const club::SessionRecord* next_open_session(const club::Snapshot& snapshot, const Moment& now);

// Returns whether `date` is before `now` (local time in the club's zone `zone`): a day alone is
// past when it is over.
bool is_past(const SessionDate& date, const Moment& now, const std::string& zone);

}  // namespace paperclub::timeline
