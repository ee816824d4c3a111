// Real repositories for tests: whatever the person's own settings of git are, they have no say.
#pragma once

#include <string>

#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {

// Runs git in `folder` and returns its output without the line break at its end.
inline std::string git(const std::string& folder, const std::string& arguments) {
  std::string output = shell(
      "GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null git -C '" + folder +
      "' -c init.defaultBranch=main -c user.name=ada -c user.email=ada@example.org " + arguments);
  while (output.ends_with('\n'))
    output.pop_back();
  return output;
}

// Commits all there is in `folder` and returns the id of the commit.
inline std::string commit_all(const std::string& folder) {
  git(folder, "init --quiet");
  git(folder, "add --all --force");
  git(folder, "commit --quiet --allow-empty --message files");
  return git(folder, "rev-parse HEAD");
}

}  // namespace paperclub::tests
