#include "lib/club/transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "lib/base/error.hpp"
#include "lib/base/id.hpp"
#include "lib/base/line_endings.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/club/checkout.hpp"
#include "lib/club/landing.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

constexpr std::size_t kMaxPart = 120;

std::string message_of(const Plan& plan) {
  std::string message = plan.subject + "\n";
  if (!plan.trailers.empty()) message += "\n";
  for (const auto& [name, value] : plan.trailers)
    message += fmt::format("{}: {}\n", name, value);
  return message;
}

// One write; made anew for each try.
class Attempt {
 public:
  Attempt(const std::string& folder, const std::string& prefix, const WriteOptions& options)
      : repository_(git::Repository::open(folder)),
        head_(ready_head(repository_)),
        prefix_(prefix),
        options_(options) {
    if (head_.commit) tree_ = repository_.tree_of(*head_.commit);
    if (head_.commit) {
      files_ =
          commit_tree(git::Repository::open(folder), *head_.commit, has_prefix() ? prefix : "");
    } else {
      files_ = no_files();
    }
  }

  Written plan(const Planner& planner) {
    Written written{planner(*files_), std::nullopt, head_.branch};
    for (const Change& change : written.plan.changes) {
      if (const auto problem = path_problem(change.path))
        throw Error{ErrorKind::usage,
                    fmt::format("cannot write {}: it {}", quote(change.path, 200), *problem)}
            .hint("give the file another name with 'git mv'");
    }
    return written;
  }

  // Throws what keeps the plan from being written, as far as the files go; nothing is locked.
  void rehearse(const Plan& plan) const {
    if (repository_.is_bare()) return;
    Checkout(repository_, git::Index::read(repository_), file_changes(plan)).refuse_dirty();
  }

  // Returns how the branch was moved; where it was not, all is as it was.
  git::Move commit(Written& written) {
    const os::SharedPermissions shared(repository_.shared_permissions());
    git::ObjectWriter writer(repository_);
    std::vector<FileChange> changes = file_changes(written.plan);
    for (const FileChange& change : changes) {
      if (change.after) writer.write_blob(change.bytes);
    }
    const git::ObjectId tree = writer.write_tree(tree_, tree_changes(changes));
    if (tree_ == tree) return git::Move::done;
    std::vector<git::ObjectId> parents;
    if (head_.commit) parents.push_back(*head_.commit);
    const git::CommitText text{tree, parents, options_.author, options_.committer,
                               message_of(written.plan)};
    const git::ObjectId commit = writer.write_commit(signed_commit(text));
    writer.sync();
    Landing landing(repository_, head_, options_.committer);
    const git::Move moved = landing.land(commit, std::move(changes), written.plan.subject);
    lock_ = landing.lock();
    if (moved == git::Move::done) written.commit = commit;
    return moved;
  }

  const FileTree& files() const { return *files_; }
  const std::string& lock() const { return lock_; }

 private:
  std::string signed_commit(const git::CommitText& text) const {
    std::string plain = git::format_commit(text);
    if (!options_.signer) return plain;
    return git::format_commit(text, git::sign(*options_.signer, plain));
  }

  // A club's folder may be new.
  bool has_prefix() const {
    return !prefix_.empty() && tree_ && repository_.find_entry(*tree_, prefix_);
  }

  std::vector<FileChange> file_changes(const Plan& plan) const {
    std::vector<FileChange> changes;
    for (const Change& change : plan.changes) {
      FileChange file;
      file.path = repository_path(prefix_, change.path);
      const auto old = tree_ ? repository_.find_entry(*tree_, file.path) : std::nullopt;
      if (old && old->kind == git::EntryKind::folder) {
        throw Error{ErrorKind::unacceptable,
                    fmt::format("there is a folder in the place of {}", quote(file.path, 200))}
            .hint(fmt::format("if it is nobody's, take it away first: git rm -r {} && git commit",
                              shell_word(file.path)));
      }
      if (old && old->kind == git::EntryKind::file) file.before = old->id;
      if (change.bytes) {
        file.bytes = stored(file, *change.bytes);
        file.after = git::blob_id(file.bytes);
      }
      changes.push_back(std::move(file));
    }
    return changes;
  }

