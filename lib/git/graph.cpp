#include "lib/git/graph.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "lib/base/error.hpp"
#include "lib/git/history.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kMaxCommits = 1'000'000;

// A commit whose parents are being read.
struct Open {
  CommitInfo info;
  std::size_t next = 0;  // of its parents
};

Error shallow_error() {
  return Error{ErrorKind::damaged, "this clone has only a part of the history, and votes are in it"}
      .hint("fetch the rest with 'git fetch --unshallow'");
}

}  // namespace

CommitGraph CommitGraph::load(const Repository& repository, const ObjectId& tip) {
  if (repository.is_shallow()) throw shallow_error();
  CommitGraph graph;
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> places;
  std::vector<Open> open;
  open.push_back({read_commit(repository, tip), 0});
  while (!open.empty()) {
    Open& top = open.back();
    const std::vector<ObjectId>& parents = top.info.text.parents;
    if (top.next < parents.size()) {
      const ObjectId parent = parents[top.next++];
      if (!places.contains(parent)) open.push_back({read_commit(repository, parent), 0});
      continue;
    }
    CommitText& text = top.info.text;
    if (places.emplace(top.info.id, graph.nodes_.size()).second) {
      CommitNode node{
          top.info.id, text.tree, {}, std::move(text.author), std::move(text.committer)};
      for (const ObjectId& parent : parents)
        node.parents.push_back(places.at(parent));
      graph.nodes_.push_back(std::move(node));
    }
    open.pop_back();
    if (graph.nodes_.size() > kMaxCommits)
      throw Error{ErrorKind::limit, fmt::format("more than {} commits", kMaxCommits)};
  }
  return graph;
}

std::vector<bool> CommitGraph::ancestry_of(std::size_t place) const {
  std::vector<bool> marked(nodes_.size(), false);
  marked[place] = true;
  for (std::size_t i = place + 1; i-- > 0;) {
    if (!marked[i]) continue;
    for (const std::size_t parent : nodes_[i].parents)
      marked[parent] = true;
  }
  return marked;
}

}  // namespace paperclub::git
