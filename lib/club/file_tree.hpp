// The files of a club at one moment: as they lie in the working tree, or as a commit has them.
// Both answer the same questions in the same way.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/repository.hpp"
#include "lib/os/file.hpp"

namespace paperclub::club {

// The most files and folders below the club's folders; beyond, loading fails with Error{limit}.
inline constexpr std::size_t kMaxFiles = 200'000;
inline constexpr std::size_t kMaxFolders = 20'000;

// One file: its path below the club's folder, and what it is.
struct TreeFile {
  std::string path;
  os::FileKind kind = os::FileKind::regular;  // never folder; a submodule is `other`
};

// Returns what an entry of a commit's folders is as a file.
os::FileKind kind_of_entry(git::EntryKind kind);

// The files of one club.  Implementations may be read from several threads at once.  Any function
// may throw Error{io}, and of a commit Error{damaged, limit}; list() throws Error{limit} beyond the
// bounds above.
class FileTree {
 public:
  virtual ~FileTree() = default;

  // Returns the files below the folder `folder`, at every depth, sorted by path; none where there
  // is no such folder.  A link in the folder's place is returned as the one file.  What
  // is_ignored() (layout.hpp) says yes to is passed over, folders unopened.
  virtual std::vector<TreeFile> list(std::string_view folder) const = 0;
  // Returns the names at the club's top and what they are, sorted.
  virtual std::vector<os::FolderItem> top() const = 0;
  // Returns what is at `path`, or nothing.
  virtual std::optional<os::FileKind> kind_of(std::string_view path) const = 0;
  // Reads the file at `path`, at most `limit` bytes.
  virtual os::ReadResult read(std::string_view path, std::size_t limit) const = 0;
};

// Returns the files in `folder` of the working tree.  Throws Error{io} where it cannot be opened.
std::unique_ptr<FileTree> working_tree(const std::string& folder);

// Returns the files of `commit`, below `prefix` ("" for the top).  Takes the repository over.
// Throws Error{damaged, limit, io} where the commit cannot be read, Error{not_a_club} where it has
// no folder `prefix`.
std::unique_ptr<FileTree> commit_tree(git::Repository repository, const git::ObjectId& commit,
                                      const std::string& prefix);

// Returns a tree without files: what a club is made on.
std::unique_ptr<FileTree> no_files();

// How many folders deep a club may lie in its repository.
inline constexpr std::size_t kMaxClubDepth = 4;

// Returns where clubs lie in the commit: the folders with a club.yaml, "" for the top; none is
// looked for below another, or deeper than that.  Throws Error{damaged, limit, io}.
std::vector<std::string> clubs_in(const git::Repository& repository, const git::ObjectId& commit);

}  // namespace paperclub::club
