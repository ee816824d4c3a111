#include "lib/base/finding.hpp"

#include <algorithm>
#include <tuple>

namespace paperclub {
namespace {

auto key_of(const Finding& f) {
  return std::tie(f.file, f.where.line, f.where.column, f.rule, f.message);
}

}  // namespace

Severity severity_of(const Finding& finding) { return rule_info(finding.rule).severity; }

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return key_of(a) < key_of(b); });
  const auto same = [](const Finding& a, const Finding& b) { return key_of(a) == key_of(b); };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

std::size_t count_errors(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& f) { return severity_of(f) == Severity::error; }));
}

}  // namespace paperclub
