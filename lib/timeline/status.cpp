#include "lib/timeline/status.hpp"

#include <algorithm>

#include "lib/os/time_zone.hpp"
#include "lib/timeline/schedule.hpp"

namespace paperclub::timeline {
namespace {

void add_sessions(const club::Snapshot& snapshot, const Moment& now, Status& status) {
  const std::string& zone = snapshot.settings.timezone;
  const bool records =
      std::any_of(snapshot.sessions.begin(), snapshot.sessions.end(),
                  [](const club::SessionRecord& one) { return !one.session.recordings.empty(); });
  const long long today = days_since_epoch(now.date);
  for (const club::SessionRecord* record : sessions_in_order(snapshot)) {
    const record::Session& session = record->session;
    if (!record::takes_place(session)) continue;
    if (!session.date) ++status.undated;
    if (!session.date) continue;
    if (is_past(*session.date, now, zone)) {
      if (records && session.recordings.empty()) status.no_recording.push_back(record);
      continue;
    }
    if (status.next == nullptr) status.next = record;
    const long long ahead = days_since_epoch(os::day_in_zone(*session.date, zone)) - today;
    if (session.presenters.empty() && ahead <= kPresenterDays)
      status.no_presenter.push_back(record);
  }
  if (status.next == nullptr) status.free = next_slot(snapshot, now);
}

void add_papers(const club::Snapshot& snapshot, const Moment& now, Status& status) {
  for (const TimelinePaper& paper : timeline_of(snapshot)) {
    const bool discussed = paper.date && is_past(*paper.date, now, snapshot.settings.timezone);
    if (discussed && notes_of(*paper.paper).empty()) status.no_notes.push_back(paper.paper);
    const auto& sessions = paper.sessions;
    const bool none_left = std::none_of(
        sessions.begin(), sessions.end(),
        [](const club::SessionRecord* one) { return record::takes_place(one->session); });
    if (!sessions.empty() && none_left) status.unplanned.push_back(paper.paper);
  }
  const long long today = days_since_epoch(now.date);
  for (const club::PaperRecord& record : snapshot.papers) {
    const record::Paper& paper = record.paper;
    if (record::state_of(paper) != record::PaperState::suggested) continue;
    ++status.suggestions;
    const bool dated = paper.suggested && paper.suggested->on;
    if (dated && today - days_since_epoch(*paper.suggested->on) > kStaleDays)
      status.stale.push_back(&record);
  }
}

}  // namespace

Status status_of(const club::Snapshot& snapshot, const Moment& now) {
  Status status;
  add_sessions(snapshot, now, status);
  add_papers(snapshot, now, status);
  for (const club::RoundRecord& round : snapshot.rounds) {
    if (!round.round.result) status.open_rounds.push_back(&round);
  }
  return status;
}

}  // namespace paperclub::timeline
