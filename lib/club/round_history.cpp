#include "lib/club/round_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/vote_folders.hpp"
#include "lib/club/votes_elsewhere.hpp"
#include "lib/git/graph.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/emit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {
namespace {

using git::CommitGraph;
using git::ObjectId;
using Ballots = VoteFolders::Ballots;

std::optional<yaml::Document> good_document(const git::Repository& repository,
                                            const std::optional<ObjectId>& blob, const char* kind,
                                            std::string& fault) {
  const auto bytes = blob ? repository.read_blob(*blob, yaml::kMaxBytes) : std::nullopt;
  if (!bytes) {
    fault = blob ? "it is too large" : "it is not there";
    return std::nullopt;
  }
  yaml::ParseResult parsed = yaml::parse(kind, *bytes);
  std::vector<Finding> findings = std::move(parsed.findings);
  if (parsed.document) {
    const std::vector<Finding> judged = schema::schema_of(kind).validate(*parsed.document);
    findings.insert(findings.end(), judged.begin(), judged.end());
  }
  for (const Finding& finding : findings) {
    if (severity_of(finding) != Severity::error) continue;
    fault = finding.message;
    return std::nullopt;
  }
  return std::move(parsed.document);
}

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
    RoundHistory history{
        id_, {}, {}, graph_.node(opened).id, {}, graph_.node(counted).id, {}, false, false, {},
        {},  {}, {}};
    if (closed) history.closed = graph_.node(*closed).id;
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

  // Votes that come to their folder from another one, with the whole club or bit by bit: what was
  // voted before stands elsewhere.  No round is opened with ballots or a result: where one is, all
  // that came before is looked at, else what the opening stands on.
  void refuse_moved(std::size_t opened) {
    const git::CommitNode& node = graph_.node(opened);
    const bool has_votes = votes_.top(node.tree).ballots || has_result(opened);
    std::vector<std::size_t> before = node.parents;
    if (has_votes) {
      const std::vector<bool> ancestry = graph_.ancestry_of(opened);
      before.clear();
      for (std::size_t place = opened; place-- > 0;) {
        if (ancestry[place]) before.push_back(place);
      }
    }
    std::unordered_set<ObjectId, git::ObjectIdHash> seen;
    for (const std::size_t place : before) {
      if (!seen.insert(graph_.node(place).tree).second || !came_from(opened, place)) continue;
      const auto depth = std::count(prefix_.begin(), prefix_.end(), '/') + 1;
      std::string above;
      for (std::ptrdiff_t i = 0; i < depth; ++i)
        above += "../";
      throw Error{ErrorKind::unacceptable,
                  fmt::format("the round {} was moved to this folder in commit {}: what was voted "
                              "before stands in the other folder",
                              quote(id_.str(), 100), node.id.short_hex())}
          .hint(fmt::format("count it where it was: git worktree add {}before {}", above,
                            graph_.node(place).id.short_hex()))
          .hint(fmt::format("to vote here: paperclub round reopen-as-new {} NAME", id_.str()));
    }
  }

  // Whether the commit at `place` has the opening's round in another folder, which the opening has
  // not any more, or has a ballot of the opening's there.
  bool came_from(std::size_t opened, std::size_t place) {
    const ObjectId& tree = graph_.node(opened).tree;
    const auto others = votes_elsewhere(repository_, graph_.node(place).tree, prefix_path_, id_);
    if (others.empty()) return false;
    const auto left = votes_elsewhere(repository_, tree, prefix_path_, id_);
    const auto own = votes_.ballots(tree);
    return std::any_of(others.begin(), others.end(), [&](const VotesElsewhere& other) {
      const bool is_left = std::any_of(left.begin(), left.end(), [&](const VotesElsewhere& one) {
        return one.folder == other.folder;
      });
      const bool is_same = votes_.top(tree).round == other.round;
      return (is_same && (!is_left || has_result(opened))) ||
             (other.ballots && shares_ballot(*own, *other.ballots));
    });
  }

