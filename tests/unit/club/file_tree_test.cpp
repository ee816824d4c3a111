// The three trees answer alike: the fake one that other tests use, the working tree and a commit.
#include "lib/club/file_tree.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/club/fake_tree.hpp"

namespace paperclub::tests {
namespace {

using club::FileTree;
using club::TreeFile;
using os::FileKind;
using os::ReadStatus;

std::string git(const TempFolder& folder, const std::string& arguments) {
  std::string output = shell(
      "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git -C '" + folder.path() +
      "' -c init.defaultBranch=main -c user.name=ada -c user.email=ada@example.org " + arguments);
  while (output.ends_with('\n'))
    output.pop_back();
  return output;
}

// Commits all there is and returns the id of the commit.
git::ObjectId commit_all(const TempFolder& folder) {
  git(folder, "init --quiet");
  git(folder, "add --all --force");
  git(folder, "commit --quiet --allow-empty --message files");
  return *git::ObjectId::parse(git(folder, "rev-parse HEAD"));
}

std::unique_ptr<FileTree> tree_of(const TempFolder& folder, const git::ObjectId& commit,
                                  const std::string& prefix = "") {
  return club::commit_tree(*git::Repository::discover(folder.path()), commit, prefix);
}

const std::vector<std::pair<std::string, std::string>> kFiles = {
    {"club.yaml", "format: 1\n"},
    {"README.md", "read me\n"},
    {"papers/a.yaml", "title: A\n"},
    {"papers/a/fig.png", "\x89PNG"},
    {"papers/a-b.yaml", "title: B\n"},
    {"papers/.hidden", ""},
    {"papers/2024/c.yaml", "title: C\n"},
    {"papers/back\\slash.yaml", "\n"},
    {"papers/line\nbreak.yaml", "\n"},
    {"papers/\xff.yaml", "\n"},
    {"sessions", "a file where a folder should be"},
    {"votes/r1.yaml", "method: approval\n"},
    {"votes/r1/ada.yaml", "approve: []\n"},
};
const std::vector<std::pair<std::string, std::string>> kLinks = {
    {"papers/link.yaml", "a.yaml"},
    {"members", "papers"},
};

// One of the three trees, with kFiles and kLinks in it.
struct AnyTree {
  explicit AnyTree(const std::string& kind) {
    if (kind == "fake") {
      auto fake = std::make_unique<FakeTree>();
      for (const auto& [path, bytes] : kFiles)
        fake->put(path, bytes);
      for (const auto& [path, target] : kLinks)
        fake->put(path, FileKind::link);
      tree = std::move(fake);
      return;
    }
    for (const auto& [path, bytes] : kFiles)
      folder.write(path, bytes);
    for (const auto& [path, target] : kLinks) {
      std::filesystem::create_symlink(target, folder / path);
    }
    ::chmod((folder / "papers/a.yaml").c_str(), 0755);
    tree =
        kind == "working" ? club::working_tree(folder.path()) : tree_of(folder, commit_all(folder));
  }

  TempFolder folder;
  std::unique_ptr<FileTree> tree;
};

std::vector<std::string> paths_of(const std::vector<TreeFile>& files) {
  std::vector<std::string> paths;
  for (const TreeFile& file : files)
    paths.push_back(file.path);
  return paths;
}

using Paths = std::vector<std::string>;

// Lowers how many files may be open, so that the next one cannot be, until its end.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(STDIN_FILENO);
    ::close(next);
    rlimit now = before_;
    now.rlim_cur = static_cast<rlim_t>(next);
    ::setrlimit(RLIMIT_NOFILE, &now);
  }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;
  ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

std::string deep_path(std::size_t folders) {
  std::string path = "papers";
  for (std::size_t i = 1; i < folders; ++i)
    path += "/d";
  return path + "/x";
}

}  // namespace

TEST_CASE("every tree lists the files of a folder at every depth, sorted by path") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  const std::vector<TreeFile> files = any.tree->list("papers");
  CHECK(paths_of(files) == Paths{"papers/2024/c.yaml", "papers/a-b.yaml", "papers/a.yaml",
                                 "papers/a/fig.png", "papers/back\\slash.yaml",
                                 "papers/line\nbreak.yaml", "papers/link.yaml",
                                 "papers/\xff.yaml"});
  for (const TreeFile& file : files) {
    CHECK(file.kind == (file.path == "papers/link.yaml" ? FileKind::link : FileKind::regular));
  }
  CHECK(paths_of(any.tree->list("papers/a")) == Paths{"papers/a/fig.png"});
  CHECK(paths_of(any.tree->list("votes")) == Paths{"votes/r1.yaml", "votes/r1/ada.yaml"});
}

