#include "lib/gate/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/check.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/club/report.hpp"
#include "lib/gate/standing.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/publish/markdown.hpp"
#include "lib/publish/readme.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/vote/round_count.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::gate {
namespace {

using club::Place;
using club::PlaceKind;
using club::RecordKind;
using git::FileDifference;
using git::ObjectId;

constexpr std::string_view kOrganiserHint = "an organiser of the club can make this change";
constexpr std::string_view kHistoryHint = "what was decided stays; add to it instead";

// What a commit message may hold that keeps a host from running the checks.
constexpr std::string_view kSkips[] = {"[skip ci]",      "[ci skip]",      "[no ci]",
                                       "[skip actions]", "[actions skip]", "***no_ci***",
                                       "skip-checks:"};

club::Snapshot snapshot_of(const club::FileTree& files) {
  return club::load_snapshot(files, {club::Scope::everything, 1, {}});
}

template <typename Record>
const Record* with_id(const std::vector<Record>& records, const std::string& id) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&id](const Record& one) { return one.id.str() == id; });
  return found == records.end() ? nullptr : &*found;
}

// Whether every item of `before` is in `after`.
template <typename Item>
bool holds_all(const std::vector<Item>& after, const std::vector<Item>& before) {
  return std::all_of(before.begin(), before.end(), [&after](const Item& item) {
    return std::find(after.begin(), after.end(), item) != after.end();
  });
}

// Whether `after` is the session with nothing but recordings, slides, presenters or a note more.
bool is_extension(const record::Session& before, const record::Session& after) {
  record::Session bare = after;
  bare.recordings = before.recordings;
  bare.slides = before.slides;
  bare.presenters = before.presenters;
  if (before.note.empty()) bare.note.clear();
  return bare == before && holds_all(after.recordings, before.recordings) &&
         holds_all(after.slides, before.slides) && holds_all(after.presenters, before.presenters);
}

class Gate {
 public:
  Gate(const git::RepositoryPlace& place, const std::string& prefix, const Request& request)
      : repository_(git::Repository::open(place)),
        place_(place),
        club_(prefix),
        prefix_(club::beginning_below(prefix)),
        request_(request),
        fork_(fork_of(repository_, request)),
        base_files_(tree_at(request.base)),
        rules_(snapshot_of(*base_files_)),
        before_(request.base == fork_ ? rules_ : snapshot_of(*tree_at(fork_))),
        head_files_(tree_at(request.head)),
        head_(snapshot_of(*head_files_)),
        actor_(request.login.empty() ? actor_called(rules_, request.actor)
                                     : actor_with_login(rules_, request.login)),
        report_(*head_files_) {
    if (request.may_push && !has_organisers(rules_)) actor_.standing = Standing::organiser;
    for (const ObjectId& commit : git::commits_between(repository_, request.base, request.head))
      commits_.insert(commit);
  }

  Judgement run() {
    Judgement judgement;
    auto differences = git::compare_trees(repository_, repository_.tree_of(fork_),
                                          repository_.tree_of(request_.head));
    add_what_came(differences);
    for (const FileDifference& change : differences)
      judge(change);
    judge_numbers();
    for (const ObjectId& commit : commits_)
      judge_votes_of(commit);
    judge_messages();
    judgement.findings = std::move(report_).take();
    add_check(differences, judgement);
    sort_findings(judgement.findings);
    judgement.files = std::move(changed_);
    judgement.added = std::move(added_);
    return judgement;
  }

 private:
  static ObjectId fork_of(const git::Repository& repository, const Request& request) {
    if (auto fork = git::merge_base(repository, request.base, request.head)) return *fork;
    throw Error{ErrorKind::unacceptable, "the two commits have no history in common"}.hint(
        "begin the change on a clone of the club, and see that the clone is whole");
  }

  std::unique_ptr<club::FileTree> tree_at(const ObjectId& commit) const {
    return club::commit_tree(git::Repository::open(place_), commit, club_);
  }

