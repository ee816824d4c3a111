#include "lib/timeline/timeline.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/os/time_zone.hpp"

namespace paperclub::timeline {
namespace {

using club::PaperRecord;
using club::SessionRecord;

// Known dates first and in order; then by id, so that file order does not matter.
auto session_order(const SessionRecord* session, const std::string& zone) {
  const auto& date = session->session.date;
  const Date day = date ? os::day_in_zone(*date, zone) : Date{};
  const bool timed = date && std::holds_alternative<Moment>(*date);
  const long long second = timed ? seconds_since_epoch(std::get<Moment>(*date)) : 0;
  return std::make_tuple(!date.has_value(), day, timed, second, session->id);
}

void sort_sessions(std::vector<const SessionRecord*>& sessions, const std::string& zone) {
  std::sort(sessions.begin(), sessions.end(),
            [&zone](const SessionRecord* a, const SessionRecord* b) {
              return session_order(a, zone) < session_order(b, zone);
            });
}

std::unordered_map<const PaperRecord*, std::vector<const SessionRecord*>> sessions_by_paper(
    const club::Snapshot& snapshot) {
  const auto papers = club::papers_by_id(snapshot);
  std::unordered_map<const PaperRecord*, std::vector<const SessionRecord*>> sessions;
  for (const SessionRecord& session : snapshot.sessions) {
    for (const PaperId& id : session.session.papers) {
      const auto paper = papers.find(id.str());
      if (paper == papers.end()) continue;
      std::vector<const SessionRecord*>& list = sessions[paper->second];
      // A paper and its former name may stand in one session.
      if (list.empty() || list.back() != &session) list.push_back(&session);
    }
  }
  for (auto& [paper, list] : sessions) {
    const std::string& zone = snapshot.settings.timezone;
    sort_sessions(list, zone);
  }
  return sessions;
}

std::optional<Date> first_day(const std::vector<const SessionRecord*>& sessions,
                              const std::string& zone) {
  for (const SessionRecord* session : sessions) {
    const record::Session& what = session->session;
    if (record::takes_place(what) && what.date) return os::day_in_zone(*what.date, zone);
  }
  return std::nullopt;
}

bool has_tags(const TimelinePaper& paper, const std::vector<std::string>& tags) {
  const std::vector<std::string>& own = paper.paper->paper.tags;
  return std::all_of(tags.begin(), tags.end(), [&own](const std::string& tag) {
    return std::find(own.begin(), own.end(), tag) != own.end();
  });
}

}  // namespace

std::vector<TimelinePaper> timeline_of(const club::Snapshot& snapshot) {
  auto sessions = sessions_by_paper(snapshot);
  std::vector<TimelinePaper> papers;
  for (const PaperRecord& record : snapshot.papers) {
    if (record::state_of(record.paper) != record::PaperState::on_timeline) continue;
    TimelinePaper paper{record.paper.number->value, &record, {}, {}};
    const auto found = sessions.find(&record);
    if (found != sessions.end()) paper.sessions = std::move(found->second);
    paper.date = first_day(paper.sessions, snapshot.settings.timezone);
    papers.push_back(std::move(paper));
  }
  std::sort(papers.begin(), papers.end(), [](const TimelinePaper& a, const TimelinePaper& b) {
    return std::tie(a.number, a.paper->id, a.paper->file) <
           std::tie(b.number, b.paper->id, b.paper->file);
  });
  return papers;
}

std::vector<const SessionRecord*> sessions_of(const club::Snapshot& snapshot,
                                              const PaperRecord& paper) {
  auto sessions = sessions_by_paper(snapshot);
  const auto found = sessions.find(&paper);
  return found == sessions.end() ? std::vector<const SessionRecord*>() : std::move(found->second);
}

std::vector<const SessionRecord*> sessions_in_order(const club::Snapshot& snapshot) {
  std::vector<const SessionRecord*> sessions;
  for (const SessionRecord& session : snapshot.sessions)
    sessions.push_back(&session);
  sort_sessions(sessions, snapshot.settings.timezone);
  return sessions;
}

Filtered filter_timeline(std::vector<TimelinePaper> papers, const Filter& filter) {
  Filtered result;
  for (TimelinePaper& paper : papers) {
    if (!has_tags(paper, filter.tags)) continue;
    const bool by_date = filter.since || filter.until;
    if (by_date && !paper.date) {
      ++result.undated;
      continue;
    }
    const bool early = filter.since && *paper.date < *filter.since;
    const bool late = filter.until && *paper.date > *filter.until;
    if (!early && !late) result.papers.push_back(std::move(paper));
  }
  if (filter.reverse) std::reverse(result.papers.begin(), result.papers.end());
  return result;
}

std::vector<record::Link> recordings_of(const TimelinePaper& paper) {
  std::vector<record::Link> recordings;
  std::unordered_set<std::string_view> seen;
  for (const SessionRecord* session : paper.sessions) {
    for (const record::Link& link : session->session.recordings) {
      if (seen.insert(link.url).second) recordings.push_back(link);
    }
  }
  return recordings;
}

std::vector<record::Link> notes_of(const PaperRecord& paper) {
  std::vector<record::Link> notes;
  if (!paper.notes.empty()) notes.push_back({"", paper.notes});
  for (const record::Link& link : paper.paper.links) {
    if (fold(link.title) == "notes") notes.push_back(link);
  }
  return notes;
}

}  // namespace paperclub::timeline
