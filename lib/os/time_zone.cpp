#include "lib/os/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace paperclub::os {
namespace {

// The zone, or null: the library throws for names it does not know.
const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

bool is_time_zone(const std::string& name) { return find_zone(name) != nullptr; }

std::optional<Moment> in_time_zone(const Moment& moment, const std::string& name) {
  const date::time_zone* zone = find_zone(name);
  if (zone == nullptr) return std::nullopt;
  const date::sys_seconds when{std::chrono::seconds(seconds_since_epoch(moment))};
  const std::chrono::seconds ahead = zone->get_info(when).offset;
  const auto local = (when + ahead).time_since_epoch();
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const long long second = (local - days).count();
  return Moment{date_from_days(days.count()), static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60),
                static_cast<int>(ahead.count() / 60)};
}

}  // namespace paperclub::os
