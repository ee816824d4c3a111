// Packed objects, whole and damaged.
#include <filesystem>
#include <stdexcept>

#include "lib/base/error.hpp"
#include "lib/git/repository.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::ObjectId;
using tests::GitFolder;

namespace {

// A repository whose objects are all in one pack, some of them as differences.
struct Packed {
  Packed() {
    tests::Random random(1);
    std::string text;
    for (int i = 0; i < 300; ++i)
      text += random.text("abcdefgh ", 40) + "\n";
    for (int i = 0; i < 5; ++i) {
      folder.write("papers/" + std::to_string(i), text + std::to_string(i));
      text += random.text("abcdefgh ", 40) + "\n";
    }
    commit = folder.commit();
    folder.git("repack -adfq");
    content = tests::read_everything(folder.open(), commit);
    for (const auto& item : std::filesystem::directory_iterator(folder / ".git/objects/pack")) {
      const std::string name = ".git/objects/pack/" + item.path().filename().string();
      if (name.ends_with(".pack")) pack = name;
      if (name.ends_with(".idx")) index = name;
    }
  }
  void put(const std::string& name, std::string_view bytes) const {
    std::filesystem::remove(folder / name);  // git makes them read-only
    folder.write(name, bytes);
  }
  // How reading everything ends: "ok" only where it is what it was.
  std::string reading() const {
    return tests::bounded_outcome([this] {
      if (tests::read_everything(folder.open(), commit) != content)
        throw std::runtime_error("other content");
    });
  }

  GitFolder folder;
  ObjectId commit = *ObjectId::parse(std::string(40, '0'));
  std::string content;
  std::string pack;
  std::string index;
};

std::size_t big_endian(const std::string& bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

void put_big_endian(std::string& bytes, std::size_t at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i)
    bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
}

bool is_damage(const std::string& outcome) { return outcome.starts_with("damaged: "); }

}  // namespace

TEST_CASE("packed objects are read as loose ones are") {
  const GitFolder folder;
  folder.write("papers/a", "x");
  folder.write("papers/b", std::string(100000, 'x'));
  const ObjectId commit = folder.commit();
  const std::string loose = tests::read_everything(folder.open(), commit);
  folder.git("repack -adq");
  CHECK(tests::shell("find " +
                     folder / ".git/objects -type f | grep -v pack | grep -v info || true") == "");
  CHECK(tests::read_everything(folder.open(), commit) == loose);
}

TEST_CASE("objects that are packed while the repository is open are still found") {
  const GitFolder folder;
  folder.write("a", "x");
  const ObjectId first = folder.commit();
  const git::Repository repository = folder.open();
  const std::string before = tests::read_everything(repository, first);
  folder.git("repack -adq");
  CHECK(tests::read_everything(repository, first) == before);
  folder.write("a", "y");
  const ObjectId second = folder.commit();
  CHECK(repository.resolve_commit("HEAD") == second);
  CHECK(tests::read_everything(repository, second).find("\ny\n") != std::string::npos);
}

TEST_CASE("a truncated pack ends with a failure, wherever it was cut") {
  const Packed packed;
  REQUIRE(packed.reading() == "ok");
  const std::string whole = packed.folder.read(packed.pack);
  for (std::size_t eighths = 0; eighths < 8; ++eighths) {
    CAPTURE(eighths);
    packed.put(packed.pack, whole.substr(0, whole.size() * eighths / 8));
    CHECK(is_damage(packed.reading()));
  }
}

TEST_CASE("a pack with changed bytes never gives other content") {
  const Packed packed;
  const std::string whole = packed.folder.read(packed.pack);
  tests::Random random(2);
  int failures = 0;
  for (int round = 0; round < 40; ++round) {
    std::string changed = whole;
    changed[random.below(whole.size())] = static_cast<char>(random.below(256));
    packed.put(packed.pack, changed);
    const std::string said = packed.reading();
    CAPTURE(round, said);
    CHECK((said == "ok" || is_damage(said)));
    failures += said == "ok" ? 0 : 1;
  }
  CHECK(failures > 20);
}

TEST_CASE("a pack that is empty, garbage or gone is damage") {
  const Packed packed;
  for (const std::string& bytes : {std::string(), std::string("PACK"), std::string(100000, 'x')}) {
    packed.put(packed.pack, bytes);
    CHECK(is_damage(packed.reading()));
  }
  std::filesystem::remove(packed.folder / packed.pack);
  CHECK(is_damage(packed.reading()));
}

TEST_CASE("a pack's index that is truncated, garbage or gone is damage") {
  const Packed packed;
  const std::string whole = packed.folder.read(packed.index);
  for (const std::string& bytes :
       {std::string(), whole.substr(0, 8), whole.substr(0, whole.size() / 2),
        whole.substr(0, whole.size() - 1), std::string(100000, 'x')}) {
    CAPTURE(bytes.size());
    packed.put(packed.index, bytes);
    CHECK(is_damage(packed.reading()));
  }
  std::filesystem::remove(packed.folder / packed.index);
  CHECK(is_damage(packed.reading()));
}

