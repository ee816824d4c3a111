#include "lib/yaml/source.hpp"

#include "tests/support/catch.hpp"

namespace paperclub::yaml {
namespace {

TEST_CASE("a source keeps its name and its bytes as they are") {
  const Source source("papers/raft.yaml", "title: x\r\n");
  CHECK(source.file() == "papers/raft.yaml");
  CHECK(source.text() == "title: x\r\n");
}

TEST_CASE("a finding names the file, the line and the column in characters") {
  const Source source("papers/raft.yaml", "title: é\nby: añb\n");
  const Finding finding = source.finding(Rule::bad_format, {17, 18}, "message", "hint");
  CHECK(finding.rule == Rule::bad_format);
  CHECK(finding.file == "papers/raft.yaml");
  CHECK(finding.where.line == 2);
  CHECK(finding.where.column == 7);
  CHECK(finding.where.end_line == 2);
  CHECK(finding.where.end_column == 8);
  CHECK(finding.where.excerpt == "by: añb");
  CHECK(finding.message == "message");
  CHECK(finding.hint == "hint");
  CHECK(source.finding(Rule::bad_format, {0, 1}, "message").hint.empty());
}

TEST_CASE("lines count from one, and the line feed belongs to the line it ends") {
  const Source source("record.yaml", "a\r\nb\n\nc");
  CHECK(source.line_of(0) == 1);
  CHECK(source.line_of(2) == 1);
  CHECK(source.line_of(3) == 2);
  CHECK(source.line_of(5) == 3);
  CHECK(source.line_of(6) == 4);
  CHECK(source.line_of(99) == 4);
}

}  // namespace
}  // namespace paperclub::yaml
