// Ballots as commits hold them.  For this room only; round_history.hpp is the door.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>

#include "lib/club/round_history.hpp"
#include "lib/git/graph.hpp"

namespace paperclub::club {

// Reads the ballots of one round; those of one blob once, where nobody signed them.
class BallotReader {
 public:
  // Both must outlive it.  `history` has its rules and its roll already.
  BallotReader(const git::Repository& repository, const RoundHistory& history)
      : repository_(repository), history_(history) {}

  // Returns the ballot that `commit` put at `path` below the round's folder: whose, what it says or
  // why it cannot be read, and what its signature signs.  Its place and its time are the caller's.
  // Throws Error{damaged, io}.
  BallotVersion read(const std::string& path, const git::ObjectId& blob,
                     const git::CommitNode& commit);

 private:
  bool is_on_roll(const std::string& member) const;
  void read_plain(BallotVersion& version);
  void read_signed(BallotVersion& version) const;

  const git::Repository& repository_;
  const RoundHistory& history_;
  // Ballots of rounds that are not signed, and what is wrong with them.
  std::unordered_map<git::ObjectId, std::pair<record::Ballot, std::string>, git::ObjectIdHash>
      plain_;
};

// Returns whose ballot lies at `path` below the round's folder.  What is no record by its name is
// nobody's: `ada` is not ada's.
std::string member_of(const std::string& path);

}  // namespace paperclub::club
