#include "lib/yaml/parse.hpp"

#include <memory>
#include <sstream>
#include <utility>

#include "lib/yaml/handler.hpp"

namespace paperclub::yaml {
namespace {

// A line that begins with % in front of the document.
std::optional<Finding> find_directive(const Source& source, std::size_t base) {
  const std::string& text = source.text();
  const std::size_t first = skip_trivia(text, base);
  const bool begins_line =
      first == base || (first > 0 && first < text.size() && text[first - 1] == '\n');
  if (first >= text.size() || text[first] != '%' || !begins_line) return std::nullopt;
  return source.finding(Rule::unsupported_yaml, {first, first + 1}, "a directive (%)",
                        "leave it out");
}

// Runs the parser; the findings that stopped it go to the handler's.
bool run_parser(Handler& handler, std::size_t base) {
  const std::string_view text = std::string_view(handler.source().text()).substr(base);
  // The end marker makes a quote that is left open an error instead of a value.
  std::istringstream input(std::string(text).append(text.ends_with('\n') ? "...\n" : "\n...\n"));
  try {
    YAML::Parser parser(input);
    while (parser.HandleNextDocument(handler)) {
    }
    return true;
  } catch (const Stop& stopped) {
    handler.findings().push_back(stopped.finding);
  } catch (const YAML::Exception& error) {
    handler.findings().push_back(fault_finding(handler.source(), base, error));
  }
  return false;
}

// Many findings in one file say no more than the first ones.
void limit_findings(const Source& source, std::vector<Finding>& findings) {
  if (findings.size() <= kMaxFindings) return;
  findings.resize(kMaxFindings);
  findings.push_back(source.finding(Rule::too_large, {0, 0}, "more than 500 findings in one file",
                                    "mend these first"));
}

Finding root_finding(const Source& source, Span span) {
  return source.finding(Rule::wrong_type, span, "a record is a mapping of keys to values",
                        "write lines of the form 'key: value'");
}

}  // namespace

ParseResult parse(std::string file, std::string bytes) {
  auto source = std::make_unique<const Source>(std::move(file), std::move(bytes));
  if (auto findings = check_bytes(*source); !findings.empty()) return {{}, std::move(findings)};
  const std::size_t base = byte_order_mark(source->text());
  if (auto directive = find_directive(*source, base)) return {{}, {std::move(*directive)}};
  Handler handler(std::move(source), base);
  const bool complete = run_parser(handler, base);
  std::vector<Finding> findings = std::move(handler.findings());
  limit_findings(handler.source(), findings);
  if (!complete) return {{}, std::move(findings)};
  if (!handler.has_document()) return {{}, {root_finding(handler.source(), {base, base})}};
  Document document = std::move(handler).finish();
  const Node root = document.root();
  if (root.kind() != NodeKind::mapping) {
    findings.push_back(root_finding(document.source(), root.span()));
    return {{}, std::move(findings)};
  }
  return {std::move(document), std::move(findings)};
}

}  // namespace paperclub::yaml
