#include "lib/club/round_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/ballot_reader.hpp"
#include "lib/club/good_document.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/moved_votes.hpp"
#include "lib/club/vote_folders.hpp"
#include "lib/git/graph.hpp"

namespace paperclub::club {
namespace {

using git::CommitGraph;
using git::ObjectId;
using Ballots = VoteFolders::Ballots;

std::optional<ObjectId> blob_at(const git::Repository& repository, const ObjectId& tree,
                                const std::string& path) {
  const auto entry = repository.find_entry(tree, path);
  if (!entry || entry->kind != git::EntryKind::file) return std::nullopt;
  return entry->id;
}

class Reader {
 public:
  Reader(const git::Repository& repository, const std::string& prefix, const ObjectId& tip,
         const RoundId& id)
      : repository_(repository),
        prefix_path_(prefix),
        prefix_(beginning_below(prefix)),
        id_(id),
        graph_(CommitGraph::load(repository, tip)),
        votes_(repository, prefix, id) {}

  bool was_ever_closed() {
    return !beginnings([this](std::size_t place) { return has_result(place); }).empty();
  }

  RoundHistory read() {
    const std::size_t opened = find_opening();
    refuse_moved(opened);
    const auto closed = find_closing(opened);
    const std::size_t counted = counted_of(closed);
    RoundHistory history{id_, {}, {}, graph_.node(opened).id, {}, graph_.node(counted).id};
    if (closed) history.closed = graph_.node(*closed).id;
    history.closed_place = closed;
    read_rules(opened, history);
    if (closed) history.result = round_at(*closed).result;
    history.result_changed = closed && result_now() != history.result;
    read_versions(opened, counted, history);
    for (const auto& [path, blob] : *votes_.ballots(graph_.node(counted).tree))
      history.standing.emplace_back(member_of(path), blob);
    return history;
  }

 private:
  bool has_round(std::size_t place) {
    return votes_.top(graph_.node(place).tree).round.has_value();
  }

  // The first of `places`, which all the others stand on.
  std::size_t first_of(const std::vector<std::size_t>& places, const char* what) {
    const std::size_t first = places.front();
    for (const std::size_t place : places) {
      if (graph_.ancestry_of(place)[first]) continue;
      throw Error{
          ErrorKind::unacceptable,
          fmt::format("round {} was {} in two places: {} and {}", quote(id_.str(), 100), what,
                      graph_.node(first).id.short_hex(), graph_.node(place).id.short_hex())}
          .hint("nothing can be counted; open it anew under another name");
    }
    return first;
  }

  // The commits in which `is` holds and held in no parent.
  template <typename Is>
  std::vector<std::size_t> beginnings(Is is) {
    std::vector<std::size_t> found;
    for (std::size_t place = 0; place < graph_.size(); ++place) {
      if (!is(place)) continue;
      const auto& parents = graph_.node(place).parents;
      if (std::none_of(parents.begin(), parents.end(), is)) found.push_back(place);
    }
    return found;
  }

  std::size_t find_opening() {
    const auto found = beginnings([this](std::size_t place) { return has_round(place); });
    if (!found.empty()) return first_of(found, "opened");
    throw Error{ErrorKind::usage, fmt::format("there is no round {}", quote(id_.str(), 100))}.hint(
        "see 'paperclub round list'");
  }

  // What was voted before stands in the other folder: only a part would be counted here.
  void refuse_moved(std::size_t opened) {
    const auto before =
        moved_from(repository_, graph_, votes_, prefix_path_, id_, opened, has_result(opened));
    if (!before) return;
    const auto depth = std::count(prefix_.begin(), prefix_.end(), '/') + 1;
    std::string above;
    for (std::ptrdiff_t i = 0; i < depth; ++i)
      above += "../";
    throw Error{ErrorKind::unacceptable,
                fmt::format("the round {} was moved to this folder in commit {}: what was voted "
                            "before stands in the other folder",
                            quote(id_.str(), 100), graph_.node(opened).id.short_hex())}
        .hint(fmt::format("count it where it was: git worktree add {}before {}", above,
                          graph_.node(*before).id.short_hex()))
        .hint(fmt::format("to vote here: paperclub round reopen-as-new {} NAME", id_.str()));
  }

  std::optional<std::size_t> find_closing(std::size_t opened) {
    const auto found = beginnings([this](std::size_t place) { return has_result(place); });
    if (found.empty()) return std::nullopt;
    const std::size_t first = first_of(found, "closed");
    if (graph_.ancestry_of(first)[opened]) return first;
    throw Error{ErrorKind::unacceptable,
                fmt::format("round {} was closed before it was opened", quote(id_.str(), 100))}
        .hint("nothing can be counted; open it anew under another name");
  }

