// The votes of one round as each tree of a history has them.  For this room only; round_history.hpp
// is the door.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/club/snapshot.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::club {

// Reads them from trees; equal folders are read once, and of the ballots only the last few folders
// are kept, which are those of a commit and its parents.  The repository must outlive it.
class VoteFolders {
 public:
  // What lies in votes/ROUND: name and blob, by the name; that of a folder ends in a slash.
  using Ballots = std::vector<std::pair<std::string, git::ObjectId>>;

  // What stands in votes/ for the round.
  struct Top {
    std::optional<git::ObjectId> round;    // the blob of the round's own file
    std::optional<git::ObjectId> ballots;  // the folder with its ballots
  };

  VoteFolders(const git::Repository& repository, const std::string& prefix, const RoundId& id);

  // Returns what stands in the tree; valid as long as this object.  Throws Error{damaged}.
  const Top& top(const git::ObjectId& tree);
  // Returns the ballots in the tree.  Throws Error{damaged}.
  std::shared_ptr<const Ballots> ballots(const git::ObjectId& tree);

 private:
  Top top_of(const git::ObjectId& folder) const;
  void read_ballots(const git::ObjectId& folder, Ballots& ballots) const;

  const git::Repository& repository_;
  std::string folder_;
  std::string file_;
  std::string id_;
  Top no_votes_;
  std::unordered_map<git::ObjectId, const Top*, git::ObjectIdHash> by_tree_;
  std::unordered_map<git::ObjectId, Top, git::ObjectIdHash> by_folder_;  // never moves its values
  std::deque<std::pair<git::ObjectId, std::shared_ptr<const Ballots>>> kept_;  // newest first
  std::shared_ptr<const Ballots> none_ = std::make_shared<Ballots>();
};

}  // namespace paperclub::club
