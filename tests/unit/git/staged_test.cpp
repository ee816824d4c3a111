// What is staged, as it is told without a lock.
#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/git/index.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/git/git_folder.hpp"

namespace paperclub::tests {
namespace {

using git::FileDifference;
using git::TreeEntry;
using Changes = std::optional<std::vector<FileDifference>>;

Changes staged(const GitFolder& folder, const std::string& file = "",
               const std::string& revision = "HEAD") {
  return git::Index::staged_changes(folder.open(), folder.id(revision), file);
}

// Returns a line for each change: added (A), changed (M) or gone (D), and the path; "unsupported"
// for an index that is not.
std::string told(const Changes& changes) {
  if (!changes) return "unsupported\n";
  std::string lines;
  for (const FileDifference& change : *changes) {
    const char* what = change.before ? (change.after ? "M" : "D") : (change.after ? "A" : "-");
    lines += fmt::format("{} {}\n", what, change.path);
  }
  return lines;
}

// Returns the same as git says it.
std::string told_by_git(const GitFolder& folder) {
  const std::string lines =
      folder.git("diff-index --cached --no-renames --ignore-submodules=none --name-status HEAD");
  std::string text;
  for (const char one : lines)
    text += one == '\t' ? ' ' : one;
  return text.empty() ? text : text + "\n";
}

std::string told_entry(const std::optional<TreeEntry>& entry) {
  if (!entry) return "nothing";
  const char* kind = entry->kind == git::EntryKind::file        ? "file"
                     : entry->kind == git::EntryKind::link      ? "link"
                     : entry->kind == git::EntryKind::submodule ? "submodule"
                                                                : "folder";
  return fmt::format("{} {} {:o} {}", kind, entry->name, entry->mode, entry->id.short_hex());
}

std::string first_digits(const GitFolder& folder, const std::string& revision) {
  return folder.id(revision).short_hex();
}

// A repository with the files a and deep/b in a commit.
struct TwoFiles : GitFolder {
  TwoFiles() {
    write("a", "one\n");
    write("deep/b", "two\n");
    commit();
  }
  void stage(const std::string& name, const std::string& text) const {
    write(name, text);
    git("add " + name);
  }
};

bool is_damage(const std::string& outcome) { return outcome.starts_with("damaged: "); }

}  // namespace

TEST_CASE("what is not staged is not told") {
  const TwoFiles folder;
  CHECK(told(staged(folder)).empty());
  folder.write("a", "other\n");
  folder.write("new", "x\n");
  std::filesystem::remove(folder / "deep/b");
  CHECK(told(staged(folder)).empty());
}

TEST_CASE("what is staged is told whatever lies in the working tree") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  folder.write("a", "one\n");
  folder.stage("new", "x\n");
  std::filesystem::remove(folder / "new");
  CHECK(told(staged(folder)) == "M a\nA new\n");
}

TEST_CASE("files that are added, changed and gone are told with what they were and will be") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  folder.stage("deep/er/c", "three\n");
  folder.git("rm --quiet deep/b");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "M a\nD deep/b\nA deep/er/c\n");
  CHECK(told_entry((*changes)[0].before) == "file a 100644 " + first_digits(folder, "HEAD:a"));
  CHECK(told_entry((*changes)[0].after) == "file a 100644 " + first_digits(folder, ":a"));
  CHECK(told_entry((*changes)[1].before) == "file b 100644 " + first_digits(folder, "HEAD:deep/b"));
  CHECK(told_entry((*changes)[2].after) == "file c 100644 " + first_digits(folder, ":deep/er/c"));
}

TEST_CASE("a mode that is staged is told, whether or not git minds those of files") {
  for (const char* minds : {"true", "false"}) {
    const TwoFiles folder;
    folder.git(std::string("config core.fileMode ") + minds);
    folder.git("update-index --chmod=+x deep/b");
    const Changes changes = staged(folder);
    CAPTURE(minds);
    REQUIRE(told(changes) == "M deep/b\n");
    CHECK((*changes)[0].before->mode == 0100644);
    CHECK((*changes)[0].after->mode == 0100755);
    CHECK((*changes)[0].before->id == (*changes)[0].after->id);
  }
}

TEST_CASE("a renamed file is gone from one path and new at another") {
  const TwoFiles folder;
  folder.git("mv a deep/c");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "D a\nA deep/c\n");
  CHECK((*changes)[0].before->id == (*changes)[1].after->id);
}

