#include "lib/git/history.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/git/tree_reader.hpp"

namespace paperclub::git {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

// Who stands in the line of the header that begins with `key`.  Where there are several addresses
// git takes the first and libgit2 the last: who an author is must be what git shows.
Person person_of(const git_signature* signature, std::string_view header, std::string_view key) {
  if (signature == nullptr) return {};
  Person person{signature->name, signature->email, signature->when.time, signature->when.offset};
  const std::size_t at = header.starts_with(key) ? 0 : header.find("\n" + std::string(key));
  if (at == header.npos) return person;
  std::string_view line = header.substr(at == 0 ? key.size() : at + 1 + key.size());
  line = line.substr(0, line.find('\n'));
  const std::size_t open = line.find('<');
  const std::size_t close = line.find('>', std::min(open, line.size()));
  const bool is_plain = open == line.rfind('<') && close == line.rfind('>');
  if (is_plain || open == line.npos || close == line.npos) return person;
  person.name = trimmed(line.substr(0, open));
  person.email = trimmed(line.substr(open + 1, close - open - 1));
  return person;
}

std::vector<TreeEntry> entries_of(const Repository& repository,
                                  const std::optional<ObjectId>& tree) {
  return tree ? repository.list_tree(*tree) : std::vector<TreeEntry>();
}

// Goes through two trees side by side; what is the same is not looked into.
class Comparison {
 public:
  explicit Comparison(const Repository& repository) : repository_(repository) {}

  void compare(const std::string& folder, const std::optional<ObjectId>& before,
               const std::optional<ObjectId>& after, std::size_t depth = 0) {
    // A few objects that hold one another many times are trees without an end.
    if (depth > kMaxDifferentDepth) {
      throw Error{ErrorKind::limit,
                  fmt::format("folders more than {} deep differ", kMaxDifferentDepth)};
    }
    const std::vector<TreeEntry> old_entries = entries_of(repository_, before);
    const std::vector<TreeEntry> new_entries = entries_of(repository_, after);
    auto old = old_entries.begin();
    auto now = new_entries.begin();
    while (old != old_entries.end() || now != new_entries.end()) {
      const bool has_old =
          now == new_entries.end() || (old != old_entries.end() && !is_before(*now, *old));
      const bool has_new =
          old == old_entries.end() || (now != new_entries.end() && !is_before(*old, *now));
      add(folder, has_old ? &*old++ : nullptr, has_new ? &*now++ : nullptr, depth);
    }
  }

  std::vector<FileDifference> differences;

 private:
  // A file and a folder of one name are two entries.
  static bool is_before(const TreeEntry& a, const TreeEntry& b) {
    const bool is_folder = b.kind == EntryKind::folder;
    if (a.name == b.name) return is_folder && a.kind != EntryKind::folder;
    return comes_before({a.name, a.kind}, {b.name, b.kind});
  }

  // One entry, or two of the same place in the order: both are folders, or neither is.
  void add(const std::string& folder, const TreeEntry* old, const TreeEntry* now,
           std::size_t depth) {
    if (old != nullptr && now != nullptr && old->id == now->id && old->mode == now->mode) return;
    if (++seen_ > kMaxDifferences) {
      throw Error{ErrorKind::limit,
                  fmt::format("more than {} files and folders differ", kMaxDifferences)};
    }
    const TreeEntry& one = old != nullptr ? *old : *now;
    const std::string path = folder + one.name;
    if (one.kind == EntryKind::folder) {
      compare(path + "/", old != nullptr ? std::optional(old->id) : std::nullopt,
              now != nullptr ? std::optional(now->id) : std::nullopt, depth + 1);
    } else {
      differences.push_back({path, old != nullptr ? std::optional(*old) : std::nullopt,
                             now != nullptr ? std::optional(*now) : std::nullopt});
    }
  }

  const Repository& repository_;
  std::size_t seen_ = 0;
};

}  // namespace

bool is_same_entry(const std::optional<TreeEntry>& a, const std::optional<TreeEntry>& b) {
  if (!a || !b) return !a && !b;
  return a->id == b->id && a->mode == b->mode;
}

CommitInfo read_commit(const Repository& repository, const ObjectId& id) {
  repository.impl_->check_packs();
  git_commit* raw = nullptr;
  const git_oid oid = to_oid(id);
  const int code = git_commit_lookup(&raw, repository.impl_->repository.get(), &oid);
  const CommitPtr commit(raw);
  if (code == GIT_ENOTFOUND) throw repository.impl_->damage(code, id);
  if (code < 0) throw library_error(code, fmt::format("cannot read commit {}", quote(id.hex())));
  const std::string_view header = git_commit_raw_header(raw);
  CommitText text{to_id(*git_commit_tree_id(raw)),
                  {},
                  person_of(git_commit_author(raw), header, "author "),
                  person_of(git_commit_committer(raw), header, "committer "),
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
  Comparison comparison(repository);
  if (before != after) comparison.compare("", before, after);
  std::sort(comparison.differences.begin(), comparison.differences.end(),
            [](const FileDifference& a, const FileDifference& b) { return a.path < b.path; });
  return std::move(comparison.differences);
}

}  // namespace paperclub::git
