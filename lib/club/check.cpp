#include "lib/club/check.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include <iterator>

#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"

namespace paperclub::club {
namespace {

std::vector<Finding> finish(const Snapshot& snapshot, Report& report) {
  std::vector<Finding> findings = snapshot.findings;
  std::vector<Finding> more = std::move(report).take();
  std::move(more.begin(), more.end(), std::back_inserter(findings));
  sort_findings(findings);
  return findings;
}

}  // namespace

RuleContext rule_context(const Snapshot& snapshot, const FileTree& files) {
  RuleContext context{snapshot, files, {}, {}, {}, {}, {}};
  for (const Finding& finding : snapshot.findings) {
    if (finding.file == kClubFile && severity_of(finding) == Severity::error)
      context.settings_known = false;
  }
  std::unordered_set<std::string> read;
  for (const PaperRecord& paper : snapshot.papers)
    read.insert(paper.file);
  for (std::size_t i = 0; i < snapshot.papers.size(); ++i) {
    context.papers.emplace(snapshot.papers[i].id.str(), i);
  }
  for (std::size_t i = 0; i < snapshot.papers.size(); ++i) {
    for (const PaperId& alias : snapshot.papers[i].paper.aliases) {
      context.papers.emplace(alias.str(), i);
    }
  }
  for (std::size_t i = 0; i < snapshot.members.size(); ++i) {
    context.members.emplace(snapshot.members[i].id.str(), i);
  }
  for (const TreeFile& file : snapshot.files) {
    const Place place = place_of(file.path);
    if (place.place != PlaceKind::record) continue;
    if (place.kind == RecordKind::club && file.kind != os::FileKind::regular)
      context.settings_known = false;
    if (place.kind == RecordKind::paper) context.paper_files[place.id].push_back(file.path);
    if (place.kind == RecordKind::round) context.round_files.insert(place.id);
    if (place.kind == RecordKind::member) context.member_files.insert(place.id);
    const bool unread = file.kind == os::FileKind::regular && !read.contains(file.path);
    if (place.kind == RecordKind::paper && unread) context.numbers_known = false;
  }
  return context;
}

bool has_paper(const RuleContext& context, const std::string& id) {
  return context.papers.contains(id) || context.paper_files.contains(id);
}

std::string near_word(const RuleContext& context, std::string_view word,
                      const std::vector<std::string>& known) {
  if (context.hints_left == 0) return {};
  --context.hints_left;
  return nearest(word, known);
}

std::string paper_hint(const RuleContext& context, std::string_view id) {
  std::vector<std::string> ids;
  const bool search = context.hints_left > 0;
  if (search) --context.hints_left;
  for (std::size_t i = 0; search && i < context.snapshot.papers.size(); ++i) {
    ids.push_back(context.snapshot.papers[i].id.str());
  }
  const std::string near = nearest(id, ids);
  return near.empty() ? "see 'paperclub list' for the ids" : "did you mean " + quote(near) + "?";
}

std::vector<Finding> check_club(const Snapshot& snapshot, const FileTree& files) {
  const RuleContext context = rule_context(snapshot, files);
  Report report(files);
  check_settings(context, report);
  check_files(context, report);
  check_numbers(context, report);
  check_papers(context, report);
  check_links(context, report);
  check_sessions(context, report);
  check_votes(context, report);
  check_members(context, report);
  return finish(snapshot, report);
}

std::vector<Finding> check_timeline(const Snapshot& snapshot, const FileTree& files) {
  const RuleContext context = rule_context(snapshot, files);
  Report report(files);
  check_settings(context, report);
  check_files(context, report);
  check_numbers(context, report);
  check_sessions(context, report);
  return finish(snapshot, report);
}

std::vector<Finding> new_errors(const std::vector<Finding>& before, std::vector<Finding> after) {
  std::map<Rule, std::size_t> counts;
  std::multiset<std::pair<std::string, std::string>> known;
  for (const Finding& finding : before) {
    ++counts[finding.rule];
    known.emplace(finding.file, finding.message);
  }
  std::erase_if(after,
                [](const Finding& finding) { return severity_of(finding) != Severity::error; });
  std::map<Rule, std::size_t> counts_after;
  for (const Finding& finding : after)
    ++counts_after[finding.rule];
  std::vector<Finding> found;
  for (Finding& finding : after) {
    const auto same = known.find({finding.file, finding.message});
    if (same != known.end()) {
      known.erase(same);
    } else if (counts_after[finding.rule] > counts[finding.rule]) {
      found.push_back(std::move(finding));
    }
  }
  return found;
}

}  // namespace paperclub::club
