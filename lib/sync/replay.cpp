#include "lib/sync/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/club/round_history.hpp"
#include "lib/git/merge_text.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/readme.hpp"
#include "lib/schema/schema.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/merge.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::sync {
namespace {

using MaybeEntry = std::optional<git::TreeEntry>;

bool is_same(const MaybeEntry& a, const MaybeEntry& b) {
  if (!a || !b) return !a && !b;
  return a->id == b->id && a->mode == b->mode;
}

bool is_file(const MaybeEntry& entry) { return entry && entry->kind == git::EntryKind::file; }

bool is_record(const club::Place& place, club::RecordKind kind) {
  return place.place == club::PlaceKind::record && place.kind == kind;
}

std::string dotted(const yaml::Path& path) { return fmt::format("{}", fmt::join(path, ".")); }

}  // namespace

// One step.
class Replay::Work {
 public:
  Work(Replay& replay, const OwnCommit& own)
      : replay_(replay),
        own_(own),
        repository_(replay.chain_.repository()),
        tree_(repository_.tree_of(replay.chain_.tip())) {}

  Step run() {
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

 private:
  // What one file becomes; by its text where that is new.
  struct File {
    std::optional<git::ObjectId> blob;  // nothing, and no text: taken away
    std::optional<std::string> text;
    std::optional<unsigned> mode;
  };

  // The path below the club's folder; "" for one outside.
  std::string path_in_club(const std::string& path) const {
    return path.starts_with(replay_.prefix_) ? path.substr(replay_.prefix_.size()) : std::string();
  }

  // What the own commit says, with the ids that its sessions have now.
  std::string message() const {
    const std::string& text = own_.info.text.message;
    std::map<std::string, std::string> ids;
    for (const auto& [own, now] : replay_.moved_)
      ids[club::place_of(path_in_club(own)).id] = club::place_of(path_in_club(now)).id;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const auto word = std::find_if(ids.begin(), ids.end(), [&](const auto& one) {
        return text.compare(at, one.first.size(), one.first) == 0;
      });
      out += word == ids.end() ? std::string(1, text[at]) : word->second;
      at += word == ids.end() ? 1 : word->first.size();
    }
    return out;
  }

  std::string text_of(const MaybeEntry& entry) const {
    if (!is_file(entry)) return {};
    return repository_.read_blob(entry->id, club::kMaxFileBytes).value_or(std::string());
  }

  std::optional<yaml::Document> document_of(const std::string& path,
                                            const MaybeEntry& entry) const {
    if (!is_file(entry)) return std::nullopt;
    return yaml::parse(path, text_of(entry)).document;
  }

  // The club as the others have it.
  const club::Snapshot& theirs() {
    if (!snapshot_) {
      tip_files_ = replay_.chain_.files();
      snapshot_ = club::load_snapshot(*tip_files_, {club::Scope::papers_and_sessions, 1, {}});
    }
    return *snapshot_;
  }

  // --- one file ----------------------------------------------------------------------------------

  void take(const git::FileDifference& change) {
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
    if (is_record(place, club::RecordKind::ballot) && is_late(place)) return;
    MaybeEntry other = repository_.find_entry(tree_, path);
    const bool is_new_session =
        is_record(place, club::RecordKind::session) && !change.before && change.after;
    if (is_new_session && is_superfluous(change)) return;
    if (is_new_session && other && !is_same(other, change.after)) {
      path = renamed(change.path);
      other.reset();
    }
    if (is_same(other, change.after)) return;
    File file;
    if (change.after) file = {change.after->id, std::nullopt, change.after->mode};
    if (!is_same(other, change.before) && !join(change, path, place, other, file)) return;
    if (is_record(place, club::RecordKind::paper)) number(change, path, file);
    if (is_new_session) date(path, file);
    files_[path] = std::move(file);
  }

  void conflict(const std::string& path, std::string what, std::string mine, std::string other) {
    step_.conflicts.push_back({path, std::move(what), std::move(mine), std::move(other)});
  }

  // Joins what both sides made of the file; returns whether it is to be written.
  bool join(const git::FileDifference& change, const std::string& path, const club::Place& place,
            const MaybeEntry& other, File& file) {
    if (is_record(place, club::RecordKind::ballot)) return join_ballot(change, place);
    if (!is_file(other) || !is_file(change.after))
      return settle(path, change.after ? "(changed)" : "", other ? "(changed)" : "");
    file.mode =
        is_same(change.before, other) || !change.before || change.before->mode == change.after->mode
            ? other->mode
            : change.after->mode;
    if (place.place == club::PlaceKind::record)
      return join_record(change, path, place, other, file);
    git::TextMerge merge =
        git::merge_text(text_of(change.before), text_of(change.after), text_of(other));
    if (merge.text) {
      file.text = std::move(merge.text);
      tell_joined(path);
      return true;
    }
    return settle(path, merge.mine, merge.theirs);
  }

