#include "lib/os/file_place.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "lib/base/text.hpp"

namespace paperclub::os {

std::string system_words(int code) { return std::strerror(code); }  // NOLINT: fixed locale, copied

namespace {

std::string remedy(int code) {
  switch (code) {
    case EACCES:
    case EPERM: return "see who may read and write it with 'ls -l'";
    case EDQUOT:
    case ENOSPC: return "make room on the disk; see 'df -h' and 'df -i'";
    case EROFS: return "the disk is mounted for reading only; see 'mount'";
    case EMFILE:
    case ENFILE: return "too many files are open; see 'ulimit -n'";
    case EIO: return "the disk may be failing; see 'dmesg', and keep a copy elsewhere";
    default: return "see what is there with 'ls -la'";
  }
}

}  // namespace

Error io_error(std::string_view what, const std::string& path, int code) {
  return Error{ErrorKind::io, fmt::format("{} {}: {}", what, quote(path, 200), system_words(code))}
      .hint(remedy(code));
}

Handle open_folder(int folder, const std::string& name) {
  return Handle(::openat(folder, name.c_str(), kFolderFlags | O_NOFOLLOW));
}

bool is_plain_part(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && part.find('\0') == part.npos;
}

Place walk_to(int root, std::string_view path) {
  Place place;
  place.folder = root;
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (!is_plain_part(part)) {
      place.error = ENOENT;
      return place;
    }
    if (slash == path.npos) {
      place.name = part;
      return place;
    }
    Handle next = open_folder(place.folder, std::string(part));
    if (!next) {
      place.error = errno;
      return place;
    }
    place.owned = std::move(next);
    place.folder = place.owned.get();
    path.remove_prefix(slash + 1);
  }
}

}  // namespace paperclub::os
