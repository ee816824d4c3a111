// Small clubs in memory, and findings as one line of text each.
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "lib/club/check.hpp"
#include "lib/club/snapshot.hpp"
#include "tests/unit/club/fake_tree.hpp"

namespace paperclub::tests {

using Lines = std::vector<std::string>;

inline constexpr const char* kClubYaml = "format: 1\nid: club\nname: Club\n";

// Returns `file:line:column: message [rule] | hint`, without the place where it is the whole file.
inline std::string line_of(const Finding& finding) {
  const Location& where = finding.where;
  const std::string place = where.line == 0
                                ? finding.file
                                : fmt::format("{}:{}:{}", finding.file, where.line, where.column);
  return fmt::format("{}: {} [{}]{}", place, finding.message, rule_info(finding.rule).name,
                     finding.hint.empty() ? "" : " | " + finding.hint);
}

inline Lines lines_of(const std::vector<Finding>& findings) {
  Lines lines;
  for (const Finding& finding : findings)
    lines.push_back(line_of(finding));
  return lines;
}

// Returns a good record of three lines, and what is to stand behind them.
inline std::string paper(const std::string& title, const std::string& more = "") {
  std::string slug = title;
  for (char& c : slug)
    c = c == ' ' ? '-' : c;
  return fmt::format("title: '{}'\nurl: https://example.org/{}\ntags: [x]\n{}", title, slug, more);
}

// A club in memory: club.yaml, and the files a test adds.
class TestClub {
 public:
  TestClub(std::initializer_list<std::pair<std::string, std::string>> files) {
    tree.put("club.yaml", kClubYaml);
    for (const auto& [path, bytes] : files)
      tree.put(path, bytes);
  }

  // Returns the club as it is now.
  club::Snapshot load(club::Scope scope = club::Scope::everything, unsigned threads = 1) const {
    return club::load_snapshot(tree, {scope, threads, {}});
  }
  // Returns every finding of `paperclub check`.
  std::vector<Finding> findings() const { return club::check_club(load(), tree); }
  // Returns them as lines.
  Lines check() const { return lines_of(findings()); }
  // Returns the findings that the timeline tells.
  Lines check_timeline() const {
    return lines_of(club::check_timeline(load(club::Scope::papers_and_sessions), tree));
  }

  FakeTree tree;
};

}  // namespace paperclub::tests
