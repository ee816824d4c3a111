// The club's history: which commits changed its records.  Only what is committed is told, along the
// first parents of a commit: what happened on the branch, in its order.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "lib/club/transaction.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::club {

// One commit that changed the club.
struct HistoryEvent {
  git::ObjectId commit;
  std::string author;
  long long seconds = 0;  // since 1970, as the author's clock said
  int offset_minutes = 0;
  std::string subject;             // the first line of the message
  std::string action;              // the command that made it, or "" where it was none of ours
  std::vector<std::string> paths;  // of the club's files that it changed
};

// Returns the events before and at `revision` in the repository of `folder` (absolute), newest
// first, at most `count`: those that changed a file of the club at `prefix`, or where `papers` is
// not empty, of one of these papers or a session that names one.  A shallow clone tells as far back
// as it goes.  Throws Error{usage, damaged}.
std::vector<HistoryEvent> history_of(const std::string& folder, const std::string& revision,
                                     const std::string& prefix, const std::set<std::string>& papers,
                                     std::size_t count);

// What a commit of ours would be taken back by.
struct Undo {
  git::ObjectId commit;  // what is taken back
  std::string subject;   // of it
  std::string email;     // of who made it
  std::vector<Change> changes;
};

// Returns how the newest commit of the branch in the repository of `folder` is taken back.  Throws
// Error{unacceptable} where it was not made by this program, is the first one, a branch of a remote
// stands on it, or it holds links, modes
// or files of others, or a vote or a result, which history remembers; Error{limit} where a file is
// larger than 16 MiB, Error{damaged}.
Undo undo_of(const std::string& folder, const std::string& prefix);

}  // namespace paperclub::club
