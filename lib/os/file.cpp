#include "lib/os/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::os {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

std::string system_words(int code) { return std::strerror(code); }  // NOLINT: fixed locale, copied

Error io_error(std::string_view what, const std::string& path, int code) {
  return {ErrorKind::io, fmt::format("{} {}: {}", what, quote(path, 200), system_words(code))};
}

FileKind kind_from_mode(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  return S_ISLNK(mode) ? FileKind::link : FileKind::other;
}

// Opens `folder`/`name` as a real folder, or returns none with errno set.
Handle open_folder(int folder, const std::string& name) {
  return Handle(::openat(folder, name.c_str(), kFolderFlags | O_NOFOLLOW));
}

bool is_plain_part(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && part.find('\0') == part.npos;
}

// The folder that holds the last part of a path, and that part.
struct Place {
  Handle owned;  // none where the path has one part
  int folder = -1;
  std::string name;
  int error = 0;  // errno where the way there is closed
};

Place walk_to(int root, std::string_view path) {
  Place place;
  place.folder = root;
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!is_plain_part(part)) {
      place.error = ENOENT;
      return place;
    }
    if (slash == path.npos) {
      place.name = part;
      return place;
    }
    Handle next = open_folder(place.folder, std::string(part));
    if (!next) {
      place.error = errno;
      return place;
    }
    place.owned = std::move(next);
    place.folder = place.owned.get();
    path.remove_prefix(slash + 1);
  }
}

ReadResult failed_read(int code) {
  if (code == ENOENT || code == ENAMETOOLONG) return {ReadStatus::missing, {}, {}};
  if (code == ELOOP || code == ENOTDIR || code == ENXIO) return {ReadStatus::not_regular, {}, {}};
  return {ReadStatus::unreadable, {}, system_words(code)};
}

ReadResult read_all(int fd, std::size_t expected, std::size_t limit) {
  ReadResult result{ReadStatus::ok, {}, {}};
  result.bytes.resize(expected + 1);
  std::size_t have = 0;
  for (;;) {
    if (have == result.bytes.size()) result.bytes.resize(have * 2);
    const ssize_t got = ::read(fd, result.bytes.data() + have, result.bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed_read(errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
    if (have > limit) return {ReadStatus::too_large, {}, {}};
  }
  result.bytes.resize(have);
  return result;
}

// A new file beside `name` that is removed again unless it was renamed.
class TemporaryFile {
 public:
  TemporaryFile(int folder, const std::string& name, std::string_view temporary)
      : folder_(folder), target_(name) {
    struct stat old {};
    const bool exists = ::fstatat(folder, name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists && !S_ISREG(old.st_mode)) {
      throw Error{ErrorKind::io, fmt::format("cannot replace {}: not a regular file", quote(name))};
    }
    const mode_t mode = exists ? old.st_mode & 07777U : 0666U;
    create(temporary, mode);
    if (exists && ::fchmod(handle_.get(), mode) != 0) {
      const int code = errno;
      remove();
      throw io_error("cannot keep the permissions of", name, code);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!renamed_) remove();
  }

  void write(std::string_view bytes) {
    if (const int code = write_all(handle_.get(), bytes); code != 0)
      throw io_error("cannot write", target_, code);
    if (::fsync(handle_.get()) != 0) throw io_error("cannot write", target_, errno);
    if (!handle_.close()) throw io_error("cannot write", target_, errno);
  }

  void rename_to(const std::string& name) {
    if (::renameat(folder_, name_.c_str(), folder_, name.c_str()) != 0) {
      throw io_error("cannot replace", name, errno);
    }
    renamed_ = true;
  }

 private:
  // As much of the name as leaves room for the rest within the 255 bytes of a name.
  static constexpr std::size_t kNamePart = 200;
  static constexpr int kAttempts = 100;

  // Under a name that nobody has: one left behind by a process that was killed is passed over.
  void create(std::string_view temporary, mode_t mode) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    for (int attempt = 0; attempt < kAttempts && !handle_; ++attempt) {
      name_ = fmt::format("{}{}.{}-{}.tmp", temporary, target_.substr(0, kNamePart), ::getpid(),
                          attempt);
      handle_ = Handle(::openat(folder_, name_.c_str(), kFlags, mode));
      if (!handle_ && errno != EEXIST) break;
    }
    if (!handle_) throw io_error("cannot create a temporary file for", target_, errno);
  }

  void remove() const { ::unlinkat(folder_, name_.c_str(), 0); }

  int folder_;
  std::string target_;
  std::string name_;
  Handle handle_;
  bool renamed_ = false;
};

}  // namespace

Folder Folder::open(const std::string& path) {
  Handle handle(::open(path.c_str(), kFolderFlags));
  if (!handle) throw io_error("cannot open folder", path, errno);
  return {std::move(handle), path};
}

