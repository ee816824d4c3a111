// What is written reads back as it was and is good by its schema, for generated records.
#include "lib/schema/schema.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/record/random_records.hpp"
#include "tests/unit/yaml/reading.hpp"

namespace paperclub::record {
namespace {

using tests::RandomRecords;
using Lines = std::vector<std::string>;

constexpr int kRounds = 1000;

template <typename Record>
void expect_round_trip(std::string_view kind, const Record& record,
                       Record (*from)(const yaml::Document&)) {
  std::string text;
  CHECK_NOTHROW(text = yaml::emit(to_yaml(record)));
  CAPTURE(text);
  const yaml::ParseResult result = yaml::parse("record.yaml", text);
  CHECK(tests::lines_of(result.findings) == Lines{});
  if (!result.document) return;
  CHECK(tests::lines_of(schema::schema_of(kind).validate(*result.document)) == Lines{});
  CHECK(from(*result.document) == record);
}

TEST_CASE("generated papers come back as they were, without a finding") {
  RandomRecords records(1);
  for (int i = 0; i < kRounds; ++i)
    expect_round_trip("paper", records.paper(), paper_from);
}

TEST_CASE("generated sessions come back as they were, without a finding") {
  RandomRecords records(2);
  for (int i = 0; i < kRounds; ++i)
    expect_round_trip("session", records.session(), session_from);
}

TEST_CASE("generated rounds come back as they were, without a finding") {
  RandomRecords records(3);
  for (int i = 0; i < kRounds; ++i)
    expect_round_trip("round", records.round(), round_from);
}

TEST_CASE("generated ballots come back as they were, without a finding") {
  RandomRecords records(4);
  for (int i = 0; i < kRounds; ++i)
    expect_round_trip("ballot", records.ballot(), ballot_from);
}

TEST_CASE("generated members come back as they were, without a finding") {
  RandomRecords records(5);
  for (int i = 0; i < kRounds; ++i)
    expect_round_trip("member", records.member(), member_from);
}

TEST_CASE("generated settings come back as they were, without a finding") {
  RandomRecords records(6);
  for (int i = 0; i < kRounds; ++i) {
    expect_round_trip("club", records.club_settings(), club_settings_from);
  }
}

}  // namespace
}  // namespace paperclub::record
