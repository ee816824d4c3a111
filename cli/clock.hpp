// The time of day, and waiting: the one place of the program that looks at a clock for more than
// progress.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/environment.hpp"
#include "lib/base/date.hpp"

namespace paperclub::cli {

// A moment as commits keep it: seconds since 1970, and how far local time is ahead of UTC.
struct Instant {
  long long seconds = 0;
  int offset_minutes = 0;
};

// Returns the moment that it is, or the one that SOURCE_DATE_EPOCH says, in UTC then.
Instant now(const Environment& environment);

// Returns the moment that `text` means as a date of git's (`1708084800 +0800`, as ISO 8601 or as
// RFC 2822 says; without a zone it is local time), or nothing.
std::optional<Instant> instant_of(const std::string& text);

// Returns the instant as a moment of the calendar.
Moment moment_of(const Instant& instant);

// Waits before try number `attempt` (from 1): longer each time, and not equally long for everybody.
void pause_before(std::size_t attempt);

}  // namespace paperclub::cli
