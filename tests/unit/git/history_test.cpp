#include "lib/git/history.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

namespace paperclub::tests {
namespace {

using git::trailer;

}  // namespace

TEST_CASE("a trailer is told by its key, of several the last one, and only of the last paragraph") {
  const std::string message = "subject\n\nbody\n\nPaperclub-Action: add\nOther: x\n";
  CHECK(trailer(message, "Paperclub-Action") == "add");
  CHECK(trailer(message, "Other") == "x");
  CHECK_FALSE(trailer(message, "Action"));
  CHECK_FALSE(trailer("subject\n\nPaperclub-Action: add\n\nmore text\n", "Paperclub-Action"));
  CHECK_FALSE(trailer("Paperclub-Action: add\n", "Paperclub-Action"));
  CHECK(trailer("s\n\nA: 1\nA: 2\n", "A") == "2");
}

TEST_CASE("a commit says what it was made of") {
  const GitFolder folder;
  folder.write("a", "1\n");
  folder.git("add a");
  folder.git("commit --quiet --message 'first' --author 'Ada <ada@example.org>'");
  const git::Repository repository = folder.open();
  const git::CommitInfo commit = git::read_commit(repository, repository.resolve_commit("HEAD"));
  CHECK(commit.text.author.name == "Ada");
  CHECK(commit.text.author.email == "ada@example.org");
  CHECK(commit.text.message == "first\n");
  CHECK(commit.text.parents.empty());
  CHECK(commit.text.tree == repository.tree_of(commit.id));
}

TEST_CASE("two trees differ in the files that were added, changed and removed, and in no other") {
  const GitFolder folder;
  folder.write("same/a", "1\n");
  folder.write("b", "1\n");
  folder.write("deep/er/c", "1\n");
  folder.write("now-a-folder", "1\n");
  folder.git("add .");
  folder.git("commit --quiet --message one");
  folder.git("rm --quiet deep/er/c now-a-folder");
  folder.write("b", "2\n");
  folder.write("new/d", "1\n");
  folder.write("now-a-folder/e", "1\n");
  folder.git("add .");
  folder.git("commit --quiet --message two");
  const git::Repository repository = folder.open();
  const auto tree = [&](const char* revision) {
    return repository.tree_of(repository.resolve_commit(revision));
  };
  std::string told;
  for (const git::FileDifference& change :
       git::compare_trees(repository, tree("HEAD~1"), tree("HEAD")))
    told += (change.before ? (change.after ? "M " : "D ") : "A ") + change.path + "\n";
  CHECK(told == "M b\nD deep/er/c\nA new/d\nD now-a-folder\nA now-a-folder/e\n");
  CHECK(git::compare_trees(repository, tree("HEAD"), tree("HEAD")).empty());
  CHECK(git::compare_trees(repository, std::nullopt, tree("HEAD~1")).size() == 4);
}

TEST_CASE("a few trees that hold one another are not gone through without an end") {
  const GitFolder folder;
  folder.write("a", "1\n");
  folder.git("add a");
  folder.git("commit --quiet --message one");
  // A tree of `count` folders, all of which are the tree `inner`.
  const auto around = [&folder](const std::string& inner, char count) {
    std::string lines;
    for (char name = 'a'; name < 'a' + count; ++name)
      lines += fmt::format("040000 tree {}\t{}\n", inner, name);
    folder.write("lines", lines);
    return folder.git("mktree <" + folder.path() + "/lines").substr(0, 40);
  };
  const auto differ = [&folder](const std::string& tree) {
    return git::compare_trees(folder.open(), std::nullopt, git::ObjectId::parse(tree)).size();
  };
  const std::string one = folder.git("rev-parse HEAD^{tree}").substr(0, 40);
  std::string wide = one;
  for (int level = 0; level < 10; ++level)
    wide = around(wide, 12);
  CHECK_THROWS_AS(differ(wide), Error);
  std::string deep = one;
  for (std::size_t level = 0; level < git::kMaxDifferentDepth; ++level)
    deep = around(deep, 1);
  CHECK(differ(deep) == 1);
  CHECK_THROWS_AS(differ(around(deep, 1)), Error);
}

}  // namespace paperclub::tests
