#include "lib/git/tree_reader.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/git/git_folder.hpp"

namespace paperclub::tests {
namespace {

using git::EntryKind;
using git::RawEntry;
using git::TreeReader;

constexpr const char* kFile = "100644";
constexpr const char* kFolder = "40000";
constexpr const char* kTree = "1111111111111111111111111111111111111111";
const std::string kId(20, '\x2a');

// Returns an entry as a tree keeps it.
std::string raw(const std::string& mode, const std::string& name, const std::string& id = kId) {
  return mode + " " + name + std::string(1, '\0') + id;
}

// Returns the names of the entries, with a slash behind those of folders; or how reading ended.
std::string read(const std::string& bytes) {
  const git::ObjectId id = git::ObjectId::parse(kTree).value();
  std::string names;
  const std::string end = outcome([&] {
    TreeReader reader(id, bytes);
    while (const auto entry = reader.next()) {
      names += std::string(entry->name) + (entry->kind == EntryKind::folder ? "/" : "") + " ";
    }
  });
  return end == "ok" ? names : end;
}

const std::string kDamaged = "damaged: tree " + std::string(kTree) + " is damaged";

std::string wrong(const std::string& name) {
  return "damaged: tree " + std::string(kTree) + " has a wrong entry '" + name + "'";
}

bool before(const std::string& a, EntryKind a_kind, const std::string& b, EntryKind b_kind) {
  return git::comes_before({a, a_kind}, {b, b_kind});
}

}  // namespace

TEST_CASE("an empty tree has no entry, asked again and again") {
  const git::ObjectId id = git::ObjectId::parse(kTree).value();
  TreeReader reader(id, "");
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.next());
}

TEST_CASE("an entry is read with its name, mode, kind and id") {
  const git::ObjectId id = git::ObjectId::parse(kTree).value();
  const std::string bytes = raw("100755", "a run") + raw(kFolder, "b", std::string(20, '\0'));
  TreeReader reader(id, bytes);
  const auto first = reader.next();
  REQUIRE(first.has_value());
  const git::TreeEntry run = git::to_entry(*first);
  CHECK(run.name == "a run");
  CHECK(run.kind == EntryKind::file);
  CHECK(run.mode == 0100755);
  CHECK(run.id.hex() == "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a");
  const auto second = reader.next();
  REQUIRE(second.has_value());
  CHECK(git::to_entry(*second).kind == EntryKind::folder);
  CHECK(git::to_entry(*second).id.hex() == std::string(40, '0'));
  CHECK_FALSE(reader.next());
}

TEST_CASE("the kind of an entry is told by its mode") {
  const auto kind_of = [](const std::string& mode) {
    const git::ObjectId id = git::ObjectId::parse(kTree).value();
    const std::string bytes = raw(mode, "a");
    return TreeReader(id, bytes).next().value().kind;
  };
  CHECK(kind_of("100644") == EntryKind::file);
  CHECK(kind_of("100664") == EntryKind::file);
  CHECK(kind_of("100755") == EntryKind::file);
  CHECK(kind_of("40000") == EntryKind::folder);
  CHECK(kind_of("040000") == EntryKind::folder);
  CHECK(kind_of("120000") == EntryKind::link);
  CHECK(kind_of("160000") == EntryKind::submodule);
}

TEST_CASE("a tree that ends within an entry is damaged, and none is read beyond its end") {
  const git::ObjectId id = git::ObjectId::parse(kTree).value();
  const std::string whole = raw(kFile, "a");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    CAPTURE(size);
    const std::string part = whole.substr(0, size);
    TreeReader alone(id, part);
    CHECK(outcome([&] { alone.next(); }) == kDamaged);
    const std::string second = raw(kFile, "A") + part;
    TreeReader after(id, second);
    CHECK(after.next().has_value());
    CHECK(outcome([&] { after.next(); }) == kDamaged);
  }
}

TEST_CASE("a mode that is no octal number is damage") {
  for (const char* mode : {"", "x", "100648", "10064x", "x100644", "-1", "+1", "0x1", "1.0"}) {
    CAPTURE(mode);
    CHECK(read(raw(mode, "a")) == kDamaged);
  }
  CHECK(read(raw(" 100644", "a")) == kDamaged);
  CHECK(read(raw("100644\t", "a")) == kDamaged);
  CHECK(read(std::string(1, '\0') + raw(kFile, "a")) == kDamaged);
}

TEST_CASE("an entry without a blank or without an end of its name is damage") {
  CHECK(read("100644a" + std::string(1, '\0') + kId) == kDamaged);
  CHECK(read("100644" + std::string(1, '\0') + "a b" + kId) == kDamaged);
  CHECK(read("100644 a" + kId) == kDamaged);
}

TEST_CASE("a name that is empty or a path is wrong") {
  CHECK(read(raw(kFile, "")) == wrong(""));
  CHECK(read(raw(kFile, "/")) == wrong("/"));
  CHECK(read(raw(kFile, "a/b")) == wrong("a/b"));
  CHECK(read(raw(kFolder, "a/")) == wrong("a/"));
  CHECK(read(raw(kFile, "a") + raw(kFile, "b/c")) == wrong("b/c"));
}

TEST_CASE("a name may hold any other byte") {
  CHECK(read(raw(kFile, " a\n\\\xff")) == " a\n\\\xff ");
}

