// The working tree's side of a commit: the files that it changes, and their entries in git's index.
// Whatever else lies there, changed or staged, is neither read nor touched.  For this room only.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
};

// Applies the changes of one commit to the working tree; used once.
class Checkout {
 public:
  // `repository` must have a working tree and outlive it.
  Checkout(const git::Repository& repository, std::vector<FileChange> changes);

  // Throws Error{unacceptable} that names the first file that holds or stages something that is
  // neither what the parent has nor what the commit will have.
  void refuse_dirty() const;
  // Writes the files and stages them; returns false where git's index is locked, and all is as it
  // was. Throws Error{io}, and all is as it was as far as the system allows.
  bool apply();
  // Puts files and index back as they were before apply().
  void undo();
  // Returns the absolute path of the index's lock.
  std::string index_lock() const { return index_.lock_path(); }

 private:
  // What apply() found, for undo().
  struct Old {
    std::optional<std::string> bytes;
    std::optional<git::ObjectId> staged;
  };

  bool holds(const FileChange& change, const std::optional<git::ObjectId>& blob) const;
  void write_file(const std::string& path, const std::optional<std::string>& bytes);
  void stage(const std::string& path, const std::optional<git::ObjectId>& blob);

  const git::Repository& repository_;
  os::Folder folder_;
  git::Index index_;
  std::vector<FileChange> changes_;
  std::vector<Old> old_;
};

}  // namespace paperclub::club
