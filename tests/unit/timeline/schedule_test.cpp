#include "lib/timeline/schedule.hpp"

#include "lib/record/session.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

// A club that meets as `schedule` says, with the sessions given: s0001, s0002 …
class MeetingClub : public TestClub {
 public:
  MeetingClub(const std::string& schedule, const Lines& sessions,
              const std::string& zone = "Asia/Singapore")
      : TestClub({}) {
    tree.put("club.yaml", fmt::format("{}timezone: {}\nschedule: {}\n", kClubYaml, zone, schedule));
    for (std::size_t i = 0; i < sessions.size(); ++i)
      tree.put(fmt::format("sessions/s{:04}.yaml", i + 1), sessions[i] + "\n");
  }
};

// The next free date as sessions write it, seen at noon of `today` in Singapore.
std::string slot(const TestClub& club, const char* today = "2024-02-14T12:00:00+08:00") {
  const club::Snapshot snapshot = club.load(club::Scope::papers_and_sessions);
  const auto date = timeline::next_slot(snapshot, *parse_moment(today));
  return date ? record::format_session_date(*date) : "";
}

constexpr const char* kThursdays = "{weekday: thursday, time: '20:00'}";

std::string next_id(const Lines& paths) {
  TestClub club{{"papers/a.yaml", paper("A")}};
  for (const std::string& path : paths)
    club.tree.put(path, "note: x\n");
  return timeline::next_session_id(club.load(club::Scope::papers_and_sessions)).str();
}

}  // namespace

TEST_CASE("the next number is above the highest, whatever is missing below") {
  TestClub club{{"papers/a.yaml", paper("A", "number: 2\n")}};
  const auto next = [&club] {
    return timeline::next_number(club.load(club::Scope::papers_and_sessions)).value;
  };
  CHECK(next() == 3);
  club.tree.put("papers/b.yaml", paper("B", "number: 7\n"));
  CHECK(next() == 8);
  CHECK(timeline::next_number({}).value == 1);
}

TEST_CASE("the next session's id is above the highest serial one, and no other file has it") {
  CHECK(next_id({}) == "s0001");
  CHECK(next_id({"sessions/s0009.yaml"}) == "s0010");
  CHECK(next_id({"sessions/s0002.yaml", "sessions/kickoff.yaml"}) == "s0003");
  CHECK(next_id({"sessions/s12.yaml"}) == "s0013");
  CHECK(next_id({"sessions/s9999.yaml"}) == "s10000");
  CHECK(next_id({"sessions/s0001x.yaml"}) == "s0001");
}

TEST_CASE("a faulty session keeps its id") {
  TestClub club{{"papers/a.yaml", paper("A")}};
  club.tree.put("sessions/s0004.yaml", "{{{");
  CHECK(timeline::next_session_id(club.load(club::Scope::papers_and_sessions)).str() == "s0005");
}

TEST_CASE("the next free day is the schedule's weekday, at its time, in the club's zone") {
  CHECK(slot(MeetingClub(kThursdays, {})) == "2024-02-15T20:00:00+08:00");
  CHECK(slot(MeetingClub("{weekday: monday}", {})) == "2024-02-19");
  CHECK(slot(MeetingClub("{weekday: wednesday, time: '20:00'}", {})) ==
        "2024-02-14T20:00:00+08:00");
  CHECK(slot(MeetingClub("{weekday: wednesday, time: '09:00'}", {})) ==
        "2024-02-21T09:00:00+08:00");
  CHECK(slot(MeetingClub("{weekday: wednesday}", {})) == "2024-02-14");
  CHECK(slot(MeetingClub("{every: week}", {})) == "");
}

TEST_CASE("summer time moves the offset, not the hour") {
  const MeetingClub club("{weekday: thursday, time: '19:30'}", {}, "Europe/Berlin");
  CHECK(slot(club, "2024-03-22T12:00:00+01:00") == "2024-03-28T19:30:00+01:00");
  CHECK(slot(club, "2024-03-29T12:00:00+01:00") == "2024-04-04T19:30:00+02:00");
}

