#include "lib/base/rule.hpp"

#include <set>

#include "tests/support/catch.hpp"

using namespace paperclub;

TEST_CASE("the rules are listed in the order of the enumeration, each once") {
  const auto& rules = all_rules();
  REQUIRE(rules.size() == static_cast<std::size_t>(Rule::skipped_checks) + 1);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    CAPTURE(rules[i].name);
    CHECK(static_cast<std::size_t>(rules[i].rule) == i);
    CHECK(rule_info(rules[i].rule).name == rules[i].name);
  }
}

TEST_CASE("no two rules have one name") {
  std::set<std::string_view> names;
  for (const RuleInfo& info : all_rules())
    names.insert(info.name);
  CHECK(names.size() == all_rules().size());
}

TEST_CASE("a rule is found by its name and by nothing else") {
  for (const RuleInfo& info : all_rules())
    CHECK(find_rule(info.name) == info.rule);
  for (const char* name :
       {"", "unknown", "unknown_key", "Unknown-Key", "unknown-key ", "unknown-keys"}) {
    CHECK_FALSE(find_rule(name));
  }
}

TEST_CASE("a rule's name is of small words joined by hyphens") {
  for (const RuleInfo& info : all_rules()) {
    CAPTURE(info.name);
    CHECK(info.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == info.name.npos);
    CHECK_FALSE(info.name.starts_with('-'));
    CHECK_FALSE(info.name.ends_with('-'));
    CHECK(info.name.find("--") == info.name.npos);
  }
}

TEST_CASE("a rule's summary is one line without a full stop") {
  for (const RuleInfo& info : all_rules()) {
    CAPTURE(info.name);
    CHECK_FALSE(info.summary.empty());
    CHECK(info.summary.find('\n') == info.summary.npos);
    CHECK_FALSE(info.summary.ends_with('.'));
    CHECK(info.summary.size() <= 90);
  }
}

TEST_CASE("a rule is an error unless the records may be meant so") {
  std::set<std::string_view> warnings;
  for (const RuleInfo& info : all_rules()) {
    if (info.severity == Severity::warning) warnings.insert(info.name);
  }
  CHECK(warnings == std::set<std::string_view>{"ambiguous-scalar", "date-order",
                                               "identifier-mismatch", "number-gap", "similar-title",
                                               "stray-file"});
}

TEST_CASE("severities have names") {
  CHECK(severity_name(Severity::error) == "error");
  CHECK(severity_name(Severity::warning) == "warning");
}
