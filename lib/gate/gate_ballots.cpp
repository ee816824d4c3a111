// Whose ballots a change may bring, and whether they would count.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/gate/gate_work.hpp"

namespace paperclub::gate {
namespace {

// As whom GitHub opens what workflows of a repository itself ask for; nobody else is called so.
constexpr std::string_view kWorkflows = "github-actions[bot]";

// Whether the version is a ballot of its voter's, counted or not any more.
bool is_good(const vote::Verdict& verdict) {
  return verdict.fate == vote::Fate::counts || verdict.fate == vote::Fate::superseded ||
         verdict.fate == vote::Fate::withdrawn;
}

}  // namespace

const std::optional<Gate::Votes>& Gate::votes_of(const RoundId& id, std::string& why) {
  const auto [at, is_new] = votes_.try_emplace(id);
  if (is_new) {
    try {
      club::RoundHistory history = history_of(id);
      vote::Judged judged = vote::judge(history);
      at->second.first = Votes{std::move(history), std::move(judged)};
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unacceptable && error.kind() != ErrorKind::usage) throw;
      at->second.second = error.message();
    }
  }
  why = at->second.second;
  return at->second.first;
}

void Gate::judge_ballot(const FileDifference& change, const std::string& path, const Place& place) {
  if (!change.after) {
    if (is_organiser() && is_given_up(place.round)) return;
    keep(path, "a ballot is taken away, which does not take the vote back");
    return;
  }
  const auto id = RoundId::parse(place.round);
  const club::RoundRecord* round = with_id(rules_.rounds, place.round);
  // Only an organiser opens a round and has ballots in it in one change.
  const bool is_new =
      round == nullptr && is_organiser() && with_id(head_.rounds, place.round) != nullptr;
  const bool is_open = round != nullptr && !round->round.result;
  if (!id || (!is_new && !is_open)) {
    refuse(Rule::void_ballot, path, {},
           round == nullptr ? "there is no such round" : "the round is closed",
           "see 'paperclub round list'");
    return;
  }
  judge_voter(path, place);
  std::string why;
  const std::optional<Votes>& votes = votes_of(*id, why);
  if (!votes) {
    refuse(Rule::void_ballot, path, {}, why, "see 'paperclub round show'");
    return;
  }
  if (auto reason = void_reason(*votes, change.after->id, place.id))
    refuse(Rule::void_ballot, path, {}, fmt::format("the ballot would not count: {}", *reason),
           "see 'paperclub round show'");
}

bool Gate::is_given_up(const std::string& round) const {
  const club::RoundRecord* before = with_id(before_.rounds, round);
  return before != nullptr && !before->round.result && with_id(head_.rounds, round) == nullptr;
}

std::optional<std::string> Gate::void_reason(const Votes& votes, const ObjectId& blob,
                                             const std::string& member) const {
  std::string reason = "no commit of the change made it";
  for (std::size_t i = 0; i < votes.history.versions.size(); ++i) {
    const club::BallotVersion& version = votes.history.versions[i];
    if (version.member != member || version.blob != blob || !commits_.contains(version.commit))
      continue;
    if (is_good(votes.judged.verdicts[i])) return std::nullopt;
    reason = votes.judged.verdicts[i].reason;
  }
  return reason;
}

void Gate::judge_votes_of(const ObjectId& commit) {
  const git::CommitInfo info = git::read_commit(repository_, commit);
  std::optional<std::vector<FileDifference>> own;
  if (info.text.parents.empty()) {
    // What it holds counts as much as what others add.
    own = git::compare_trees(repository_, std::nullopt, info.text.tree);
    refuse(Rule::append_only, fmt::format("{}{}", kCommitPlace, commit.short_hex()), {},
           "it begins a history of its own beside the club's",
           "make the change on a clone of the club");
  }
  for (const ObjectId& parent : info.text.parents) {
    auto differences = git::compare_trees(repository_, repository_.tree_of(parent), info.text.tree);
    if (!own) {
      own = std::move(differences);
      continue;
    }
    // Of a merge only what no parent has so.
    std::erase_if(*own, [&differences](const FileDifference& one) {
      return std::none_of(differences.begin(), differences.end(),
                          [&one](const FileDifference& other) { return other.path == one.path; });
    });
  }
  for (const FileDifference& change : own.value_or(std::vector<FileDifference>())) {
    if (change.path.starts_with(prefix_)) judge_passing_vote(change);
  }
}

