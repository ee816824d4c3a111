#include "lib/club/file_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

// Deeper folders than this are not looked into: pictures of notes lie at depth four.
constexpr std::size_t kMaxFolderDepth = 12;
// So many entries of folders outside of the club's are kept.
constexpr std::size_t kMaxKept = 200'000;

void sort_by_path(std::vector<TreeFile>& files) {
  std::sort(files.begin(), files.end(),
            [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
}

// What one listing has found so far.
struct Listing {
  std::vector<TreeFile> files;
  std::size_t folders = 0;
};

void check_bounds(const Listing& listing, std::size_t depth, const std::string& path) {
  if (listing.files.size() > kMaxFiles || listing.folders > kMaxFolders) {
    throw Error{ErrorKind::limit,
                fmt::format("more than {} files or {} folders", kMaxFiles, kMaxFolders)}
        .at(escape(path.substr(0, path.find('/'))))
        .hint("move what is no record out of the club's folders");
  }
  if (depth > kMaxFolderDepth) {
    throw Error{ErrorKind::limit, fmt::format("folders more than {} levels deep", kMaxFolderDepth)}
        .at(escape(path))
        .hint("move them up, or out of the club's folders");
  }
}

// Paths that both trees understand: parts that are names, nothing that leads elsewhere.
bool is_plain_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || part.find('\0') != part.npos) return false;
    if (slash == path.npos) return true;
    path.remove_prefix(slash + 1);
  }
}

class WorkingTree : public FileTree {
 public:
  explicit WorkingTree(os::Folder folder) : folder_(std::move(folder)) {}

  std::vector<TreeFile> list(std::string_view folder) const override {
    std::vector<TreeFile> files;
    const auto kind = folder_.kind_of(folder);
    if (!kind) return files;
    if (*kind != os::FileKind::folder) return {{std::string(folder), *kind}};
    Listing listing;
    if (const auto child = folder_.child(folder)) add(*child, std::string(folder), 1, listing);
    sort_by_path(listing.files);
    return std::move(listing.files);
  }

  std::vector<os::FolderItem> top() const override { return folder_.list(); }

  std::optional<os::FileKind> kind_of(std::string_view path) const override {
    return folder_.kind_of(path);
  }

  os::ReadResult read(std::string_view path, std::size_t limit) const override {
    return folder_.read(path, limit);
  }

 private:
  static void add(const os::Folder& folder, const std::string& path, std::size_t depth,
                  Listing& listing) {
    ++listing.folders;
    for (const os::FolderItem& item : folder.list()) {
      std::string inner = fmt::format("{}/{}", path, item.name);
      if (is_ignored(inner)) continue;
      check_bounds(listing, depth, inner);
      if (item.kind != os::FileKind::folder) {
        listing.files.push_back({std::move(inner), item.kind});
      } else if (const auto child = folder.child(item.name)) {
        add(*child, inner, depth + 1, listing);
      }
    }
  }

  os::Folder folder_;
};

class CommitTree : public FileTree {
 public:
  CommitTree(git::Repository repository, git::ObjectId tree)
      : repository_(std::move(repository)), tree_(tree) {}

  std::vector<TreeFile> list(std::string_view folder) const override {
    const std::lock_guard lock(mutex_);
    std::vector<TreeFile> files;
    const auto entry = repository_.find_entry(tree_, std::string(folder));
    if (!entry) return files;
    if (entry->kind != git::EntryKind::folder)
      return {{std::string(folder), kind_of_entry(entry->kind)}};
    Listing listing;
    add(entry->id, std::string(folder), 1, listing);
    listed_.insert_or_assign(std::string(folder), *entry);
    if (folder.find('/') == folder.npos) complete_.insert(std::string(folder));
    sort_by_path(listing.files);
    return std::move(listing.files);
  }

  std::vector<os::FolderItem> top() const override {
    const std::lock_guard lock(mutex_);
    std::vector<os::FolderItem> items;
    for (const git::TreeEntry& entry : repository_.list_tree(tree_))
      items.push_back({entry.name, kind_of_entry(entry.kind)});
    return items;
  }

  std::optional<os::FileKind> kind_of(std::string_view path) const override {
    const std::lock_guard lock(mutex_);
    const auto entry = find(std::string(path));
    if (!entry) return std::nullopt;
    return kind_of_entry(entry->kind);
  }

  os::ReadResult read(std::string_view path, std::size_t limit) const override {
    const std::lock_guard lock(mutex_);
    const auto entry = find(std::string(path));
    if (!entry)
      return {below_a_file(path) ? os::ReadStatus::not_regular : os::ReadStatus::missing, {}, {}};
    if (entry->kind != git::EntryKind::file) return {os::ReadStatus::not_regular, {}, {}};
    auto bytes = repository_.read_blob(entry->id, limit);
    if (!bytes) return {os::ReadStatus::too_large, {}, {}};
    return {os::ReadStatus::ok, std::move(*bytes), {}};
  }

 private:
  using Entries = std::unordered_map<std::string, git::TreeEntry>;

  // What list() has seen is not looked for again, and what it has not seen is not there: git would
  // read the whole folder for each file.
  std::optional<git::TreeEntry> find(const std::string& path) const {
    if (!is_plain_path(path)) return std::nullopt;
    const auto known = listed_.find(path);
    if (known != listed_.end()) return known->second;
    const bool is_listed = complete_.contains(path.substr(0, path.find('/')));
    if (is_listed && !is_ignored(path)) return std::nullopt;
    return look_up(path);
  }

