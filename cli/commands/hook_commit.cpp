// paperclub hook pre-commit: whether what is staged is good.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "lib/club/check.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/overlay.hpp"
#include "lib/git/history.hpp"
#include "lib/git/index.hpp"
#include "lib/os/file.hpp"

namespace paperclub::cli {
namespace {

// The errors that what is staged brings to the club below `prefix`.
std::vector<Finding> staged_errors(const Context& context, const git::Repository& repository,
                                   const git::ObjectId& head, const std::string& prefix,
                                   const std::vector<git::FileDifference>& staged) {
  const std::string begin = club::beginning_below(prefix);
  std::vector<Finding> findings;
  std::vector<club::Change> changes;
  for (const git::FileDifference& one : staged) {
    if (!one.path.starts_with(begin)) continue;
    const bool file = one.after && one.after->kind == git::EntryKind::file;
    const std::string path = one.path.substr(begin.size());
    if (one.after && !file && club::place_of(path).place != club::PlaceKind::elsewhere) {
      findings.push_back({Rule::not_a_file,
                          path,
                          {},
                          "a link or a submodule is no file of a club",
                          "put the file itself there"});
    }
    changes.push_back(
        {path, file ? repository.read_blob(one.after->id, club::kMaxFileBytes) : std::nullopt});
  }
  if (changes.empty()) return {};
  const auto before = club::commit_tree(git::Repository::open(context.folder), head, prefix);
  const auto after = club::with_changes(*before, changes);
  for (Finding& finding : club::new_errors(club::check_club(load_files(context, *before), *before),
                                           club::check_club(load_files(context, *after), *after)))
    findings.push_back(std::move(finding));
  return findings;
}

// Where the club lies whose club.yaml the path is; nothing for another file.
std::optional<std::string> club_of(const std::string& path) {
  if (path == club::kClubFile) return "";
  const std::string ending = "/" + std::string(club::kClubFile);
  if (!path.ends_with(ending)) return std::nullopt;
  return path.substr(0, path.size() - ending.size());
}

// Whether a club comes, goes or moves: then it is in neither place as a whole.
bool moves_club(const std::vector<git::FileDifference>& staged) {
  return std::any_of(staged.begin(), staged.end(), [](const git::FileDifference& one) {
    return club_of(one.path) && (!one.before || !one.after);
  });
}

// Where clubs lie with what is staged: those of `known` that stay, and new ones.
std::vector<std::string> moved_clubs(const std::vector<git::FileDifference>& staged,
                                     std::vector<std::string> known) {
  for (const git::FileDifference& one : staged) {
    const auto prefix = club_of(one.path);
    if (!prefix) continue;
    std::erase(known, *prefix);
    if (one.after) known.push_back(*prefix);
  }
  return known;
}

// The errors of the clubs below `prefixes` as they lie in the working tree.
std::vector<Finding> errors_that_lie_there(const Context& context,
                                           const std::vector<std::string>& prefixes) {
  std::vector<Finding> findings;
  for (const std::string& prefix : prefixes) {
    Context below{context.environment, context.ui,
                  prefix.empty() ? context.folder : context.folder + "/" + prefix};
    if (!has_club(below)) continue;
    const OpenClub club = open_club(below, "");
    for (Finding& finding :
         club::check_club(load_club(below, club, club::Scope::everything), *club.files))
      findings.push_back(std::move(finding));
  }
  return findings;
}

// git runs the hook at the top of the repository, and clubs may lie below it.  What is judged is
// what would be committed, not what lies in the working tree.
int run_pre_commit(Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::Repository repository = git::Repository::open(folder);
  const Context top{context.environment, context.ui, folder};
  std::vector<std::string> prefixes;
  std::optional<std::vector<git::FileDifference>> staged;
  std::vector<Finding> findings;
  if (repository.has_commit()) {
    // `git commit FILE` stages in an index of its own.
    std::string index = context.environment.get("GIT_INDEX_FILE");
    if (!index.empty() && !index.starts_with('/')) index = folder + "/" + index;
    const git::ObjectId head = repository.resolve_commit("HEAD");
    staged = git::Index::staged_changes(repository, head, index);
    prefixes = club::clubs_in(repository, head);
    if (staged && !moves_club(*staged)) {
      for (const std::string& prefix : prefixes) {
        for (Finding& finding : staged_errors(top, repository, head, prefix, *staged))
          findings.push_back(std::move(finding));
      }
    }
  }
  if (!staged || moves_club(*staged)) {
    if (staged) prefixes = moved_clubs(*staged, prefixes);
    if (prefixes.empty()) prefixes = {""};
    findings = errors_that_lie_there(top, prefixes);
  }
  for (const Finding& finding : findings) {
    if (severity_of(finding) == Severity::error) context.ui.err(finding_block(context.ui, finding));
  }
  if (count_errors(findings) == 0) return kDone;
  throw Error{ErrorKind::unacceptable, "the records are not good, and nothing was committed"}.hint(
      "mend what is said above and stage it, or leave it for later with 'git commit --no-verify'");
}

Run setup_pre_commit(Arguments&) {
  return [](Context& context) { return run_pre_commit(context); };
}

}  // namespace

Command hook_pre_commit_command() {
  return {"hook pre-commit",
          "More",
          "check the records before a commit",
          "[OPTIONS]",
          "paperclub hook pre-commit",
          "hook install",
          setup_pre_commit};
}

}  // namespace paperclub::cli
