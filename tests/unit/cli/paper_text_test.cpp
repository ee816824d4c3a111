#include "cli/paper_text.hpp"

#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

using cli::ColorChoice;

struct Screen {
  explicit Screen(std::size_t columns = 0, ColorChoice color = ColorChoice::never) {
    environment.out_is_terminal = columns > 0;
    environment.columns = columns;
    choice = color;
  }
  cli::Environment environment;
  ColorChoice choice;
};

std::string timeline_on(const Screen& screen, const TestClub& club) {
  const cli::Ui ui(screen.environment, screen.choice, false);
  const club::Snapshot snapshot = club.load();
  return cli::timeline_text(ui, timeline::timeline_of(snapshot));
}

// The page of the club's first paper with all its sessions.
std::string page_on(const Screen& screen, const TestClub& club) {
  const cli::Ui ui(screen.environment, screen.choice, false);
  const club::Snapshot snapshot = club.load();
  std::vector<const club::SessionRecord*> sessions;
  for (const auto& session : snapshot.sessions)
    sessions.push_back(&session);
  return cli::paper_text(ui, snapshot.papers.at(0), sessions, snapshot.settings);
}

TestClub full_club() {
  return {{"club.yaml",
           "format: 1\nid: club\nname: Club\ntimezone: Asia/Singapore\n"
           "questions: [{id: big-idea, title: Big Idea}]\n"},
          {"papers/a.yaml",
           "title: A Long Title\nshort: Short\nauthors: [Ada, Ben]\npublished: 2017-06-12\n"
           "venue: V\nurl: https://example.org/a\narxiv: '1706.03762'\ndoi: 10.1000/a\n"
           "summary: See [here](https://example.org/h).\ntags: [x, y]\nnumber: 1\n"
           "discussion:\n  big-idea: An *idea*\n  other: [P, Q]\n"
           "suggested: {by: ada, on: 2024-01-20, why: W}\n"
           "links:\n  - {title: Notes, url: 'https://example.org/n'}\n  - {url: x.pdf}\n"},
          {"papers/a.md", "x"},
          {"sessions/s1.yaml",
           "papers: [a]\ndate: 2024-02-16T16:30:00Z\npresenters: [ada, ben]\n"
           "recordings: [{title: Talk, url: 'https://example.org/v'}]\n"},
          {"sessions/s2.yaml", "papers: [a]\ndate: 2024-02-23\ncancelled: ill\n"}};
}

void check_width(const std::string& text, std::size_t width) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    CAPTURE(line);
    CHECK((display_width(line) <= width || line.find("https://") != line.npos));
    at = end + 1;
  }
}

}  // namespace

TEST_CASE("an entry of the timeline has number, title, date, description and links") {
  CHECK(timeline_on(Screen(), full_club()) ==
        "1. Short (2024-02-17)\n"
        "   See here (https://example.org/h).\n"
        "   paper: https://example.org/a\n"
        "   notes: papers/a.md\n"
        "   notes: https://example.org/n\n"
        "   recording: https://example.org/v (Talk)\n");
}

TEST_CASE("entries are apart by an empty line, and their numbers end in one column") {
  CHECK(timeline_on(Screen(), {{"papers/a.yaml", "title: A\nnumber: 9\n"},
                               {"papers/b.yaml", "title: B\nnumber: 10\n"}}) == " 9. A\n\n10. B\n");
  CHECK(timeline_on(Screen(), TestClub{}).empty());
}

TEST_CASE("a paper's page has everything its record says, and its sessions in the club's zone") {
  CHECK(page_on(Screen(), full_club()) ==
        "title:      A Long Title\n"
        "id:         a\n"
        "short:      Short\n"
        "state:      timeline\n"
        "number:     1\n"
        "authors:    Ada, Ben\n"
        "published:  2017-06-12\n"
        "venue:      V\n"
        "link:       https://example.org/a\n"
        "arxiv:      1706.03762\n"
        "doi:        10.1000/a\n"
        "tags:       x, y\n"
        "suggested:  ada, 2024-01-20: W\n"
        "\n"
        "  See here (https://example.org/h).\n"
        "\n"
        "Big Idea\n"
        "  An idea\n"
        "\n"
        "other\n"
        "  - P\n"
        "  - Q\n"
        "\n"
        "Links\n"
        "  notes: papers/a.md\n"
        "  Notes: https://example.org/n\n"
        "  link: x.pdf\n"
        "\n"
        "Sessions\n"
        "  s1, 2024-02-17 00:30 (Asia/Singapore), presented by ada, ben\n"
        "    recording: https://example.org/v (Talk)\n"
        "  s2, 2024-02-23, cancelled: ill\n");
}

