#include "lib/record/round.hpp"

#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::read;

PaperId id(const char* text) { return *PaperId::parse(text); }

constexpr const char* kFull =
    "title: 'Next: what?'\n"
    "opened: 2024-02-16\n"
    "closes: 2024-02-23T20:00:00+08:00\n"
    "method: schulze\n"
    "seats: 2\n"
    "electorate: members\n"
    "none: true\n"
    "quorum: {share: 1/3}\n"
    "over_none: 1\n"
    "min_share: 1/2\n"
    "max_score: 10\n"
    "margins: false\n"
    "candidates: [bert, mamba]\n"
    "result:\n"
    "  counted: '4376797f00000000000000000000000000000000'\n"
    "  method: schulze/1\n"
    "  ballots: 12\n"
    "  digest: '0000000000000000000000000000000000000000000000000000000000000000'\n"
    "  winners: [bert]\n"
    "  runners_up: [mamba]\n"
    "  tied: true\n"
    "extra: {asked-by: ada}\n";

Round full() {
  Round round;
  round.title = "Next: what?";
  round.opened = Date{2024, 2, 16};
  round.closes = Moment{{2024, 2, 23}, 20, 0, 0, 480};
  round.rules.method = "schulze";
  round.rules.seats = 2;
  round.rules.electorate = "members";
  round.rules.none = true;
  round.rules.quorum = Quorum{std::nullopt, "1/3"};
  round.rules.over_none = 1;
  round.rules.min_share = "1/2";
  round.rules.max_score = 10;
  round.rules.margins = false;
  round.candidates = {id("bert"), id("mamba")};
  round.result = RoundResult{"4376797f00000000000000000000000000000000",
                             "schulze/1",
                             12,
                             std::string(64, '0'),
                             {id("bert")},
                             {id("mamba")},
                             true};
  round.extra = {{"asked-by", "ada"}};
  return round;
}

TEST_CASE("a full round is read with every field") { CHECK(round_from(read(kFull)) == full()); }

TEST_CASE("a full round is written in the order of the schema") {
  CHECK(yaml::emit(to_yaml(full())) == kFull);
}

TEST_CASE("a round that is open has no result, and rules it does not give are absent") {
  const Round round = round_from(read("method: approval\ncandidates: [bert]\n"));
  Round expected;
  expected.rules.method = "approval";
  expected.candidates = {id("bert")};
  CHECK(round == expected);
  CHECK(yaml::emit(to_yaml(expected)) == "method: approval\ncandidates: [bert]\n");
}

TEST_CASE("a quorum is a number of ballots or a share") {
  CHECK(round_from(read("quorum: {ballots: 3}\n")).rules.quorum == Quorum{3, ""});
  CHECK(round_from(read("quorum: {share: 1/3}\n")).rules.quorum == Quorum{std::nullopt, "1/3"});
  CHECK_FALSE(round_from(read("quorum: 3\n")).rules.quorum.has_value());
}

TEST_CASE("candidates keep the order in which they are written, which breaks ties") {
  const Round round = round_from(read("candidates: [zeta, alpha, mid]\n"));
  CHECK(round.candidates == std::vector<PaperId>{id("zeta"), id("alpha"), id("mid")});
}

TEST_CASE("a result without winners is a good record: no paper was chosen") {
  Round round = full();
  round.result->winners.clear();
  round.result->runners_up.clear();
  const yaml::Document document = read(yaml::emit(to_yaml(round)));
  CHECK(round_from(document) == round);
  CHECK(tests::lines_of(schema::schema_of("round").validate(document)) ==
        std::vector<std::string>{});
}

TEST_CASE("object ids and digests of digits only stay texts") {
  Round round = full();
  round.result->counted = std::string(40, '7');
  round.result->digest = std::string(32, '1') + "e" + std::string(31, '2');
  const yaml::Document document = read(yaml::emit(to_yaml(round)));
  CHECK(round_from(document) == round);
  CHECK(schema::schema_of("round").validate(document).empty());
}

}  // namespace
}  // namespace paperclub::record
