// The entries of a tree, read from its bytes as git keeps them.  For this room only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lib/git/repository.hpp"

namespace paperclub::git {

// One entry; its name lies in the bytes that are read.
struct RawEntry {
  std::string_view name;
  EntryKind kind = EntryKind::file;
  unsigned mode = 0;
  const unsigned char* id = nullptr;  // 20 bytes
};

// Goes through a tree.  What git never writes is refused: a name that is empty or holds a slash,
// one that stands twice, another order; in such a tree entries could not be found that are there.
// Names such as `..` are told as they are: what is made of them is for others to judge.
class TreeReader {
 public:
  // `bytes` are those of the tree `id`; both must outlive the reader.
  TreeReader(const ObjectId& id, std::string_view bytes) : id_(id), rest_(bytes) {}

  // Returns the next entry, or nothing at the end.  Throws Error{damaged}.
  std::optional<RawEntry> next();

 private:
  bool is_twin(const RawEntry& entry);

  const ObjectId& id_;
  std::string_view rest_;
  std::optional<RawEntry> last_;
  std::vector<std::string_view> files_;  // each the beginning of the next one
};

// Git's order: by bytes, a folder as if its name ended in a slash.  False for one name twice.
bool comes_before(const RawEntry& a, const RawEntry& b);

// Returns the entry as a value.
TreeEntry to_entry(const RawEntry& entry);

}  // namespace paperclub::git
