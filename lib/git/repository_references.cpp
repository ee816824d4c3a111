// Repository: HEAD, branches and the names of commits.
#include <fmt/format.h>
#include <git2.h>

#include <algorithm>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/library.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

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

std::string short_branch(std::string_view name) {
  constexpr std::string_view kHeads = "refs/heads/";
  return std::string(name.starts_with(kHeads) ? name.substr(kHeads.size()) : name);
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
  if (os::Folder::open(common_folder()).kind_of("info/grafts")) return true;
  git_reference_iterator* raw = nullptr;
  const int code = git_reference_iterator_glob_new(&raw, impl_->repository.get(), "refs/replace/*");
  const ReferenceIteratorPtr references(raw);
  const char* name = nullptr;
  const int next = code < 0 ? code : git_reference_next_name(&name, raw);
  if (next < 0 && next != GIT_ITEROVER) throw library_error(next, "cannot list references");
  return next == 0;
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

}  // namespace paperclub::git
