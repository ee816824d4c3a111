#include "lib/club/overlay.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "lib/club/layout.hpp"

namespace paperclub::club {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

// What lies on top: files by their paths, each with what it is, or nothing where it is gone.
using Laid = std::map<std::string, std::optional<os::FileKind>, std::less<>>;

class Overlay : public FileTree {
 public:
  Overlay(const FileTree& below, Laid laid) : below_(below), laid_(std::move(laid)) {}

  std::vector<TreeFile> list(std::string_view folder) const override {
    std::vector<TreeFile> files = below_.list(folder);
    std::erase_if(files, [this](const TreeFile& file) { return laid_.contains(file.path); });
    for (const auto& [path, kind] : laid_) {
      const bool is_inside = path == folder || (is_below(path, folder) && !is_ignored(path));
      if (kind && is_inside) files.push_back({path, *kind});
    }
    std::sort(files.begin(), files.end(),
              [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
    return files;
  }

  std::vector<os::FolderItem> top() const override {
    std::map<std::string, os::FileKind> items;
    for (const os::FolderItem& item : below_.top())
      items.emplace(item.name, item.kind);
    std::string last;
    for (const auto& [path, kind] : laid_) {
      const std::string name = path.substr(0, path.find('/'));
      if (std::exchange(last, name) == name) continue;
      items.erase(name);
      if (const auto now = kind_of(name)) items.emplace(name, *now);
    }
    std::vector<os::FolderItem> sorted;
    for (const auto& [name, kind] : items)
      sorted.push_back({name, kind});
    return sorted;
  }

  std::optional<os::FileKind> kind_of(std::string_view path) const override {
    const auto found = laid_.find(path);
    if (found != laid_.end() && found->second) return found->second;
    const auto below = found == laid_.end() ? below_.kind_of(path) : std::nullopt;
    const bool other = below && *below != os::FileKind::folder;
    // git has no empty folders.
    if (other || (below && !inside(path, false))) return below;
    return inside(path, true) || (below && !list(path).empty())
               ? std::optional(os::FileKind::folder)
               : std::nullopt;
  }

  os::ReadResult read(std::string_view path, std::size_t limit) const override {
    const auto found = laid_.find(path);
    if (found == laid_.end()) return below_.read(path, limit);
    if (!found->second) return {};
    if (*found->second != os::FileKind::regular) return {os::ReadStatus::not_regular, {}, {}};
    auto bytes = read_laid(path, limit);
    if (!bytes) return {os::ReadStatus::too_large, {}, {}};
    return {os::ReadStatus::ok, std::move(*bytes), {}};
  }

 private:
  // Reads the regular file that lies on top at `path`; nothing where it is larger than `limit`.
  virtual std::optional<std::string> read_laid(std::string_view path, std::size_t limit) const = 0;

  // Whether any file on top that is there (or that is gone) lies in the folder.
  bool inside(std::string_view folder, bool there) const {
    const std::string begin = std::string(folder) + "/";
    for (auto at = laid_.lower_bound(begin); at != laid_.end() && at->first.starts_with(begin);
         ++at) {
      if (at->second.has_value() == there) return true;
    }
    return false;
  }

  const FileTree& below_;
  const Laid laid_;
};

class ChangesOnTop : public Overlay {
 public:
  ChangesOnTop(const FileTree& below, const std::vector<Change>& changes)
      : Overlay(below, laid(changes)), changes_(by_path(changes)) {}

 private:
  static Laid laid(const std::vector<Change>& changes) {
    Laid laid;
    for (const Change& one : changes)
      laid.emplace(one.path, one.bytes ? std::optional(os::FileKind::regular) : std::nullopt);
    return laid;
  }

  static std::map<std::string_view, const Change*> by_path(const std::vector<Change>& changes) {
    std::map<std::string_view, const Change*> found;
    for (const Change& one : changes)
      found.emplace(one.path, &one);
    return found;
  }

  std::optional<std::string> read_laid(std::string_view path, std::size_t limit) const override {
    const std::string& bytes = *changes_.at(path)->bytes;
    return bytes.size() > limit ? std::nullopt : std::optional(bytes);
  }

  std::map<std::string_view, const Change*> changes_;
};

class DifferencesOnTop : public Overlay {
 public:
  DifferencesOnTop(const FileTree& below, git::Repository repository,
                   const std::vector<git::FileDifference>& differences, const std::string& prefix)
      : Overlay(below, laid(differences, beginning_below(prefix))),
        repository_(std::move(repository)),
        blobs_(blobs(differences, beginning_below(prefix))) {}

 private:
  static Laid laid(const std::vector<git::FileDifference>& differences, const std::string& begin) {
    Laid laid;
    for (const git::FileDifference& one : differences) {
      if (!one.path.starts_with(begin)) continue;
      laid.emplace(one.path.substr(begin.size()),
                   one.after ? std::optional(kind_of_entry(one.after->kind)) : std::nullopt);
    }
    return laid;
  }

  static std::map<std::string, git::ObjectId, std::less<>> blobs(
      const std::vector<git::FileDifference>& differences, const std::string& begin) {
    std::map<std::string, git::ObjectId, std::less<>> found;
    for (const git::FileDifference& one : differences) {
      if (one.after && one.path.starts_with(begin))
        found.emplace(one.path.substr(begin.size()), one.after->id);
    }
    return found;
  }

  std::optional<std::string> read_laid(std::string_view path, std::size_t limit) const override {
    const std::lock_guard lock(mutex_);
    return repository_.read_blob(blobs_.find(path)->second, limit);
  }

  mutable std::mutex mutex_;  // the repository is not for several threads at once
  git::Repository repository_;
  std::map<std::string, git::ObjectId, std::less<>> blobs_;
};

}  // namespace

std::unique_ptr<FileTree> with_changes(const FileTree& below, const std::vector<Change>& changes) {
  return std::make_unique<ChangesOnTop>(below, changes);
}

std::unique_ptr<FileTree> with_differences(const FileTree& below, git::Repository repository,
                                           const std::vector<git::FileDifference>& differences,
                                           const std::string& prefix) {
  return std::make_unique<DifferencesOnTop>(below, std::move(repository), differences, prefix);
}

}  // namespace paperclub::club
