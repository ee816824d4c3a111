#include "lib/sync/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/git/merge_text.hpp"
#include "lib/publish/readme.hpp"
#include "lib/sync/replay_work.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::sync {
namespace {

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

Replay::Work::Work(Replay& replay, const OwnCommit& own)
    : replay_(replay),
      own_(own),
      repository_(replay.chain_.repository()),
      tree_(repository_.tree_of(replay.chain_.tip())) {}

Step Replay::Work::run() {
  for (const git::FileDifference& change : own_.changes) {
    if (path_in_club(change.path) != club::kReadmeFile) take(change);
  }
  for (const git::FileDifference& change : own_.changes) {
    if (path_in_club(change.path) == club::kReadmeFile) take_readme(change);
  }
  step_.message = message();
  for (auto& [path, file] : files_) {
    if (file.text) file.blob = replay_.chain_.write_blob(*file.text);
    step_.changes.push_back({path, file.blob, file.mode});
  }
  return std::move(step_);
}

std::string Replay::Work::path_in_club(const std::string& path) const {
  return path.starts_with(replay_.prefix_) ? path.substr(replay_.prefix_.size()) : std::string();
}

std::string Replay::Work::club_folder() const {
  return replay_.prefix_.substr(0, replay_.prefix_.size() - (replay_.prefix_.empty() ? 0 : 1));
}

std::string Replay::Work::message() const {
  const std::string& text = own_.info.text.message;
  std::map<std::string, std::string> ids;
  for (const auto& [own, now] : replay_.moved_)
    ids[club::place_of(path_in_club(own)).id] = club::place_of(path_in_club(now)).id;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_id_character(text[end]))
      ++end;
    const std::string word = text.substr(at, end - at);
    const auto moved = ids.find(word);
    out += moved == ids.end() ? word : moved->second;
    if (end < text.size()) out += text[end++];
    at = end;
  }
  return out;
}

std::string Replay::Work::text_of(const MaybeEntry& entry) const {
  if (!is_file(entry)) return {};
  return repository_.read_blob(entry->id, club::kMaxFileBytes).value_or(std::string());
}

std::optional<yaml::Document> Replay::Work::document_of(const std::string& path,
                                                        const MaybeEntry& entry) const {
  if (!is_file(entry)) return std::nullopt;
  return yaml::parse(path, text_of(entry)).document;
}

const club::Snapshot& Replay::Work::theirs() {
  if (!snapshot_) {
    tip_files_ = replay_.chain_.files();
    snapshot_ = club::load_snapshot(*tip_files_, {club::Scope::papers_and_sessions, 1, {}});
  }
  return *snapshot_;
}

void Replay::Work::take(const git::FileDifference& change) {
  const auto known = replay_.moved_.find(change.path);
  std::string path = known == replay_.moved_.end() ? change.path : known->second;
  const club::Place place = club::place_of(path_in_club(path));
  if (replay_.gone_.contains(change.path)) {
    step_.lost.push_back(
        fmt::format("session {} is not there any more: what was done to it here "
                    "is left out",
                    quote(place.id, 100)));
    return;
  }
  MaybeEntry other = repository_.find_entry(tree_, path);
  if (is_record(place, club::RecordKind::ballot) && !change.after && other && stays(place)) return;
  if (is_record(place, club::RecordKind::ballot) && change.after) {
    // A name that somebody gave back is that one's for ever: history counts.
    const bool meets = !other || !git::is_same_entry(other, change.before);
    if (is_of_lost_round(place) || is_given_up(place) || is_late(place) ||
        (meets && is_of_another(place)))
      return;
  }
  const bool is_new_session =
      is_record(place, club::RecordKind::session) && !change.before && change.after;
  if (is_new_session && is_superfluous(change)) return;
  if (is_new_session && other && !git::is_same_entry(other, change.after)) {
    path = renamed(change.path);
    other.reset();
  }
  if (git::is_same_entry(other, change.after)) return;
  File file;
  if (change.after) file = {change.after->id, std::nullopt, change.after->mode};
  if (!git::is_same_entry(other, change.before) && !join(change, path, place, other, file)) return;
  if (is_record(place, club::RecordKind::paper)) number(change, path, file);
  if (is_new_session) date(path, file);
  files_[path] = std::move(file);
}

