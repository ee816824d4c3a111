#include "lib/git/index.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {

struct Index::Impl {
  IndexPtr index;
};

Index::Index(const Repository& repository) : impl_(std::make_unique<Impl>()) {
  git_index* raw = nullptr;
  const int code = git_repository_index(&raw, repository.impl_->repository.get());
  impl_->index.reset(raw);
  if (code < 0) {
    throw Error{ErrorKind::repository,
                fmt::format("cannot read git's index: {}", last_message(code))}
        .hint("a split or sparse index is not supported: git update-index --no-split-index");
  }
}

Index::~Index() = default;

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

void Index::put(const std::string& path, const ObjectId& blob, const os::FileFacts& facts) {
  git_index_entry entry{};
  entry.ctime = {static_cast<std::int32_t>(facts.changed_seconds), facts.changed_nanoseconds};
  entry.mtime = {static_cast<std::int32_t>(facts.modified_seconds), facts.modified_nanoseconds};
  entry.dev = facts.device;
  entry.ino = facts.inode;
  entry.uid = facts.user;
  entry.gid = facts.group;
  entry.file_size = facts.size;
  entry.mode = facts.executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
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

bool Index::write() {
  const int code = git_index_write(impl_->index.get());
  if (code == GIT_ELOCKED) return false;
  if (code < 0) throw library_error(code, "cannot write git's index");
  return true;
}

std::string Index::lock_path() const {
  return std::string(git_index_path(impl_->index.get())) + ".lock";
}

}  // namespace paperclub::git
