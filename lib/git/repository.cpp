#include "lib/git/repository.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/library.hpp"
#include "lib/git/loose_objects.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kMaxAlternates = 1000;

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

}  // namespace

bool Repository::Impl::is_shallow() const {
  const char* common = git_repository_commondir(repository.get());
  return common != nullptr && os::Folder::open(common).kind_of("shallow").has_value();
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

std::string Repository::working_folder() const {
  return without_slash(git_repository_workdir(impl_->repository.get()));
}

}  // namespace paperclub::git
