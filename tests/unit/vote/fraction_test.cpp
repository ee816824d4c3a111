#include "lib/vote/fraction.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using vote::fraction;
using vote::parse_fraction;
using vote::text_of;

}  // namespace

TEST_CASE("a fraction is in lowest terms") {
  CHECK(fraction(2, 4) == fraction(1, 2));
  CHECK(fraction(6, 3) == 2);
  CHECK(fraction(0, 7) == 0);
  CHECK(fraction(5).get_den() == 1);
  CHECK(fraction(10, 4).get_num() == 5);
}

TEST_CASE("fractions are exact where floating point is not") {
  CHECK(fraction(1, 10) + fraction(2, 10) == fraction(3, 10));
  CHECK(fraction(1, 3) + fraction(1, 3) + fraction(1, 3) == 1);
  CHECK(fraction(1'000'000'007, 1'000'000'009) < fraction(1'000'000'009, 1'000'000'011));
}

TEST_CASE("a whole number is told without a slash, another one in lowest terms") {
  CHECK(text_of(fraction(84, 2)) == "42");
  CHECK(text_of(fraction(0)) == "0");
  CHECK(text_of(fraction(4, 6)) == "2/3");
  CHECK(text_of(fraction(1, 2) - fraction(2)) == "-3/2");
}

TEST_CASE("a fraction is read in digits, with or without a slash") {
  CHECK(parse_fraction("1/3") == fraction(1, 3));
  CHECK(parse_fraction("4/6") == fraction(2, 3));
  CHECK(parse_fraction("42") == fraction(42));
  CHECK(parse_fraction("0/5") == fraction(0));
  CHECK(parse_fraction("7/3") == fraction(7, 3));
}

TEST_CASE("digits are decimal, whatever they begin with") {
  CHECK(parse_fraction("010/08") == fraction(5, 4));
  CHECK(parse_fraction("0010") == fraction(10));
}

TEST_CASE("a fraction may be of any size") {
  const std::string big = "1" + std::string(60, '0');
  const auto value = parse_fraction(big + "1/" + big);
  REQUIRE(value.has_value());
  CHECK(*value > fraction(10));
  CHECK(text_of(*value) == big + "1/" + big);
}

TEST_CASE("what is no fraction is none") {
  for (const char* text :
       {"",    "/",    "1/",   "/3",   "1/0",  "0/0",   "1/00", "-1/3", "1/-3", "+1",
        "1.5", " 1/3", "1/3 ", "1 /3", "1//3", "1/2/3", "a/b",  "0x10", "1e3",  "½"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_fraction(text));
  }
  CHECK_FALSE(parse_fraction(std::string_view("1\0", 2)));
}

TEST_CASE("what is told of a fraction is read as the same") {
  for (unsigned long above = 0; above < 12; ++above) {
    for (unsigned long below = 1; below < 12; ++below)
      CHECK(parse_fraction(text_of(fraction(above, below))) == fraction(above, below));
  }
}

}  // namespace paperclub::tests