  bool has_result(std::size_t place) {
    const auto& blob = votes_.top(graph_.node(place).tree).round;
    if (!blob) return false;
    const auto known = results_.find(*blob);
    if (known != results_.end()) return known->second;
    const bool has = says_result(repository_, *blob);
    results_.emplace(*blob, has);
    return has;
  }

  // Open: the tip.  Closed: what the closing commit stands on.
  std::size_t counted_of(std::optional<std::size_t> closed) const {
    if (!closed) return graph_.tip();
    const auto& parents = graph_.node(*closed).parents;
    if (!parents.empty()) return parents.front();
    throw Error{ErrorKind::unacceptable, "the round was closed by the first commit of all"}.hint(
        "nothing can be counted; open it anew under another name");
  }

  record::Round round_at(std::size_t place) {
    std::string fault;
    const auto document =
        good_document(repository_, votes_.top(graph_.node(place).tree).round, "round", fault);
    if (document) return record::round_from(*document);
    throw Error{ErrorKind::unacceptable,
                fmt::format("the record of the round is not good in commit {}: {}",
                            graph_.node(place).id.short_hex(), fault)}
        .at(fmt::format("votes/{}.yaml", id_.str()))
        .hint("nothing can be counted; open the round anew under another name");
  }

  // The result that the tip has; a record that is not good has none.
  std::optional<record::RoundResult> result_now() {
    std::string fault;
    const auto document = good_document(
        repository_, votes_.top(graph_.node(graph_.tip()).tree).round, "round", fault);
    return document ? record::round_from(*document).result : std::nullopt;
  }

  // The round's own rules, then the club's where it says none, and who is a member.
  void read_rules(std::size_t opened, RoundHistory& history) {
    history.round = round_at(opened);
    history.round.result.reset();
    history.rules_changed = has_other_rules(history.round, graph_.tip());
    const ObjectId& tree = graph_.node(opened).tree;
    std::string fault;
    const auto club = good_document(
        repository_, blob_at(repository_, tree, prefix_ + std::string(kClubFile)), "club", fault);
    if (!club) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("club.yaml was not good when the round was opened: {}", fault)}
          .hint("nothing can be counted; mend it and open the round anew");
    }
    const record::ClubSettings settings = record::club_settings_from(*club);
    history.club_id = settings.id;
    history.round.rules = merged_rules(history.round.rules, settings.voting);
    refuse_reserved(history.round);
    read_roll(tree, history);
  }

  // Where ballots may choose no paper, `none` is what says so.
  void refuse_reserved(const record::Round& round) const {
    const auto is_none = [](const PaperId& id) { return id.str() == "none"; };
    const auto& all = round.candidates;
    if (!round.rules.none.value_or(false) || std::none_of(all.begin(), all.end(), is_none)) return;
    throw Error{ErrorKind::unacceptable,
                "a candidate is called 'none', which is what ballots call "
                "no paper"}
        .at(fmt::format("votes/{}.yaml", id_.str()))
        .hint("nothing can be counted; rename the paper and open the round anew");
  }

  // Title and promised end are for people and may change.
  bool has_other_rules(const record::Round& opened, std::size_t place) {
    const auto& blob = votes_.top(graph_.node(place).tree).round;
    if (!blob) return false;
    std::string fault;
    const auto document = good_document(repository_, blob, "round", fault);
    if (!document) return true;
    const record::Round now = record::round_from(*document);
    return !(now.rules == opened.rules) || now.candidates != opened.candidates;
  }

  void read_roll(const ObjectId& tree, RoundHistory& history) {
    const auto folder = repository_.find_entry(tree, prefix_ + std::string(kMembersFolder));
    if (!folder || folder->kind != git::EntryKind::folder) return;
    for (const git::TreeEntry& entry : repository_.list_tree(folder->id)) {
      const std::string path = fmt::format("{}/{}", kMembersFolder, entry.name);
      const Place place = place_of(path);
      auto id = MemberId::parse(place.id);
      if (!id || place.place != PlaceKind::record || entry.kind != git::EntryKind::file) continue;
      std::string fault;
      const auto document = good_document(repository_, entry.id, "member", fault);
      if (document) {
        history.roll.push_back({std::move(*id), path, record::member_from(*document)});
      } else {
        history.bad_members.push_back(path);
      }
    }
  }

