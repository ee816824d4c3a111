#include "lib/club/snapshot.hpp"

#include <algorithm>
#include <thread>

#include "lib/base/error.hpp"
#include "lib/yaml/limits.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

using club::LoadOptions;
using club::Scope;
using club::Snapshot;

// A club with a record of each kind, and files that are no records.
TestClub one_of_each() {
  return {{"papers/a.yaml", paper("Alpha", "number: 1\n")},
          {"papers/a.md", "notes\n"},
          {"papers/a/fig.png", "png"},
          {"papers/b.yaml", paper("Beta")},
          {"papers/.hidden.yaml", "{"},
          {"papers/x.txt", "stray"},
          {"sessions/s1.yaml", "papers: [a]\n"},
          {"votes/r1.yaml", "method: approval\ncandidates: [b]\n"},
          {"votes/r1/ada.yaml", "approve: [b]\n"},
          {"members/ada.yaml", "name: Ada\n"},
          {"README.md", "readme"},
          {"schema/paper.schema.json", "{}"},
          {".git/config", "[core]"},
          {"secret/club.yaml", "x"}};
}

Lines sorted(Lines lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

// What two snapshots of one club must agree on, as text.
Lines summary_of(const Snapshot& snapshot) {
  Lines lines = lines_of(snapshot.findings);
  lines.push_back(snapshot.settings.name);
  for (const auto& paper : snapshot.papers) {
    lines.push_back(paper.file + " " + paper.id.str() + " " + paper.paper.title + paper.notes);
  }
  for (const auto& session : snapshot.sessions)
    lines.push_back(session.file);
  for (const auto& round : snapshot.rounds)
    lines.push_back(round.file);
  for (const auto& ballot : snapshot.ballots)
    lines.push_back(ballot.file + " " + ballot.round);
  for (const auto& member : snapshot.members)
    lines.push_back(member.file);
  for (const auto& file : snapshot.files)
    lines.push_back(file.path);
  return lines;
}

// A club of `count` papers, every seventh of them broken.
void add_papers(FakeTree& tree, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string title = fmt::format("Paper {}", i);
    tree.put(fmt::format("papers/p{}.yaml", i),
             i % 7 == 0 ? "title: " + title + "\nbroken\n" : paper(title));
  }
}

Error failure_of(const FakeTree& tree, unsigned threads) {
  try {
    club::load_snapshot(tree, {Scope::everything, threads, {}});
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::usage, "nothing was thrown"};
}

}  // namespace

TEST_CASE("each record is read once, and nothing that is no record") {
  const TestClub club = one_of_each();
  club.load();
  CHECK(sorted(club.tree.reads()) == Lines{"club.yaml", "members/ada.yaml", "papers/a.yaml",
                                           "papers/b.yaml", "sessions/s1.yaml", "votes/r1.yaml",
                                           "votes/r1/ada.yaml"});
}

TEST_CASE("for the timeline only the club's settings, papers and sessions are read") {
  const TestClub club = one_of_each();
  const Snapshot snapshot = club.load(Scope::papers_and_sessions);
  CHECK(sorted(club.tree.reads()) ==
        Lines{"club.yaml", "papers/a.yaml", "papers/b.yaml", "sessions/s1.yaml"});
  CHECK(sorted(club.tree.listed()) == Lines{"papers", "sessions"});
  CHECK(snapshot.rounds.empty());
  CHECK(snapshot.members.empty());
}

TEST_CASE("what a new paper is compared with are papers, and members who may suggest it") {
  const TestClub club = one_of_each();
  club.load(Scope::papers_and_members, 1);
  CHECK(sorted(club.tree.listed()) == Lines{"members", "papers"});
  for (const std::string& path : club.tree.reads())
    CHECK((path == "club.yaml" || path.starts_with("papers/") || path.starts_with("members/")));
}

TEST_CASE("nothing outside of the club's folders is listed, asked for or read") {
  const TestClub club = one_of_each();
  club.load();
  CHECK(sorted(club.tree.listed()) == Lines{"members", "papers", "sessions", "votes"});
  CHECK(club.tree.asked() == Lines{"club.yaml"});
}