void Gate::judge_passing_vote(const FileDifference& change) {
  const std::string path = change.path.substr(prefix_.size());
  const Place place = club::place_of(path);
  const bool whole = std::binary_search(changed_.begin(), changed_.end(), path);
  // What takes a ballot away is passed over, and hides no commit that brings one.
  if (place.place != club::PlaceKind::record || whole || passing_.contains(path)) return;
  const bool is_ballot = place.kind == club::RecordKind::ballot;
  if (is_ballot && !change.after) return;
  // Whose a ballot is does not hang on which of the commits brings it.
  passing_.insert(path);
  if (is_ballot) judge_voter(path, place);
  if (place.kind != club::RecordKind::round) return;
  if (!is_organiser()) {
    protect(path, "a commit changes the round, and another takes that back");
  } else if (with_id(before_.rounds, place.id) != nullptr) {
    keep(path, "a commit changes the round, and another takes that back");
  }
}

void Gate::judge_voter(const std::string& path, const Place& place) {
  if (takes_name(place)) {
    refuse(Rule::not_yours, path, {},
           fmt::format("it takes the name {} from who voted by it before", quote(place.id, 100)),
           "put the change on top of the club's branch: git rebase");
    return;
  }
  if (is_organiser() || place.id == actor_.member) return;
  const bool is_free = !base_files_->kind_of(path);
  const bool is_own = is_free || is_owner(place);
  if (is_member() || with_id(rules_.members, place.id) != nullptr || !is_own) {
    refuse(Rule::not_yours, path, {}, fmt::format("the ballot is that of {}", quote(place.id, 100)),
           "vote with your own name: paperclub vote");
    return;
  }
  if (voters_.emplace(place.round, place.id).first->second != place.id) {
    refuse(Rule::not_yours, path, {}, "the change casts another ballot in the round",
           "one voter casts one");
    return;
  }
  if (const auto address = forged_address(place)) {
    refuse(Rule::not_yours, path, {},
           fmt::format("the ballot is made with the address {}", quote(*address, 100)),
           "make the commit with an address of your own: git commit --amend --reset-author");
  }
}

bool Gate::takes_name(const Place& place) {
  const auto id = RoundId::parse(place.round);
  std::string why;
  const std::optional<Votes>* votes = id ? &votes_of(*id, why) : nullptr;
  if (votes == nullptr || !*votes || (*votes)->history.round.rules.electorate != "open")
    return false;
  bool is_lost = false;
  for (std::size_t i = 0; i < (*votes)->history.versions.size(); ++i) {
    const club::BallotVersion& version = (*votes)->history.versions[i];
    if (version.member != place.id || commits_.contains(version.commit)) continue;
    const vote::Verdict& verdict = (*votes)->judged.verdicts[i];
    if (is_good(verdict)) return false;
    is_lost = is_lost || verdict.fate == vote::Fate::not_the_owner;
  }
  return is_lost;
}

std::optional<std::string> Gate::forged_address(const Place& place) {
  const auto id = RoundId::parse(place.round);
  std::string why;
  const std::optional<Votes>* votes = id ? &votes_of(*id, why) : nullptr;
  if (votes == nullptr || !*votes) return std::nullopt;
  for (const club::BallotVersion& version : (*votes)->history.versions) {
    if (version.member != place.id || !commits_.contains(version.commit)) continue;
    const std::string& address = version.author.email;
    const auto login = record::login_of_address(address);
    const bool is_another_login = !request_.login.empty() && request_.login != kWorkflows &&
                                  login && *login != fold(request_.login);
    const bool is_another =
        request_.actor.find('@') != std::string::npos && fold(address) != fold(request_.actor);
    if (is_another_login || is_another) return address;
  }
  return std::nullopt;
}

bool Gate::is_owner(const Place& place) {
  const auto id = RoundId::parse(place.round);
  std::string why;
  const std::optional<Votes>* votes = id ? &votes_of(*id, why) : nullptr;
  if (votes == nullptr || !*votes) return false;
  const auto& versions = (*votes)->history.versions;
  // What came before the change says whose the name is, and a ballot that is none says nothing.
  std::size_t first = 0;
  while (first < versions.size() &&
         (versions[first].member != place.id || commits_.contains(versions[first].commit) ||
          !is_good((*votes)->judged.verdicts[first])))
    ++first;
  if (first == versions.size()) return false;
  const std::string address = fold(versions[first].author.email);
  const std::string login = fold(request_.login);
  const std::string actor = fold(request_.actor);
  if (login.empty() && !actor.empty()) return address == actor || actor == place.id;
  // A server that knows nobody leaves it to the count, which goes by the address of the commit; so
  // does a workflow of the club's own, which makes ballots of what voters wrote.
  if (login.empty() || login == kWorkflows) {
    return (request_.may_push || login == kWorkflows) &&
           std::all_of(versions.begin(), versions.end(), [&](const club::BallotVersion& one) {
             return one.member != place.id || !commits_.contains(one.commit) ||
                    fold(one.author.email) == address;
           });
  }
  return record::login_of_address(address) == login;
}

}  // namespace paperclub::gate
