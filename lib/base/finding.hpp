// A finding: one place where a record breaks a rule.  Findings are values; nothing throws because
// of a wrong record, and all findings of a club are collected, sorted and shown together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/location.hpp"
#include "lib/base/rule.hpp"

namespace paperclub {

// One finding.  `message` and `hint` are already safe to print.
struct Finding {
  Rule rule = Rule::yaml_syntax;
  std::string file;     // path below the club's folder, as the file system spells it; or a commit
  Location where;       // line 0: the file as a whole
  std::string message;  // lower case, no full stop
  std::string hint;     // what to do; may be empty
};

// What stands in `file` of a finding about a commit, before the commit's short name.
inline constexpr std::string_view kCommitPlace = "commit ";

// Returns the severity of the finding's rule.
Severity severity_of(const Finding& finding);

// Sorts by file, line, column, rule and message, and drops exact repetitions.
void sort_findings(std::vector<Finding>& findings);

// Returns how many findings are errors.
std::size_t count_errors(const std::vector<Finding>& findings);

}  // namespace paperclub
