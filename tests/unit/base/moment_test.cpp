// Times of day and moments of lib/base/date.hpp.
#include <fmt/format.h>

#include "lib/base/date.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

TEST_CASE("a time of day is written as HH:MM") {
  CHECK(parse_time_of_day("00:00") == 0);
  CHECK(parse_time_of_day("09:05") == 545);
  CHECK(parse_time_of_day("23:59") == 1439);
  for (const char* text : {"", "9:05", "24:00", "20:60", "20.00", "2000", "20:0", "20:00 ",
                           " 20:00", "20:00:00", "-1:00", "2a:00", "20:0a", "8pm"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time_of_day(text));
  }
}

TEST_CASE("a moment keeps its local time and its offset") {
  const auto moment = parse_moment("2024-02-16T20:00:05+08:00");
  REQUIRE(moment);
  CHECK(*moment == Moment{{2024, 2, 16}, 20, 0, 5, 480});
  CHECK(format_moment(*moment) == "2024-02-16T20:00:05+08:00");
}

TEST_CASE("the examples of RFC 3339 are moments") {
  CHECK(parse_moment("1985-04-12T23:20:50.52Z") == Moment{{1985, 4, 12}, 23, 20, 50, 0});
  CHECK(parse_moment("1996-12-19T16:39:57-08:00") == Moment{{1996, 12, 19}, 16, 39, 57, -480});
  CHECK(parse_moment("1937-01-01T12:00:27.87+00:20") == Moment{{1937, 1, 1}, 12, 0, 27, 20});
}

TEST_CASE("the letters of a moment may be small and its T a blank") {
  const Moment expected{{2024, 2, 16}, 12, 0, 0, 0};
  CHECK(parse_moment("2024-02-16t12:00:00z") == expected);
  CHECK(parse_moment("2024-02-16 12:00:00Z") == expected);
  CHECK(parse_moment("2024-02-16T12:00Z") == expected);
  CHECK(parse_moment("2024-02-16 12:00+00:00") == expected);
  CHECK(parse_moment("2024-02-16T12:00:00-00:00") == expected);
  CHECK(parse_moment("2024-02-16T12:00:00.999999999999999999999Z") == expected);
}

TEST_CASE("a leap second is taken where UTC has one, and kept") {
  const auto greenwich = parse_moment("1990-12-31T23:59:60Z");
  const auto west = parse_moment("1990-12-31T15:59:60-08:00");
  REQUIRE(greenwich);
  REQUIRE(west);
  CHECK(greenwich->second == 60);
  CHECK(seconds_since_epoch(*greenwich) == seconds_since_epoch(*west));
  CHECK(format_moment(*west) == "1990-12-31T15:59:60-08:00");
  CHECK_FALSE(parse_moment("1990-12-31T23:59:61Z"));
  CHECK_FALSE(parse_moment("1990-12-31T23:58:60Z"));
  CHECK_FALSE(parse_moment("1990-12-31T23:59:60+01:00"));
}

TEST_CASE("a moment without an offset, or out of the clock's range, is none") {
  for (const char* text : {"",
                           "2024-02-16",
                           "2024-02-16T20:00",
                           "2024-02-16T20:00:00",
                           "2024-02-16T24:00:00Z",
                           "2024-02-16T20:60:00Z",
                           "2024-02-30T20:00:00Z",
                           "2024-02-16T20:00:00+24:00",
                           "2024-02-16T20:00:00+08:60",
                           "2024-02-16T20:00:00+0800",
                           "2024-02-16T20:00:00+08",
                           "2024-02-16T20:00:00 +08:00",
                           "2024-02-16T20:00:00.Z",
                           "2024-02-16T20:00:00,5Z",
                           "2024-02-16T20:00:5Z",
                           "2024-02-16T20:00:Z",
                           "2024-02-16T20Z",
                           "2024-02-16T2000Z",
                           "2024-02-16_20:00:00Z",
                           "2024-02-16T20:00:00ZZ",
                           "2024-02-16T20:00:00Z ",
                           " 2024-02-16T20:00:00Z",
                           "2024-02-16T20:00:00UTC",
                           "2024-02-16T20:00:00−08:00",
                           "2024-2-16T20:00:00Z",
                           "2024-02-16T-1:00:00Z",
                           "2024-02-16T20:00.5Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_moment(text));
  }
}

TEST_CASE("the offset of a moment may be almost a day") {
  CHECK(parse_moment("2024-02-16T20:00:00+23:59")->offset_minutes == 1439);
  CHECK(parse_moment("2024-02-16T20:00:00-23:59")->offset_minutes == -1439);
  CHECK(format_moment({{2024, 2, 16}, 20, 0, 0, -1439}) == "2024-02-16T20:00:00-23:59");
  CHECK(format_moment({{2024, 2, 16}, 20, 0, 0, -30}) == "2024-02-16T20:00:00-00:30");
  CHECK(format_moment({{2024, 2, 16}, 20, 0, 0, 0}) == "2024-02-16T20:00:00Z");
}

TEST_CASE("seconds are counted from the epoch whatever the offset") {
  const auto seconds = [](std::string_view text) {
    return seconds_since_epoch(*parse_moment(text));
  };
  CHECK(seconds("1970-01-01T00:00:00Z") == 0);
  CHECK(seconds("1970-01-01T01:00:00+01:00") == 0);
  CHECK(seconds("1969-12-31T23:59:59Z") == -1);
  CHECK(seconds("1985-04-12T23:20:50.52Z") == 482196050);
  CHECK(seconds("1996-12-19T16:39:57-08:00") == 851042397);
  CHECK(seconds("2024-02-16T20:00:00+08:00") == seconds("2024-02-16T12:00:00Z"));
  CHECK(seconds("2024-01-01T00:30:00+01:00") == seconds("2023-12-31T23:30:00Z"));
}

TEST_CASE("a moment survives its own text") {
  tests::Random random(4);
  const auto number = [&random](std::size_t bound) {
    return static_cast<int>(random.below(bound));
  };
  for (int round = 0; round < 20000; ++round) {
    const Moment moment{date_from_days(number(30000)), number(24), number(60), number(60),
                        number(2879) - 1439};
    if (parse_moment(format_moment(moment)) != moment) {
      CAPTURE(format_moment(moment));
      FAIL_CHECK("reads as another moment");
    }
  }
  SUCCEED();
}

TEST_CASE("any text gives a moment whose form reads as itself, or none") {
  tests::Random random(5);
  int accepted = 0;
  for (int round = 0; round < 200000; ++round) {
    const std::string text = fmt::format(
        "2024-0{}-1{}{}1{}:{}{}", 1 + random.below(9), random.below(10),
        random.pick<std::string>({"T", " ", "t", ""}), random.below(10), random.text("0135:.", 6),
        random.pick<std::string>({"Z", "+08:00", "-00:30", ""}));
    const auto moment = parse_moment(text);
    if (!moment) continue;
    ++accepted;
    if (parse_moment(format_moment(*moment)) != moment) {
      CAPTURE(text);
      FAIL_CHECK("reads as another moment");
    }
  }
  CHECK(accepted > 1000);
}
