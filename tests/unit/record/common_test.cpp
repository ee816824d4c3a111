#include "lib/record/common.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

TEST_CASE("links are read in their order, with what is there of each") {
  const yaml::Document document = tests::read(
      "links:\n  - title: Notes\n    url: https://example.org/\n  - {url: a.pdf}\n  - {title: "
      "x}\n");
  const Fields fields(document.root());
  CHECK(links_from(fields, "links") ==
        std::vector<Link>{{"Notes", "https://example.org/"}, {"", "a.pdf"}, {"x", ""}});
  CHECK(links_from(fields, "slides").empty());
}

TEST_CASE("links are written as mappings, without a title where there is none") {
  const std::vector<Link> links = {{"Notes", "https://example.org/?a=b"}, {"", "a.pdf"}};
  CHECK(yaml::emit({{"links", to_yaml(links)}}) ==
        "links:\n  - title: Notes\n    url: https://example.org/?a=b\n  - url: a.pdf\n");
}

}  // namespace
}  // namespace paperclub::record
