#include "lib/club/advance.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>
#include <vector>

#include "lib/base/line_endings.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/history.hpp"

namespace paperclub::club {
namespace {

constexpr unsigned kExecutable = 0100755;
constexpr const char* kUnderWay = "paperclub-landing";  // `FROM TO` in git's folder, while it lasts

Error foreign_error(const std::string& path) {
  return Error{
      ErrorKind::unacceptable,
      fmt::format("the change is of {}, which paperclub does not write so", quote(path, 200))}
      .hint("take it with git: git pull --rebase");
}

// Whether the entry is one whose bytes can be put into a file.
bool is_file(const std::optional<git::TreeEntry>& entry) {
  return !entry || entry->kind == git::EntryKind::file;
}

// Where a folder takes the place of a file, or a file that of a folder, git does it.
void refuse_exchange(const std::vector<git::FileDifference>& differences) {
  std::set<std::string> paths;
  for (const git::FileDifference& one : differences)
    paths.insert(one.path);
  for (const git::FileDifference& one : differences) {
    for (std::size_t at = one.path.find('/'); at != std::string::npos;
         at = one.path.find('/', at + 1)) {
      if (paths.contains(one.path.substr(0, at))) throw foreign_error(one.path);
    }
  }
}

// git never writes such a path either: it would be in its own folder, here or on other systems.
void refuse_paths(const std::vector<git::FileDifference>& differences) {
  for (const git::FileDifference& one : differences) {
    if (git::is_safe_path(one.path)) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("the change is of {}, a path that no repository may hold",
                            quote(one.path, 200))}
        .hint("nothing was taken; ask who pushed it");
  }
}

FileChange file_change(const git::Repository& repository, const git::FileDifference& difference) {
  if (!is_file(difference.before) || !is_file(difference.after))
    throw foreign_error(difference.path);
  FileChange change;
  change.path = difference.path;
  if (difference.before) change.before = difference.before->id;
  if (!difference.after) return change;
  change.after = difference.after->id;
  auto bytes = repository.read_blob(difference.after->id, kMaxFileBytes);
  if (!bytes) throw foreign_error(difference.path);
  change.bytes = std::move(*bytes);
  const bool runs = difference.after->mode == kExecutable;
  const bool ran = difference.before && difference.before->mode == kExecutable;
  if (runs != ran) change.executable = runs;
  return change;
}

// A move that was killed half way has left files of the commit that it was moving to: they are put
// back where they hold just that, for the branch is still where it was.
void take_back_interrupted(const git::Repository& repository, const git::ObjectId& head) {
  constexpr std::size_t kMaxLine = 200;
  const os::Folder git_folder = os::Folder::open(repository.common_folder());
  const os::ReadResult file = git_folder.read(kUnderWay, kMaxLine);
  if (file.status != os::ReadStatus::ok) return;
  const std::size_t blank = file.bytes.find(' ');
  const auto from = git::ObjectId::parse(file.bytes.substr(0, blank));
  const auto to = blank == std::string::npos
                      ? std::nullopt
                      : git::ObjectId::parse(file.bytes.substr(blank + 1, 40));
  if (from != head || !to) {
    git_folder.remove(kUnderWay);
    return;
  }
  auto index = git::Index::lock(repository);
  if (!index) return;  // told when the branch is to be moved
  const os::Folder folder = os::Folder::open(repository.working_folder());
  std::vector<FileChange> changes;
  for (const git::FileDifference& one :
       git::compare_trees(repository, repository.tree_of(*from), repository.tree_of(*to))) {
    FileChange back = file_change(repository, {one.path, one.after, one.before});
    const os::ReadResult now = folder.read(one.path, kMaxFileBytes);
    const auto written =
        one.after ? repository.read_blob(one.after->id, kMaxFileBytes) : std::nullopt;
    const bool is_written =
        now.status == os::ReadStatus::ok && written && is_same_text(now.bytes, *written);
    const bool is_ours = one.after ? is_written : now.status == os::ReadStatus::missing;
    const auto staged = index->staged(one.path);
    const bool is_staged = staged == back.before || staged == back.after;
    if (is_ours && is_staged) changes.push_back(std::move(back));
  }
  Checkout checkout(repository, std::move(*index), std::move(changes));
  checkout.refuse_dirty();
  checkout.apply();
  git_folder.remove(kUnderWay);
}

}  // namespace

os::FileLock lock_exchange(const std::string& folder, const Wait& wait) {
  return lock_clone(folder, "paperclub-sync.lock", wait);
}

bool advance_branch(const std::string& folder, const std::optional<git::ObjectId>& from,
                    const git::ObjectId& to, const AdvanceOptions& options) {
  std::string lock;
  for (std::size_t attempt = 0; attempt < kMaxAttempts; ++attempt) {
    if (attempt > 0) options.wait(attempt);
    const os::FileLock among_ours = lock_writers(folder, options.wait);
    const git::Repository repository = git::Repository::open(folder);
    const git::Head head = ready_head(repository);
    if (head.commit != from) return false;
    if (!repository.is_bare() && head.commit) take_back_interrupted(repository, *head.commit);
    std::vector<FileChange> changes;
    if (!repository.is_bare()) {
      const auto before = from ? std::optional(repository.tree_of(*from)) : std::nullopt;
      const auto differences = git::compare_trees(repository, before, repository.tree_of(to));
      refuse_paths(differences);
      refuse_exchange(differences);
      for (const git::FileDifference& one : differences)
        changes.push_back(file_change(repository, one));
    }
    const os::Folder git_folder = os::Folder::open(repository.common_folder());
    if (!repository.is_bare()) {
      git_folder.put(kUnderWay, fmt::format("{} {}\n", from ? from->hex() : "-", to.hex()));
      git_folder.sync();
    }
    Landing landing(repository, head, options.who);
    const git::Move moved = [&] {
      try {
        return landing.land(to, std::move(changes), options.reason);
      } catch (const Error&) {
        git_folder.remove(kUnderWay);  // nothing was killed: all is as it was, or it was told
        throw;
      }
    }();
    git_folder.remove(kUnderWay);
    if (moved == git::Move::done) return true;
    if (moved == git::Move::lost) return false;
    lock = landing.lock();
  }
  throw locked_error(lock, options.now);
}

}  // namespace paperclub::club
