// Writing of lib/os/file.hpp: a file is replaced in one step or stays as it was.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "lib/base/error.hpp"
#include "lib/os/file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

using namespace paperclub;
using os::Folder;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat info {};
  REQUIRE(::lstat(path.c_str(), &info) == 0);
  return info.st_mode & 07777U;
}

ino_t inode_of(const std::string& path) {
  struct stat info {};
  REQUIRE(::lstat(path.c_str(), &info) == 0);
  return info.st_ino;
}

std::string names_in(const tests::TempFolder& folder) {
  std::string names;
  for (const os::FolderItem& item : Folder::open(folder.path()).list())
    names += item.name + " ";
  return names;
}

// Tries to replace `name`; returns what was said where it failed, else "".
std::string replace(const std::string& folder, const std::string& name, std::string_view bytes) {
  try {
    Folder::open(folder).replace(name, bytes);
    return "";
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::io);
    return error.message();
  }
}

// While it lives, no file may grow beyond `bytes`, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit before_{};
  void (*old_handler_)(int) = nullptr;
};

}  // namespace

TEST_CASE("a file is replaced by the new bytes, and no other is left behind") {
  const tests::TempFolder folder;
  folder.write("README.md", "old");
  const std::string bytes = std::string("new\0\xff\r\n", 7) + std::string(300000, 'x');
  CHECK(replace(folder.path(), "README.md", bytes) == "");
  CHECK(folder.read("README.md") == bytes);
  CHECK(names_in(folder) == "README.md ");
  CHECK(replace(folder.path(), "README.md", "") == "");
  CHECK(folder.read("README.md") == "");
}

TEST_CASE("a file that is not there yet is made") {
  const tests::TempFolder folder;
  CHECK(replace(folder.path(), "new.md", "x") == "");
  CHECK(folder.read("new.md") == "x");
  CHECK((mode_of(folder / "new.md") & 0111U) == 0);
  CHECK(names_in(folder) == "new.md ");
}

TEST_CASE("a replaced file keeps its permissions") {
  const tests::TempFolder folder;
  for (const mode_t mode : {0600U, 0644U, 0664U, 0755U, 0400U}) {
    folder.write("a", "old");
    REQUIRE(::chmod((folder / "a").c_str(), mode) == 0);
    CHECK(replace(folder.path(), "a", "new") == "");
    CHECK(mode_of(folder / "a") == mode);
    REQUIRE(::chmod((folder / "a").c_str(), 0600) == 0);
  }
}

TEST_CASE("the permissions are kept whatever the umask takes away") {
  const tests::TempFolder folder;
  folder.write("a", "old");
  REQUIRE(::chmod((folder / "a").c_str(), 0666) == 0);
  const mode_t before = ::umask(0077);
  const std::string said = replace(folder.path(), "a", "new");
  ::umask(before);
  CHECK(said == "");
  CHECK(mode_of(folder / "a") == 0666U);
}

TEST_CASE("whoever has the old file open reads the old bytes") {
  const tests::TempFolder folder;
  folder.write("a", "old");
  tests::shell("ln " + folder / "a" + " " + folder / "same");
  const ino_t before = inode_of(folder / "a");
  CHECK(replace(folder.path(), "a", "new") == "");
  CHECK(folder.read("a") == "new");
  CHECK(folder.read("same") == "old");
  CHECK(inode_of(folder / "a") != before);
}

TEST_CASE("a symbolic link is not replaced, and what it points at stays") {
  const tests::TempFolder folder;
  folder.write("real", "old");
  tests::shell("cd " + folder.path() + " && ln -s real link && ln -s nowhere dangling");
  CHECK(replace(folder.path(), "link", "new") == "cannot replace 'link': not a regular file");
  CHECK(replace(folder.path(), "dangling", "new") != "");
  CHECK(folder.read("real") == "old");
  CHECK(names_in(folder) == "dangling link real ");
}

TEST_CASE("a folder or a fifo is not replaced") {
  const tests::TempFolder folder;
  folder.write("sub/a", "x");
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK(replace(folder.path(), "sub", "new") == "cannot replace 'sub': not a regular file");
  CHECK(replace(folder.path(), "fifo", "new") == "cannot replace 'fifo': not a regular file");
  CHECK(names_in(folder) == "fifo sub ");
}

