#include "lib/record/club_settings.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;

constexpr const char* kFull =
    "format: 1\n"
    "id: llm-paper-club-asia\n"
    "name: LLM Paper Club\n"
    "about: |\n"
    "  We read *papers*.\n"
    "\n"
    "  Every week.\n"
    "calendar: https://example.org/calendar?id=1\n"
    "timezone: Asia/Singapore\n"
    "schedule:\n"
    "  every: two-weeks\n"
    "  weekday: thursday\n"
    "  time: '20:00'\n"
    "  minutes: 60\n"
    "  where: https://example.org/room\n"
    "  skip: [2024-12-26, 2025-01-02]\n"
    "questions:\n"
    "  - id: big-idea\n"
    "    title: Big Idea\n"
    "    prompt: What is it?\n"
    "  - id: relevance\n"
    "    title: Relevance\n"
    "voting:\n"
    "  method: approval\n"
    "  seats: 1\n"
    "  electorate: open\n"
    "  none: false\n"
    "  quorum: {ballots: 3}\n"
    "  over_none: 2\n"
    "  min_share: 1/2\n"
    "  max_score: 5\n"
    "  margins: true\n"
    "papers: by-year\n"
    "site: {base_url: 'https://example.org/club/'}\n"
    "extra: {}\n";

ClubSettings full() {
  ClubSettings settings;
  settings.format = 1;
  settings.id = "llm-paper-club-asia";
  settings.name = "LLM Paper Club";
  settings.about = "We read *papers*.\n\nEvery week.\n";
  settings.calendar = "https://example.org/calendar?id=1";
  settings.timezone = "Asia/Singapore";
  settings.schedule = Schedule{"two-weeks",
                               "thursday",
                               "20:00",
                               60,
                               "https://example.org/room",
                               {Date{2024, 12, 26}, Date{2025, 1, 2}}};
  settings.questions = {{"big-idea", "Big Idea", "What is it?"}, {"relevance", "Relevance", ""}};
  settings.voting.method = "approval";
  settings.voting.seats = 1;
  settings.voting.electorate = "open";
  settings.voting.none = false;
  settings.voting.quorum = Quorum{3, ""};
  settings.voting.over_none = 2;
  settings.voting.min_share = "1/2";
  settings.voting.max_score = 5;
  settings.voting.margins = true;
  settings.papers_by_year = true;
  settings.site_base_url = "https://example.org/club/";
  return settings;
}

TEST_CASE("full settings are read with every field") {
  CHECK(club_settings_from(read(kFull)) == full());
}

TEST_CASE("full settings are written in the order of the schema and read back as they were") {
  const yaml::Document document = read(yaml::emit(to_yaml(full())));
  CHECK(club_settings_from(document) == full());
  const yaml::Document expected = read(kFull);
  for (std::size_t i = 0; i < document.root().size(); ++i) {
    CHECK(document.root().key(i).text() == expected.root().key(i).text());
  }
}

TEST_CASE("settings with the required keys only have nothing else") {
  const ClubSettings settings = club_settings_from(read("format: 1\nid: club\nname: A club\n"));
  ClubSettings expected;
  expected.id = "club";
  expected.name = "A club";
  CHECK(settings == expected);
  CHECK(yaml::emit(to_yaml(expected)) == "format: 1\nid: club\nname: A club\n");
}

TEST_CASE("papers lie flat unless the settings say that they lie by year") {
  CHECK(club_settings_from(read("papers: by-year\n")).papers_by_year);
  CHECK_FALSE(club_settings_from(read("papers: flat\n")).papers_by_year);
  CHECK_FALSE(club_settings_from(read("papers: [by-year]\n")).papers_by_year);
}

TEST_CASE("a schedule may say nothing, and skips only days of the calendar") {
  CHECK(club_settings_from(read("schedule: {}\n")).schedule == Schedule{});
  const auto schedule = club_settings_from(read("schedule: {skip: [2024-12-26, soon]}\n")).schedule;
  REQUIRE(schedule.has_value());
  CHECK(schedule->skip == std::vector<Date>{Date{2024, 12, 26}});
  CHECK_FALSE(club_settings_from(read("schedule: weekly\n")).schedule.has_value());
}

}  // namespace
}  // namespace paperclub::record
