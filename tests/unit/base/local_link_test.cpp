#include "lib/base/local_link.hpp"

#include "tests/support/catch.hpp"

using namespace paperclub;

TEST_CASE("a local link leads from the folder of its file, or from the top") {
  CHECK(local_path("bert/a.png", "papers") == "papers/bert/a.png");
  CHECK(local_path("./bert/./a.png?x#y", "papers") == "papers/bert/a.png");
  CHECK(local_path("../club.yaml", "papers") == "club.yaml");
  CHECK(local_path("/papers/bert.md", "papers/2024") == "papers/bert.md");
  CHECK(local_path("a%20b.png", "") == "a b.png");
  CHECK(local_path("bert/", "papers") == "papers/bert");
  CHECK(local_path("..", "papers") == "");
}

TEST_CASE("a local link that leads out of the top is told as that") {
  CHECK(local_path("../../a", "papers") == "..");
  CHECK(local_path("/../a", "papers") == "..");
}

TEST_CASE("what has a scheme or a host, or is a fragment alone, is no local link") {
  for (const char* link : {"", "#a", "?a", "https://example.org/a", "mailto:a@b", "//host/a"}) {
    CAPTURE(link);
    CHECK_FALSE(local_path(link, "papers"));
  }
}

TEST_CASE("each step of a local link knows where it is written") {
  const std::string link = "x/../%62ert/./a.png#b";
  const auto way = local_way(link, "papers");
  REQUIRE(way);
  REQUIRE(way->size() == 3);
  CHECK_FALSE(way->at(0).place);
  CHECK(way->at(1).name == "bert");
  REQUIRE(way->at(1).place);
  CHECK(link.substr(way->at(1).place->begin, 6) == "%62ert");
  CHECK(way->at(1).place->end == 11);
}
