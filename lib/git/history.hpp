// Reading history: what commits say and which files they changed.  Dates are told, never compared.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::git {

// One commit as it is recorded.
struct CommitInfo {
  ObjectId id;
  CommitText text;  // message and persons as they stand there; other bytes than UTF-8 too
};

// One file, link or submodule that differs between two trees, by what it holds or by its mode.
struct FileDifference {
  std::string path;
  std::optional<TreeEntry> before;  // nothing: it was not there
  std::optional<TreeEntry> after;   // nothing: it is gone
};

// Returns whether both hold the same in the same mode, or nothing.
bool is_same_entry(const std::optional<TreeEntry>& a, const std::optional<TreeEntry>& b);

// Returns what the commit says.  Throws Error{damaged}.
CommitInfo read_commit(const Repository& repository, const ObjectId& commit);

// Returns the value of the trailer `key` in the message, or nothing; of several the last one.
std::optional<std::string> trailer(const std::string& message, std::string_view key);

// What two trees may differ by at most: files and folders in all, and folders inside of each other.
inline constexpr std::size_t kMaxDifferences = 200'000;
inline constexpr std::size_t kMaxDifferentDepth = 100;

// Returns what differs between two trees (nothing: the empty tree), sorted by path; what is the
// same is not looked into.  Where a folder takes the place of a file, the file is gone.  Throws
// Error{damaged, limit}.
std::vector<FileDifference> compare_trees(const Repository& repository,
                                          const std::optional<ObjectId>& before,
                                          const std::optional<ObjectId>& after);

}  // namespace paperclub::git