TEST_CASE("a name that stands twice is wrong, whatever its entries are") {
  for (const char* first : {kFile, kFolder, "120000", "160000"}) {
    for (const char* second : {kFile, kFolder, "120000", "160000"}) {
      CAPTURE(first, second);
      CHECK(read(raw(first, "a") + raw(second, "a")) == wrong("a"));
    }
  }
}

TEST_CASE("a file and a folder of one name are wrong, also where others stand between them") {
  CHECK(read(raw(kFile, "a") + raw(kFile, "a.b") + raw(kFolder, "a")) == wrong("a"));
  CHECK(read(raw(kFile, "a") + raw(kFile, "a.b") + raw(kFile, "a.b.c") + raw(kFolder, "a")) ==
        wrong("a"));
  CHECK(read(raw(kFile, "a") + raw(kFile, "a.b") + raw(kFolder, "a.c") + raw(kFolder, "ab")) ==
        "a a.b a.c/ ab/ ");
}

TEST_CASE("a mode that is no number of ours is damage") {
  CHECK(read(raw("77777777777777777777", "a")) == kDamaged);
}

TEST_CASE("another order than git's is wrong") {
  CHECK(read(raw(kFile, "b") + raw(kFile, "a")) == wrong("a"));
  CHECK(read(raw(kFile, "a") + raw(kFile, "c") + raw(kFile, "b")) == wrong("b"));
  CHECK(read(raw(kFile, "ab") + raw(kFile, "a")) == wrong("a"));
  CHECK(read(raw(kFile, "a") + raw(kFile, "B")) == wrong("B"));
  CHECK(read(raw(kFile, "\xc3\xa9") + raw(kFile, "z")) == wrong("z"));
}

TEST_CASE("a folder stands where its name with a slash would") {
  CHECK(read(raw(kFile, "a.b") + raw(kFolder, "a") + raw(kFile, "a0")) == "a.b a/ a0 ");
  CHECK(read(raw(kFile, "a") + raw(kFile, "a.b") + raw(kFile, "a0")) == "a a.b a0 ");
  CHECK(read(raw(kFolder, "a") + raw(kFile, "a.b")) == wrong("a.b"));
  CHECK(read(raw(kFile, "a0") + raw(kFolder, "a")) == wrong("a"));
  CHECK(read(raw(kFolder, "a-b") + raw(kFolder, "a") + raw(kFolder, "a_b")) == "a-b/ a/ a_b/ ");
}

TEST_CASE("links and submodules stand where files do") {
  for (const EntryKind kind : {EntryKind::file, EntryKind::link, EntryKind::submodule}) {
    CHECK(before("a", kind, "a.b", EntryKind::file));
    CHECK_FALSE(before("a.b", EntryKind::file, "a", kind));
  }
}

TEST_CASE("what comes before is told by bytes") {
  CHECK(before("a", EntryKind::file, "b", EntryKind::file));
  CHECK(before("Z", EntryKind::file, "a", EntryKind::file));
  CHECK(before("a", EntryKind::file, "ab", EntryKind::file));
  CHECK(before("z", EntryKind::file, "\x80", EntryKind::file));
  CHECK(before("a", EntryKind::file, "a\xff", EntryKind::file));
  CHECK(before("a", EntryKind::folder, "a\xff", EntryKind::folder));
  CHECK(before("a\x01", EntryKind::file, "a", EntryKind::folder));
}

TEST_CASE("nothing comes before itself, and of two names one comes first") {
  Random random(1);
  const std::vector<EntryKind> kinds = {EntryKind::file, EntryKind::folder, EntryKind::link};
  for (int i = 0; i < 2'000; ++i) {
    const std::string a = random.text("a./0\xff", 3);
    const std::string b = random.text("a./0\xff", 3);
    const EntryKind a_kind = random.pick(kinds);
    const EntryKind b_kind = random.pick(kinds);
    // Where one is a folder and the other one its name with a slash, both are in the same place.
    if (a.find('/') != a.npos || b.find('/') != b.npos) continue;
    CAPTURE(a, b, a_kind == EntryKind::folder, b_kind == EntryKind::folder);
    const bool is_first = before(a, a_kind, b, b_kind);
    const bool is_second = before(b, b_kind, a, a_kind);
    CHECK(is_first + is_second == (a == b ? 0 : 1));
    const std::string a_text = a + (a_kind == EntryKind::folder ? "/" : "");
    const std::string b_text = b + (b_kind == EntryKind::folder ? "/" : "");
    if (a != b) CHECK(is_first == (a_text < b_text));
  }
}

TEST_CASE("what git writes is read as git lists it") {
  const GitFolder folder;
  for (const char* name : {"a.b", "a/x", "a0", "a-b/x", "a_b", "Z", "é", "z z", "run"})
    folder.write(name, "x\n");
  shell("chmod +x " + (folder / "run") + " && ln -s a0 " + (folder / "link"));
  folder.commit();
  folder.git("update-index --add --cacheinfo 160000," + folder.id("HEAD").hex() + ",module");
  folder.git("commit -q -m module");
  std::string told;
  for (const git::TreeEntry& entry : folder.open().list_tree(folder.id("HEAD^{tree}"))) {
    const char* type = entry.kind == EntryKind::folder      ? "tree"
                       : entry.kind == EntryKind::submodule ? "commit"
                                                            : "blob";
    told += fmt::format("{:06o} {} {}\t{}\n", entry.mode, type, entry.id.hex(), entry.name);
  }
  CHECK(told == folder.git("-c core.quotePath=false ls-tree HEAD") + "\n");
}

}  // namespace paperclub::tests
