#include "lib/club/landing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/os/file.hpp"
#include "lib/os/process.hpp"

namespace paperclub::club {
namespace {

constexpr std::size_t kMaxWaits = 60;
constexpr const char* kLockFile = "paperclub.lock";

void refuse_pending(const git::Repository& repository) {
  const std::string_view pending = repository.pending_operation();
  if (pending.empty()) return;
  throw Error{ErrorKind::repository, fmt::format("{} is under way in this working tree", pending)}
      .hint("finish it or give it up; 'git status' says how");
}

// How long ago, in words.
std::string age_of(const std::string& path, long long now) {
  const std::size_t slash = path.rfind('/');
  const auto facts = os::Folder::open(path.substr(0, slash)).facts_of(path.substr(slash + 1));
  if (!facts) return "just gone";
  const long long age = std::max(0LL, now - facts->modified_seconds);
  if (age < 120) return counted(static_cast<std::size_t>(age), "second") + " old";
  return age < 7200 ? fmt::format("{} minutes old", age / 60)
                    : fmt::format("{} hours old", age / 3600);
}

// The failure of a write, with what it could not put back.
Error left_error(Error error, const NotPutBack& left) {
  for (const std::string& path : left.paths) {
    error.hint(
        fmt::format("{} could not be put back; see 'git status' and 'git diff HEAD'; where "
                    "nobody else changed it, 'git restore --staged --worktree' does that",
                    quote(path, 200)));
  }
  for (const std::string& path : left.made) {
    error.hint(
        fmt::format("{} could not be taken away again; see 'git status', and remove it where "
                    "it is nobody's",
                    quote(path, 200)));
  }
  if (left.index) error.hint("git's index could not be put back; see 'git status'");
  return error;
}

// What the branch of the repository is now.
git::Head head_now(const git::Repository& repository) {
  return git::Repository::open(repository.working_folder()).head();
}

}  // namespace

// A rebase under way is told as that, not as a HEAD on no branch.  In a bare repository nobody
// would bring the files and the index of a working tree along.
git::Head ready_head(const git::Repository& repository) {
  refuse_pending(repository);
  git::Head head = repository.head();
  if (repository.is_bare() && repository.is_checked_out(head.branch)) {
    throw Error{ErrorKind::repository, fmt::format("a working tree is on branch {}",
                                                   quote(git::short_branch(head.branch), 200))}
        .hint("write there; 'git worktree list' says where it is");
  }
  return head;
}

Error locked_error(const std::string& path, long long now) {
  return Error{ErrorKind::repository,
               fmt::format("{} is locked by {}, {}",
                           path.ends_with("/index.lock") ? "git's index" : "the branch",
                           quote(path, 300), age_of(path, now))}
      .hint("if no other program works in this repository, it was left behind: remove that file");
}

os::FileLock lock_writers(const std::string& folder, const Wait& wait) {
  return lock_clone(folder, kLockFile, wait);
}

os::FileLock lock_clone(const std::string& folder, const std::string& file, const Wait& wait) {
  const std::string path = git::Repository::open(folder).common_folder() + file;
  for (std::size_t waits = 0; waits < kMaxWaits; ++waits) {
    if (auto lock = os::FileLock::try_take(path)) return std::move(*lock);
    wait(waits + 1);
  }
  throw Error{ErrorKind::repository,
              "another paperclub is writing in this repository, and does not end"}
      .hint("see which with 'ps', and run the command again");
}

Landing::Landing(const git::Repository& repository, git::Head head, git::Person who)
    : repository_(repository), head_(std::move(head)), who_(std::move(who)) {}

git::Move Landing::land(const git::ObjectId& commit, std::vector<FileChange> changes,
                        const std::string& reason) {
  // Files, index and branch change together, whoever presses a key meanwhile.
  const os::HeldSignals held;
  const git::Move moved = repository_.is_bare()
                              ? move_branch(commit, reason)
                              : move_with_files(commit, std::move(changes), reason);
  if (moved == git::Move::done) held.forget();
  return moved;
}

git::Move Landing::move_branch(const git::ObjectId& commit, const std::string& reason) {
  const git::BranchWriter branch(repository_);
  lock_ = branch.lock_path(head_.branch);
  return branch.move(head_, commit, who_, "paperclub: " + reason);
}

// Files and index first: a process that is killed in between leaves a change that can be seen,
// never a commit that the index takes back.
git::Move Landing::move_with_files(const git::ObjectId& commit, std::vector<FileChange> changes,
                                   const std::string& reason) {
  lock_ = git::Index::lock_path(repository_);
  auto index = git::Index::lock(repository_);
  if (!index) return git::Move::locked;
  // Who committed before we had the lock has staged it, too.
  const git::Head now = head_now(repository_);
  if (now.branch != head_.branch || now.commit != head_.commit) return git::Move::lost;
  Checkout checkout(repository_, std::move(*index), std::move(changes));
  checkout.refuse_dirty();
  bool moving = false;
  try {
    checkout.apply();
    moving = true;
    const git::Move moved = move_branch(commit, reason);
    if (moved == git::Move::done) return moved;
    const NotPutBack left = checkout.undo();
    if (left.empty()) return moved;
    throw left_error(Error{ErrorKind::io, "the branch could not be moved"}, left);
  } catch (const Error& error) {
    if (moving) refuse_unknown(commit);
    throw left_error(error, checkout.undo());
  }
}

// Throws where the branch was moved although that failed, or where it cannot be told.
void Landing::refuse_unknown(const git::ObjectId& commit) const {
  std::optional<git::ObjectId> now;
  try {
    now = head_now(repository_).commit;
  } catch (const Error& error) {
    throw Error{ErrorKind::io,
                fmt::format("it is unknown whether the commit was made: {}", error.message())}
        .hint("see 'git log' and 'git status', and run the command again");
  }
  if (now != commit) return;
  throw Error{ErrorKind::io,
              "the commit was made, but it is unknown whether it would survive a power cut"}
      .hint("run the command again: it changes nothing where all is well");
}

}  // namespace paperclub::club
