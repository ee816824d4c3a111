#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "lib/base/text.hpp"
#include "lib/os/file.hpp"
#include "lib/os/file_place.hpp"

namespace paperclub::os {
namespace {

// A new file beside `name` that is removed again unless it was renamed.
class TemporaryFile {
 public:
  // `shown` is the whole name of the file, for who must see why the folder takes none.
  TemporaryFile(int folder, const std::string& name, const std::string& shown,
                std::string_view temporary, unsigned permissions)
      : folder_(folder), target_(name) {
    struct stat old {};
    const bool exists = ::fstatat(folder, name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists && !S_ISREG(old.st_mode)) {
      throw Error{ErrorKind::io, fmt::format("cannot replace {}: not a regular file", quote(name))};
    }
    const mode_t mode = exists ? old.st_mode & 07777U : permissions;
    create(temporary, mode, shown);
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
  void create(std::string_view temporary, mode_t mode, const std::string& shown) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    for (int attempt = 0; attempt < kAttempts && !handle_; ++attempt) {
      name_ = fmt::format("{}{}.{}-{}.tmp", temporary, target_.substr(0, kNamePart), ::getpid(),
                          attempt);
      handle_ = Handle(::openat(folder_, name_.c_str(), kFlags, mode));
      if (!handle_ && errno != EEXIST) break;
    }
    if (!handle_) throw io_error("cannot create a temporary file for", shown, errno);
  }

  void remove() const { ::unlinkat(folder_, name_.c_str(), 0); }

  int folder_;
  std::string target_;
  std::string name_;
  Handle handle_;
  bool renamed_ = false;
};

}  // namespace

bool Folder::holds(const std::string& name, std::string_view bytes) const {
  const ReadResult now = read(name, bytes.size());
  return now.status == ReadStatus::ok && now.bytes == bytes;
}

void Folder::put_checked(const std::string& name, std::string_view bytes,
                         std::string_view temporary, std::optional<std::string_view> expected,
                         unsigned permissions) const {
  if (!is_plain_part(name) || name.find('/') != name.npos) {
    throw Error{ErrorKind::io, fmt::format("cannot write {}: not a file name", quote(name))};
  }
  TemporaryFile file(handle_.get(), name, name_of(name), temporary, permissions);
  file.write(bytes);
  if (expected && !holds(name, *expected)) {
    throw Error{ErrorKind::io, fmt::format("{} was changed meanwhile", quote(name))}.hint(
        "nothing was written; run the command again");
  }
  file.rename_to(name);
}

void Folder::put(const std::string& name, std::string_view bytes, std::string_view temporary,
                 unsigned permissions) const {
  put_checked(name, bytes, temporary, std::nullopt, permissions);
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
    throw Error{ErrorKind::io,
                fmt::format("cannot copy {}: {}", quote(name_of(from), 200), file.reason)}
        .hint("see who may read it with 'ls -l'");
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

void Folder::set_executable(std::string_view path, bool executable) const {
  const Opened opened = open_regular(path);
  struct stat info {};
  if (!opened.file || ::fstat(opened.file.get(), &info) != 0)
    throw io_error("cannot change", std::string(path), ENOENT);
  constexpr mode_t kRun = S_IXUSR | S_IXGRP | S_IXOTH;
  // Who may read it may run it.
  const mode_t run = (info.st_mode & (S_IRUSR | S_IRGRP | S_IROTH)) >> 2U;
  const mode_t mode = ((info.st_mode & 07777U) & ~kRun) | (executable ? run : 0U);
  if (mode == (info.st_mode & 07777U)) return;
  if (::fchmod(opened.file.get(), mode) != 0)
    throw io_error("cannot change", std::string(path), errno);
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
    throw io_error("cannot make folder", name_of(name), errno);
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

bool Folder::remove_empty(std::string_view path) const {
  const Place place = walk_to(handle_.get(), path);
  return place.error == 0 && ::unlinkat(place.folder, place.name.c_str(), AT_REMOVEDIR) == 0;
}

void Folder::replace(const std::string& name, std::string_view bytes,
                     std::optional<std::string_view> expected) const {
  put_checked(name, bytes, ".", expected);
  if (::fsync(handle_.get()) != 0) {
    throw io_error("replaced, but it is unknown whether it would survive a power cut:", name,
                   errno);
  }
}

TemporaryFolder::TemporaryFolder(const std::string& parent) : path_(parent + "/paperclub-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw io_error("cannot make a folder in", parent, errno);
}

TemporaryFolder::~TemporaryFolder() {
  if (kept_) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

SharedPermissions::SharedPermissions(Permissions permissions) : changed_(permissions.bits != 0) {
  if (!changed_) return;
  const unsigned allowed = permissions.bits | ((permissions.bits & 0444U) >> 2U);
  before_ = ::umask(0);
  ::umask((permissions.exact ? 0777U : before_) & ~allowed);
}

SharedPermissions::~SharedPermissions() {
  if (changed_) ::umask(before_);
}

}  // namespace paperclub::os
