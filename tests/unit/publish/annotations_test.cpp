#include "lib/publish/annotations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using publish::github_annotations;

Finding finding(Rule rule, std::size_t line = 3) {
  Finding found{rule, "papers/a.yaml", {}, "the message", "the hint"};
  found.where.line = line;
  found.where.column = 5;
  found.where.end_line = line;
  found.where.end_column = 9;
  return found;
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::size_t count(const std::vector<std::string>& lines, const std::string& lead) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&lead](const std::string& line) { return line.starts_with(lead); }));
}

std::vector<Finding> many(std::size_t errors, std::size_t warnings) {
  std::vector<Finding> findings(warnings, finding(Rule::number_gap));
  findings.insert(findings.end(), errors, finding(Rule::unknown_key));
  return findings;
}

}  // namespace

TEST_CASE("no findings are no annotations") { CHECK(github_annotations({}).empty()); }

TEST_CASE("an annotation names file, place, rule, message and hint") {
  CHECK(github_annotations({finding(Rule::unknown_key)}) ==
        "::error file=papers/a.yaml,line=3,col=5,endLine=3,endColumn=9,title=unknown-key::the "
        "message%0Ahint: the hint\n");
  CHECK(github_annotations({finding(Rule::number_gap)}).starts_with("::warning file="));
}

TEST_CASE("a finding without a hint has none in its annotation") {
  Finding found = finding(Rule::unknown_key);
  found.hint.clear();
  CHECK(github_annotations({found}).ends_with("::the message\n"));
}

TEST_CASE("a finding over several lines has no end column, which GitHub takes on one line only") {
  Finding found = finding(Rule::unknown_key);
  found.where.end_line = 7;
  CHECK(github_annotations({found}).starts_with(
      "::error file=papers/a.yaml,line=3,col=5,endLine=7,title="));
}

TEST_CASE("a finding about a file as a whole names no line") {
  CHECK(github_annotations({finding(Rule::bad_id, 0)})
            .starts_with("::error file=papers/a.yaml,title=bad-id::"));
}

TEST_CASE("ten errors and ten warnings are shown whole") {
  const auto lines = lines_in(github_annotations(many(10, 10)));
  CHECK(lines.size() == 20);
  CHECK(count(lines, "::error ") == 10);
  CHECK(count(lines, "::warning ") == 10);
}

TEST_CASE("errors come first, and what is more than ten of each stands in the log as text") {
  const auto lines = lines_in(github_annotations(many(12, 11)));
  REQUIRE(lines.size() == 27);
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(lines[i].starts_with("::error "));
  for (std::size_t i = 10; i < 20; ++i)
    CHECK(lines[i].starts_with("::warning "));
  CHECK(
      lines[20] ==
      "::notice title=more::not every finding is shown beside its line; the others are in the log");
  CHECK(lines[21].starts_with("- papers/"));
  CHECK(lines[22].starts_with("  hint: "));
  CHECK(count(lines_in(github_annotations(many(11, 0))), "::notice ") == 1);
  CHECK(count(lines_in(github_annotations(many(0, 11))), "::notice ") == 1);
}

TEST_CASE("a file name and a message cannot end an annotation or begin another") {
  Finding found = finding(Rule::unknown_key);
  found.file = "papers/a,line=9::x\n::error::y\x1b%0A.yaml";
  found.message = "50%\r\n::stop-commands::x";
  CHECK(github_annotations({found}) ==
        "::error file=papers/a%2Cline=9%3A%3Ax\\n\\x3a%3Aerror%3A%3Ay\\x1b%250A.yaml,line=3,col=5,"
        "endLine=3,endColumn=9,title=unknown-key::50%25%0D%0A::stop-commands::x%0Ahint: the "
        "hint\n");
}

TEST_CASE("no line begins with text of a record, whatever that text is") {
  Random random(8);
  for (int i = 0; i < 500; ++i) {
    std::vector<Finding> findings;
    for (std::size_t n = random.below(30); n > 0; --n) {
      Finding found = finding(random.one_in(2) ? Rule::unknown_key : Rule::number_gap);
      found.file = random.text("ab/:,%\n\r ", 15);
      found.message = random.text("ab:#[]%\n\r ", 25);
      found.hint = random.text("ab:#[]%\n\r ", 25);
      findings.push_back(found);
    }
    const std::string text = github_annotations(findings);
    CAPTURE(text);
    CHECK(text.find('\r') == text.npos);
    const auto lines = lines_in(text);
    CHECK(lines.size() <= 2 * findings.size() + 1);
    for (const std::string& line : lines) {
      CHECK((line.starts_with("::error file=") || line.starts_with("::warning file=") ||
             line.starts_with("::notice title=more::not every") || line.starts_with("- ") ||
             line.starts_with("  hint: ")));
    }
  }
}

}  // namespace paperclub::tests