TEST_CASE("an index with changed bytes never gives other content") {
  const Packed packed;
  const std::string whole = packed.folder.read(packed.index);
  tests::Random random(3);
  for (int round = 0; round < 40; ++round) {
    std::string changed = whole;
    changed[random.below(whole.size())] = static_cast<char>(random.below(256));
    packed.put(packed.index, changed);
    const std::string said = packed.reading();
    CAPTURE(round, said);
    CHECK((said == "ok" || is_damage(said)));
  }
}

TEST_CASE("an index that names places outside of its pack is damage, not a crash") {
  const Packed packed;
  const std::string whole = packed.folder.read(packed.index);
  const std::size_t size = packed.folder.read(packed.pack).size();
  const std::size_t count = big_endian(whole, 8 + 1020);
  const std::size_t places = 8 + 1024 + count * 24;
  for (const std::size_t place :
       {std::size_t{0}, size - 1, size - 20, size - 21, size - 22, size - 24, size - 40, size,
        size + 1, std::size_t{1} << 20U, std::size_t{0x7FFFFFFF}, std::size_t{0x80000000},
        std::size_t{0xFFFFFFFF}}) {
    std::string changed = whole;
    for (std::size_t i = 0; i < count; ++i)
      put_big_endian(changed, places + 4 * i, place);
    packed.put(packed.index, changed);
    CAPTURE(place, size);
    CHECK(is_damage(packed.reading()));
    const std::string said =
        tests::bounded_outcome([&packed] { packed.folder.open().resolve_commit("HEAD"); });
    CAPTURE(said);
    CHECK(is_damage(said));
  }
}

TEST_CASE("an index whose table goes down or counts too much is damage") {
  const Packed packed;
  const std::string whole = packed.folder.read(packed.index);
  for (const auto& [at, value] : {std::pair<std::size_t, std::size_t>{8, 0xFFFFFFFF},
                                  {8 + 1020, 0xFFFFFFFF},
                                  {8 + 1020, 0},
                                  {4, 3}}) {
    std::string changed = whole;
    put_big_endian(changed, at, value);
    packed.put(packed.index, changed);
    CHECK(is_damage(packed.reading()));
  }
}

TEST_CASE("indexes of the first form and packs larger than their places can say are read") {
  const Packed packed;
  std::filesystem::remove(packed.folder / packed.index);
  SECTION("first form") { packed.folder.git("index-pack --index-version=1 " + packed.pack); }
  SECTION("long places") { packed.folder.git("index-pack --index-version=2,0x40 " + packed.pack); }
  CHECK(packed.reading() == "ok");
  const std::string whole = packed.folder.read(packed.index);
  std::string changed = whole;
  const bool first = !whole.starts_with("\377tOc");
  put_big_endian(changed, first ? 1024 : whole.size() - 44, 0x7FFFFFFF);
  packed.put(packed.index, changed);
  CHECK(is_damage(packed.reading()));
}

TEST_CASE("an index over several packs that names places outside of them is damage") {
  const Packed packed;
  packed.folder.git("multi-pack-index write");
  const std::string name = ".git/objects/pack/multi-pack-index";
  const std::string whole = packed.folder.read(name);
  const std::size_t at = whole.find("OOFF");
  const std::size_t begin = big_endian(whole, at + 8);
  const std::size_t end = big_endian(whole, at + 20);
  for (const std::size_t field : {std::size_t{0}, std::size_t{4}}) {
    std::string changed = whole;
    for (std::size_t place = begin; place < end; place += 8)
      put_big_endian(changed, place + field, 0x7FFFFFFF);
    packed.put(name, changed);
    CHECK(is_damage(packed.reading()));
  }
}

TEST_CASE("an index over several packs may be there, and may be garbage") {
  const Packed packed;
  packed.folder.git("multi-pack-index write");
  CHECK(packed.reading() == "ok");
  packed.put(".git/objects/pack/multi-pack-index", std::string(5000, 'x'));
  const std::string said = packed.reading();
  CAPTURE(said);
  CHECK((said == "ok" || is_damage(said)));
}

TEST_CASE("a graph of commits may be there, and may be garbage") {
  const Packed packed;
  packed.folder.git("commit-graph write --reachable");
  CHECK(packed.reading() == "ok");
  packed.put(".git/objects/info/commit-graph", std::string(5000, 'x'));
  CHECK(packed.reading() == "ok");
  const std::string said =
      tests::bounded_outcome([&packed] { packed.folder.open().resolve_commit("HEAD"); });
  CHECK(said == "ok");
}
