#include "tests/unit/yaml/reading.hpp"

#include <fmt/format.h>

#include <utility>

#include "lib/base/utf8.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"

namespace paperclub::tests {

std::vector<std::string> lines_of(std::vector<Finding> findings) {
  sort_findings(findings);
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    lines.push_back(fmt::format("{}:{} {}: {}{}{}", finding.where.line, finding.where.column,
                                rule_info(finding.rule).name, finding.message,
                                finding.hint.empty() ? "" : " | ", finding.hint));
  }
  return lines;
}

std::vector<std::string> complaints(std::string text) {
  return lines_of(yaml::parse("record.yaml", std::move(text)).findings);
}

std::vector<std::string> places(std::string text) {
  std::vector<std::string> lines = complaints(std::move(text));
  for (std::string& line : lines)
    line.erase(line.find(": "));
  return lines;
}

yaml::Document read(std::string text) {
  INFO(text);
  yaml::ParseResult result = yaml::parse("record.yaml", std::move(text));
  REQUIRE(lines_of(result.findings) == std::vector<std::string>{});
  REQUIRE(result.document.has_value());
  return std::move(*result.document);
}

std::string_view written(const yaml::Document& document, const yaml::Node& node) {
  const Span span = node.span();
  return std::string_view(document.source().text()).substr(span.begin, span.end - span.begin);
}

std::string utf8(char32_t value) {
  std::string out;
  append_utf8(out, value);
  return out;
}

}  // namespace paperclub::tests
