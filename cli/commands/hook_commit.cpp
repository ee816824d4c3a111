// paperclub hook pre-commit: whether what is staged is good.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
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

using Differences = std::vector<git::FileDifference>;

bool is_file(const std::optional<git::TreeEntry>& entry) {
  return entry && entry->kind == git::EntryKind::file;
}

// Where clubs lie: now, and with what is staged.
struct Clubs {
  std::vector<std::string> now;
  std::vector<std::string> then;
  std::vector<std::string> gone;  // of those now; one that moves is gone from where it was
  std::size_t come = 0;           // how many there are where none was
};

// Where the club lies whose club.yaml the path is; nothing for another file, and where none is
// looked for.
std::optional<std::string> club_of(const std::string& path) {
  if (path == club::kClubFile) return "";
  const std::string ending = "/" + std::string(club::kClubFile);
  if (!path.ends_with(ending)) return std::nullopt;
  const std::string folder = path.substr(0, path.size() - ending.size());
  const auto above = std::count(folder.begin(), folder.end(), '/');
  if (static_cast<std::size_t>(above) >= club::kMaxClubDepth) return std::nullopt;
  return folder;
}

Clubs clubs_with(const Differences& staged, const std::vector<std::string>& now) {
  Clubs clubs{now, now, {}, 0};
  for (const git::FileDifference& one : staged) {
    const auto prefix = club_of(one.path);
    if (!prefix || is_file(one.before) == is_file(one.after)) continue;
    if (is_file(one.after)) {
      clubs.then.push_back(*prefix);
    } else if (std::erase(clubs.then, *prefix) > 0) {
      clubs.gone.push_back(*prefix);
    }
  }
  // A club below another is a part of that one.
  std::erase_if(clubs.then, [all = clubs.then](const std::string& prefix) {
    return std::any_of(all.begin(), all.end(), [&prefix](const std::string& other) {
      return other != prefix && prefix.starts_with(club::beginning_below(other));
    });
  });
  clubs.come = static_cast<std::size_t>(
      std::count_if(clubs.then.begin(), clubs.then.end(), [&now](const std::string& prefix) {
        return std::find(now.begin(), now.end(), prefix) == now.end();
      }));
  return clubs;
}

// The files below `prefix` as the commit has them; none where it has no such folder.
std::unique_ptr<club::FileTree> files_at(const Context& context, const git::ObjectId& commit,
                                         const std::string& prefix) {
  git::Repository repository = git::Repository::open(context.folder);
  if (!prefix.empty()) {
    const auto entry = repository.find_entry(repository.tree_of(commit), prefix);
    if (!entry || entry->kind != git::EntryKind::folder) return club::no_files();
  }
  return club::commit_tree(std::move(repository), commit, prefix);
}

std::vector<Finding> findings_of(const Context& context, const club::FileTree& files) {
  return club::check_club(load_files(context, files), files);
}

// The finding as it is told at the top of the repository.
Finding below(const std::string& prefix, Finding finding) {
  finding.file = club::repository_path(prefix, finding.file);
  return finding;
}

// The findings of the club below `prefix` as the commit has it; none for a club that comes.
std::vector<Finding> findings_before(const Context& context, const git::ObjectId& head,
                                     const Clubs& clubs, const std::string& prefix) {
  const bool stays = std::find(clubs.now.begin(), clubs.now.end(), prefix) != clubs.now.end();
  std::vector<Finding> known;
  for (const std::string& one : stays ? std::vector{prefix} : clubs.gone) {
    for (Finding& finding : findings_of(context, *files_at(context, head, one)))
      known.push_back(std::move(finding));
  }
  return known;
}

bool has_records(const club::FileTree& files) {
  constexpr std::array kFolders = {club::kPapersFolder, club::kSessionsFolder, club::kVotesFolder,
                                   club::kMembersFolder};
  return std::any_of(kFolders.begin(), kFolders.end(),
                     [&files](std::string_view folder) { return !files.list(folder).empty(); });
}

// The errors that what is staged brings, to each club that there will be.  A club may have been
// wrong before, where it lay: only of what there is more of is told.
std::vector<Finding> staged_errors(const Context& context, const git::Repository& repository,
                                   const git::ObjectId& head, const Differences& staged) {
  const Clubs clubs = clubs_with(staged, club::clubs_in(repository, head));
  std::vector<Finding> findings;
  for (const std::string& prefix : clubs.gone) {
    const auto before = files_at(context, head, prefix);
    const auto after =
        club::with_differences(*before, git::Repository::open(context.folder), staged, prefix);
    // One that moves takes its records along.
    if (clubs.come < clubs.gone.size() || has_records(*after)) {
      findings.push_back({Rule::protected_file,
                          club::repository_path(prefix, club::kClubFile),
                          {},
                          "the club itself is taken away",
                          "put club.yaml back"});
    }
  }
  for (const std::string& prefix : clubs.then) {
    const bool changes =
        std::any_of(staged.begin(), staged.end(),
                    [begin = club::beginning_below(prefix)](const git::FileDifference& one) {
                      return one.path.starts_with(begin);
                    });
    if (!changes) continue;
    const auto before = files_at(context, head, prefix);
    const auto after =
        club::with_differences(*before, git::Repository::open(context.folder), staged, prefix);
    for (Finding& finding : club::new_errors(findings_before(context, head, clubs, prefix),
                                             findings_of(context, *after)))
      findings.push_back(below(prefix, std::move(finding)));
  }
  return findings;
}

// The findings of the clubs below `prefixes` as they lie in the working tree.
std::vector<Finding> findings_that_lie_there(const Context& context,
                                             const std::vector<std::string>& prefixes) {
  std::vector<Finding> findings;
  for (const std::string& prefix : prefixes) {
    Context place{context.environment, context.ui,
                  prefix.empty() ? context.folder : context.folder + "/" + prefix};
    if (!has_club(place)) continue;
    const OpenClub club = open_club(place, "");
    for (Finding& finding :
         club::check_club(load_club(place, club, club::Scope::everything), *club.files))
      findings.push_back(below(prefix, std::move(finding)));
  }
  return findings;
}

// What is to be said of the commit that git is about to make at the top of the repository.  It is
// judged by what is staged; before the first commit, and where the index is of a kind that cannot
// be read, by what lies in the working tree.
std::vector<Finding> findings_before_commit(const Context& top) {
  const git::Repository repository = git::Repository::open(top.folder);
  if (!repository.has_commit()) return findings_that_lie_there(top, {""});
  // `git commit FILE` stages in an index of its own.
  std::string index = top.environment.get("GIT_INDEX_FILE");
  if (!index.empty() && !index.starts_with('/')) index = top.folder + "/" + index;
  const git::ObjectId head = repository.resolve_commit("HEAD");
  if (const auto staged = git::Index::staged_changes(repository, head, index))
    return staged_errors(top, repository, head, *staged);
  return findings_that_lie_there(top, club::clubs_in(repository, head));
}

int run_pre_commit(Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const auto findings = findings_before_commit({context.environment, context.ui, folder});
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