TEST_CASE("a file that is only meant to be added is not told") {
  const TwoFiles folder;
  folder.write("meant", "x\n");
  folder.write("deep/meant", "");
  folder.git("add --intent-to-add meant deep/meant");
  CHECK(told(staged(folder)).empty());
  folder.git("add meant");
  CHECK(told(staged(folder)) == "A meant\n");
}

TEST_CASE("a file that was taken out and is only meant to be added again is gone") {
  const TwoFiles folder;
  folder.git("rm --quiet --cached a");
  folder.git("add --intent-to-add a");
  CHECK(told(staged(folder)) == "D a\n");
}

TEST_CASE("of a file with a conflict nothing is staged, and of the others what is") {
  const TwoFiles folder;
  const std::string blob = folder.id("HEAD:a").hex();
  folder.stage("new", "x\n");
  folder.git("rm --quiet --cached a deep/b");
  const auto conflict = [&](const std::string& path, const std::string& stages) {
    for (const char stage : stages) {
      folder.write("entry", fmt::format("100644 {} {}\t{}\n", blob, stage, path));
      folder.git("update-index --index-info <" + folder / "entry");
    }
  };
  conflict("a", "123");
  conflict("deep/b", "13");
  conflict("theirs", "13");
  REQUIRE(folder.git("ls-files --unmerged | wc -l") == "7");
  CHECK(told(staged(folder)) == "D a\nD deep/b\nA new\n");
}

TEST_CASE("a merge with a conflict is told by what it staged") {
  const TwoFiles folder;
  folder.git("checkout --quiet -b other");
  folder.stage("a", "theirs\n");
  folder.stage("good", "x\n");
  folder.commit();
  folder.git("checkout --quiet main");
  folder.stage("a", "ours\n");
  folder.commit();
  folder.git("merge other >" + folder / ".git/said" + " || true");
  REQUIRE(folder.git("ls-files --unmerged | wc -l") == "3");
  CHECK(told(staged(folder)) == "D a\nA good\n");
  folder.stage("a", "both\n");
  CHECK(told(staged(folder)) == "M a\nA good\n");
}

TEST_CASE("links and submodules are told as what they are") {
  const TwoFiles folder;
  const std::string commit = folder.id("HEAD").hex();
  std::filesystem::create_symlink("a", folder / "deep/link");
  folder.git("add deep/link");
  folder.git("update-index --add --cacheinfo 160000," + commit + ",sub");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "A deep/link\nA sub\n");
  CHECK(told_entry((*changes)[0].after) ==
        "link link 120000 " + first_digits(folder, ":deep/link"));
  CHECK(told_entry((*changes)[1].after) == "submodule sub 160000 " + first_digits(folder, "HEAD"));
}

TEST_CASE("another commit of a submodule is told, whatever git is told to ignore") {
  const TwoFiles folder;
  const std::string first = folder.id("HEAD").hex();
  folder.write(".gitmodules", "[submodule \"sub\"]\n\tpath = sub\n\turl = ./x\n\tignore = all\n");
  folder.git("add .gitmodules");
  folder.git("update-index --add --cacheinfo 160000," + first + ",sub");
  folder.git("commit --quiet --message sub");
  folder.git("update-index --cacheinfo 160000," + folder.id("HEAD").hex() + ",sub");
  folder.git("config diff.ignoreSubmodules all");
  folder.git("config submodule.sub.ignore all");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "M sub\n");
  CHECK((*changes)[0].before->id.hex() == first);
  CHECK((*changes)[0].after->id == folder.id("HEAD"));
}

TEST_CASE("a file that becomes a link is told once, and so is a link that becomes a file") {
  const TwoFiles folder;
  std::filesystem::create_symlink("a", folder / "link");
  folder.commit();
  std::filesystem::remove(folder / "link");
  folder.stage("link", "x\n");
  std::filesystem::remove(folder / "a");
  std::filesystem::create_symlink("link", folder / "a");
  folder.git("add a");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "M a\nM link\n");
  CHECK(told_entry((*changes)[0].before) == "file a 100644 " + first_digits(folder, "HEAD:a"));
  CHECK(told_entry((*changes)[0].after) == "link a 120000 " + first_digits(folder, ":a"));
  CHECK((*changes)[1].before->kind == git::EntryKind::link);
  CHECK((*changes)[1].after->kind == git::EntryKind::file);
}

