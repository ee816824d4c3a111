#include "cli/table.hpp"

#include "lib/base/text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using cli::ColorChoice;
using cli::Environment;
using cli::Row;

// The table on a terminal of so many columns; 0: no terminal.
std::string table(std::size_t columns, const Row& heading, const std::vector<Row>& rows,
                  ColorChoice color = ColorChoice::never) {
  Environment environment;
  environment.out_is_terminal = columns > 0;
  environment.columns = columns;
  const cli::Ui ui(environment, color, false);
  return cli::render_table(ui, heading, rows);
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("a wide table is parted into as many as fit, each with the first column") {
  const auto wide = [](std::size_t columns, const Row& heading, const std::vector<Row>& rows) {
    Environment environment;
    environment.out_is_terminal = columns > 0;
    environment.columns = columns;
    const cli::Ui ui(environment, ColorChoice::never, false);
    return cli::render_wide_table(ui, heading, rows);
  };
  const Row heading{"", "one", "two", "three"};
  const std::vector<Row> rows{{"a", "1", "2", "3"}, {"b", "4", "5", "6"}};
  CHECK(wide(0, heading, rows) == table(0, heading, rows));
  CHECK(wide(80, heading, rows) == table(80, heading, rows));
  CHECK(wide(12, heading, rows) == "   one  two\na  1    2\nb  4    5\n\n   three\na  3\nb  6\n");
  // One column that does not fit alone is cut like any last one.
  CHECK(wide(11, {"", "a long name"}, {{"a", "1"}}) == "   a long …\na  1\n");
  CHECK(wide(80, {"X"}, {}) == "X\n");
}

TEST_CASE("columns line up, two blanks apart, without blanks at the end of a line") {
  CHECK(table(0, {"ID", "NO", "TITLE"}, {{"bert", "3", "BERT"}, {"a", "", "A long title"}}) ==
        "ID    NO  TITLE\n"
        "bert  3   BERT\n"
        "a         A long title\n");
  CHECK(table(0, {"ID", "TITLE"}, {{"a", ""}}) == "ID  TITLE\na\n");
}

TEST_CASE("a table without rows is its heading") {
  CHECK(table(0, {"ID", "NO"}, {}) == "ID  NO\n");
}

TEST_CASE("columns line up by what is shown, not by bytes") {
  CHECK(table(0, {"ID", "X"}, {{"許家乐", "1"}, {"e\u0301e\u0301", "2"}, {"é", "3"}}) ==
        "ID      X\n"
        "許家乐  1\n"
        "e\u0301e\u0301      2\n"
        "é       3\n");
}

TEST_CASE("the last column is cut to the terminal") {
  CHECK(table(20, {"ID", "TITLE"}, {{"bert", "A rather long title"}}) ==
        "ID    TITLE\n"
        "bert  A rather long…\n");
  CHECK(table(17, {"ID", "TITLE"}, {{"bert", "許家乐許家乐"}}) ==
        "ID    TITLE\n"
        "bert  許家乐許家…\n");
}

TEST_CASE("a table that just fits is not cut") {
  CHECK(table(10, {"ID", "X"}, {{"bert", "BERT"}}) == "ID    X\nbert  BERT\n");
}

TEST_CASE("where the last column cannot give enough, the first one is cut too") {
  const auto lines =
      lines_in(table(24, {"ID", "NO", "TITLE"}, {{"attention-is-all", "1", "Attention is all"}}));
  REQUIRE(lines.size() == 2);
  CHECK(lines[1] == "attention…  1   Attenti…");
}

TEST_CASE("nothing is cut where there is no terminal") {
  const std::string title(500, 'x');
  CHECK(table(0, {"ID", "TITLE"}, {{"a", title}}).find(title) != std::string::npos);
}

TEST_CASE("no line is wider than the terminal, whatever the cells, down to two narrow columns") {
  Random random(9);
  for (int i = 0; i < 500; ++i) {
    std::vector<Row> rows;
    for (std::size_t n = random.below(5); n > 0; --n) {
      std::string wide;
      for (std::size_t k = random.below(20); k > 0; --k)
        wide += random.one_in(2) ? "許" : "e\u0301";
      rows.push_back({random.text("abc-", 30), random.text("0123", 3), wide});
    }
    const std::size_t columns = 23 + random.below(60);
    for (const std::string& line : lines_in(table(columns, {"ID", "NO", "TITLE"}, rows))) {
      CAPTURE(line, columns);
      CHECK(display_width(line) <= columns);
    }
  }
}

TEST_CASE("colour is in the heading only and moves nothing") {
  const std::vector<Row> rows = {{"bert", "BERT"}};
  CHECK(table(0, {"ID", "TITLE"}, rows, ColorChoice::always) ==
        "\x1b[1mID    TITLE\x1b[0m\nbert  BERT\n");
}

}  // namespace paperclub::tests
