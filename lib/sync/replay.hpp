// Putting one's own commits on top of what others did meanwhile.  Ballots and records of their own
// never conflict; a number on the timeline, a session's id and its day are given anew where they
// are taken; where both sides edited one record, it is joined key by key.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/sync/own_work.hpp"

namespace paperclub::sync {

// Which side is taken where both changed the same.
enum class Prefer { neither, mine, theirs };

// What both sides changed, each in its own way.
struct Conflict {
  std::string path;  // from the repository's top
  std::string what;  // the key, such as discussion.relevance; "" for the file as a whole
  std::string mine;  // as it is written; "" where it is gone
  std::string theirs;
};

// What one commit becomes on top of the others.
struct Step {
  std::vector<git::TreeChange> changes;
  std::string message;              // of the commit, by the ids that its records have now
  std::vector<Conflict> conflicts;  // where there is one, the changes are not complete
  std::vector<std::string> notes;   // what is otherwise than it was, for people
  std::vector<std::string> lost;    // what came too late: votes, a close; for people
};

// Replays commits of one's own, one after another.
class Replay {
 public:
  // `chain` holds what the others did, and is what steps() results are added to by the caller;
  // it must outlive this.  `prefix` is where the club lies below the top, `now` in any zone.
  Replay(club::Chain& chain, const std::string& prefix, Prefer prefer, const Moment& now);

  // Computes what `own` becomes on the chain's tip.  Throws Error{damaged, limit, io}.
  Step step(const OwnCommit& own);

  // Returns whether the round that was opened here gave way to one of the same name.
  bool gave_way(const RoundId& round) const { return lost_rounds_.contains(round.str()); }

  // Says that `own`, a close, was made anew or left out: what later commits do to the sessions that
  // it added is meant for those that its papers have on the chain's tip.  Throws as step() does.
  void relocate(const OwnCommit& own);

 private:
  class Work;
  club::Chain& chain_;
  std::string prefix_;  // with a slash behind it, or ""
  Prefer prefer_;
  Moment now_;
  std::map<std::string, std::string> moved_;  // paths of own sessions, and what they are now
  std::set<std::string> lost_rounds_;         // own ones that gave way to others of their names
  std::set<std::string> gone_;                // of those that are no more
};

}  // namespace paperclub::sync
