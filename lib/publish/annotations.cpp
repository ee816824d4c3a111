#include "lib/publish/annotations.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

std::string annotation(const Finding& finding, const std::string& prefix) {
  const Location& where = finding.where;
  const std::string path = prefix.empty() ? finding.file : prefix + "/" + finding.file;
  std::string line = fmt::format("::{} file={}", severity_name(severity_of(finding)),
                                 workflow_property(escape(path)));
  if (where.line > 0) {
    line += fmt::format(",line={},col={},endLine={}", where.line, where.column, where.end_line);
    // GitHub takes columns only where both ends lie on one line.
    if (where.end_line == where.line) line += fmt::format(",endColumn={}", where.end_column);
  }
  std::string text = finding.message;
  if (!finding.hint.empty()) text += "\nhint: " + finding.hint;
  return fmt::format("{},title={}::{}\n", line, rule_info(finding.rule).name, workflow_data(text));
}

std::size_t add(std::string& out, const std::vector<Finding>& findings, Severity severity,
                const std::string& prefix) {
  std::size_t count = 0;
  for (const Finding& finding : findings) {
    if (severity_of(finding) != severity) continue;
    if (++count <= kMaxAnnotations) out += annotation(finding, prefix);
  }
  return count > kMaxAnnotations ? count - kMaxAnnotations : 0;
}

}  // namespace

std::string github_annotations(const std::vector<Finding>& findings, const std::string& prefix) {
  std::string out;
  const std::size_t errors = add(out, findings, Severity::error, prefix);
  const std::size_t warnings = add(out, findings, Severity::warning, prefix);
  if (errors + warnings > 0) {
    out += fmt::format("::notice title=more::and {} and {} more: run 'paperclub check'\n",
                       counted(errors, "error"), counted(warnings, "warning"));
  }
  return out;
}

}  // namespace paperclub::publish
