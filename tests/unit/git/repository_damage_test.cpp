// Damage that is not in a loose object's bytes: what is missing, and references that lie.
#include <sys/stat.h>

#include <filesystem>

#include "lib/base/error.hpp"
#include "lib/git/repository.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::ObjectId;
using tests::GitFolder;

namespace {

bool is_damage(const std::string& outcome) { return outcome.starts_with("damaged: "); }

// How resolving `revision` and reading all that it holds ends.
std::string reading(const GitFolder& folder, const std::string& revision) {
  return tests::bounded_outcome([&] {
    const git::Repository repository = folder.open();
    tests::read_everything(repository, repository.resolve_commit(revision));
  });
}

}  // namespace

TEST_CASE("an object that is missing is damage, with the remedy") {
  const GitFolder folder;
  folder.write("papers/a", "x");
  folder.commit();
  for (const ObjectId& id :
       {folder.id("HEAD:papers/a"), folder.id("HEAD:papers"), folder.id("HEAD^{tree}")}) {
    const std::string bytes = folder.read(folder.object_path(id));
    std::filesystem::remove(folder / folder.object_path(id));
    CAPTURE(id.hex());
    const std::string said = reading(folder, "HEAD");
    CHECK(is_damage(said));
    CHECK(said.find(id.hex()) != std::string::npos);
    folder.put_object(id, bytes);
  }
  CHECK(reading(folder, "HEAD") == "ok");
  try {
    folder.open().read_blob(*ObjectId::parse(std::string(40, '1')), 10);
    FAIL("read");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
    REQUIRE(error.hints().size() == 1);
    CHECK(error.hints()[0].find("git fsck") != std::string::npos);
  }
  CHECK(is_damage(
      tests::outcome([&] { folder.open().tree_of(*ObjectId::parse(std::string(40, '1'))); })));
}

TEST_CASE("a branch whose commit is missing is damage, not a wrong name") {
  const GitFolder folder;
  const ObjectId first = folder.commit();
  folder.write("a", "x");
  const ObjectId second = folder.commit();
  const std::string bytes = folder.read(folder.object_path(second));
  std::filesystem::remove(folder / folder.object_path(second));
  CHECK(is_damage(reading(folder, "HEAD")));
  CHECK(is_damage(reading(folder, "main")));
  folder.put_object(second, bytes);
  std::filesystem::remove(folder / folder.object_path(first));
  CHECK(reading(folder, "HEAD") == "ok");
  CHECK(is_damage(reading(folder, "HEAD~1")));
}

TEST_CASE("a tag whose object is missing is damage, not a wrong name") {
  const GitFolder folder;
  folder.commit();
  folder.git("tag -a -m words v1");
  std::filesystem::remove(folder / folder.object_path(folder.id("v1")));
  CHECK(is_damage(reading(folder, "v1")));
}

TEST_CASE("a branch that names no object is a failure, never another commit") {
  const GitFolder folder;
  folder.commit();
  for (const std::string& text :
       {std::string(), std::string("garbage"), std::string(39, '0'),
        std::string("ref: refs/heads/main"), std::string("ref: ../../HEAD"),
        std::string(100000, 'x'), std::string("\0\0\0", 3)}) {
    CAPTURE(text.substr(0, 50));
    folder.write(".git/refs/heads/main", text);
    const std::string said = reading(folder, "HEAD");
    CAPTURE(said);
    CHECK((is_damage(said) || said.starts_with("repository: ") || said.starts_with("usage: ")));
  }
}

TEST_CASE("packed references that are garbage are a failure") {
  const GitFolder folder;
  folder.commit();
  folder.git("pack-refs --all");
  const std::string whole = folder.read(".git/packed-refs");
  for (const std::string& text :
       {std::string("garbage\n"), whole.substr(0, whole.size() / 2), std::string(100000, '\0')}) {
    folder.write(".git/packed-refs", text);
    const std::string said = reading(folder, "main");
    CAPTURE(said);
    CHECK(said != "ok");
    CHECK(said != "too slow");
    CHECK_FALSE(said.starts_with("signal"));
  }
}

TEST_CASE("a tree that says a file is a folder is damage") {
  const GitFolder folder;
  folder.write("a", "x");
  folder.commit();
  const std::string blob = folder.id("HEAD:a").hex();
  std::string bytes = std::string("40000 a") + '\0';
  for (std::size_t i = 0; i < blob.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(blob.substr(i, 2), nullptr, 16));
  }
  folder.write("bytes", bytes);
  const auto lie = ObjectId::parse(folder.git("hash-object -w --literally -t tree bytes"));
  REQUIRE(lie);
  CHECK(folder.open().list_tree(*lie).at(0).kind == git::EntryKind::folder);
  CHECK(is_damage(tests::outcome([&] { folder.open().find_entry(*lie, "a/b"); })));
}

TEST_CASE("a tree or commit that is no tree or commit inside is damage") {
  const GitFolder folder;
  folder.commit();
  for (const std::string& bytes :
       {std::string("garbage"), std::string("100644"), std::string("100644 a"),
        std::string("100644 a\0xyz", 12), std::string("\0", 1),
        std::string(" a\0aaaaaaaaaaaaaaaaaaaa", 23), std::string(1000, '\n')}) {
    folder.write("bytes", bytes);
    CAPTURE(bytes);
    const auto tree = ObjectId::parse(folder.git("hash-object -w --literally -t tree bytes"));
    CHECK(is_damage(tests::bounded_outcome([&] { folder.open().list_tree(*tree); })));
    const auto commit = ObjectId::parse(folder.git("hash-object -w --literally -t commit bytes"));
    CHECK(is_damage(tests::bounded_outcome([&] { folder.open().tree_of(*commit); })));
  }
}

TEST_CASE("a commit may lack what only people read") {
  const GitFolder folder;
  folder.write("a", "x");
  folder.commit();
  folder.write("bytes", "tree " + folder.id("HEAD^{tree}").hex() +
                            "\nauthor \xff <> 0 +0000\ncommitter x <y> 99999999999 +9999\n\n\xff");
  const auto commit = ObjectId::parse(folder.git("hash-object -w --literally -t commit bytes"));
  CHECK(folder.open().tree_of(*commit) == folder.id("HEAD^{tree}"));
}
