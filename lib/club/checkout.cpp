#include "lib/club/checkout.hpp"

#include <fmt/format.h>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"

namespace paperclub::club {
namespace {

// Larger files are none that we write.
constexpr std::size_t kMaxBytes = 16 * 1024 * 1024;

std::string without_returns(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  }
  return out;
}

}  // namespace

Checkout::Checkout(const git::Repository& repository, std::vector<FileChange> changes)
    : repository_(repository),
      folder_(os::Folder::open(repository.working_folder())),
      index_(repository),
      changes_(std::move(changes)) {}

// Whether the file holds what the blob does; git may have given it other line endings.
bool Checkout::holds(const FileChange& change, const std::optional<git::ObjectId>& blob) const {
  const os::ReadResult file = folder_.read(change.path, kMaxBytes);
  if (!blob) return file.status == os::ReadStatus::missing;
  if (file.status != os::ReadStatus::ok) return false;
  const auto bytes = repository_.read_blob(*blob, kMaxBytes);
  return bytes && (file.bytes == *bytes || without_returns(file.bytes) == *bytes);
}

void Checkout::refuse_dirty() const {
  for (const FileChange& change : changes_) {
    const auto staged = index_.staged(change.path);
    const bool good = (staged == change.before || staged == change.after) &&
                      (holds(change, change.before) || holds(change, change.after));
    if (good) continue;
    const std::string name = quote(change.path, 200);
    throw Error{ErrorKind::unacceptable, fmt::format("{} has changes that are not committed", name)}
        .hint(fmt::format("commit them, or put them aside: git stash push -- {}",
                          shell_word(change.path)));
  }
}

void Checkout::write_file(const std::string& path, const std::optional<std::string>& bytes) {
  if (!bytes) {
    folder_.remove(path);
    return;
  }
  std::optional<os::Folder> made;
  const os::Folder* at = &folder_;
  std::string_view rest = path;
  for (std::size_t slash = rest.find('/'); slash != rest.npos; slash = rest.find('/')) {
    const std::string name(rest.substr(0, slash));
    const bool is_new = !at->kind_of(name);
    os::Folder next = at->make_child(name);
    if (is_new) at->sync();
    made = std::move(next);
    at = &*made;
    rest.remove_prefix(slash + 1);
  }
  at->put(std::string(rest), *bytes);
  at->sync();
}

void Checkout::stage(const std::string& path, const std::optional<git::ObjectId>& blob) {
  const auto facts = blob ? folder_.facts_of(path) : std::nullopt;
  if (facts) {
    index_.put(path, *blob, *facts);
  } else {
    index_.remove(path);
  }
}

bool Checkout::apply() {
  for (const FileChange& change : changes_) {
    Old old;
    os::ReadResult file = folder_.read(change.path, kMaxBytes);
    if (file.status == os::ReadStatus::ok) old.bytes = std::move(file.bytes);
    old.staged = index_.staged(change.path);
    old_.push_back(std::move(old));
    write_file(change.path, change.after ? std::optional(change.bytes) : std::nullopt);
    stage(change.path, change.after);
  }
  if (index_.write()) return true;
  undo();
  return false;
}

void Checkout::undo() {
  for (std::size_t i = 0; i < old_.size(); ++i) {
    write_file(changes_[i].path, old_[i].bytes);
    stage(changes_[i].path, old_[i].staged);
  }
  old_.clear();
  index_.write();
}

}  // namespace paperclub::club
