#include "cli/clock.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <optional>
#include <random>
#include <thread>

namespace paperclub::cli {
namespace {

std::optional<long long> parse_number(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `+0800` in minutes.
std::optional<int> parse_offset(std::string_view text) {
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = parse_number(text.substr(1, 2));
  const auto minutes = parse_number(text.substr(3, 2));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = static_cast<int>(*hours * 60 + *minutes);
  return text[0] == '-' ? -offset : offset;
}

Instant local_instant(std::time_t seconds) {
  std::tm local{};
  if (::localtime_r(&seconds, &local) == nullptr) return {seconds, 0};
  return {seconds, static_cast<int>(local.tm_gmtoff / 60)};
}

// The forms of dates in which git takes them in its environment, besides its own and ISO 8601 with
// a colon; in one without a zone the time is local.
std::optional<Instant> calendar_date(const std::string& text) {
  constexpr std::array<const char*, 7> kForms = {"%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S %z",
                                                 "%Y-%m-%dT%H:%M:%S%z",  "%Y-%m-%d %H:%M:%S",
                                                 "%Y-%m-%dT%H:%M:%S",    "%a, %d %b %Y %H:%M:%S %z",
                                                 "%d %b %Y %H:%M:%S %z"};
  for (const char* form : kForms) {
    std::tm parts{};
    parts.tm_isdst = -1;
    const char* end = ::strptime(text.c_str(), form, &parts);
    if (end == nullptr || *end != '\0') continue;
    const bool has_zone = std::string_view(form).ends_with("%z");
    const long offset = parts.tm_gmtoff;
    if (has_zone) return Instant{::timegm(&parts) - offset, static_cast<int>(offset / 60)};
    const std::time_t seconds = ::mktime(&parts);
    return Instant{seconds, static_cast<int>(parts.tm_gmtoff / 60)};
  }
  return std::nullopt;
}

std::optional<Instant> any_instant_of(const std::string& text) {
  if (const auto moment = parse_moment(text))
    return Instant{seconds_since_epoch(*moment), moment->offset_minutes};
  std::string_view rest = text;
  if (rest.starts_with('@')) rest.remove_prefix(1);
  const std::size_t blank = rest.find(' ');
  const auto seconds = parse_number(rest.substr(0, blank));
  if (seconds && blank == rest.npos) return local_instant(*seconds);
  const auto offset = parse_offset(rest.substr(std::min(blank + 1, rest.size())));
  if (seconds && offset) return Instant{*seconds, *offset};
  return calendar_date(text);
}

}  // namespace

Instant now(const Environment& environment) {
  if (const auto fixed = parse_number(environment.get("SOURCE_DATE_EPOCH")); fixed && *fixed >= 0)
    return {*fixed, 0};
  return local_instant(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
}

std::optional<Instant> instant_of(const std::string& text) {
  const auto instant = any_instant_of(text);
  // git takes neither dates before 1970 nor those of five digits.
  constexpr long long kYear10000 = 253'402'300'800;
  const bool good = instant && instant->seconds >= 0 && instant->seconds < kYear10000;
  return good ? instant : std::nullopt;
}

Moment moment_of(const Instant& instant) {
  const std::chrono::seconds local(instant.seconds + instant.offset_minutes * 60LL);
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const long long second = (local - days).count();
  return {date_from_days(days.count()), static_cast<int>(second / 3600),
          static_cast<int>(second / 60 % 60), static_cast<int>(second % 60),
          instant.offset_minutes};
}

void pause_before(std::size_t attempt) {
  constexpr std::size_t kLongest = 10;
  static std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> milliseconds(10, 60);
  const auto times = static_cast<int>(std::min(attempt, kLongest));
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds(random) * times));
}

}  // namespace paperclub::cli
