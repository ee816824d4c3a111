#include "lib/git/index.hpp"

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;

namespace {

std::string staged_file(const tests::TempFolder& folder) {
  const std::string at = "git -C " + folder.path() + " ";
  tests::shell(at + "init --quiet --initial-branch=main");
  tests::shell("echo one >" + folder / "one.txt");
  tests::shell(at + "add one.txt");
  return at;
}

}  // namespace

TEST_CASE("while the index is held, git stages nothing, and nothing of it is lost") {
  const tests::TempFolder folder;
  const std::string at = staged_file(folder);
  tests::shell("echo two >" + folder / "two.txt");
  const auto repository = git::Repository::discover(folder.path());
  REQUIRE(repository);
  {
    auto index = git::Index::lock(*repository);
    REQUIRE(index);
    CHECK_FALSE(git::Index::lock(*repository));
    CHECK(tests::shell(at + "add two.txt 2>/dev/null || echo refused") == "refused\n");
    index->write();
  }
  CHECK(tests::shell(at + "add two.txt 2>&1 && " + at + "status --porcelain") ==
        "A  one.txt\nA  two.txt\n");
  CHECK(tests::shell("ls " + folder / ".git" + " | grep -c index") == "1\n");
}

TEST_CASE("an entry keeps its mode and its marks") {
  const tests::TempFolder folder;
  const std::string at = staged_file(folder);
  tests::shell(at + "update-index --chmod=+x one.txt && " + at +
               "update-index --assume-unchanged one.txt");
  const auto repository = git::Repository::discover(folder.path());
  auto index = git::Index::lock(*repository);
  REQUIRE(index);
  const auto blob = index->staged("one.txt");
  REQUIRE(blob);
  index->put("one.txt", *blob, {});
  index->write();
  CHECK(tests::shell(at + "ls-files -v -s") == "h 100755 " + blob->hex() + " 0\tone.txt\n");
}

TEST_CASE("a lock that somebody else holds stays theirs") {
  const tests::TempFolder folder;
  staged_file(folder);
  tests::shell("touch " + folder / ".git/index.lock");
  const auto repository = git::Repository::discover(folder.path());
  CHECK_FALSE(git::Index::lock(*repository));
  CHECK(tests::shell("ls " + folder / ".git/index.lock") == folder / ".git/index.lock" + "\n");
}
