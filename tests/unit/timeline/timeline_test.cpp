#include "lib/timeline/timeline.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

using timeline::Filter;
using timeline::Filtered;
using timeline::TimelinePaper;

std::string numbered(int number, const std::string& more = "") {
  return paper(fmt::format("Paper {}", number), fmt::format("number: {}\n{}", number, more));
}

// `number id date: sessions` of each paper.
Lines told(const std::vector<TimelinePaper>& papers) {
  Lines lines;
  for (const TimelinePaper& item : papers) {
    std::string line = fmt::format("{} {}", item.number, item.paper->id.str());
    if (item.date) line += " " + format_date(*item.date);
    for (std::size_t i = 0; i < item.sessions.size(); ++i) {
      line += (i == 0 ? ": " : ", ") + item.sessions[i]->id.str();
    }
    lines.push_back(line);
  }
  return lines;
}

Lines timeline_of(const TestClub& club) {
  const club::Snapshot snapshot = club.load(club::Scope::papers_and_sessions);
  return told(timeline::timeline_of(snapshot));
}

// A club in the time zone given with one paper `a` and the sessions given: s1, s2 …
Lines timeline_in(const std::string& zone, const Lines& sessions) {
  TestClub club{{"papers/a.yaml", numbered(1)}};
  if (!zone.empty()) club.tree.put("club.yaml", fmt::format("{}timezone: {}\n", kClubYaml, zone));
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    club.tree.put(fmt::format("sessions/s{}.yaml", i + 1), "papers: [a]\n" + sessions[i] + "\n");
  }
  return timeline_of(club);
}

// Four papers: 1 on 2024-02-16 (x), 2 on 2024-02-23 (x, y), 3 without a date (y), 4 on 2024-03-01.
TestClub dated_club() {
  return {{"papers/a.yaml", "title: A\nnumber: 1\ntags: [x]\n"},
          {"papers/b.yaml", "title: B\nnumber: 2\ntags: [x, y]\n"},
          {"papers/c.yaml", "title: C\nnumber: 3\ntags: [y]\n"},
          {"papers/d.yaml", "title: D\nnumber: 4\n"},
          {"sessions/s1.yaml", "papers: [a]\ndate: 2024-02-16\n"},
          {"sessions/s2.yaml", "papers: [b]\ndate: 2024-02-23\n"},
          {"sessions/s4.yaml", "papers: [d]\ndate: 2024-03-01\n"}};
}

struct FilterResult {
  std::string numbers;
  std::size_t undated;
  bool operator==(const FilterResult&) const = default;
};

FilterResult filtered(const Filter& filter) {
  const club::Snapshot snapshot = dated_club().load();
  const Filtered result = timeline::filter_timeline(timeline::timeline_of(snapshot), filter);
  std::string numbers;
  for (const TimelinePaper& item : result.papers)
    numbers += std::to_string(item.number);
  return {numbers, result.undated};
}

template <typename T>
void shuffle(std::vector<T>& list, Random& random) {
  for (std::size_t i = list.size(); i > 1; --i)
    std::swap(list[i - 1], list[random.below(i)]);
}

std::optional<Date> day(const char* text) { return parse_date(text); }

}  // namespace

TEST_CASE("the timeline goes by number, not by file, and has papers with a number only") {
  CHECK(timeline_of({{"papers/a.yaml", numbered(10)},
                     {"papers/b.yaml", numbered(9)},
                     {"papers/c.yaml", paper("Suggested")},
                     {"papers/d.yaml", numbered(1)}}) == Lines{"1 d", "9 b", "10 a"});
}

TEST_CASE("two papers of one number go by id") {
  CHECK(timeline_of({{"papers/2018/b.yaml", numbered(1)},
                     {"papers/2019/a.yaml", numbered(1)},
                     {"papers/c.yaml", numbered(1)}}) == Lines{"1 a", "1 b", "1 c"});
}

TEST_CASE("a withdrawn paper is left out though it keeps its number") {
  CHECK(timeline_of({{"papers/a.yaml", numbered(1, "withdrawn: {why: retracted}\n")},
                     {"papers/b.yaml", numbered(2)}}) == Lines{"2 b"});
}

TEST_CASE("an empty club has an empty timeline") { CHECK(timeline_of(TestClub{}) == Lines{}); }

TEST_CASE("a paper's sessions go by date, unknown dates last, then by id") {
  CHECK(timeline_in("", {"note: x", "date: 2024-03-01", "note: x", "date: 2024-02-16",
                         "date: 2024-03-01"}) == Lines{"1 a 2024-02-16: s4, s2, s5, s1, s3"});
}

