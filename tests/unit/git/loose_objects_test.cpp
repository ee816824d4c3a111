#include "lib/git/loose_objects.hpp"

#include <git2.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using tests::GitFolder;

namespace {

constexpr std::size_t kLimit = 1000000;

// A repository with one commit of one file, all of it in loose objects.
struct Small {
  Small() {
    folder.write("papers/bert.yaml", "title: BERT\n");
    commit = folder.commit();
    tree = folder.id("HEAD^{tree}");
    blob = folder.id("HEAD:papers/bert.yaml");
  }
  // How reading the blob ends when its file holds `bytes`.
  std::string read_blob_from(std::string_view bytes) const {
    folder.put_object(blob, bytes);
    return tests::bounded_outcome([this] { folder.open().read_blob(blob, kLimit); });
  }

  GitFolder folder;
  git::ObjectId commit = *git::ObjectId::parse(std::string(40, '0'));
  git::ObjectId tree = commit;
  git::ObjectId blob = commit;
};

bool is_damage(const std::string& outcome) { return outcome.starts_with("damaged: "); }

std::string object_bytes(std::string_view header, std::string_view content) {
  return tests::deflated(std::string(header).append(1, '\0').append(content));
}

}  // namespace

TEST_CASE("loose objects of every size around the header's room are read whole") {
  const GitFolder folder;
  for (std::size_t size = 0; size < 150; ++size)
    folder.write(std::to_string(size), std::string(size, 'x'));
  folder.write("large", std::string(300000, 'y'));
  folder.write("zeros", std::string(1000, '\0'));
  const git::ObjectId tree = folder.open().tree_of(folder.commit());
  const git::Repository repository = folder.open();
  for (const git::TreeEntry& entry : repository.list_tree(tree)) {
    if (repository.read_blob(entry.id, kLimit) != folder.read(entry.name)) FAIL_CHECK(entry.name);
  }
  CHECK(repository.list_tree(tree).size() == 152);
}

TEST_CASE("a truncated loose object ends with a failure, wherever it was cut") {
  const Small small;
  for (const git::ObjectId& id : {small.blob, small.tree, small.commit}) {
    const std::string whole = small.folder.read(small.folder.object_path(id));
    for (std::size_t size = 0; size < whole.size(); size += size < 8 ? 1 : 7) {
      CAPTURE(id.hex(), size);
      small.folder.put_object(id, whole.substr(0, size));
      CHECK(is_damage(tests::bounded_outcome(
          [&small] { tests::read_everything(small.folder.open(), small.commit); })));
    }
    small.folder.put_object(id, whole.substr(0, whole.size() - 1));
    CHECK(is_damage(tests::bounded_outcome(
        [&small] { tests::read_everything(small.folder.open(), small.commit); })));
    small.folder.put_object(id, whole);
  }
  CHECK(tests::outcome([&small] { tests::read_everything(small.folder.open(), small.commit); }) ==
        "ok");
}

TEST_CASE("a loose object with a changed bit is never taken for the one it was") {
  const Small small;
  const std::string content = tests::read_everything(small.folder.open(), small.commit);
  const std::string said = tests::bounded_outcome([&] {
    for (const git::ObjectId& id : {small.blob, small.tree, small.commit}) {
      const std::string whole = small.folder.read(small.folder.object_path(id));
      for (std::size_t bit = 0; bit < 8 * whole.size(); bit += 3) {
        std::string changed = whole;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        small.folder.put_object(id, changed);
        std::string got = content;
        const std::string end = tests::outcome(
            [&] { got = tests::read_everything(small.folder.open(), small.commit); });
        if (end == "ok" ? got != content : !is_damage(end))
          throw std::runtime_error(end + ": " + got);
      }
      small.folder.put_object(id, whole);
    }
  });
  CHECK(said == "ok");
}

TEST_CASE("an object of another content than its name says is damage") {
  const Small small;
  CHECK(is_damage(small.read_blob_from(object_bytes("blob 4", "evil"))));
}

TEST_CASE("a loose object of another kind than it should be is damage") {
  const Small small;
  CHECK(is_damage(small.read_blob_from(object_bytes("tree 0", ""))));
  CHECK(is_damage(tests::outcome([&] { small.folder.open().read_blob(small.commit, kLimit); })));
  CHECK(is_damage(tests::outcome([&] { small.folder.open().list_tree(small.commit); })));
  CHECK(is_damage(tests::outcome([&] { small.folder.open().tree_of(small.tree); })));
}

