#include "cli/dates.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/time_zone.hpp"
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

DayUse day_use(const std::string& text, bool no_meeting) {
  if (no_meeting) return DayUse::no_meeting;
  return text.find('T') == std::string::npos ? DayUse::meeting : DayUse::meeting_at_its_time;
}

void refuse_taken_day(const club::Snapshot& snapshot, const SessionDate& date, DayUse use,
                      const club::SessionRecord* but) {
  const std::string& zone = snapshot.settings.timezone;
  const Date day = os::day_in_zone(date, zone);
  for (const club::SessionRecord& session : snapshot.sessions) {
    const record::Session& what = session.session;
    if (&session == but || !what.date || !what.cancelled.empty()) continue;
    if (os::day_in_zone(*what.date, zone) != day) continue;
    const std::string& id = session.id.str();
    if (what.no_meeting) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("the club does not meet on {} ({})", format_date(day), id)}
          .hint("choose another day; see 'paperclub session list'");
    }
    if (use == DayUse::meeting_at_its_time) continue;
    Error error{ErrorKind::unacceptable,
                fmt::format("session {} is on {} already", id, format_date(day))};
    if (use == DayUse::no_meeting)
      throw error.hint(fmt::format("cancel it with 'paperclub session cancel {} --why …'", id));
    throw error.hint(fmt::format("put the paper into it: paperclub schedule ID --session {}", id))
        .hint("or give a second meeting its own time, such as 2030-01-31T18:00Z");
  }
}

}  // namespace paperclub::cli
