#include "lib/base/line_endings.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::tests {

TEST_CASE("line endings are given and taken, and no other return") {
  CHECK(without_returns("a\r\nb\r\n") == "a\nb\n");
  CHECK(without_returns("a\rb\r") == "a\rb\r");
  CHECK(with_returns("a\nb") == "a\r\nb");
  CHECK(with_returns("a\r\n\n") == "a\r\n\r\n");
}

TEST_CASE("a text has returns where each of its lines ends so") {
  CHECK(has_returns("a\r\nb\r\n"));
  CHECK(has_returns("a\r\nb"));
  CHECK_FALSE(has_returns("a\r\nb\n"));
  CHECK_FALSE(has_returns("a"));
  CHECK_FALSE(has_returns("\n"));
  CHECK(is_same_text("a\r\nb\n", "a\nb\n"));
  CHECK_FALSE(is_same_text("a\nb\n", "a\r\nb\r\n"));
  CHECK_FALSE(is_same_text("a\rb", "a\nb"));
}

}  // namespace paperclub::tests