std::optional<Folder> Folder::child(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  Handle handle;
  int code = place.error;
  if (code == 0) {
    handle = open_folder(place.folder, place.name);
    code = handle ? 0 : errno;
  }
  if (code == ENOENT || code == ENOTDIR || code == ELOOP || code == ENAMETOOLONG) return {};
  std::string name = fmt::format("{}/{}", name_, path);
  if (code != 0) throw io_error("cannot open folder", name, code);
  return Folder(std::move(handle), std::move(name));
}

std::vector<FolderItem> Folder::list() const {
  // A second descriptor: closedir closes the one it is given, and two readers share no position.
  Handle own(::openat(handle_.get(), ".", kFolderFlags));
  if (!own) throw io_error("cannot list folder", name_, errno);
  struct Close {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, Close> stream(::fdopendir(own.get()));
  if (!stream) throw io_error("cannot list folder", name_, errno);
  own.release();  // the stream owns the descriptor now
  std::vector<FolderItem> items;
  for (;;) {
    errno = 0;
    const dirent* item = ::readdir(stream.get());  // NOLINT: one thread a stream
    if (item == nullptr) break;
    const std::string name = item->d_name;
    if (name == "." || name == "..") continue;
    if (const auto kind = kind_of(name)) items.push_back({name, *kind});
  }
  if (errno != 0) throw io_error("cannot list folder", name_, errno);
  std::sort(items.begin(), items.end(),
            [](const FolderItem& a, const FolderItem& b) { return a.name < b.name; });
  return items;
}

std::optional<FileKind> Folder::kind_of(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  struct stat info {};
  if (place.error != 0) return std::nullopt;
  if (::fstatat(place.folder, place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return {};
  return kind_from_mode(info.st_mode);
}

// A regular file, or why there is none.
struct Folder::Opened {
  Handle file;
  std::size_t size = 0;
  ReadResult failure;  // where there is no file
};

Folder::Opened Folder::open_regular(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  if (place.error != 0) return {{}, 0, failed_read(place.error)};
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
  Handle file(::openat(place.folder, place.name.c_str(), kFlags));
  struct stat info {};
  if (!file || ::fstat(file.get(), &info) != 0) return {{}, 0, failed_read(errno)};
  if (!S_ISREG(info.st_mode)) return {{}, 0, {ReadStatus::not_regular, {}, {}}};
  return {std::move(file), static_cast<std::size_t>(info.st_size), {}};
}

ReadResult Folder::read(std::string_view path, std::size_t limit) const {
  const Opened opened = open_regular(path);
  if (!opened.file) return opened.failure;
  if (opened.size > limit) return {ReadStatus::too_large, {}, {}};
  return read_all(opened.file.get(), opened.size, limit);
}

ReadResult Folder::read_head(std::string_view path, std::size_t count) const {
  const Opened opened = open_regular(path);
  if (!opened.file) return opened.failure;
  ReadResult result{ReadStatus::ok, std::string(count, '\0'), {}};
  ssize_t got = 0;
  do {
    got = ::read(opened.file.get(), result.bytes.data(), count);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return failed_read(errno);
  result.bytes.resize(static_cast<std::size_t>(got));
  return result;
}

bool Folder::holds(const std::string& name, std::string_view bytes) const {
  const ReadResult now = read(name, bytes.size());
  return now.status == ReadStatus::ok && now.bytes == bytes;
}

void Folder::put_checked(const std::string& name, std::string_view bytes,
                         std::string_view temporary,
                         std::optional<std::string_view> expected) const {
  if (!is_plain_part(name) || name.find('/') != name.npos) {
    throw Error{ErrorKind::io, fmt::format("cannot write {}: not a file name", quote(name))};
  }
  TemporaryFile file(handle_.get(), name, temporary);
  file.write(bytes);
  if (expected && !holds(name, *expected)) {
    throw Error{ErrorKind::io, fmt::format("{} was changed meanwhile", quote(name))}.hint(
        "nothing was written; run the command again");
  }
  file.rename_to(name);
}

void Folder::put(const std::string& name, std::string_view bytes,
                 std::string_view temporary) const {
  put_checked(name, bytes, temporary, std::nullopt);
}

void Folder::put_over(const std::string& name, std::string_view bytes,
                      const std::optional<std::string>& before) const {
  if (before) {
    put_checked(name, bytes, ".", *before);
    return;
  }
  if (kind_of(name)) {
    throw Error{ErrorKind::io, fmt::format("{} was made meanwhile", quote(name))}.hint(
        "nothing was written; run the command again");
  }
  put_checked(name, bytes, ".", std::nullopt);
}

void Folder::copy(const std::string& from, const std::string& to) const {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 30U;
  remove(to);
  const ReadResult file = read(from, kMaxBytes);
  if (file.status == ReadStatus::missing) return;
  if (file.status != ReadStatus::ok) {
    throw Error{ErrorKind::io, fmt::format("cannot copy {}: {}", quote(from), file.reason)};
  }
  put(to, file.bytes);
  struct stat info {};
  if (::fstatat(handle_.get(), from.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
    throw io_error("cannot copy", from, errno);
  const struct timespec times[] = {info.st_atim, info.st_mtim};
  if (::utimensat(handle_.get(), to.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
    throw io_error("cannot copy", from, errno);
}

void Folder::rename(const std::string& from, const std::string& to) const {
  if (::renameat(handle_.get(), from.c_str(), handle_.get(), to.c_str()) != 0)
    throw io_error("cannot replace", to, errno);
  sync();
}

void Folder::sync() const {
  if (::fsync(handle_.get()) != 0) throw io_error("cannot bring to the disk", name_, errno);
}

bool Folder::sync_file(std::string_view path) const {
  const Opened opened = open_regular(path);
  if (!opened.file) return false;
  if (::fsync(opened.file.get()) != 0)
    throw io_error("cannot bring to the disk", std::string(path), errno);
  return true;
}

Folder Folder::make_child(const std::string& name) const {
  constexpr mode_t kMode = 0777;  // less what the person's umask takes away
  if (!is_plain_part(name) || name.find('/') != name.npos) {
    throw Error{ErrorKind::io, fmt::format("cannot make {}: not a name", quote(name))};
  }
  if (::mkdirat(handle_.get(), name.c_str(), kMode) != 0 && errno != EEXIST)
    throw io_error("cannot make folder", name, errno);
  auto made = child(name);
  if (!made) throw io_error("cannot make folder", name, ENOTDIR);
  return std::move(*made);
}

void Folder::remove(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  if (place.error == ENOENT) return;
  if (place.error != 0) throw io_error("cannot remove", std::string(path), place.error);
  if (::unlinkat(place.folder, place.name.c_str(), 0) != 0 && errno != ENOENT)
    throw io_error("cannot remove", std::string(path), errno);
}

std::optional<FileFacts> Folder::facts_of(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  struct stat info {};
  if (place.error != 0) return std::nullopt;
  if (::fstatat(place.folder, place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return {};
  if (!S_ISREG(info.st_mode)) return std::nullopt;
  FileFacts facts;
  facts.modified_seconds = info.st_mtim.tv_sec;
  facts.changed_seconds = info.st_ctim.tv_sec;
  facts.modified_nanoseconds = static_cast<std::uint32_t>(info.st_mtim.tv_nsec);
  facts.changed_nanoseconds = static_cast<std::uint32_t>(info.st_ctim.tv_nsec);
  facts.device = static_cast<std::uint32_t>(info.st_dev);
  facts.inode = static_cast<std::uint32_t>(info.st_ino);
  facts.user = static_cast<std::uint32_t>(info.st_uid);
  facts.group = static_cast<std::uint32_t>(info.st_gid);
  facts.size = static_cast<std::uint32_t>(info.st_size);
  facts.executable = (info.st_mode & S_IXUSR) != 0;
  return facts;
}

void Folder::replace(const std::string& name, std::string_view bytes,
                     std::optional<std::string_view> expected) const {
  put_checked(name, bytes, ".", expected);
  if (::fsync(handle_.get()) != 0) {
    throw io_error("replaced, but it is unknown whether it would survive a power cut:", name,
                   errno);
  }
}

bool is_folder(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool belongs_to_another(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && info.st_uid != ::geteuid();
}

std::optional<std::string> resolve_path(const std::string& path) {
  struct Free {
    void operator()(char* text) const { std::free(text); }  // NOLINT: C allocation
  };
  const std::unique_ptr<char, Free> resolved(::realpath(path.c_str(), nullptr));
  if (!resolved) return std::nullopt;
  return std::string(resolved.get());
}

std::optional<std::string> find_upwards(const std::string& start, std::string_view name) {
  std::string folder = start;
  for (;;) {
    struct stat info {};
    const std::string candidate = fmt::format("{}/{}", folder == "/" ? "" : folder, name);
    if (::lstat(candidate.c_str(), &info) == 0) return folder;
    const std::size_t slash = folder.rfind('/');
    if (folder == "/" || slash == folder.npos) return std::nullopt;
    folder = slash == 0 ? "/" : folder.substr(0, slash);
  }
}

ReadResult read_descriptor(int descriptor, std::size_t limit) {
  return read_all(descriptor, 4096, limit);
}

}  // namespace paperclub::os