TEST_CASE("a day is free where no session stands, whether it takes place or not") {
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-15"})) == "2024-02-22T20:00:00+08:00");
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-15\ncancelled: ill"})) ==
        "2024-02-22T20:00:00+08:00");
  CHECK(slot(MeetingClub(kThursdays,
                         {"date: 2024-02-15\nkind: no-meeting", "date: 2024-02-17T16:30:00Z"})) ==
        "2024-02-22T20:00:00+08:00");
  CHECK(slot(MeetingClub("{weekday: thursday, skip: [2024-02-15]}", {})) == "2024-02-22");
}

TEST_CASE("a meeting within three days of a free day is that of its week") {
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-14"})) == "2024-02-22T20:00:00+08:00");
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-18"})) == "2024-02-22T20:00:00+08:00");
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-19"})) == "2024-02-15T20:00:00+08:00");
  CHECK(slot(MeetingClub(kThursdays, {"date: 2024-02-18T16:30:00Z"})) ==
        "2024-02-15T20:00:00+08:00");
}

TEST_CASE("every second week counts from the sessions around it, and a month has one") {
  CHECK(slot(MeetingClub("{every: two-weeks, weekday: thursday}", {"date: 2024-02-08"})) ==
        "2024-02-22");
  CHECK(slot(MeetingClub("{every: two-weeks, weekday: thursday}", {"date: 2024-02-22"})) ==
        "2024-03-07");
  // One that was moved by a day is still that of its week.
  CHECK(slot(MeetingClub("{every: two-weeks, weekday: thursday}", {"date: 2024-02-09"})) ==
        "2024-02-22");
  CHECK(slot(MeetingClub("{every: month, weekday: thursday}", {"date: 2024-02-01"})) ==
        "2024-03-07");
  CHECK(slot(MeetingClub("{every: month, weekday: thursday}",
                         {"date: 2024-02-01\ncancelled: ill"})) == "2024-02-15");
}

TEST_CASE("a schedule with no day left ends the search") {
  CHECK(slot(MeetingClub(kThursdays, {}), "9999-12-01T12:00:00+08:00") ==
        "9999-12-02T20:00:00+08:00");
}

TEST_CASE("a session that waits for its paper is found: the first one ahead that takes place") {
  const auto open = [](const Lines& sessions) -> std::string {
    const MeetingClub club(kThursdays, sessions);
    const club::Snapshot snapshot = club.load(club::Scope::papers_and_sessions);
    const auto* session =
        timeline::next_open_session(snapshot, *parse_moment("2024-02-14T12:00:00+08:00"));
    return session == nullptr ? "" : session->id.str();
  };
  CHECK(open({}).empty());
  CHECK(open({"date: 2024-02-29", "date: 2024-02-22", "date: 2024-02-15\npapers: [x]"}) == "s0002");
  // A free day of the schedule comes before it.
  CHECK(open({"date: 2024-02-29", "date: 2024-02-22"}).empty());
  CHECK(open({"date: 2024-02-13", "date: 2024-02-14"}) == "s0002");
  CHECK(open({"date: 2024-02-22\npapers: [x]"}).empty());
  CHECK(open({"date: 2024-02-22\ncancelled: ill", "date: 2024-02-22\nkind: no-meeting",
              "note: some day"})
            .empty());
}

TEST_CASE("a day is past when it is over in the club's zone, a time when it has come") {
  const Moment late = *parse_moment("2024-02-14T20:00:00Z");  // the 15th in Singapore
  CHECK(timeline::is_past(Date{2024, 2, 14}, late, "Asia/Singapore"));
  CHECK_FALSE(timeline::is_past(Date{2024, 2, 14}, late, ""));
  CHECK_FALSE(timeline::is_past(Date{2024, 2, 15}, late, "Asia/Singapore"));
  CHECK(timeline::is_past(*parse_moment("2024-02-15T03:59:59+08:00"), late, ""));
  CHECK_FALSE(timeline::is_past(*parse_moment("2024-02-15T04:00:00+08:00"), late, ""));
}

}  // namespace paperclub::tests
