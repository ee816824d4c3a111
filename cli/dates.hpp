// Dates as people give them to flags.
#pragma once

#include <optional>
#include <string>

#include "lib/base/date.hpp"
#include "lib/record/club_settings.hpp"

namespace paperclub::cli {

// Returns the day that `text` is, the value of `flag`.  Throws Error{usage} where it is none.
Date read_day(const std::string& flag, const std::string& text);

// Returns when a session is, the value of --date: a day is at the club's usual time, a time needs
// its offset, and `unknown` is nothing.  Throws Error{usage} where `text` is none of these.
std::optional<SessionDate> read_session_date(const record::ClubSettings& settings,
                                             const std::string& text);

}  // namespace paperclub::cli
