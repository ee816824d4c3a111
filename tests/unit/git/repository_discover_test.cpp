// Which repositories are found, and which are refused: lib/git/repository.hpp, discover.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "lib/base/error.hpp"
#include "lib/git/repository.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::Repository;
using tests::GitFolder;

namespace {

// The failure with which opening `folder` ends.
Error refusal(const std::string& folder) {
  try {
    Repository::discover(folder);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::usage, "nothing was refused"};
}

// One more line in the configuration of the person, while it lives.
class GlobalSetting {
 public:
  GlobalSetting(const std::string& key, const std::string& value)
      : before_(std::filesystem::exists(file_)) {
    tests::shell("git config --file " + file_ + " --add " + key + " " + value);
  }
  GlobalSetting(const GlobalSetting&) = delete;
  GlobalSetting& operator=(const GlobalSetting&) = delete;
  ~GlobalSetting() {
    if (!before_) std::filesystem::remove(file_);
  }

 private:
  std::string file_ = std::string(std::getenv("HOME")) + "/.gitconfig";
  bool before_;
};

bool hints_at(const Error& error, std::string_view words) {
  for (const std::string& hint : error.hints()) {
    if (hint.find(words) != hint.npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a repository is found from its working tree, a folder in it, and its git folder") {
  const GitFolder folder;
  folder.write("papers/bert/picture.png", "x");
  for (const std::string& start : {folder.path(), folder / "papers", folder / "papers/bert",
                                   folder / ".git", folder / ".git/objects"}) {
    CAPTURE(start);
    const auto repository = Repository::discover(start);
    REQUIRE(repository);
    CHECK(repository->working_folder() == folder.path());
    CHECK_FALSE(repository->is_bare());
    CHECK_FALSE(repository->is_shallow());
  }
}

TEST_CASE("where no repository is, none is found") {
  const tests::TempFolder folder;
  folder.write("sub/a", "x");
  CHECK_FALSE(Repository::discover(folder.path()));
  CHECK_FALSE(Repository::discover(folder / "sub"));
  CHECK_FALSE(Repository::discover(folder / "nothing"));
  CHECK_FALSE(Repository::discover("/"));
}

TEST_CASE("a bare repository is found and has no working tree") {
  const GitFolder folder("--bare");
  const auto repository = Repository::discover(folder.path());
  REQUIRE(repository);
  CHECK(repository->is_bare());
  CHECK(repository->working_folder() == "");
  CHECK(Repository::discover(folder / "refs")->is_bare());
}

TEST_CASE("a linked worktree is found as a place of its own, with the same history") {
  const GitFolder folder;
  folder.write("a", "x");
  const git::ObjectId commit = folder.commit();
  const tests::TempFolder elsewhere;
  folder.git("worktree add -q -b side " + elsewhere / "tree");
  tests::shell("cd " + elsewhere / "tree && echo y > a && git commit -qam side");
  const auto repository = Repository::discover(elsewhere / "tree");
  REQUIRE(repository);
  CHECK(repository->working_folder() == elsewhere / "tree");
  CHECK(repository->resolve_commit("HEAD") == folder.id("side"));
  CHECK(repository->resolve_commit("HEAD~1") == commit);
  CHECK(folder.open().resolve_commit("HEAD") == commit);
}

TEST_CASE("a repository within another is the one that is found from within it") {
  const GitFolder outer;
  tests::shell("git init -q -b main " + outer / "inner");
  std::filesystem::create_directories(outer / "inner/sub");
  CHECK(Repository::discover(outer / "inner/sub")->working_folder() == outer / "inner");
  CHECK(Repository::discover(outer.path())->working_folder() == outer.path());
}

TEST_CASE("the environment of git does not lead to another repository") {
  const GitFolder folder;
  const GitFolder other;
  const tests::TempFolder none;
  ::setenv("GIT_DIR", (other / ".git").c_str(), 1);
  ::setenv("GIT_WORK_TREE", other.path().c_str(), 1);
  const std::string found = Repository::discover(folder.path())->working_folder();
  const bool found_elsewhere = Repository::discover(none.path()).has_value();
  ::unsetenv("GIT_DIR");
  ::unsetenv("GIT_WORK_TREE");
  CHECK(found == folder.path());
  CHECK_FALSE(found_elsewhere);
}

TEST_CASE("a repository that belongs to another user is refused, with the remedy") {
  if (::geteuid() != 0) return;  // only root can give a folder away
  for (const char* options : {"", "--bare"}) {
    const GitFolder folder(options);
    tests::shell("chown -R 12345 " + folder.path());
    const Error error = refusal(folder.path());
    CHECK(error.kind() == ErrorKind::repository);
    CHECK(error.message().find("belongs to another user") != std::string::npos);
    CHECK(hints_at(error, "safe.directory"));
    CHECK(hints_at(error, folder.path()));
  }
}

TEST_CASE(
    "a repository of another user is opened where its folder is named as safe, and only there") {
  if (::geteuid() != 0) return;  // only root can give a folder away
  const GitFolder folder;
  tests::shell("chown -R 12345 " + folder.path());
  const GlobalSetting elsewhere("safe.directory", "/elsewhere");
  CHECK(refusal(folder.path()).message().find("belongs to another user") != std::string::npos);
  const GlobalSetting here("safe.directory", folder.path());
  CHECK(Repository::discover(folder.path()));
}

TEST_CASE("a repository with SHA-256 ids is refused, with the remedy") {
  const GitFolder folder("--object-format=sha256");
  const Error error = refusal(folder.path());
  CHECK(error.kind() == ErrorKind::repository);
  CHECK(hints_at(error, "SHA-256"));
}

TEST_CASE("a repository with an extension that is not known is refused, with the remedy") {
  for (const char* extension : {"frobnicate", "worktreeConfig", "refStorage", "partialClone"}) {
    const GitFolder folder;
    folder.git("config core.repositoryFormatVersion 1");
    folder.git(std::string("config extensions.") + extension + " true");
    const Error error = refusal(folder.path());
    CAPTURE(extension, error.message());
    CHECK(error.kind() == ErrorKind::repository);
    CHECK(hints_at(error, "extension"));
  }
}

TEST_CASE("a repository of a format to come is refused, with the remedy") {
  const GitFolder folder;
  folder.git("config core.repositoryFormatVersion 2");
  const Error error = refusal(folder.path());
  CHECK(error.kind() == ErrorKind::repository);
  CHECK(hints_at(error, "newer than this program"));
}

TEST_CASE("what only looks like a repository is refused or passed over, never opened") {
  const tests::TempFolder folder;
  folder.write("file/.git", "garbage");
  folder.write("away/.git", "gitdir: ../nowhere\n");
  folder.write("empty/.git/x", "");
  folder.write("half/.git/HEAD", "ref: refs/heads/main\n");
  for (const char* name : {"file", "away", "empty", "half"}) {
    CAPTURE(name);
    const std::string said = tests::outcome([&] {
      if (!Repository::discover(folder / name)) throw Error{ErrorKind::repository, "none"};
    });
    CHECK(said.starts_with("repository: "));
  }
}

TEST_CASE("a configuration that cannot be read is told") {
  const GitFolder folder;
  folder.write(".git/config", "[core\nnonsense");
  const Error error = refusal(folder.path());
  CHECK(error.kind() == ErrorKind::repository);
  CHECK(error.message().find(folder.path()) != std::string::npos);
  CHECK_FALSE(error.hints().empty());
}

TEST_CASE("a repository without its folder of objects is refused") {
  const GitFolder folder;
  folder.commit();
  std::filesystem::rename(folder / ".git/objects", folder / "objects");
  const std::string said = tests::bounded_outcome([&] {
    const auto repository = Repository::discover(folder.path());
    if (!repository) throw Error{ErrorKind::repository, "none"};
  });
  CHECK(said.starts_with("repository: "));
}
