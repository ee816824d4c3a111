#include "lib/base/embedded.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/catch.hpp"

using namespace paperclub;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the schemas are built into the program") {
  for (const char* kind : {"ballot", "club", "member", "paper", "round", "session"}) {
    CAPTURE(kind);
    CHECK_FALSE(embedded_file(std::string(kind) + ".schema.json").empty());
  }
}

TEST_CASE("what is built in is the file below schema/, byte for byte") {
  REQUIRE(embedded_files().size() >= 6);
  for (const EmbeddedFile& file : embedded_files()) {
    CAPTURE(file.path);
    CHECK(file_text(std::string(PAPERCLUB_SOURCE_DIR "/schema/").append(file.path)) == file.text);
  }
}

TEST_CASE("the files built in are sorted by path, and each is there once") {
  const auto& files = embedded_files();
  const auto not_before = [](const EmbeddedFile& a, const EmbeddedFile& b) {
    return a.path >= b.path;
  };
  CHECK(std::adjacent_find(files.begin(), files.end(), not_before) == files.end());
}

TEST_CASE("a path that is not built in gives no text") {
  CHECK(embedded_file("").empty());
  CHECK(embedded_file("paper.schema").empty());
  CHECK(embedded_file("schema/paper.schema.json").empty());
  CHECK(embedded_file("../schema/paper.schema.json").empty());
}
