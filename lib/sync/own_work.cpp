#include "lib/sync/own_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/round_history.hpp"
#include "lib/git/graph.hpp"

namespace paperclub::sync {
namespace {

using git::FileDifference;
using git::ObjectId;

std::vector<FileDifference> changes_of(const git::Repository& repository,
                                       const std::optional<ObjectId>& parent,
                                       const ObjectId& tree) {
  return git::compare_trees(
      repository, parent ? std::optional(repository.tree_of(*parent)) : std::nullopt, tree);
}

// A merge that says of no file anything that none of its sides says.
bool is_plain_merge(const git::Repository& repository, const git::CommitText& merge) {
  std::set<std::string> changed;
  for (std::size_t i = 0; i < merge.parents.size(); ++i) {
    std::set<std::string> own;
    for (const FileDifference& one : changes_of(repository, merge.parents[i], merge.tree))
      own.insert(one.path);
    if (i == 0) {
      changed = std::move(own);
    } else {
      std::erase_if(changed, [&own](const std::string& path) { return !own.contains(path); });
    }
  }
  return changed.empty();
}

// The round to which the changes add a result.
std::optional<RoundId> closed_by(const git::Repository& repository, const std::string& prefix,
                                 const std::vector<FileDifference>& changes) {
  const std::string begin = prefix.empty() ? "" : prefix + "/";
  for (const FileDifference& change : changes) {
    if (!change.path.starts_with(begin)) continue;
    const club::Place place = club::place_of(std::string_view(change.path).substr(begin.size()));
    const bool is_round =
        place.place == club::PlaceKind::record && place.kind == club::RecordKind::round;
    if (is_round && !has_result(repository, change.before) && has_result(repository, change.after))
      return RoundId::parse(place.id);
  }
  return std::nullopt;
}

}  // namespace

bool has_result(const git::Repository& repository, const std::optional<git::TreeEntry>& entry) {
  return entry && entry->kind == git::EntryKind::file && club::says_result(repository, entry->id);
}

std::vector<OwnCommit> own_work(const git::Repository& repository, const std::string& prefix,
                                const ObjectId& theirs, const ObjectId& mine) {
  if (!git::merge_base(repository, theirs, mine)) {
    throw Error{ErrorKind::unacceptable, "the remote has another history than this clone"}.hint(
        "see whether the remote is the right one: git remote -v");
  }
  std::vector<OwnCommit> work;
  for (const ObjectId& id : git::commits_between(repository, theirs, mine)) {
    git::CommitInfo info = git::read_commit(repository, id);
    const std::vector<ObjectId>& parents = info.text.parents;
    if (parents.size() > 1) {
      if (is_plain_merge(repository, info.text)) continue;
      throw Error{
          ErrorKind::unacceptable,
          fmt::format("commit {} is a merge that changes more than it joins", id.short_hex())}
          .hint("put your work on top of theirs by hand first: git pull --rebase");
    }
    std::vector<FileDifference> changes =
        changes_of(repository, parents.empty() ? std::nullopt : std::optional(parents.front()),
                   info.text.tree);
    const auto closes = closed_by(repository, prefix, changes);
    work.push_back({std::move(info), std::move(changes), closes});
  }
  std::reverse(work.begin(), work.end());
  return work;
}

}  // namespace paperclub::sync
