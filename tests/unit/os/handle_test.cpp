#include "lib/os/handle.hpp"

#include <fcntl.h>

#include <type_traits>

#include "tests/support/catch.hpp"

using paperclub::os::Handle;

namespace {

int open_something() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

}  // namespace

TEST_CASE("a handle closes its descriptor when it ends") {
  const int fd = open_something();
  {
    const Handle handle(fd);
    CHECK(handle);
    CHECK(handle.get() == fd);
    CHECK(is_open(fd));
  }
  CHECK_FALSE(is_open(fd));
}

TEST_CASE("a moved handle leaves none behind") {
  const int fd = open_something();
  Handle first(fd);
  Handle second(std::move(first));
  CHECK_FALSE(first);  // NOLINT: that it is empty is the promise
  CHECK(second.get() == fd);
  const int other = open_something();
  Handle third(other);
  third = std::move(second);
  CHECK_FALSE(is_open(other));
  CHECK(third.get() == fd);
  CHECK(is_open(fd));
}

TEST_CASE("a handle moved to itself keeps its descriptor") {
  Handle handle(open_something());
  Handle& same = handle;
  handle = std::move(same);
  CHECK(handle);
  CHECK(is_open(handle.get()));
}

TEST_CASE("a released descriptor stays open") {
  const int fd = open_something();
  {
    Handle handle(fd);
    CHECK(handle.release() == fd);
    CHECK_FALSE(handle);
  }
  CHECK(is_open(fd));
  CHECK(Handle(fd).close());
}

TEST_CASE("closing tells whether the system agreed, and closing nothing is well") {
  Handle none;
  CHECK_FALSE(none);
  CHECK(none.close());
  Handle handle(open_something());
  CHECK(handle.close());
  CHECK_FALSE(handle);
  CHECK(handle.close());
  const int fd = open_something();
  CHECK(Handle(fd).close());
  Handle stale(fd);
  CHECK_FALSE(stale.close());
}

TEST_CASE("a handle has one owner") {
  CHECK_FALSE(std::is_copy_constructible_v<Handle>);
  CHECK_FALSE(std::is_copy_assignable_v<Handle>);
  CHECK_FALSE(std::is_convertible_v<int, Handle>);
}
