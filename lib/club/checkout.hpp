// The working tree's side of a commit: the files that it changes, and their entries in git's index.
// Whatever else lies there, changed or staged, is neither read nor touched.  For this room only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/git/index.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"
#include "lib/os/file.hpp"

namespace paperclub::club {

// One file that a commit changes: by its path in the repository.
struct FileChange {
  std::string path;
  std::optional<git::ObjectId> before;  // in the commit's parent
  std::optional<git::ObjectId> after;   // in the commit
  std::string bytes;                    // of `after`
  std::optional<bool> executable = {};  // what it becomes; nothing: as it is, and a new one is not
};

// What could not be put back as it was.
struct NotPutBack {
  std::vector<std::string> paths;  // of files that were there
  std::vector<std::string> made;   // of those that were not
  bool index = false;

  bool empty() const { return paths.empty() && made.empty() && !index; }
};

// Applies the changes of one commit to the working tree; used once.
class Checkout {
 public:
  // `repository` must have a working tree and outlive it; `index` is its.
  Checkout(const git::Repository& repository, git::Index index, std::vector<FileChange> changes);

  // Throws Error{unacceptable} that names the first file that holds or stages something that is
  // neither what the parent has nor what the commit will have.  Files that git gave other line
  // endings than it stores will keep them.
  void refuse_dirty();
  // Writes the files and stages them, after refuse_dirty(): a file that was changed since is left
  // alone and is Error{io}. Where it throws, undo() is the caller's to call.
  void apply();
  // Puts files and index back as they were before apply(), but a file that somebody changed after
  // us.
  NotPutBack undo();

 private:
  std::string blob_of(const FileChange& change) const;
  bool holds_before(const std::optional<std::string>& bytes, const FileChange& change) const;
  static bool holds_after(const std::optional<std::string>& bytes, const FileChange& change);
  // What the file holds; nothing where it is no file that can be read.
  std::optional<std::string> read_now(const std::string& path) const;
  // Whether the file holds these bytes (nothing: is not there), or that cannot be told.
  bool may_hold(const std::string& path, const std::optional<std::string>& bytes) const;
  void write_file(const std::string& path, const std::optional<std::string>& bytes,
                  const std::optional<std::string>& before);
  // Removes the folders that were left empty where files were taken away.
  void remove_emptied() const;
  void stage(const std::string& path, const std::optional<git::ObjectId>& blob,
             std::optional<bool> executable);

  // What a file held and what was staged of it.
  struct Old {
    std::optional<std::string> bytes;
    std::optional<git::ObjectId> staged;
    std::optional<bool> executable;    // where that changes
    std::optional<std::string> after;  // what it becomes: with the line endings it has
  };
  static bool is_staged_whole(const Old& old);
  Error in_the_way(const FileChange& change, const Old& old, bool is_no_file) const;

  const git::Repository& repository_;
  os::Folder folder_;
  git::Index index_;
  std::vector<FileChange> changes_;
  std::vector<Old> old_;     // of each change
  std::size_t written_ = 0;  // how many of the files
};

}  // namespace paperclub::club
