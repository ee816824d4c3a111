// The rules that hold between records, one function a group.  For this room only; check.hpp is the
// door.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lib/club/report.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::club {

// What every rule may look at.
struct RuleContext {
  const Snapshot& snapshot;
  const FileTree& files;
  // Every id and alias of a paper, and the position of its record in snapshot.papers.
  std::unordered_map<std::string, std::size_t> papers;
  // Every member's id and the position of the record.
  std::unordered_map<std::string, std::size_t> members;
  // The ids that files of papers, rounds and members spell, read well or not; a paper's with the
  // paths of its files, which are several where the id is taken twice.
  std::unordered_map<std::string, std::vector<std::string>> paper_files;
  std::unordered_set<std::string> round_files;
  std::unordered_set<std::string> member_files;
  // Whether club.yaml was read without an error.  What it says cannot be held against others
  // before.
  bool settings_known = true;
  // Whether every paper was read: else a number that seems to be missing may be there.
  bool numbers_known = true;
  // Looking for the nearest id is slow in a large club: only so many findings get that hint.
  mutable std::size_t hints_left = 100;
};

// Returns whether a file of papers/ spells the id, so that its record exists, read well or not.
bool has_paper(const RuleContext& context, const std::string& id);

// Returns the nearest of `known` to `word`, or "" where none is near or enough was looked for.
std::string near_word(const RuleContext& context, std::string_view word,
                      const std::vector<std::string>& known);

// Returns the context for `snapshot`, which must outlive it, as must `files`.
RuleContext rule_context(const Snapshot& snapshot, const FileTree& files);

// Returns the hint for an id that no paper has: the nearest one.
std::string paper_hint(const RuleContext& context, std::string_view id);

// Names of files: ids, collisions, links and devices, what belongs to nothing.
void check_files(const RuleContext& context, Report& report);
// Numbers: unique, without gaps, in the order of the session dates.
void check_numbers(const RuleContext& context, Report& report);
// Papers: ids and aliases, identifiers and titles that two of them share, answers to questions.
void check_papers(const RuleContext& context, Report& report);
// Local links of records and notes.
void check_links(const RuleContext& context, Report& report);
// Sessions: papers that exist.
void check_sessions(const RuleContext& context, Report& report);
// Rounds and ballots: candidates, members, choices.
void check_votes(const RuleContext& context, Report& report);
// Members: addresses, logins and keys that two of them share.
void check_members(const RuleContext& context, Report& report);
// club.yaml: time zone and questions.
void check_settings(const RuleContext& context, Report& report);

}  // namespace paperclub::club
