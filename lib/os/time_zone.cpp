#include "lib/os/time_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::os {
namespace {

const date::time_zone* locate(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;  // the library's word for a name that it does not know, and for having no zones
  }
}

// The zone, or null where no zone is called so.
const date::time_zone* find_zone(const std::string& name) {
  // Files beside the zones that mean another one on each machine.
  if (name == "localtime" || name == "posixrules") return nullptr;
  const date::time_zone* zone = locate(name);
  if (zone == nullptr && locate("Etc/UTC") == nullptr) {
    throw Error{ErrorKind::io, "the system has no time zones"}.hint("install tzdata");
  }
  return zone;
}

// What `zone` says of a moment or of a local time; its file is read when it is first asked.
template <typename Time>
auto info_of(const date::time_zone& zone, Time time) {
  try {
    return zone.get_info(time);
  } catch (const std::runtime_error& error) {
    throw Error{ErrorKind::io, fmt::format("cannot read the time zone {}: {}", quote(zone.name()),
                                           escape(error.what()))}
        .hint("see whether tzdata is installed whole");
  }
}

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The library ends where the zone files' tables do, in 2037: what follows there is a rule that it
// does not read.  Such rules go by month, week and weekday, so a later moment is looked up in the
// latest year within the tables that has the same calendar.
long long seconds_within_tables(const Moment& moment) {
  constexpr int kLastYear = 2036;
  const long long seconds = seconds_since_epoch(moment);
  if (moment.date.year <= kLastYear) return seconds;
  const auto weekday_of_year = [](int year) { return days_since_epoch({year, 1, 1}) % 7; };
  int year = kLastYear;
  while (is_leap_year(year) != is_leap_year(moment.date.year) ||
         weekday_of_year(year) != weekday_of_year(moment.date.year))
    --year;
  const long long days =
      days_since_epoch({moment.date.year, 1, 1}) - days_since_epoch({year, 1, 1});
  return seconds - days * 86400;
}

}  // namespace

bool is_time_zone(const std::string& name) { return find_zone(name) != nullptr; }

std::optional<Moment> in_time_zone(const Moment& moment, const std::string& name) {
  const date::time_zone* zone = find_zone(name);
  if (zone == nullptr) return std::nullopt;
  const date::sys_seconds looked_up{std::chrono::seconds(seconds_within_tables(moment))};
  // Local time before standard time differs by seconds, too; offsets are told in minutes.
  const auto ahead = std::chrono::floor<std::chrono::minutes>(info_of(*zone, looked_up).offset);
  const auto local = std::chrono::seconds(seconds_since_epoch(moment)) + ahead;
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const long long second = (local - days).count();
  return Moment{date_from_days(days.count()), static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60),
                static_cast<int>(ahead.count())};
}

Date day_in_zone(const SessionDate& date, const std::string& name) {
  if (const auto* day = std::get_if<Date>(&date)) return *day;
  const Moment& moment = std::get<Moment>(date);
  const auto local = name.empty() ? std::nullopt : in_time_zone(moment, name);
  return local ? local->date : moment.date;
}

std::optional<Moment> at_local_time(const Date& day, int minutes, const std::string& name) {
  const date::time_zone* zone = find_zone(name);
  if (zone == nullptr) return std::nullopt;
  const Moment shown{day, minutes / 60, minutes % 60, 0, 0};
  const date::local_seconds looked_up{std::chrono::seconds(seconds_within_tables(shown))};
  const auto ahead =
      std::chrono::floor<std::chrono::minutes>(info_of(*zone, looked_up).first.offset);
  Moment moment = shown;
  moment.offset_minutes = static_cast<int>(ahead.count());
  return in_time_zone(moment, name);
}

}  // namespace paperclub::os
