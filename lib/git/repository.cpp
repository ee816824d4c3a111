#include "lib/git/repository.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/library.hpp"
#include "lib/git/loose_objects.hpp"
#include "lib/git/packs.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/git/tree_reader.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kMaxAlternates = 1000;

std::string_view bytes_of(git_odb_object& object) {
  return {static_cast<const char*>(git_odb_object_data(&object)), git_odb_object_size(&object)};
}

std::string without_slash(const char* path) {
  std::string text = path == nullptr ? "" : path;
  while (text.size() > 1 && text.back() == '/')
    text.pop_back();
  return text;
}

Error foreign_error(const std::string& folder) {
  Error error{ErrorKind::repository,
              fmt::format("the repository at {} belongs to another user", quote(folder, 200))};
  return error.hint(fmt::format("if you trust it: git config --global --add safe.directory {}",
                                shell_word(folder)));
}

// What libgit2's refusal to open means, and what to do about it.
Error open_error(int code, const std::string& folder) {
  const std::string words = last_message(code);
  const auto says = [&words](std::string_view part) { return words.find(part) != words.npos; };
  const std::string name = quote(folder, 200);
  if (code == GIT_EOWNER || says("not owned by current user")) {
    return foreign_error(folder);
  }
  Error error{ErrorKind::repository,
              fmt::format("cannot open the repository at {}: {}", name, words)};
  if (says("objectformat") || says("object format")) {
    error.hint("repositories with SHA-256 ids are not supported; clone it into one with SHA-1");
  } else if (says("extension")) {
    error.hint("it uses an extension of git that is not supported; clone it anew without");
  } else if (says("version")) {
    error.hint("its format is newer than this program; clone it anew with an older git");
  } else {
    error.hint("see what git says with 'git fsck'");
  }
  return error;
}

// The folders named in info/alternates, and theirs.
void add_alternates(std::vector<std::string>& folders, const std::string& objects) {
  constexpr std::size_t kMaxBytes = 64 * 1024;
  const os::ReadResult file = os::Folder::open(objects).read("info/alternates", kMaxBytes);
  if (file.status == os::ReadStatus::missing) return;
  if (file.status != os::ReadStatus::ok) {
    // Objects in folders that are not known here would be read without our limits.
    throw Error{file.status == os::ReadStatus::too_large ? ErrorKind::limit : ErrorKind::io,
                "cannot read the list of shared folders of objects"}
        .at(escape(objects + "/info/alternates"));
  }
  std::string_view lines = file.bytes;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto folder = os::resolve_path(line.front() == '/' ? line : objects + "/" + line);
    const bool known =
        folder && std::find(folders.begin(), folders.end(), *folder) != folders.end();
    if (!folder || known || !os::is_folder(*folder)) continue;
    if (folders.size() > kMaxAlternates) {
      throw Error{
          ErrorKind::limit,
          fmt::format("more than {} shared folders of objects are named in 'info/alternates'",
                      kMaxAlternates)};
    }
    folders.push_back(*folder);
    add_alternates(folders, *folder);
  }
}

// A branch may stand for another one (an old name for a new one): the last name is what moves.
std::string last_name(git_repository* repository, std::string name) {
  constexpr int kMaxNames = 5;
  for (int i = 0; i < kMaxNames; ++i) {
    git_reference* raw = nullptr;
    const int code = git_reference_lookup(&raw, repository, name.c_str());
    const ReferencePtr reference(raw);
    if (code == GIT_ENOTFOUND) return name;
    if (code < 0) throw library_error(code, "cannot read the branch");
    if (git_reference_type(raw) != GIT_REFERENCE_SYMBOLIC) return name;
    name = git_reference_symbolic_target(raw);
  }
  throw Error{ErrorKind::repository, "the branch stands for others in a circle"}.hint(
      "see 'git symbolic-ref HEAD'");
}

}  // namespace

std::optional<ObjectId> ObjectId::parse(std::string_view hex) {
  const bool good = hex.size() == GIT_OID_HEXSZ && std::all_of(hex.begin(), hex.end(), [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                    });
  if (!good) return std::nullopt;
  git_oid oid{};
  git_oid_fromstrn(&oid, hex.data(), hex.size());
  return to_id(oid);
}