TEST_CASE("a session may have several papers, and name them by former id") {
  CHECK(timeline_of({{"papers/a.yaml", numbered(1, "aliases: [old-a]\n")},
                     {"papers/b.yaml", numbered(2)},
                     {"sessions/s1.yaml", "papers: [b, old-a, unknown]\ndate: 2024-02-16\n"}}) ==
        Lines{"1 a 2024-02-16: s1", "2 b 2024-02-16: s1"});
}

TEST_CASE("an id wins over another paper's alias") {
  CHECK(timeline_of({{"papers/a.yaml", numbered(1, "aliases: [b]\n")},
                     {"papers/b.yaml", numbered(2)},
                     {"sessions/s1.yaml", "papers: [b]\n"}}) == Lines{"1 a", "2 b: s1"});
}

TEST_CASE("a session that names a paper by id and by former id is one session of it") {
  CHECK(timeline_of({{"papers/a.yaml", numbered(1, "aliases: [old-a]\n")},
                     {"sessions/s1.yaml", "papers: [a, old-a]\n"}}) == Lines{"1 a: s1"});
}

TEST_CASE("a moment just after midnight in the club's time zone is on the new day") {
  CHECK(timeline_in("Asia/Singapore", {"date: 2024-02-16T16:30:00Z"}) ==
        Lines{"1 a 2024-02-17: s1"});
  CHECK(timeline_in("Asia/Singapore", {"date: 2024-02-16T15:59:59Z"}) ==
        Lines{"1 a 2024-02-16: s1"});
  CHECK(timeline_in("America/New_York", {"date: 2024-02-16T00:30:00Z"}) ==
        Lines{"1 a 2024-02-15: s1"});
}

TEST_CASE("a moment is on its written day where the club has no time zone or an unknown one") {
  CHECK(timeline_in("", {"date: 2024-02-16T23:30:00-05:00"}) == Lines{"1 a 2024-02-16: s1"});
  CHECK(timeline_in("Asia/Atlantis", {"date: 2024-02-16T23:30:00-05:00"}) ==
        Lines{"1 a 2024-02-16: s1"});
}

TEST_CASE("a day is that day in every time zone") {
  CHECK(timeline_in("Asia/Singapore", {"date: 2024-02-16"}) == Lines{"1 a 2024-02-16: s1"});
  CHECK(timeline_in("America/New_York", {"date: 2024-02-16"}) == Lines{"1 a 2024-02-16: s1"});
}

TEST_CASE("moments are in the order in which they happen, whatever their offsets") {
  CHECK(timeline_in("Asia/Singapore",
                    {"date: 2024-02-16T20:00:00+08:00", "date: 2024-02-16T13:30:00+09:00"}) ==
        Lines{"1 a 2024-02-16: s2, s1"});
}

TEST_CASE("days and moments are in the order of the days in the club's time zone") {
  CHECK(timeline_in("America/New_York", {"date: 2024-02-16", "date: 2024-02-16T03:00:00Z"}) ==
        Lines{"1 a 2024-02-15: s2, s1"});
  CHECK(timeline_in("Asia/Singapore", {"date: 2024-02-17", "date: 2024-02-16T15:00:00Z"}) ==
        Lines{"1 a 2024-02-16: s2, s1"});
}

TEST_CASE("a session that does not take place gives no date, but is still a session") {
  CHECK(timeline_in("", {"date: 2024-02-16\ncancelled: ill", "date: 2024-02-23",
                         "date: 2024-01-01\nkind: no-meeting"}) ==
        Lines{"1 a 2024-02-23: s3, s1, s2"});
  CHECK(timeline_in("", {"date: 2024-02-16\ncancelled: ill"}) == Lines{"1 a: s1"});
}

TEST_CASE("a filter without wishes leaves everything") {
  CHECK(filtered({}) == FilterResult{"1234", 0});
}

TEST_CASE("since and until take in the day they name, and count what has no date") {
  CHECK(filtered({day("2024-02-23"), {}, {}, false}) == FilterResult{"24", 1});
  CHECK(filtered({day("2024-02-24"), {}, {}, false}) == FilterResult{"4", 1});
  CHECK(filtered({{}, day("2024-02-23"), {}, false}) == FilterResult{"12", 1});
  CHECK(filtered({{}, day("2024-02-22"), {}, false}) == FilterResult{"1", 1});
  CHECK(filtered({day("2024-02-23"), day("2024-02-23"), {}, false}) == FilterResult{"2", 1});
  CHECK(filtered({day("2024-03-01"), day("2024-02-16"), {}, false}) == FilterResult{"", 1});
}

