#include "cli/remote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {

void refuse_offline(const Context& context) {
  const std::string offline = context.environment.get("PAPERCLUB_OFFLINE");
  if (offline.empty() || offline == "0") return;
  throw Error{ErrorKind::repository, "this needs the network, and PAPERCLUB_OFFLINE forbids it"}
      .hint("unset PAPERCLUB_OFFLINE");
}

git::GitProgram git_program(const Context& context) {
  const auto path = os::find_program("git", context.environment.get("PATH"));
  if (path) return {*path, context.environment.variables, context.environment.own_signals};
  throw Error{ErrorKind::repository, "there is no program git, which talks with remotes"}.hint(
      "install it");
}

Upstream upstream_of(const git::Repository& repository, const git::Config& config,
                     const std::string& branch, const std::string& chosen) {
  const std::string name = git::short_branch(branch);
  const std::vector<std::string> remotes = git::remote_names(repository);
  std::string remote = chosen;
  if (remote.empty()) remote = config.text(fmt::format("branch.{}.remote", name)).value_or("");
  if (remote.empty() || remote == ".") {
    if (remotes.empty()) {
      throw Error{ErrorKind::usage, "this clone has no remote"}.hint(
          "add one: git remote add origin ADDRESS");
    }
    const bool origin = std::find(remotes.begin(), remotes.end(), "origin") != remotes.end();
    if (!origin && remotes.size() > 1) {
      throw Error{ErrorKind::usage, "several remotes could be meant"}.hint(
          fmt::format("name one with --remote: {}", fmt::join(remotes, ", ")));
    }
    remote = origin ? "origin" : remotes.front();
  }
  Upstream upstream{remote, branch, {}};
  const auto merge = config.text(fmt::format("branch.{}.merge", name));
  const bool same = config.text(fmt::format("branch.{}.remote", name)) == remote;
  if (merge && same && merge->starts_with("refs/heads/")) upstream.branch = *merge;
  upstream.tracking = fmt::format("refs/remotes/{}/{}", remote, git::short_branch(upstream.branch));
  return upstream;
}

}  // namespace paperclub::cli
