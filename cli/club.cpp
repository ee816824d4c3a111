#include "cli/club.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "lib/base/text.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxToldFindings = 3;

std::string start_folder(const Context& context) {
  const auto start = os::resolve_path(context.folder);
  if (start && os::is_folder(*start)) return *start;
  if (context.folder == ".")
    throw Error{ErrorKind::io, "the folder you are in is gone"}.hint("go to another one: cd ~");
  throw Error{ErrorKind::io, fmt::format("no folder {}", quote(context.folder, 200))}.hint(
      "give an existing folder to -C");
}

Error not_a_club(const std::string& folder) {
  Error error{ErrorKind::not_a_club,
              fmt::format("no club.yaml in {} or in a folder above it", quote(folder, 200))};
  for (const char* name : {"club.yml", "Club.yaml", "Club.yml", "CLUB.yaml", "CLUB.YAML"}) {
    if (!os::resolve_path(fmt::format("{}/{}", folder, name))) continue;
    return error.hint(fmt::format("did you mean {}? then rename it to club.yaml", quote(name)));
  }
  error.hint("go to a club's folder, or name it: paperclub -C DIR …");
  error.hint("start a new club: paperclub init DIR");
  return error;
}

// The part of `path` below `folder`, without a slash at its beginning.
std::string below(const std::string& folder, const std::string& path) {
  if (path.size() <= folder.size() || !path.starts_with(folder)) return {};
  return path.substr(folder == "/" ? 1 : folder.size() + 1);
}

void warn_shallow(Context& context) {
  context.ui.warning("this clone is shallow: what came before its first commit is missing");
  context.ui.hint("fetch the rest with 'git fetch --unshallow'");
}

OpenClub open_commit(Context& context, const std::string& start,
                     const std::optional<std::string>& root, const std::string& at) {
  auto repository = git::Repository::discover(root.value_or(start));
  if (!repository) {
    if (!root) throw not_a_club(start);
    throw Error{ErrorKind::repository,
                fmt::format("{} is not in a git repository", quote(*root, 200))}
        .hint("history is what this reads; make it one with 'git init', and commit")
        .hint("to read the files as they lie, leave out --at where it is given");
  }
  const git::ObjectId commit = repository->resolve_commit(at);
  if (repository->is_shallow()) warn_shallow(context);
  const std::string working = repository->working_folder();
  const std::string prefix = root && !working.empty() ? below(working, *root) : std::string();
  const std::string subpath = root ? below(*root, start) : std::string();
  auto files = club::commit_tree(std::move(*repository), commit, prefix);
  if (!files->kind_of(club::kClubFile)) {
    throw Error{ErrorKind::not_a_club, fmt::format("no club.yaml in commit {}", commit.hex())}.hint(
        "a club has a club.yaml at its top; 'git log -- club.yaml' shows the commits that have "
        "one");
  }
  return {std::move(files), {}, subpath, prefix, root.value_or("")};
}

// Whether the clone is shallow; the repository is opened only where its mark is not to be seen from
// here, as in a further working tree.
bool is_shallow_clone(const std::string& root) {
  const auto top = os::find_upwards(root, ".git");
  if (!top) return false;
  const os::Folder folder = os::Folder::open(*top);
  if (folder.kind_of(".git") == os::FileKind::folder)
    return folder.kind_of(".git/shallow").has_value();
  const auto repository = git::Repository::discover(root);
  return repository && repository->is_shallow();
}

}  // namespace

bool has_club(const Context& context) {
  const auto start = os::resolve_path(context.folder);
  return start && os::find_upwards(*start, club::kClubFile).has_value();
}

OpenClub open_club(Context& context, const std::string& at) {
  const std::string start = start_folder(context);
  const auto root = os::find_upwards(start, club::kClubFile);
  if (!at.empty()) return open_commit(context, start, root, at);
  if (!root) {
    const auto repository = git::Repository::discover(start);
    if (!repository || !repository->is_bare()) throw not_a_club(start);
    if (!repository->has_commit()) {
      throw Error{ErrorKind::not_a_club, "this repository has no commit yet, and so no club"}.hint(
          "push the club's first commit to it");
    }
    return open_commit(context, start, root, "HEAD");
  }
  if (is_shallow_clone(*root)) warn_shallow(context);
  const std::string top = os::find_upwards(*root, ".git").value_or(*root);
  return {club::working_tree(*root), *root, below(*root, start), below(top, *root), *root};
}

std::string repository_folder(const Context& context, const OpenClub& club) {
  return club.folder.empty() ? os::resolve_path(context.folder).value_or(context.folder)
                             : club.folder;
}

club::Snapshot load_files(const Context& context, const club::FileTree& files, club::Scope scope) {
  return club::load_snapshot(files,
                             {scope, club::useful_threads(context.environment.processors), {}});
}

club::Snapshot load_club(Context& context, const OpenClub& club, club::Scope scope) {
  club::LoadOptions options;
  options.scope = scope;
  options.threads = club::useful_threads(context.environment.processors);
  options.progress = [&context](std::size_t done, std::size_t all) {
    context.ui.progress("reading records", done, all);
  };
  return club::load_snapshot(*club.files, options);
}

int tell_findings(Context& context, const std::vector<Finding>& findings) {
  const std::size_t errors = count_errors(findings);
  if (errors == 0) return kDone;
  std::size_t told = 0;
  for (const Finding& finding : findings) {
    if (severity_of(finding) != Severity::error) continue;
    if (++told <= kMaxToldFindings) context.ui.err(finding_line(finding) + "\n");
  }
  context.ui.hint(errors > kMaxToldFindings
                      ? fmt::format("and {}: see them all with 'paperclub check'",
                                    counted(errors - kMaxToldFindings, "more error"))
                      : "see the place and the remedy with 'paperclub check'");
  return kUnacceptable;
}

}  // namespace paperclub::cli
