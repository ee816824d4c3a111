#include "cli/closing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/publish/round_tally.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

// The round that is closed, and where.
struct Closing {
  const VotingPlace& place;
  const git::ObjectId& opened;
};

// Whether the paper had its number when the round was opened.
bool had_number(const Closing& closing, const club::PaperRecord& paper) {
  const git::Repository& repository = closing.place.repository;
  const auto entry = repository.find_entry(repository.tree_of(closing.opened),
                                           club::repository_path(closing.place.prefix, paper.file));
  if (!entry || entry->kind != git::EntryKind::file) return false;
  const auto bytes = repository.read_blob(entry->id, yaml::kMaxBytes);
  const auto document = yaml::parse(paper.file, bytes.value_or("")).document;
  return document && record::paper_from(*document).number.has_value();
}

// Whether somebody has planned the paper already.
bool has_coming_session(const Closing& closing, const club::Snapshot& snapshot,
                        const club::PaperRecord& paper, const Moment& now) {
  const auto sessions = timeline::sessions_of(snapshot, paper);
  return std::any_of(sessions.begin(), sessions.end(), [&](const club::SessionRecord* one) {
    const auto& date = one->session.date;
    // A paper that had its number was read before the round, perhaps on a day that nobody knows.
    if (!date) return record::takes_place(one->session) && !had_number(closing, paper);
    return record::takes_place(one->session) &&
           !timeline::is_past(*date, now, snapshot.settings.timezone);
  });
}

// Gives the winner its number and a session, in the club as the changes so far make it.
void place_winner(const Desk& desk, const Closing& closing, const PaperId& id, Outcome& outcome) {
  const auto files = club::with_changes(desk.files, outcome.changes);
  std::set<std::string> changed;
  for (const club::Change& change : outcome.changes)
    changed.insert(change.path);
  const club::Snapshot snapshot = club::reload_snapshot(desk.snapshot, *files, changed, desk.scope);
  const Desk now{desk.context, *files, snapshot, desk.author, desk.now, desk.scope};
  const club::PaperRecord* paper = club::find_by_id(snapshot, id.str());
  if (paper == nullptr) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the winner {} has no record any more", quote(id.str(), 100))}
        .hint(fmt::format("bring it back as it was, and commit it: see 'git log -- {}'",
                          club::paper_path(id.str(), "")));
  }
  if (paper->paper.withdrawn) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the winner {} was withdrawn", quote(id.str(), 100))}
        .hint(fmt::format("take it back for this: paperclub restore {}", id.str()));
  }
  const bool is_planned = has_coming_session(closing, snapshot, *paper, desk.now);
  std::vector<club::Change> more;
  refuse_unread(desk, club::RecordKind::session, "the next day");
  if (!paper->paper.number) {
    refuse_unread(desk, club::RecordKind::paper, "the next number");
    const long long number = timeline::next_number(snapshot).value;
    more.push_back(edited(now, "paper", paper->file, {yaml::Edit::set({"number"}, number)}));
  }
  const club::SessionRecord* session = timeline::next_open_session(snapshot, desk.now);
  if (!is_planned && session != nullptr) {
    more.push_back(
        edited(now, "session", session->file, {yaml::Edit::append({"papers"}, paper->id.str())}));
  } else if (!is_planned) {
    record::Session session_new;
    session_new.date = timeline::next_slot(snapshot, desk.now);
    session_new.papers = {paper->id};
    more.push_back(made(desk.context, "session",
                        club::session_path(timeline::next_session_id(snapshot).str()),
                        record::to_yaml(session_new)));
  }
  for (club::Change& change : more) {
    std::erase_if(outcome.changes, [&](const auto& one) { return one.path == change.path; });
    outcome.changes.push_back(std::move(change));
  }
}

}  // namespace

Outcome close_round(const Desk& desk, const VotingPlace& place, const RoundId& id) {
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  if (history.closed) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("round {} is closed already", quote(id.str(), 100))}
        .hint(fmt::format("see 'paperclub tally {}'", id.str()))
        .hint(fmt::format("to vote again: paperclub round reopen-as-new {} NAME", id.str()));
  }
  if (history.rules_changed) {
    throw Error{ErrorKind::unacceptable,
                "candidates or rules of the round were changed after the opening"}
        .at(club::round_path(id.str()))
        .hint(fmt::format(
            "it counts as it was opened; put that back first: git checkout {} -- {} && git commit",
            history.opened.short_hex(), club::round_path(id.str())));
  }
  const vote::RoundCount count = vote::count_round(history);
  if (count.decision.outcome == vote::Outcome::no_decision) {
    throw Error{ErrorKind::unacceptable, fmt::format("no decision: {}", count.decision.why)}.hint(
        history.standing.empty()
            ? fmt::format("the round stays open; to give it up: git rm {} && git commit",
                          club::round_path(id.str()))
            : fmt::format("the round stays open; to give it up: git rm -r {} {}/{} && git commit",
                          club::round_path(id.str()), club::kVotesFolder, id.str()));
  }
  const record::RoundResult result = vote::result_of(history, count);
  Outcome outcome;
  const auto& promised = history.round.closes;
  if (promised && seconds_since_epoch(desk.now) < seconds_since_epoch(*promised)) {
    outcome.notes.push_back(
        fmt::format("people were promised that they may vote until {}", format_moment(*promised)));
  }
  outcome.id = id.str();
  const std::string path = club::round_path(id.str());
  outcome.changes.push_back(
      edited(desk, "round", path, {yaml::Edit::set({"result"}, record::to_yaml(result))}));
  for (const PaperId& winner : result.winners)
    place_winner(desk, {place, history.opened}, winner, outcome);
  outcome.subject = fmt::format("votes: close {}", id.str());
  outcome.next = fmt::format("paperclub audit {}", id.str());
  outcome.timeline = true;
  const auto files = club::with_changes(desk.files, outcome.changes);
  std::set<std::string> changed;
  for (const club::Change& change : outcome.changes)
    changed.insert(change.path);
  outcome.lines = {
      "", publish::announcement(history, count,
                                club::reload_snapshot(desk.snapshot, *files, changed, desk.scope))};
  return outcome;
}

}  // namespace paperclub::cli
