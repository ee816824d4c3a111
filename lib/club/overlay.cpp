#include "lib/club/overlay.hpp"

#include <algorithm>

namespace paperclub::club {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

class Overlay : public FileTree {
 public:
  Overlay(const FileTree& below, const std::vector<Change>& changes)
      : below_(below), changes_(changes) {}

  std::vector<TreeFile> list(std::string_view folder) const override {
    std::vector<TreeFile> files = below_.list(folder);
    std::erase_if(files, [this](const TreeFile& file) { return change_of(file.path) != nullptr; });
    for (const Change& change : changes_) {
      if (change.bytes && is_below(change.path, folder))
        files.push_back({change.path, os::FileKind::regular});
    }
    std::sort(files.begin(), files.end(),
              [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
    return files;
  }

  std::vector<os::FolderItem> top() const override {
    std::vector<os::FolderItem> items = below_.top();
    for (const Change& change : changes_) {
      const std::size_t slash = change.path.find('/');
      const std::string name = change.path.substr(0, slash);
      const bool whole = slash == std::string::npos;
      if (whole || change.bytes)
        std::erase_if(items, [&name](const os::FolderItem& item) { return item.name == name; });
      if (change.bytes)
        items.push_back({name, whole ? os::FileKind::regular : os::FileKind::folder});
    }
    std::sort(items.begin(), items.end(),
              [](const os::FolderItem& a, const os::FolderItem& b) { return a.name < b.name; });
    return items;
  }

  std::optional<os::FileKind> kind_of(std::string_view path) const override {
    const Change* change = change_of(path);
    if (change != nullptr)
      return change->bytes ? std::optional(os::FileKind::regular) : std::nullopt;
    const auto below = below_.kind_of(path);
    const bool other = below && *below != os::FileKind::folder;
    const auto inside = [this, path](bool stays) {
      return std::any_of(changes_.begin(), changes_.end(), [&](const Change& one) {
        return one.bytes.has_value() == stays && is_below(one.path, path);
      });
    };
    // git has no empty folders.
    if (other || (below && !inside(false))) return below;
    return inside(true) || (below && !list(path).empty()) ? std::optional(os::FileKind::folder)
                                                          : std::nullopt;
  }

  os::ReadResult read(std::string_view path, std::size_t limit) const override {
    const Change* change = change_of(path);
    if (change == nullptr) return below_.read(path, limit);
    if (!change->bytes) return {};
    if (change->bytes->size() > limit) return {os::ReadStatus::too_large, {}, {}};
    return {os::ReadStatus::ok, *change->bytes, {}};
  }

 private:
  const Change* change_of(std::string_view path) const {
    const auto found = std::find_if(changes_.begin(), changes_.end(),
                                    [path](const Change& change) { return change.path == path; });
    return found == changes_.end() ? nullptr : &*found;
  }

  const FileTree& below_;
  const std::vector<Change>& changes_;
};

}  // namespace

std::unique_ptr<FileTree> with_changes(const FileTree& below, const std::vector<Change>& changes) {
  return std::make_unique<Overlay>(below, changes);
}

}  // namespace paperclub::club