TEST_CASE("every kind of record is found with its id, file and content") {
  const Snapshot snapshot = one_of_each().load();
  CHECK(snapshot.settings.name == "Club");
  REQUIRE(snapshot.papers.size() == 2);
  CHECK(snapshot.papers[0].id.str() == "a");
  CHECK(snapshot.papers[0].file == "papers/a.yaml");
  CHECK(snapshot.papers[0].paper.title == "Alpha");
  REQUIRE(snapshot.sessions.size() == 1);
  CHECK(snapshot.sessions[0].id.str() == "s1");
  CHECK(snapshot.sessions[0].session.papers[0].str() == "a");
  REQUIRE(snapshot.rounds.size() == 1);
  CHECK(snapshot.rounds[0].id.str() == "r1");
  CHECK(snapshot.rounds[0].round.rules.method == "approval");
  REQUIRE(snapshot.ballots.size() == 1);
  CHECK(snapshot.ballots[0].round == "r1");
  CHECK(snapshot.ballots[0].member.str() == "ada");
  REQUIRE(snapshot.members.size() == 1);
  CHECK(snapshot.members[0].member.name == "Ada");
}

TEST_CASE("notes are found beside the record, also in the folder of a year") {
  TestClub club{{"papers/a.yaml", paper("Alpha")},
                {"papers/2024/b.yaml", paper("Beta")},
                {"papers/2024/b.md", "x"},
                {"papers/2024/a.md", "x"},
                {"papers/c.yaml", paper("Gamma")}};
  club.tree.put("papers/c.md", os::FileKind::link);
  const Snapshot snapshot = club.load();
  REQUIRE(snapshot.papers.size() == 3);
  CHECK(snapshot.papers[0].notes == "papers/2024/b.md");
  CHECK(snapshot.papers[1].notes.empty());
  CHECK(snapshot.papers[2].notes.empty());
}

TEST_CASE("files are all below the club's folders but those passed over, sorted") {
  const Snapshot snapshot = one_of_each().load();
  Lines paths;
  for (const auto& file : snapshot.files)
    paths.push_back(file.path);
  CHECK(paths == Lines{"club.yaml", "papers/a.md", "papers/a.yaml", "papers/a/fig.png",
                       "papers/b.yaml", "papers/x.txt", "sessions/s1.yaml", "votes/r1.yaml",
                       "votes/r1/ada.yaml", "members/ada.yaml"});
}

TEST_CASE("a broken record becomes findings and the rest is read") {
  const TestClub club{{"papers/a.yaml", "title: [\n"},
                      {"papers/b.yaml", "title: Beta\n"},
                      {"papers/c.yaml", paper("Gamma")},
                      {"sessions/s1.yaml", "date: yesterday\npapers: [c]\n"}};
  const Snapshot snapshot = club.load();
  REQUIRE(snapshot.papers.size() == 2);
  CHECK(snapshot.papers[0].paper.title == "Beta");
  CHECK(snapshot.papers[1].paper.title == "Gamma");
  REQUIRE(snapshot.sessions.size() == 1);
  CHECK_FALSE(snapshot.sessions[0].session.date.has_value());
  Lines files;
  for (const Finding& finding : snapshot.findings)
    files.push_back(finding.file);
  CHECK(sorted(files) == Lines{"papers/a.yaml", "papers/b.yaml", "sessions/s1.yaml"});
}

TEST_CASE("a record whose name is no id is read for its findings and left out") {
  const Snapshot snapshot = TestClub{{"papers/No Id.yaml", "nonsense: 1\n"}}.load();
  CHECK(snapshot.papers.empty());
  CHECK_FALSE(snapshot.findings.empty());
}

TEST_CASE("a record larger than the limit is a finding") {
  TestClub club{{"papers/a.yaml", paper("Alpha")}};
  club.tree.put("papers/b.yaml", std::string(yaml::kMaxBytes + 1, '#'));
  CHECK(lines_of(club.load().findings) ==
        Lines{"papers/b.yaml: the file is larger than 256 KiB [too-large] | a record is a few "
              "lines of text"});
}

