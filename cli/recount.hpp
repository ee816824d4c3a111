// Closes of one's own in a sync: what others did meanwhile is counted, too.
#pragma once

#include <string>

#include "cli/remote.hpp"
#include "lib/club/chain.hpp"
#include "lib/sync/replay.hpp"

namespace paperclub::cli {

// The closes among the commits of one's own that are put on top of what others did.
class Recount {
 public:
  // All that is named must outlive it.
  Recount(Context& context, const ClubRemote& at) : context_(context), at_(at) {}

  // Returns what the close `own` becomes on the tip of `chain`: never replayed, but counted again;
  // nothing but words where the others closed the round, or it cannot be closed any more, or
  // `replay` says that it gave way to another one.  Throws Error{unacceptable} where the commit
  // does more than a close.
  sync::Step close(club::Chain& chain, const sync::Replay& replay, const sync::OwnCommit& own);

  // Adds to `step` what there is to say where `own` opens a round behind a close that elects others
  // now or is left out, for the candidates may have been chosen by it.
  void warn_of_opened(const sync::OwnCommit& own, sync::Step& step) const;

 private:
  sync::Step close_again(club::Chain& chain, const sync::OwnCommit& own);
  bool elects_others(const sync::OwnCommit& own, const std::string& path,
                     const std::string& now) const;

  Context& context_;
  const ClubRemote& at_;
  std::string changed_;  // the round whose close is not what was made here, or ""
};

// Throws Error{unacceptable} where `mine` closes a round that is open in `theirs`, on which it
// stands, by a result that is not what the ballots say: other programs put a close on top of
// ballots that it does not count.
void refuse_false_closes(const ClubRemote& at, const git::ObjectId& theirs,
                         const git::ObjectId& mine);

}  // namespace paperclub::cli
