// Records whose values have other types than their schema says: they are read as far as they go.
#include <fmt/format.h>

#include "lib/record/ballot.hpp"
#include "lib/record/club_settings.hpp"
#include "lib/record/member.hpp"
#include "lib/record/paper.hpp"
#include "lib/record/round.hpp"
#include "lib/record/session.hpp"
#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;

const std::vector<std::string>& garbage() {
  static const std::vector<std::string> kValues = {
      "",
      "x",
      "''",
      "-1",
      "99999999999999999999",
      "1.5",
      "true",
      "[]",
      "{}",
      "[[], {}, [x, [y]]]",
      "{x: y, z: [1], '': {}}",
      "[{}, x, {url: [x], title: {}}, '']",
      "\"\\n\"",
      "[1, -1, '-', ~]",
      "{by: [x], on: soon, why: {}, every: [], skip: x, time: 1}",
      "{ballots: x, share: [], counted: {}, winners: x, tied: 5, method: [m]}"};
  return kValues;
}

// Reads a record of each kind from `text`; nothing may throw.
void read_as_all(const std::string& text) {
  CAPTURE(text);
  const yaml::Document document = read(text);
  CHECK_NOTHROW(to_yaml(paper_from(document)));
  CHECK_NOTHROW(to_yaml(session_from(document)));
  CHECK_NOTHROW(to_yaml(round_from(document)));
  CHECK_NOTHROW(to_yaml(ballot_from(document)));
  CHECK_NOTHROW(to_yaml(member_from(document)));
  CHECK_NOTHROW(to_yaml(club_settings_from(document)));
}

TEST_CASE("an empty record is a record with nothing in it") {
  const yaml::Document document = read("{}\n");
  CHECK(paper_from(document) == Paper());
  CHECK(session_from(document) == Session());
  CHECK(round_from(document) == Round());
  CHECK(ballot_from(document) == Ballot());
  CHECK(member_from(document) == Member());
  CHECK(club_settings_from(document) == ClubSettings());
}

TEST_CASE("a key with a value of any type throws in no kind of record") {
  for (const char* kind : {"paper", "session", "round", "ballot", "member", "club"}) {
    for (const std::string& key : schema::schema_of(kind).property_names()) {
      for (const std::string& value : garbage())
        read_as_all(fmt::format("{}: {}\n", key, value));
    }
  }
}

TEST_CASE("a key with a value of the wrong type does not hide the others") {
  const Paper paper = paper_from(
      read("title: [x]\nauthors: Ada\nnumber: three\nlinks: [x]\naliases: {a: b}\nvenue: here\n"));
  Paper expected;
  expected.venue = "here";
  CHECK(paper.links.empty());
  expected.links = paper.links;
  CHECK(paper == expected);
}

TEST_CASE("an item of the wrong type is passed over") {
  CHECK(paper_from(read("links: [x, {url: a.pdf}, [y]]\n")).links ==
        std::vector<Link>{{"", "a.pdf"}});
  CHECK(club_settings_from(read("questions: [x, {id: a, title: A}]\n")).questions ==
        std::vector<Question>{{"a", "A", ""}});
  CHECK(paper_from(read("authors: [Ada, [Ben], {c: d}]\n")).authors ==
        std::vector<std::string>{"Ada"});
}

TEST_CASE("a record that is a list has no fields") {
  const yaml::Document document = read("k: [x]\n");
  CHECK(Fields(*document.root().find("k")).text("title").empty());
}

}  // namespace
}  // namespace paperclub::record
