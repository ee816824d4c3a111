#include "lib/git/repository.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

using namespace paperclub;
using git::EntryKind;
using git::ObjectId;
using tests::GitFolder;

namespace {

constexpr std::size_t kLimit = 1000000;

std::string lines_of(const std::vector<git::TreeEntry>& entries) {
  std::string out;
  for (const git::TreeEntry& entry : entries) {
    out += entry.name + " " + std::to_string(static_cast<int>(entry.kind)) + "|";
  }
  return out;
}

// A repository with an entry of each kind.
ObjectId commit_all_kinds(const GitFolder& folder) {
  folder.write("papers/bert.yaml", "title: BERT\n");
  folder.write("run.sh", "#!/bin/sh\n");
  REQUIRE(::chmod((folder / "run.sh").c_str(), 0755) == 0);
  tests::shell("ln -s papers/bert.yaml " + folder / "link");
  const ObjectId before = folder.commit();
  folder.git("update-index --add --cacheinfo 160000," + before.hex() + ",module");
  folder.git("commit -q -m module");
  return folder.id("HEAD");
}

}  // namespace

TEST_CASE("an object's id is 40 small hexadecimal digits") {
  const std::string hex = "0123456789abcdef0123456789abcdef01234567";
  REQUIRE(ObjectId::parse(hex));
  CHECK(ObjectId::parse(hex)->hex() == hex);
  CHECK(*ObjectId::parse(hex) == *ObjectId::parse(hex));
  CHECK(*ObjectId::parse(std::string(40, '0')) < *ObjectId::parse(hex));
  for (const std::string& text :
       {std::string(), std::string("0123456"), std::string(39, '0'), std::string(41, '0'),
        std::string(64, '0'), std::string(40, 'A'), std::string(40, 'g'),
        std::string(39, '0') + " ", std::string(40, '\0')}) {
    CAPTURE(text);
    CHECK_FALSE(ObjectId::parse(text));
  }
}

TEST_CASE("a tree is listed in git's order, with what each entry is") {
  const GitFolder folder;
  const ObjectId commit = commit_all_kinds(folder);
  const git::Repository repository = folder.open();
  CHECK(lines_of(repository.list_tree(repository.tree_of(commit))) ==
        "link 2|module 3|papers 1|run.sh 0|");
  CHECK(repository.tree_of(commit) == folder.id("HEAD^{tree}"));
  CHECK(lines_of(repository.list_tree(folder.id("HEAD:papers"))) == "bert.yaml 0|");
}

TEST_CASE("an entry's name may be any bytes") {
  const GitFolder folder;
  for (const char* name :
       {"a b", "a\nb", "é", "e\u0301", "\xff", "a\\b", "CON", "x.", "a", "A", "a.b", "a0"}) {
    folder.write(name, "x");
  }
  folder.write("a-/x", "x");
  const git::Repository repository = folder.open();
  CHECK(lines_of(repository.list_tree(repository.tree_of(folder.commit()))) ==
        "A 0|CON 0|a 0|a\nb 0|a b 0|a- 1|a.b 0|a0 0|a\\b 0|e\u0301 0|x. 0|é 0|\xff 0|");
}

TEST_CASE("the empty tree has no entries") {
  const GitFolder folder;
  const ObjectId commit = folder.commit();
  const git::Repository repository = folder.open();
  CHECK(repository.list_tree(repository.tree_of(commit)).empty());
}

TEST_CASE("no entry's name leads elsewhere") {
  const GitFolder folder;
  folder.write("a", "x");
  folder.commit();
  const std::string blob = folder.id("HEAD:a").hex();
  for (const char* name : {"a/b", "../a", "/a", ""}) {
    CAPTURE(name);
    std::string bytes = "100644 " + std::string(name) + '\0';
    for (std::size_t i = 0; i < blob.size(); i += 2) {
      bytes += static_cast<char>(std::stoi(blob.substr(i, 2), nullptr, 16));
    }
    folder.write("bytes", bytes);
    const auto tree = ObjectId::parse(folder.git("hash-object -w --literally -t tree bytes"));
    const std::string said = tests::outcome([&] { folder.open().list_tree(*tree); });
    CHECK(said.starts_with("damaged: "));
  }
}

TEST_CASE("an entry is found by its path, whatever it is") {
  const GitFolder folder;
  const git::Repository repository = folder.open();
  const ObjectId tree = repository.tree_of(commit_all_kinds(folder));
  CHECK(repository.find_entry(tree, "papers")->kind == EntryKind::folder);
  CHECK(repository.find_entry(tree, "papers/bert.yaml")->kind == EntryKind::file);
  CHECK(repository.find_entry(tree, "papers/bert.yaml")->name == "bert.yaml");
  CHECK(repository.find_entry(tree, "papers/bert.yaml")->id == folder.id("HEAD:papers/bert.yaml"));
  CHECK(repository.find_entry(tree, "run.sh")->kind == EntryKind::file);
  CHECK(repository.find_entry(tree, "link")->kind == EntryKind::link);
  CHECK(repository.find_entry(tree, "module")->kind == EntryKind::submodule);
}

