// Clubs in a real repository, made of commits alone: a test says of each what it stands on, what it
// does to which files, and who made it.  No branch knows of them, and no file is checked out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/club/snapshot.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"
#include "lib/publish/readme.hpp"
#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {

inline constexpr unsigned kPlain = 0100644;
inline constexpr unsigned kProgram = 0100755;
inline constexpr unsigned kLink = 0120000;

// What a commit does to one file.
struct FileText {
  std::string path;
  std::optional<std::string> text;  // nothing: taken away
  unsigned mode = kPlain;
};
using Files = std::vector<FileText>;

inline Files operator+(Files one, const Files& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

// Returns a person called `name`, whose address is `name` where that is one.
inline git::Person person(const std::string& name) {
  const bool is_address = name.find('@') != name.npos;
  return {name, is_address ? name : name + "@example.org", 1708084800, 0};
}

// A repository without commits.
class ClubRepository : public TempFolder {
 public:
  ClubRepository() : repository_(made(path())), writer_(repository_) {}

  const git::Repository& repository() const { return repository_; }

  // Commits the files on top of `parents`, the first of which has the others; returns the commit.
  git::ObjectId commit(const std::vector<git::ObjectId>& parents, const Files& files,
                       const std::string& author = "ada", const std::string& message = "x") {
    std::vector<git::TreeChange> changes;
    for (const FileText& file : files) {
      changes.push_back({file.path,
                         file.text ? std::optional(writer_.write_blob(*file.text)) : std::nullopt,
                         file.mode});
    }
    const auto base =
        parents.empty() ? std::nullopt : std::optional(repository_.tree_of(parents.front()));
    return writer_.write_commit(git::format_commit(
        {writer_.write_tree(base, changes), parents, person(author), person("ada"), message}));
  }

  // Returns the entry at `path` of the commit, or nothing.
  std::optional<git::TreeEntry> entry(const git::ObjectId& commit, const std::string& path) const {
    return repository_.find_entry(repository_.tree_of(commit), path);
  }

  // Returns the text of the file at `path` of the commit; "(nothing)" where there is none.
  std::string text(const git::ObjectId& commit, const std::string& path) const {
    const auto found = entry(commit, path);
    return found ? repository_.read_blob(found->id, club::kMaxFileBytes).value() : "(nothing)";
  }

  // Returns the club below `prefix` as the commit has it.
  club::Snapshot club(const git::ObjectId& commit, const std::string& prefix = "") const {
    const auto files = club::commit_tree(git::Repository::open(path()), commit, prefix);
    return club::load_snapshot(*files, {});
  }

  // Returns the files, and `readme` with the timeline that is theirs on top of `parents`.
  Files with_readme(const std::vector<git::ObjectId>& parents, const Files& files,
                    std::string_view readme) {
    const club::Snapshot now = club(commit(parents, files));
    return files + Files{{"README.md", publish::readme_with(readme, now).value()}};
  }

 private:
  static git::Repository made(const std::string& folder) {
    git::Repository::create(folder, "main");
    return git::Repository::open(folder);
  }

  git::Repository repository_;
  git::ObjectWriter writer_;
};

}  // namespace paperclub::tests
