// Any bytes, read as each kind of record: findings are well-formed, places lie in the text, and
// what was read can be written and read again without a change.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/record/ballot.hpp"
#include "lib/record/club_settings.hpp"
#include "lib/record/member.hpp"
#include "lib/record/paper.hpp"
#include "lib/record/round.hpp"
#include "lib/record/session.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/emit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::is_safe;
using fuzz::require;

void check_finding(const Finding& finding, std::string_view text) {
  const Location& where = finding.where;
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  require(where.line >= 1 && where.line <= lines, "a finding has a line of the file",
          finding.message);
  require(where.column >= 1, "a finding has a column", finding.message);
  require(where.end_line >= where.line && where.end_line <= lines, "a finding ends in the file",
          finding.message);
  require(where.end_line > where.line || where.end_column >= where.column,
          "a finding ends behind its beginning", finding.message);
  require(is_safe(where.excerpt), "an excerpt is safe to print", finding.message);
  require(display_width(where.excerpt) <= kExcerptWidth, "an excerpt fits its width",
          where.excerpt);
  require(where.caret_width >= 1, "a finding has a caret", finding.message);
  require(is_safe(finding.message) && !finding.message.empty(), "a message is safe to print",
          finding.message);
  require(is_safe(finding.hint), "a hint is safe to print", finding.hint);
}

void check_findings(const std::vector<Finding>& findings, std::string_view text) {
  // One more says that there are more.
  require(findings.size() <= yaml::kMaxFindings + 1, "a file has no more findings than the limit");
  for (const Finding& finding : findings)
    check_finding(finding, text);
}

// --- places --------------------------------------------------------------------------------------

void check_scalar(const yaml::Node& node, std::string_view text) {
  const Span span = node.span();
  const std::string_view written = text.substr(span.begin, span.end - span.begin);
  const bool one_line = written.find('\n') == written.npos;
  if (node.style() == yaml::ScalarStyle::plain && one_line) {
    require(written == node.text(), "a plain text on one line is its own span", written);
  }
  if (node.style() == yaml::ScalarStyle::quoted) {
    const char quote = written.empty() ? '\0' : written.front();
    require(written.size() >= 2 && (quote == '"' || quote == '\'') && written.back() == quote,
            "a span holds both quotes", written);
  }
}

std::size_t check_node(const yaml::Node& node, Span within, std::size_t depth,
                       std::string_view text);

// Returns the end of the last child; children stand one behind the other inside of `within`.
std::size_t check_child(const yaml::Node& node, std::size_t after, Span within, std::size_t depth,
                        std::string_view text) {
  require(node.span().begin >= after, "values stand in the order of the file");
  return check_node(node, within, depth, text);
}

std::size_t check_node(const yaml::Node& node, Span within, std::size_t depth,
                       std::string_view text) {
  const Span span = node.span();
  require(span.begin <= span.end && span.end <= text.size(), "a span lies in the text");
  require(span.begin >= within.begin && span.end <= within.end, "a span lies in its parent's");
  require(depth <= yaml::kMaxDepth + 1, "a document is no deeper than the limit");
  if (node.kind() == yaml::NodeKind::scalar) check_scalar(node, text);
  std::size_t after = span.begin;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.kind() == yaml::NodeKind::mapping) {
      after = check_child(node.key(i), after, span, depth + 1, text);
      after = check_child(node.value(i), after, span, depth + 1, text);
    } else {
      after = check_child(node.item(i), after, span, depth + 1, text);
    }
  }
  return span.end;
}

// --- reading, writing, reading again -------------------------------------------------------------

bool has_error(const std::vector<Finding>& findings) { return count_errors(findings) > 0; }

std::string first_message(const std::vector<Finding>& findings) {
  return findings.empty() ? std::string() : findings.front().message;
}

bool has_rule(const std::vector<Finding>& findings, Rule rule) {
  return std::any_of(findings.begin(), findings.end(),
                     [rule](const Finding& finding) { return finding.rule == rule; });
}

template <typename Record>
void check_record(const yaml::ParseResult& parsed, const char* kind,
                  Record (*from)(const yaml::Document&), std::string_view text) {
  const schema::Schema& schema = schema::schema_of(kind);
  const std::vector<Finding> findings = schema.validate(*parsed.document);
  check_findings(findings, text);
  const bool good = !has_error(findings) && !has_error(parsed.findings);
  const Record record = from(*parsed.document);
  const std::string written = emit(to_yaml(record));
  if (written.empty()) return;
  const yaml::ParseResult again = yaml::parse("again.yaml", written);
  // Writing may reach a limit that the text stayed below: lists are written in brackets.
  if (has_rule(again.findings, Rule::too_large)) return;
  require(again.document.has_value(), "what is written can be read",
          first_message(again.findings) + "\n" + written);
  require(from(*again.document) == record, "what is written reads as the same record", written);
  if (!good) return;
  require(!has_error(again.findings), "a good record is written without errors",
          first_message(again.findings) + "\n" + written);
  const std::vector<Finding> later = schema.validate(*again.document);
  require(!has_error(later), "a good record is written as a good record",
          first_message(later) + "\n" + written);
  require(emit(to_yaml(from(*again.document))) == written, "writing again changes nothing",
          written);
}

void check_all_kinds(const yaml::ParseResult& parsed, std::string_view text) {
  check_record(parsed, "club", record::club_settings_from, text);
  check_record(parsed, "paper", record::paper_from, text);
  check_record(parsed, "session", record::session_from, text);
  check_record(parsed, "round", record::round_from, text);
  check_record(parsed, "ballot", record::ballot_from, text);
  check_record(parsed, "member", record::member_from, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const yaml::ParseResult parsed = yaml::parse("record.yaml", text);
  check_findings(parsed.findings, text);
  if (!parsed.document) {
    require(has_error(parsed.findings), "a file that is not read has an error");
    return 0;
  }
  require(parsed.document->node_count() <= yaml::kMaxNodes, "no more values than the limit");
  require(is_safe(text, true) || text.find('\r') != text.npos || text.starts_with("\xEF\xBB\xBF"),
          "a document has no forbidden character");
  check_node(parsed.document->root(), {0, text.size()}, 1, text);
  // A value whose escapes are no characters cannot be written.
  if (!has_rule(parsed.findings, Rule::invalid_encoding)) check_all_kinds(parsed, text);
  return 0;
}