  // The ballots of a commit that none of its parents has so.
  Ballots new_ballots(const git::CommitNode& node) {
    Ballots found;
    const auto folder_of = [this](std::size_t place) {
      return votes_.top(graph_.node(place).tree).ballots;
    };
    const std::optional<ObjectId> folder = votes_.top(node.tree).ballots;
    const auto is_same = [&](std::size_t parent) { return folder_of(parent) == folder; };
    if (!folder || std::any_of(node.parents.begin(), node.parents.end(), is_same)) return found;
    const auto own = votes_.ballots(node.tree);
    found = *own;
    for (const std::size_t parent : node.parents) {
      const auto before = votes_.ballots(graph_.node(parent).tree);
      Ballots left;
      std::set_difference(found.begin(), found.end(), before->begin(), before->end(),
                          std::back_inserter(left));
      found = std::move(left);
    }
    return found;
  }

  void read_versions(std::size_t opened, std::size_t counted, RoundHistory& history) {
    const std::vector<bool> before = graph_.ancestry_of(opened);
    const std::vector<bool> in_time = graph_.ancestry_of(counted);
    BallotReader reader(repository_, history);
    history.counted_place = counted;
    std::map<std::string, std::vector<BallotVersion>> versions;  // by member
    for (std::size_t place = 0; place < graph_.size(); ++place) {
      const git::CommitNode& node = graph_.node(place);
      history.lineage.add(node.parents);
      for (const auto& [path, blob] : new_ballots(node)) {
        BallotVersion version = reader.read(path, blob, node);
        version.place = place;
        version.in_time = in_time[place] && !before[place];
        version.before_opening = before[place];
        versions[version.member].push_back(std::move(version));
      }
    }
    std::vector<std::string> contested;
    for (auto& [member, own] : versions) {
      const std::string first = fold(own.front().author.email);
      const auto is_other = [&first](const BallotVersion& version) {
        return fold(version.author.email) != first;
      };
      if (std::any_of(own.begin(), own.end(), is_other)) contested.push_back(member);
      std::move(own.begin(), own.end(), std::back_inserter(history.versions));
    }
    if (history.round.rules.electorate == "open" && !contested.empty())
      read_merges(contested, history);
  }

  void read_merges(const std::vector<std::string>& names, RoundHistory& history) {
    for (std::size_t place = 0; place < graph_.size(); ++place) {
      const git::CommitNode& node = graph_.node(place);
      if (node.parents.size() < 2) continue;
      VoteMerge merge{node.author.email, {}};
      const auto own = votes_.ballots(node.tree);
      const auto before = votes_.ballots(graph_.node(node.parents.front()).tree);
      for (const auto& ballot : *own) {
        const std::string member = member_of(ballot.first);
        const bool is_contested = std::binary_search(names.begin(), names.end(), member);
        if (is_contested && !std::binary_search(before->begin(), before->end(), ballot))
          merge.blobs.emplace(member, ballot.second);
      }
      history.merges.emplace(place, std::move(merge));
    }
  }

  const git::Repository& repository_;
  std::string prefix_path_;  // from the top to the club, "" where they are one
  std::string prefix_;       // the same with a slash behind it
  RoundId id_;
  CommitGraph graph_;
  VoteFolders votes_;
  std::unordered_map<ObjectId, bool, git::ObjectIdHash>
      results_;  // of each version of the round's file
};

}  // namespace

record::VotingRules merged_rules(record::VotingRules own, const record::VotingRules& club) {
  if (own.electorate.empty()) own.electorate = club.electorate;
  if (own.electorate.empty()) own.electorate = "open";
  if (!own.seats) own.seats = club.seats;
  if (!own.none) own.none = club.none;
  if (!own.quorum) own.quorum = club.quorum;
  if (!own.over_none) own.over_none = club.over_none;
  if (own.min_share.empty()) own.min_share = club.min_share;
  if (!own.max_score) own.max_score = club.max_score;
  if (!own.margins) own.margins = club.margins;
  return own;
}

bool says_result(const git::Repository& repository, const git::ObjectId& blob) {
  std::string fault;
  const auto document = good_document(repository, blob, "round", fault);
  return document && document->root().find("result");
}

bool was_ever_closed(const git::Repository& repository, const std::string& prefix,
                     const git::ObjectId& tip, const RoundId& id) {
  return Reader(repository, prefix, tip, id).was_ever_closed();
}

RoundHistory read_round(const git::Repository& repository, const std::string& prefix,
                        const git::ObjectId& tip, const RoundId& id) {
  return Reader(repository, prefix, tip, id).read();
}

}  // namespace paperclub::club