TEST_CASE("a file that becomes a submodule is told once") {
  const TwoFiles folder;
  folder.git("update-index --cacheinfo 160000," + folder.id("HEAD").hex() + ",a");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "M a\n");
  CHECK((*changes)[0].before->kind == git::EntryKind::file);
  CHECK((*changes)[0].after->kind == git::EntryKind::submodule);
}

TEST_CASE("where a folder takes the place of a file, the file is gone") {
  const TwoFiles folder;
  folder.git("rm --quiet a");
  folder.stage("a/c", "x\n");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "D a\nA a/c\n");
  CHECK(told_entry((*changes)[0].before) == "file a 100644 " + first_digits(folder, "HEAD:a"));
}

TEST_CASE("where a file takes the place of a folder, it is new, and all in the folder is gone") {
  const TwoFiles folder;
  folder.git("rm --quiet -r deep");
  folder.stage("deep", "x\n");
  const Changes changes = staged(folder);
  REQUIRE(told(changes) == "A deep\nD deep/b\n");
  CHECK(told_entry((*changes)[0].after) == "file deep 100644 " + first_digits(folder, ":deep"));
  CHECK(told_entry((*changes)[1].before) == "file b 100644 " + first_digits(folder, "HEAD:deep/b"));
}

TEST_CASE("a staged change is told though git was told not to look at the file") {
  for (const char* mark : {"--assume-unchanged", "--skip-worktree"}) {
    const TwoFiles folder;
    folder.stage("a", "other\n");
    folder.git(std::string("update-index ") + mark + " a");
    CAPTURE(mark);
    REQUIRE(told_by_git(folder) == "M a\n");
    CHECK(told(staged(folder)) == "M a\n");
  }
}

TEST_CASE("changes are sorted by path") {
  const TwoFiles folder;
  for (const char* name : {"f/x", "f-x", "f.x", "f0", "F", "e/y/z", "e/y-z", "\xc3\xa4", "b c"})
    folder.write(name, "x\n");
  std::filesystem::remove(folder / "deep/b");
  folder.git("add --all");
  CHECK(told(staged(folder)) ==
        "A F\nA b c\nD deep/b\nA e/y-z\nA e/y/z\nA f-x\nA f.x\nA f/x\nA f0\nA \xc3\xa4\n");
}

TEST_CASE("names that differ in case alone are two files, whatever git is told") {
  const TwoFiles folder;
  folder.git("config core.ignoreCase true");
  const std::string blob = folder.id("HEAD:deep/b").hex();
  folder.git("update-index --add --cacheinfo 100644," + blob + ",A");
  folder.git("update-index --force-remove deep/b");
  folder.git("update-index --add --cacheinfo 100644," + blob + ",Deep/b");
  CHECK(told(staged(folder)) == "A A\nA Deep/b\nD deep/b\n");
}

TEST_CASE("any commit may be what the index is compared with") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  folder.commit();
  folder.stage("new", "x\n");
  CHECK(told(staged(folder)) == "A new\n");
  CHECK(told(staged(folder, "", "HEAD~1")) == "M a\nA new\n");
}

TEST_CASE("an index of its own says what is staged in it, and nothing of the usual one") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  const std::string own = folder / ".git/own";
  shell("cd " + folder.path() + " && export GIT_INDEX_FILE=" + own +
        " && git read-tree HEAD && echo x >new && git add new");
  CHECK(told(staged(folder, own)) == "A new\n");
  CHECK(told(staged(folder)) == "M a\n");
}

TEST_CASE("the index that git makes for a commit of some files says what will be committed") {
  const TwoFiles folder;
  folder.write(".git/hooks/pre-commit", "cp \"$GIT_INDEX_FILE\" .git/kept\nexit 1\n");
  shell("sed -i '1i #!/bin/sh' " + folder / ".git/hooks/pre-commit" + " && chmod +x " +
        folder / ".git/hooks/pre-commit");
  folder.stage("a", "other\n");
  folder.write("deep/b", "other\n");
  folder.git("commit --quiet --message x deep/b || true");
  CHECK(told(staged(folder, folder / ".git/kept")) == "M deep/b\n");
  CHECK(told(staged(folder)) == "M a\n");
}

