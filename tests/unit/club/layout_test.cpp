#include "lib/club/layout.hpp"

#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using club::Place;
using club::place_of;
using club::PlaceKind;
using club::RecordKind;

struct Row {
  const char* path;
  PlaceKind place;
  RecordKind kind;
  const char* id;
  const char* round;
  const char* year;
};

constexpr auto kPaper = RecordKind::paper;

const Row kRecords[] = {
    {"club.yaml", PlaceKind::record, RecordKind::club, "club", "", ""},
    {"papers/bert.yaml", PlaceKind::record, kPaper, "bert", "", ""},
    {"papers/bert.md", PlaceKind::notes, kPaper, "bert", "", ""},
    {"papers/bert/fig.png", PlaceKind::asset, kPaper, "bert", "", ""},
    {"papers/bert/deep/fig.png", PlaceKind::asset, kPaper, "bert", "", ""},
    {"papers/bert/other.yaml", PlaceKind::asset, kPaper, "bert", "", ""},
    {"papers/2018/bert.yaml", PlaceKind::record, kPaper, "bert", "", "2018"},
    {"papers/2018/bert.md", PlaceKind::notes, kPaper, "bert", "", "2018"},
    {"papers/2018/bert/fig.png", PlaceKind::asset, kPaper, "bert", "", "2018"},
    {"papers/1984.yaml", PlaceKind::record, kPaper, "1984", "", ""},
    {"papers/20180/fig.png", PlaceKind::asset, kPaper, "20180", "", ""},
    {"papers/201x/fig.png", PlaceKind::asset, kPaper, "201x", "", ""},
    {"papers/No Id.yaml", PlaceKind::record, kPaper, "No Id", "", ""},
    {"papers/a.b.yaml", PlaceKind::record, kPaper, "a.b", "", ""},
    {"papers/.yaml", PlaceKind::record, kPaper, "", "", ""},
    {"sessions/s0001.yaml", PlaceKind::record, RecordKind::session, "s0001", "", ""},
    {"members/ada.yaml", PlaceKind::record, RecordKind::member, "ada", "", ""},
    {"votes/r1.yaml", PlaceKind::record, RecordKind::round, "r1", "", ""},
    {"votes/r1/ada.yaml", PlaceKind::record, RecordKind::ballot, "ada", "r1", ""},
};

}  // namespace

TEST_CASE("a path alone says which record, notes or picture a file is") {
  for (const Row& row : kRecords) {
    CAPTURE(row.path);
    const Place place = place_of(row.path);
    CHECK(place.place == row.place);
    CHECK(place.kind == row.kind);
    CHECK(place.id == row.id);
    CHECK(place.round == row.round);
    CHECK(place.year == row.year);
  }
}

TEST_CASE("a file in a folder of ours that is nothing of ours is stray") {
  for (const char* path : {"papers/bert.yml", "papers/bert", "papers/bert.txt", "papers/BERT.YAML",
                           "sessions/s0001.md", "sessions/old/s0001.yaml", "sessions/s0001.yml",
                           "members/ada.md", "members/old/ada.yaml", "votes/r1.md",
                           "votes/r1/ada.md", "votes/r1/ada", "votes/r1/old/ada.yaml"}) {
    CAPTURE(path);
    CHECK(place_of(path).place == PlaceKind::stray);
  }
}

TEST_CASE("what lies in the folder of a year and is no record may be a picture of such a paper") {
  const Place place = place_of("papers/1984/x.pdf");
  CHECK(place.place == PlaceKind::asset);
  CHECK(place.id == "1984");
  CHECK(place.year == "1984");
}

TEST_CASE("a file outside of the club's folders is elsewhere") {
  for (const char* path : {"README.md", "club.yml", "papers", "papersx/bert.yaml", "docs/bert.yaml",
                           "schema/paper.schema.json", "", "Papers/bert.yaml", "x/club.yaml"}) {
    CAPTURE(path);
    CHECK(place_of(path).place == PlaceKind::elsewhere);
  }
}

TEST_CASE("the folder of a year keeps the year also for stray files") {
  CHECK(place_of("papers/2018/x.pdf").year == "2018");
  CHECK(place_of("papers/2018/deep/x.pdf").id == "deep");
}

TEST_CASE("names that begin with a dot are passed over, but not below votes") {
  for (const char* path : {"papers/.DS_Store", "papers/.git/config", "papers/bert/.cache/x",
                           "sessions/.gitkeep", "members/.ada.yaml.swp", "votes/.gitkeep",
                           "votes/r1/.gitkeep", "votes/r1/.ada.yaml.12-0.tmp"}) {
    CAPTURE(path);
    CHECK(club::is_ignored(path));
  }
  for (const char* path : {"papers/bert.yaml", "papers/a.b", "votes/.hidden", "votes/r1/.ada.yaml",
                           "votes/.r1/ada.yaml", "votes/.gitkeep/ada.yaml", "votes/r1/ada.tmp"}) {
    CAPTURE(path);
    CHECK_FALSE(club::is_ignored(path));
  }
}

TEST_CASE("every kind of record has a schema of its name") {
  for (const RecordKind kind : {RecordKind::club, RecordKind::paper, RecordKind::session,
                                RecordKind::round, RecordKind::ballot, RecordKind::member}) {
    CAPTURE(std::string(club::kind_name(kind)));
    CHECK_FALSE(schema::schema_of(club::kind_name(kind)).property_names().empty());
  }
}

TEST_CASE("a club below its repository's top has longer paths there") {
  CHECK(club::repository_path("", "papers/a.yaml") == "papers/a.yaml");
  CHECK(club::repository_path("clubs/ml", "papers/a.yaml") == "clubs/ml/papers/a.yaml");
  CHECK(club::beginning_below("").empty());
  CHECK(club::beginning_below("clubs/ml") == "clubs/ml/");
}

}  // namespace paperclub::tests
