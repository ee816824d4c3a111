// The functions of lib/os/file.hpp that are about places.
#include <filesystem>

#include "lib/os/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

using namespace paperclub;

TEST_CASE("a path is resolved to the absolute one without links") {
  const tests::TempFolder folder;
  folder.write("real/a", "x");
  tests::shell("ln -s real " + folder / "link");
  CHECK(os::resolve_path(folder / "link/a") == folder / "real/a");
  CHECK(os::resolve_path(folder / "real/../real/./a") == folder / "real/a");
  CHECK(os::resolve_path(folder / "real/") == folder / "real");
  CHECK(os::resolve_path("/") == "/");
  CHECK(os::resolve_path(".") == std::filesystem::current_path().string());
}

TEST_CASE("a path that leads nowhere is not resolved") {
  const tests::TempFolder folder;
  tests::shell("cd " + folder.path() + " && ln -s nowhere dangling && ln -s loop loop");
  CHECK_FALSE(os::resolve_path(folder / "nothing"));
  CHECK_FALSE(os::resolve_path(folder / "dangling"));
  CHECK_FALSE(os::resolve_path(folder / "loop"));
  CHECK_FALSE(os::resolve_path(""));
}

TEST_CASE("the nearest folder at or above that holds a name is found") {
  const tests::TempFolder folder;
  folder.write("club.yaml", "outer");
  folder.write("inner/club.yaml", "inner");
  folder.write("inner/a/b/file", "x");
  CHECK(os::find_upwards(folder.path(), "club.yaml") == folder.path());
  CHECK(os::find_upwards(folder / "inner", "club.yaml") == folder / "inner");
  CHECK(os::find_upwards(folder / "inner/a/b", "club.yaml") == folder / "inner");
  CHECK(os::find_upwards(folder / "inner/a/b", "b") == folder / "inner/a");
}

TEST_CASE("a folder's name counts as well as a file's, and a dangling link too") {
  const tests::TempFolder folder;
  folder.write("a/b/c/x", "x");
  folder.write("a/marker/x", "x");
  CHECK(os::find_upwards(folder / "a/b/c", "marker") == folder / "a");
  tests::shell("ln -s nowhere " + folder / "a/b/marker");
  CHECK(os::find_upwards(folder / "a/b/c", "marker") == folder / "a/b");
}

TEST_CASE("the search upwards ends at the root") {
  const tests::TempFolder folder;
  CHECK_FALSE(os::find_upwards(folder.path(), "no-such-name.yaml"));
  CHECK_FALSE(os::find_upwards("/", "no-such-name.yaml"));
  CHECK(os::find_upwards("/", "dev") == "/");
  CHECK(os::find_upwards("/proc/self", "dev") == "/");
}