std::string ObjectId::hex() const {
  std::string hex(GIT_OID_HEXSZ, '0');
  const git_oid oid = to_oid(*this);
  git_oid_fmt(hex.data(), &oid);
  return hex;
}

std::string short_branch(std::string_view name) {
  constexpr std::string_view kHeads = "refs/heads/";
  return std::string(name.starts_with(kHeads) ? name.substr(kHeads.size()) : name);
}

git_oid to_oid(const ObjectId& id) {
  git_oid oid{};
  std::copy(id.bytes().begin(), id.bytes().end(), std::begin(oid.id));
  return oid;
}

ObjectId to_id(const git_oid& oid) {
  ObjectId::Bytes bytes{};
  std::copy_n(std::begin(oid.id), bytes.size(), bytes.begin());
  return ObjectId(bytes);
}

void Repository::Impl::check_packs() const {
  if (packs_checked) return;
  for (const std::string& store : stores)
    git::check_packs(store);
  packs_checked = true;
}

OdbObjectPtr Repository::Impl::read(const ObjectId& id, git_object_t type,
                                    std::size_t limit) const {
  check_packs();
  const git_oid oid = to_oid(id);
  std::size_t size = 0;
  git_object_t found = GIT_OBJECT_INVALID;
  if (const int code = git_odb_read_header(&size, &found, odb.get(), &oid); code < 0) {
    throw damage(code, id);
  }
  if (found != type) {
    throw Error{ErrorKind::damaged,
                fmt::format("object {} is a {}, not a {}", id.hex(), git_object_type2string(found),
                            git_object_type2string(type))}
        .hint(std::string(kDamageHint));
  }
  if (size > limit) return nullptr;
  git_odb_object* raw = nullptr;
  const int code = git_odb_read(&raw, odb.get(), &oid);
  OdbObjectPtr object(raw);
  if (code < 0) throw damage(code, id);
  return object;
}

bool Repository::Impl::is_shallow() const {
  const char* common = git_repository_commondir(repository.get());
  return common != nullptr && os::Folder::open(common).kind_of("shallow").has_value();
}

Error Repository::Impl::damage(int code, const ObjectId& id) const {
  if (code != GIT_ENOTFOUND)
    return library_error(code, fmt::format("cannot read object {}", id.hex()));
  // Their words for an object that is not there name it again.
  Error error{ErrorKind::damaged, fmt::format("object {} is missing", id.hex())};
  if (is_shallow())
    error.hint("this clone is shallow; fetch the rest with 'git fetch --unshallow'");
  return error.hint(std::string(kDamageHint));
}

Error Repository::Impl::unresolved(int code, const std::string& revision) const {
  Error error = library_error(code, fmt::format("cannot resolve {}", quote(revision)));
  const bool damaged = is_data_error(code);
  return damaged && !is_shallow() ? error : no_revision(code, revision);
}

Error Repository::Impl::no_revision(int code, const std::string& revision) const {
  Error error{ErrorKind::usage, code == GIT_EAMBIGUOUS
                                    ? fmt::format("revision {} is ambiguous", quote(revision))
                                    : fmt::format("no revision {} here", quote(revision))};
  if (is_shallow()) {
    return error.hint("this clone is shallow; fetch the rest with 'git fetch --unshallow'");
  }
  const bool unborn = git_repository_head_unborn(repository.get()) == 1;
  return error.hint(unborn ? "the repository has no commit yet"
                           : "see 'git branch --all', 'git tag' and 'git log' for what there is");
}

OdbObjectPtr Repository::Impl::tree(const ObjectId& id) const {
  OdbObjectPtr tree = read(id, GIT_OBJECT_TREE, kMaxObjectBytes);
  if (!tree) throw Error{ErrorKind::limit, fmt::format("tree {} is larger than 64 MiB", id.hex())};
  return tree;
}

Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

