// The gate: whether a change is its author's to make, judged by the rules and the roll as they
// stand before it.  A stranger may add suggestions, and ballots where a round is open to all; a
// member may change the own ballot and member file, keep notes, and add recordings to sessions;
// an organiser may do the rest, but nobody changes what was decided.
#pragma once

#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/base/finding.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::gate {

// A change that somebody asks for.
struct Request {
  git::ObjectId base;     // where it is to go: its rules and its roll are what counts
  git::ObjectId head;     // what is to go there, with its own history
  std::string actor;      // who asks: a member's id or address; "" for nobody known
  std::string login;      // or a login at the forge, which nobody else can have
  bool may_push = false;  // who may push to the club is an organiser where it has named none
  Moment now;             // in any zone: what is past is not changed
  // Where other clubs of the same repository lie, which judge what is theirs.
  std::vector<std::string> others = {};
};

// What is to be said of it.
struct Judgement {
  std::vector<Finding> findings;   // refusals, and what `check` says of the changed files, sorted
  std::vector<std::string> files;  // that it changes, below the club's folder, sorted
  std::vector<PaperId> added;      // papers that it suggests
  club::Snapshot after;            // the club as it would be, with what the base has beyond
};

// Judges the change in the repository at `place`, the club being below `prefix` ("" for its top).
// Throws Error{unacceptable} where the two have no history in common, Error{damaged, limit, io}.
Judgement judge_change(const git::RepositoryPlace& place, const std::string& prefix,
                       const Request& request);

}  // namespace paperclub::gate
