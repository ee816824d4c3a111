#include "lib/git/library.hpp"

#include <git2.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // where later versions have git_error_clear
#endif

#include "tests/support/catch.hpp"

using namespace paperclub;

TEST_CASE("the library may be started more than once") {
  git::start_library();
  git::start_library();
  git_oid id{};
  CHECK(git_oid_fromstr(&id, "0123456789012345678901234567890123456789") == 0);
}

TEST_CASE("what the library said is told, escaped") {
  git::start_library();
  git_error_set_str(GIT_ERROR_ODB, "object \x1b[31m is bad");
  CHECK(git::last_message(-1) == "object \\x1b[31m is bad");
}

TEST_CASE("where the library said nothing, its code is told") {
  git::start_library();
  git_error_clear();
  CHECK(git::last_message(-7) == "libgit2 error -7");
}

TEST_CASE("an old message is not told of a call that went well") {
  git::start_library();
  git_error_set_str(GIT_ERROR_ODB, "old");
  CHECK(git::last_message(0).find("old") == std::string::npos);
  git_error_clear();
}

TEST_CASE("what is missing or corrupt is damage, and the remedy is named") {
  git::start_library();
  for (const int klass : {GIT_ERROR_ODB, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT, GIT_ERROR_TREE}) {
    CAPTURE(klass);
    git_error_set_str(klass, "words");
    const Error error = git::library_error(GIT_ERROR, "cannot read 'x'");
    CHECK(error.kind() == ErrorKind::damaged);
    CHECK(error.message() == "cannot read 'x': words");
    REQUIRE(error.hints().size() == 1);
    CHECK(error.hints()[0].find("git fsck") != std::string::npos);
  }
  git_error_set_str(GIT_ERROR_REFERENCE, "words");
  CHECK(git::library_error(GIT_ENOTFOUND, "x").kind() == ErrorKind::damaged);
}

TEST_CASE("what is neither missing nor corrupt is the repository's") {
  git::start_library();
  git_error_set_str(GIT_ERROR_CONFIG, "words");
  const Error error = git::library_error(GIT_ERROR, "cannot open");
  CHECK(error.kind() == ErrorKind::repository);
  CHECK(error.hints().empty());
  git_error_clear();
  CHECK(git::library_error(GIT_ERROR, "cannot open").kind() == ErrorKind::repository);
}

TEST_CASE("an owned value is freed once") {
  git::start_library();
  git_odb* raw = nullptr;
  REQUIRE(git_odb_new(&raw) == 0);
  git::OdbPtr owned(raw);
  const git::OdbPtr other = std::move(owned);
  CHECK(other.get() == raw);
  CHECK_FALSE(owned);  // NOLINT: that it is empty is the promise
}
