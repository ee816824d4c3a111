#include "lib/base/date.hpp"

#include <fmt/format.h>

#include <chrono>

namespace paperclub {
namespace {

// Reads exactly `digits` decimal digits at `at`; -1 where they are not there.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, char c) {
  return at < text.size() && text[at] == c;
}

std::chrono::year_month_day to_chrono(const Date& date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

// Minutes of an offset (`Z`, `+08:00`), or nothing.
std::optional<int> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto minutes = parse_time_of_day(text.substr(1));
  if (!minutes) return std::nullopt;
  return text[0] == '-' ? -*minutes : *minutes;
}

// Drops `.123` in front of an offset; nothing where a point has no digit behind it.
std::optional<std::string_view> without_fraction(std::string_view text) {
  if (!has(text, 0, '.')) return text;
  std::size_t end = 1;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9')
    ++end;
  if (end == 1) return std::nullopt;
  return text.substr(end);
}

// A leap second may be written only where UTC has 23:59:60.
bool is_possible_second(const Moment& moment) {
  if (moment.second < 60) return moment.second >= 0;
  constexpr int kDay = 24 * 60;
  const int utc = (moment.hour * 60 + moment.minute - moment.offset_minutes + 2 * kDay) % kDay;
  return moment.second == 60 && utc == kDay - 1;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || !has(text, 4, '-') || !has(text, 7, '-')) return std::nullopt;
  const Date date{number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)};
  if (date.year < 1000 || date.month < 1 || date.day < 1) return std::nullopt;
  if (!to_chrono(date).ok()) return std::nullopt;
  return date;
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
  if (const auto date = parse_date(text)) return PartialDate{date->year, date->month, date->day};
  const int year = number_at(text, 0, 4);
  if (year < 1000) return std::nullopt;
  if (text.size() == 4) return PartialDate{year, 0, 0};
  const int month = number_at(text, 5, 2);
  if (text.size() != 7 || text[4] != '-' || month < 1 || month > 12) return std::nullopt;
  return PartialDate{year, month, 0};
}

std::optional<Moment> parse_moment(std::string_view text) {
  if (text.size() < 17 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return {};
  const auto date = parse_date(text.substr(0, 10));
  const auto time = parse_time_of_day(text.substr(11, 5));
  if (!date || !time) return std::nullopt;
  Moment moment{*date, *time / 60, *time % 60, 0, 0};
  std::optional<std::string_view> rest = text.substr(16);
  if (has(*rest, 0, ':')) {
    moment.second = number_at(*rest, 1, 2);
    if (moment.second < 0) return std::nullopt;
    rest = without_fraction(rest->substr(3));
  }
  const auto offset = rest ? parse_offset(*rest) : std::nullopt;
  if (!offset) return std::nullopt;
  moment.offset_minutes = *offset;
  if (!is_possible_second(moment)) return std::nullopt;
  return moment;
}

std::optional<int> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = number_at(text, 0, 2);
  const int minute = number_at(text, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

std::string format_date(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string format_date(const PartialDate& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return format_date(Date{date.year, date.month, date.day});
}

std::string format_moment(const Moment& moment) {
  const int ahead = moment.offset_minutes < 0 ? -moment.offset_minutes : moment.offset_minutes;
  const std::string offset =
      ahead == 0 ? "Z"
                 : fmt::format("{}{:02}:{:02}", moment.offset_minutes < 0 ? '-' : '+', ahead / 60,
                               ahead % 60);
  return fmt::format("{}T{:02}:{:02}:{:02}{}", format_date(moment.date), moment.hour, moment.minute,
                     moment.second, offset);
}

long long days_since_epoch(const Date& date) {
  return std::chrono::sys_days(to_chrono(date)).time_since_epoch().count();
}

Date date_from_days(long long days) {
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

long long seconds_since_epoch(const Moment& moment) {
  const long long minutes = moment.hour * 60LL + moment.minute - moment.offset_minutes;
  return days_since_epoch(moment.date) * 86400LL + minutes * 60 + moment.second;
}

}  // namespace paperclub
