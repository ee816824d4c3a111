#include "cli/input.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/file.hpp"

namespace paperclub::cli {
namespace {

os::ReadResult read_file(const std::string& path, std::size_t limit) {
  const auto whole = os::resolve_path(path);
  if (!whole) return {};
  const std::size_t slash = whole->rfind('/');
  return os::Folder::open(slash == 0 ? "/" : whole->substr(0, slash))
      .read(whole->substr(slash + 1), limit);
}

}  // namespace

std::string read_input(Context& context, const std::string& path, std::size_t limit) {
  os::ReadResult input = path == "-" ? context.ui.read_all(limit) : read_file(path, limit);
  const std::string name = path == "-" ? "standard input" : quote(path, 200);
  switch (input.status) {
    case os::ReadStatus::ok: return std::move(input.bytes);
    case os::ReadStatus::missing:
      throw Error{ErrorKind::io, fmt::format("there is no file {}", name)}.hint(
          "name a file, or - for standard input");
    case os::ReadStatus::too_large:
      throw Error{ErrorKind::limit, fmt::format("{} is larger than {} MiB", name, limit >> 20U)}
          .hint("is it the right file?");
    case os::ReadStatus::not_regular:
      throw Error{ErrorKind::io, fmt::format("{} is no regular file", name)}.hint(
          "pass its bytes through standard input: -");
    case os::ReadStatus::unreadable: break;
  }
  throw Error{ErrorKind::io, fmt::format("cannot read {}: {}", name, escape(input.reason))};
}

}  // namespace paperclub::cli
