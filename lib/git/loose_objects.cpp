#include "lib/git/loose_objects.hpp"

#include <fmt/format.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kHexLength = GIT_OID_HEXSZ;

// What the first bytes of an object say: `blob 12\0`.
struct Header {
  git_object_t type = GIT_OBJECT_INVALID;
  std::size_t size = 0;
  std::size_t length = 0;  // of the header itself
};

// An object's bytes with its header.
struct LooseObject {
  Header header;
  std::string content;
};

enum class Outcome { ok, missing, damaged, unreadable };

// zlib's inflate state, ended once.
class Inflater {
 public:
  explicit Inflater(std::string& input) {
    stream_.next_in = reinterpret_cast<Bytef*>(input.data());
    stream_.avail_in = static_cast<uInt>(input.size());
    ready_ = inflateInit(&stream_) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }

  // Fills `out` up to its size; returns how much it got, and whether the stream ended well.
  std::pair<std::size_t, bool> read(char* out, std::size_t size) {
    if (!ready_) return {0, false};
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    int code = Z_OK;
    while (code == Z_OK && stream_.avail_out > 0) {
      const auto before = std::make_pair(stream_.avail_in, stream_.avail_out);
      code = inflate(&stream_, Z_NO_FLUSH);
      if (before == std::make_pair(stream_.avail_in, stream_.avail_out)) break;  // no progress
    }
    return {size - stream_.avail_out, code == Z_STREAM_END};
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

std::optional<Header> parse_header(std::string_view bytes) {
  const std::size_t end = bytes.find('\0');
  const std::size_t blank = bytes.find(' ');
  if (end == bytes.npos || blank == bytes.npos || blank + 1 >= end) return std::nullopt;
  Header header;
  header.type = git_object_string2type(std::string(bytes.substr(0, blank)).c_str());
  constexpr std::size_t kNoSize = std::size_t{1} << 50U;
  for (const char c : bytes.substr(blank + 1, end - blank - 1)) {
    if (c < '0' || c > '9' || header.size > kNoSize) return std::nullopt;
    header.size = header.size * 10 + static_cast<std::size_t>(c - '0');
  }
  header.length = end + 1;
  if (header.type == GIT_OBJECT_INVALID) return std::nullopt;
  return header;
}

constexpr std::size_t kHeaderRoom = 64;
constexpr std::size_t kMaxTrusted = 1024 * 1024;

// Inflates the beginning of an object; nothing where that is damaged.
std::optional<Header> inflate_header(std::string packed) {
  Inflater inflater(packed);
  std::array<char, kHeaderRoom> start{};
  const std::size_t got = inflater.read(start.data(), start.size()).first;
  return parse_header({start.data(), got});
}

// Inflates one object; nothing where it is damaged, truncated or too large.
std::optional<LooseObject> inflate_object(std::string packed) {
  Inflater inflater(packed);
  std::array<char, kHeaderRoom> start{};
  const auto [got, ended] = inflater.read(start.data(), start.size());
  const auto header = parse_header({start.data(), got});
  if (!header || header->size > kMaxObjectBytes) return std::nullopt;
  LooseObject object{*header, std::string(start.data() + header->length, got - header->length)};
  if (object.content.size() > header->size) return std::nullopt;
  const std::size_t have = object.content.size();
  // One byte more than there should be: a longer stream is damage too.
  object.content.resize(header->size + 1);
  const auto [rest, complete] =
      ended ? std::make_pair(std::size_t{0}, true)
            : inflater.read(object.content.data() + have, object.content.size() - have);
  if (!complete || have + rest != header->size) return std::nullopt;
  object.content.resize(header->size);
  return object;
}

struct Backend {
  git_odb_backend parent{};
  os::Folder folder;
};

Backend& self(git_odb_backend* backend) { return *reinterpret_cast<Backend*>(backend); }

int answer(Outcome outcome, const std::string& name) {
  if (outcome == Outcome::ok) return 0;
  if (outcome == Outcome::missing) return GIT_ENOTFOUND;
  if (outcome == Outcome::unreadable) {
    git_error_set_str(GIT_ERROR_OS, fmt::format("object {} cannot be read", name).c_str());
    return GIT_ERROR;
  }
  git_error_set_str(GIT_ERROR_ODB, fmt::format("object {} is damaged", name).c_str());
  return GIT_ERROR;
}

std::string name_of(const git_oid* id) {
  std::array<char, kHexLength + 1> hex{};
  git_oid_tostr(hex.data(), hex.size(), id);
  return hex.data();
}

std::string path_of(const std::string& name) {
  return fmt::format("{}/{}", name.substr(0, 2), name.substr(2));
}

Outcome outcome_of(os::ReadStatus status) {
  switch (status) {
    case os::ReadStatus::ok: return Outcome::ok;
    case os::ReadStatus::missing: return Outcome::missing;
    case os::ReadStatus::unreadable: return Outcome::unreadable;
    case os::ReadStatus::not_regular:
    case os::ReadStatus::too_large: return Outcome::damaged;
  }
  return Outcome::damaged;
}

Outcome read_object(const os::Folder& folder, const std::string& name, LooseObject& object) {
  os::ReadResult file = folder.read(path_of(name), kMaxObjectBytes);
  if (const Outcome outcome = outcome_of(file.status); outcome != Outcome::ok) return outcome;
  auto inflated = inflate_object(std::move(file.bytes));
  if (!inflated) return Outcome::damaged;
  object = std::move(*inflated);
  return Outcome::ok;
}

int hand_over(git_odb_backend* backend, const LooseObject& object, void** data, size_t* size,
              git_object_t* type) {
  *data = git_odb_backend_data_alloc(backend, object.content.size() + 1);
  if (*data == nullptr) return GIT_ERROR;
  std::memcpy(*data, object.content.c_str(), object.content.size() + 1);
  *size = object.content.size();
  *type = object.header.type;
  return 0;
}

int read_callback(void** data, size_t* size, git_object_t* type, git_odb_backend* backend,
                  const git_oid* id) {
  LooseObject object;
  const Outcome outcome = read_object(self(backend).folder, name_of(id), object);
  if (outcome != Outcome::ok) return answer(outcome, name_of(id));
  return hand_over(backend, object, data, size, type);
}

int header_callback(size_t* size, git_object_t* type, git_odb_backend* backend, const git_oid* id) {
  const std::string name = name_of(id);
  os::ReadResult file = self(backend).folder.read_part(path_of(name), 0, 2 * kHeaderRoom);
  if (const Outcome outcome = outcome_of(file.status); outcome != Outcome::ok)
    return answer(outcome, name);
  const auto header = inflate_header(std::move(file.bytes));
  if (!header) return answer(Outcome::damaged, name);
  // Reading tells whether a small one is what its header says; a large one may never be read.
  const bool large = header->size > kMaxTrusted && header->size <= kMaxObjectBytes;
  LooseObject object;
  if (large && read_object(self(backend).folder, name, object) != Outcome::ok)
    return answer(Outcome::damaged, name);
  *size = header->size;
  *type = header->type;
  return 0;
}

// The full names of loose objects that begin with `prefix` (at least 2 digits).
std::vector<std::string> names_with(const os::Folder& folder, const std::string& prefix) {
  std::vector<std::string> names;
  const auto inner = folder.child(prefix.substr(0, 2));
  if (!inner) return names;
  for (const os::FolderItem& item : inner->list()) {
    std::string name = prefix.substr(0, 2) + item.name;
    if (name.size() == kHexLength && name.starts_with(prefix)) names.push_back(std::move(name));
  }
  return names;
}

int prefix_callback(git_oid* found, void** data, size_t* size, git_object_t* type,
                    git_odb_backend* backend, const git_oid* id, size_t length) {
  if (length < 2) return GIT_EAMBIGUOUS;
  const auto names = names_with(self(backend).folder, name_of(id).substr(0, length));
  if (names.empty()) return GIT_ENOTFOUND;
  if (names.size() > 1) return GIT_EAMBIGUOUS;
  LooseObject object;
  const Outcome outcome = read_object(self(backend).folder, names.front(), object);
  if (outcome != Outcome::ok) return answer(outcome, names.front());
  if (git_oid_fromstr(found, names.front().c_str()) < 0) return GIT_ENOTFOUND;
  return hand_over(backend, object, data, size, type);
}

void free_callback(git_odb_backend* backend) { delete reinterpret_cast<Backend*>(backend); }

// The edge of C callbacks: an exception becomes an error code there.
template <auto callback, typename... Arguments>
int guarded(Arguments... arguments) {
  try {
    return callback(arguments...);
  } catch (const std::exception& error) {
    git_error_set_str(GIT_ERROR_ODB, error.what());
    return GIT_ERROR;
  }
}

}  // namespace

std::string deflate_object(git_object_t type, std::string_view content) {
  std::string whole = fmt::format("{} {}", git_object_type2string(type), content.size());
  whole += '\0';
  whole += content;
  uLongf size = compressBound(static_cast<uLong>(whole.size()));
  std::string packed(size, '\0');
  const int code = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                             reinterpret_cast<const Bytef*>(whole.data()),
                             static_cast<uLong>(whole.size()), Z_BEST_SPEED);
  if (code != Z_OK) throw Error{ErrorKind::io, "cannot pack an object"};
  packed.resize(size);
  return packed;
}

void guard_loose_objects(git_odb* odb, const std::string& objects_folder) {
  // libgit2 asks its packs with 2 and its own loose objects with 1.  Behind the packs, for in a
  // packed history each object would be looked for in vain among the loose ones first.
  constexpr int kAfterPacks = 2;
  auto backend =
      std::make_unique<Backend>(Backend{git_odb_backend{}, os::Folder::open(objects_folder)});
  git_odb_init_backend(&backend->parent, GIT_ODB_BACKEND_VERSION);
  backend->parent.read = guarded<read_callback>;
  backend->parent.read_header = guarded<header_callback>;
  backend->parent.read_prefix = guarded<prefix_callback>;
  backend->parent.free = free_callback;
  const int code = git_odb_add_backend(odb, &backend->parent, kAfterPacks);
  if (code < 0) throw library_error(code, "cannot guard the object store");
  static_cast<void>(backend.release());  // owned by the object store now
}

}  // namespace paperclub::git
