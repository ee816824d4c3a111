#include "lib/base/finding.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

using namespace paperclub;

namespace {

Finding finding(std::string file, std::size_t line, std::size_t column, Rule rule = Rule::bad_value,
                std::string message = "m") {
  Finding made;
  made.rule = rule;
  made.file = std::move(file);
  made.where.line = line;
  made.where.column = column;
  made.message = std::move(message);
  return made;
}

std::string text_of(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& one : findings) {
    out += one.file + ':' + std::to_string(one.where.line) + ':' +
           std::to_string(one.where.column) + ' ' + std::string(rule_info(one.rule).name) + ' ' +
           one.message + '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("findings are sorted by file, line, column, rule and message") {
  std::vector<Finding> findings = {
      finding("b", 1, 1),
      finding("a", 10, 1),
      finding("a", 9, 2),
      finding("a", 9, 1, Rule::bad_value, "y"),
      finding("a", 9, 1, Rule::bad_value, "x"),
      finding("a", 9, 1, Rule::yaml_syntax, "z"),
      finding("a", 0, 0),
  };
  sort_findings(findings);
  CHECK(text_of(findings) ==
        "a:0:0 bad-value m\n"
        "a:9:1 yaml-syntax z\n"
        "a:9:1 bad-value x\n"
        "a:9:1 bad-value y\n"
        "a:9:2 bad-value m\n"
        "a:10:1 bad-value m\n"
        "b:1:1 bad-value m\n");
}

TEST_CASE("a finding that was made twice is shown once") {
  std::vector<Finding> findings = {finding("a", 1, 1), finding("b", 1, 1), finding("a", 1, 1)};
  sort_findings(findings);
  CHECK(text_of(findings) == "a:1:1 bad-value m\nb:1:1 bad-value m\n");
}

TEST_CASE("the order in which findings were made does not show") {
  tests::Random random(7);
  std::vector<Finding> made;
  for (int i = 0; i < 200; ++i) {
    made.push_back(finding(random.text("ab", 1), random.below(4), random.below(4),
                           static_cast<Rule>(random.below(all_rules().size())),
                           random.text("xy", 1)));
  }
  std::vector<Finding> sorted = made;
  sort_findings(sorted);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = made.size() - 1; i > 0; --i)
      std::swap(made[i], made[random.below(i + 1)]);
    std::vector<Finding> again = made;
    sort_findings(again);
    CHECK(text_of(again) == text_of(sorted));
  }
}

TEST_CASE("the severity of a finding is its rule's, and only errors are counted") {
  CHECK(severity_of(finding("a", 1, 1, Rule::yaml_syntax)) == Severity::error);
  CHECK(severity_of(finding("a", 1, 1, Rule::number_gap)) == Severity::warning);
  CHECK(count_errors({}) == 0);
  CHECK(count_errors({finding("a", 1, 1, Rule::number_gap), finding("a", 1, 1, Rule::yaml_syntax),
                      finding("a", 2, 1, Rule::yaml_syntax)}) == 2);
}