TEST_CASE("every tree lists nothing where there is no folder") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  for (const char* folder : {"slides", "", ".", "..", "papers/..", "papers/x", "papers/"}) {
    CAPTURE(folder);
    CHECK(any.tree->list(folder).empty());
  }
}

TEST_CASE("every tree lists what stands in a folder's place as the one file") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  const auto members = any.tree->list("members");
  REQUIRE(paths_of(members) == Paths{"members"});
  CHECK(members[0].kind == FileKind::link);
  const auto sessions = any.tree->list("sessions");
  REQUIRE(paths_of(sessions) == Paths{"sessions"});
  CHECK(sessions[0].kind == FileKind::regular);
}

TEST_CASE("every tree says what is at a path, without following links") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  CHECK(any.tree->kind_of("club.yaml") == FileKind::regular);
  CHECK(any.tree->kind_of("papers") == FileKind::folder);
  CHECK(any.tree->kind_of("papers/a") == FileKind::folder);
  CHECK(any.tree->kind_of("papers/a/fig.png") == FileKind::regular);
  CHECK(any.tree->kind_of("papers/link.yaml") == FileKind::link);
  CHECK(any.tree->kind_of("members") == FileKind::link);
  CHECK(any.tree->kind_of("members/a.yaml") == std::nullopt);
  CHECK(any.tree->kind_of("papers/none.yaml") == std::nullopt);
  CHECK(any.tree->kind_of("club.yaml/x") == std::nullopt);
}

TEST_CASE("every tree treats a path that is not plain as missing") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  const Paths paths = {"",
                       ".",
                       "..",
                       "/club.yaml",
                       "./club.yaml",
                       "papers/",
                       "papers//a",
                       "papers/.",
                       "papers/../club.yaml",
                       "../club.yaml",
                       std::string("papers\0x", 8)};
  for (const std::string& path : paths) {
    CAPTURE(escape(path));
    CHECK(any.tree->kind_of(path) == std::nullopt);
    CHECK(any.tree->read(path, 100).status == ReadStatus::missing);
  }
}

TEST_CASE("every tree reads regular files and says why it reads nothing else") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  const os::ReadResult paper = any.tree->read("papers/a.yaml", 1000);
  CHECK(paper.status == ReadStatus::ok);
  CHECK(paper.bytes == "title: A\n");
  CHECK(any.tree->read("papers/\xff.yaml", 1000).bytes == "\n");
  CHECK(any.tree->read("papers/none.yaml", 1000).status == ReadStatus::missing);
  CHECK(any.tree->read("papers", 1000).status == ReadStatus::not_regular);
  CHECK(any.tree->read("papers/link.yaml", 1000).status == ReadStatus::not_regular);
}

TEST_CASE("every tree reads nothing below a link or a file") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  CHECK(any.tree->read("members/a.yaml", 1000).status == ReadStatus::not_regular);
  CHECK(any.tree->read("club.yaml/x", 1000).status == ReadStatus::not_regular);
}

TEST_CASE("every tree reads a file of exactly the limit and none that is larger") {
  const std::string kind = GENERATE(as<std::string>(), "fake", "working", "commit");
  CAPTURE(kind);
  const AnyTree any(kind);
  CHECK(any.tree->read("papers/a.yaml", 9).bytes == "title: A\n");
  const os::ReadResult large = any.tree->read("papers/a.yaml", 8);
  CHECK(large.status == ReadStatus::too_large);
  CHECK(large.bytes.empty());
  CHECK(any.tree->read("papers/.hidden", 0).status == ReadStatus::ok);
}

TEST_CASE("the real trees look twelve folders deep and fail below that, naming the place") {
  const TempFolder folder;
  const bool too_deep = GENERATE(false, true);
  const std::string kind = GENERATE(as<std::string>(), "working", "commit");
  CAPTURE(kind);
  const std::string path = deep_path(too_deep ? 13 : 12);
  folder.write(path, "");
  const auto tree =
      kind == "working" ? club::working_tree(folder.path()) : tree_of(folder, commit_all(folder));
  if (!too_deep) {
    CHECK(paths_of(tree->list("papers")) == Paths{path});
    return;
  }
  try {
    tree->list("papers");
    FAIL("listed all the same");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::limit);
    CHECK(error.place() == path);
  }
}

TEST_CASE("hidden folders are not looked into, however deep or closed they are") {
  const TempFolder folder;
  const std::string kind = GENERATE(as<std::string>(), "working", "commit");
  CAPTURE(kind);
  folder.write("papers/a.yaml", "");
  folder.write("papers/.obsidian/" + deep_path(20), "");
  const auto tree =
      kind == "working" ? club::working_tree(folder.path()) : tree_of(folder, commit_all(folder));
  CHECK(paths_of(tree->list("papers")) == Paths{"papers/a.yaml"});
  CHECK(tree->kind_of("papers/.obsidian") == FileKind::folder);
}

