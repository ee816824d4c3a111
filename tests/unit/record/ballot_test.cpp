#include "lib/record/ballot.hpp"

#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;
using Texts = std::vector<std::string>;

constexpr const char* kSignature =
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg\n"
    "-----END SSH SIGNATURE-----\n";

// Every field; a schema allows them only in part at once.
constexpr const char* kFull =
    "approve: [bert]\n"
    "rank:\n"
    "  - bert\n"
    "  - [mamba, raft]\n"
    "score: {bert: 5, mamba: 0}\n"
    "abstain: true\n"
    "withdrawn: true\n"
    "comment: 'yes: this one'\n"
    "previous: '4376797f00000000000000000000000000000000'\n"
    "signature: |\n"
    "  -----BEGIN SSH SIGNATURE-----\n"
    "  U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg\n"
    "  -----END SSH SIGNATURE-----\n"
    "extra: {mood: good}\n";

Ballot full() {
  Ballot ballot;
  ballot.approve = {{"bert"}};
  ballot.rank = {{{"bert"}, {"mamba", "raft"}}};
  ballot.score = {{{"bert", 5}, {"mamba", 0}}};
  ballot.abstain = true;
  ballot.withdrawn = true;
  ballot.comment = "yes: this one";
  ballot.previous = "4376797f00000000000000000000000000000000";
  ballot.signature = kSignature;
  ballot.extra = {{"mood", "good"}};
  return ballot;
}

TEST_CASE("a full ballot is read with every field") { CHECK(ballot_from(read(kFull)) == full()); }

TEST_CASE("a full ballot is written in the order of the schema") {
  const yaml::Document document = read(yaml::emit(to_yaml(full())));
  CHECK(ballot_from(document) == full());
  const yaml::Document expected = read(kFull);
  REQUIRE(document.root().size() == expected.root().size());
  for (std::size_t i = 0; i < document.root().size(); ++i) {
    CHECK(document.root().key(i).text() == expected.root().key(i).text());
  }
}

TEST_CASE("only texts are ranked") {
  const std::vector<std::vector<std::string>> expected = {{"a"}, {}, {"b"}};
  CHECK(ballot_from(read("rank: [[{x: y}, a, null, []], null, b]\n")).rank == expected);
}

TEST_CASE("approving of nothing is a choice, saying nothing is none") {
  CHECK(ballot_from(read("approve: []\n")).approve == Texts{});
  CHECK_FALSE(ballot_from(read("abstain: true\n")).approve.has_value());
  Ballot ballot;
  ballot.approve = Texts{};
  CHECK(yaml::emit(to_yaml(ballot)) == "approve: []\n");
  ballot.approve.reset();
  ballot.rank.emplace();
  CHECK(yaml::emit(to_yaml(ballot)) == "rank: []\n");
  ballot.rank.reset();
  ballot.score.emplace();
  CHECK(yaml::emit(to_yaml(ballot)) == "score: {}\n");
}

TEST_CASE("a choice of the wrong type is no choice, not an empty one") {
  for (const char* value : {"bert", "{bert: 1}", "true", "", "3"}) {
    CAPTURE(value);
    CHECK_FALSE(ballot_from(read(std::string("approve: ") + value + "\n")).approve.has_value());
    CHECK_FALSE(ballot_from(read(std::string("rank: ") + value + "\n")).rank.has_value());
  }
  CHECK_FALSE(ballot_from(read("score: [bert]\n")).score.has_value());
  CHECK_FALSE(ballot_from(read("score: 3\n")).score.has_value());
}

TEST_CASE("a tier of one may stand without brackets") {
  const std::vector<Texts> tiers = {{"a"}, {"b", "c"}, {"d"}};
  CHECK(ballot_from(read("rank: [a, [b, c], [d]]\n")).rank == tiers);
  Ballot ballot;
  ballot.rank = tiers;
  CHECK(ballot_from(read(yaml::emit(to_yaml(ballot)))) == ballot);
}

TEST_CASE("scores that are no whole numbers are passed over") {
  const Ballot ballot = ballot_from(read("score: {a: 1, b: '2', c: 3.5, d: x, e: , f: 6}\n"));
  const std::vector<std::pair<std::string, long long>> expected = {{"a", 1}, {"f", 6}};
  CHECK(ballot.score == expected);
}

TEST_CASE("abstaining and withdrawing are true or not said") {
  CHECK(ballot_from(read("abstain: true\n")).abstain);
  for (const char* value : {"false", "'true'", "yes", "1", "[true]"}) {
    CHECK_FALSE(ballot_from(read(std::string("abstain: ") + value + "\n")).abstain);
    CHECK_FALSE(ballot_from(read(std::string("withdrawn: ") + value + "\n")).withdrawn);
  }
}

TEST_CASE("a ballot without a ballot before it says so in quotes") {
  Ballot ballot;
  ballot.abstain = true;
  ballot.previous = "-";
  CHECK(yaml::emit(to_yaml(ballot)) == "abstain: true\nprevious: '-'\n");
}

TEST_CASE("a paper with the longest possible id can be scored") {
  Ballot ballot;
  ballot.score = {{{std::string(100, 'a'), 5}, {"b", 0}}};
  const yaml::Document document = read(yaml::emit(to_yaml(ballot)));
  CHECK(ballot_from(document) == ballot);
  CHECK(schema::schema_of("ballot").validate(document).empty());
}

}  // namespace
}  // namespace paperclub::record
