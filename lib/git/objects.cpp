#include "lib/git/objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/git/loose_objects.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/git/tree_reader.hpp"

namespace paperclub::git {
namespace {

constexpr unsigned kFileMode = 0100644;
constexpr unsigned kObjectPermissions = 0444;  // what is named by its content never changes
constexpr unsigned kFolderMode = 0040000;
constexpr std::string_view kEmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

std::string_view bytes_of(const ObjectId& id) {
  return {reinterpret_cast<const char*>(id.bytes().data()), id.bytes().size()};
}

std::string format_person(const Person& person) {
  const int offset = person.offset_minutes < 0 ? -person.offset_minutes : person.offset_minutes;
  return fmt::format("{} <{}> {} {}{:02}{:02}", person.name, person.email, person.seconds,
                     person.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

ObjectId object_id(git_object_t kind, std::string_view content) {
  git_oid oid{};
  const int code = git_odb_hash(&oid, content.data(), content.size(), kind);
  if (code < 0) throw library_error(code, "cannot name an object");
  return to_id(oid);
}

// The changes below each folder, and those of this one's own files.
struct Split {
  struct File {
    std::optional<ObjectId> blob;
    std::optional<unsigned> mode;
  };
  std::map<std::string, File> files;
  std::map<std::string, std::vector<TreeChange>> folders;
};

Split split(const std::vector<TreeChange>& changes) {
  Split parts;
  for (const TreeChange& change : changes) {
    const std::size_t slash = change.path.find('/');
    const std::string name = change.path.substr(0, slash);
    const bool plain = !name.empty() && name != "." && name != ".." && fold(name) != ".git" &&
                       name.find('\0') == name.npos;
    if (!plain) {
      throw Error{ErrorKind::usage, fmt::format("{} is no path for a file", quote(change.path))};
    }
    if (slash == change.path.npos) {
      parts.files[name] = {change.blob, change.mode};
    } else {
      parts.folders[name].push_back({change.path.substr(slash + 1), change.blob, change.mode});
    }
  }
  return parts;
}

TreeEntry* find_entry(std::vector<TreeEntry>& entries, const std::string& name) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&name](const TreeEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

void put_entry(std::vector<TreeEntry>& entries, TreeEntry entry) {
  TreeEntry* old = find_entry(entries, entry.name);
  if (old == nullptr) {
    entries.push_back(std::move(entry));
  } else {
    *old = std::move(entry);
  }
}

void remove_entry(std::vector<TreeEntry>& entries, const std::string& name) {
  std::erase_if(entries, [&name](const TreeEntry& entry) { return entry.name == name; });
}

// Whether the object is there and whole: libgit2 compares it with its name.
bool can_be_read(git_odb* odb, const git_oid& oid) {
  git_odb_object* object = nullptr;
  const bool whole = git_odb_read(&object, odb, &oid) == 0;
  git_odb_object_free(object);
  return whole;
}

}  // namespace

std::optional<std::string> person_problem(const Person& person) {
  for (const std::string* text : {&person.name, &person.email}) {
    if (squeeze(*text).empty()) return "is empty";
    if (text->find_first_of(std::string_view("<>\n\0", 4)) != text->npos)
      return "holds a bracket or a line break";
  }
  return std::nullopt;
}

bool is_safe_path(std::string_view path) {
  while (true) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    // Marks that some file systems pass over, and the ends that others do.
    std::string name;
    for (std::size_t at = 0; at < part.size();) {
      const CodePoint point = decode(part, at);
      if (!point.valid || !is_forbidden(point.value)) name += part.substr(at, point.length);
      at += point.length;
    }
    while (name.ends_with('.') || name.ends_with(' '))
      name.pop_back();
    name = fold(name.substr(0, name.find(':')));
    const bool is_git = name == ".git" || name.starts_with("git~");
    if (name.empty() || is_git || part.find('\\') != part.npos || part.find('\0') != part.npos)
      return false;
    if (slash == path.size()) return true;
    path.remove_prefix(slash + 1);
  }
}

std::string format_commit(const CommitText& commit, std::string_view signature) {
  std::string text = fmt::format("tree {}\n", commit.tree.hex());
  for (const ObjectId& parent : commit.parents)
    text += fmt::format("parent {}\n", parent.hex());
  text += fmt::format("author {}\n", format_person(commit.author));
  text += fmt::format("committer {}\n", format_person(commit.committer));
  if (!signature.empty()) {
    // Further lines of a header begin with a blank.
    text += "gpgsig ";
    while (signature.ends_with('\n'))
      signature.remove_suffix(1);
    for (const char c : signature)
      text += c == '\n' ? std::string("\n ") : std::string(1, c);
    text += '\n';
  }
  text += "\n" + commit.message;
  return text.ends_with('\n') ? text : text + "\n";
}

ObjectId blob_id(std::string_view bytes) { return object_id(GIT_OBJECT_BLOB, bytes); }

ObjectWriter::ObjectWriter(const Repository& repository)
    : repository_(repository), folder_(os::Folder::open(repository.objects_folder())) {}

ObjectId ObjectWriter::write(int type, std::string_view content) {
  const auto kind = static_cast<git_object_t>(type);
  ObjectId id = object_id(kind, content);
  const git_oid oid = to_oid(id);
  const std::string first = id.hex().substr(0, 2);
  const std::string rest = id.hex().substr(2);
  repository_.impl_->check_packs();
  git_odb* odb = repository_.impl_->odb.get();
  const std::string path = first + "/" + rest;
  const bool is_loose = folder_.kind_of(path).has_value();
  if (!is_loose && git_odb_exists(odb, &oid) == 1) return id;
  // One that a power cut tore, or git did not bring to the disk, is written anew; one that a killed
  // process left behind may not be on the disk yet.
  if (is_loose && can_be_read(odb, oid) && folder_.sync_file(path)) {
    unsynced_.insert(first);
    return id;
  }
  // git's own clean-up knows the beginning of the name.
  folder_.make_child(first).put(rest, deflate_object(kind, content), "tmp_obj_",
                                kObjectPermissions);
  unsynced_.insert(first);
  return id;
}

ObjectId ObjectWriter::write_blob(std::string_view bytes) { return write(GIT_OBJECT_BLOB, bytes); }

ObjectId ObjectWriter::write_commit(std::string_view text) {
  return write(GIT_OBJECT_COMMIT, text);
}

ObjectId ObjectWriter::write_entries(std::vector<TreeEntry> entries) {
  std::sort(entries.begin(), entries.end(), [](const TreeEntry& a, const TreeEntry& b) {
    return comes_before({a.name, a.kind}, {b.name, b.kind});
  });
  std::string content;
  for (const TreeEntry& entry : entries) {
    content += fmt::format("{:o} {}", entry.mode, entry.name);
    content += '\0';
    content += bytes_of(entry.id);
  }
  return write(GIT_OBJECT_TREE, content);
}

ObjectId ObjectWriter::write_tree(const std::optional<ObjectId>& base,
                                  const std::vector<TreeChange>& changes) {
  std::vector<TreeEntry> entries;
  if (base) entries = repository_.list_tree(*base);
  const Split parts = split(changes);
  for (const auto& [name, file] : parts.files) {
    if (!file.blob) {
      remove_entry(entries, name);
      continue;
    }
    const TreeEntry* old = find_entry(entries, name);
    const bool keeps_mode = old != nullptr && old->kind == EntryKind::file;
    const unsigned mode = file.mode.value_or(keeps_mode ? old->mode : kFileMode);
    put_entry(entries, {name, EntryKind::file, *file.blob, mode});
  }
  for (const auto& [name, inner] : parts.folders) {
    const TreeEntry* old = find_entry(entries, name);
    if (old != nullptr && old->kind != EntryKind::folder) {
      throw Error{ErrorKind::usage,
                  fmt::format("{} is a file or a link, not a folder", quote(name))}
          .hint("take it away first, with 'git rm', and commit that");
    }
    const auto below = old == nullptr ? std::nullopt : std::optional(old->id);
    const ObjectId tree = write_tree(below, inner);
    if (tree.hex() == kEmptyTree) {
      remove_entry(entries, name);
    } else {
      put_entry(entries, {name, EntryKind::folder, tree, kFolderMode});
    }
  }
  return write_entries(std::move(entries));
}

void ObjectWriter::sync() {
  for (const std::string& name : unsynced_) {
    if (const auto folder = folder_.child(name)) folder->sync();
  }
  if (!unsynced_.empty()) folder_.sync();
  unsynced_.clear();
}

}  // namespace paperclub::git
