// Reaching a remote: which one is meant, the program git, and whether the network may be used.
#pragma once

#include <string>

#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/remote.hpp"

namespace paperclub::cli {

// A branch here and where it is at the remote.
struct Upstream {
  std::string remote;    // its name
  std::string branch;    // there: refs/heads/…
  std::string tracking;  // what is known of it here: refs/remotes/…
};

// Throws Error{repository} where PAPERCLUB_OFFLINE forbids the network.
void refuse_offline(const Context& context);

// Returns git as it is started.  Throws Error{repository} where it is not installed.
git::GitProgram git_program(const Context& context);

// Returns the remote that is meant: `chosen`, else what git's configuration says for the branch
// (refs/heads/…), else `origin` or the only one.  Throws Error{usage} where there is none or
// several could be meant.
Upstream upstream_of(const git::Repository& repository, const git::Config& config,
                     const std::string& branch, const std::string& chosen);

}  // namespace paperclub::cli
