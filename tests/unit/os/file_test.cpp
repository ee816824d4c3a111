// Reading of lib/os/file.hpp: what is read, and above all what is not.
#include "lib/os/file.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

using namespace paperclub;
using os::FileKind;
using os::Folder;
using os::ReadStatus;

namespace {

constexpr std::size_t kLimit = 1000;

ReadStatus status_of(const tests::TempFolder& folder, std::string_view path) {
  const os::ReadResult result = Folder::open(folder.path()).read(path, kLimit);
  if (result.status != ReadStatus::ok) CHECK(result.bytes.empty());
  return result.status;
}

void make_socket(const std::string& path) {
  const os::Handle handle(::socket(AF_UNIX, SOCK_STREAM, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  REQUIRE(::bind(handle.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

}  // namespace

TEST_CASE("a regular file is read whole, byte for byte") {
  const tests::TempFolder folder;
  const std::string bytes("a\0\n\xff\r\n", 6);
  folder.write("a.yaml", bytes);
  folder.write("sub/deep/b.yaml", "b");
  folder.write("empty", "");
  const Folder open = Folder::open(folder.path());
  CHECK(open.read("a.yaml", kLimit).status == ReadStatus::ok);
  CHECK(open.read("a.yaml", kLimit).bytes == bytes);
  CHECK(open.read("sub/deep/b.yaml", kLimit).bytes == "b");
  CHECK(open.read("empty", 0).status == ReadStatus::ok);
  CHECK(open.child("sub")->read("deep/b.yaml", kLimit).bytes == "b");
}

TEST_CASE("what is not there is missing") {
  const tests::TempFolder folder;
  folder.write("sub/a", "x");
  CHECK(status_of(folder, "nothing") == ReadStatus::missing);
  CHECK(status_of(folder, "sub/nothing") == ReadStatus::missing);
  CHECK(status_of(folder, "nothing/a") == ReadStatus::missing);
  CHECK(status_of(folder, std::string(5000, 'x')) == ReadStatus::missing);
}

TEST_CASE("no path leads out of the folder") {
  const tests::TempFolder folder;
  folder.write("inside/a", "x");
  folder.write("outside", "secret");
  const Folder inside = Folder::open(folder / "inside");
  for (const char* path : {"../outside", "..", ".", "", "/", "//", "./a", "a/.", "a/", "/a", "a//",
                           "../inside/a", "./../outside", "a/../a", "sub/../../outside"}) {
    CAPTURE(path);
    CHECK(inside.read(path, kLimit).status != ReadStatus::ok);
    CHECK_FALSE(inside.kind_of(path));
    CHECK_FALSE(inside.child(path));
  }
  CHECK(inside.read("..", kLimit).status == ReadStatus::missing);
  CHECK(inside.read("", kLimit).status == ReadStatus::missing);
  CHECK(inside.read(folder / "outside", kLimit).status == ReadStatus::missing);
}

TEST_CASE("a NUL in a path names nothing") {
  const tests::TempFolder folder;
  folder.write("a", "x");
  folder.write("sub/b", "x");
  CHECK(status_of(folder, std::string_view("a\0b", 3)) == ReadStatus::missing);
  CHECK(status_of(folder, std::string_view("sub\0/b", 6)) == ReadStatus::missing);
  CHECK_FALSE(Folder::open(folder.path()).kind_of(std::string_view("a\0", 2)));
}

TEST_CASE("a symbolic link is not read, wherever it points") {
  const tests::TempFolder folder;
  folder.write("real/a", "x");
  tests::shell(
      "cd " + folder.path() +
      " && ln -s real/a last && ln -s real way && ln -s nowhere dangling && ln -s loop loop"
      " && ln -s /dev/zero zero && ln -s . self");
  for (const char* path : {"last", "way", "way/a", "dangling", "loop", "loop/a", "zero", "self",
                           "self/real/a", "self/self/self/real/a"}) {
    CAPTURE(path);
    CHECK(status_of(folder, path) == ReadStatus::not_regular);
    CHECK_FALSE(Folder::open(folder.path()).child(path));
  }
  CHECK(Folder::open(folder.path()).kind_of("last") == FileKind::link);
  CHECK(Folder::open(folder.path()).kind_of("dangling") == FileKind::link);
  CHECK_FALSE(Folder::open(folder.path()).kind_of("way/a"));
}

TEST_CASE("what is no regular file is not read, and nothing waits for it") {
  const tests::TempFolder folder;
  folder.write("sub/a", "x");
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  make_socket(folder / "socket");
  ::alarm(20);  // a blocking open would wait for ever
  CHECK(status_of(folder, "sub") == ReadStatus::not_regular);
  CHECK(status_of(folder, "fifo") == ReadStatus::not_regular);
  CHECK(status_of(folder, "socket") == ReadStatus::not_regular);
  CHECK(status_of(folder, "sub/a/b") == ReadStatus::not_regular);
  CHECK(Folder::open("/dev").read("null", kLimit).status == ReadStatus::not_regular);
  CHECK(Folder::open("/dev").read("zero", kLimit).status == ReadStatus::not_regular);
  ::alarm(0);
}

TEST_CASE("a file of exactly the limit is read, one byte more is not") {
  const tests::TempFolder folder;
  folder.write("a", std::string(1000, 'x'));
  const Folder open = Folder::open(folder.path());
  CHECK(open.read("a", 1001).bytes.size() == 1000);
  CHECK(open.read("a", 1000).bytes.size() == 1000);
  CHECK(open.read("a", 999).status == ReadStatus::too_large);
  CHECK(open.read("a", 999).bytes.empty());
  CHECK(open.read("a", 0).status == ReadStatus::too_large);
}

TEST_CASE("a sparse file of a terabyte is refused before it is read") {
  const tests::TempFolder folder;
  folder.write("huge", "");
  if (::truncate((folder / "huge").c_str(), 1LL << 40) != 0) return;  // no sparse files here
  CHECK(status_of(folder, "huge") == ReadStatus::too_large);
}

TEST_CASE("a file that is longer than it says is read to its end, or refused by the limit") {
  const Folder self = Folder::open("/proc/self");
  const os::ReadResult status = self.read("status", 1000000);
  REQUIRE(status.status == ReadStatus::ok);
  CHECK(status.bytes.find("Name:") == 0);
  CHECK(self.read("status", 10).status == ReadStatus::too_large);
  CHECK(self.read("status", status.bytes.size() / 2).bytes.empty());
}

TEST_CASE("a file that the system does not give out is unreadable, in the system's words") {
  const os::ReadResult result = Folder::open("/proc/self").read("mem", kLimit);
  CHECK(result.status == ReadStatus::unreadable);
  CHECK_FALSE(result.reason.empty());
  CHECK(result.bytes.empty());
}

TEST_CASE("a folder that cannot be opened is a failure that names it") {
  const tests::TempFolder folder;
  folder.write("file", "x");
  for (const std::string& path : {folder / "nothing", folder / "file", std::string()}) {
    CAPTURE(path);
    try {
      Folder::open(path);
      FAIL("opened");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::io);
      CHECK(error.message().find(path) != std::string::npos);
    }
  }
}

TEST_CASE("the folder itself may be reached through a link") {
  const tests::TempFolder folder;
  folder.write("real/a", "x");
  tests::shell("ln -s real " + folder / "link");
  CHECK(Folder::open(folder / "link").read("a", kLimit).bytes == "x");
}

TEST_CASE("a folder is listed by bytes, with what each name is") {
  const tests::TempFolder folder;
  for (const char* name : {"b", "a", "B", "a b", "é", "\xff", "a-b", ".hidden", "a\nb"}) {
    folder.write(name, "x");
  }
  folder.write("sub/x", "x");
  tests::shell("cd " + folder.path() + " && ln -s a link && mkfifo fifo");
  std::string listed;
  for (const os::FolderItem& item : Folder::open(folder.path()).list()) {
    listed += item.name + " " + std::to_string(static_cast<int>(item.kind)) + "|";
  }
  CHECK(listed ==
        ".hidden 0|B 0|a 0|a\nb 0|a b 0|a-b 0|b 0|fifo 3|link 2|sub 1|\xc3\xa9 0|\xff 0|");
}

TEST_CASE("a folder may be listed twice, and an empty one has no names") {
  const tests::TempFolder folder;
  const Folder open = Folder::open(folder.path());
  CHECK(open.list().empty());
  folder.write("a", "x");
  CHECK(open.list().size() == 1);
  CHECK(open.list().size() == 1);
}

TEST_CASE("a folder stays the folder that was opened when another takes its name") {
  const tests::TempFolder folder;
  folder.write("one/a", "first");
  folder.write("two/a", "second");
  const Folder open = Folder::open(folder / "one");
  tests::shell("cd " + folder.path() + " && mv one gone && ln -s two one");
  CHECK(open.read("a", kLimit).bytes == "first");
}

TEST_CASE("several threads may read from one folder") {
  const tests::TempFolder folder;
  for (int i = 0; i < 20; ++i)
    folder.write("sub/" + std::to_string(i), std::string(100, char('a' + i)));
  const Folder open = Folder::open(folder.path());
  std::array<int, 4> wrong{};
  std::vector<std::thread> threads;
  for (int& mine : wrong) {
    threads.emplace_back([&open, &mine] {
      for (int i = 0; i < 400; ++i) {
        const std::string bytes = open.read("sub/" + std::to_string(i % 20), kLimit).bytes;
        if (bytes != std::string(100, static_cast<char>('a' + i % 20))) ++mine;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == std::array<int, 4>{});
}

TEST_CASE("a part of a file is read from where it is asked for, and its size is known") {
  const tests::TempFolder temp;
  temp.write("a", "0123456789");
  tests::shell("ln -s a " + temp / "link");
  const os::Folder folder = os::Folder::open(temp.path());
  CHECK(folder.read_part("a", 0, 4).bytes == "0123");
  CHECK(folder.read_part("a", 8, 4).bytes == "89");
  CHECK(folder.read_part("a", 10, 4).bytes.empty());
  CHECK(folder.read_part("a", 100, 4).status == os::ReadStatus::ok);
  CHECK(folder.read_part("b", 0, 4).status == os::ReadStatus::missing);
  CHECK(folder.read_part("link", 0, 4).status == os::ReadStatus::not_regular);
  CHECK(folder.size_of("a") == 10);
  CHECK_FALSE(folder.size_of("b"));
  CHECK_FALSE(folder.size_of("link"));
}

TEST_CASE("reading leaves no descriptor open") {
  const tests::TempFolder folder;
  folder.write("sub/a", "x");
  const Folder self = Folder::open("/proc/self/fd");
  const std::size_t before = self.list().size();
  for (int i = 0; i < 50; ++i) {
    const Folder open = Folder::open(folder.path());
    open.list();
    open.read("sub/a", kLimit);
    open.read("sub", kLimit);
    open.read("nothing/a", kLimit);
    open.child("sub");
  }
  CHECK(self.list().size() == before);
}
