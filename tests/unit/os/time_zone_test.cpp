#include "lib/os/time_zone.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

// `text`, a moment, in the zone; "" where the zone is unknown.
std::string in_zone(std::string_view text, const std::string& zone) {
  const auto moment = os::in_time_zone(*parse_moment(text), zone);
  return moment ? format_moment(*moment) : "";
}

}  // namespace

TEST_CASE("the zones of the world are known by name") {
  for (const char* name :
       {"Asia/Singapore", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
        "Australia/Lord_Howe", "UTC", "Etc/UTC", "America/Argentina/Buenos_Aires"}) {
    CAPTURE(name);
    CHECK(os::is_time_zone(name));
  }
}

TEST_CASE("what is no zone is not taken for one") {
  for (const char* name :
       {"", " ", "Asia", "Asia/", "Asia/Nowhere", "asia/singapore", "Asia/Singapore ",
        "/etc/passwd", "../../../etc/passwd", "Asia/../Asia/Singapore", "zone.tab", "zone1970.tab",
        "tzdata.zi", "leapseconds", "iso3166.tab", "posixrules.x", "+08:00", "\xff", "Local"}) {
    CAPTURE(name);
    CHECK_FALSE(os::is_time_zone(name));
    CHECK_FALSE(os::in_time_zone(*parse_moment("2024-02-16T12:00:00Z"), name));
  }
  CHECK_FALSE(os::is_time_zone(std::string(100000, 'a')));
  CHECK_FALSE(os::is_time_zone(std::string("UTC\0", 4)));
}

TEST_CASE("a moment is told in local time with the offset of the day") {
  CHECK(in_zone("2024-02-16T12:00:00Z", "Asia/Singapore") == "2024-02-16T20:00:00+08:00");
  CHECK(in_zone("2024-07-16T12:00:00Z", "Asia/Singapore") == "2024-07-16T20:00:00+08:00");
  CHECK(in_zone("2024-02-16T12:00:00Z", "Europe/Berlin") == "2024-02-16T13:00:00+01:00");
  CHECK(in_zone("2024-07-16T12:00:00Z", "Europe/Berlin") == "2024-07-16T14:00:00+02:00");
  CHECK(in_zone("2024-07-16T12:00:00Z", "Asia/Kolkata") == "2024-07-16T17:30:00+05:30");
  CHECK(in_zone("2024-07-16T12:00:00+08:00", "UTC") == "2024-07-16T04:00:00Z");
}

TEST_CASE("local time may be on another day") {
  CHECK(in_zone("2024-02-28T20:00:00Z", "Asia/Singapore") == "2024-02-29T04:00:00+08:00");
  CHECK(in_zone("2024-03-01T02:00:00Z", "America/New_York") == "2024-02-29T21:00:00-05:00");
  CHECK(in_zone("2023-12-31T23:30:00Z", "Europe/Berlin") == "2024-01-01T00:30:00+01:00");
}

TEST_CASE("the hour that summer time skips is never told, the one it repeats is told twice") {
  CHECK(in_zone("2024-03-31T00:59:59Z", "Europe/Berlin") == "2024-03-31T01:59:59+01:00");
  CHECK(in_zone("2024-03-31T01:00:00Z", "Europe/Berlin") == "2024-03-31T03:00:00+02:00");
  CHECK(in_zone("2024-10-27T00:30:00Z", "Europe/Berlin") == "2024-10-27T02:30:00+02:00");
  CHECK(in_zone("2024-10-27T01:30:00Z", "Europe/Berlin") == "2024-10-27T02:30:00+01:00");
}

TEST_CASE("summer time goes on in years to come") {
  CHECK(in_zone("2036-07-01T12:00:00Z", "Europe/Berlin") == "2036-07-01T14:00:00+02:00");
  CHECK(in_zone("2037-07-01T12:00:00Z", "Europe/Berlin") == "2037-07-01T14:00:00+02:00");
  CHECK(in_zone("2038-07-01T12:00:00Z", "Europe/Berlin") == "2038-07-01T14:00:00+02:00");
  CHECK(in_zone("2060-07-01T12:00:00Z", "Europe/Berlin") == "2060-07-01T14:00:00+02:00");
  CHECK(in_zone("2060-01-01T12:00:00Z", "Europe/Berlin") == "2060-01-01T13:00:00+01:00");
}

TEST_CASE("a moment in another zone is the same moment, as far as zones are written in minutes") {
  tests::Random random(1);
  const std::vector<std::string> zones = {"Asia/Singapore",   "Europe/Berlin",
                                          "America/New_York", "Australia/Lord_Howe",
                                          "Asia/Kolkata",     "UTC"};
  const auto number = [&random](std::size_t bound) {
    return static_cast<int>(random.below(bound));
  };
  for (int round = 0; round < 5000; ++round) {
    const Moment moment{date_from_days(number(24000)), number(24), number(60), number(60),
                        number(2879) - 1439};
    const auto there = os::in_time_zone(moment, random.pick(zones));
    REQUIRE(there);
    const bool right = seconds_since_epoch(*there) == seconds_since_epoch(moment) &&
                       parse_moment(format_moment(*there)) == *there;
    if (!right) {
      CAPTURE(format_moment(moment), format_moment(*there));
      FAIL_CHECK("another moment");
    }
  }
}

TEST_CASE("a moment from before standard time is still the same moment") {
  const Moment moment = *parse_moment("1850-06-01T12:00:00Z");
  const auto there = os::in_time_zone(moment, "Europe/Berlin");
  REQUIRE(there);
  CHECK(seconds_since_epoch(*there) == seconds_since_epoch(moment));
}
TEST_CASE("clocks of a zone show a time at the moment that is found") {
  const auto at = [](const Date& day, int minutes, const char* zone) {
    const auto moment = os::at_local_time(day, minutes, zone);
    return moment ? format_moment(*moment) : "";
  };
  CHECK(at({2024, 2, 15}, 20 * 60, "Asia/Singapore") == "2024-02-15T20:00:00+08:00");
  CHECK(at({2024, 7, 1}, 9 * 60 + 30, "America/New_York") == "2024-07-01T09:30:00-04:00");
  CHECK(at({2024, 1, 1}, 0, "Europe/London") == "2024-01-01T00:00:00Z");
  CHECK(at({2050, 7, 7}, 12 * 60, "Europe/Berlin") == "2050-07-07T12:00:00+02:00");
  CHECK(at({2024, 1, 1}, 0, "Nowhere/City").empty());
}

TEST_CASE("of a time shown twice it is the first, and one passed over is as much later") {
  const auto twice = os::at_local_time({2024, 10, 27}, 2 * 60 + 30, "Europe/Berlin");
  REQUIRE(twice);
  CHECK(format_moment(*twice) == "2024-10-27T02:30:00+02:00");
  const auto never = os::at_local_time({2024, 3, 31}, 2 * 60 + 30, "Europe/Berlin");
  REQUIRE(never);
  CHECK(format_moment(*never) == "2024-03-31T03:30:00+02:00");
}

TEST_CASE("a session's day is that of the zone, or as written where the zone says nothing") {
  const SessionDate late = *parse_moment("2024-02-15T20:00:00-08:00");
  CHECK(os::day_in_zone(late, "Asia/Singapore") == Date{2024, 2, 16});
  CHECK(os::day_in_zone(late, "") == Date{2024, 2, 15});
  CHECK(os::day_in_zone(late, "Nowhere/City") == Date{2024, 2, 15});
  CHECK(os::day_in_zone(Date{2024, 2, 15}, "Asia/Singapore") == Date{2024, 2, 15});
}
