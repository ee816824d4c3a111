#include "lib/gate/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/check.hpp"
#include "lib/club/overlay.hpp"
#include "lib/gate/gate_work.hpp"
#include "lib/git/graph.hpp"
#include "lib/publish/markdown.hpp"
#include "lib/publish/readme.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::gate {
namespace {

// What a commit message may hold that keeps a host from running the checks.
constexpr std::string_view kSkips[] = {"[skip ci]",      "[ci skip]",      "[no ci]",
                                       "[skip actions]", "[actions skip]", "***no_ci***",
                                       "skip-checks:"};

club::Snapshot snapshot_of(const club::FileTree& files) {
  return club::load_snapshot(files, {club::Scope::everything, 1, {}});
}

}  // namespace

Gate::Gate(const git::RepositoryPlace& place, const std::string& prefix, const Request& request)
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

Judgement Gate::run() {
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
  add_check(std::move(differences), judgement);
  sort_findings(judgement.findings);
  judgement.files = std::move(changed_);
  judgement.added = std::move(added_);
  return judgement;
}

git::ObjectId Gate::fork_of(const git::Repository& repository, const Request& request) {
  const auto bases = git::merge_bases(repository, request.base, request.head);
  if (bases.size() == 1) return bases.front();
  // What git takes of either side of a merge then is in no difference from one of them.
  if (bases.size() > 1) {
    throw Error{ErrorKind::unacceptable, "the change and the club were merged crosswise"}.hint(
        "put the change on top of what is there, or merge that into it once more");
  }
  throw Error{ErrorKind::unacceptable, "the two commits have no history in common"}.hint(
      "begin the change on a clone of the club, and see that the clone is whole");
}

std::unique_ptr<club::FileTree> Gate::tree_at(const ObjectId& commit) const {
  return club::commit_tree(git::Repository::open(place_), commit, club_);
}

void Gate::add_what_came(std::vector<FileDifference>& differences) const {
  const ObjectId base = repository_.tree_of(request_.base);
  for (FileDifference& change : differences) {
    if (!change.before) change.before = repository_.find_entry(base, change.path);
  }
  std::erase_if(differences, [](const FileDifference& one) {
    return git::is_same_entry(one.before, one.after);
  });
}

void Gate::refuse(Rule rule, const std::string& file, const club::KeyPath& at, std::string message,
                  std::string_view hint) {
  report_.add(rule, file, at, std::move(message), std::string(hint));
}

std::optional<yaml::Document> Gate::document_of(const std::optional<git::TreeEntry>& entry) const {
  const bool file = entry && entry->kind == git::EntryKind::file;
  const auto bytes = file ? repository_.read_blob(entry->id, yaml::kMaxBytes) : std::nullopt;
  if (!bytes) return std::nullopt;
  return std::move(yaml::parse("record", *bytes).document);
}

void Gate::judge(const FileDifference& change) {
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
      (!is_organiser() || place.place != club::PlaceKind::elsewhere)) {
    refuse(Rule::not_a_file, path, {}, "a link or a submodule is no file of a club",
           "put the file itself there");
    return;
  }
  if (club::is_ignored(path) && place.place != club::PlaceKind::elsewhere) {
    // No check looks at it.
    if (!is_organiser()) protect(path, "a hidden file is no record of the club");
  } else if (place.place == club::PlaceKind::record) {
    judge_record(change, path, place);
  } else if (place.place == club::PlaceKind::notes || place.place == club::PlaceKind::asset) {
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

bool Gate::is_fresh_timeline(const FileDifference& change) const {
  if (!is_member() || !change.before || !change.after) return false;
  const auto before = repository_.read_blob(change.before->id, club::kMaxFileBytes);
  const auto after = repository_.read_blob(change.after->id, club::kMaxFileBytes);
  if (!before || !after) return false;
  return publish::with_timeline(*before,
                                publish::timeline_markdown(timeline::timeline_of(head_))) == *after;
}

void Gate::judge_record(const FileDifference& change, const std::string& path, const Place& place) {
  switch (place.kind) {
    case club::RecordKind::paper: return judge_paper(change, path, place);
    case club::RecordKind::session: return judge_session(change, path);
    case club::RecordKind::round: return judge_round(change, path, place);
    case club::RecordKind::ballot: return judge_ballot(change, path, place);
    case club::RecordKind::member: return judge_member(change, path, place);
    case club::RecordKind::club:
      if (!is_organiser()) protect(path, "the club's rules are changed");
      return;
  }
}

void Gate::judge_messages() {
  for (const ObjectId& commit : commits_) {
    const std::string message = fold(git::read_commit(repository_, commit).text.message);
    for (const std::string_view skip : kSkips) {
      if (message.find(skip) == message.npos) continue;
      refuse(Rule::skipped_checks, fmt::format("{}{}", kCommitPlace, commit.short_hex()), {},
             fmt::format("its message holds {}, which keeps checks from running", quote(skip)),
             "write another message: git commit --amend, or git rebase");
      break;
    }
  }
}

void Gate::add_check(std::vector<FileDifference> differences, Judgement& judgement) {
  // A link or a submodule in a place of ours is refused already.
  for (FileDifference& change : differences) {
    if (change.after && change.after->kind != git::EntryKind::file) change.after.reset();
  }
  const auto merged =
      club::with_differences(*base_files_, git::Repository::open(place_), differences, club_);
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
