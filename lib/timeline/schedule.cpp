#include "lib/timeline/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "lib/os/time_zone.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::timeline {
namespace {

// How far ahead a free day is looked for.
constexpr int kMaxDays = 3 * 366;
constexpr int kLastYear = 9999;

constexpr std::array<std::string_view, 7> kWeekdays = {"thursday", "friday",  "saturday", "sunday",
                                                       "monday",   "tuesday", "wednesday"};

// 1970-01-01 was a Thursday.
bool is_weekday(const Date& day, std::string_view name) {
  const long long days = days_since_epoch(day) % 7;
  return kWeekdays[static_cast<std::size_t>(days < 0 ? days + 7 : days)] == name;
}

// The days on which something stands.
struct Taken {
  std::set<Date> all;
  std::set<Date> meetings;  // of sessions that take place
};

Taken taken_days(const club::Snapshot& snapshot) {
  Taken taken;
  for (const club::SessionRecord& session : snapshot.sessions) {
    if (!session.session.date) continue;
    const Date day = os::day_in_zone(*session.session.date, snapshot.settings.timezone);
    taken.all.insert(day);
    if (record::takes_place(session.session)) taken.meetings.insert(day);
  }
  return taken;
}

// Whether the rhythm leaves the day to a further meeting.
bool fits_rhythm(const std::string& every, const std::set<Date>& meetings, const Date& day) {
  return std::none_of(meetings.begin(), meetings.end(), [&](const Date& other) {
    if (every == "month") return other.year == day.year && other.month == day.month;
    const long long apart = days_since_epoch(day) - days_since_epoch(other);
    // A meeting that was moved by some days is still that of its week.
    const long long least = every == "two-weeks" ? 11 : 4;
    return apart > -least && apart < least;
  });
}

}  // namespace

record::TimelineNumber next_number(const club::Snapshot& snapshot) {
  long long highest = 0;
  for (const club::PaperRecord& paper : snapshot.papers) {
    if (paper.paper.number) highest = std::max(highest, paper.paper.number->value);
  }
  return {highest + 1};
}

SessionId next_session_id(const club::Snapshot& snapshot) {
  std::set<std::string> known;
  long long highest = 0;
  for (const club::TreeFile& file : snapshot.files) {
    const club::Place place = club::place_of(file.path);
    if (place.place != club::PlaceKind::record || place.kind != club::RecordKind::session) continue;
    known.insert(place.id);
    std::string_view digits = place.id;
    if (!digits.starts_with('s')) continue;
    digits.remove_prefix(1);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    highest = std::max(highest, yaml::integer_value(digits).value_or(0));
  }
  std::string id;
  do {
    id = fmt::format("s{:04}", ++highest);
  } while (known.contains(id));
  return *SessionId::parse(id);
}

SessionDate at_usual_time(const record::ClubSettings& settings, const Date& day) {
  const auto minutes =
      settings.schedule ? parse_time_of_day(settings.schedule->time) : std::nullopt;
  if (!minutes || settings.timezone.empty()) return day;
  const auto moment = os::at_local_time(day, *minutes, settings.timezone);
  return moment ? SessionDate(*moment) : SessionDate(day);
}

std::optional<SessionDate> next_slot(const club::Snapshot& snapshot, const Moment& now) {
  const auto& schedule = snapshot.settings.schedule;
  if (!schedule || schedule->weekday.empty()) return std::nullopt;
  const Taken taken = taken_days(snapshot);
  const long long first = days_since_epoch(now.date);
  for (long long days = first; days < first + kMaxDays; ++days) {
    const Date day = date_from_days(days);
    if (day.year > kLastYear) break;
    const bool skipped =
        std::find(schedule->skip.begin(), schedule->skip.end(), day) != schedule->skip.end();
    if (!is_weekday(day, schedule->weekday) || skipped || taken.all.contains(day)) continue;
    if (!fits_rhythm(schedule->every, taken.meetings, day)) continue;
    const SessionDate date = at_usual_time(snapshot.settings, day);
    if (!is_past(date, now, snapshot.settings.timezone)) return date;
  }
  return std::nullopt;
}

const club::SessionRecord* next_open_session(const club::Snapshot& snapshot, const Moment& now) {
  const std::string& zone = snapshot.settings.timezone;
  const auto slot = next_slot(snapshot, now);
  for (const club::SessionRecord* record : sessions_in_order(snapshot)) {
    const record::Session& session = record->session;
    if (!session.date || !record::takes_place(session) || !session.papers.empty()) continue;
    if (is_past(*session.date, now, zone)) continue;
    const bool slot_first =
        slot && os::day_in_zone(*slot, zone) < os::day_in_zone(*session.date, zone);
    return slot_first ? nullptr : record;
  }
  return nullptr;
}

bool is_past(const SessionDate& date, const Moment& now, const std::string& zone) {
  if (const auto* moment = std::get_if<Moment>(&date))
    return seconds_since_epoch(*moment) < seconds_since_epoch(now);
  return std::get<Date>(date) < os::day_in_zone(now, zone);
}

}  // namespace paperclub::timeline