TEST_CASE("a working tree that is not there is an I/O failure") {
  const TempFolder folder;
  try {
    club::working_tree(folder / "none");
    FAIL("opened all the same");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::io);
  }
}

TEST_CASE("a pipe in the working tree is neither a record nor waited for") {
  const TempFolder folder;
  folder.write("papers/a.yaml", "");
  REQUIRE(::mkfifo((folder / "papers/pipe.yaml").c_str(), 0600) == 0);
  const auto tree = club::working_tree(folder.path());
  CHECK(tree->kind_of("papers/pipe.yaml") == FileKind::other);
  CHECK(tree->list("papers")[1].kind == FileKind::other);
  CHECK(tree->read("papers/pipe.yaml", 100).status == ReadStatus::not_regular);
}

TEST_CASE("a folder of the working tree that cannot be opened is a failure, not an empty folder") {
  const TempFolder folder;
  folder.write("papers/a.yaml", "");
  const auto tree = club::working_tree(folder.path());
  const NoMoreFiles until_the_end;
  CHECK_THROWS_AS(tree->list("papers"), Error);
}

TEST_CASE("a commit's tree is what was committed, not what lies in the folder now") {
  const TempFolder folder;
  folder.write("club.yaml", "old");
  const auto commit = commit_all(folder);
  folder.write("club.yaml", "new");
  folder.write("papers/a.yaml", "");
  const auto tree = tree_of(folder, commit);
  CHECK(tree->read("club.yaml", 100).bytes == "old");
  CHECK(tree->list("papers").empty());
}

TEST_CASE("a commit's folders that links lead to are read once, however many links there are") {
  const TempFolder folder;
  for (int i = 0; i < 3'000; ++i)
    folder.write(fmt::format("docs/f{}.txt", i), "x");
  folder.write("club.yaml", "x");
  const auto tree = tree_of(folder, commit_all(folder));
  for (int i = 0; i < 30'000; ++i) {
    REQUIRE(tree->kind_of("docs/f1.txt") == os::FileKind::regular);
    REQUIRE_FALSE(tree->kind_of("docs/f1.txt/x"));
    REQUIRE_FALSE(tree->kind_of("docs/none"));
  }
  CHECK(tree->kind_of("docs") == os::FileKind::folder);
}

TEST_CASE("a submodule in a commit is neither file nor folder") {
  const TempFolder folder;
  folder.write("papers/a.yaml", "");
  const auto first = commit_all(folder);
  git(folder, "update-index --add --cacheinfo 160000," + first.hex() + ",papers/sub");
  git(folder, "commit --quiet --message submodule");
  const auto tree = tree_of(folder, *git::ObjectId::parse(git(folder, "rev-parse HEAD")));
  CHECK(tree->kind_of("papers/sub") == FileKind::other);
  CHECK(tree->read("papers/sub", 100).status == ReadStatus::not_regular);
  const auto files = tree->list("papers");
  REQUIRE(paths_of(files) == Paths{"papers/a.yaml", "papers/sub"});
  CHECK(files[1].kind == FileKind::other);
}

TEST_CASE("a club below the top of a commit is read by its prefix") {
  const TempFolder folder;
  folder.write("clubs/asia/papers/a.yaml", "title: A\n");
  const auto commit = commit_all(folder);
  const auto tree = tree_of(folder, commit, "clubs/asia");
  CHECK(paths_of(tree->list("papers")) == Paths{"papers/a.yaml"});
  CHECK(tree->read("papers/a.yaml", 100).bytes == "title: A\n");
  CHECK(tree->kind_of("clubs") == std::nullopt);
}

TEST_CASE("a prefix that is no folder of the commit is no club") {
  const TempFolder folder;
  folder.write("clubs/file", "");
  const auto commit = commit_all(folder);
  const std::string prefix = GENERATE(as<std::string>(), "clubs/none", "clubs/file");
  try {
    tree_of(folder, commit, prefix);
    FAIL("opened all the same");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::not_a_club);
    CHECK(error.message() == "no folder '" + prefix + "' in commit " + commit.hex());
  }
}

TEST_CASE("a commit that is not there is damage") {
  const TempFolder folder;
  commit_all(folder);
  try {
    tree_of(folder, *git::ObjectId::parse(std::string(40, 'a')));
    FAIL("opened all the same");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
  }
}

TEST_CASE("a commit's tree may be read from several threads at once") {
  const TempFolder folder;
  for (int i = 0; i < 50; ++i)
    folder.write("papers/p" + std::to_string(i), std::to_string(i));
  const auto tree = tree_of(folder, commit_all(folder));
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const std::string name = std::to_string(i);
        if (tree->read("papers/p" + name, 100).bytes != name) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == 0);
}

}  // namespace paperclub::tests