  // Takes one side of the whole file, where the person says which; returns whether it is mine.
  bool settle(const std::string& path, const std::string& mine, const std::string& other) {
    if (replay_.prefer_ == Prefer::neither) {
      conflict(path, "", mine, other);
    } else {
      tell_taken(path, "");
    }
    return replay_.prefer_ == Prefer::mine;
  }

  void tell_taken(const std::string& path, const std::string& what) {
    step_.notes.push_back(fmt::format("{}{}{} is {}", quote(path, 200), what.empty() ? "" : ": ",
                                      escape(what),
                                      replay_.prefer_ == Prefer::mine ? "yours" : "theirs"));
  }

  void tell_joined(const std::string& path) {
    step_.notes.push_back(
        fmt::format("{} was changed on both sides, and holds both", quote(path, 200)));
  }

  // What was decided stays, whichever side one prefers.
  bool join_round(const git::FileDifference& change, const std::string& path,
                  const club::Place& place, const MaybeEntry& other) {
    if (!has_result(repository_, other) || has_result(repository_, change.before))
      return settle(path, "(changed)", "(changed)");
    step_.lost.push_back(
        fmt::format("round {} was closed meanwhile: what was changed of it here is left out",
                    quote(place.id, 100)));
    return false;
  }

  // Who cast the first ballot of that name, by the address, as the others have it; "" for nobody.
  std::string owner_of(const club::Place& place) const {
    const auto id = RoundId::parse(place.round);
    if (!id) return {};
    try {
      const club::RoundHistory history =
          club::read_round(repository_, club_folder(), replay_.chain_.tip(), *id);
      if (history.round.rules.electorate != "open") return {};
      for (const club::BallotVersion& version : history.versions) {
        if (version.member == place.id) return version.author.email;
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unacceptable && error.kind() != ErrorKind::usage) throw;
    }
    return {};
  }

  // Of a voter's two votes the one that is sent last counts; a signed one names the one before it.
  bool join_ballot(const git::FileDifference& change, const club::Place& place) {
    const std::string owner = owner_of(place);
    if (!owner.empty() && fold(owner) != fold(own_.info.text.author.email)) {
      step_.lost.push_back(fmt::format(
          "somebody else votes as {} in round {}: the vote made here does not count, and "
          "is left out; choose another name: git config paperclub.member NAME",
          quote(place.id, 100), quote(place.round, 100)));
      return false;
    }
    const auto mine = document_of("", change.after);
    if (!mine || !mine->root().find("signature")) return true;
    step_.lost.push_back(
        fmt::format("{} voted in round {} from another clone, too, and a signed ballot names the "
                    "one before it: the vote made here is left out; vote again",
                    quote(place.id, 100), quote(place.round, 100)));
    return false;
  }

  // Both edits line by line, comments and all, where the text that comes of it says what both say.
  std::optional<std::string> joined_lines(const git::FileDifference& change,
                                          const std::string& path, const MaybeEntry& other) const {
    auto text = git::merge_text(text_of(change.before), text_of(change.after), text_of(other)).text;
    if (!text) return std::nullopt;
    const auto base = document_of(path, change.before);
    const auto mine = document_of(path, change.after);
    const auto their = document_of(path, other);
    const auto joined = yaml::parse(path, *text).document;
    if (!base || !mine || !their || !joined) return std::nullopt;
    const yaml::Merge keys = yaml::merge(&*base, *mine, *their);
    for (const yaml::Document* side : {&*mine, &*their}) {
      const yaml::Merge lacking = yaml::merge(&*base, *side, *joined);
      if (!lacking.edits.empty() || !lacking.clashes.empty()) return std::nullopt;
    }
    return keys.clashes.empty() ? text : std::nullopt;
  }

