#include "cli/dates.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/record/session.hpp"
#include "lib/timeline/schedule.hpp"

namespace paperclub::cli {

Date read_day(const std::string& flag, const std::string& text) {
  if (const auto day = parse_date(text)) return *day;
  throw Error{ErrorKind::usage, fmt::format("{} must be a date, not {}", flag, quote(text))}.hint(
      "write it as 2024-02-16");
}

std::optional<SessionDate> read_session_date(const record::ClubSettings& settings,
                                             const std::string& text) {
  if (text == "unknown") return std::nullopt;
  const auto date = record::parse_session_date(text);
  if (!date) {
    throw Error{ErrorKind::usage, fmt::format("--date must be a date, not {}", quote(text))}.hint(
        "write it as 2024-02-16, 2024-02-16T20:00+08:00 or unknown");
  }
  if (const auto* day = std::get_if<Date>(&*date)) return timeline::at_usual_time(settings, *day);
  return date;
}

}  // namespace paperclub::cli
