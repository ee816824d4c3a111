#include "lib/git/packs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/library.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

constexpr std::uint64_t kFanBytes = 256 * 4;
constexpr std::uint64_t kIdBytes = 20;
constexpr std::uint64_t kPackHeader = 12;
constexpr std::uint64_t kIsLong = 0x80000000U;  // of a place: it stands in the table of long ones
constexpr std::string_view kMultiPackIndex = "multi-pack-index";

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t width = 4) {
  std::uint64_t value = 0;
  for (const char c : bytes.substr(at, width))
    value = value << 8U | static_cast<unsigned char>(c);
  return value;
}

// One file of indexes and what is known of it.
class IndexFile {
 public:
  IndexFile(const os::Folder& folder, std::string name)
      : folder_(folder), name_(std::move(name)), size_(folder.size_of(name_).value_or(0)) {}

  std::uint64_t size() const { return size_; }

  void require(bool good) const {
    if (!good) {
      throw Error{ErrorKind::damaged, "the index of packed objects is damaged"}
          .at("objects/pack/" + escape(name_))
          .hint(std::string(kDamageHint));
    }
  }

  // The `count` bytes from `begin` on.
  std::string bytes(std::uint64_t begin, std::uint64_t count) const {
    require(begin <= size_ && count <= size_ - begin);
    os::ReadResult part = folder_.read_part(name_, begin, count);
    if (part.status == os::ReadStatus::unreadable) {
      throw Error{ErrorKind::io,
                  fmt::format("cannot read the index of packed objects: {}", escape(part.reason))}
          .at("objects/pack/" + escape(name_));
    }
    require(part.status == os::ReadStatus::ok && part.bytes.size() == count);
    return std::move(part.bytes);
  }

  // Calls `visit` with each of the `count` rows of `width` bytes from `begin` on.
  template <typename Visit>
  void for_each_row(std::uint64_t begin, std::uint64_t count, std::size_t width,
                    Visit visit) const {
    constexpr std::uint64_t kRowsAtOnce = 64 * 1024;
    for (std::uint64_t done = 0; done < count;) {
      const std::uint64_t rows = std::min(count - done, kRowsAtOnce);
      const std::string part = bytes(begin + done * width, rows * width);
      for (std::size_t at = 0; at < part.size(); at += width)
        visit(std::string_view(part).substr(at, width));
      done += rows;
    }
  }

  // The number of objects that the table of their first bytes, at `begin`, counts.
  std::uint64_t objects(std::uint64_t begin) const {
    const std::string fan = bytes(begin, kFanBytes);
    std::uint64_t last = 0;
    for (std::size_t at = 0; at < fan.size(); at += 4) {
      require(number_at(fan, at) >= last);
      last = number_at(fan, at);
    }
    return last;
  }

  // Whether an object may begin at `place` of a pack that is so large.
  void require_place(std::uint64_t place, std::uint64_t pack_size) const {
    require(place >= kPackHeader && pack_size > kIdBytes && place < pack_size - kIdBytes);
  }

 private:
  const os::Folder& folder_;
  std::string name_;
  std::uint64_t size_;
};

void check_first_form(const IndexFile& index, std::uint64_t pack_size) {
  constexpr std::uint64_t kRow = 4 + kIdBytes;
  const std::uint64_t count = index.objects(0);
  index.require(index.size() == kFanBytes + count * kRow + 2 * kIdBytes);
  index.for_each_row(kFanBytes, count, kRow, [&](std::string_view row) {
    index.require_place(number_at(row, 0), pack_size);
  });
}

void check_second_form(const IndexFile& index, std::uint64_t pack_size) {
  constexpr std::uint64_t kHeader = 8;
  index.require(number_at(index.bytes(4, 4), 0) == 2);
  const std::uint64_t count = index.objects(kHeader);
  const std::uint64_t places = kHeader + kFanBytes + count * (kIdBytes + 4);  // behind ids and CRCs
  const std::uint64_t long_places = places + count * 4;
  index.require(index.size() >= long_places + 2 * kIdBytes);
  const std::uint64_t long_bytes = index.size() - long_places - 2 * kIdBytes;
  index.require(long_bytes % 8 == 0 && long_bytes / 8 <= count);
  index.for_each_row(places, count, 4, [&](std::string_view row) {
    const std::uint64_t place = number_at(row, 0);
    if ((place & kIsLong) != 0) return index.require((place & ~kIsLong) < long_bytes / 8);
    index.require_place(place, pack_size);
  });
  index.for_each_row(long_places, long_bytes / 8, 8, [&](std::string_view row) {
    index.require_place(number_at(row, 0, 8), pack_size);
  });
}

