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

#include "lib/os/file_place.hpp"

namespace paperclub::os {
namespace {

FileKind kind_from_mode(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  return S_ISLNK(mode) ? FileKind::link : FileKind::other;
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

bool is_absence(int code) {
  return code == ENOENT || code == ENOTDIR || code == ELOOP || code == ENAMETOOLONG;
}

// What the system says of `path` below `root`, or nothing where nothing is there.  What it does not
// tell is another thing: Error{io}, which calls the file `name`.
std::optional<struct stat> look_at(int root, std::string_view path, const std::string& name) {
  const Place place = walk_to(root, path);
  struct stat info {};
  int code = place.error;
  if (code == 0 && ::fstatat(place.folder, place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
    code = errno;
  if (code == 0) return info;
  if (is_absence(code)) return std::nullopt;
  throw io_error("cannot look at", name, code);
}

}  // namespace

Folder Folder::open(const std::string& path) {
  Handle handle(::open(path.c_str(), kFolderFlags));
  if (!handle) throw io_error("cannot open folder", path, errno);
  return {std::move(handle), path};
}

Folder Folder::open_unnamed(const std::string& path) {
  Folder folder = open(path);
  folder.name_.clear();
  return folder;
}

std::optional<Folder> Folder::child(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  Handle handle;
  int code = place.error;
  if (code == 0) {
    handle = open_folder(place.folder, place.name);
    code = handle ? 0 : errno;
  }
  if (is_absence(code)) return {};
  std::string name = name_of(path);
  if (code != 0) throw io_error("cannot open folder", name, code);
  return Folder(std::move(handle), std::move(name));
}

std::vector<FolderItem> Folder::list() const {
  // A second descriptor: closedir closes the one it is given, and two readers share no position.
  Handle own(::openat(handle_.get(), ".", kFolderFlags));
  if (!own) throw io_error("cannot list folder", name_.empty() ? "." : name_, errno);
  struct Close {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, Close> stream(::fdopendir(own.get()));
  if (!stream) throw io_error("cannot list folder", name_.empty() ? "." : name_, errno);
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
  if (errno != 0) throw io_error("cannot list folder", name_.empty() ? "." : name_, errno);
  std::sort(items.begin(), items.end(),
            [](const FolderItem& a, const FolderItem& b) { return a.name < b.name; });
  return items;
}

std::string Folder::name_of(std::string_view path) const {
  return name_.empty() ? std::string(path) : fmt::format("{}/{}", name_, path);
}

std::optional<FileKind> Folder::kind_of(std::string_view path) const {
  const auto info = look_at(handle_.get(), path, name_of(path));
  return info ? std::optional(kind_from_mode(info->st_mode)) : std::nullopt;
}

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

ReadResult Folder::read_part(std::string_view path, std::uint64_t begin, std::size_t count) const {
  const Opened opened = open_regular(path);
  if (!opened.file) return opened.failure;
  ReadResult result{ReadStatus::ok, std::string(count, '\0'), {}};
  std::size_t have = 0;
  while (have < count) {
    const ssize_t got = ::pread(opened.file.get(), result.bytes.data() + have, count - have,
                                static_cast<off_t>(begin + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed_read(errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  result.bytes.resize(have);
  return result;
}

std::optional<std::uint64_t> Folder::size_of(std::string_view path) const {
  const auto info = look_at(handle_.get(), path, name_of(path));
  if (!info || !S_ISREG(info->st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(info->st_size);
}

std::optional<FileFacts> Folder::facts_of(std::string_view path) const {
  const auto looked = look_at(handle_.get(), path, name_of(path));
  if (!looked || !S_ISREG(looked->st_mode)) return std::nullopt;
  const struct stat& info = *looked;
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