TEST_CASE("where there is no index, all files are gone") {
  const TwoFiles folder;
  std::filesystem::remove(folder / ".git/index");
  REQUIRE(told_by_git(folder) == "D a\nD deep/b\n");
  CHECK(told(staged(folder)) == "D a\nD deep/b\n");
  CHECK(told(staged(folder, folder / ".git/none")) == "D a\nD deep/b\n");
}

TEST_CASE("each working tree has an index of its own") {
  const TwoFiles folder;
  const TempFolder other;
  folder.git("worktree add --quiet " + other / "tree");
  folder.stage("a", "other\n");
  shell("cd " + other / "tree" + " && git rm --quiet deep/b");
  const git::Repository repository = git::Repository::open(other / "tree");
  CHECK(told(git::Index::staged_changes(repository, folder.id("HEAD"), "")) == "D deep/b\n");
  CHECK(told(staged(folder)) == "M a\n");
}

TEST_CASE("every version of an index that git writes whole can be read") {
  for (const char* version : {"2", "3", "4"}) {
    const TwoFiles folder;
    folder.stage("deep/c", "x\n");
    folder.git(std::string("update-index --index-version ") + version);
    CAPTURE(version);
    CHECK(told(staged(folder)) == "A deep/c\n");
  }
}

TEST_CASE("a split index is of a kind that is not supported") {
  const TwoFiles folder;
  folder.git("update-index --split-index");
  folder.stage("a", "other\n");
  CHECK_FALSE(staged(folder));
  folder.git("update-index --no-split-index");
  CHECK(told(staged(folder)) == "M a\n");
}

TEST_CASE("a sparse index is of a kind that is not supported, and a sparse checkout is") {
  const TwoFiles folder;
  folder.write("far/off/c", "x\n");
  folder.commit();
  folder.git("sparse-checkout set --cone --sparse-index deep");
  folder.stage("a", "other\n");
  REQUIRE(folder.git("ls-files --sparse").ends_with("\nfar/"));
  CHECK_FALSE(staged(folder));
  folder.git("sparse-checkout reapply --no-sparse-index");
  CHECK(told(staged(folder)) == "M a\n");
}

TEST_CASE("of an index that is damaged nothing is told, and not that nothing is staged") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  const std::string whole = folder.read(".git/index");
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
  std::string many = whole;
  many[8] = '\x7f';
  for (const std::string& bytes :
       {whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 1), whole.substr(0, 11),
        flipped, many, "X" + whole.substr(1), std::string("no index at all"), std::string()}) {
    folder.write(".git/index", bytes);
    CAPTURE(bytes.size());
    CHECK_FALSE(git::Index::staged_changes(folder.open(), folder.id("HEAD"), ""));
  }
}

TEST_CASE("a commit or a folder of it that is missing is damage") {
  const TwoFiles folder;
  folder.stage("deep/c", "x\n");
  const git::Repository repository = folder.open();
  const git::ObjectId none = git::ObjectId::parse(std::string(40, '1')).value();
  CHECK(is_damage(outcome([&] { git::Index::staged_changes(repository, none, ""); })));
  for (const char* revision : {"HEAD:deep", "HEAD^{tree}", "HEAD"}) {
    const git::ObjectId id = folder.id(revision);
    const git::ObjectId head = folder.id("HEAD");
    const std::string bytes = folder.read(folder.object_path(id));
    std::filesystem::remove(folder / folder.object_path(id));
    CAPTURE(revision);
    CHECK(is_damage(bounded_outcome([&] { git::Index::staged_changes(folder.open(), head, ""); })));
    folder.put_object(id, bytes);
  }
  CHECK(told(staged(folder)) == "A deep/c\n");
}

TEST_CASE("what is staged is told while somebody else holds the lock, which stays theirs") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  folder.write(".git/index.lock", "theirs");
  CHECK(told(staged(folder)) == "M a\n");
  CHECK(folder.read(".git/index.lock") == "theirs");
}

TEST_CASE("telling what is staged neither writes nor keeps anything") {
  const TwoFiles folder;
  folder.stage("a", "other\n");
  const git::Repository repository = folder.open();
  const git::ObjectId head = folder.id("HEAD");
  const std::string before = listing(folder.path());
  REQUIRE(told(git::Index::staged_changes(repository, head, "")) == "M a\n");
  CHECK(listing(folder.path()) == before);
  folder.stage("new", "x\n");
  CHECK(told(git::Index::staged_changes(repository, head, "")) == "M a\nA new\n");
  CHECK(git::Index::lock(repository));
}

}  // namespace paperclub::tests
