#include "lib/sync/own_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/round_history.hpp"
#include "lib/git/graph.hpp"
#include "lib/publish/readme.hpp"
#include "lib/record/round.hpp"
#include "lib/record/session.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/merge.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::sync {
namespace {

using git::FileDifference;
using git::ObjectId;

std::vector<FileDifference> changes_of(const git::Repository& repository,
                                       const std::optional<ObjectId>& parent,
                                       const ObjectId& tree) {
  return git::compare_trees(
      repository, parent ? std::optional(repository.tree_of(*parent)) : std::nullopt, tree);
}

// The entries that `changes` leave, by path; nothing for what is gone.
std::map<std::string, std::optional<git::TreeEntry>> afters(
    const std::vector<FileDifference>& changes) {
  std::map<std::string, std::optional<git::TreeEntry>> entries;
  for (const FileDifference& one : changes)
    entries.emplace(one.path, one.after);
  return entries;
}

// A merge of two that holds what each side changed against what both began with, and nothing else:
// it follows from its sides, wherever these are put.
bool is_plain_merge(const git::Repository& repository, const git::CommitText& merge) {
  if (merge.parents.size() != 2) return false;
  const auto bases = git::merge_bases(repository, merge.parents[0], merge.parents[1]);
  if (bases.size() != 1) return false;  // crosswise: what follows from them is no one thing
  const ObjectId& base = bases.front();
  const auto mine = afters(changes_of(repository, base, repository.tree_of(merge.parents[0])));
  auto wanted = afters(changes_of(repository, base, repository.tree_of(merge.parents[1])));
  for (const auto& [path, entry] : mine) {
    const auto other = wanted.find(path);
    if (other != wanted.end() && !git::is_same_entry(other->second, entry)) return false;
    wanted.insert_or_assign(path, entry);
  }
  const auto merged = afters(changes_of(repository, base, merge.tree));
  return merged.size() == wanted.size() &&
         std::all_of(merged.begin(), merged.end(), [&wanted](const auto& one) {
           const auto same = wanted.find(one.first);
           return same != wanted.end() && git::is_same_entry(same->second, one.second);
         });
}

// Whether the text becomes `before` to the byte again where `key` is taken out of `after`.
bool adds_key_alone(const std::string& path, const std::string& before, const std::string& after,
                    const char* key) {
  const yaml::ParseResult now = yaml::parse(path, after);
  if (!now.document || !now.document->root().find(key)) return false;
  try {
    return yaml::edited_text(*now.document, {yaml::Edit::remove({key})}, {}) == before;
  } catch (const Error&) {
    return false;
  }
}

// Whether the session is a new one with a day and papers alone, or has papers more; of these none
// but winners.
bool adds_winners_alone(const std::string& path, const std::optional<std::string>& before,
                        const std::string& after, const std::vector<PaperId>& winners) {
  const yaml::ParseResult now = yaml::parse(path, after);
  const yaml::ParseResult old = yaml::parse(path, before.value_or(""));
  if (!now.document || (before && !old.document)) return false;
  const auto papers_of = [](const yaml::ParseResult& one) {
    return one.document ? record::session_from(*one.document).papers : std::vector<PaperId>();
  };
  const auto holds = [](const std::vector<PaperId>& papers, const PaperId& id) {
    return std::find(papers.begin(), papers.end(), id) != papers.end();
  };
  const std::vector<PaperId> were = papers_of(old);
  const std::vector<PaperId> are = papers_of(now);
  const bool good =
      std::all_of(were.begin(), were.end(), [&](const PaperId& id) { return holds(are, id); }) &&
      std::all_of(are.begin(), are.end(),
                  [&](const PaperId& id) { return holds(were, id) || holds(winners, id); });
  if (!good) return false;
  if (!before) {
    const yaml::Node root = now.document->root();
    for (std::size_t i = 0; i < root.size(); ++i) {
      if (root.key(i).text() != "date" && root.key(i).text() != "papers") return false;
    }
    return true;
  }
  const yaml::Merge merge = yaml::merge(&*old.document, *now.document, *old.document);
  const bool papers = std::all_of(merge.edits.begin(), merge.edits.end(),
                                  [](const auto& edit) { return edit.path.front() == "papers"; });
  try {
    return papers && merge.clashes.empty() &&
           yaml::edited_text(*old.document, merge.edits,
                             schema::schema_of("session").property_names()) == after;
  } catch (const Error&) {
    return false;
  }
}

// The round to which the changes add a result.
std::optional<RoundId> closed_by(const git::Repository& repository, const std::string& prefix,
                                 const std::vector<FileDifference>& changes) {
  const std::string begin = club::beginning_below(prefix);
  for (const FileDifference& change : changes) {
    if (!change.path.starts_with(begin)) continue;
    const club::Place place = club::place_of(std::string_view(change.path).substr(begin.size()));
    const bool is_round =
        place.place == club::PlaceKind::record && place.kind == club::RecordKind::round;
    if (is_round && !has_result(repository, change.before) && has_result(repository, change.after))
      return RoundId::parse(place.id);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> close_problem(const git::Repository& repository,
                                         const std::string& prefix, const OwnCommit& own) {
  const std::string begin = club::beginning_below(prefix);
  const auto text_of = [&repository](const std::optional<git::TreeEntry>& entry) {
    const bool file = entry && entry->kind == git::EntryKind::file;
    return file ? repository.read_blob(entry->id, club::kMaxFileBytes).value_or("") : "";
  };
  std::vector<PaperId> winners;
  for (const FileDifference& change : own.changes) {
    if (change.path != begin + club::round_path(own.closes->str())) continue;
    const auto round = yaml::parse(change.path, text_of(change.after)).document;
    if (const auto result = round ? record::round_from(*round).result : std::nullopt)
      winners = result->winners;
  }
  for (const FileDifference& change : own.changes) {
    if (!change.path.starts_with(begin)) return "changes more than the club";
    const std::string path = change.path.substr(begin.size());
    const club::Place place = club::place_of(path);
    if (path == club::kReadmeFile) {
      const auto before = publish::with_timeline(text_of(change.before), "");
      if (!before || before != publish::with_timeline(text_of(change.after), ""))
        return "changes more of README.md than the timeline";
      continue;
    }
    const bool is_record = place.place == club::PlaceKind::record;
    const std::string before = text_of(change.before);
    const std::string after = text_of(change.after);
    const auto is = [&](club::RecordKind kind) { return is_record && place.kind == kind; };
    const bool good =
        (is(club::RecordKind::round) && place.id == own.closes->str() &&
         adds_key_alone(path, before, after, "result")) ||
        (is(club::RecordKind::paper) && adds_key_alone(path, before, after, "number")) ||
        (is(club::RecordKind::session) && change.after &&
         adds_winners_alone(path, change.before ? std::optional(before) : std::nullopt, after,
                            winners));
    if (!good) return fmt::format("changes more of {} than a close does", quote(path, 200));
  }
  return std::nullopt;
}

bool has_result(const git::Repository& repository, const std::optional<git::TreeEntry>& entry) {
  return entry && entry->kind == git::EntryKind::file && club::says_result(repository, entry->id);
}

std::vector<OwnCommit> own_work(const git::Repository& repository, const std::string& prefix,
                                const ObjectId& theirs, const ObjectId& mine) {
  if (git::merge_bases(repository, theirs, mine).empty()) {
    throw Error{ErrorKind::unacceptable, "the remote has another history than this clone"}.hint(
        "see whether the remote is the right one: git remote -v");
  }
  std::vector<OwnCommit> work;
  for (const ObjectId& id : git::commits_between(repository, theirs, mine)) {
    git::CommitInfo info = git::read_commit(repository, id);
    const std::vector<ObjectId>& parents = info.text.parents;
    if (parents.size() > 1) {
      if (is_plain_merge(repository, info.text)) continue;
      throw Error{
          ErrorKind::unacceptable,
          fmt::format("commit {} is a merge that changes more than it joins", id.short_hex())}
          .hint("put your work on top of theirs by hand first: git pull --rebase");
    }
    std::vector<FileDifference> changes =
        changes_of(repository, parents.empty() ? std::nullopt : std::optional(parents.front()),
                   info.text.tree);
    const auto closes = closed_by(repository, prefix, changes);
    work.push_back({std::move(info), std::move(changes), closes});
  }
  std::reverse(work.begin(), work.end());
  return work;
}

}  // namespace paperclub::sync