  // What others added since is there: whoever brings the same file changes it.
  void add_what_came(std::vector<FileDifference>& differences) const {
    const ObjectId base = repository_.tree_of(request_.base);
    for (FileDifference& change : differences) {
      if (!change.before) change.before = repository_.find_entry(base, change.path);
    }
    std::erase_if(differences, [](const FileDifference& one) {
      return one.before && one.after && one.before->id == one.after->id &&
             one.before->mode == one.after->mode;
    });
  }

  bool is_organiser() const { return actor_.standing == Standing::organiser; }
  bool is_member() const { return actor_.standing != Standing::stranger; }

  void refuse(Rule rule, const std::string& file, const club::KeyPath& at, std::string message,
              std::string_view hint) {
    report_.add(rule, file, at, std::move(message), std::string(hint));
  }
  void protect(const std::string& file, std::string message, const club::KeyPath& at = {}) {
    refuse(Rule::protected_file, file, at, std::move(message), kOrganiserHint);
  }
  void keep(const std::string& file, std::string message, const club::KeyPath& at = {}) {
    refuse(Rule::append_only, file, at, std::move(message), kHistoryHint);
  }

  // The record that a side of a change holds, or nothing where there is none that can be read.
  std::optional<yaml::Document> document_of(const std::optional<git::TreeEntry>& entry) const {
    const bool file = entry && entry->kind == git::EntryKind::file;
    const auto bytes = file ? repository_.read_blob(entry->id, yaml::kMaxBytes) : std::nullopt;
    if (!bytes) return std::nullopt;
    return std::move(yaml::parse("record", *bytes).document);
  }

  void judge(const FileDifference& change) {
    if (!prefix_.empty() && !change.path.starts_with(prefix_)) {
      const bool of_others = std::any_of(
          request_.others.begin(), request_.others.end(),
          [&change](const std::string& other) { return change.path.starts_with(other + "/"); });
      if (!is_organiser() && !of_others)
        protect(change.path, "a file outside of the club's folder is changed");
      return;
    }
    const std::string path = change.path.substr(prefix_.size());
    changed_.push_back(path);
    const Place place = club::place_of(path);
    if (change.after && change.after->kind != git::EntryKind::file &&
        (!is_organiser() || place.place != PlaceKind::elsewhere)) {
      refuse(Rule::not_a_file, path, {}, "a link or a submodule is no file of a club",
             "put the file itself there");
      return;
    }
    if (place.place == PlaceKind::record) {
      judge_record(change, path, place);
    } else if (place.place == PlaceKind::notes || place.place == PlaceKind::asset) {
      if (!is_member())
        protect(path, "notes and pictures are kept by members");
      else if (!change.after && !is_organiser())
        protect(path, "notes are taken away");
    } else if (path == club::kReadmeFile && is_fresh_timeline(change)) {
      return;
    } else if (!is_organiser()) {
      protect(path, fmt::format("{} is not changed by suggestions and votes", quote(path, 200)));
    }
  }

  // Whether README.md differs in its timeline alone, which is what it should be.
  bool is_fresh_timeline(const FileDifference& change) const {
    if (!is_member() || !change.before || !change.after) return false;
    const auto before = repository_.read_blob(change.before->id, club::kMaxFileBytes);
    const auto after = repository_.read_blob(change.after->id, club::kMaxFileBytes);
    if (!before || !after) return false;
    return publish::with_timeline(
               *before, publish::timeline_markdown(timeline::timeline_of(head_))) == *after;
  }

  void judge_record(const FileDifference& change, const std::string& path, const Place& place) {
    switch (place.kind) {
      case RecordKind::paper: return judge_paper(change, path, place);
      case RecordKind::session: return judge_session(change, path);
      case RecordKind::round: return judge_round(change, path, place);
      case RecordKind::ballot: return judge_ballot(change, path, place);
      case RecordKind::member: return judge_member(change, path, place);
      case RecordKind::club:
        if (!is_organiser()) protect(path, "the club's rules are changed");
        return;
    }
  }

  // --- papers ------------------------------------------------------------------------------------

