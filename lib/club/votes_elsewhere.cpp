#include "lib/club/votes_elsewhere.hpp"

#include <algorithm>
#include <array>

#include "lib/club/file_tree.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

// Of a club; a club itself may be called like one of them.
constexpr std::array<std::string_view, 4> kOfRecords = {kPapersFolder, kSessionsFolder,
                                                        kMembersFolder, kVotesFolder};

class Search {
 public:
  Search(const git::Repository& repository, const std::string& prefix, const RoundId& id)
      : repository_(repository), own_(repository_path(prefix, kVotesFolder)), id_(id.str()) {}

  void look(const git::ObjectId& tree, const std::string& begin, std::size_t depth) {
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

  std::vector<VotesElsewhere> take() && { return std::move(found_); }

 private:
  void take(const git::ObjectId& folder, const std::string& path) {
    const auto round = repository_.find_entry(folder, id_ + ".yaml");
    if (!round || round->kind != git::EntryKind::file) return;
    const auto ballots = repository_.find_entry(folder, id_);
    const bool has_ballots = ballots && ballots->kind == git::EntryKind::folder;
    found_.push_back({path, round->id, has_ballots ? std::optional(ballots->id) : std::nullopt});
  }

  const git::Repository& repository_;
  std::string own_;
  std::string id_;
  std::vector<VotesElsewhere> found_;
};

}  // namespace

std::vector<VotesElsewhere> votes_elsewhere(const git::Repository& repository,
                                            const git::ObjectId& tree, const std::string& prefix,
                                            const RoundId& id) {
  Search search(repository, prefix, id);
  search.look(tree, "", 0);
  return std::move(search).take();
}

}  // namespace paperclub::club