  // The entry at `path`, found in folders that are read once: many links lead to few of them.
  std::optional<git::TreeEntry> look_up(std::string_view path) const {
    git::ObjectId folder = tree_;
    while (true) {
      const std::size_t slash = path.find('/');
      const Entries& entries = entries_of(folder);
      const auto found = entries.find(std::string(path.substr(0, slash)));
      if (found == entries.end()) return std::nullopt;
      if (slash == path.npos) return found->second;
      if (found->second.kind != git::EntryKind::folder) return std::nullopt;
      folder = found->second.id;
      path.remove_prefix(slash + 1);
    }
  }

  const Entries& entries_of(const git::ObjectId& folder) const {
    const auto known = folders_.find(folder);
    if (known != folders_.end()) return known->second;
    Entries entries;
    for (git::TreeEntry& entry : repository_.list_tree(folder)) {
      std::string name = entry.name;
      entries.emplace(std::move(name), std::move(entry));
    }
    kept_ += entries.size();
    if (kept_ > kMaxKept) {
      folders_.clear();
      kept_ = entries.size();
    }
    return folders_.emplace(folder, std::move(entries)).first->second;
  }

  // Whether the way to `path` leads through something that is no folder.
  bool below_a_file(std::string_view path) const {
    if (!is_plain_path(path)) return false;
    for (std::size_t slash = path.find('/'); slash != path.npos;
         slash = path.find('/', slash + 1)) {
      const auto entry = find(std::string(path.substr(0, slash)));
      if (!entry) return false;
      if (entry->kind != git::EntryKind::folder) return true;
    }
    return false;
  }

  void add(const git::ObjectId& tree, const std::string& path, std::size_t depth,
           Listing& listing) const {
    ++listing.folders;
    for (const git::TreeEntry& entry : repository_.list_tree(tree)) {
      const std::string inner = fmt::format("{}/{}", path, entry.name);
      if (is_ignored(inner)) continue;
      check_bounds(listing, depth, inner);
      listed_.insert_or_assign(inner, entry);
      if (entry.kind == git::EntryKind::folder) {
        add(entry.id, inner, depth + 1, listing);
      } else {
        listing.files.push_back({inner, kind_of_entry(entry.kind)});
      }
    }
  }

  mutable std::mutex mutex_;  // the repository is not for several threads at once
  git::Repository repository_;
  git::ObjectId tree_;
  mutable std::unordered_map<git::ObjectId, Entries, git::ObjectIdHash> folders_;
  mutable std::size_t kept_ = 0;  // entries in folders_
  mutable std::unordered_map<std::string, git::TreeEntry> listed_;
  mutable std::unordered_set<std::string> complete_;  // folders at the top that listed_ has whole
};

class NoFiles : public FileTree {
 public:
  std::vector<TreeFile> list(std::string_view) const override { return {}; }
  std::vector<os::FolderItem> top() const override { return {}; }
  std::optional<os::FileKind> kind_of(std::string_view) const override { return std::nullopt; }
  os::ReadResult read(std::string_view, std::size_t) const override { return {}; }
};

}  // namespace

std::unique_ptr<FileTree> working_tree(const std::string& folder) {
  return std::make_unique<WorkingTree>(os::Folder::open_unnamed(folder));
}

std::unique_ptr<FileTree> commit_tree(git::Repository repository, const git::ObjectId& commit,
                                      const std::string& prefix) {
  git::ObjectId tree = repository.tree_of(commit);
  if (!prefix.empty()) {
    const auto entry = repository.find_entry(tree, prefix);
    if (!entry || entry->kind != git::EntryKind::folder) {
      throw Error{ErrorKind::not_a_club,
                  fmt::format("no folder {} in commit {}", quote(prefix), commit.hex())}
          .hint("the club came later; see 'git log' for the commits that have it");
    }
    tree = entry->id;
  }
  return std::make_unique<CommitTree>(std::move(repository), tree);
}

os::FileKind kind_of_entry(git::EntryKind kind) {
  switch (kind) {
    case git::EntryKind::file: return os::FileKind::regular;
    case git::EntryKind::folder: return os::FileKind::folder;
    case git::EntryKind::link: return os::FileKind::link;
    case git::EntryKind::submodule: return os::FileKind::other;
  }
  return os::FileKind::other;
}

std::unique_ptr<FileTree> no_files() { return std::make_unique<NoFiles>(); }

std::vector<std::string> clubs_in(const git::Repository& repository, const git::ObjectId& commit) {
  constexpr std::size_t kMaxLooked = 10'000;
  struct Waiting {
    std::string path;
    git::ObjectId tree;
    std::size_t depth;
  };
  std::vector<std::string> clubs;
  std::vector<Waiting> waiting{{"", repository.tree_of(commit), 0}};
  for (std::size_t looked = 0; looked < waiting.size() && looked < kMaxLooked; ++looked) {
    const Waiting place = waiting[looked];
    const std::vector<git::TreeEntry> entries = repository.list_tree(place.tree);
    const bool is_club = std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
      return entry.name == kClubFile && entry.kind == git::EntryKind::file;
    });
    if (is_club) {
      clubs.push_back(place.path);
      continue;
    }
    for (const git::TreeEntry& entry : entries) {
      if (entry.kind == git::EntryKind::folder && place.depth < kMaxClubDepth)
        waiting.push_back({place.path.empty() ? entry.name : place.path + "/" + entry.name,
                           entry.id, place.depth + 1});
    }
  }
  return clubs;
}

}  // namespace paperclub::club
