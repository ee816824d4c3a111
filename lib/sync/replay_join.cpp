// What both sides changed: joined line by line, else key by key, else one of the two is taken.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/round_history.hpp"
#include "lib/git/merge_text.hpp"
#include "lib/schema/schema.hpp"
#include "lib/sync/replay_work.hpp"
#include "lib/vote/who_counts.hpp"
#include "lib/yaml/merge.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::sync {
namespace {

std::string dotted(const yaml::Path& path) { return fmt::format("{}", fmt::join(path, ".")); }

}  // namespace

void Replay::Work::conflict(const std::string& path, std::string what, std::string mine,
                            std::string other) {
  step_.conflicts.push_back({path, std::move(what), std::move(mine), std::move(other)});
}

bool Replay::Work::settle(const std::string& path, const std::string& mine,
                          const std::string& other) {
  if (replay_.prefer_ == Prefer::neither) {
    conflict(path, "", mine, other);
  } else {
    tell_taken(path, "");
  }
  return replay_.prefer_ == Prefer::mine;
}

void Replay::Work::tell_taken(const std::string& path, const std::string& what) {
  step_.notes.push_back(fmt::format("{}{}{} is {}", quote(path, 200), what.empty() ? "" : ": ",
                                    escape(what),
                                    replay_.prefer_ == Prefer::mine ? "yours" : "theirs"));
}

void Replay::Work::tell_joined(const std::string& path) {
  step_.notes.push_back(
      fmt::format("{} was changed on both sides, and holds both", quote(path, 200)));
}

bool Replay::Work::join(const git::FileDifference& change, const std::string& path,
                        const club::Place& place, const MaybeEntry& other, File& file) {
  if (is_record(place, club::RecordKind::ballot)) return join_ballot(change, place);
  if (is_record(place, club::RecordKind::round) && is_file(other))
    return join_round(change, path, place, other);
  if (!is_file(other) || !is_file(change.after))
    return settle(path, change.after ? "(changed)" : "", other ? "(changed)" : "");
  file.mode = git::is_same_entry(change.before, other) || !change.before ||
                      change.before->mode == change.after->mode
                  ? other->mode
                  : change.after->mode;
  if (place.place == club::PlaceKind::record) return join_record(change, path, place, other, file);
  git::TextMerge merge =
      git::merge_text(text_of(change.before), text_of(change.after), text_of(other));
  if (merge.text) {
    file.text = std::move(merge.text);
    tell_joined(path);
    return true;
  }
  return settle(path, merge.mine, merge.theirs);
}

std::optional<std::string> Replay::Work::joined_lines(const git::FileDifference& change,
                                                      const std::string& path,
                                                      const MaybeEntry& other) const {
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

// Two records that each side made are two things; what they say otherwise is shown.
bool Replay::Work::settle_added(const git::FileDifference& change, const std::string& path,
                                const MaybeEntry& other) {
  std::string own = "(added)";
  std::string theirs = "(added)";
  const auto mine = document_of(path, change.after);
  const auto their = document_of(path, other);
  if (mine && their) {
    for (const yaml::Clash& clash : yaml::merge(nullptr, *mine, *their).clashes) {
      own += fmt::format(" {}: {}", dotted(clash.path), clash.mine);
      theirs += fmt::format(" {}: {}", dotted(clash.path), clash.theirs);
    }
  }
  return settle(path, own, theirs);
}

bool Replay::Work::join_record(const git::FileDifference& change, const std::string& path,
                               const club::Place& place, const MaybeEntry& other, File& file) {
  if (!change.before) return settle_added(change, path, other);
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
    if (!merge.clashes.empty() && replay_.prefer_ == Prefer::neither) {
      step_.notes.push_back(fmt::format("{} has number {} already, not {}", quote(place.id, 100),
                                        merge.clashes.front().theirs, merge.clashes.front().mine));
    }
    if (merge.clashes.empty())
      step_.notes.push_back(
          fmt::format("{} says by now what you made it say; only your comments "
                      "in it are left out",
                      quote(path, 200)));
    return false;
  }
  try {
    file.text = yaml::edited_text(*their, merge.edits,
                                  schema::schema_of(club::kind_name(place.kind)).property_names());
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable) throw;
    conflict(path, "", "(changed)", "(changed; the two could not be joined)");
    return false;
  }
  tell_joined(path);
  return true;
}