void Repository::create(const std::string& folder, const std::string& branch) {
  start_library();
  int valid = 0;
  const std::string name = "refs/heads/" + branch;
  if (git_reference_name_is_valid(&valid, name.c_str()) != 0 || valid == 0) {
    throw Error{ErrorKind::repository,
                fmt::format("a branch cannot be called {}", quote(branch, 100))}
        .hint("see 'git config init.defaultBranch'");
  }
  git_repository_init_options options{};
  git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
  options.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
  options.initial_head = branch.c_str();
  git_repository* raw = nullptr;
  const int code = git_repository_init_ext(&raw, folder.c_str(), &options);
  const RepositoryPtr made(raw);
  if (code < 0)
    throw library_error(code, fmt::format("cannot make a repository in {}", quote(folder, 200)));
}

std::optional<Repository> Repository::discover(const std::string& folder) {
  start_library();
  git_repository* raw = nullptr;
  const int code = git_repository_open_ext(&raw, folder.c_str(), 0, nullptr);
  auto impl = std::make_unique<Impl>();
  impl->repository.reset(raw);
  if (code == GIT_ENOTFOUND) {
    // Where the person has no configuration, 1.5.1 says this of a foreign repository, too.
    const std::string top = os::find_upwards(folder, ".git").value_or(folder);
    const bool is_repository = os::is_folder(top + "/.git") || os::is_folder(top + "/objects");
    if (is_repository && os::belongs_to_another(top)) throw foreign_error(top);
    return std::nullopt;
  }
  if (code < 0) throw open_error(code, folder);
  git_odb* odb = nullptr;
  const int odb_code = git_repository_odb(&odb, raw);
  impl->odb.reset(odb);
  if (odb_code < 0) throw open_error(odb_code, folder);
  Repository repository(std::move(impl));
  std::vector<std::string>& stores = repository.impl_->stores;
  stores.push_back(repository.objects_folder());
  add_alternates(stores, std::string(stores.front()));
  for (const std::string& one : stores)
    guard_loose_objects(odb, one);
  return repository;
}

Repository Repository::open(const RepositoryPlace& place) {
  Repository repository = open(place.folder);
  for (const std::string& objects : place.objects) {
    const int code = git_odb_add_disk_alternate(repository.impl_->odb.get(), objects.c_str());
    if (code < 0) throw library_error(code, "cannot read the objects of the push");
    repository.impl_->stores.push_back(objects);
    guard_loose_objects(repository.impl_->odb.get(), objects);
  }
  return repository;
}

Repository Repository::open(const std::string& folder) {
  auto repository = discover(folder);
  if (repository) return std::move(*repository);
  throw Error{ErrorKind::repository,
              fmt::format("{} is not in a git repository", quote(folder, 200))}
      .hint("a club without git has neither history nor votes: make it one with 'git init'");
}

bool Repository::is_bare() const { return git_repository_is_bare(impl_->repository.get()) == 1; }

bool Repository::is_shallow() const { return impl_->is_shallow(); }

bool Repository::is_cut_off(const ObjectId& commit) const {
  constexpr std::size_t kMaxMarks = std::size_t{1} << 24U;
  const os::ReadResult marks = os::Folder::open(common_folder()).read("shallow", kMaxMarks);
  return marks.status == os::ReadStatus::ok && marks.bytes.find(commit.hex()) != marks.bytes.npos;
}

bool Repository::has_commit() const {
  return git_repository_head_unborn(impl_->repository.get()) != 1;
}

Head Repository::head() const {
  git_repository* repository = impl_->repository.get();
  if (git_repository_head_detached(repository) == 1) {
    throw Error{ErrorKind::repository, "HEAD is on no branch"}.hint(
        "go to one with 'git switch BRANCH', or make one with 'git switch --create BRANCH'");
  }
  git_reference* raw = nullptr;
  const int code = git_reference_lookup(&raw, repository, "HEAD");
  const ReferencePtr head(raw);
  if (code < 0) throw library_error(code, "cannot read HEAD");
  const char* target = git_reference_symbolic_target(raw);
  if (target == nullptr) throw Error{ErrorKind::damaged, "HEAD names no branch"};
  const Reference last = reference(target);
  return {last.name, last.id};
}

