#include "lib/club/vote_folders.hpp"

#include <algorithm>

#include "lib/club/layout.hpp"

namespace paperclub::club {

using git::ObjectId;

VoteFolders::VoteFolders(const git::Repository& repository, const std::string& prefix,
                         const RoundId& id)
    : repository_(repository),
      folder_(repository_path(prefix, kVotesFolder)),
      file_(id.str() + ".yaml"),
      id_(id.str()) {}

const VoteFolders::Top& VoteFolders::top(const ObjectId& tree) {
  const auto known = by_tree_.find(tree);
  if (known != by_tree_.end()) return *known->second;
  const auto folder = repository_.find_entry(tree, folder_);
  const Top* top = &no_votes_;
  if (folder && folder->kind == git::EntryKind::folder) {
    const auto [at, is_new] = by_folder_.try_emplace(folder->id);
    if (is_new) at->second = top_of(folder->id);
    top = &at->second;
  }
  by_tree_.emplace(tree, top);
  return *top;
}

std::shared_ptr<const VoteFolders::Ballots> VoteFolders::ballots(const ObjectId& tree) {
  constexpr std::size_t kKept = 32;
  const std::optional<ObjectId>& folder = top(tree).ballots;
  if (!folder) return none_;
  for (const auto& [id, known] : kept_) {
    if (id == *folder) return known;
  }
  auto ballots = std::make_shared<Ballots>();
  read_ballots(*folder, *ballots);
  std::sort(ballots->begin(), ballots->end());
  kept_.emplace_front(*folder, ballots);
  if (kept_.size() > kKept) kept_.pop_back();
  return ballots;
}

VoteFolders::Top VoteFolders::top_of(const ObjectId& folder) const {
  Top top;
  const auto round = repository_.find_entry(folder, file_);
  const auto ballots = repository_.find_entry(folder, id_);
  if (round && round->kind == git::EntryKind::file) top.round = round->id;
  if (ballots && ballots->kind == git::EntryKind::folder) top.ballots = ballots->id;
  return top;
}

void VoteFolders::read_ballots(const ObjectId& folder, Ballots& ballots) const {
  for (const git::TreeEntry& entry : repository_.list_tree(folder)) {
    if (entry.name == ".gitkeep") continue;
    // What is no file is told apart from one of the same bytes by its name, which no ballot has.  A
    // folder holds no ballots, however many files there are below it.
    const bool is_folder = entry.kind == git::EntryKind::folder;
    const bool is_file = entry.kind == git::EntryKind::file;
    ballots.emplace_back(entry.name + (is_folder ? "/" : is_file ? "" : "/link"), entry.id);
  }
}

}  // namespace paperclub::club
