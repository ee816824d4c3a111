#include "lib/club/moved_votes.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

using git::ObjectId;

// The record of a round of the same name below another folder.
struct Elsewhere {
  std::string folder;               // that holds it, from the top of the repository
  ObjectId round;                   // the blob of the record
  std::optional<ObjectId> ballots;  // the folder of its ballots
};

// Of a club; a club itself may be called like one of them.
constexpr std::array<std::string_view, 4> kOfRecords = {kPapersFolder, kSessionsFolder,
                                                        kMembersFolder, kVotesFolder};

// Looks for them in one tree.
class Search {
 public:
  Search(const git::Repository& repository, const std::string& prefix, const RoundId& id)
      : repository_(repository), own_(repository_path(prefix, kVotesFolder)), id_(id.str()) {}

  void look(const ObjectId& tree, const std::string& begin, std::size_t depth) {
    const std::vector<git::TreeEntry> entries = repository_.list_tree(tree);
    const bool is_club =
        std::any_of(entries.begin(), entries.end(),
                    [](const git::TreeEntry& entry) { return entry.name == kClubFile; });
    for (const git::TreeEntry& entry : entries) {
      if (entry.kind != git::EntryKind::folder) continue;
      const std::string path = begin + entry.name;
      if (entry.name == kVotesFolder && path != own_) take(entry.id, path);
      const bool holds_records = is_club && std::find(kOfRecords.begin(), kOfRecords.end(),
                                                      entry.name) != kOfRecords.end();
      if (!holds_records && depth < kMaxClubDepth) look(entry.id, path + "/", depth + 1);
    }
  }

  std::vector<Elsewhere> take() && { return std::move(found_); }

 private:
  void take(const ObjectId& folder, const std::string& path) {
    const auto round = repository_.find_entry(folder, id_ + ".yaml");
    if (!round || round->kind != git::EntryKind::file) return;
    const auto ballots = repository_.find_entry(folder, id_);
    const bool has_ballots = ballots && ballots->kind == git::EntryKind::folder;
    found_.push_back({path, round->id, has_ballots ? std::optional(ballots->id) : std::nullopt});
  }

  const git::Repository& repository_;
  std::string own_;
  std::string id_;
  std::vector<Elsewhere> found_;
};

// Looks at one opening.
class Opening {
 public:
  Opening(const git::Repository& repository, std::string prefix, const RoundId& id,
          const ObjectId& tree, const VoteFolders::Top& own, const VoteFolders::Ballots& ballots,
          bool has_result)
      : repository_(repository),
        prefix_(std::move(prefix)),
        id_(id),
        own_(own),
        ballots_(ballots),
        has_result_(has_result),
        left_(elsewhere(tree)) {}

  // Whether the tree before it has the round in another folder, where the opening has it no more,
  // or has a ballot of the opening's there.
  bool came_from(const ObjectId& tree) const {
    const std::vector<Elsewhere> others = elsewhere(tree);
    return std::any_of(others.begin(), others.end(), [&](const Elsewhere& other) {
      const bool is_left = std::any_of(left_.begin(), left_.end(), [&](const Elsewhere& one) {
        return one.folder == other.folder;
      });
      const bool is_same = own_.round == other.round;
      return (is_same && (!is_left || has_result_)) ||
             (other.ballots && shares_ballot(*other.ballots));
    });
  }

 private:
  std::vector<Elsewhere> elsewhere(const ObjectId& tree) const {
    Search search(repository_, prefix_, id_);
    search.look(tree, "", 0);
    return std::move(search).take();
  }

  bool shares_ballot(const ObjectId& folder) const {
    const auto others = repository_.list_tree(folder);
    return std::any_of(ballots_.begin(), ballots_.end(), [&others](const auto& ballot) {
      return std::any_of(others.begin(), others.end(), [&ballot](const git::TreeEntry& other) {
        return other.name == ballot.first && other.id == ballot.second;
      });
    });
  }

  const git::Repository& repository_;
  std::string prefix_;
  RoundId id_;
  const VoteFolders::Top& own_;
  const VoteFolders::Ballots& ballots_;
  bool has_result_;
  std::vector<Elsewhere> left_;  // what the opening itself has elsewhere
};

// No round is opened with ballots or a result: where one is, all that came before is looked at,
// else what the opening stands on.
std::vector<std::size_t> commits_before(const git::CommitGraph& graph, std::size_t opened,
                                        bool all) {
  std::vector<std::size_t> before = graph.node(opened).parents;
  if (!all) return before;
  before.clear();
  const std::vector<bool> ancestry = graph.ancestry_of(opened);
  for (std::size_t place = opened; place-- > 0;) {
    if (ancestry[place]) before.push_back(place);
  }
  return before;
}

}  // namespace

std::optional<std::size_t> moved_from(const git::Repository& repository,
                                      const git::CommitGraph& graph, VoteFolders& votes,
                                      const std::string& prefix, const RoundId& id,
                                      std::size_t opened, bool has_result) {
  const ObjectId& tree = graph.node(opened).tree;
  const VoteFolders::Top& own = votes.top(tree);
  const auto ballots = votes.ballots(tree);
  const Opening opening(repository, prefix, id, tree, own, *ballots, has_result);
  std::unordered_set<ObjectId, git::ObjectIdHash> seen;
  for (const std::size_t place :
       commits_before(graph, opened, own.ballots.has_value() || has_result)) {
    const ObjectId& before = graph.node(place).tree;
    if (seen.insert(before).second && opening.came_from(before)) return place;
  }
  return std::nullopt;
}

}  // namespace paperclub::club
