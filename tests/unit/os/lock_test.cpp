#include "lib/os/lock.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

using namespace paperclub;

TEST_CASE("a lock is held by one at a time and given back at the end") {
  const tests::TempFolder folder;
  {
    const auto lock = os::FileLock::try_take(folder / "lock");
    CHECK(lock);
    CHECK_FALSE(os::FileLock::try_take(folder / "lock"));
    CHECK(os::FileLock::try_take(folder / "other"));
  }
  CHECK(os::FileLock::try_take(folder / "lock"));
}

TEST_CASE("a lock that a killed process held is free") {
  const tests::TempFolder folder;
  tests::shell("flock " + folder / "lock" + " sh -c 'kill -9 $$' 2>/dev/null || true");
  CHECK(os::FileLock::try_take(folder / "lock"));
}

TEST_CASE("a lock where no file can be made is a failure") {
  const tests::TempFolder folder;
  CHECK_THROWS_AS(os::FileLock::try_take(folder / "none/lock"), Error);
  tests::shell("ln -s nowhere " + folder / "link");
  CHECK_THROWS_AS(os::FileLock::try_take(folder / "link"), Error);
}

TEST_CASE("a lock of git's kind is there as long as its file is") {
  const tests::TempFolder folder;
  {
    auto lock = os::LockFile::try_make(folder / "a.lock");
    REQUIRE(lock);
    CHECK_FALSE(os::LockFile::try_make(folder / "a.lock"));
    const os::LockFile moved = std::move(*lock);
    lock.reset();
    CHECK_FALSE(os::LockFile::try_make(folder / "a.lock"));
  }
  CHECK(os::LockFile::try_make(folder / "a.lock"));
  CHECK_THROWS_AS(os::LockFile::try_make(folder / "none/a.lock"), Error);
}
