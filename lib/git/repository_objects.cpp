// Repository: trees and files.
#include <fmt/format.h>
#include <git2.h>

#include "lib/base/error.hpp"
#include "lib/git/library.hpp"
#include "lib/git/loose_objects.hpp"
#include "lib/git/packs.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/git/tree_reader.hpp"

namespace paperclub::git {
namespace {

std::string_view bytes_of(git_odb_object& object) {
  return {static_cast<const char*>(git_odb_object_data(&object)), git_odb_object_size(&object)};
}

}  // namespace

void Repository::Impl::check_packs() const {
  if (packs_checked) return;
  for (const std::string& store : stores)
    git::check_packs(store);
  packs_checked = true;
}

OdbObjectPtr Repository::Impl::read(const ObjectId& id, git_object_t type,
                                    std::size_t limit) const {
  check_packs();
  const git_oid oid = to_oid(id);
  std::size_t size = 0;
  git_object_t found = GIT_OBJECT_INVALID;
  if (const int code = git_odb_read_header(&size, &found, odb.get(), &oid); code < 0) {
    throw damage(code, id);
  }
  if (found != type) {
    throw Error{ErrorKind::damaged,
                fmt::format("object {} is a {}, not a {}", id.hex(), git_object_type2string(found),
                            git_object_type2string(type))}
        .hint(std::string(kDamageHint));
  }
  if (size > limit) return nullptr;
  git_odb_object* raw = nullptr;
  const int code = git_odb_read(&raw, odb.get(), &oid);
  OdbObjectPtr object(raw);
  if (code < 0) throw damage(code, id);
  return object;
}

Error Repository::Impl::damage(int code, const ObjectId& id) const {
  if (code != GIT_ENOTFOUND)
    return library_error(code, fmt::format("cannot read object {}", id.hex()));
  // Their words for an object that is not there name it again.
  Error error{ErrorKind::damaged, fmt::format("object {} is missing", id.hex())};
  if (is_shallow())
    error.hint("this clone is shallow; fetch the rest with 'git fetch --unshallow'");
  return error.hint(std::string(kDamageHint));
}

OdbObjectPtr Repository::Impl::tree(const ObjectId& id) const {
  OdbObjectPtr tree = read(id, GIT_OBJECT_TREE, kMaxObjectBytes);
  if (!tree) throw Error{ErrorKind::limit, fmt::format("tree {} is larger than 64 MiB", id.hex())};
  return tree;
}

ObjectId Repository::tree_of(const ObjectId& commit) const {
  if (!impl_->read(commit, GIT_OBJECT_COMMIT, kMaxObjectBytes)) {
    throw Error{ErrorKind::limit, fmt::format("commit {} is larger than 64 MiB", commit.hex())};
  }
  const git_oid oid = to_oid(commit);
  git_commit* raw = nullptr;
  const int code = git_commit_lookup(&raw, impl_->repository.get(), &oid);
  const CommitPtr owned(raw);
  if (code < 0) throw impl_->damage(code, commit);
  return to_id(*git_commit_tree_id(raw));
}

std::vector<TreeEntry> Repository::list_tree(const ObjectId& tree) const {
  const OdbObjectPtr object = impl_->tree(tree);
  TreeReader reader(tree, bytes_of(*object));
  std::vector<TreeEntry> entries;
  while (const auto entry = reader.next())
    entries.push_back(to_entry(*entry));
  return entries;
}

std::optional<TreeEntry> Repository::find_entry(const ObjectId& tree,
                                                const std::string& path) const {
  const std::size_t slash = path.find('/');
  const std::string_view name = std::string_view(path).substr(0, slash);
  const OdbObjectPtr object = impl_->tree(tree);
  TreeReader reader(tree, bytes_of(*object));
  std::optional<TreeEntry> found;
  // To the end, so that a wrong tree is refused whatever is looked for.
  while (const auto entry = reader.next()) {
    if (entry->name == name) found = to_entry(*entry);
  }
  if (!found || slash == path.npos) return found;
  if (found->kind != EntryKind::folder) return std::nullopt;
  return find_entry(found->id, path.substr(slash + 1));
}

std::optional<std::string> Repository::read_blob(const ObjectId& blob, std::size_t limit) const {
  const OdbObjectPtr object = impl_->read(blob, GIT_OBJECT_BLOB, limit);
  if (!object) return std::nullopt;
  return std::string(bytes_of(*object));
}

}  // namespace paperclub::git
