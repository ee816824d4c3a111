#include "lib/git/branch.hpp"

#include <fmt/format.h>

#include <utility>

#include "lib/base/text.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/os/file.hpp"

namespace paperclub::git {
namespace {

// A lock that is in the way, in the words of libgit2 where it has no code for it.
bool is_locked(int code) {
  return code == GIT_ELOCKED ||
         last_message(code).find("failed to rename lockfile") != std::string::npos;
}

// libgit2 makes the folders of a branch's name, but brings only the last one's names to the disk.
void make_folders(const std::string& common_folder, std::string_view branch) {
  auto at = os::Folder::open(common_folder);
  for (std::size_t slash = branch.find('/'); slash != branch.npos; slash = branch.find('/')) {
    const std::string name(branch.substr(0, slash));
    const bool is_new = !at.kind_of(name);
    os::Folder next = at.make_child(name);
    if (is_new) at.sync();
    at = std::move(next);
    branch.remove_prefix(slash + 1);
  }
}

}  // namespace

Move BranchWriter::move(const Head& head, const ObjectId& commit, const Person& who,
                        const std::string& reason) const {
  git_repository* repository = repository_.impl_->repository.get();
  if (const int code = git_repository_set_ident(repository, who.name.c_str(), who.email.c_str());
      code < 0)
    throw library_error(code, "cannot say who moves the branch");
  make_folders(repository_.common_folder(), head.branch);
  const git_oid target = to_oid(commit);
  const git_oid old = head.commit ? to_oid(*head.commit) : git_oid{};
  git_reference* raw = nullptr;
  const int code = git_reference_create_matching(&raw, repository, head.branch.c_str(), &target, 1,
                                                 &old, reason.c_str());
  const ReferencePtr moved(raw);
  if (code == 0) return Move::done;
  if (code == GIT_EMODIFIED) return Move::lost;
  if (is_locked(code)) return Move::locked;
  throw library_error(code, fmt::format("cannot move {}", quote(head.branch, 200)));
}

std::string BranchWriter::lock_path(const std::string& branch) const {
  return std::string(git_repository_commondir(repository_.impl_->repository.get())) + branch +
         ".lock";
}

}  // namespace paperclub::git