  bool join_record(const git::FileDifference& change, const std::string& path,
                   const club::Place& place, const MaybeEntry& other, File& file) {
    // Two records that each side made are two things, and the rules of a round are one.
    if (!change.before) return settle(path, "(added)", "(added)");
    if (is_record(place, club::RecordKind::round)) return join_round(change, path, place, other);
    if (auto text = joined_lines(change, path, other)) {
      file.text = std::move(text);
      tell_joined(path);
      return true;
    }
    const auto base = document_of(path, change.before);
    const auto mine = document_of(path, change.after);
    const auto their = document_of(path, other);
    if (!mine || !their)
      return settle(path, "(changed)", "(changed, and one of the two cannot be read)");
    yaml::Merge merge = yaml::merge(base ? &*base : nullptr, *mine, *their);
    bool good = true;
    for (const yaml::Clash& clash : merge.clashes) {
      // A number is given once; theirs was there first.
      const bool is_number = clash.path == yaml::Path{"number"} && !clash.theirs.empty() &&
                             is_record(place, club::RecordKind::paper);
      if (is_number) continue;
      if (replay_.prefer_ != Prefer::neither) tell_taken(path, dotted(clash.path));
      if (replay_.prefer_ == Prefer::theirs) continue;
      if (replay_.prefer_ == Prefer::mine) {
        merge.edits.push_back(clash.take_mine);
      } else {
        conflict(path, dotted(clash.path), clash.mine, clash.theirs);
        good = false;
      }
    }
    if (!good) return false;
    if (merge.edits.empty()) {
      if (merge.clashes.empty())
        step_.notes.push_back(
            fmt::format("{} says by now what you made it say; only your comments "
                        "in it are left out",
                        quote(path, 200)));
      return false;
    }
    try {
      file.text = yaml::edited_text(
          *their, merge.edits, schema::schema_of(club::kind_name(place.kind)).property_names());
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::unacceptable) throw;
      conflict(path, "", "(changed)", "(changed; the two could not be joined)");
      return false;
    }
    tell_joined(path);
    return true;
  }

  // --- votes -------------------------------------------------------------------------------------

  // Whether the others closed the round before the vote reached them.
  bool is_late(const club::Place& place) {
    const std::string path = replay_.prefix_ + club::round_path(place.round);
    if (!has_result(repository_, repository_.find_entry(tree_, path))) return false;
    step_.lost.push_back(fmt::format(
        "round {} was closed before the vote of {} reached it: the vote does not count, and is "
        "left out",
        quote(place.round, 100), quote(place.id, 100)));
    return true;
  }

  // --- numbers -----------------------------------------------------------------------------------

  static std::string number_of(const std::optional<yaml::Document>& document) {
    const auto number = document ? document->root().find("number") : std::nullopt;
    return number ? number->text() : std::string();
  }

  // Gives the paper another number where the one given here is taken.
  void number(const git::FileDifference& change, const std::string& path, File& file) {
    const std::string given = number_of(document_of(path, change.after));
    if (given.empty() || !number_of(document_of(path, change.before)).empty()) return;
    const std::string text = file.text ? *file.text : text_of(change.after);
    const yaml::ParseResult parsed = yaml::parse(path, text);
    if (!parsed.document) return;
    const std::string now = number_of(parsed.document);
    const std::string id = club::place_of(path_in_club(path)).id;
    if (now != given) {
      step_.notes.push_back(
          fmt::format("{} has number {} already, not {}", quote(id, 100), now, given));
      return;
    }
    long long highest = timeline::next_number(theirs()).value - 1;
    for (const long long one : numbers_)
      highest = std::max(highest, one);
    const bool is_taken = is_number_taken(given, id);
    const long long fresh = highest + 1;
    if (!is_taken) return;
    numbers_.insert(fresh);
    file.text = yaml::edited_text(*parsed.document, {yaml::Edit::set({"number"}, fresh)},
                                  schema::schema_of("paper").property_names());
    step_.notes.push_back(fmt::format("number {} was given to another paper meanwhile: {} has {}",
                                      given, quote(id, 100), fresh));
  }

  bool is_number_taken(const std::string& number, const std::string& id) {
    const auto has = [&](const club::PaperRecord& paper) {
      return paper.id.str() != id && paper.paper.number &&
             std::to_string(paper.paper.number->value) == number;
    };
    const auto& papers = theirs().papers;
    const bool given_now = std::any_of(numbers_.begin(), numbers_.end(), [&](long long one) {
      return std::to_string(one) == number;
    });
    return given_now || std::any_of(papers.begin(), papers.end(), has);
  }

  // --- sessions ----------------------------------------------------------------------------------

  // Whether the session is for papers alone that have one already, by the others.
  bool is_superfluous(const git::FileDifference& change) {
    const auto document = document_of(change.path, change.after);
    if (!document) return false;
    const record::Session session = record::session_from(*document);
    if (session.papers.empty() || !gives_number(session.papers)) return false;
    std::string where;
    std::string file;
    for (const PaperId& id : session.papers) {
      const club::PaperRecord* paper = club::find_by_id(theirs(), id.str());
      if (paper == nullptr || !paper->paper.number) return false;
      const auto sessions = timeline::sessions_of(theirs(), *paper);
      const auto takes_place = [](const club::SessionRecord* one) {
        return record::takes_place(one->session);
      };
      const auto found = std::find_if(sessions.begin(), sessions.end(), takes_place);
      if (found == sessions.end()) return false;
      where = (*found)->id.str();
      file = (*found)->file;
    }
    replay_.moved_[change.path] = replay_.prefix_ + file;
    step_.notes.push_back(
        fmt::format("{} was scheduled meanwhile, in session {}: the one made "
                    "here is left out",
                    quote(session.papers.front().str(), 100), where));
    return true;
  }

  // Whether the commit gives one of the papers its number: it schedules it for the first time.
  bool gives_number(const std::vector<PaperId>& papers) const {
    return std::any_of(
        own_.changes.begin(), own_.changes.end(), [&](const git::FileDifference& change) {
          const club::Place place = club::place_of(path_in_club(change.path));
          const auto is_it = [&place](const PaperId& id) { return id.str() == place.id; };
          return is_record(place, club::RecordKind::paper) &&
                 std::any_of(papers.begin(), papers.end(), is_it) &&
                 number_of(document_of(change.path, change.before)).empty() &&
                 !number_of(document_of(change.path, change.after)).empty();
        });
  }

  // The path of the session under an id that is free.
  std::string renamed(const std::string& path) {
    club::Snapshot known = theirs();
    for (const auto& [own, now] : files_)
      known.files.push_back({path_in_club(own), os::FileKind::regular});
    const SessionId id = timeline::next_session_id(known);
    std::string now = replay_.prefix_ + club::session_path(id.str());
    step_.notes.push_back(fmt::format("session {} is one of the others: the one made here is {}",
                                      quote(club::place_of(path_in_club(path)).id, 100), id.str()));
    replay_.moved_[path] = now;
    return now;
  }

  // Gives a new session the next free day where another one is held then.
  void date(const std::string& path, File& file) {
    const std::string text = file.text ? *file.text : *repository_.read_blob(*file.blob, 1U << 20U);
    const yaml::ParseResult parsed = yaml::parse(path, text);
    if (!parsed.document) return;
    const record::Session session = record::session_from(*parsed.document);
    if (!session.date || !is_held(*session.date)) return;
    const std::string zone = theirs().settings.timezone;
    const Moment now = os::in_time_zone(replay_.now_, zone).value_or(replay_.now_);
    const auto slot = timeline::next_slot(theirs(), now);
    if (!slot || timeline::is_past(*session.date, now, zone)) return;
    file.text = yaml::edited_text(
        *parsed.document,
        {yaml::Edit::set({"date"}, yaml::Value::plain(record::format_session_date(*slot)))},
        schema::schema_of("session").property_names());
    step_.notes.push_back(fmt::format(
        "another session is on {}: session {} is on {}", record::format_session_date(*session.date),
        club::place_of(path_in_club(path)).id, record::format_session_date(*slot)));
  }

  bool is_held(const SessionDate& date) {
    const std::string& zone = theirs().settings.timezone;
    return std::any_of(
        theirs().sessions.begin(), theirs().sessions.end(), [&](const club::SessionRecord& one) {
          const record::Session& session = one.session;
          if (!session.date || !session.cancelled.empty()) return false;
          return *session.date == date ||
                 (session.no_meeting &&
                  os::day_in_zone(*session.date, zone) == os::day_in_zone(date, zone));
        });
  }

  // --- the timeline in README.md -----------------------------------------------------------------

  // The club as it is with this step.
  club::Snapshot joined_club() {
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

  // Whether the list in the text is what the own commit has.
  bool is_fresh(const std::string& text) const {
    const auto files = club::commit_tree(git::Repository::open(repository_.common_folder()),
                                         own_.info.id, club_folder());
    if (!files->kind_of(club::kClubFile)) return false;
    const club::Snapshot own =
        club::load_snapshot(*files, {club::Scope::papers_and_sessions, 1, {}});
    return publish::readme_with(text, own) == text;
  }

  std::string club_folder() const {
    return replay_.prefix_.substr(0, replay_.prefix_.size() - (replay_.prefix_.empty() ? 0 : 1));
  }

  // The list is made anew: of both sides only what stands around it is joined.
  void take_readme(const git::FileDifference& change) {
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
    git::TextMerge merge = git::merge_text(with(text_of(change.before)),
                                           with(text_of(change.after)), with(text_of(other)));
    if (!merge.text && replay_.prefer_ == Prefer::neither) {
      conflict(change.path, "", merge.mine, merge.theirs);
      return;
    }
    if (!merge.text)
      merge.text = with(text_of(replay_.prefer_ == Prefer::mine ? change.after : other));
    files_[change.path] = {std::nullopt, std::move(merge.text), other->mode};
  }

  Replay& replay_;
  const OwnCommit& own_;
  const git::Repository& repository_;
  git::ObjectId tree_;
  std::unique_ptr<club::FileTree> tip_files_;
  std::optional<club::Snapshot> snapshot_;
  std::map<std::string, File> files_;
  std::set<long long> numbers_;  // given in this step
  Step step_;
};

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
