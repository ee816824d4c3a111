#include "lib/record/session.hpp"

#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;

constexpr const char* kFull =
    "date: 2024-02-16T20:00:00+08:00\n"
    "papers: [bert, mamba]\n"
    "presenters: [ivan, A Guest]\n"
    "recordings:\n"
    "  - title: Part 1\n"
    "    url: https://example.org/watch?v=1\n"
    "  - url: https://example.org/2\n"
    "slides:\n"
    "  - url: papers/bert/slides.pdf\n"
    "note: bring a pen\n"
    "cancelled: a storm\n"
    "kind: no-meeting\n"
    "extra: {seats: 12}\n";

Session full() {
  Session session;
  session.date = Moment{{2024, 2, 16}, 20, 0, 0, 480};
  session.papers = {*PaperId::parse("bert"), *PaperId::parse("mamba")};
  session.presenters = {"ivan", "A Guest"};
  session.recordings = {{"Part 1", "https://example.org/watch?v=1"}, {"", "https://example.org/2"}};
  session.slides = {{"", "papers/bert/slides.pdf"}};
  session.note = "bring a pen";
  session.cancelled = "a storm";
  session.no_meeting = true;
  session.extra = {{"seats", yaml::Value::plain("12")}};
  return session;
}

TEST_CASE("a full session is read with every field") { CHECK(session_from(read(kFull)) == full()); }

TEST_CASE("a full session is written in the order of the schema") {
  CHECK(yaml::emit(to_yaml(full())) == kFull);
}

TEST_CASE("a session's date is a day, a moment, or not known") {
  CHECK(parse_session_date("2024-02-16") == SessionDate(Date{2024, 2, 16}));
  CHECK(parse_session_date("2024-02-16T20:00Z") == SessionDate(Moment{{2024, 2, 16}, 20, 0, 0, 0}));
  for (const char* text : {"", "2024", "2024-02-30", "2024-02-16T20:00", "friday"}) {
    CHECK_FALSE(parse_session_date(text).has_value());
  }
  CHECK(session_from(read("date: 2024-02-16\n")).date == SessionDate(Date{2024, 2, 16}));
  CHECK_FALSE(session_from(read("note: x\n")).date.has_value());
}

TEST_CASE("a session is about papers unless it says that there is no meeting") {
  CHECK_FALSE(session_from(read("kind: paper\n")).no_meeting);
  CHECK_FALSE(session_from(read("note: x\n")).no_meeting);
  CHECK(session_from(read("kind: no-meeting\n")).no_meeting);
}

TEST_CASE("a session of which nothing is known is a record that can be read") {
  const yaml::Document document = read(yaml::emit(to_yaml(Session())));
  CHECK(session_from(document) == Session());
  CHECK(schema::schema_of("session").validate(document).empty());
}

// A session with so many items in each of its lists.
std::string session_with(std::size_t papers, std::size_t others) {
  std::string text = "papers:\n";
  for (std::size_t i = 0; i < papers; ++i)
    text += "  - p" + std::to_string(i) + "\n";
  text += "presenters:\n";
  for (std::size_t i = 0; i < others; ++i)
    text += "  - n" + std::to_string(i) + "\n";
  for (const char* key : {"recordings", "slides"}) {
    text += std::string(key) + ":\n";
    for (std::size_t i = 0; i < others; ++i)
      text += "  - url: https://example.org/" + std::to_string(i) + "\n";
  }
  return text;
}

TEST_CASE("lists of a session may be as long as the schema says, and longer ones are cut") {
  const yaml::Document full = read(session_with(kMaxSessionPapers, kMaxSessionItems));
  CHECK(schema::schema_of("session").validate(full).empty());
  const yaml::Document more = read(session_with(kMaxSessionPapers + 1, kMaxSessionItems + 1));
  CHECK(schema::schema_of("session").validate(more).size() == 4);
  const Session cut = session_from(more);
  CHECK(cut == session_from(full));
  CHECK(cut.papers.size() == kMaxSessionPapers);
  CHECK(cut.presenters.size() == kMaxSessionItems);
  CHECK(cut.recordings.size() == kMaxSessionItems);
  CHECK(cut.slides.size() == kMaxSessionItems);
}

}  // namespace
}  // namespace paperclub::record
