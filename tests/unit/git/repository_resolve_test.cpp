// From a revision to a commit: lib/git/repository.hpp, resolve_commit.
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/repository.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::ObjectId;
using tests::GitFolder;

namespace {

// The failure with which resolving `revision` ends.
Error refusal(const GitFolder& folder, const std::string& revision) {
  try {
    folder.open().resolve_commit(revision);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::io, "it was resolved"};
}

}  // namespace

TEST_CASE("a commit is named by branch, tag, id and its place in history") {
  const GitFolder folder;
  folder.write("a", "1");
  const ObjectId first = folder.commit();
  folder.git("branch topic/one");
  folder.git("tag light");
  folder.git("tag -a -m words heavy");
  folder.git("tag -a -m words heavier heavy");
  folder.write("a", "2");
  const ObjectId second = folder.commit();
  const git::Repository repository = folder.open();
  for (const std::string& name :
       {std::string("HEAD"), std::string("main"), std::string("refs/heads/main"),
        std::string("heads/main"), std::string("@"), second.hex(), second.hex().substr(0, 7),
        second.hex().substr(0, 39), std::string("HEAD^0"), std::string("main~0"),
        std::string("HEAD^{commit}")}) {
    CAPTURE(name);
    CHECK(repository.resolve_commit(name) == second);
  }
  for (const std::string& name :
       {std::string("HEAD~1"), std::string("HEAD^"), std::string("main~"), std::string("topic/one"),
        std::string("light"), std::string("heavy"), std::string("heavier"),
        std::string("refs/tags/heavy"), std::string("heavy^{}"), first.hex(),
        folder.id("heavy").hex()}) {
    CAPTURE(name);
    CHECK(repository.resolve_commit(name) == first);
  }
}

TEST_CASE("of a merge each parent can be named") {
  const GitFolder folder;
  folder.write("a", "1");
  folder.commit();
  folder.git("checkout -q -b side");
  folder.write("b", "1");
  const ObjectId side = folder.commit();
  folder.git("checkout -q main");
  folder.write("c", "1");
  const ObjectId main = folder.commit();
  folder.git("merge -q -m merge side");
  const git::Repository repository = folder.open();
  CHECK(repository.resolve_commit("HEAD^1") == main);
  CHECK(repository.resolve_commit("HEAD^2") == side);
  CHECK(repository.resolve_commit("HEAD^2~1") == folder.id("HEAD~2"));
}

TEST_CASE("a detached HEAD is resolved") {
  const GitFolder folder;
  const ObjectId first = folder.commit();
  folder.write("a", "1");
  folder.commit();
  folder.git("checkout -q --detach HEAD~1");
  CHECK(folder.open().resolve_commit("HEAD") == first);
}

TEST_CASE("a name that nothing has is wrong usage, and is named") {
  const GitFolder folder;
  folder.commit();
  for (const char* name :
       {"nothing", "main2", "refs/heads/nothing", "HEAD~1", "HEAD^2", "main~1000000", "v1.0",
        "deadbeef", "0123456789012345678901234567890123456789", "main@{99}"}) {
    CAPTURE(name);
    const Error error = refusal(folder, name);
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.message() == "no revision " + quote(name) + " here");
    REQUIRE(error.hints().size() == 1);
    CHECK(error.hints()[0].find("'git branch --all'") != std::string::npos);
  }
}