Reference Repository::reference(const std::string& name) const {
  git_repository* repository = impl_->repository.get();
  const std::string last = last_name(repository, name);
  git_oid oid{};
  const int found = git_reference_name_to_id(&oid, repository, last.c_str());
  if (found == GIT_ENOTFOUND) return {last, std::nullopt};
  if (found < 0) throw library_error(found, "cannot read the branch");
  return {last, to_id(oid)};
}

bool Repository::is_checked_out(const std::string& branch) const {
  git_reference* raw = nullptr;
  const int code = git_reference_lookup(&raw, impl_->repository.get(), branch.c_str());
  const ReferencePtr reference(raw);
  if (code == GIT_ENOTFOUND) return false;
  const int out = code < 0 ? code : git_branch_is_checked_out(raw);
  if (out < 0) throw library_error(out, "cannot look for working trees");
  return out == 1;
}

bool Repository::has_replacements() const {
  git_reference_iterator* raw = nullptr;
  const int code = git_reference_iterator_glob_new(&raw, impl_->repository.get(), "refs/replace/*");
  const ReferenceIteratorPtr references(raw);
  const char* name = nullptr;
  const int next = code < 0 ? code : git_reference_next_name(&name, raw);
  if (next < 0 && next != GIT_ITEROVER) throw library_error(next, "cannot list references");
  return next == 0;
}

std::string Repository::objects_folder() const {
  git_buf path = GIT_BUF_INIT;
  const int code =
      git_repository_item_path(&path, impl_->repository.get(), GIT_REPOSITORY_ITEM_OBJECTS);
  if (code < 0) throw library_error(code, "cannot find the object store");
  std::string folder(without_slash(path.ptr));
  git_buf_dispose(&path);
  return folder;
}

std::string Repository::common_folder() const {
  return git_repository_commondir(impl_->repository.get());
}

std::string_view Repository::pending_operation() const {
  switch (git_repository_state(impl_->repository.get())) {
    case GIT_REPOSITORY_STATE_NONE: return "";
    case GIT_REPOSITORY_STATE_MERGE: return "a merge";
    case GIT_REPOSITORY_STATE_REVERT:
    case GIT_REPOSITORY_STATE_REVERT_SEQUENCE: return "a revert";
    case GIT_REPOSITORY_STATE_CHERRYPICK:
    case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: return "a cherry-pick";
    case GIT_REPOSITORY_STATE_BISECT: return "a bisection";
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE: return "the application of patches";
    default: return "a rebase";
  }
}

std::optional<std::string> Repository::conversion_of(const std::string& path) const {
  constexpr std::array<const char*, 3> kNames = {"filter", "ident", "working-tree-encoding"};
  for (const char* name : kNames) {
    const char* value = nullptr;
    if (git_attr_get(&value, impl_->repository.get(), 0, path.c_str(), name) < 0)
      return std::nullopt;
    const git_attr_value_t kind = git_attr_value(value);
    if (kind == GIT_ATTR_VALUE_STRING) return fmt::format("{}={}", name, value);
    if (kind == GIT_ATTR_VALUE_TRUE) return std::string(name);
  }
  return std::nullopt;
}

bool Repository::stores_line_feeds(const std::string& path) const {
  git_repository* repository = impl_->repository.get();
  const auto attribute = [&](const char* name) {
    const char* value = nullptr;
    const bool read = git_attr_get(&value, repository, 0, path.c_str(), name) == 0;
    return read ? git_attr_value(value) : GIT_ATTR_VALUE_UNSPECIFIED;
  };
  const git_attr_value_t text = attribute("text");
  if (text == GIT_ATTR_VALUE_FALSE) return false;
  if (text != GIT_ATTR_VALUE_UNSPECIFIED || attribute("eol") == GIT_ATTR_VALUE_STRING) return true;
  git_config* raw = nullptr;
  if (git_repository_config_snapshot(&raw, repository) < 0) return false;
  const ConfigPtr config(raw);
  const char* value = nullptr;
  if (git_config_get_string(&value, raw, "core.autocrlf") < 0) return false;
  return fold(value) == "input" || fold(value) == "true";
}

std::string Repository::working_folder() const {
  return without_slash(git_repository_workdir(impl_->repository.get()));
}

