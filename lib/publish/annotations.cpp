#include "lib/publish/annotations.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

std::string path_of(const Finding& finding, const std::string& prefix) {
  return escape(club::repository_path(prefix, finding.file));
}

// The finding as lines that are no command to the host.
std::string log_lines(const Finding& finding, const std::string& prefix) {
  std::string out = "- " + path_of(finding, prefix);
  if (finding.where.line > 0)
    out += fmt::format(":{}:{}", finding.where.line, finding.where.column);
  out += fmt::format(": {}: {} [{}]\n", severity_name(severity_of(finding)),
                     escape(finding.message), rule_info(finding.rule).name);
  return finding.hint.empty() ? out : out + fmt::format("  hint: {}\n", escape(finding.hint));
}

std::string annotation(const Finding& finding, const std::string& prefix) {
  const Location& where = finding.where;
  std::string line = fmt::format("::{} file={}", severity_name(severity_of(finding)),
                                 workflow_property(path_of(finding, prefix)));
  if (where.line > 0) {
    line += fmt::format(",line={},col={},endLine={}", where.line, where.column, where.end_line);
    // GitHub takes columns only where both ends lie on one line.
    if (where.end_line == where.line) line += fmt::format(",endColumn={}", where.end_column);
  }
  std::string text = finding.message;
  if (!finding.hint.empty()) text += "\nhint: " + finding.hint;
  return fmt::format("{},title={}::{}\n", line, rule_info(finding.rule).name, workflow_data(text));
}

// The host shows so many of each; the rest goes to the log as text.
void add(std::string& shown, std::string& rest, const std::vector<Finding>& findings,
         Severity severity, const std::string& prefix) {
  std::size_t count = 0;
  for (const Finding& finding : findings) {
    if (severity_of(finding) != severity) continue;
    if (++count <= kMaxAnnotations) {
      shown += annotation(finding, prefix);
    } else {
      rest += log_lines(finding, prefix);
    }
  }
}

}  // namespace

std::string github_annotations(const std::vector<Finding>& findings, const std::string& prefix) {
  std::string shown;
  std::string rest;
  add(shown, rest, findings, Severity::error, prefix);
  add(shown, rest, findings, Severity::warning, prefix);
  if (rest.empty()) return shown;
  return shown +
         "::notice title=more::not every finding is shown beside its line; the others are in the "
         "log\n" +
         rest;
}

}  // namespace paperclub::publish
