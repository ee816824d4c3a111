// What comes next, and what the club owes itself.  Pure functions of a snapshot; what time it is
// comes in as an argument.
#pragma once

#include <optional>
#include <vector>

#include "lib/timeline/timeline.hpp"

namespace paperclub::timeline {

// How old a suggestion may become before it is told, in days.
inline constexpr int kStaleDays = 180;
// How many days ahead a session should have a presenter.
inline constexpr int kPresenterDays = 14;

// Points into the snapshot, which must outlive it.
struct Status {
  const club::SessionRecord* next = nullptr;  // the next session that takes place; null: none
  std::optional<SessionDate> free;            // the next free day, where none is planned
  std::size_t undated = 0;                    // sessions that take place, nobody knows when
  std::vector<const club::RoundRecord*> open_rounds;
  std::size_t suggestions = 0;
  std::vector<const club::PaperRecord*> stale;           // suggestions older than kStaleDays
  std::vector<const club::PaperRecord*> unplanned;       // numbered, but each session is cancelled
  std::vector<const club::PaperRecord*> no_notes;        // discussed, without notes
  std::vector<const club::SessionRecord*> no_recording;  // held; only where the club records
  std::vector<const club::SessionRecord*> no_presenter;  // ahead within kPresenterDays
};

// Returns the status at `now` (local time in the club's zone).
Status status_of(const club::Snapshot& snapshot, const Moment& now);

}  // namespace paperclub::timeline