bool Replay::Work::join_round(const git::FileDifference& change, const std::string& path,
                              const club::Place& place, const MaybeEntry& other) {
  if (has_result(repository_, other) && !has_result(repository_, change.before)) {
    step_.lost.push_back(
        fmt::format("round {} was closed meanwhile: what was changed of it here is left out",
                    quote(place.id, 100)));
  } else if (replay_.prefer_ != Prefer::theirs) {
    conflict(path, "", change.before ? "(changed)" : "(opened; give it another name)",
             change.before ? "(changed)" : "(opened; what was opened stays)");
  } else {
    tell_taken(path, "");
    if (!change.before) replay_.lost_rounds_.insert(place.id);
  }
  return false;
}

bool Replay::Work::is_closed(const club::Place& place) const {
  const std::string path = replay_.prefix_ + club::round_path(place.round);
  return has_result(repository_, repository_.find_entry(tree_, path));
}

bool Replay::Work::is_late(const club::Place& place) {
  if (!is_closed(place)) return false;
  step_.lost.push_back(fmt::format(
      "round {} was closed before the vote of {} reached it: the vote does not count, and is "
      "left out",
      quote(place.round, 100), quote(place.id, 100)));
  return true;
}

bool Replay::Work::stays(const club::Place& place) {
  if (!is_closed(place)) return false;
  step_.lost.push_back(
      fmt::format("round {} was closed before the ballot of {} was taken away: it stays",
                  quote(place.round, 100), quote(place.id, 100)));
  return true;
}

std::string Replay::Work::owner_of(const club::Place& place) const {
  const auto id = RoundId::parse(place.round);
  if (!id) return {};
  try {
    const club::RoundHistory history =
        club::read_round(repository_, club_folder(), replay_.chain_.tip(), *id);
    if (history.round.rules.electorate != "open") return {};
    for (const std::size_t one : vote::judge(history).newest) {
      if (history.versions[one].member == place.id) return history.versions[one].author.email;
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable && error.kind() != ErrorKind::usage) throw;
  }
  return {};
}

bool Replay::Work::is_of_another(const club::Place& place) {
  const std::string owner = owner_of(place);
  if (owner.empty() || fold(owner) == fold(own_.info.text.author.email)) return false;
  step_.lost.push_back(
      fmt::format("somebody else votes as {} in round {}: the vote made here does not count, and "
                  "is left out; choose another name: git config paperclub.member NAME",
                  quote(place.id, 100), quote(place.round, 100)));
  return true;
}

bool Replay::Work::is_given_up(const club::Place& place) {
  const std::string path = replay_.prefix_ + club::round_path(place.round);
  if (repository_.find_entry(tree_, path)) return false;
  const bool is_opened = std::any_of(
      own_.changes.begin(), own_.changes.end(),
      [&path](const auto& one) { return one.path == path && !one.before && one.after; });
  if (is_opened) return false;
  step_.lost.push_back(fmt::format("round {} is not there any more: the vote of {} is left out",
                                   quote(place.round, 100), quote(place.id, 100)));
  return true;
}

bool Replay::Work::is_of_lost_round(const club::Place& place) {
  if (!replay_.lost_rounds_.contains(place.round)) return false;
  step_.lost.push_back(
      fmt::format("the vote of {} was cast in the round {} made here, and is left out",
                  quote(place.id, 100), quote(place.round, 100)));
  return true;
}

bool Replay::Work::join_ballot(const git::FileDifference& change, const club::Place& place) {
  const auto mine = document_of("", change.after);
  if (!mine || !mine->root().find("signature")) return true;
  step_.lost.push_back(
      fmt::format("{} voted in round {} from another clone, too, and a signed ballot names the "
                  "one before it: the vote made here is left out; vote again",
                  quote(place.id, 100), quote(place.round, 100)));
  return false;
}

}  // namespace paperclub::sync
