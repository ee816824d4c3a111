#include "lib/club/history.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/record/session.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {
namespace {

constexpr const char* kAction = "Paperclub-Action";
// How many commits are looked at.
constexpr std::size_t kMaxCommits = 100'000;
constexpr unsigned kPlainMode = 0100644;

// The path below the club's folder, or nothing where it lies elsewhere.
std::optional<std::string> below_prefix(const std::string& path, const std::string& prefix) {
  if (prefix.empty()) return path;
  if (!path.starts_with(prefix + "/")) return std::nullopt;
  return path.substr(prefix.size() + 1);
}

// Whether the session in the file has one of the papers.
bool mentions(const git::Repository& repository, const std::optional<git::TreeEntry>& file,
              const std::set<std::string>& papers) {
  const bool is_file = file && file->kind == git::EntryKind::file;
  const auto bytes = is_file ? repository.read_blob(file->id, yaml::kMaxBytes) : std::nullopt;
  const yaml::ParseResult parsed = yaml::parse("session", bytes.value_or(""));
  if (!parsed.document) return false;
  const std::vector<PaperId> ids = record::session_from(*parsed.document).papers;
  return std::any_of(ids.begin(), ids.end(),
                     [&papers](const PaperId& id) { return papers.contains(id.str()); });
}

// Whether the record of a round in the file says how it ended.
bool has_result(const git::Repository& repository, const std::optional<git::TreeEntry>& file) {
  const auto bytes = file ? repository.read_blob(file->id, yaml::kMaxBytes) : std::nullopt;
  const yaml::ParseResult parsed = yaml::parse("round", bytes.value_or(""));
  return parsed.document && parsed.document->root().find("result");
}

// Whether the change concerns one of the papers.
bool concerns(const git::Repository& repository, const git::FileDifference& change,
              const std::string& path, const std::set<std::string>& papers) {
  if (papers.empty()) return true;
  const Place place = place_of(path);
  const bool own = place.place == PlaceKind::notes || place.place == PlaceKind::asset ||
                   (place.place == PlaceKind::record && place.kind == RecordKind::paper);
  if (own) return papers.contains(place.id);
  const bool session = place.place == PlaceKind::record && place.kind == RecordKind::session;
  return session && (mentions(repository, change.after, papers) ||
                     mentions(repository, change.before, papers));
}

std::optional<git::ObjectId> parent_tree(const git::Repository& repository,
                                         const git::CommitInfo& commit) {
  if (commit.text.parents.empty()) return std::nullopt;
  return repository.tree_of(commit.text.parents.front());
}

// What the file was before; one that is too large for us is never taken for one that was not there.
std::string read_whole(const git::Repository& repository, const git::FileDifference& change) {
  auto bytes = repository.read_blob(change.before->id, kMaxFileBytes);
  if (bytes) return std::move(*bytes);
  throw Error{ErrorKind::limit,
              fmt::format("{} is too large to be put back", quote(change.path, 200))}
      .hint("take the commit back with 'git revert HEAD'");
}

// A commit of ours changes what plain files of the club hold; what somebody added to it is theirs.
void refuse_more_than_ours(const git::FileDifference& change,
                           const std::optional<std::string>& path) {
  const auto is_file = [](const std::optional<git::TreeEntry>& entry) {
    return !entry || entry->kind == git::EntryKind::file;
  };
  // What is put back keeps the mode of what stands there now.
  const unsigned mode = change.after ? change.after->mode : kPlainMode;
  const bool same_mode = !change.before || change.before->mode == mode;
  if (path && is_file(change.before) && is_file(change.after) && same_mode) return;
  throw Error{ErrorKind::unacceptable,
              fmt::format("the last commit holds more than paperclub can put back: {}",
                          quote(change.path, 200))}
      .hint("take it back with 'git revert HEAD'");
}

// A vote is changed by voting again and a result stays: history remembers both.
void refuse_votes(const git::Repository& repository, const git::FileDifference& change,
                  const std::string& path) {
  const Place place = place_of(path);
  if (place.place != PlaceKind::record) return;
  if (place.kind == RecordKind::ballot) {
    throw Error{ErrorKind::unacceptable,
                "the last change is a vote, and taking its file away does "
                "not take the vote back"}
        .hint(fmt::format("take it back with 'paperclub vote --withdraw --round {}', or vote again",
                          escape(place.round)));
  }
  if (place.kind != RecordKind::round || !has_result(repository, change.after) ||
      has_result(repository, change.before))
    return;
  throw Error{ErrorKind::unacceptable,
              fmt::format("round {} is closed, and history remembers it", quote(place.id, 100))}
      .hint(fmt::format("to vote again: paperclub round reopen-as-new {} NAME", escape(place.id)));
}

std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

// What others have built on is theirs, too.
void refuse_built_on(const git::Repository& repository, const git::ObjectId& commit) {
  for (const auto& [name, tip] : repository.references("refs/remotes/*")) {
    if (tip == commit || !git::stands_on(repository, tip, commit, git::AtCut::end)) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("others have built on the last commit: {}", quote(name, 200))}
        .hint("take what they did first, with 'paperclub sync', and see whether it is still meant")
        .hint(fmt::format("then take it back by hand: git revert {}", commit.short_hex()));
  }
}

}  // namespace

