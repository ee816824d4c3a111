// The files of a club in memory, with a record of every access: tests say which files a rule may
// read, and how often.  Knows no folder but those its files lie in.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/club/file_tree.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::tests {

// A FileTree made of strings.  Like the real ones it may be read from several threads; it is
// changed from one.
class FakeTree : public club::FileTree {
 public:
  FakeTree() = default;

  // Puts a regular file there.
  void put(const std::string& path, std::string bytes) {
    entries_[path] = {os::FileKind::regular, os::ReadStatus::ok, std::move(bytes)};
  }
  // Puts a link or a device there.
  void put(const std::string& path, os::FileKind kind) {
    entries_[path] = {kind, os::ReadStatus::not_regular, {}};
  }
  // Makes reading the file at `path` end with `status`, for the reason given.
  void refuse(const std::string& path, os::ReadStatus status, std::string reason = {}) {
    entries_[path] = {os::FileKind::regular, status, std::move(reason)};
  }
  // Removes it.
  void remove(const std::string& path) { entries_.erase(path); }

  // Returns every path that was read, in order, repetitions kept.
  std::vector<std::string> reads() const { return copy(reads_); }
  // Returns every folder that was listed.
  std::vector<std::string> listed() const { return copy(listed_); }
  // Returns every path whose kind was asked.
  std::vector<std::string> asked() const { return copy(asked_); }
  // Forgets the accesses so far.
  void forget() const {
    const std::lock_guard lock(mutex_);
    reads_.clear();
    listed_.clear();
    asked_.clear();
  }

  std::vector<club::TreeFile> list(std::string_view folder) const override {
    note(listed_, folder);
    std::vector<club::TreeFile> files;
    const auto own = entries_.find(std::string(folder));
    if (own != entries_.end()) return {{own->first, own->second.kind}};
    const std::string lead = std::string(folder) + "/";
    for (auto at = entries_.lower_bound(lead); at != entries_.end(); ++at) {
      if (!at->first.starts_with(lead)) break;
      if (club::is_ignored(at->first)) continue;
      files.push_back({at->first, at->second.kind});
    }
    return files;
  }

  std::vector<os::FolderItem> top() const override {
    std::map<std::string, os::FileKind> items;
    for (const auto& [path, entry] : entries_) {
      const std::size_t slash = path.find('/');
      items[path.substr(0, slash)] = slash == path.npos ? entry.kind : os::FileKind::folder;
    }
    std::vector<os::FolderItem> all;
    for (const auto& [name, kind] : items)
      all.push_back({name, kind});
    return all;
  }

  std::optional<os::FileKind> kind_of(std::string_view path) const override {
    note(asked_, path);
    const auto own = entries_.find(std::string(path));
    if (own != entries_.end()) return own->second.kind;
    if (is_folder(path)) return os::FileKind::folder;
    return std::nullopt;
  }

  os::ReadResult read(std::string_view path, std::size_t limit) const override {
    note(reads_, path);
    const auto own = entries_.find(std::string(path));
    if (own == entries_.end()) {
      const bool closed = is_folder(path) || lies_below_a_file(path);
      return {closed ? os::ReadStatus::not_regular : os::ReadStatus::missing, {}, {}};
    }
    const Entry& entry = own->second;
    if (entry.status != os::ReadStatus::ok) return {entry.status, {}, entry.bytes};
    if (entry.bytes.size() > limit) return {os::ReadStatus::too_large, {}, {}};
    return {os::ReadStatus::ok, entry.bytes, {}};
  }

 private:
  struct Entry {
    os::FileKind kind = os::FileKind::regular;
    os::ReadStatus status = os::ReadStatus::ok;
    std::string bytes;  // or the reason why there are none
  };
  using Paths = std::vector<std::string>;

  bool is_folder(std::string_view path) const {
    const std::string lead = std::string(path) + "/";
    const auto at = entries_.lower_bound(lead);
    return !path.empty() && at != entries_.end() && at->first.starts_with(lead);
  }

  bool lies_below_a_file(std::string_view path) const {
    for (std::size_t slash = path.find('/'); slash != path.npos;
         slash = path.find('/', slash + 1)) {
      if (entries_.contains(std::string(path.substr(0, slash)))) return true;
    }
    return false;
  }

  void note(Paths& paths, std::string_view path) const {
    const std::lock_guard lock(mutex_);
    paths.emplace_back(path);
  }

  Paths copy(const Paths& paths) const {
    const std::lock_guard lock(mutex_);
    return paths;
  }

  std::map<std::string, Entry> entries_;
  mutable std::mutex mutex_;
  mutable Paths reads_;
  mutable Paths listed_;
  mutable Paths asked_;
};

}  // namespace paperclub::tests