  // The bytes as git stores them.  What comes from outside may end its lines as on Windows: it gets
  // the line endings that the file has, or a new one those that git would store.
  std::string stored(const FileChange& file, const std::string& bytes) const {
    if (!has_returns(bytes)) return bytes;
    const bool keeps =
        file.before ? has_returns(repository_.read_blob(*file.before, kMaxFileBytes).value_or(""))
                    : !repository_.stores_line_feeds(file.path);
    return keeps ? bytes : without_returns(bytes);
  }

  static std::vector<git::TreeChange> tree_changes(const std::vector<FileChange>& changes) {
    std::vector<git::TreeChange> tree;
    for (const FileChange& change : changes)
      tree.push_back({change.path, change.after});
    return tree;
  }

  git::Repository repository_;
  git::Head head_;
  std::string prefix_;
  const WriteOptions& options_;
  std::optional<git::ObjectId> tree_;
  std::unique_ptr<FileTree> files_;
  std::string lock_;
};

// A name that means the same file on every system, and nothing to git, a shell or a terminal.
bool is_good_part(std::string_view part) {
  constexpr std::string_view kNever = "\\:*?\"<>|~/`$";
  for (std::size_t at = 0; at < part.size();) {
    const CodePoint point = decode(part, at);
    const bool plain = point.valid && !is_forbidden(point.value) && point.value >= 0x20 &&
                       (point.value >= 0x80 || kNever.find(part[at]) == kNever.npos);
    if (!plain) return false;
    at += point.length;
  }
  const bool hidden = part.starts_with('.') && part != ".github";
  return !hidden && !part.starts_with('-') && !part.starts_with(' ') && !part.ends_with('.') &&
         !part.ends_with(' ');
}

}  // namespace

std::optional<std::string> path_problem(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part.size() > kMaxPart) return "has a part that is empty or too long";
    if (!is_good_part(part)) return "has a part that is no plain name";
    const std::string stem = fold(part.substr(0, part.find('.', 1)));
    const auto problem = id_problem(stem);
    if (problem && problem->find("Windows") != std::string::npos)
      return "has the name of a device on Windows";
    if (slash == path.npos) return std::nullopt;
    path.remove_prefix(slash + 1);
  }
}

Written write_commit(const std::string& folder, const std::string& prefix,
                     const WriteOptions& options, const Planner& planner) {
  git::Move last = git::Move::lost;
  std::string lock;
  for (std::size_t attempt = 0; attempt < kMaxAttempts; ++attempt) {
    if (attempt > 0) options.wait(attempt);
    std::optional<os::FileLock> lock_among_ours;
    if (!options.dry_run) lock_among_ours = lock_writers(folder, options.wait);
    Attempt one(folder, prefix, options);
    Written written = one.plan(planner);
    if (options.dry_run) one.rehearse(written.plan);
    if (options.dry_run || written.plan.changes.empty()) return written;
    last = one.commit(written);
    if (last == git::Move::done) return written;
    lock = one.lock();
  }
  if (last == git::Move::locked) throw locked_error(lock, options.now);
  throw Error{ErrorKind::repository, "others kept changing the branch"}.hint(
      "nothing was written; run the command again");
}

std::optional<std::string> read_to_edit(const std::string& folder, const std::string& prefix,
                                        const std::string& path, std::size_t max_bytes) {
  const WriteOptions options;
  const Attempt one(folder, prefix, options);
  one.rehearse({{{path, std::string()}}, {}, {}});
  os::ReadResult file = one.files().read(path, max_bytes);
  if (file.status == os::ReadStatus::ok) return std::move(file.bytes);
  if (file.status == os::ReadStatus::missing) return std::nullopt;
  throw Error{ErrorKind::limit, "the file is too large to be edited here, or no regular one"}
      .at(escape(path))
      .hint("edit it by hand, and commit it with git");
}

}  // namespace paperclub::club
