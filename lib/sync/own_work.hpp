// What this clone has that the remote does not: the commits that are to be put on top of what
// others did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/base/id.hpp"
#include "lib/git/history.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::sync {

// One commit of one's own, and what it changed.
struct OwnCommit {
  git::CommitInfo info;
  std::vector<git::FileDifference> changes;  // against its parent
  std::optional<RoundId> closes;             // the round to which it adds a result
};

// Returns the commits that `mine` has and `theirs` has not, those first on which others stand;
// `prefix` is where the club lies below the top.  Merges are left out: what they join is put
// together anew.  Throws Error{unacceptable} where a merge holds more than what it joined, or the
// two have no history in common, Error{damaged, limit, io}.
std::vector<OwnCommit> own_work(const git::Repository& repository, const std::string& prefix,
                                const git::ObjectId& theirs, const git::ObjectId& mine);

// Returns why the commit cannot be made anew as a close, as the end of a sentence, or nothing: it
// closes one round, and changes nothing but that round, the winners' numbers, sessions, and the
// timeline in README.md.  Throws Error{damaged, io}.
std::optional<std::string> close_problem(const git::Repository& repository,
                                         const std::string& prefix, const OwnCommit& own);

// Returns whether the record of a round at the entry says how it ended.  Throws Error{damaged, io}.
bool has_result(const git::Repository& repository, const std::optional<git::TreeEntry>& entry);

}  // namespace paperclub::sync