club::Snapshot Replay::Work::joined_club() {
  theirs();
  std::vector<club::Change> changes;
  std::set<std::string> paths;
  for (const auto& [path, file] : files_) {
    const std::string below = path_in_club(path);
    if (below.empty()) continue;
    auto bytes = file.text;
    if (!bytes && file.blob) bytes = repository_.read_blob(*file.blob, club::kMaxFileBytes);
    changes.push_back({below, std::move(bytes)});
    paths.insert(below);
  }
  const auto files = club::with_changes(*tip_files_, changes);
  return club::reload_snapshot(theirs(), *files, paths, club::Scope::papers_and_sessions);
}

bool Replay::Work::is_fresh(const std::string& text) const {
  const auto files = club::commit_tree(git::Repository::open(repository_.common_folder()),
                                       own_.info.id, club_folder());
  if (!files->kind_of(club::kClubFile)) return false;
  const club::Snapshot own = club::load_snapshot(*files, {club::Scope::papers_and_sessions, 1, {}});
  return publish::readme_with(text, own) == text;
}

void Replay::Work::take_readme(const git::FileDifference& change) {
  const MaybeEntry other = repository_.find_entry(tree_, change.path);
  const bool all = is_file(change.before) && is_file(change.after) && is_file(other);
  if (!all || !is_fresh(text_of(change.after))) {
    take(change);
    return;
  }
  const club::Snapshot club = joined_club();
  const auto with = [&club](const std::string& text) {
    return publish::readme_with(text, club).value_or(text);
  };
  git::TextMerge merge = git::merge_text(with(text_of(change.before)), with(text_of(change.after)),
                                         with(text_of(other)));
  if (!merge.text && replay_.prefer_ == Prefer::neither) {
    conflict(change.path, "", merge.mine, merge.theirs);
    return;
  }
  if (!merge.text)
    merge.text = with(text_of(replay_.prefer_ == Prefer::mine ? change.after : other));
  files_[change.path] = {std::nullopt, std::move(merge.text), other->mode};
}

Replay::Replay(club::Chain& chain, const std::string& prefix, Prefer prefer, const Moment& now)
    : chain_(chain), prefix_(club::beginning_below(prefix)), prefer_(prefer), now_(now) {}

Step Replay::step(const OwnCommit& own) { return Work(*this, own).run(); }

void Replay::relocate(const OwnCommit& own) {
  std::optional<club::Snapshot> club;
  for (const git::FileDifference& change : own.changes) {
    if (change.before || !change.after || !change.path.starts_with(prefix_)) continue;
    const club::Place place = club::place_of(std::string_view(change.path).substr(prefix_.size()));
    if (!is_record(place, club::RecordKind::session)) continue;
    const auto bytes = chain_.repository().read_blob(change.after->id, yaml::kMaxBytes);
    const yaml::ParseResult parsed = yaml::parse(change.path, bytes.value_or(""));
    if (!club)
      club = club::load_snapshot(*chain_.files(), {club::Scope::papers_and_sessions, 1, {}});
    const club::SessionRecord* now = nullptr;
    for (const PaperId& id :
         parsed.document ? record::session_from(*parsed.document).papers : std::vector<PaperId>()) {
      const club::PaperRecord* paper = club::find_by_id(*club, id.str());
      if (paper == nullptr) continue;
      for (const club::SessionRecord* one : timeline::sessions_of(*club, *paper)) {
        if (now == nullptr || now->id < one->id) now = one;
      }
    }
    if (now == nullptr) {
      gone_.insert(change.path);
    } else {
      moved_[change.path] = prefix_ + now->file;
    }
  }
}

}  // namespace paperclub::sync