TEST_CASE("a path that is not in the tree finds nothing") {
  const GitFolder folder;
  const git::Repository repository = folder.open();
  const ObjectId tree = repository.tree_of(commit_all_kinds(folder));
  for (const char* path :
       {"", "/", "nothing", "papers/", "papers/nothing", "papers//bert.yaml", "/papers", "./papers",
        "papers/..", "papers/../run.sh", "run.sh/x", "link/x", "module/x", "Papers", "paper"}) {
    CAPTURE(path);
    CHECK_FALSE(repository.find_entry(tree, path));
  }
}

TEST_CASE("a NUL ends no path") {
  const GitFolder folder;
  const git::Repository repository = folder.open();
  const ObjectId tree = repository.tree_of(commit_all_kinds(folder));
  CHECK_FALSE(repository.find_entry(tree, std::string("run.sh\0x", 8)));
  CHECK_FALSE(repository.find_entry(tree, std::string("papers\0/bert.yaml", 17)));
}

TEST_CASE("a blob is read byte for byte, up to the limit") {
  const GitFolder folder;
  const std::string bytes("a\r\n\0\xff\n", 6);
  folder.write("a", bytes);
  folder.write("empty", "");
  folder.commit();
  const git::Repository repository = folder.open();
  const ObjectId blob = folder.id("HEAD:a");
  CHECK(repository.read_blob(blob, kLimit) == bytes);
  CHECK(repository.read_blob(blob, 6) == bytes);
  CHECK_FALSE(repository.read_blob(blob, 5));
  CHECK_FALSE(repository.read_blob(blob, 0));
  CHECK(repository.read_blob(folder.id("HEAD:empty"), 0) == "");
}

TEST_CASE("a blob is read as it is recorded, whatever attributes and line endings are asked for") {
  const GitFolder folder;
  folder.write(".gitattributes", "* text eol=crlf ident filter=shout\n");
  folder.write("a", "x\ny\n$Id$\n");
  folder.commit();
  folder.git("config core.autocrlf true");
  CHECK(folder.open().read_blob(folder.id("HEAD:a"), kLimit) == "x\ny\n$Id$\n");
}

TEST_CASE("history is taken as it is recorded, without replacements or grafts") {
  const GitFolder folder;
  folder.write("a", "recorded");
  const ObjectId first = folder.commit();
  folder.write("a", "second");
  const ObjectId second = folder.commit();
  folder.write("a", "replaced");
  const ObjectId third = folder.commit();
  folder.git("replace HEAD:a " + first.hex() + ":a");
  folder.git("replace -f " + second.hex() + " " + third.hex());
  folder.write(".git/info/grafts", third.hex() + " " + first.hex() + "\n");
  const git::Repository repository = folder.open();
  CHECK(repository.resolve_commit("HEAD~1") == second);
  const auto blob_of = [&repository](const ObjectId& commit) {
    return repository.find_entry(repository.tree_of(commit), "a")->id;
  };
  CHECK(repository.read_blob(blob_of(second), kLimit) == "second");
  CHECK(repository.read_blob(blob_of(third), kLimit) == "replaced");
}

TEST_CASE("reading leaves every file of the repository untouched") {
  const GitFolder folder;
  commit_all_kinds(folder);
  folder.git("tag v1");
  folder.git("gc -q");
  folder.write("papers/new.yaml", "title: New\n");
  folder.commit();
  folder.write("papers/bert.yaml", "title: changed, not committed\n");
  const std::string before = tests::listing(folder.path());
  const git::Repository repository = folder.open();
  CHECK(tests::read_everything(repository, repository.resolve_commit("HEAD")).size() > 100);
  tests::read_everything(repository, repository.resolve_commit("v1"));
  repository.find_entry(repository.tree_of(repository.resolve_commit("main~1")), "papers/x");
  tests::outcome([&repository] { repository.resolve_commit("nothing"); });
  CHECK(repository.is_bare() == repository.is_shallow());
  CHECK(tests::listing(folder.path()) == before);
}

TEST_CASE("nothing that the repository's configuration names is run") {
  const GitFolder folder;
  folder.write(".gitattributes", "* filter=evil diff=evil\n");
  folder.write("a", "x");
  folder.commit();
  folder.write("evil.sh", "#!/bin/sh\ntouch " + folder / "ran" + "\n");
  REQUIRE(::chmod((folder / "evil.sh").c_str(), 0755) == 0);
  for (const char* key :
       {"core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass",
        "filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "diff.evil.textconv",
        "gpg.program", "credential.helper", "core.alternateRefsCommand"}) {
    folder.git(std::string("config ") + key + " " + folder / "evil.sh");
  }
  folder.git("config core.hooksPath " + folder.path());
  tests::shell("cp " + folder / "evil.sh" + " " + folder / "post-checkout");
  const git::Repository repository = folder.open();
  CHECK(tests::read_everything(repository, repository.resolve_commit("HEAD")).size() > 40);
  CHECK_FALSE(std::filesystem::exists(folder / "ran"));
}
