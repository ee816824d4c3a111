#include "lib/publish/search.hpp"

#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/unit/club/club_support.hpp"

namespace paperclub::tests {
namespace {

Lines hits_of(const TestClub& club, const std::vector<std::string>& words) {
  const club::Snapshot snapshot = club.load(club::Scope::papers_and_sessions);
  Lines lines;
  for (const publish::SearchHit& hit : publish::search(snapshot, club.tree, words).hits)
    lines.push_back(fmt::format("{} {} {} {}", hit.file, hit.field, hit.line, hit.text));
  return lines;
}

}  // namespace

TEST_CASE("each place that holds all the words is told once, records before their notes") {
  const TestClub club{
      {"papers/a.yaml", paper("Déjà Vu", "authors: [Ada, Ben]\ndiscussion: {idea: Vu again}\n")},
      {"papers/a.md", "one\nsaid déjà\r\nthen vu\n"}};
  CHECK(hits_of(club, {"VU"}) == Lines{"papers/a.yaml title 0 Déjà Vu",
                                       "papers/a.yaml discussion.idea 0 Vu again",
                                       "papers/a.md  3 then vu"});
  CHECK(hits_of(club, {"deja", "vu"}) == Lines{"papers/a.yaml title 0 Déjà Vu"});
  CHECK(hits_of(club, {"ada"}) == Lines{"papers/a.yaml authors 0 Ada"});
  CHECK(hits_of(club, {"nothing"}).empty());
}

TEST_CASE("notes that cannot be read are passed over") {
  TestClub club{{"papers/a.yaml", paper("A")}, {"papers/a.md", "x\n"}};
  club.tree.refuse("papers/a.md", os::ReadStatus::unreadable, "no");
  CHECK(hits_of(club, {"x"}) == Lines{"papers/a.yaml tags 0 x"});
}

}  // namespace paperclub::tests
