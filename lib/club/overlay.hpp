// The files of a club as they will be after a write: those of another tree, with changes on top.
#pragma once

#include <memory>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/club/transaction.hpp"

namespace paperclub::club {

// Returns `below` with `changes` made; both must outlive it.
std::unique_ptr<FileTree> with_changes(const FileTree& below, const std::vector<Change>& changes);

}  // namespace paperclub::club
