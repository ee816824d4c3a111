// What a Repository holds, for the other classes of this room that work on the same one.  No other
// room sees it: it shows types of libgit2.  Its functions stand in four files: repository.cpp opens
// it and says what it is, repository_objects.cpp reads trees and files, repository_references.cpp
// branches and names of commits, repository_attributes.cpp what git does to a file.
#pragma once

#include <git2.h>

#include <cstddef>
#include <string>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/git/library.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::git {

// Returns the id in libgit2's form.
git_oid to_oid(const ObjectId& id);
// Returns the id in ours.
ObjectId to_id(const git_oid& oid);

struct Repository::Impl {
  RepositoryPtr repository;
  OdbPtr odb;
  std::vector<std::string> stores;  // folders of objects, our own first
  mutable bool packs_checked = false;

  // Checks the packs of all stores, once; before libgit2 looks into any.  Throws Error{damaged,
  // io}.
  void check_packs() const;
  // Returns the object `id`, checked to be of `type` and at most `limit` bytes; null where it is
  // larger. Throws Error{damaged, io}.
  OdbObjectPtr read(const ObjectId& id, git_object_t type, std::size_t limit) const;
  // Returns the tree `id`, never null.  Throws Error{damaged, limit, io}.
  OdbObjectPtr tree(const ObjectId& id) const;
  // Returns whether history was cut off: told by a file of the repository itself, which its other
  // working trees share; libgit2 looks for it in the working tree's own git directory.
  bool is_shallow() const;
  // Returns the failure for an object that could not be read.
  Error damage(int code, const ObjectId& id) const;
  // Returns what it means that `revision` was not found: a name that nothing has, or missing data.
  // In a shallow clone a name may well lead to what was cut off.
  Error unresolved(int code, const std::string& revision) const;
  Error no_revision(int code, const std::string& revision) const;
};

}  // namespace paperclub::git
