#include "lib/publish/sarif.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using Json = nlohmann::json;

Finding finding(Rule rule, const std::string& message = "the message") {
  Finding found{rule, "papers/a.yaml", {}, message, "the hint"};
  found.where.line = 3;
  found.where.column = 5;
  found.where.end_line = 4;
  found.where.end_column = 2;
  return found;
}

Json run_of(const std::vector<Finding>& findings) {
  const Json json = Json::parse(publish::findings_sarif(findings, "1.2.3"));
  CHECK(json["version"] == "2.1.0");
  CHECK(json["$schema"].is_string());
  REQUIRE(json["runs"].size() == 1);
  return json["runs"][0];
}

}  // namespace

TEST_CASE("a run without findings still names the tool and every rule") {
  const Json run = run_of({});
  CHECK(run["results"] == Json::array());
  CHECK(run["columnKind"] == "unicodeCodePoints");
  const Json driver = run["tool"]["driver"];
  CHECK(driver["name"] == "paperclub");
  CHECK(driver["version"] == "1.2.3");
  REQUIRE(driver["rules"].size() == all_rules().size());
  for (std::size_t i = 0; i < all_rules().size(); ++i) {
    const RuleInfo& rule = all_rules()[i];
    CHECK(driver["rules"][i]["id"] == rule.name);
    CHECK(driver["rules"][i]["shortDescription"]["text"] == rule.summary);
    CHECK(driver["rules"][i]["defaultConfiguration"]["level"] == severity_name(rule.severity));
  }
}

TEST_CASE("a result has rule, level, text, place and fingerprint") {
  const Json run = run_of({finding(Rule::number_gap)});
  const Json result = run["results"].at(0);
  CHECK(result["ruleId"] == "number-gap");
  CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] ==
        "number-gap");
  CHECK(result["level"] == "warning");
  CHECK(result["message"]["text"] == "the message; the hint");
  REQUIRE(result["locations"].size() == 1);
  const Json place = result["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "papers/a.yaml");
  CHECK(place["region"] ==
        Json{{"startLine", 3}, {"startColumn", 5}, {"endLine", 4}, {"endColumn", 2}});
  CHECK(result["partialFingerprints"].size() == 1);
}

TEST_CASE("every rule's result points at that rule") {
  for (const RuleInfo& rule : all_rules()) {
    const Json run = run_of({finding(rule.rule)});
    const Json result = run["results"].at(0);
    CHECK(result["ruleId"] == rule.name);
    CHECK(run["tool"]["driver"]["rules"].at(result["ruleIndex"].get<std::size_t>())["id"] ==
          rule.name);
    CHECK(result["level"] == severity_name(rule.severity));
  }
}

TEST_CASE("a finding about a file as a whole has no region") {
  Finding found = finding(Rule::bad_id);
  found.where = {};
  const Json place = run_of({found})["results"][0]["locations"][0]["physicalLocation"];
  CHECK_FALSE(place.contains("region"));
}

TEST_CASE("a finding keeps its fingerprint when it moves down, and has its own otherwise") {
  const auto print = [](const Finding& found) {
    return run_of({found})["results"][0]["partialFingerprints"];
  };
  Finding moved = finding(Rule::unknown_key);
  moved.where.line += 5;
  moved.where.end_line += 5;
  CHECK(print(moved) == print(finding(Rule::unknown_key)));
  CHECK(print(finding(Rule::unknown_key, "other")) != print(finding(Rule::unknown_key)));
  Finding elsewhere = finding(Rule::unknown_key);
  elsewhere.file = "papers/b.yaml";
  CHECK(print(elsewhere) != print(finding(Rule::unknown_key)));
}

TEST_CASE("errors come first, each kind in the order in which it was found") {
  const Json results =
      run_of({finding(Rule::number_gap, "1"), finding(Rule::unknown_key, "2"),
              finding(Rule::date_order, "3"), finding(Rule::bad_id, "4")})["results"];
  std::string order;
  for (const Json& result : results)
    order += result["message"]["text"].get<std::string>()[0];
  CHECK(order == "2413");
}

TEST_CASE("of more than five thousand findings the errors are kept") {
  std::vector<Finding> findings(5'000, finding(Rule::number_gap));
  findings.push_back(finding(Rule::unknown_key));
  const Json results = run_of(findings)["results"];
  CHECK(results.size() == 5'000);
  CHECK(results[0]["level"] == "error");
  CHECK(results[4'999]["level"] == "warning");
}

TEST_CASE("a file name of any bytes is a valid address in a valid document") {
  Finding found = finding(Rule::bad_id);
  found.file = "papers/a b\xff%#é.yaml";
  found.message = "bytes \xff here";
  const Json result = run_of({found})["results"][0];
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "papers/a%20b%FF%25%23%C3%A9.yaml");
  CHECK(result["message"]["text"] == "bytes \uFFFD here; the hint");
}

TEST_CASE("the document ends in a line break") {
  CHECK(publish::findings_sarif({}, "1").ends_with("}\n"));
}

}  // namespace paperclub::tests