void check_index(const os::Folder& folder, const std::string& name) {
  const auto pack_size = folder.size_of(name.substr(0, name.rfind('.')) + ".pack");
  if (!pack_size) return;
  const IndexFile index(folder, name);
  const bool second = index.bytes(0, 4) == "\377tOc";
  second ? check_second_form(index, *pack_size) : check_first_form(index, *pack_size);
}

// A part of an index over several packs.
struct Chunk {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
};

Chunk find_chunk(const IndexFile& index, std::string_view id) {
  constexpr std::uint64_t kHeader = 12;
  constexpr std::size_t kRow = 12;
  const std::uint64_t count = number_at(index.bytes(6, 1), 0, 1);
  const std::string table = index.bytes(kHeader, (count + 1) * kRow);
  for (std::size_t at = 0; at + kRow < table.size(); at += kRow) {
    if (table.compare(at, 4, id) != 0) continue;
    const std::uint64_t begin = number_at(table, at + 4, 8);
    const std::uint64_t end = number_at(table, at + kRow + 4, 8);
    index.require(begin <= end && end <= index.size());
    return {begin, end - begin};
  }
  return {};
}

// The sizes of the packs in the order in which the index counts them; nothing for one that is gone.
std::vector<std::optional<std::uint64_t>> pack_sizes(const os::Folder& folder,
                                                     const IndexFile& index) {
  constexpr std::uint64_t kMaxNames = 16 * 1024 * 1024;
  const Chunk chunk = find_chunk(index, "PNAM");
  index.require(chunk.size <= kMaxNames);
  const std::string names = index.bytes(chunk.begin, chunk.size);
  const std::uint64_t count = number_at(index.bytes(8, 4), 0);
  std::vector<std::optional<std::uint64_t>> sizes;
  for (std::size_t at = 0; sizes.size() < count;) {
    const std::size_t end = names.find('\0', at);
    index.require(end != names.npos);
    const std::string name = names.substr(at, end - at);
    sizes.push_back(folder.size_of(name.substr(0, name.rfind('.')) + ".pack"));
    at = end + 1;
  }
  return sizes;
}

void check_multi_pack_index(const os::Folder& folder) {
  const IndexFile index(folder, std::string(kMultiPackIndex));
  index.require(index.bytes(0, 6) == std::string("MIDX\1\1"));
  const auto sizes = pack_sizes(folder, index);
  const Chunk fan = find_chunk(index, "OIDF");
  const Chunk ids = find_chunk(index, "OIDL");
  const Chunk places = find_chunk(index, "OOFF");
  const Chunk long_places = find_chunk(index, "LOFF");
  index.require(fan.size == kFanBytes);
  const std::uint64_t count = index.objects(fan.begin);
  index.require(ids.size == count * kIdBytes && places.size == count * 8);
  index.for_each_row(places.begin, count, 8, [&](std::string_view row) {
    const std::uint64_t pack = number_at(row, 0);
    std::uint64_t place = number_at(row, 4);
    index.require(pack < sizes.size());
    if ((place & kIsLong) != 0 && long_places.size > 0) {
      index.require((place & ~kIsLong) < long_places.size / 8);
      place = number_at(index.bytes(long_places.begin + (place & ~kIsLong) * 8, 8), 0, 8);
    }
    if (sizes[pack]) index.require_place(place, *sizes[pack]);
  });
}

}  // namespace

void check_packs(const std::string& objects_folder) {
  const std::string path = objects_folder + "/pack";
  if (!os::is_folder(path)) return;
  const os::Folder folder = os::Folder::open(path);
  for (const os::FolderItem& item : folder.list()) {
    if (item.kind != os::FileKind::regular) continue;
    if (item.name.ends_with(".idx")) check_index(folder, item.name);
    if (item.name == kMultiPackIndex) check_multi_pack_index(folder);
  }
}

}  // namespace paperclub::git