  bool shares_ballot(const Ballots& own, const ObjectId& folder) const {
    const auto others = repository_.list_tree(folder);
    return std::any_of(own.begin(), own.end(), [&others](const auto& ballot) {
      return std::any_of(others.begin(), others.end(), [&ballot](const git::TreeEntry& other) {
        return other.name == ballot.first && other.id == ballot.second;
      });
    });
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

  // What is no record by its name is nobody's: `ada` is not ada's.
  static std::string member_of(const std::string& path) {
    return path.ends_with(".yaml") ? path.substr(0, path.size() - 5) : "./" + path;
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
    std::map<std::string, std::vector<std::size_t>> places;  // of the versions, by member
    std::map<std::string, std::vector<BallotVersion>> versions;
    for (std::size_t place = 0; place < graph_.size(); ++place) {
      const git::CommitNode& node = graph_.node(place);
      for (const auto& [path, blob] : new_ballots(node)) {
        BallotVersion version{member_of(path),
                              blob,
                              node.id,
                              node.author,
                              node.committer,
                              in_time[place] && !before[place],
                              before[place],
                              {},
                              {},
                              {},
                              {}};
        read_ballot(path, history, version);
        places[version.member].push_back(place);
        versions[version.member].push_back(std::move(version));
      }
    }
    for (auto& [member, own] : versions)
      add_member(places[member], std::move(own), history);
  }

  void add_member(const std::vector<std::size_t>& places, std::vector<BallotVersion> own,
                  RoundHistory& history) const {
    const std::size_t first = history.versions.size();
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (own.size() > 1) {
        const std::vector<bool> ancestry = graph_.ancestry_of(places[i]);
        for (std::size_t j = 0; j < own.size(); ++j) {
          if (j != i && ancestry[places[j]]) own[i].ancestors.insert(first, first + j);
        }
      }
    }
    std::move(own.begin(), own.end(), std::back_inserter(history.versions));
  }

  static bool is_on_roll(const RoundHistory& history, const std::string& member) {
    return std::any_of(history.roll.begin(), history.roll.end(),
                       [&member](const MemberRecord& one) { return one.id.str() == member; });
  }

  // Without a signature a ballot is its choices; those of one blob are read once.
  void read_plain_ballot(BallotVersion& version) {
    auto known = plain_.find(version.blob);
    if (known == plain_.end()) {
      std::pair<record::Ballot, std::string> read;
      const auto document = good_document(repository_, version.blob, "ballot", read.second);
      if (document) read.first = record::ballot_from(*document);
      read.first.extra.clear();
      known = plain_.emplace(version.blob, std::move(read)).first;
    }
    version.ballot = known->second.first;
    version.fault = known->second.second;
  }

  void read_ballot(const std::string& path, const RoundHistory& history, BallotVersion& version) {
    const bool named = path.ends_with(".yaml") && MemberId::parse(version.member);
    if (!named) {
      version.fault = "its file is not called as a member's is";
      return;
    }
    const std::string& electorate = history.round.rules.electorate;
    // Of others nothing is said but that they are no members: what they wrote does not matter.
    const bool may_vote = electorate == "open" || is_on_roll(history, version.member);
    if (!may_vote) return;
    if (electorate != "signed") {
      read_plain_ballot(version);
      return;
    }
    const auto document = good_document(repository_, version.blob, "ballot", version.fault);
    if (!document) return;
    version.ballot = record::ballot_from(*document);
    version.ballot.extra.clear();
    const std::string& bytes = document->source().text();
    std::string rest = bytes;
    const yaml::Node root = document->root();
    for (std::size_t i = 0; i < root.size(); ++i) {
      if (root.key(i).text() != "signature") continue;
      const std::size_t begin = root.key(i).span().begin;
      const std::size_t line = bytes.find('\n', root.value(i).span().end);
      rest = bytes.substr(0, begin) + (line == bytes.npos ? "" : bytes.substr(line + 1));
    }
    const std::string previous = version.ballot.previous.empty() ? "-" : version.ballot.previous;
    version.signed_text = ballot_text(history.club_id, id_, version.member, previous, rest);
    // ssh-keygen ends it with one line break.
    std::string signature = version.ballot.signature;
    while (signature.ends_with('\n'))
      signature.pop_back();
    version.usual_blob =
        git::blob_id(rest + yaml::emit({{"signature", yaml::Value(signature + "\n")}}));
  }

  const git::Repository& repository_;
  std::string prefix_path_;  // from the top to the club, "" where they are one
  std::string prefix_;       // the same with a slash behind it
  RoundId id_;
  CommitGraph graph_;
  VoteFolders votes_;
  std::unordered_map<ObjectId, bool, git::ObjectIdHash>
      results_;  // of each version of the round's file
  // Ballots of rounds that are not signed, and what is wrong with them.
  std::unordered_map<ObjectId, std::pair<record::Ballot, std::string>, git::ObjectIdHash> plain_;
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

void VersionSet::insert(std::size_t first, std::size_t place) {
  first_ = first;
  if (bits_.size() <= place - first) bits_.resize(place - first + 1, false);
  bits_[place - first] = true;
}

std::vector<std::size_t> VersionSet::places() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < bits_.size(); ++i) {
    if (bits_[i]) places.push_back(first_ + i);
  }
  return places;
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

std::string ballot_text(const std::string& club_id, const RoundId& round, const std::string& member,
                        const std::string& previous, std::string_view bytes) {
  return fmt::format("paperclub-ballot/1\n{}\n{}\n{}\n{}\n{}", club_id, round.str(), member,
                     previous, bytes);
}

RoundHistory read_round(const git::Repository& repository, const std::string& prefix,
                        const git::ObjectId& tip, const RoundId& id) {
  return Reader(repository, prefix, tip, id).read();
}

}  // namespace paperclub::club
