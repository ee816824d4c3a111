// Who writes: the persons whom a commit names, as the environment and git's configuration say.
#pragma once

#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/objects.hpp"

namespace paperclub::cli {

// The two persons of a commit.
struct Identity {
  git::Person author;
  git::Person committer;
};

// Returns git's configuration as the person has it, with that of `repository` (null: none) on top.
git::Config read_git_config(const Environment& environment, const git::Repository* repository);

// Returns the persons of a commit made now: by GIT_AUTHOR_* and GIT_COMMITTER_*, then author.*,
// committer.* and user.* of git's configuration, then EMAIL.  Throws Error{repository} with the
// remedy where nobody is named; an address is never guessed.
Identity identity_of(const Environment& environment, const git::Config& config);

}  // namespace paperclub::cli
