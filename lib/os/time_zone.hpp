// Time zones by name, from the system's zone database.  The library that reads it is the reference
// one for C++ before <chrono> had zones; no zone rules are of our own making.
#pragma once

#include <optional>
#include <string>

#include "lib/base/date.hpp"

namespace paperclub::os {

// Returns whether the system knows the zone `name` (such as Asia/Singapore).  This and the next
// throw Error{io} where the system has no zones at all.
bool is_time_zone(const std::string& name);

// Returns `moment` in the local time of the zone `name`, or nothing where the zone is unknown.
std::optional<Moment> in_time_zone(const Moment& moment, const std::string& name);

// Returns the day of `date` in the zone `name`, or as written where the zone is unknown or "".
Date day_in_zone(const SessionDate& date, const std::string& name);

// Returns the moment at which clocks in the zone `name` show `minutes` after midnight on `day`, or
// nothing where the zone is unknown.  Of a time that clocks show twice it is the first one; one
// that they pass over is as much later as they are put forward.
std::optional<Moment> at_local_time(const Date& day, int minutes, const std::string& name);

}  // namespace paperclub::os
