#include "lib/git/index.hpp"

#include <fmt/format.h>
#include <git2/sys/repository.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {

namespace {

constexpr const char* kIndex = "index";
// libgit2 reads and writes this copy: it would want to take the lock of the real one itself.
constexpr const char* kCopy = "index.paperclub";
constexpr const char* kCopyLock = "index.paperclub.lock";

std::string git_folder(git_repository* repository) { return git_repository_path(repository); }

TreeEntry entry_of(std::string_view path, const git_oid& id, unsigned mode) {
  EntryKind kind = EntryKind::file;
  if (mode == GIT_FILEMODE_LINK) kind = EntryKind::link;
  if (mode == GIT_FILEMODE_COMMIT) kind = EntryKind::submodule;
  return {std::string(path.substr(path.rfind('/') + 1)), kind, to_id(id), mode};
}

}  // namespace

struct Index::Impl {
  os::Folder folder;
  std::optional<os::LockFile> lock;
  IndexPtr index;

  Impl(os::Folder at, std::optional<os::LockFile> held)
      : folder(std::move(at)), lock(std::move(held)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (!lock) return;
    try {
      folder.remove(kCopy);
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): the next one makes it anew
    }
  }
};

std::unique_ptr<Index::Impl> Index::open(const Repository& repository,
                                         std::optional<os::LockFile> lock) {
  git_repository* raw_repository = repository.impl_->repository.get();
  const std::string folder = git_folder(raw_repository);
  auto impl = std::make_unique<Impl>(os::Folder::open(folder), std::move(lock));
  if (impl->lock) {
    impl->folder.remove(kCopyLock);
    impl->folder.copy(kIndex, kCopy);
  }
  git_index* raw = nullptr;
  int code = git_index_open(&raw, (folder + (impl->lock ? kCopy : kIndex)).c_str());
  impl->index.reset(raw);
  // The repository is what its entries are compared with.
  if (code == 0) code = git_repository_set_index(raw_repository, raw);
  if (code < 0) {
    throw Error{ErrorKind::repository,
                fmt::format("cannot read git's index: {}", last_message(code))}
        .hint("a split index is not supported: git update-index --no-split-index")
        .hint("nor is a sparse one: git sparse-checkout reapply --no-sparse-index");
  }
  return impl;
}

std::optional<Index> Index::lock(const Repository& repository) {
  auto lock = os::LockFile::try_make(lock_path(repository));
  if (!lock) return std::nullopt;
  return Index(open(repository, std::move(lock)));
}

Index Index::read(const Repository& repository) { return Index(open(repository, std::nullopt)); }

std::optional<std::vector<FileDifference>> Index::staged_changes(const Repository& repository,
                                                                 const ObjectId& commit,
                                                                 const std::string& file) {
  git_repository* raw = repository.impl_->repository.get();
  const git_oid oid = to_oid(repository.tree_of(commit));
  git_index* raw_index = nullptr;
  const std::string path = file.empty() ? git_folder(raw) + kIndex : file;
  if (git_index_open(&raw_index, path.c_str()) < 0) return std::nullopt;
  const IndexPtr index(raw_index);
  git_tree* raw_tree = nullptr;
  int code = git_tree_lookup(&raw_tree, raw, &oid);
  const TreePtr tree(raw_tree);
  git_diff_options options{};
  if (code == 0) code = git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags |= GIT_DIFF_SKIP_BINARY_CHECK;
  git_diff* raw_diff = nullptr;
  if (code == 0) code = git_diff_tree_to_index(&raw_diff, raw, raw_tree, raw_index, &options);
  const DiffPtr diff(raw_diff);
  if (code < 0) throw library_error(code, "cannot see what is staged");
  // A file that becomes a link is told twice: it goes, and it comes.
  std::map<std::string, FileDifference> changes;
  for (std::size_t i = 0; i < git_diff_num_deltas(raw_diff); ++i) {
    const git_diff_delta& delta = *git_diff_get_delta(raw_diff, i);
    const std::string name = delta.new_file.path;
    FileDifference& change = changes[name];
    change.path = name;
    const git_index_entry* entry = git_index_get_bypath(raw_index, name.c_str(), 0);
    // Of one that is only meant to be added the name is there, and nothing to commit.
    if (entry != nullptr && (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) == 0)
      change.after = entry_of(name, entry->id, entry->mode);
    if (delta.status == GIT_DELTA_CONFLICTED) {
      change.before = repository.find_entry(to_id(oid), name);
      if (change.before && change.before->kind == EntryKind::folder) change.before.reset();
    } else if (delta.status != GIT_DELTA_ADDED) {
      change.before = entry_of(name, delta.old_file.id, delta.old_file.mode);
    }
  }
  std::vector<FileDifference> sorted;
  for (auto& [name, change] : changes) {
    if (change.before || change.after) sorted.push_back(std::move(change));
  }
  return sorted;
}

