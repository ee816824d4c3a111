// The numbered timeline: which papers the club has read or will read, in the order of their
// numbers.  Pure functions of a snapshot; no clock, locale or file order has a say.
// Where a session has a moment and the system has no time zones, they throw Error{io}.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/record/common.hpp"

namespace paperclub::timeline {

// A paper on the timeline.  Points into the snapshot, which must outlive it.
struct TimelinePaper {
  long long number = 0;
  const club::PaperRecord* paper = nullptr;
  std::vector<const club::SessionRecord*> sessions;  // by date, unknown dates last, then by id
  std::optional<Date> date;  // of the first session that takes place, in the club's time zone
};

// Which papers to show; what is absent does not restrict.
struct Filter {
  std::optional<Date> since;      // on this day or later
  std::optional<Date> until;      // on this day or earlier
  std::vector<std::string> tags;  // all of them
  bool reverse = false;           // highest number first
};

// What a filter leaves.
struct Filtered {
  std::vector<TimelinePaper> papers;
  std::size_t undated = 0;  // left out only because their date is not known
};

// Returns the papers that have a number and are not withdrawn, by number, then by id.
std::vector<TimelinePaper> timeline_of(const club::Snapshot& snapshot);

// Returns the papers that `filter` leaves, in the order it asks for.
Filtered filter_timeline(std::vector<TimelinePaper> papers, const Filter& filter);

// Returns the sessions that have the paper, by its id or by one that it had before: by date,
// unknown dates last, then by id.
std::vector<const club::SessionRecord*> sessions_of(const club::Snapshot& snapshot,
                                                    const club::PaperRecord& paper);

// Returns all sessions in the same order.
std::vector<const club::SessionRecord*> sessions_in_order(const club::Snapshot& snapshot);

// Returns the recordings of all the paper's sessions, each address once.
std::vector<record::Link> recordings_of(const TimelinePaper& paper);

// Returns the links to notes: the notes in the club, then links whose title is "notes".
std::vector<record::Link> notes_of(const club::PaperRecord& paper);

}  // namespace paperclub::timeline
