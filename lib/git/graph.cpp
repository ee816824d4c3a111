#include "lib/git/graph.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <unordered_map>
#include <unordered_set>

#include "lib/base/error.hpp"
#include "lib/git/history.hpp"
#include "lib/git/repository_impl.hpp"

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

bool stands_on(const Repository& repository, const ObjectId& tip, const ObjectId& commit,
               AtCut at_cut) {
  if (tip == commit) return true;
  const bool ends = at_cut == AtCut::end && repository.is_shallow();
  std::unordered_set<ObjectId, ObjectIdHash> seen{tip};
  std::vector<ObjectId> open{tip};
  while (!open.empty()) {
    const CommitInfo info = read_commit(repository, open.back());
    const bool is_cut_off = ends && repository.is_cut_off(open.back());
    open.pop_back();
    if (is_cut_off) continue;
    for (const ObjectId& parent : info.text.parents) {
      if (parent == commit) return true;
      if (seen.insert(parent).second) open.push_back(parent);
    }
    if (seen.size() > kMaxCommits)
      throw Error{ErrorKind::limit, fmt::format("more than {} commits", kMaxCommits)};
  }
  return false;
}

std::vector<ObjectId> merge_bases(const Repository& repository, const ObjectId& a,
                                  const ObjectId& b) {
  repository.impl_->check_packs();
  git_oidarray found{};
  const git_oid first = to_oid(a);
  const git_oid second = to_oid(b);
  const int code = git_merge_bases(&found, repository.impl_->repository.get(), &first, &second);
  if (code == GIT_ENOTFOUND) return {};
  if (code < 0 && repository.is_shallow()) {
    throw Error{ErrorKind::damaged,
                "this clone is shallow, and where two histories part lies before its beginning"}
        .hint("fetch the rest with 'git fetch --unshallow'");
  }
  if (code < 0) throw library_error(code, "cannot find where two histories part");
  std::vector<ObjectId> bases;
  for (std::size_t i = 0; i < found.count; ++i)
    bases.push_back(to_id(found.ids[i]));
  git_oidarray_dispose(&found);
  return bases;
}

std::vector<ObjectId> commits_between(const Repository& repository, const ObjectId& base,
                                      const ObjectId& head) {
  constexpr std::size_t kMaxChange = 100'000;
  repository.impl_->check_packs();
  git_revwalk* raw = nullptr;
  int code = git_revwalk_new(&raw, repository.impl_->repository.get());
  const RevwalkPtr walk(raw);
  const git_oid from = to_oid(head);
  const git_oid without = to_oid(base);
  if (code == 0) code = git_revwalk_sorting(raw, GIT_SORT_TOPOLOGICAL);
  if (code == 0) code = git_revwalk_push(raw, &from);
  if (code == 0) code = git_revwalk_hide(raw, &without);
  std::vector<ObjectId> commits;
  git_oid next{};
  while (code == 0 && (code = git_revwalk_next(&next, raw)) == 0) {
    commits.push_back(to_id(next));
    if (commits.size() > kMaxChange)
      throw Error{ErrorKind::limit, fmt::format("more than {} commits at once", kMaxChange)};
  }
  if (code != GIT_ITEROVER) throw library_error(code, "cannot walk the history");
  return commits;
}

}  // namespace paperclub::git
