// Records and findings as JSON documents: `{"format": "paperclub/NAME", "version": 1, …}`, valid
// UTF-8, ending in a line break.  Keys are never removed or change their meaning within a version.
#pragma once

#include <string>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/base/finding.hpp"
#include "lib/club/history.hpp"
#include "lib/club/snapshot.hpp"
#include "lib/club/transaction.hpp"
#include "lib/publish/search.hpp"
#include "lib/timeline/status.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::publish {

// How many findings the records behind a document have.
struct FindingCount {
  std::size_t errors = 0;
  std::size_t warnings = 0;
};

// What `paperclub sync` did.
struct SyncReport {
  std::string remote;
  std::string branch;          // a short name
  std::size_t taken = 0;       // commits of others that are new here
  std::size_t replayed = 0;    // own commits that stand on those now
  std::size_t sent = 0;        // own commits that are new at the remote
  std::size_t rejections = 0;  // pushes that somebody else was faster than
  std::string commit;          // where both are now
};

// Returns the counts of `findings`.
FindingCount count_findings(const std::vector<Finding>& findings);

// Returns paperclub/timeline: `papers`, each with number, id, title, short, date (or null) … and
// the ids of its sessions; `sessions`, each once.
std::string timeline_json(const timeline::Filtered& timeline, const record::ClubSettings& settings,
                          FindingCount count);
// Returns paperclub/list: `papers`, each with id, state, number (or null), title …
std::string list_json(const std::vector<const club::PaperRecord*>& papers, FindingCount count);
// Returns paperclub/paper: one paper with everything its record says, and its sessions.
std::string paper_json(const club::PaperRecord& paper,
                       const std::vector<const club::SessionRecord*>& sessions,
                       const std::string& zone);
// Returns paperclub/sessions: `sessions`, each with id, date (or null), day, papers …
std::string sessions_json(const std::vector<const club::SessionRecord*>& sessions,
                          const std::string& zone, FindingCount count);
// Returns paperclub/session: one session with everything its record says.
std::string session_json(const club::SessionRecord& session, const std::string& zone);
// Returns paperclub/members: `members`, each with everything its record says.
std::string members_json(const std::vector<club::MemberRecord>& members);
// Returns paperclub/member: one member.
std::string member_json(const club::MemberRecord& member);
// Returns paperclub/history: `events`, newest first, each with commit, date, author, subject …
std::string history_json(const std::vector<club::HistoryEvent>& events);
// Returns paperclub/status: what comes next, and the ids of what is missing something.
std::string status_json(const timeline::Status& status, FindingCount count);
// Returns paperclub/search: `hits`, each with id, file, field or line, and text.
std::string search_json(const std::vector<SearchHit>& hits);
// Returns paperclub/check: `findings`, each with rule, severity, file, line, column …
std::string check_json(const std::vector<Finding>& findings, std::size_t records);
// Returns paperclub/error: a failure as data.
std::string error_json(const Error& error);
// Returns paperclub/version.
std::string version_json(const std::string& version,
                         const std::vector<std::pair<std::string, std::string>>& parts);
// Returns paperclub/rule: one rule with its page.
std::string rule_json(const RuleInfo& rule, std::string_view page);
// Returns paperclub/rules: every rule with its severity and summary.
std::string rules_json();

// Returns what a command wrote, or would have written: `id` is that of the record, `text` what the
// command says besides, such as an announcement, or "".
std::string written_json(const std::string& command, const std::string& id, const std::string& text,
                         const club::Written& written, bool dry_run);

// Returns paperclub/sync: `remote`, `branch`, `taken`, `replayed`, `sent`, `rejections`, `commit`.
std::string sync_json(const SyncReport& report);

// What `paperclub suggest` did, or a vote that became a pull request.
struct Suggested {
  std::string id;      // the paper's, or the receipt of the ballot
  std::string remote;  // where it was pushed to
  std::string branch;  // there, a short name
  std::string commit;
  std::string page;     // the pull request, or where one is opened; "" where none is known
  bool opened = false;  // whether the pull request is there
};

// Returns paperclub/suggested: `id`, `remote`, `branch`, `commit`, `page` (or null), `opened`.
std::string suggested_json(const Suggested& suggested);

// One suggestion that waits at a remote.
struct SuggestionEntry {
  std::string name;
  std::string branch;  // "" where only a pull request is known
  std::string commit;
  std::string by;
  std::string since;                // a day
  std::vector<std::string> papers;  // that it adds, by id
  std::vector<std::string> near;    // suggestions of the same paper
  std::vector<Finding> findings;
  bool related = false;  // whether it has history in common with the club
};

// Returns paperclub/suggestions: `suggestions`, each with name, branch (or null), commit, by,
// since, papers, same_as, related, errors, warnings and findings.
std::string suggestions_json(const std::vector<SuggestionEntry>& entries);

// Returns paperclub/WHAT: `suggestions` by name, `commits` that were made for them, `dry_run`.
std::string answered_json(const std::string& what, const std::vector<std::string>& names,
                          const std::vector<std::string>& commits, bool dry_run);

}  // namespace paperclub::publish
