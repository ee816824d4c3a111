#include "lib/timeline/status.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

template <typename Record>
Lines ids_of(const std::vector<const Record*>& records) {
  Lines ids;
  for (const Record* record : records)
    ids.push_back(record->id.str());
  return ids;
}

Moment at(const char* day) { return {*parse_date(day), 12, 0, 0, 0}; }

}  // namespace

TEST_CASE("the next session is the first one ahead that takes place") {
  const TestClub club{{"sessions/s1.yaml", "date: 2024-02-01\n"},
                      {"sessions/s2.yaml", "date: 2024-02-08\ncancelled: ill\n"},
                      {"sessions/s3.yaml", "date: 2024-02-15\n"},
                      {"sessions/s4.yaml", "date: 2024-02-22\n"},
                      {"sessions/s5.yaml", "note: some day\n"}};
  const club::Snapshot snapshot = club.load();
  CHECK(timeline::status_of(snapshot, at("2024-02-01")).next->id.str() == "s1");
  CHECK(timeline::status_of(snapshot, at("2024-02-02")).next->id.str() == "s3");
  CHECK(timeline::status_of(snapshot, at("2024-03-01")).next == nullptr);
}

TEST_CASE("notes are owed for what was discussed, recordings where the club records") {
  TestClub club{{"papers/a.yaml", paper("A", "number: 1\n")},
                {"papers/b.yaml", paper("B", "number: 2\n")},
                {"papers/b.md", "notes\n"},
                {"papers/c.yaml", paper("C", "number: 3\n")},
                {"sessions/s1.yaml", "date: 2024-02-01\npapers: [a]\n"},
                {"sessions/s2.yaml", "date: 2024-02-08\npapers: [b]\n"},
                {"sessions/s3.yaml", "date: 2024-02-15\npapers: [c]\n"}};
  const club::Snapshot before = club.load();
  CHECK(ids_of(timeline::status_of(before, at("2024-02-10")).no_notes) == Lines{"a"});
  CHECK(timeline::status_of(before, at("2024-02-10")).no_recording.empty());
  club.tree.put("sessions/s1.yaml",
                "date: 2024-02-01\npapers: [a]\nrecordings: [{url: 'https://e.org/v'}]\n");
  const club::Snapshot after = club.load();
  CHECK(ids_of(timeline::status_of(after, at("2024-02-10")).no_recording) == Lines{"s2"});
}

TEST_CASE("a presenter is owed for what is near") {
  const TestClub club{{"sessions/s1.yaml", "date: 2024-02-10\n"},
                      {"sessions/s2.yaml", "date: 2024-02-12\npresenters: [ada]\n"},
                      {"sessions/s3.yaml", "date: 2024-02-24\n"},
                      {"sessions/s4.yaml", "date: 2024-02-25\n"}};
  const club::Snapshot snapshot = club.load();
  CHECK(ids_of(timeline::status_of(snapshot, at("2024-02-10")).no_presenter) == Lines{"s1", "s3"});
}

TEST_CASE("a suggestion grows stale after its days, and only a suggestion") {
  const TestClub club{
      {"papers/a.yaml", paper("A", "suggested: {on: 2024-01-01}\n")},
      {"papers/b.yaml", paper("B", "suggested: {on: 2024-01-01}\nnumber: 1\n")},
      {"papers/c.yaml", paper("C", "suggested: {by: ada}\n")},
      {"papers/d.yaml", paper("D", "suggested: {on: 2024-01-01}\nwithdrawn: {on: 2024-01-02}\n")}};
  const club::Snapshot snapshot = club.load();
  CHECK(timeline::status_of(snapshot, at("2024-01-02")).suggestions == 2);
  CHECK(timeline::status_of(snapshot, at("2024-06-29")).stale.empty());
  CHECK(ids_of(timeline::status_of(snapshot, at("2024-06-30")).stale) == Lines{"a"});
}

}  // namespace paperclub::tests
