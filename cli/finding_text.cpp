#include "cli/finding_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

// What is about a whole file stands at its beginning: editors and scripts look for line and column.
std::string place_text(const Finding& finding) {
  if (finding.file.starts_with(kCommitPlace)) return escape(finding.file);
  const bool has_place = finding.where.line > 0;
  return fmt::format("{}:{}:{}", escape(finding.file), has_place ? finding.where.line : 1,
                     has_place ? finding.where.column : 1);
}

std::string excerpt_text(const Ui& ui, const Location& where) {
  const std::string gutter = fmt::format("{:>5} | ", where.line);
  // A line that the terminal breaks would part the caret from what it is about.
  const std::size_t width = ui.width() > 0 ? ui.width() : gutter.size() + kExcerptWidth;
  const std::size_t least = where.caret + 1;
  const std::size_t room = width > gutter.size() + least ? width - gutter.size() : least;
  const std::size_t marked = std::min(where.caret_width, room - where.caret);
  const std::string caret = std::string(where.caret, ' ') + "^" + std::string(marked - 1, '~');
  return fmt::format("{}{}\n{}{}\n", ui.paint(Role::faint, gutter), cut(where.excerpt, room),
                     ui.paint(Role::faint, std::string(gutter.size() - 2, ' ') + "| "),
                     ui.paint(Role::mark, caret));
}

}  // namespace

std::string finding_line(const Finding& finding) {
  return fmt::format("{}: {}: {} [{}]", place_text(finding), severity_name(severity_of(finding)),
                     finding.message, rule_info(finding.rule).name);
}

std::string finding_block(const Ui& ui, const Finding& finding) {
  const Severity severity = severity_of(finding);
  const Role role = severity == Severity::error ? Role::error : Role::warning;
  std::string text =
      fmt::format("{}: {} {} {}\n", ui.paint(Role::heading, place_text(finding)),
                  ui.paint(role, fmt::format("{}:", severity_name(severity))), finding.message,
                  ui.paint(Role::faint, fmt::format("[{}]", rule_info(finding.rule).name)));
  if (finding.where.line > 0) text += excerpt_text(ui, finding.where);
  if (!finding.hint.empty()) {
    text += fmt::format("{} {}\n", ui.paint(Role::hint, "hint:"), finding.hint);
  }
  return text;
}

std::string finding_summary(const std::vector<Finding>& findings, std::size_t records) {
  const std::string where = counted(records, "record");
  if (findings.empty()) return fmt::format("no findings in {}\n", where);
  const std::size_t errors = count_errors(findings);
  return fmt::format("{} in {}: {}, {}\n", counted(findings.size(), "finding"), where,
                     counted(errors, "error"), counted(findings.size() - errors, "warning"));
}

}  // namespace paperclub::cli