TEST_CASE("a paper must have all tags, and counts as undated only where it has them") {
  CHECK(filtered({{}, {}, {"x"}, false}) == FilterResult{"12", 0});
  CHECK(filtered({{}, {}, {"y", "x"}, false}) == FilterResult{"2", 0});
  CHECK(filtered({{}, {}, {"z"}, false}) == FilterResult{"", 0});
  CHECK(filtered({day("2024-01-01"), {}, {"x"}, false}) == FilterResult{"12", 0});
  CHECK(filtered({day("2024-01-01"), {}, {"y"}, false}) == FilterResult{"2", 1});
}

TEST_CASE("reverse gives the highest number first") {
  CHECK(filtered({{}, {}, {}, true}) == FilterResult{"4321", 0});
  CHECK(filtered({{}, {}, {"x"}, true}) == FilterResult{"21", 0});
}

TEST_CASE("recordings are those of all sessions in their order") {
  const TestClub club{{"papers/a.yaml", numbered(1)},
                      {"sessions/s1.yaml",
                       "papers: [a]\ndate: 2024-03-01\nrecordings:\n"
                       "  - {title: Late, url: 'https://example.org/late'}\n"},
                      {"sessions/s2.yaml",
                       "papers: [a]\ndate: 2024-02-16\nrecordings:\n"
                       "  - {url: 'https://example.org/1'}\n"
                       "  - {url: 'https://example.org/2'}\n"}};
  const club::Snapshot snapshot = club.load();
  std::vector<std::string> urls;
  for (const record::Link& link : timeline::recordings_of(timeline::timeline_of(snapshot).at(0))) {
    urls.push_back(link.title + link.url);
  }
  CHECK(urls ==
        Lines{"https://example.org/1", "https://example.org/2", "Latehttps://example.org/late"});
}

TEST_CASE("a recording that two sessions name is one recording") {
  const TestClub club{
      {"papers/a.yaml", numbered(1)},
      {"sessions/s1.yaml",
       "papers: [a]\ndate: 2024-02-16\nrecordings:\n  - {url: 'https://example.org/1'}\n"},
      {"sessions/s2.yaml",
       "papers: [a]\ndate: 2024-02-23\nrecordings:\n"
       "  - {url: 'https://example.org/2'}\n  - {url: 'https://example.org/1'}\n"}};
  const club::Snapshot snapshot = club.load();
  const auto recordings = timeline::recordings_of(timeline::timeline_of(snapshot).at(0));
  REQUIRE(recordings.size() == 2);
  CHECK(recordings[0].url == "https://example.org/1");
  CHECK(recordings[1].url == "https://example.org/2");
}

TEST_CASE("notes are those in the club, then links that are called notes, whatever their case") {
  const TestClub club{
      {"papers/a.yaml", numbered(1,
                                 "links:\n  - {title: Slides, url: 'https://example.org/s'}\n"
                                 "  - {title: NOTES, url: 'https://example.org/n'}\n"
                                 "  - {url: 'https://example.org/notes'}\n")},
      {"papers/a.md", "x"}};
  const club::Snapshot snapshot = club.load();
  CHECK(timeline::notes_of(snapshot.papers.at(0)) ==
        std::vector<record::Link>{{"", "papers/a.md"}, {"NOTES", "https://example.org/n"}});
}

TEST_CASE("the order in which a snapshot lists papers and sessions changes nothing") {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    TestClub club{};
    club.tree.put("club.yaml", std::string(kClubYaml) + "timezone: Asia/Singapore\n");
    for (int i = 0; i < 8; ++i) {
      club.tree.put(
          fmt::format("papers/p{}.yaml", i),
          numbered(static_cast<int>(random.below(4)) + 1, fmt::format("aliases: [old-{}]\n", i)));
    }
    for (int i = 0; i < 10; ++i) {
      const std::string lead = random.one_in(3) ? "old-" : "p";
      std::string session = fmt::format("papers: [{}{}]\n", lead, random.below(8));
      if (!random.one_in(4)) session += fmt::format("date: 2024-02-1{}\n", random.below(4));
      if (random.one_in(5)) session += "cancelled: ill\n";
      club.tree.put(fmt::format("sessions/s{}.yaml", i), session);
    }
    club::Snapshot snapshot = club.load();
    const Lines before = told(timeline::timeline_of(snapshot));
    shuffle(snapshot.papers, random);
    shuffle(snapshot.sessions, random);
    CHECK(told(timeline::timeline_of(snapshot)) == before);
  }
}

}  // namespace paperclub::tests
