// What a person has set in git's configuration: only the few values that paperclub needs, and never
// a program to run from a repository's own file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/git/repository.hpp"

namespace paperclub::git {

// Where git's configuration lies; git itself is told by the environment.
struct ConfigFiles {
  std::string system;               // "" for none
  std::vector<std::string> person;  // in the order in which they are read; later ones win
  std::string home;                 // what ~ stands for in them
  // Keys and values that win over every file (`git -c`); of one key the last one.
  std::vector<std::pair<std::string, std::string>> overrides;
};

// git's configuration as it was when it was read.
class Config {
 public:
  // Reads `files`, and on top of them the configuration of `repository` where one is given, which
  // is also what their conditional includes (gitdir, onbranch, hasconfig:remote.*.url) are about.
  // Files that are not there are passed over.  Throws Error{repository} that names a file that
  // cannot be read as one.
  Config(const ConfigFiles& files, const Repository* repository);
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config();

  // Returns the value of `key`, such as user.name, in whatever case, or nothing.
  std::optional<std::string> text(const std::string& key) const;
  // Returns whether `key` says yes, or nothing where it is not set.  Throws Error{repository} where
  // it says neither yes nor no.
  std::optional<bool> truth(const std::string& key) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Returns what the repository's own configuration sets, each name once and sorted: section and key
// in small letters.  What it includes is not followed; `include.path` is one of the names.  Throws
// Error{repository} where it cannot be read.
std::vector<std::string> own_keys(const Repository& repository);

// Returns how often the repository's own configuration sets `key`, as own_keys() spells it.  Throws
// as that does.
std::size_t count_own(const Repository& repository, const std::string& key);

}  // namespace paperclub::git
