#include "lib/git/tree_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kIdBytes = std::tuple_size_v<ObjectId::Bytes>;

EntryKind kind_of(unsigned mode) {
  constexpr unsigned kTypeBits = 0170000;
  switch (mode & kTypeBits) {
    case 0040000: return EntryKind::folder;
    case 0120000: return EntryKind::link;
    case 0160000: return EntryKind::submodule;
    default: return EntryKind::file;
  }
}

}  // namespace

bool comes_before(const RawEntry& a, const RawEntry& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = a.name.substr(0, common).compare(b.name.substr(0, common));
  if (order != 0) return order < 0;
  const auto after = [common](const RawEntry& entry) -> unsigned char {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return entry.kind == EntryKind::folder ? '/' : '\0';
  };
  return a.name.size() != b.name.size() && after(a) < after(b);
}

std::optional<RawEntry> TreeReader::next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t blank = rest_.find(' ');
  const std::size_t end = rest_.find('\0');
  RawEntry entry;
  const char* mode_end = rest_.data() + std::min(blank, rest_.size());
  const auto [parsed, problem] = std::from_chars(rest_.data(), mode_end, entry.mode, 8);
  const bool whole = blank < end && end != rest_.npos && rest_.size() - end > kIdBytes &&
                     parsed == mode_end && problem == std::errc();
  if (!whole) {
    throw Error{ErrorKind::damaged, fmt::format("tree {} is damaged", id_.hex())}.hint(
        "see what is damaged with 'git fsck'");
  }
  entry.name = rest_.substr(blank + 1, end - blank - 1);
  entry.kind = kind_of(entry.mode);
  entry.id = reinterpret_cast<const unsigned char*>(rest_.data() + end + 1);
  rest_.remove_prefix(end + 1 + kIdBytes);
  const bool path = entry.name.empty() || entry.name.find('/') != entry.name.npos;
  if (path || (last_ && !comes_before(*last_, entry)) || is_twin(entry)) {
    throw Error{ErrorKind::damaged,
                fmt::format("tree {} has a wrong entry {}", id_.hex(), quote(entry.name, 200))}
        .hint("see what is damaged with 'git fsck'");
  }
  last_ = entry;
  return entry;
}

// A file and a folder of one name need not stand side by side: `a`, `a.b` and then the folder `a`.
// Of the files before, only those whose names this one begins with can be meant.
bool TreeReader::is_twin(const RawEntry& entry) {
  while (!files_.empty() && !entry.name.starts_with(files_.back()))
    files_.pop_back();
  if (entry.kind != EntryKind::folder) {
    files_.push_back(entry.name);
    return false;
  }
  return !files_.empty() && files_.back() == entry.name;
}

TreeEntry to_entry(const RawEntry& entry) {
  ObjectId::Bytes bytes{};
  std::copy_n(entry.id, bytes.size(), bytes.begin());
  return {std::string(entry.name), entry.kind, ObjectId(bytes), entry.mode};
}

}  // namespace paperclub::git
