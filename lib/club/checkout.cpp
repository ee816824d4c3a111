#include "lib/club/checkout.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/line_endings.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

// What an interrupted write leaves behind looks like what somebody staged.
// `staged`: all of it is staged; `known`: git has a file there, staged or committed.
Error dirty_error(const std::string& path, bool staged, bool known) {
  Error error{ErrorKind::unacceptable,
              fmt::format("{} has changes that are not committed", quote(path, 200))};
  const std::string word = shell_word(path);
  error.hint(fmt::format("commit them, or put them aside: git stash push --include-untracked -- {}",
                         word));
  if (staged) {
    error.hint(
        fmt::format("where a write was interrupted, take it back: git restore --staged "
                    "--worktree -- {}",
                    word));
  } else if (!known) {
    error.hint(fmt::format(
        "if an interrupted write left it there, and nothing of it is wanted: rm {}", word));
  }
  return error;
}

}  // namespace

// Whether all that the file holds is staged.
bool Checkout::is_staged_whole(const Old& old) {
  return old.bytes && old.staged &&
         (git::blob_id(*old.bytes) == *old.staged ||
          git::blob_id(without_returns(*old.bytes)) == *old.staged);
}

Checkout::Checkout(const git::Repository& repository, git::Index index,
                   std::vector<FileChange> changes)
    : repository_(repository),
      folder_(os::Folder::open(repository.working_folder())),
      index_(std::move(index)),
      changes_(std::move(changes)) {}

// What git has of the file before the commit.
std::string Checkout::blob_of(const FileChange& change) const {
  if (!change.before) return change.bytes;
  return repository_.read_blob(*change.before, kMaxFileBytes).value_or("");
}

// Whether the bytes of a file are as they were.
bool Checkout::holds_before(const std::optional<std::string>& bytes,
                            const FileChange& change) const {
  if (!change.before || !bytes) return !change.before && !bytes;
  const auto wanted = repository_.read_blob(*change.before, kMaxFileBytes);
  return wanted && is_same_text(*bytes, *wanted);
}

// Whether the bytes of a file are already as they will be; nothing of that is written yet.
bool Checkout::holds_after(const std::optional<std::string>& bytes, const FileChange& change) {
  if (!change.after || !bytes) return !change.after && !bytes;
  return is_same_text(*bytes, change.bytes);
}

void Checkout::refuse_dirty() {
  for (const FileChange& change : changes_) {
    os::ReadResult file = folder_.read(change.path, kMaxFileBytes);
    if (file.status == os::ReadStatus::unreadable) {
      throw Error{ErrorKind::io,
                  fmt::format("cannot read {}: {}", quote(change.path, 200), file.reason)}
          .hint("see who may read it with 'ls -l'");
    }
    Old old{std::nullopt, index_.staged(change.path), std::nullopt, std::nullopt};
    if (file.status == os::ReadStatus::ok) old.bytes = std::move(file.bytes);
    const bool readable = old.bytes || file.status == os::ReadStatus::missing;
    const bool good = readable && (old.staged == change.before || old.staged == change.after) &&
                      (holds_before(old.bytes, change) || holds_after(old.bytes, change));
    if (!good) throw in_the_way(change, old, file.status == os::ReadStatus::not_regular);
    const auto facts = change.executable ? folder_.facts_of(change.path) : std::nullopt;
    if (facts) old.executable = facts->executable;
    if (change.after) {
      const bool returns = old.bytes && has_returns(*old.bytes) && !has_returns(blob_of(change));
      old.after = returns ? with_returns(change.bytes) : change.bytes;
    }
    old_.push_back(std::move(old));
  }
}

