// Commits that are made one upon another before any branch knows of them: one's own work on top of
// what others did, or a suggestion.  Only objects are written.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"
#include "lib/git/signing.hpp"

namespace paperclub::club {

// What one commit of a chain says besides what it changes.
struct Link {
  git::Person author;
  git::Person committer;
  std::string message;
  std::vector<git::ObjectId> merges = {};  // what else it joins, besides the commit before it
};

// A chain that begins at a commit of one repository.
class Chain {
 public:
  // `prefix` is where the club lies below the repository's top.  Without a signer commits are not
  // signed.  Throws Error{repository, damaged, io}.
  Chain(const std::string& folder, std::string prefix, const git::ObjectId& base,
        std::optional<git::Signer> signer);

  // Returns the last commit.
  const git::ObjectId& tip() const { return tip_; }
  const git::Repository& repository() const { return repository_; }
  // Returns the club's files as the last commit has them.  Throws as commit_tree() does.
  std::unique_ptr<FileTree> files() const;

  // Writes `bytes` as a blob of the repository and returns its id.  Throws Error{io}.
  git::ObjectId write_blob(std::string_view bytes);
  // Adds a commit with the changes, whose paths begin at the repository's top, and returns whether
  // they changed or join anything; where not, there is no commit.  Throws Error{usage, io,
  // damaged}, and what the signer throws.
  bool add(const std::vector<git::TreeChange>& changes, const Link& link);
  // Brings all of it to the disk.  Throws Error{io}.
  void sync() { writer_.sync(); }

 private:
  std::string folder_;
  std::string prefix_;
  git::Repository repository_;
  git::ObjectWriter writer_;
  git::ObjectId tip_;
  std::optional<git::Signer> signer_;
};

}  // namespace paperclub::club