TEST_CASE("a text that can be no revision is wrong usage") {
  const GitFolder folder;
  folder.write("a", "1");
  folder.commit();
  for (const std::string& name : {std::string(),
                                  std::string(" "),
                                  std::string("-x"),
                                  std::string("--all"),
                                  std::string("main..main"),
                                  std::string("^"),
                                  std::string("^main"),
                                  std::string("HEAD^{"),
                                  std::string("HEAD^{x}"),
                                  std::string("HEAD~x"),
                                  std::string("HEAD@{"),
                                  std::string("@{-1}"),
                                  std::string("@{u}"),
                                  std::string(":"),
                                  std::string(":/nothing"),
                                  std::string("HEAD:nothing"),
                                  std::string("../x"),
                                  std::string("a\nb"),
                                  std::string("\xff"),
                                  std::string("refs/heads/../../config"),
                                  std::string("HEAD\x1b[31m"),
                                  std::string(100000, 'a'),
                                  std::string(100000, '^'),
                                  std::string("HEAD~99999999999999999999")}) {
    CAPTURE(escape(name.substr(0, 100)));
    const Error error = refusal(folder, name);
    CAPTURE(error.message().substr(0, 200));
    CHECK(error.kind() == ErrorKind::usage);
    CHECK((escape(error.message()) == error.message()));
    CHECK(error.message().size() < 1000);
  }
}

TEST_CASE("a NUL ends no revision") {
  const GitFolder folder;
  folder.commit();
  CHECK(refusal(folder, std::string("HEAD\0x", 6)).kind() == ErrorKind::usage);
}

TEST_CASE("in a repository without a commit that is what the hint says") {
  const GitFolder folder;
  const Error error = refusal(folder, "HEAD");
  CHECK(error.kind() == ErrorKind::usage);
  REQUIRE(error.hints().size() == 1);
  CHECK(error.hints()[0] == "the repository has no commit yet");
}

TEST_CASE("what is no commit is wrong usage") {
  const GitFolder folder;
  folder.write("a/b", "1");
  folder.commit();
  folder.git("tag -a -m words blob HEAD:a/b");
  folder.git("tag tree HEAD:a");
  for (const std::string& name :
       {std::string("HEAD:a"), std::string("HEAD:a/b"), std::string("HEAD^{tree}"),
        std::string("blob"), std::string("tree"), folder.id("HEAD:a").hex()}) {
    CAPTURE(name);
    const Error error = refusal(folder, name);
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.message() == "revision " + quote(name) + " is not a commit");
  }
}

TEST_CASE("an abbreviated id of two objects is ambiguous, loose or packed") {
  const GitFolder folder;
  folder.write("a", "142");  // these two contents' ids begin alike
  folder.write("b", "784");
  folder.commit();
  const std::string prefix = "8324";
  REQUIRE(folder.id("HEAD:a").hex().substr(0, 4) == prefix);
  REQUIRE(folder.id("HEAD:b").hex().substr(0, 4) == prefix);
  const auto check = [&](const char* where) {
    CAPTURE(where);
    const Error error = refusal(folder, prefix);
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.message() == "revision '8324' is ambiguous");
    CHECK(refusal(folder, folder.id("HEAD:a").hex().substr(0, 12))
              .message()
              .find("is not a commit") != std::string::npos);
  };
  check("both loose");
  tests::shell("cd " + folder.path() +
               " && git rev-parse HEAD:a | git pack-objects -q .git/objects/pack/pack");
  folder.git("prune-packed -q");
  check("one loose, one packed");
  folder.git("repack -adq");
  check("both packed");
}

TEST_CASE("an abbreviated id is found, loose or packed, and one that is too short is not") {
  const GitFolder folder;
  const ObjectId commit = folder.commit();
  for (const char* where : {"loose", "packed"}) {
    CAPTURE(where);
    CHECK(folder.open().resolve_commit(commit.hex().substr(0, 10)) == commit);
    CHECK(refusal(folder, commit.hex().substr(0, 1)).kind() == ErrorKind::usage);
    CHECK(refusal(folder, commit.hex().substr(0, 3)).kind() == ErrorKind::usage);
    folder.git("repack -adq");
  }
}

TEST_CASE("a branch is found whether it is loose or packed") {
  const GitFolder folder;
  const ObjectId commit = folder.commit();
  folder.git("tag -a -m words v1");
  folder.git("pack-refs --all");
  CHECK(folder.open().resolve_commit("main") == commit);
  CHECK(folder.open().resolve_commit("v1") == commit);
}