// Why the file that is there keeps the change from being made, and what to do.
Error Checkout::in_the_way(const FileChange& change, const Old& old, bool is_no_file) const {
  const std::string path = quote(change.path, 200);
  if (index_.is_sparse(change.path)) {
    return Error{ErrorKind::unacceptable,
                 fmt::format("{} is kept out of this working tree (sparse checkout)", path)}
        .hint("take it in with 'git sparse-checkout add FOLDER', or 'git sparse-checkout disable'");
  }
  if (is_no_file && !change.before && folder_.kind_of(change.path)) {
    return Error{ErrorKind::unacceptable, fmt::format("something else is in the way of {}", path)}
        .hint(old.staged
                  ? fmt::format("take it away, and commit that: git rm {}", shell_word(change.path))
                  : std::string("move it away; git does not know of it"));
  }
  if (is_no_file) {
    return Error{ErrorKind::unacceptable,
                 fmt::format("{} is no regular file in the working tree, or a folder above it is "
                             "a link",
                             path)}
        .hint(
            change.before
                ? fmt::format("put back what git has: git checkout -- {}", shell_word(change.path))
                : std::string("see which it is with 'ls -l', and put a real folder there"));
  }
  if (const auto conversion = repository_.conversion_of(change.path)) {
    return Error{ErrorKind::unacceptable,
                 fmt::format("{} is not in the working tree as it is in git ({} in .gitattributes)",
                             path, quote(*conversion, 100))}
        .hint("change it by hand, and commit it with git");
  }
  return dirty_error(change.path, is_staged_whole(old),
                     old.staged.has_value() || change.before.has_value());
}

std::optional<std::string> Checkout::read_now(const std::string& path) const {
  os::ReadResult file = folder_.read(path, kMaxFileBytes);
  if (file.status != os::ReadStatus::ok) return std::nullopt;
  return std::move(file.bytes);
}

bool Checkout::may_hold(const std::string& path, const std::optional<std::string>& bytes) const {
  const os::ReadResult file = folder_.read(path, kMaxFileBytes);
  if (file.status == os::ReadStatus::ok) return file.bytes == bytes;
  return file.status != os::ReadStatus::missing || !bytes;
}

void Checkout::write_file(const std::string& path, const std::optional<std::string>& bytes,
                          const std::optional<std::string>& before) {
  if (!bytes) {
    if (before && read_now(path) != before) {
      throw Error{ErrorKind::io, fmt::format("{} was changed meanwhile", quote(path, 200))}.hint(
          "nothing was written; run the command again");
    }
    folder_.remove(path);
    return;
  }
  std::optional<os::Folder> made;
  const os::Folder* at = &folder_;
  std::string_view rest = path;
  for (std::size_t slash = rest.find('/'); slash != rest.npos; slash = rest.find('/')) {
    const std::string name(rest.substr(0, slash));
    const bool is_new = !at->kind_of(name);
    os::Folder next = at->make_child(name);
    if (is_new) at->sync();
    made = std::move(next);
    at = &*made;
    rest.remove_prefix(slash + 1);
  }
  at->put_over(std::string(rest), *bytes, before);
  at->sync();
}

void Checkout::stage(const std::string& path, const std::optional<git::ObjectId>& blob,
                     std::optional<bool> executable) {
  if (blob) {
    if (executable) folder_.set_executable(path, *executable);
    // Where the system says nothing of the file, git looks for itself.
    index_.put(path, *blob, folder_.facts_of(path).value_or(os::FileFacts{}), executable);
  } else {
    index_.remove(path);
  }
}

void Checkout::remove_emptied() const {
  for (const FileChange& change : changes_) {
    if (!change.before || change.after) continue;
    std::string folder = change.path;
    while (folder.find('/') != folder.npos) {
      folder.resize(folder.rfind('/'));
      if (!folder_.remove_empty(folder)) break;
    }
  }
}

void Checkout::apply() {
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const FileChange& change = changes_[i];
    try {
      write_file(change.path, old_[i].after, old_[i].bytes);
    } catch (const Error&) {
      // It may be there all the same, but not for sure on the disk.
      if (may_hold(change.path, old_[i].after)) ++written_;
      throw;
    }
    ++written_;
    stage(change.path, change.after, change.executable);
  }
  index_.write();
  remove_emptied();
}

NotPutBack Checkout::undo() {
  NotPutBack left;
  for (std::size_t i = 0; i < written_; ++i) {
    const FileChange& change = changes_[i];
    try {
      write_file(change.path, old_[i].bytes, old_[i].after);
    } catch (const Error&) {
      (old_[i].bytes ? left.paths : left.made).push_back(change.path);
    }
    try {
      stage(change.path, old_[i].staged, old_[i].executable);
    } catch (const Error&) {
      left.index = true;
    }
  }
  try {
    index_.write();
  } catch (const Error&) {
    left.index = true;
  }
  written_ = 0;
  return left;
}

}  // namespace paperclub::club
