#include "lib/git/library.hpp"

#include <fmt/format.h>
#include <git2.h>

#include "lib/base/text.hpp"

namespace paperclub::git {
namespace {

struct Library {
  Library() {
    git_libgit2_init();
    // Refs, reflogs and the index are on the disk before they count as written.
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { git_libgit2_shutdown(); }
};

// The class of libgit2's last error, or GIT_ERROR_NONE.
int last_class() {
  const git_error* error = git_error_last();
  return error == nullptr ? GIT_ERROR_NONE : error->klass;
}

}  // namespace

void start_library() { static const Library kLibrary; }

std::string last_message(int code) {
  const git_error* error = code < 0 ? git_error_last() : nullptr;
  if (error == nullptr || error->message == nullptr) return fmt::format("libgit2 error {}", code);
  return escape(error->message);
}

bool is_data_error(int code) {
  if (code >= 0 || code == GIT_EAMBIGUOUS || code == GIT_EINVALIDSPEC) return false;
  const int klass = last_class();
  // The header of a packed object that ends too early; of a reference, a name that is too long.
  if (code == GIT_EBUFS) return klass != GIT_ERROR_REFERENCE;
  // Of what is not found, only an object is missing data; the rest are names that nothing has.
  if (code == GIT_ENOTFOUND) return klass == GIT_ERROR_ODB;
  if (klass == GIT_ERROR_REFERENCE) return code == GIT_ERROR;
  // A commit whose author or committer is not written as git writes one has no code of its own.
  if (klass == GIT_ERROR_INVALID)
    return last_message(code).starts_with("failed to parse signature");
  switch (klass) {
    case GIT_ERROR_ODB:
    case GIT_ERROR_ZLIB:
    case GIT_ERROR_OBJECT:
    case GIT_ERROR_TREE:
    case GIT_ERROR_TAG:
    case GIT_ERROR_SHA1:
    case GIT_ERROR_OS:
    case GIT_ERROR_REFERENCE:
    case GIT_ERROR_NOMEMORY: return true;
    default: return false;
  }
}

Error library_error(int code, std::string_view what) {
  const std::string words = last_message(code);
  const int klass = last_class();
  const bool system = klass == GIT_ERROR_OS || klass == GIT_ERROR_NOMEMORY;
  const bool damaged =
      !system && (code == GIT_ENOTFOUND || code == GIT_EBUFS || is_data_error(code));
  const ErrorKind kind = system    ? ErrorKind::io
                         : damaged ? ErrorKind::damaged
                                   : ErrorKind::repository;
  Error error{kind, fmt::format("{}: {}", what, words)};
  if (damaged) error.hint(std::string(kDamageHint));
  const bool forbidden = system && words.ends_with("Permission denied");
  if (forbidden) error.hint("see who may read and write git's folder with 'ls -la .git'");
  return error;
}

}  // namespace paperclub::git
