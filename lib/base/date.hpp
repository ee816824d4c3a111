// Calendar dates as records write them.  Proleptic Gregorian, years 1000 to 9999; no clock and no
// time zone database is used here.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace paperclub {

// A day that exists in the calendar.
struct Date {
  int year = 0;
  int month = 0;  // 1 to 12
  int day = 0;    // 1 to 31

  auto operator<=>(const Date&) const = default;
};

// A year, a year and month, or a day: what is known of a publication's date.
struct PartialDate {
  int year = 0;
  int month = 0;  // 0: unknown
  int day = 0;    // 0: unknown

  auto operator<=>(const PartialDate&) const = default;
};

// A point in time as written: local date and time, and how far local time is ahead of UTC.
struct Moment {
  Date date;
  int hour = 0;
  int minute = 0;
  int second = 0;          // 60 is allowed only as RFC 3339 allows it, and kept
  int offset_minutes = 0;  // -1439 to 1439

  auto operator<=>(const Moment&) const = default;
};

// When a session is held: a day, or a moment.
using SessionDate = std::variant<Date, Moment>;

// Returns the day written as YYYY-MM-DD, or nothing where `text` is not one of the calendar.
std::optional<Date> parse_date(std::string_view text);
// Returns the date written as YYYY, YYYY-MM or YYYY-MM-DD, or nothing.
std::optional<PartialDate> parse_partial_date(std::string_view text);
// Returns the moment written as RFC 3339 says (`2024-02-16T20:00:00+08:00`; a blank for the T and
// missing seconds are taken too; fractions are dropped), or nothing.  An offset is required.
std::optional<Moment> parse_moment(std::string_view text);
// Returns the minutes since midnight of a time written as HH:MM, or nothing.
std::optional<int> parse_time_of_day(std::string_view text);

// Returns YYYY-MM-DD.
std::string format_date(const Date& date);
// Returns as much of YYYY-MM-DD as is known.
std::string format_date(const PartialDate& date);
// Returns RFC 3339 with seconds; `Z` where the offset is 0.
std::string format_moment(const Moment& moment);

// Returns seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
long long seconds_since_epoch(const Moment& moment);
// Returns days since 1970-01-01.
long long days_since_epoch(const Date& date);
// Returns the day that is `days` after 1970-01-01.
Date date_from_days(long long days);

}  // namespace paperclub
