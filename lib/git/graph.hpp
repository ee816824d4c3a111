// All commits that one commit stands on, and who descends from whom.  Neither dates nor the order
// of parents say anything here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::git {

// One commit; its parents stand before it in the graph.
struct CommitNode {
  ObjectId id;
  ObjectId tree;
  std::vector<std::size_t> parents;  // their places in the graph
  Person author;
  Person committer;
};

// The commits reachable from one commit, parents first.
class CommitGraph {
 public:
  // Reads them.  Throws Error{damaged} with the remedy where history is shallow or a commit is
  // missing, Error{limit} beyond a million commits.
  static CommitGraph load(const Repository& repository, const ObjectId& tip);

  std::size_t size() const { return nodes_.size(); }
  const CommitNode& node(std::size_t place) const { return nodes_[place]; }
  // Returns the place of the commit that it was loaded from, the last one.
  std::size_t tip() const { return nodes_.size() - 1; }
  // Returns for each commit whether `place` is it or descends from it.
  std::vector<bool> ancestry_of(std::size_t place) const;

 private:
  std::vector<CommitNode> nodes_;
};

// What a walk does where a shallow clone was cut off.
enum class AtCut { fail, end };

// Returns whether `tip` is `commit` or descends from it; a commit that is not there is no ancestor.
// Throws Error{damaged} where history on the way cannot be read.
bool stands_on(const Repository& repository, const ObjectId& tip, const ObjectId& commit,
               AtCut at_cut = AtCut::fail);

// Returns the commits on which both stand and no other such commit does: none where they have none
// in common; more than one where branches were merged crosswise, and then no one of them says alone
// what each side changed.  Throws Error{damaged}.
std::vector<ObjectId> merge_bases(const Repository& repository, const ObjectId& a,
                                  const ObjectId& b);

// Returns the commits that `head` has and `base` has not, none behind one that it stands on, at
// most 100,000.  Throws Error{damaged, limit}.
std::vector<ObjectId> commits_between(const Repository& repository, const ObjectId& base,
                                      const ObjectId& head);

}  // namespace paperclub::git