TEST_CASE("a record that becomes something else while it is read is a finding") {
  TestClub club{};
  club.tree.refuse("papers/a.yaml", os::ReadStatus::not_regular);
  CHECK(lines_of(club.load().findings) ==
        Lines{"papers/a.yaml: not a regular file [not-a-file] | records are plain files; links and "
              "devices are not read"});
}

TEST_CASE("a folder without club.yaml is no club, and nothing of it is read") {
  TestClub club = one_of_each();
  club.tree.remove("club.yaml");
  const Error error = failure_of(club.tree, 1);
  CHECK(error.kind() == ErrorKind::not_a_club);
  CHECK(error.message() == "no club.yaml here");
  CHECK(error.hints() == Lines{"a club is a folder with a club.yaml at its top"});
  CHECK(club.tree.reads().empty());
  CHECK(club.tree.listed().empty());
}

TEST_CASE("a record that the system refuses is an I/O failure at its path") {
  const unsigned threads = GENERATE(1U, 4U);
  CAPTURE(threads);
  TestClub club{};
  add_papers(club.tree, 200);
  club.tree.refuse("papers/p150.yaml", os::ReadStatus::unreadable, "Input/output error \x1b");
  const Error error = failure_of(club.tree, threads);
  CHECK(error.kind() == ErrorKind::io);
  CHECK(error.message() == "cannot read: Input/output error \\x1b");
  CHECK(error.place() == "papers/p150.yaml");
}

TEST_CASE("of several records that the system refuses the first by name is told, on every run") {
  TestClub club{};
  add_papers(club.tree, 600);
  for (const char* path : {"papers/p100.yaml", "papers/p114.yaml", "papers/p300.yaml"})
    club.tree.refuse(path, os::ReadStatus::unreadable, "no");
  for (int i = 0; i < 20; ++i)
    CHECK(failure_of(club.tree, 4).place() == "papers/p100.yaml");
}

TEST_CASE("a record that disappears while the club is read is as if it had never been there") {
  TestClub club{};
  add_papers(club.tree, 3);
  const Lines before = summary_of(club.load(Scope::everything, 1));
  club.tree.refuse("papers/a.yaml", os::ReadStatus::missing);
  CHECK(summary_of(club.load(Scope::everything, 1)) == before);
  club.tree.refuse("club.yaml", os::ReadStatus::missing);
  CHECK(failure_of(club.tree, 1).kind() == ErrorKind::not_a_club);
}

TEST_CASE("one thread and four read the same snapshot") {
  TestClub club = one_of_each();
  add_papers(club.tree, 400);
  const Lines one = summary_of(club.load(Scope::everything, 1));
  for (int i = 0; i < 5; ++i)
    CHECK(summary_of(club.load(Scope::everything, 4)) == one);
}

TEST_CASE("progress is told on the calling thread, goes up and ends with all") {
  TestClub club{};
  add_papers(club.tree, 99);
  std::vector<std::pair<std::size_t, std::size_t>> told;
  bool same_thread = true;
  const auto caller = std::this_thread::get_id();
  LoadOptions options;
  options.progress = [&](std::size_t done, std::size_t all) {
    told.emplace_back(done, all);
    same_thread = same_thread && std::this_thread::get_id() == caller;
  };
  club::load_snapshot(club.tree, options);
  CHECK(same_thread);
  CHECK(told.size() >= 2);
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(told.back() == std::make_pair(std::size_t{100}, std::size_t{100}));
  options.threads = 4;
  told.clear();
  club::load_snapshot(club.tree, options);
  CHECK(same_thread);
  for (const auto& [done, all] : told)
    CHECK((done <= all && all == 100));
}

TEST_CASE("between one and sixteen threads are useful") {
  CHECK(club::useful_threads(0) == 1);
  CHECK(club::useful_threads(1) == 1);
  CHECK(club::useful_threads(8) == 8);
  CHECK(club::useful_threads(200) == 16);
}

}  // namespace paperclub::tests
