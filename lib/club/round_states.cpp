#include "lib/club/round_states.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "lib/club/layout.hpp"
#include "lib/club/round_history.hpp"
#include "lib/git/graph.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {
namespace {

using git::ObjectId;
using Blobs = std::map<RoundId, ObjectId>;  // of the rounds' records
using Parents = std::vector<std::shared_ptr<const Blobs>>;

class Walk {
 public:
  Walk(const git::Repository& repository, const std::string& prefix, const ObjectId& tip)
      : repository_(repository),
        folder_(repository_path(prefix, kVotesFolder)),
        graph_(git::CommitGraph::load(repository, tip)) {}

  // Calls `visit` with the place of each commit whose rounds are those of none of its parents, its
  // rounds, and theirs.
  template <typename Visit>
  void each_change(Visit visit) {
    for (std::size_t place = 0; place < graph_.size(); ++place) {
      const std::optional<ObjectId> folder = folder_of(place);
      const auto& parents = graph_.node(place).parents;
      const auto is_same = [&](std::size_t parent) { return folder_of(parent) == folder; };
      if (!folder || std::any_of(parents.begin(), parents.end(), is_same)) continue;
      const auto rounds = rounds_in(*folder);
      Parents before;
      for (const std::size_t parent : parents) {
        if (const auto other = folder_of(parent)) before.push_back(rounds_in(*other));
      }
      visit(place, *rounds, before);
    }
  }

  // Whether the commit has the round, and none of its parents has it.
  static bool opens(const RoundId& id, const Parents& before) {
    return std::none_of(before.begin(), before.end(),
                        [&id](const auto& rounds) { return rounds->contains(id); });
  }

  // Whether the commit's record of the round says a result, and none of its parents' does.
  bool closes(const RoundId& id, const ObjectId& blob, const Parents& before) {
    return has_result(blob) && std::none_of(before.begin(), before.end(), [&](const auto& rounds) {
             const auto known = rounds->find(id);
             return known != rounds->end() && has_result(known->second);
           });
  }

  record::RoundResult result_of(const ObjectId& blob) const {
    const auto bytes = repository_.read_blob(blob, yaml::kMaxBytes);
    return record::round_from(*yaml::parse("round", bytes.value_or("")).document).result.value();
  }

  bool stands_on(std::size_t place, std::size_t first) const {
    return graph_.ancestry_of(place)[first];
  }

 private:
  std::optional<ObjectId> folder_of(std::size_t place) {
    const ObjectId& tree = graph_.node(place).tree;
    const auto known = folders_.find(tree);
    if (known != folders_.end()) return known->second;
    const auto entry = repository_.find_entry(tree, folder_);
    const bool is_folder = entry && entry->kind == git::EntryKind::folder;
    return folders_.emplace(tree, is_folder ? std::optional(entry->id) : std::nullopt)
        .first->second;
  }

  // Each vote makes another folder: only the last few are kept, those of a commit and its parents.
  std::shared_ptr<const Blobs> rounds_in(const ObjectId& folder) {
    constexpr std::size_t kKept = 32;
    for (const auto& [id, known] : kept_) {
      if (id == folder) return known;
    }
    auto rounds = std::make_shared<Blobs>();
    for (const git::TreeEntry& one : repository_.list_tree(folder)) {
      const Place where = place_of(fmt::format("{}/{}", kVotesFolder, one.name));
      auto id = RoundId::parse(where.id);
      if (id && where.place == PlaceKind::record && one.kind == git::EntryKind::file)
        rounds->emplace(std::move(*id), one.id);
    }
    kept_.emplace_front(folder, rounds);
    if (kept_.size() > kKept) kept_.pop_back();
    return rounds;
  }

  bool has_result(const ObjectId& blob) {
    const auto known = results_.find(blob);
    if (known != results_.end()) return known->second;
    return results_.emplace(blob, says_result(repository_, blob)).first->second;
  }

  const git::Repository& repository_;
  std::string folder_;
  git::CommitGraph graph_;
  std::unordered_map<ObjectId, std::optional<ObjectId>, git::ObjectIdHash> folders_;  // by tree
  std::deque<std::pair<ObjectId, std::shared_ptr<const Blobs>>> kept_;  // newest first
  std::unordered_map<ObjectId, bool, git::ObjectIdHash> results_;
};

}  // namespace

std::vector<RoundState> round_states(const git::Repository& repository, const std::string& prefix,
                                     const git::ObjectId& tip) {
  Walk walk(repository, prefix, tip);
  std::map<RoundId, RoundState> states;
  std::map<RoundId, std::size_t> openings;  // the first of each round
  std::map<RoundId, std::size_t> closings;
  // Whether it is the first; one that does not stand on the first disputes it.
  const auto is_first = [&](std::map<RoundId, std::size_t>& all, RoundState& state,
                            std::size_t place) {
    const auto [first, is_new] = all.emplace(state.id, place);
    if (!is_new && !walk.stands_on(place, first->second)) state.is_disputed = true;
    return is_new;
  };
  walk.each_change([&](std::size_t place, const Blobs& rounds, const Parents& before) {
    for (const auto& [id, blob] : rounds) {
      RoundState& state = states.try_emplace(id, RoundState{id, {}, false}).first->second;
      if (Walk::opens(id, before)) is_first(openings, state, place);
      if (walk.closes(id, blob, before) && is_first(closings, state, place))
        state.result = walk.result_of(blob);
    }
  });
  std::vector<RoundState> list;
  for (auto& [id, state] : states)
    list.push_back(std::move(state));
  return list;
}

std::vector<RoundId> rounds_ever(const git::Repository& repository, const std::string& prefix,
                                 const git::ObjectId& tip) {
  std::vector<RoundId> rounds;
  for (const RoundState& state : round_states(repository, prefix, tip))
    rounds.push_back(state.id);
  return rounds;
}

}  // namespace paperclub::club
