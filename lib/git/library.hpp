// libgit2's life cycle, ownership and errors.  For this room only: no other room sees a type of
// libgit2.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "lib/base/error.hpp"

struct git_commit;
struct git_config;
struct git_diff;
struct git_index;
struct git_object;
struct git_odb;
struct git_odb_object;
struct git_reference;
struct git_reference_iterator;
struct git_repository;
struct git_revwalk;
struct git_tree;
extern "C" {
void git_commit_free(git_commit*);
void git_config_free(git_config*);
void git_diff_free(git_diff*);
void git_index_free(git_index*);
void git_object_free(git_object*);
void git_odb_free(git_odb*);
void git_odb_object_free(git_odb_object*);
void git_reference_free(git_reference*);
void git_reference_iterator_free(git_reference_iterator*);
void git_repository_free(git_repository*);
void git_revwalk_free(git_revwalk*);
void git_tree_free(git_tree*);
}

namespace paperclub::git {

// Owns a value of libgit2; the function that frees it is part of the type.
template <typename T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const noexcept { free(value); }
};
template <typename T, void (*free)(T*)>
using Owned = std::unique_ptr<T, Free<T, free>>;

using CommitPtr = Owned<git_commit, git_commit_free>;
using ConfigPtr = Owned<git_config, git_config_free>;
using DiffPtr = Owned<git_diff, git_diff_free>;
using IndexPtr = Owned<git_index, git_index_free>;
using ObjectPtr = Owned<git_object, git_object_free>;
using OdbPtr = Owned<git_odb, git_odb_free>;
using OdbObjectPtr = Owned<git_odb_object, git_odb_object_free>;
using ReferencePtr = Owned<git_reference, git_reference_free>;
using ReferenceIteratorPtr = Owned<git_reference_iterator, git_reference_iterator_free>;
using RepositoryPtr = Owned<git_repository, git_repository_free>;
using RevwalkPtr = Owned<git_revwalk, git_revwalk_free>;
using TreePtr = Owned<git_tree, git_tree_free>;

// What to do about data that is missing or damaged.
inline constexpr std::string_view kDamageHint =
    "see what is damaged with 'git fsck', then clone the club anew or fetch the missing objects";

// Starts libgit2 once for the process.  Cheap to call again; programs that need no repository
// never pay for it.
void start_library();

// Returns what libgit2 says about the call that just returned `code` (< 0), escaped; never stale.
std::string last_message(int code);

// Returns whether the call that just returned `code` (< 0) failed because data is missing, damaged
// or cannot be read, rather than because nothing is called so.
bool is_data_error(int code);

// Returns the failure for a call that returned `code` (< 0): damaged, repository or io, with the
// remedy where there is one.  `what` says what failed, such as "cannot read commit 'abc'".
Error library_error(int code, std::string_view what);

}  // namespace paperclub::git
