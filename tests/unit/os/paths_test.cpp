// The functions of lib/os/file.hpp that are about places, and reading from a descriptor.
#include <fcntl.h>
#include <unistd.h>

#include <array>
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

TEST_CASE("a descriptor is read to its end, up to the limit") {
  const auto read_pipe = [](const std::string& bytes, std::size_t limit) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const os::Handle reader(ends[0]);
    os::Handle writer(ends[1]);
    REQUIRE(::write(writer.get(), bytes.data(), bytes.size()) ==
            static_cast<ssize_t>(bytes.size()));
    writer.close();
    return os::read_descriptor(reader.get(), limit);
  };
  CHECK(read_pipe("", 0).status == os::ReadStatus::ok);
  CHECK(read_pipe("abc", 3).bytes == "abc");
  CHECK(read_pipe("abc", 2).status == os::ReadStatus::too_large);
  CHECK(read_pipe("abc", 2).bytes.empty());
  CHECK(read_pipe(std::string(20000, 'x'), 20000).bytes == std::string(20000, 'x'));
  CHECK(read_pipe(std::string(20000, 'x'), 19999).status == os::ReadStatus::too_large);
}

TEST_CASE("an endless descriptor is read no further than the limit") {
  const os::Handle zero(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
  CHECK(os::read_descriptor(zero.get(), 100000).status == os::ReadStatus::too_large);
}

TEST_CASE("a descriptor that cannot be read is unreadable") {
  const os::Handle only_written(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  const os::ReadResult result = os::read_descriptor(only_written.get(), 10);
  CHECK(result.status == os::ReadStatus::unreadable);
  CHECK_FALSE(result.reason.empty());
}
