// Writing objects so that they survive a power cut: blobs, trees and commits as loose files, each
// file brought to the disk once and each folder once.  Objects are written here and nowhere else;
// libgit2's own way reports some as written that are not.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/repository.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {

// Who made a commit, and when: seconds since 1970 and how far local time was ahead of UTC.
struct Person {
  std::string name;
  std::string email;
  long long seconds = 0;
  int offset_minutes = 0;

  bool operator==(const Person&) const = default;
};

// Returns why the person cannot stand in a commit, as the end of a sentence, or nothing.  git takes
// neither an empty name or address nor `<`, `>` and line breaks in one.
std::optional<std::string> person_problem(const Person& person);

// What a commit says.
struct CommitText {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Person author;
  Person committer;
  std::string message;
};

// Returns whether a file may lie at `path` of a working tree: no part of it is empty, `.`, `..` or
// a name that some system takes for `.git`.
bool is_safe_path(std::string_view path);

// Returns the commit as git keeps it; what a signature is made of.  `signature` is put into it
// where it is not empty.
std::string format_commit(const CommitText& commit, std::string_view signature = {});

// Returns the id that a blob of these bytes has, written or not.
ObjectId blob_id(std::string_view bytes);

// One change to the files of a tree.
struct TreeChange {
  std::string path;              // relative, `/`-separated, checked by write_tree()
  std::optional<ObjectId> blob;  // what lies there from now on; nothing: taken away
  // As git keeps it; nothing: as it was, and a new one is a plain file.  Links and submodules, too.
  std::optional<unsigned> mode = {};
};

// Writes objects into one repository.  The repository must outlive it.
class ObjectWriter {
 public:
  explicit ObjectWriter(const Repository& repository);

  // Writes a blob and returns its id.  Throws Error{io}.
  ObjectId write_blob(std::string_view bytes);
  // Writes the trees that `base` (nothing: the empty tree) becomes with the changes, and returns
  // the outermost.  Files that were there keep their mode, folders that become empty go.  Throws
  // Error{io, damaged}, and Error{usage} where a path is no plain one or leads through a file.
  ObjectId write_tree(const std::optional<ObjectId>& base, const std::vector<TreeChange>& changes);
  // Writes the commit that format_commit() made and returns its id.  Throws Error{io}.
  ObjectId write_commit(std::string_view text);

  // Brings the names of all that was written to the disk: only now it survives a power cut.  Throws
  // Error{io}.
  void sync();

 private:
  ObjectId write(int type, std::string_view content);
  ObjectId write_entries(std::vector<TreeEntry> entries);

  const Repository& repository_;
  os::Folder folder_;
  std::set<std::string> unsynced_;  // folders of the store with new names
};

}  // namespace paperclub::git