TEST_CASE("only a name in the folder itself is written") {
  const tests::TempFolder folder;
  folder.write("inside/sub/a", "old");
  folder.write("outside", "old");
  for (const std::string& name :
       {std::string(), std::string("."), std::string(".."), std::string("../outside"),
        std::string("sub/a"), folder / "outside", std::string("a\0b", 3)}) {
    CAPTURE(name);
    CHECK(replace(folder / "inside", name, "new").find("not a file name") != std::string::npos);
  }
  CHECK(folder.read("outside") == "old");
  CHECK(folder.read("inside/sub/a") == "old");
  CHECK(Folder::open(folder / "inside").list().size() == 1);
}

TEST_CASE("where the disk takes no more, the old file stays and nothing is left behind") {
  const tests::TempFolder folder;
  folder.write("a", "old");
  std::string said;
  {
    const FileSizeLimit full(1000);
    said = replace(folder.path(), "a", std::string(5000, 'x'));
  }
  CHECK(said.find("cannot write") == 0);
  CHECK(folder.read("a") == "old");
  CHECK(names_in(folder) == "a ");
}

TEST_CASE("where the folder takes no file, that is a failure") {
  CHECK(replace("/proc/self", "new", "x").find("cannot create") == 0);
  const tests::TempFolder folder;
  folder.write("gone/a", "x");
  const Folder gone = Folder::open(folder / "gone");
  tests::shell("rm -r " + folder / "gone");
  CHECK_THROWS_AS(gone.replace("a", "new"), Error);
}

TEST_CASE("another file by the name of the temporary one is neither used nor removed") {
  const tests::TempFolder folder;
  folder.write("a", "old");
  folder.write("other", "untouched");
  const std::string temporary = ".a." + std::to_string(::getpid()) + ".tmp";
  tests::shell("ln -s other " + folder / temporary);
  replace(folder.path(), "a", "new");
  CHECK(folder.read("other") == "untouched");
  CHECK(Folder::open(folder.path()).kind_of(temporary) == os::FileKind::link);
}

TEST_CASE("a name as long as the system allows can be replaced") {
  const tests::TempFolder folder;
  const std::string name(255, 'n');
  folder.write(name, "old");
  CHECK(replace(folder.path(), name, "new") == "");
  CHECK(folder.read(name) == "new");
}

TEST_CASE("a file is put only over what was seen there") {
  const tests::TempFolder folder;
  const os::Folder open = os::Folder::open(folder.path());
  open.put_over("a", "one", std::nullopt);
  CHECK_THROWS_AS(open.put_over("a", "two", std::nullopt), Error);
  CHECK_THROWS_AS(open.put_over("a", "two", "other"), Error);
  CHECK_THROWS_AS(open.put_over("b", "two", "other"), Error);
  CHECK(open.read("a", 10).bytes == "one");
  open.put_over("a", "two", "one");
  CHECK(open.read("a", 10).bytes == "two");
  CHECK(open.list().size() == 1);
}

TEST_CASE("a copy has the bytes and the time of the file, and none is made of nothing") {
  const tests::TempFolder folder;
  const os::Folder open = os::Folder::open(folder.path());
  folder.write("a", "one");
  tests::shell("touch -d @1700000000.25 " + folder / "a");
  open.copy("a", "b");
  CHECK(open.read("b", 10).bytes == "one");
  CHECK(open.facts_of("b")->modified_seconds == 1700000000);
  CHECK(open.facts_of("b")->modified_nanoseconds == 250000000);
  open.copy("none", "b");
  CHECK_FALSE(open.kind_of("b"));
  open.rename("a", "b");
  CHECK_FALSE(open.kind_of("a"));
  CHECK_THROWS_AS(open.rename("a", "b"), Error);
}

TEST_CASE("a temporary folder goes with its files, unless it is kept, and is nobody else's") {
  const tests::TempFolder parent;
  std::string gone;
  std::string kept;
  {
    const os::TemporaryFolder first(parent.path());
    os::TemporaryFolder second(parent.path());
    gone = first.path();
    kept = second.path();
    CHECK(gone != kept);
    os::Folder::open(gone).put("a", "x");
    os::Folder::open(kept).put("a", "x");
    CHECK(tests::shell("stat -c %a " + gone) == "700\n");
    second.keep();
  }
  CHECK_FALSE(os::is_folder(gone));
  CHECK(os::Folder::open(kept).read("a", 9).bytes == "x");
  CHECK_THROWS_AS(os::TemporaryFolder(parent / "missing"), Error);
}
