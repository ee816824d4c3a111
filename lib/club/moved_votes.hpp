// Rounds that were opened by a commit which moved them from another folder.  For this room only;
// round_history.hpp is the door.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "lib/club/snapshot.hpp"
#include "lib/club/vote_folders.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::club {

// Returns the last commit, by its place in `graph`, that had the round `id` of the club below
// `prefix` in another folder, from which the commit at `opened` took its record, its ballots or
// its result (`has_result`); nothing where the round was opened here.  Clubs lie at most
// kMaxClubDepth folders deep, and none lies below the folders of another one's records.  Throws
// Error{damaged}.
std::optional<std::size_t> moved_from(const git::Repository& repository,
                                      const git::CommitGraph& graph, VoteFolders& votes,
                                      const std::string& prefix, const RoundId& id,
                                      std::size_t opened, bool has_result);

}  // namespace paperclub::club
