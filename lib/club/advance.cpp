#include "lib/club/advance.hpp"

#include <fmt/format.h>

#include <utility>

#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/history.hpp"

namespace paperclub::club {
namespace {

constexpr unsigned kExecutable = 0100755;

Error foreign_error(const std::string& path) {
  return Error{
      ErrorKind::unacceptable,
      fmt::format("the change is of {}, which is no file that paperclub writes", quote(path, 200))}
      .hint("take it with git: git pull --rebase");
}

// Whether the entry is one whose bytes can be put into a file.
bool is_file(const std::optional<git::TreeEntry>& entry) {
  return !entry || entry->kind == git::EntryKind::file;
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
    std::vector<FileChange> changes;
    if (!repository.is_bare()) {
      const auto before = from ? std::optional(repository.tree_of(*from)) : std::nullopt;
      for (const git::FileDifference& one :
           git::compare_trees(repository, before, repository.tree_of(to)))
        changes.push_back(file_change(repository, one));
    }
    Landing landing(repository, head, options.who);
    const git::Move moved = landing.land(to, std::move(changes), options.reason);
    if (moved == git::Move::done) return true;
    if (moved == git::Move::lost) return false;
    lock = landing.lock();
  }
  throw locked_error(lock, options.now);
}

}  // namespace paperclub::club