std::string Index::lock_path(const Repository& repository) {
  return git_folder(repository.impl_->repository.get()) + kIndex + ".lock";
}

Index::Index(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Index::Index(Index&& other) noexcept = default;
Index& Index::operator=(Index&& other) noexcept = default;
Index::~Index() = default;

bool Index::is_sparse(const std::string& path) const {
  const git_index_entry* entry = git_index_get_bypath(impl_->index.get(), path.c_str(), 0);
  return entry != nullptr && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) != 0;
}

std::optional<ObjectId> Index::staged(const std::string& path) const {
  for (const int stage : {1, 2, 3}) {
    if (git_index_get_bypath(impl_->index.get(), path.c_str(), stage) == nullptr) continue;
    throw Error{ErrorKind::repository,
                fmt::format("{} has a conflict of a merge", quote(path, 200))}
        .hint("resolve it and 'git add' it first");
  }
  const git_index_entry* entry = git_index_get_bypath(impl_->index.get(), path.c_str(), 0);
  if (entry == nullptr) return std::nullopt;
  return to_id(entry->id);
}

void Index::put(const std::string& path, const ObjectId& blob, const os::FileFacts& facts,
                std::optional<bool> executable) {
  git_index_entry entry{};
  entry.ctime = {static_cast<std::int32_t>(facts.changed_seconds), facts.changed_nanoseconds};
  entry.mtime = {static_cast<std::int32_t>(facts.modified_seconds), facts.modified_nanoseconds};
  entry.dev = facts.device;
  entry.ino = facts.inode;
  entry.uid = facts.user;
  entry.gid = facts.group;
  entry.file_size = facts.size;
  entry.mode = GIT_FILEMODE_BLOB;
  if (const git_index_entry* old = git_index_get_bypath(impl_->index.get(), path.c_str(), 0)) {
    entry.mode = old->mode;
    entry.flags = static_cast<std::uint16_t>(old->flags & GIT_INDEX_ENTRY_VALID);
    entry.flags_extended =
        static_cast<std::uint16_t>(old->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE);
    if (entry.flags_extended != 0) entry.flags |= GIT_INDEX_ENTRY_EXTENDED;
  }
  if (executable) entry.mode = *executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
  entry.id = to_oid(blob);
  entry.path = path.c_str();
  const int code = git_index_add(impl_->index.get(), &entry);
  if (code < 0) throw library_error(code, fmt::format("cannot stage {}", quote(path, 200)));
}

void Index::remove(const std::string& path) {
  const int code = git_index_remove(impl_->index.get(), path.c_str(), 0);
  if (code < 0 && code != GIT_ENOTFOUND)
    throw library_error(code, fmt::format("cannot unstage {}", quote(path, 200)));
}

void Index::write() {
  const int code = git_index_write(impl_->index.get());
  if (code < 0) throw library_error(code, "cannot write git's index");
  impl_->folder.sync_file(kCopy);  // libgit2 never does, whatever it was told
  impl_->folder.rename(kCopy, kIndex);
}

}  // namespace paperclub::git