ObjectId Repository::resolve_commit(const std::string& revision) const {
  if (revision.find('\0') != std::string::npos) throw impl_->no_revision(0, revision);
  impl_->check_packs();
  git_object* raw = nullptr;
  const int code = git_revparse_single(&raw, impl_->repository.get(), revision.c_str());
  const ObjectPtr object(raw);
  if (code < 0) throw impl_->unresolved(code, revision);
  git_object* peeled = nullptr;
  const int peel_code = git_object_peel(&peeled, raw, GIT_OBJECT_COMMIT);
  const ObjectPtr commit(peeled);
  if (peel_code == GIT_EPEEL || peel_code == GIT_EINVALIDSPEC || peel_code == GIT_EAMBIGUOUS) {
    throw Error{ErrorKind::usage, fmt::format("revision {} is not a commit", quote(revision))}.hint(
        "name a commit, a branch or a tag");
  }
  if (peel_code < 0) throw impl_->unresolved(peel_code, revision);
  return to_id(*git_object_id(peeled));
}

std::optional<ObjectId> Repository::tip_of(const std::string& reference) const {
  git_oid oid{};
  const int code = git_reference_name_to_id(&oid, impl_->repository.get(), reference.c_str());
  if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC) return std::nullopt;
  if (code < 0) throw library_error(code, fmt::format("cannot read {}", quote(reference, 200)));
  return to_id(oid);
}

std::vector<std::pair<std::string, ObjectId>> Repository::references(
    const std::string& glob) const {
  git_reference_iterator* raw = nullptr;
  const int code = git_reference_iterator_glob_new(&raw, impl_->repository.get(), glob.c_str());
  const ReferenceIteratorPtr iterator(raw);
  if (code < 0) throw library_error(code, "cannot list the references");
  std::vector<std::pair<std::string, ObjectId>> references;
  const char* name = nullptr;
  while (git_reference_next_name(&name, raw) == 0) {
    if (const auto tip = tip_of(name)) references.emplace_back(name, *tip);
  }
  std::sort(references.begin(), references.end());
  return references;
}

ObjectId Repository::tree_of(const ObjectId& commit) const {
  if (!impl_->read(commit, GIT_OBJECT_COMMIT, kMaxObjectBytes)) {
    throw Error{ErrorKind::limit, fmt::format("commit {} is larger than 64 MiB", commit.hex())};
  }
  const git_oid oid = to_oid(commit);
  git_commit* raw = nullptr;
  const int code = git_commit_lookup(&raw, impl_->repository.get(), &oid);
  const CommitPtr owned(raw);
  if (code < 0) throw impl_->damage(code, commit);
  return to_id(*git_commit_tree_id(raw));
}

std::vector<TreeEntry> Repository::list_tree(const ObjectId& tree) const {
  const OdbObjectPtr object = impl_->tree(tree);
  TreeReader reader(tree, bytes_of(*object));
  std::vector<TreeEntry> entries;
  while (const auto entry = reader.next())
    entries.push_back(to_entry(*entry));
  return entries;
}

std::optional<TreeEntry> Repository::find_entry(const ObjectId& tree,
                                                const std::string& path) const {
  const std::size_t slash = path.find('/');
  const std::string_view name = std::string_view(path).substr(0, slash);
  const OdbObjectPtr object = impl_->tree(tree);
  TreeReader reader(tree, bytes_of(*object));
  std::optional<TreeEntry> found;
  // To the end, so that a wrong tree is refused whatever is looked for.
  while (const auto entry = reader.next()) {
    if (entry->name == name) found = to_entry(*entry);
  }
  if (!found || slash == path.npos) return found;
  if (found->kind != EntryKind::folder) return std::nullopt;
  return find_entry(found->id, path.substr(slash + 1));
}

std::optional<std::string> Repository::read_blob(const ObjectId& blob, std::size_t limit) const {
  const OdbObjectPtr object = impl_->read(blob, GIT_OBJECT_BLOB, limit);
  if (!object) return std::nullopt;
  return std::string(bytes_of(*object));
}

}  // namespace paperclub::git