TEST_CASE("a page says nothing of what the record does not say") {
  CHECK(page_on(Screen(), {{"papers/a.yaml", "title: A\nwithdrawn: {}\nsuggested: {}\n"}}) ==
        "title:      A\nid:         a\nstate:      withdrawn\n");
  CHECK(page_on(Screen(), {{"papers/a.yaml", "doi: 10.1000/a\nwithdrawn: {on: 2024-03-01}\n"}})
            .find("withdrawn:  2024-03-01\n") != std::string::npos);
}

TEST_CASE("a moment stays as written where the club has no time zone") {
  const std::string page =
      page_on(Screen(), {{"papers/a.yaml", "title: A\n"},
                         {"sessions/s1.yaml", "papers: [a]\ndate: 2024-02-16T16:30:00+02:00\n"}});
  CHECK(page.find("  s1, 2024-02-16T16:30:00+02:00\n") != page.npos);
}

TEST_CASE("on a terminal texts are wrapped, elsewhere they are one line") {
  std::string summary;
  for (int i = 0; i < 60; ++i)
    summary += "some words ";
  const TestClub club{{"papers/a.yaml", "title: A\nnumber: 1\nsummary: " + summary +
                                            "\nauthors: [" + summary + "]\n"}};
  check_width(timeline_on(Screen(40), club), 40);
  check_width(page_on(Screen(40), club), 40);
  check_width(page_on(Screen(300), club), 100);
  CHECK(page_on(Screen(), club).find(squeeze(summary)) != std::string::npos);
}

TEST_CASE("a title of one long word fits terminals of every width, with a date and without") {
  const std::string latin(90, 'A');
  std::string chinese;
  for (int i = 0; i < 60; ++i)
    chinese += "\u8bba";
  for (const std::string& title : {latin, chinese, "B " + latin + " c"}) {
    for (const char* session : {"papers: [a]\n", "papers: [a]\ndate: 2024-02-16\n"}) {
      const TestClub club{
          {"papers/a.yaml", "title: " + title + "\nnumber: 1\nsummary: " + title + "\n"},
          {"sessions/s1.yaml", session}};
      for (std::size_t width = 23; width <= 120; ++width) {
        CAPTURE(title, session, width);
        check_width(timeline_on(Screen(width), club), width);
        if (width > 33) check_width(page_on(Screen(width), club), width);
      }
    }
  }
}

TEST_CASE("no text of a record drives the terminal or makes a line of its own") {
  TestClub club = full_club();
  club::Snapshot snapshot = club.load();
  const std::string bad =
      "x\x1b]0;t\a\r\n\u202e"
      "error: y\xff";
  record::Paper& paper = snapshot.papers.at(0).paper;
  paper.title = paper.short_title = paper.venue = paper.summary = bad;
  paper.url = paper.arxiv = paper.doi = bad;
  paper.authors = paper.tags = {bad};
  paper.suggested = record::Suggestion{bad, {}, bad};
  paper.withdrawn = record::Withdrawal{{}, bad};
  paper.discussion = {{bad, {bad}, false}};
  paper.links = {{bad, bad}};
  record::Session& session = snapshot.sessions.at(0).session;
  session.presenters = {bad};
  session.cancelled = bad;
  session.recordings = session.slides = {{bad, bad}};
  const Screen screen;
  const cli::Ui ui(screen.environment, screen.choice, false);
  const std::string page =
      cli::paper_text(ui, snapshot.papers[0], {&snapshot.sessions[0]}, snapshot.settings);
  paper.withdrawn.reset();
  const std::string list = cli::timeline_text(ui, timeline::timeline_of(snapshot));
  for (const std::string& text : {page, list}) {
    CAPTURE(text);
    CHECK(escape(text, true) == text);
    CHECK(text.find("\nerror: y") == text.npos);
  }
}

TEST_CASE("colour takes nothing away from an entry") {
  std::string colored = timeline_on(Screen(0, ColorChoice::always), full_club());
  CHECK(colored.find("\x1b[36m1.\x1b[0m") != colored.npos);
  for (std::size_t at = colored.find('\x1b'); at != colored.npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == timeline_on(Screen(), full_club()));
}

}  // namespace paperclub::tests
