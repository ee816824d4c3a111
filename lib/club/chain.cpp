#include "lib/club/chain.hpp"

#include <utility>

namespace paperclub::club {

Chain::Chain(const std::string& folder, std::string prefix, const git::ObjectId& base,
             std::optional<git::Signer> signer)
    : folder_(folder),
      prefix_(std::move(prefix)),
      repository_(git::Repository::open(folder)),
      writer_(repository_),
      tip_(base),
      signer_(std::move(signer)) {}

std::unique_ptr<FileTree> Chain::files() const {
  return commit_tree(git::Repository::open(folder_), tip_, prefix_);
}

git::ObjectId Chain::write_blob(std::string_view bytes) {
  const os::SharedPermissions shared(repository_.shared_permissions());
  return writer_.write_blob(bytes);
}

bool Chain::add(const std::vector<git::TreeChange>& changes, const Link& link) {
  const os::SharedPermissions shared(repository_.shared_permissions());
  const git::ObjectId before = repository_.tree_of(tip_);
  const git::ObjectId tree = writer_.write_tree(before, changes);
  if (tree == before && link.merges.empty()) return false;
  std::vector<git::ObjectId> parents{tip_};
  parents.insert(parents.end(), link.merges.begin(), link.merges.end());
  const git::CommitText text{tree, parents, link.author, link.committer, link.message};
  const std::string plain = git::format_commit(text);
  tip_ =
      writer_.write_commit(signer_ ? git::format_commit(text, git::sign(*signer_, plain)) : plain);
  return true;
}

}  // namespace paperclub::club
