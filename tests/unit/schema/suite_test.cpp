// The official test suite of JSON Schema, draft 7.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "lib/base/error.hpp"
#include "lib/schema/schema.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/schema/json_document.hpp"
#include "tests/unit/schema/keywords.hpp"

namespace paperclub::schema {
namespace {

using nlohmann::ordered_json;

// What lib/schema/schema.hpp says is implemented.
const std::set<std::string>& implemented() {
  static const std::set<std::string> kKeywords = {"type",
                                                  "enum",
                                                  "const",
                                                  "minimum",
                                                  "maximum",
                                                  "exclusiveMinimum",
                                                  "exclusiveMaximum",
                                                  "minLength",
                                                  "maxLength",
                                                  "pattern",
                                                  "format",
                                                  "items",
                                                  "minItems",
                                                  "maxItems",
                                                  "uniqueItems",
                                                  "contains",
                                                  "properties",
                                                  "required",
                                                  "additionalProperties",
                                                  "propertyNames",
                                                  "minProperties",
                                                  "maxProperties",
                                                  "allOf",
                                                  "anyOf",
                                                  "oneOf",
                                                  "not",
                                                  "if",
                                                  "then",
                                                  "else",
                                                  "$ref"};
  return kKeywords;
}

// What came of the groups of tests so far.
struct Tally {
  std::size_t groups = 0;
  std::size_t tests = 0;
  std::set<std::string> keywords;  // of the schemas that ran
  std::set<std::string> left_out;  // of those that did not
  bool boolean_schema = false;
};

// Returns the draft's folder; fails the test where the suite is not installed.
std::filesystem::path suite_folder() {
  const std::filesystem::path suite = PAPERCLUB_JSON_SCHEMA_SUITE;
  if (suite.empty() || !std::filesystem::exists(suite / "draft7")) {
    FAIL(
        "the JSON Schema test suite is missing: install the package json-schema-test-suite and "
        "configure the build again");
  }
  return suite / "draft7";
}

std::vector<std::filesystem::path> files_of_suite() {
  const std::filesystem::path folder = suite_folder();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  for (const char* format : {"date", "date-time", "email"}) {
    files.push_back(folder / "optional" / "format" / (std::string(format) + ".json"));
  }
  for (const char* other : {"ecmascript-regex", "zeroTerminatedFloats"}) {
    files.push_back(folder / "optional" / (std::string(other) + ".json"));
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<Schema> load(const ordered_json& schema) {
  try {
    return Schema::load(schema.dump());
  } catch (const Error&) {
    return std::nullopt;
  }
}

void run_group(const ordered_json& group, Tally& tally) {
  const ordered_json& json = group.at("schema");
  INFO(group.at("description").get<std::string>());
  const auto schema = load(json);
  if (!schema) {
    const std::set<std::string> reasons = tests::left_out_of(json);
    INFO("this schema did not load although all of it is implemented: " << json.dump());
    CHECK_FALSE(reasons.empty());
    tally.left_out.insert(reasons.begin(), reasons.end());
    return;
  }
  ++tally.groups;
  tally.keywords.merge(tests::keywords_of(json));
  tally.boolean_schema = tally.boolean_schema || json.is_boolean();
  for (const ordered_json& test : group.at("tests")) {
    INFO(test.at("description").get<std::string>());
    ++tally.tests;
    const yaml::Document document = tests::document_of(test.at("data"));
    const bool good = schema->validate(document, Typing::json).empty();
    CHECK(good == test.at("valid").get<bool>());
  }
}

Tally run_suite() {
  Tally tally;
  for (const std::filesystem::path& file : files_of_suite()) {
    INFO(file.filename().string());
    std::ifstream stream(file);
    for (const ordered_json& group : ordered_json::parse(stream))
      run_group(group, tally);
  }
  return tally;
}

TEST_CASE("the official suite of draft 7 passes wherever its schemas use what is implemented") {
  const Tally tally = run_suite();
  INFO(tally.groups << " groups and " << tally.tests << " tests ran");
  CHECK(tally.groups >= 90);
  CHECK(tally.tests >= 310);
  CHECK(tally.boolean_schema);
  for (const std::string& keyword : implemented()) {
    INFO("no group of the suite ran with the keyword " << keyword);
    CHECK(tally.keywords.count(keyword) == 1);
  }
  for (const std::string& reason : tally.left_out) {
    INFO("both implemented and left out: " << reason);
    CHECK(implemented().count(reason) == 0);
  }
}

}  // namespace
}  // namespace paperclub::schema
