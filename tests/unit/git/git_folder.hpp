// A git repository made by the git command, for one test.  Neither git nor libgit2 sees any
// configuration but the repository's own.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lib/git/repository.hpp"
#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {

// A folder with a repository in it, whose branch is called main.
class GitFolder : public TempFolder {
 public:
  // Makes the repository with these options of `git init`.
  explicit GitFolder(const std::string& options = "");

  // Runs git in the folder and returns what it printed, without the last line feed.
  std::string git(const std::string& arguments) const;
  // Commits all that is in the folder and returns the commit's id.
  git::ObjectId commit() const;
  // Returns the id that git gives `revision`.
  git::ObjectId id(const std::string& revision) const;
  // Opens the repository, which must be there.
  git::Repository open() const;

  // Returns the path of a loose object below the folder.
  std::string object_path(const git::ObjectId& id) const;
  // Puts `bytes` in the place of a loose object's file.
  void put_object(const git::ObjectId& id, std::string_view bytes) const;
};

// Returns one line for each file and folder in `folder`, with its mode, size and times.
std::string listing(const std::string& folder);

// Returns `content` as the file of a loose object holds it.
std::string deflated(std::string_view content);

// Returns the kind and message of the failure that `work` ends with, or "ok".
std::string outcome(const std::function<void()>& work);

// Does the same in a process of its own that is ended after ten seconds: "too slow" then.
std::string bounded_outcome(const std::function<void()>& work);

// Reads all that the commit holds; throws where any of it cannot be read.
std::string read_everything(const git::Repository& repository, const git::ObjectId& commit);

}  // namespace paperclub::tests
