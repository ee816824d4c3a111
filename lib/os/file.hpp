// Files and folders, opened safely: no symbolic link is followed below a folder that was opened, no
// device or pipe is read, no more than a limit is taken, and writing replaces a file in one step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/os/handle.hpp"

namespace paperclub::os {

// What a name in a folder stands for; links are not followed.
enum class FileKind { regular, folder, link, other };

// One name in a folder.
struct FolderItem {
  std::string name;  // as the file system has it, any bytes but '/' and NUL
  FileKind kind = FileKind::other;
};

// How reading a file ended.  Everything but `ok` is an answer, not a failure: the caller decides.
enum class ReadStatus { ok, missing, not_regular, too_large, unreadable };

// The bytes of a file, or why there are none.
struct ReadResult {
  ReadStatus status = ReadStatus::missing;
  std::string bytes;   // complete where status is ok, else empty
  std::string reason;  // the system's words where status is unreadable
};

// What the system says of a file without reading it: git's index keeps these to see changes.
struct FileFacts {
  long long modified_seconds = 0, changed_seconds = 0;
  std::uint32_t modified_nanoseconds = 0, changed_nanoseconds = 0;
  std::uint32_t device = 0, inode = 0, user = 0, group = 0, size = 0;  // their lower 32 bits
  bool executable = false;
};

// An open folder.  Paths given to it are relative, `/`-separated, and may not leave it: a path with
// an empty, `.` or `..` part is treated as missing, a link on the way as not regular.
class Folder {
 public:
  // Opens the folder at `path`, where links are followed; throws Error{io}.
  static Folder open(const std::string& path);
  // The same; failures then name what is in it by its path from here.
  static Folder open_unnamed(const std::string& path);

  // Returns the folder `path` below this one, or nothing where there is no real folder; throws
  // Error{io} where there is one that cannot be opened.
  std::optional<Folder> child(std::string_view path) const;
  // Returns the names in it but `.` and `..`, sorted by bytes; throws Error{io}.
  std::vector<FolderItem> list() const;
  // Returns what `path` is, or nothing where nothing is there.  Throws Error{io} where the system
  // does not tell; so do size_of() and facts_of().
  std::optional<FileKind> kind_of(std::string_view path) const;
  // Reads the regular file at `path`, at most `limit` bytes.  Safe to call from several threads.
  ReadResult read(std::string_view path, std::size_t limit) const;
  // Reads at most `count` bytes of the regular file at `path` from `begin` on, however large it is;
  // fewer only where it ends.
  ReadResult read_part(std::string_view path, std::uint64_t begin, std::size_t count) const;
  // Returns the number of bytes of the regular file at `path`, or nothing where there is none.
  std::optional<std::uint64_t> size_of(std::string_view path) const;
  // Writes the file `name` in this folder in one step, in the place of an old one if there is one,
  // whose permissions stay; the bytes are on disk when it returns, the name only after sync().
  // Until then they lie in a file whose name begins with `temporary`.  A new file has
  // `permissions`, less what the umask takes away.  Throws Error{io}; the old file stays then.
  void put(const std::string& name, std::string_view bytes, std::string_view temporary = ".",
           unsigned permissions = 0666) const;
  // The same, for a file that must still hold `before`, or must not be there where that is nothing:
  // else somebody else has changed it, Error{io}, and nothing is written.
  void put_over(const std::string& name, std::string_view bytes,
                const std::optional<std::string>& before) const;
  // Copies the file `from` to `to` in this folder, with its time of modification; whatever `to` was
  // is gone, also where there is no `from`.  Throws Error{io}.
  void copy(const std::string& from, const std::string& to) const;
  // Gives the file `from` in this folder the name `to`, in the place of what had it; on disk when
  // it returns.  Throws Error{io}.
  void rename(const std::string& from, const std::string& to) const;
  // Brings the names in this folder to the disk.  Throws Error{io}.
  void sync() const;
  // Brings the bytes of the regular file at `path` to the disk; returns false where there is none.
  // Throws Error{io}.
  bool sync_file(std::string_view path) const;
  // Returns the folder `name` in this one, which is made where it is not there; sync() brings its
  // name to the disk.  Throws Error{io}.
  Folder make_child(const std::string& name) const;
  // Removes the file at `path`; one that is not there is no failure.  Throws Error{io}.
  void remove(std::string_view path) const;
  // Removes the folder at `path` where it is empty; returns whether it did.
  bool remove_empty(std::string_view path) const;
  // Returns what the system says of the regular file at `path`, or nothing where there is none.
  std::optional<FileFacts> facts_of(std::string_view path) const;
  // Says whether the regular file at `path` is a program: by who may read it.  Throws Error{io}.
  void set_executable(std::string_view path, bool executable) const;
  // Replaces the file `name` in this folder by `bytes` in one step, keeping its permissions; the
  // bytes and the name are on disk when it returns.  Throws Error{io}, and the old file is still
  // there; where the last step could not be confirmed, the message says so.  Where `expected` is
  // given and the file does not hold just that any more, somebody else has changed it: Error{io},
  // and nothing is replaced.
  void replace(const std::string& name, std::string_view bytes,
               std::optional<std::string_view> expected = std::nullopt) const;

 private:
  struct Opened;
  std::string name_of(std::string_view path) const;
  Opened open_regular(std::string_view path) const;
  bool holds(const std::string& name, std::string_view bytes) const;
  void put_checked(const std::string& name, std::string_view bytes, std::string_view temporary,
                   std::optional<std::string_view> expected, unsigned permissions = 0666) const;

  Folder(Handle handle, std::string name) : handle_(std::move(handle)), name_(std::move(name)) {}
  Handle handle_;
  std::string name_;  // for messages
};

// A new folder for one's own use, readable by nobody else; gone with all its files when it ends,
// unless it is kept.
class TemporaryFolder {
 public:
  // Makes it below the folder `parent` (absolute).  Throws Error{io}.
  explicit TemporaryFolder(const std::string& parent);
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  // Returns its absolute path.
  const std::string& path() const { return path_; }
  // Leaves it and its files where they are.
  void keep() { kept_ = true; }

 private:
  std::string path_;
  bool kept_ = false;
};

// What those who share a folder may do with the files in it.
struct Permissions {
  unsigned bits = 0;   // such as 0660; 0: as the person's umask has it
  bool exact = false;  // these and no others; else these besides the person's own
};

// While it lives, new files and folders of this process have the permissions, whatever the person's
// umask would take away of them; folders may be entered by whoever may read them.
class SharedPermissions {
 public:
  explicit SharedPermissions(Permissions permissions);
  SharedPermissions(const SharedPermissions&) = delete;
  SharedPermissions& operator=(const SharedPermissions&) = delete;
  ~SharedPermissions();

 private:
  bool changed_;
  unsigned before_ = 0;
};

// Returns whether `path` is a folder, or a link to one.
bool is_folder(const std::string& path);

// Returns whether `path` exists and belongs to another user than the one who runs the program.
bool belongs_to_another(const std::string& path);

// Returns the absolute path of `path` without links, or nothing where it does not exist.
std::optional<std::string> resolve_path(const std::string& path);

// Returns the nearest folder at or above `start` (absolute) that holds `name`, or nothing.
std::optional<std::string> find_upwards(const std::string& start, std::string_view name);

// Reads all of standard input or another open descriptor, at most `limit` bytes.
ReadResult read_descriptor(int descriptor, std::size_t limit);

}  // namespace paperclub::os
