// A write: one commit, made by one compare-and-swap of the branch.  What is written is computed on
// the commit that it stands on; where somebody else was faster, all of it is computed again.
// Everything is on the disk before it is reported as done, and a failed write leaves files, index
// and branch as they were.  Files and index come before the branch: a process killed in between
// leaves them changed and nothing committed, which the same command then completes, or `git
// restore` takes back; the other way round a kill would leave a staged deletion.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/signing.hpp"

namespace paperclub::club {

// One file to write or, without bytes, to remove; by its path below the club's folder.
struct Change {
  std::string path;
  std::optional<std::string> bytes;
};

// What one write does, and what its commit says.  Subject and trailers hold ids and words of ours
// only.
struct Plan {
  std::vector<Change> changes;
  std::string subject;
  std::vector<std::pair<std::string, std::string>> trailers;  // name and value
};

// Computes the plan on the club's files as the branch has them; called again after each lost race.
using Planner = std::function<Plan(const FileTree& files)>;

// Who writes, and how.
struct WriteOptions {
  git::Person author;
  git::Person committer;
  std::optional<git::Signer> signer;  // nothing: the commit is not signed
  bool dry_run = false;               // only the plan
  long long now = 0;                  // seconds since 1970, for telling how old a lock is
  // Waits a little before the next try, longer each time and not equally long for everybody.
  std::function<void(std::size_t attempt)> wait = [](std::size_t) {};
};

// What a write did.
struct Written {
  Plan plan;
  std::optional<git::ObjectId> commit;  // nothing where nothing changed, or in a dry run
  std::string branch;                   // refs/heads/…
};

// Makes the write in the club at `folder` (absolute), `prefix` below the top of its repository (""
// for the top).  Throws Error{usage} where a path of the plan is none of ours, Error{unacceptable}
// where a file of the plan has changes that are not committed, Error{repository} where the
// repository cannot take a commit now (detached HEAD, a merge under way, a lock that stays),
// Error{io}, and what the planner and the signer throw.
Written write_commit(const std::string& folder, const std::string& prefix,
                     const WriteOptions& options, const Planner& planner);

// Returns the file at `path` below the club's folder as the branch has it, for somebody who is
// about to edit it; nothing where it is not there.  Throws what write_commit() would throw before
// it writes that file, such as Error{unacceptable} where it has changes that are not committed, and
// Error{limit} where it is larger than `max_bytes`.
std::optional<std::string> read_to_edit(const std::string& folder, const std::string& prefix,
                                        const std::string& path, std::size_t max_bytes);

// Returns why no file may be written at `path`, as the end of a sentence, or nothing: each part is
// visible text without what systems, shells or git read as more than a name, does not begin with a
// hyphen or a dot (but for .github), and means a file everywhere.
std::optional<std::string> path_problem(std::string_view path);

}  // namespace paperclub::club
