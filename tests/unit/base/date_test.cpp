#include "lib/base/date.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

}  // namespace

TEST_CASE("a day is written as YYYY-MM-DD") {
  const auto date = parse_date("2024-02-16");
  REQUIRE(date);
  CHECK(date->year == 2024);
  CHECK(date->month == 2);
  CHECK(date->day == 16);
  CHECK(format_date(*date) == "2024-02-16");
  CHECK(format_date(Date{1000, 1, 9}) == "1000-01-09");
}

TEST_CASE("the 29th of February is a day of leap years only") {
  CHECK(parse_date("2024-02-29"));
  CHECK(parse_date("2000-02-29"));
  CHECK(parse_date("1600-02-29"));
  CHECK_FALSE(parse_date("2023-02-29"));
  CHECK_FALSE(parse_date("1900-02-29"));
  CHECK_FALSE(parse_date("2100-02-29"));
  CHECK_FALSE(parse_date("2024-02-30"));
}

TEST_CASE("a day that is not in the calendar is no date") {
  for (const char* text : {"2024-00-01", "2024-13-01", "2024-01-00", "2024-01-32", "2024-04-31",
                           "2024-06-31", "2024-09-31", "2024-11-31", "0999-12-31", "0000-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("a day written otherwise is no date") {
  for (const char* text : {"",
                           "2024",
                           "2024-02",
                           "2024-2-16",
                           "24-02-16",
                           "2024-02-1",
                           "2024-02-161",
                           "2024/02/16",
                           "2024.02.16",
                           "20240216",
                           "2024-02-16 ",
                           " 2024-02-16",
                           "2024-02-16T",
                           "-024-02-16",
                           "+024-02-16",
                           "2024--2-16",
                           "2024-02--1",
                           "2024-+2-16",
                           "2O24-02-16",
                           "2024-W07-5",
                           "10000-1-01",
                           "٢٠٢٤-٠٢-١٦",
                           "2024–02–16"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
  CHECK_FALSE(parse_date(std::string_view("2024-02-1\0", 10)));
}

TEST_CASE("of a publication's date the year, the month or the day may be known") {
  CHECK(parse_partial_date("2017") == PartialDate{2017, 0, 0});
  CHECK(parse_partial_date("2017-06") == PartialDate{2017, 6, 0});
  CHECK(parse_partial_date("2017-06-12") == PartialDate{2017, 6, 12});
  for (const char* text : {"2017", "2017-06", "2017-06-12", "1000", "9999-12"}) {
    CHECK(format_date(*parse_partial_date(text)) == text);
  }
}

TEST_CASE("a publication's date that is not in the calendar is none") {
  for (const char* text :
       {"",        "17",         "201",    "0999",    "20170",    "2017-",      "2017-0",
        "2017-00", "2017-13",    "2017-6", "2017/06", "2017-06-", "2017-06-00", "2017-06-31",
        "2017-1a", "2017-02-29", " 2017",  "2017 ",   "-201",     "c. 2017",    "2017-06-12x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_partial_date(text));
  }
}

TEST_CASE("dates sort as the calendar does") {
  CHECK(*parse_date("2023-12-31") < *parse_date("2024-01-01"));
  CHECK(*parse_date("2024-01-31") < *parse_date("2024-02-01"));
  CHECK(*parse_partial_date("2017") < *parse_partial_date("2017-01"));
  CHECK(*parse_partial_date("2017-01") < *parse_partial_date("2017-01-01"));
  CHECK(*parse_partial_date("2017-12-31") < *parse_partial_date("2018"));
}

TEST_CASE("days are counted from 1970-01-01") {
  CHECK(days_since_epoch({1970, 1, 1}) == 0);
  CHECK(days_since_epoch({1969, 12, 31}) == -1);
  CHECK(days_since_epoch({2000, 3, 1}) == 11017);
  CHECK(days_since_epoch({2024, 2, 16}) == 19769);
  CHECK(date_from_days(0) == Date{1970, 1, 1});
  CHECK(date_from_days(19769) == Date{2024, 2, 16});
}

TEST_CASE("every day from 1000 to 9999 survives text and day number") {
  long long days = days_since_epoch({1000, 1, 1});
  int wrong = 0;
  for (int year = 1000; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in(year, month); ++day, ++days) {
        const Date date{year, month, day};
        const bool right = days_since_epoch(date) == days && date_from_days(days) == date &&
                           parse_date(format_date(date)) == date;
        if (!right && ++wrong < 10) FAIL_CHECK(format_date(date));
      }
    }
  }
  CHECK(wrong == 0);
  CHECK(days == days_since_epoch({9999, 12, 31}) + 1);
}

TEST_CASE("a day past the end of its month is refused in every month of every year") {
  int wrong = 0;
  for (int year = 1000; year <= 9999; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const int past = days_in(year, month) + 1;
      if (parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, past))) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("a text that is read as a date is that date's own form") {
  tests::Random random(3);
  int accepted = 0;
  for (int round = 0; round < 200000; ++round) {
    const std::string text = fmt::format("{}{}-{}-{}", 1 + random.below(2), random.text("0129", 3),
                                         random.text("0123", 3), random.text("0123-", 3));
    const auto date = parse_date(text);
    const auto partial = parse_partial_date(text);
    accepted += date ? 1 : 0;
    const bool right = (!date || format_date(*date) == text) &&
                       (!partial || format_date(*partial) == text) && (!date || partial);
    if (!right) {
      CAPTURE(text);
      FAIL_CHECK("reads as another date");
    }
  }
  CHECK(accepted > 100);
}
