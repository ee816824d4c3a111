// The files of a club as they will be after a write: those of another tree, with changes on top.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/club/transaction.hpp"
#include "lib/git/history.hpp"

namespace paperclub::club {

// Returns `below` with `changes` made; both must outlive it.
std::unique_ptr<FileTree> with_changes(const FileTree& below, const std::vector<Change>& changes);

// Returns `below` with those of `differences` made that lie below `prefix` in the repository, which
// holds their blobs: each is read when it is asked for.  `below` must outlive it.
std::unique_ptr<FileTree> with_differences(const FileTree& below, git::Repository repository,
                                           const std::vector<git::FileDifference>& differences,
                                           const std::string& prefix);

}  // namespace paperclub::club