std::vector<HistoryEvent> history_of(const std::string& folder, const std::string& revision,
                                     const std::string& prefix, const std::set<std::string>& papers,
                                     std::size_t count) {
  const git::Repository repository = git::Repository::open(folder);
  std::vector<HistoryEvent> events;
  std::optional<git::ObjectId> next = repository.resolve_commit(revision);
  for (std::size_t seen = 0; next && events.size() < count && seen < kMaxCommits; ++seen) {
    const git::CommitInfo commit = git::read_commit(repository, *next);
    const bool is_cut_off = repository.is_cut_off(*next);
    // What it changed is not to be seen: it stands there without files, and ends the tale.
    if (is_cut_off && !papers.empty()) break;
    std::vector<std::string> paths;
    for (const git::FileDifference& change :
         is_cut_off
             ? std::vector<git::FileDifference>()
             : git::compare_trees(repository, parent_tree(repository, commit), commit.text.tree)) {
      const auto path = below_prefix(change.path, prefix);
      if (path && concerns(repository, change, *path, papers)) paths.push_back(*path);
    }
    const git::Person& author = commit.text.author;
    if (!paths.empty() || is_cut_off) {
      events.push_back({*next, author.name, author.seconds, author.offset_minutes,
                        first_line(commit.text.message),
                        git::trailer(commit.text.message, kAction).value_or(""), std::move(paths)});
    }
    const auto& parents = commit.text.parents;
    next = parents.empty() || is_cut_off ? std::nullopt : std::optional(parents.front());
  }
  return events;
}

Undo undo_of(const std::string& folder, const std::string& prefix) {
  const git::Repository repository = git::Repository::open(folder);
  const git::Head head = repository.head();
  if (!head.commit) {
    throw Error{ErrorKind::unacceptable, "there is no commit to take back"}.hint(
        "the branch has none yet");
  }
  const git::CommitInfo commit = git::read_commit(repository, *head.commit);
  const std::string subject = first_line(commit.text.message);
  if (!git::trailer(commit.text.message, kAction)) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the last commit was not made by paperclub: {}", quote(subject, 100))}
        .hint(
            fmt::format("others may have built on what came before; take it back with 'git revert "
                        "{}'",
                        head.commit->short_hex()));
  }
  if (commit.text.parents.size() != 1) {
    throw Error{ErrorKind::unacceptable, "the club's first commit cannot be taken back"}.hint(
        "remove the repository to start again");
  }
  if (repository.is_cut_off(*head.commit)) {
    throw Error{ErrorKind::unacceptable,
                "this clone is shallow: what was before the last commit is missing"}
        .hint("fetch the rest with 'git fetch --unshallow'");
  }
  refuse_built_on(repository, *head.commit);
  Undo undo{*head.commit, subject, commit.text.committer.email, {}};
  for (const git::FileDifference& change :
       git::compare_trees(repository, parent_tree(repository, commit), commit.text.tree)) {
    const auto path = below_prefix(change.path, prefix);
    refuse_more_than_ours(change, path);
    refuse_votes(repository, change, *path);
    Change back{*path, std::nullopt};
    if (change.before) back.bytes = read_whole(repository, change);
    undo.changes.push_back(std::move(back));
  }
  return undo;
}

}  // namespace paperclub::club
