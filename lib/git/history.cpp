#include "lib/git/history.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <map>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"

namespace paperclub::git {
namespace {

Person person_of(const git_signature* signature) {
  if (signature == nullptr) return {};
  return {signature->name, signature->email, signature->when.time, signature->when.offset};
}

using Entries = std::map<std::string, TreeEntry>;

Entries entries_of(const Repository& repository, const std::optional<ObjectId>& tree) {
  Entries entries;
  if (!tree) return entries;
  for (TreeEntry& entry : repository.list_tree(*tree)) {
    std::string name = entry.name;
    entries.emplace(std::move(name), std::move(entry));
  }
  return entries;
}

std::optional<ObjectId> id_of(const Entries& entries, const std::string& name, EntryKind kind) {
  const auto found = entries.find(name);
  if (found == entries.end() || found->second.kind != kind) return std::nullopt;
  return found->second.id;
}

void compare(const Repository& repository, const std::string& prefix,
             const std::optional<ObjectId>& before, const std::optional<ObjectId>& after,
             std::vector<FileDifference>& differences) {
  const Entries old_entries = entries_of(repository, before);
  const Entries new_entries = entries_of(repository, after);
  std::map<std::string, bool> names;
  for (const auto& [name, entry] : old_entries)
    names[name] = true;
  for (const auto& [name, entry] : new_entries)
    names[name] = true;
  for (const auto& [name, known] : names) {
    const auto old_file = id_of(old_entries, name, EntryKind::file);
    const auto new_file = id_of(new_entries, name, EntryKind::file);
    if (old_file != new_file) differences.push_back({prefix + name, old_file, new_file});
    const auto old_folder = id_of(old_entries, name, EntryKind::folder);
    const auto new_folder = id_of(new_entries, name, EntryKind::folder);
    if (old_folder == new_folder) continue;
    compare(repository, prefix + name + "/", old_folder, new_folder, differences);
  }
}

}  // namespace

CommitInfo read_commit(const Repository& repository, const ObjectId& id) {
  repository.impl_->check_packs();
  git_commit* raw = nullptr;
  const git_oid oid = to_oid(id);
  const int code = git_commit_lookup(&raw, repository.impl_->repository.get(), &oid);
  const CommitPtr commit(raw);
  if (code < 0) throw library_error(code, fmt::format("cannot read commit {}", quote(id.hex())));
  CommitText text{to_id(*git_commit_tree_id(raw)),
                  {},
                  person_of(git_commit_author(raw)),
                  person_of(git_commit_committer(raw)),
                  git_commit_message(raw)};
  for (unsigned i = 0; i < git_commit_parentcount(raw); ++i)
    text.parents.push_back(to_id(*git_commit_parent_id(raw, i)));
  return {id, std::move(text)};
}

std::optional<std::string> trailer(const std::string& message, std::string_view key) {
  git_message_trailer_array trailers{};
  if (git_message_trailers(&trailers, message.c_str()) < 0) return std::nullopt;
  std::optional<std::string> value;
  for (std::size_t i = 0; i < trailers.count; ++i) {
    if (trailers.trailers[i].key == key) value = trailers.trailers[i].value;
  }
  git_message_trailer_array_free(&trailers);
  return value;
}

std::vector<FileDifference> compare_trees(const Repository& repository,
                                          const std::optional<ObjectId>& before,
                                          const std::optional<ObjectId>& after) {
  std::vector<FileDifference> differences;
  if (before != after) compare(repository, "", before, after, differences);
  std::sort(differences.begin(), differences.end(),
            [](const FileDifference& a, const FileDifference& b) { return a.path < b.path; });
  return differences;
}

}  // namespace paperclub::git
