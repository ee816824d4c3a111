// Reading a git repository: commits, their trees and files.  Nothing here but create() writes;
// nothing runs a program or follows what the repository's configuration asks for; history is taken
// as it is recorded, without replacements.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/git/object_id.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {

// What an entry of a tree is.
enum class EntryKind { file, folder, link, submodule };

// One entry of a tree.
struct TreeEntry {
  std::string name;  // any bytes but '/' and NUL
  EntryKind kind = EntryKind::file;
  ObjectId id;
  unsigned mode = 0100644;  // as git keeps it
};

// Returns the name of a branch as people write it: refs/heads/feature/x is feature/x.
std::string short_branch(std::string_view name);

// Where a repository is, and in which other folders there are objects that do not belong to it yet:
// a push that is being judged lies in one.
struct RepositoryPlace {
  std::string folder;                // absolute
  std::vector<std::string> objects;  // absolute
};

// Where new commits go: the branch that HEAD names, and its commit; a new one has none yet.
struct Head {
  std::string branch;  // refs/heads/…
  std::optional<ObjectId> commit;
};

// A reference: one that stands for another (an old name of a branch) is that one.
struct Reference {
  std::string name;            // of the one that moves when it is pushed to
  std::optional<ObjectId> id;  // what it holds, of whatever kind; nothing: it is not there
};

// An open repository.  Not for use from several threads at once.
class Repository {
 public:
  // Opens the repository whose working tree or git directory holds `folder` (absolute), or returns
  // nothing where there is none.  Throws Error{repository} with the remedy where it belongs to
  // another user or is of a format that is not supported, Error{io, limit} where the list of shared
  // folders of objects cannot be read.
  static std::optional<Repository> discover(const std::string& folder);
  // The same, where there must be one; throws Error{repository} where there is none.
  static Repository open(const std::string& folder);
  // The same, with more objects.  Throws Error{repository, io}.
  static Repository open(const RepositoryPlace& place);

  // Makes a new repository with a working tree in `folder` (absolute), which is made where it is
  // not there; its branch `branch` (a short name) has no commit yet.  Throws Error{repository, io}.
  static void create(const std::string& folder, const std::string& branch);

  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  // Returns whether it has no working tree.
  bool is_bare() const;
  // Returns whether history was cut off when it was cloned.
  bool is_shallow() const;
  // Returns whether a shallow clone was cut off at the commit: its parents are not there.
  bool is_cut_off(const ObjectId& commit) const;
  // Returns whether HEAD leads to a commit; in a new repository its branch is not there yet.
  bool has_commit() const;
  // Returns the branch that HEAD names.  Throws Error{repository} where HEAD is detached,
  // Error{damaged} where it cannot be read.
  Head head() const;
  // Returns whether a working tree of this repository, one that `git worktree` made, is on the
  // branch.  Throws Error{repository}.
  bool is_checked_out(const std::string& branch) const;
  // Returns whether objects are replaced by others (`git replace`), or commits get other parents
  // (`info/grafts`): git shows these, and we do not.  Throws Error{repository}.
  bool has_replacements() const;
  // Returns the absolute path of the folder of the object store.
  std::string objects_folder() const;
  // Returns the absolute path of the git directory that all working trees share, with a slash at
  // its end.
  std::string common_folder() const;
  // Returns what is under way in the working tree, such as "a merge", or "" for nothing.
  std::string_view pending_operation() const;
  // Returns the permissions that new files in git's folder shall have (core.sharedRepository).
  os::Permissions shared_permissions() const;
  // Returns the absolute path of the working tree, without a slash at its end; "" where bare.
  std::string working_folder() const;

  // Returns what git's attributes do to the file at `path` between the store and the working tree,
  // such as "filter=lfs", or nothing.  Line endings aside.
  std::optional<std::string> conversion_of(const std::string& path) const;

  // Returns whether git would store the file at `path` with line feeds alone, whatever it holds:
  // its attributes or core.autocrlf say so.
  bool stores_line_feeds(const std::string& path) const;

  // Returns the commit that `revision` names (`HEAD`, `main~2`, `v1.0`, an id).  Throws
  // Error{usage} where nothing is called so, Error{damaged, io} where it cannot be read.
  ObjectId resolve_commit(const std::string& revision) const;
  // Returns the commit that the reference (its full name) leads to, or nothing where it is not
  // there.  Throws Error{damaged}.
  std::optional<ObjectId> tip_of(const std::string& reference) const;
  // Returns where the reference `name` (its full name) leads.  Throws Error{damaged} where it
  // cannot be read, Error{repository} where names stand for others in a circle.
  Reference reference(const std::string& name) const;
  // Returns the references that fit `glob` (refs/remotes/*), by name; those that lead to no commit
  // are left out.  Throws Error{damaged}.
  std::vector<std::pair<std::string, ObjectId>> references(const std::string& glob) const;
  // Returns the tree of the commit.  Throws Error{damaged, limit, io}.
  ObjectId tree_of(const ObjectId& commit) const;
  // Returns the entries of the tree, in git's order.  Throws Error{damaged, limit, io}.
  std::vector<TreeEntry> list_tree(const ObjectId& tree) const;
  // Returns the entry at `path` below the tree, or nothing.  Throws
  // Error{damaged, limit, io}.
  std::optional<TreeEntry> find_entry(const ObjectId& tree, const std::string& path) const;
  // Returns the bytes of the blob, or nothing where it is larger than `limit`.  Throws
  // Error{damaged, io}.
  std::optional<std::string> read_blob(const ObjectId& blob, std::size_t limit) const;

 private:
  friend struct CommitInfo read_commit(const Repository& repository, const ObjectId& commit);
  friend std::vector<ObjectId> merge_bases(const Repository& repository, const ObjectId& a,
                                           const ObjectId& b);
  friend std::vector<ObjectId> commits_between(const Repository& repository, const ObjectId& base,
                                               const ObjectId& head);
  friend std::vector<std::string> remote_names(const Repository& repository);
  friend class BranchWriter;
  friend class Config;
  friend class Index;
  friend class ObjectWriter;
  friend class Remote;
  struct Impl;
  explicit Repository(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperclub::git