TEST_CASE("garbage in the place of a loose object is damage") {
  const Small small;
  const std::string blob = "title: BERT\n";
  for (const std::string& bytes : {std::string(),
                                   std::string("x"),
                                   std::string(100000, '\0'),
                                   std::string(100000, 'x'),
                                   std::string("\x78\x9c"),
                                   std::string("\x78\x9c\x03\x00", 4),
                                   tests::deflated(""),
                                   tests::deflated("blob"),
                                   tests::deflated("blob 12"),
                                   tests::deflated(std::string(100000, 'b')),
                                   object_bytes("", blob),
                                   object_bytes("blob", blob),
                                   object_bytes("blob ", blob),
                                   object_bytes("blob x", blob),
                                   object_bytes("blob -1", blob),
                                   object_bytes("blob 1x", blob),
                                   object_bytes("blob 11", blob),
                                   object_bytes("blob 13", blob),
                                   object_bytes("blob 0", blob),
                                   object_bytes("BLOB 12", blob),
                                   object_bytes("nonsense 12", blob),
                                   object_bytes(" 12", blob),
                                   object_bytes("blob 99999999999999999999999999", blob),
                                   object_bytes("blob 18446744073709551616", blob),
                                   object_bytes("blob 18446744073709551628", blob),
                                   object_bytes("blob 67108864", blob)}) {
    CAPTURE(bytes.size(), bytes.substr(0, 30));
    CHECK(is_damage(small.read_blob_from(bytes)));
  }
}

TEST_CASE("a small file that inflates without end is refused") {
  const Small small;
  const std::string bomb = object_bytes("blob 12", std::string(100U << 20U, '\0'));
  REQUIRE(bomb.size() < 1000000);
  CHECK(is_damage(small.read_blob_from(bomb)));
  const std::string honest = object_bytes("tree 104857600", std::string(100U << 20U, '\0'));
  CHECK(small.read_blob_from(honest) != "ok");
}

TEST_CASE("what is no regular file is no loose object, and nothing waits for it") {
  const Small small;
  const std::string path = small.folder / small.folder.object_path(small.blob);
  for (const std::string& make : {"mkfifo " + path, "mkdir " + path, "ln -s /dev/zero " + path,
                                  "ln -s " + path + " " + path, "ln -s nowhere " + path}) {
    tests::shell("rm -rf " + path + " && " + make);
    CAPTURE(make);
    CHECK(is_damage(
        tests::bounded_outcome([&] { small.folder.open().read_blob(small.blob, kLimit); })));
  }
}

TEST_CASE("a damaged loose object is not hidden by asking with an abbreviated id") {
  const Small small;
  const std::string whole = small.folder.read(small.folder.object_path(small.commit));
  small.folder.put_object(small.commit, whole.substr(0, whole.size() / 2));
  CHECK(is_damage(tests::bounded_outcome(
      [&] { small.folder.open().resolve_commit(small.commit.hex().substr(0, 8)); })));
  CHECK(is_damage(tests::bounded_outcome([&] { small.folder.open().resolve_commit("HEAD"); })));
}

TEST_CASE("an object larger than asked for is nothing, however large it is") {
  const GitFolder folder;
  folder.write("exact", std::string(1000, 'x'));
  folder.write("recording", "");
  std::filesystem::resize_file(folder / "recording", git::kMaxObjectBytes + 1);
  const git::ObjectId commit = folder.commit();
  const git::ObjectId large = folder.id("HEAD:recording");
  const git::ObjectId exact = folder.id("HEAD:exact");
  const auto look = [&](const char* where) {
    CAPTURE(where);
    const git::Repository repository = folder.open();
    CHECK(repository.read_blob(exact, 1000)->size() == 1000);
    CHECK_FALSE(repository.read_blob(exact, 999));
    CHECK(repository.list_tree(repository.tree_of(commit)).size() == 2);
    CHECK(tests::outcome([&] { CHECK_FALSE(repository.read_blob(large, 256 * 1024)); }) == "ok");
  };
  look("loose");
  folder.git("repack -adq");
  look("packed");
}

TEST_CASE("a tree larger than any is told to be too large") {
  const GitFolder folder;
  std::ofstream(folder / "zeros").close();
  std::filesystem::resize_file(folder / "zeros", git::kMaxObjectBytes + 1);
  const auto tree = git::ObjectId::parse(folder.git("hash-object -w --literally -t tree zeros"));
  REQUIRE(tree);
  const std::string said = tests::bounded_outcome([&] { folder.open().list_tree(*tree); });
  CAPTURE(said);
  CHECK(said.starts_with("limit: "));
}

TEST_CASE("the guard alone reads a folder of objects") {
  const Small small;
  git::start_library();
  git_odb* raw = nullptr;
  REQUIRE(git_odb_new(&raw) == 0);
  const git::OdbPtr odb(raw);
  git::guard_loose_objects(raw, small.folder / ".git/objects");
  git_oid id{};
  REQUIRE(git_oid_fromstr(&id, small.blob.hex().c_str()) == 0);
  git_odb_object* object = nullptr;
  REQUIRE(git_odb_read(&object, raw, &id) == 0);
  const git::OdbObjectPtr owned(object);
  CHECK(git_odb_object_size(object) == 12);
  CHECK(git_odb_object_type(object) == GIT_OBJECT_BLOB);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  CHECK(git_odb_read_header(&size, &type, raw, &id) == 0);
  CHECK(size == 12);
}

TEST_CASE("a folder of objects that is not there cannot be guarded") {
  const Small small;
  git_odb* raw = nullptr;
  REQUIRE(git_odb_new(&raw) == 0);
  const git::OdbPtr odb(raw);
  CHECK(tests::outcome([&] {
          git::guard_loose_objects(raw, small.folder / "nothing");
        }).starts_with("io: "));
}