  void judge_paper(const FileDifference& change, const std::string& path, const Place& place) {
    if (change.before) {
      if (!is_organiser())
        protect(path, change.after ? "a paper that is there is changed" : "a paper is taken away");
      return;
    }
    if (auto id = PaperId::parse(place.id)) added_.push_back(std::move(*id));
    const auto document = document_of(change.after);
    if (!document || is_organiser()) return;
    for (const char* key : {"number", "withdrawn", "aliases"}) {
      if (document->root().find(key))
        protect(path, fmt::format("a suggestion has no '{}' yet", key), {key});
    }
  }

  // A number is given once, to one paper, whatever becomes of its record.
  void judge_numbers() {
    for (const club::PaperRecord& old : before_.papers) {
      if (!old.paper.number) continue;
      const club::PaperRecord* now = club::find_by_id(head_, old.id.str());
      if (now != nullptr && now->paper.number == old.paper.number) continue;
      keep(now == nullptr ? old.file : now->file,
           fmt::format("{} had the number {} on the timeline", quote(old.id.str(), 100),
                       old.paper.number->value),
           now != nullptr && now->paper.number ? club::KeyPath{"number"} : club::KeyPath{});
    }
  }

  // --- sessions ----------------------------------------------------------------------------------

  bool is_past(const record::Session& session) const {
    return session.date && timeline::is_past(*session.date, request_.now, rules_.settings.timezone);
  }

  void judge_session(const FileDifference& change, const std::string& path) {
    const auto old = document_of(change.before);
    const auto now = document_of(change.after);
    const auto before = old ? std::optional(record::session_from(*old)) : std::nullopt;
    const auto after = now ? std::optional(record::session_from(*now)) : std::nullopt;
    if (before && is_past(*before)) keep_past(path, *before, after);
    if (is_organiser()) return;
    const bool extends = is_member() && before && after && is_extension(*before, *after);
    if (extends) return;
    protect(path, change.before ? "members add recordings, slides, presenters and a note to a "
                                  "session, and nothing else"
                                : "sessions are planned by organisers");
  }

  void keep_past(const std::string& path, const record::Session& before,
                 const std::optional<record::Session>& after) {
    if (!after) {
      keep(path, "a session that was held is taken away");
      return;
    }
    if (after->date != before.date) keep(path, "the date of a session that was held", {"date"});
    if (!holds_all(after->papers, before.papers))
      keep(path, "the papers of a session that was held", {"papers"});
  }

  // --- rounds ------------------------------------------------------------------------------------

  void judge_round(const FileDifference& change, const std::string& path, const Place& place) {
    if (!is_organiser()) {
      protect(path, change.before ? "rounds are closed by organisers"
                                  : "rounds are opened by organisers");
      return;
    }
    const auto old = document_of(change.before);
    const auto now = document_of(change.after);
    const auto before = old ? std::optional(record::round_from(*old)) : std::nullopt;
    const bool was_closed = before && before->result;
    if (!now) {
      if (was_closed) keep(path, "a round that was closed is taken away");
      return;
    }
    const record::Round after = record::round_from(*now);
    if (before && (!(after.rules == before->rules) || after.candidates != before->candidates))
      keep(path, "candidates and rules of a round stay as it was opened");
    if (was_closed && !(after.result == before->result))
      keep(path, "a result is changed", {"result"});
    if (!was_closed && after.result) judge_result(path, place);
  }

