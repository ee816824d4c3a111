#include "cli/finding_text.hpp"

#include "lib/base/location.hpp"
#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {
namespace {

using cli::ColorChoice;

// A finding at the one place where `text` has `part`.
Finding finding_at(const std::string& text, const std::string& part) {
  const std::size_t begin = text.find(part);
  const LineIndex lines(text);
  return {Rule::unknown_key, "papers/a.yaml", lines.locate({begin, begin + part.size()}),
          "unknown key", "did you mean 'year'?"};
}

std::string block_of(const Finding& finding, ColorChoice color = ColorChoice::never) {
  const cli::Environment environment;
  const cli::Ui ui(environment, color, false);
  return cli::finding_block(ui, finding);
}

// The column (from 0) at which a line of the block shows its first `mark`.
std::size_t column_of(const std::string& block, const std::string& mark) {
  const std::size_t at = block.find(mark);
  const std::size_t begin = block.rfind('\n', at) + 1;
  return display_width(std::string_view(block).substr(begin, at - begin));
}

}  // namespace

TEST_CASE("a finding's line is file, place, severity, message and rule") {
  CHECK(cli::finding_line(finding_at("title: A\nyaer: 2\n", "yaer")) ==
        "papers/a.yaml:2:1: error: unknown key [unknown-key]");
}

TEST_CASE("a finding about a file as a whole stands at its beginning") {
  CHECK(cli::finding_line({Rule::number_gap, "papers/a.yaml", {}, "m", "h"}) ==
        "papers/a.yaml:1:1: warning: m [number-gap]");
  CHECK(block_of({Rule::bad_id, "papers/A.yaml", {}, "m", ""}) ==
        "papers/A.yaml:1:1: error: m [bad-id]\n");
}

TEST_CASE("a file name cannot drive the terminal or add a line") {
  CHECK(cli::finding_line({Rule::bad_id, "papers/\x1b[31m\nx\u202e.yaml", {}, "m", ""}) ==
        "papers/\\x1b[31m\\nx\\u{202e}.yaml:1:1: error: m [bad-id]");
}

TEST_CASE("a finding's block shows the line, a caret for each column of the place, and the hint") {
  CHECK(block_of(finding_at("title: A\nyaer: 2\n", "yaer")) ==
        "papers/a.yaml:2:1: error: unknown key [unknown-key]\n"
        "    2 | yaer: 2\n"
        "      | ^~~~\n"
        "hint: did you mean 'year'?\n");
}

TEST_CASE("on a narrow terminal an excerpt and its caret stay within their lines") {
  const std::string text = "summary: " + std::string(20, 'a') + " wrong " + std::string(90, 'b');
  for (std::size_t width = 50; width <= 120; ++width) {
    CAPTURE(width);
    cli::Environment environment;
    environment.out_is_terminal = true;
    environment.columns = width;
    const cli::Ui ui(environment, ColorChoice::never, false);
    const std::string block = cli::finding_block(ui, finding_at(text, text.substr(30)));
    CHECK(column_of(block, "^") == column_of(block, "wrong"));
    const std::size_t begin = block.find('\n') + 1;
    const std::size_t middle = block.find('\n', begin);
    CHECK(display_width(block.substr(begin, middle - begin)) <= width);
    CHECK(display_width(block.substr(middle + 1, block.find('\n', middle + 1) - middle - 1)) <=
          width);
  }
}

TEST_CASE("a finding without a hint has no hint line") {
  Finding finding = finding_at("a: b\n", "b");
  finding.hint.clear();
  CHECK(block_of(finding) ==
        "papers/a.yaml:1:4: error: unknown key [unknown-key]\n    1 | a: b\n      |    ^\n");
}

TEST_CASE("the caret stands under its character behind wide and combining ones") {
  for (const char* before : {"許家乐", "e\u0301e\u0301", "é", "\u2728", "a\tb", "\x1b"}) {
    const std::string block = block_of(finding_at(std::string(before) + "X: 1\n", "X"));
    CAPTURE(block);
    CHECK(column_of(block, "X") == column_of(block, "^"));
  }
}

TEST_CASE("the caret of a wide character is as wide as it") {
  const std::string block = block_of(finding_at("a: 許家 # x\n", "許家"));
  CHECK(block.find("      |    ^~~~\n") != block.npos);
}

TEST_CASE("the caret stands under its character in a very long line") {
  const std::string block =
      block_of(finding_at(std::string(300, 'a') + "X" + std::string(300, 'b') + "\n", "X"));
  CHECK(column_of(block, "X") == column_of(block, "^"));
}

TEST_CASE("the caret stands under its character whatever the number of the line") {
  for (const std::size_t line : {1U, 99'999U, 100'000U, 262'144U}) {
    Finding finding = finding_at("aX: 1\n", "X");
    finding.where.line = line;
    const std::string block = block_of(finding);
    CAPTURE(block);
    CHECK(column_of(block, "X") == column_of(block, "^"));
  }
}

TEST_CASE("colours tell nothing that the words do not") {
  const Finding finding = finding_at("yaer: 2\n", "yaer");
  std::string colored = block_of(finding, ColorChoice::always);
  CHECK(colored.find("\x1b[1;31merror:\x1b[0m") != colored.npos);
  for (std::size_t at = colored.find('\x1b'); at != colored.npos; at = colored.find('\x1b')) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == block_of(finding));
}

TEST_CASE("the summary counts records, errors and warnings") {
  const Finding error{Rule::bad_id, "a", {}, "", ""};
  const Finding warning{Rule::number_gap, "a", {}, "", ""};
  CHECK(cli::finding_summary({}, 1) == "no findings in 1 record\n");
  CHECK(cli::finding_summary({}, 30) == "no findings in 30 records\n");
  CHECK(cli::finding_summary({error}, 30) == "1 finding in 30 records: 1 error, 0 warnings\n");
  CHECK(cli::finding_summary({error, warning, error}, 2) ==
        "3 findings in 2 records: 2 errors, 1 warning\n");
}

}  // namespace paperclub::tests