  void judge_result(const std::string& path, const Place& place) {
    const auto id = RoundId::parse(place.id);
    if (!id) return;
    try {
      const club::RoundHistory history = history_of(*id);
      const vote::RoundCount count = vote::count_round(history);
      const bool decided = count.decision.outcome != vote::Outcome::no_decision;
      if (decided && history.result && *history.result == vote::result_of(history, count)) return;
      refuse(Rule::wrong_result, path, {"result"}, "this is not what the ballots say",
             "close the round with 'paperclub round close'");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unacceptable) throw;
      refuse(Rule::wrong_result, path, {"result"}, error.message(),
             "close the round with 'paperclub round close'");
    }
  }

  club::RoundHistory history_of(const RoundId& id) const {
    return club::read_round(repository_, club_, request_.head, id);
  }

  // --- ballots -----------------------------------------------------------------------------------

  struct Votes {
    club::RoundHistory history;
    vote::Judged judged;
  };

  // The round as the change has it, judged once; nothing, with the reason, where it cannot be.
  const std::optional<Votes>& votes_of(const RoundId& id, std::string& why) {
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

  void judge_ballot(const FileDifference& change, const std::string& path, const Place& place) {
    if (!change.after) {
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

  // Why none of the versions that the change brings counts.
  std::optional<std::string> void_reason(const Votes& votes, const ObjectId& blob,
                                         const std::string& member) const {
    std::string reason = "no commit of the change made it";
    for (std::size_t i = 0; i < votes.history.versions.size(); ++i) {
      const club::BallotVersion& version = votes.history.versions[i];
      if (version.member != member || version.blob != blob || !commits_.contains(version.commit))
        continue;
      const vote::Verdict& verdict = votes.judged.verdicts[i];
      const bool good = verdict.fate == vote::Fate::counts ||
                        verdict.fate == vote::Fate::superseded ||
                        verdict.fate == vote::Fate::withdrawn;
      if (good) return std::nullopt;
      reason = verdict.reason;
    }
    return reason;
  }

  // Votes count by history: what one commit of the change brings and another takes away again is in
  // no difference of the whole.
  void judge_votes_of(const ObjectId& commit) {
    const git::CommitInfo info = git::read_commit(repository_, commit);
    std::optional<std::vector<FileDifference>> own;
    for (const ObjectId& parent : info.text.parents) {
      auto differences =
          git::compare_trees(repository_, repository_.tree_of(parent), info.text.tree);
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

  void judge_passing_vote(const FileDifference& change) {
    const std::string path = change.path.substr(prefix_.size());
    const Place place = club::place_of(path);
    const bool whole = std::binary_search(changed_.begin(), changed_.end(), path);
    if (place.place != PlaceKind::record || whole || !passing_.insert(path).second) return;
    if (place.kind == RecordKind::ballot && change.after) judge_voter(path, place);
    if (place.kind != RecordKind::round) return;
    if (!is_organiser()) {
      protect(path, "a commit changes the round, and another takes that back");
    } else if (with_id(before_.rounds, place.id) != nullptr) {
      keep(path, "a commit changes the round, and another takes that back");
    }
  }

  // Whose name a ballot bears: the own one; a stranger's is none of a member's, nor one that
  // somebody else has voted by.
  void judge_voter(const std::string& path, const Place& place) {
    if (is_organiser() || place.id == actor_.member) return;
    const bool is_free = !base_files_->kind_of(path);
    const bool is_own = is_free || is_owner(place);
    if (!is_member() && with_id(rules_.members, place.id) == nullptr && is_own) return;
    refuse(Rule::not_yours, path, {}, fmt::format("the ballot is that of {}", quote(place.id, 100)),
           "vote with your own name: paperclub vote");
  }

  // Whether who asks cast the ballot that is there: by the address that the server knows, or by the
  // one that the host gives to a login.
  bool is_owner(const Place& place) {
    const auto id = RoundId::parse(place.round);
    std::string why;
    const std::optional<Votes>* votes = id ? &votes_of(*id, why) : nullptr;
    if (votes == nullptr || !*votes) return false;
    const auto& versions = (*votes)->history.versions;
    const auto first =
        std::find_if(versions.begin(), versions.end(), [&](const club::BallotVersion& one) {
          return one.member == place.id && !commits_.contains(one.commit);
        });
    if (first == versions.end()) return false;
    const std::string address = fold(first->author.email);
    const std::string login = fold(request_.login);
    const std::string actor = fold(request_.actor);
    if (login.empty() && !actor.empty()) return address == actor || actor == place.id;
    // A server that knows nobody leaves it to the count, which goes by the address of the commit.
    if (login.empty()) {
      return request_.may_push &&
             std::all_of(versions.begin(), versions.end(), [&](const club::BallotVersion& one) {
               return one.member != place.id || !commits_.contains(one.commit) ||
                      fold(one.author.email) == address;
             });
    }
    const std::string host = login + "@users.noreply.github.com";
    return address == host || address.ends_with("+" + host);
  }

  // --- members -----------------------------------------------------------------------------------

  void judge_member(const FileDifference& change, const std::string& path, const Place& place) {
    if (is_organiser()) return;
    if (!change.before || !change.after) {
      protect(path, change.before ? "a member is taken away" : "a member is added");
      return;
    }
    if (place.id != actor_.member) {
      refuse(Rule::not_yours, path, {}, fmt::format("the file is that of {}", quote(place.id, 100)),
             kOrganiserHint);
      return;
    }
    const auto old = document_of(change.before);
    const auto now = document_of(change.after);
    if (!old || !now) return;  // what cannot be read is told by the check
    const record::Member before = record::member_from(*old);
    const record::Member after = record::member_from(*now);
    if (before.roles != after.roles) protect(path, "roles are changed", {"roles"});
    if (before.keys != after.keys) protect(path, "keys are changed", {"keys"});
    if (before.login != after.login) protect(path, "the login is changed", {"login"});
  }

  // --- the whole ---------------------------------------------------------------------------------

  void judge_messages() {
    for (const ObjectId& commit : commits_) {
      const std::string message = fold(git::read_commit(repository_, commit).text.message);
      for (const std::string_view skip : kSkips) {
        if (message.find(skip) == message.npos) continue;
        refuse(Rule::skipped_checks, fmt::format("commit {}", commit.short_hex()), {},
               fmt::format("its message holds {}, which keeps checks from running", quote(skip)),
               "write another message: git commit --amend, or git rebase");
        break;
      }
    }
  }

  // What check says of the club as it would be: of the changed files, and what is new in others.
  void add_check(const std::vector<FileDifference>& differences, Judgement& judgement) {
    std::vector<club::Change> changes;
    for (const FileDifference& change : differences) {
      if (!change.path.starts_with(prefix_)) continue;
      const bool file = change.after && change.after->kind == git::EntryKind::file;
      auto bytes =
          file ? repository_.read_blob(change.after->id, club::kMaxFileBytes) : std::nullopt;
      changes.push_back({change.path.substr(prefix_.size()), std::move(bytes)});
    }
    const auto merged = club::with_changes(*base_files_, changes);
    judgement.after = snapshot_of(*merged);
    const std::set<std::string> files(changed_.begin(), changed_.end());
    std::set<std::pair<std::string, std::string>> known;
    for (const Finding& finding : club::check_club(rules_, *base_files_))
      known.emplace(finding.file, finding.message);
    for (Finding& finding : club::check_club(judgement.after, *merged)) {
      if (files.contains(finding.file) || !known.contains({finding.file, finding.message}))
        judgement.findings.push_back(std::move(finding));
    }
  }

  git::Repository repository_;
  const git::RepositoryPlace& place_;
  std::string club_;    // the way to the club, "" for the top
  std::string prefix_;  // the same with a slash behind it
  const Request& request_;
  ObjectId fork_;  // where the change left the history of the base
  std::unique_ptr<club::FileTree> base_files_;
  club::Snapshot rules_;   // the club at the base
  club::Snapshot before_;  // at the fork
  std::unique_ptr<club::FileTree> head_files_;
  club::Snapshot head_;
  Actor actor_;
  club::Report report_;
  std::unordered_set<ObjectId, git::ObjectIdHash> commits_;  // of the change
  std::map<RoundId, std::pair<std::optional<Votes>, std::string>> votes_;
  std::vector<std::string> changed_;  // sorted, as trees are compared
  std::set<std::string> passing_;     // votes that the commits change and the whole does not
  std::vector<PaperId> added_;
};

}  // namespace

Judgement judge_change(const git::RepositoryPlace& place, const std::string& prefix,
                       const Request& request) {
  const git::Repository repository = git::Repository::open(place);
  const std::string file = club::repository_path(prefix, club::kClubFile);
  const auto club = repository.find_entry(repository.tree_of(request.head), file);
  if (!club || club->kind != git::EntryKind::file) {
    Judgement judgement;
    judgement.files = {std::string(club::kClubFile)};
    judgement.findings.push_back({Rule::protected_file,
                                  std::string(club::kClubFile),
                                  {},
                                  "the change takes the club itself away",
                                  "put club.yaml back: without it nothing else can be judged"});
    return judgement;
  }
  return Gate(place, prefix, request).run();
}

}  // namespace paperclub::gate
