#include "cli/remote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/identity.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/seen_tips.hpp"
#include "lib/git/graph.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {
namespace {

void refuse_gone(const Upstream& upstream, const std::optional<git::ObjectId>& known) {
  if (!known) return;
  throw Error{ErrorKind::unacceptable,
              fmt::format("{} has no branch {} any more", quote(upstream.remote, 100),
                          quote(git::short_branch(upstream.branch), 200))}
      .hint("nothing was sent; ask who looks after it, or see 'git ls-remote'")
      .hint(fmt::format("where it was meant: git update-ref -d {}", shell_word(upstream.tracking)));
}

// The tip must stand on the one that was seen last: by us, or by git, where we saw none.
void refuse_rewritten(const git::Repository& repository, const Upstream& upstream,
                      const std::optional<git::ObjectId>& known, const git::ObjectId& tip) {
  club::SeenTip seen = club::compare_seen(repository, upstream.tracking, tip);
  if (seen.state == club::SeenState::first_seen && known) {
    const bool extends = git::stands_on(repository, tip, *known);
    seen = {extends ? club::SeenState::extended : club::SeenState::rewritten, known};
  }
  if (seen.state != club::SeenState::rewritten) return;
  // What git has fetched is no reason to forget what was seen.
  club::remember_tip(repository, upstream.tracking, *seen.before);
  throw Error{ErrorKind::unacceptable,
              fmt::format("history was rewritten: {} had {} on {}, and its tip {} does not stand "
                          "on it",
                          quote(upstream.remote, 100), seen.before->short_hex(),
                          quote(git::short_branch(upstream.branch), 200), tip.short_hex())}
      .hint("nothing was taken or sent; compare with another clone, for votes may be gone")
      .hint(fmt::format("where it was meant, remove '{}' in git's folder and run 'paperclub sync': "
                        "what this clone has and the new history has not is put on top",
                        club::kSeenTips));
}

}  // namespace

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

std::optional<git::ObjectId> fetch_tip(const std::string& folder, const git::Remote& remote,
                                       const Upstream& upstream) {
  const auto known = git::Repository::open(folder).tip_of(upstream.tracking);
  const auto refs = remote.list({upstream.branch});
  if (refs.empty()) {
    refuse_gone(upstream, known);
    return std::nullopt;
  }
  if (known != refs.front().id)
    remote.fetch({fmt::format("+{}:{}", upstream.branch, upstream.tracking)});
  const git::Repository repository = git::Repository::open(folder);
  const git::ObjectId tip = repository.tip_of(upstream.tracking).value_or(refs.front().id);
  refuse_rewritten(repository, upstream, known, tip);
  club::remember_tip(repository, upstream.tracking, tip);
  return tip;
}

namespace {

// The name of the remote that holds the club.
std::string club_remote_name(const git::Repository& repository, const std::string& chosen) {
  const std::vector<std::string> remotes = git::remote_names(repository);
  const bool is_fork = std::find(remotes.begin(), remotes.end(), "upstream") != remotes.end();
  return chosen.empty() && is_fork ? "upstream" : chosen;
}

}  // namespace

ClubRemote::ClubRemote(Context& context, Meant meant, const std::string& chosen)
    : club(open_club(context, "")),
      folder(repository_folder(context, club)),
      repository(git::Repository::open(folder)),
      config(read_git_config(context.environment, &repository)),
      upstream(upstream_of(repository, config, repository.head().branch,
                           meant == Meant::club ? club_remote_name(repository, chosen) : chosen)),
      remote(repository, git_program(context), upstream.remote) {}

git::ObjectId ClubRemote::fetch_club(Context& context) {
  context.ui.waiting(fmt::format("fetching from {}", escape(upstream.remote)));
  // A remote whose HEAD names a branch that is not there has at most the one that is known here.
  upstream.branch = remote.default_branch().value_or(upstream.branch);
  upstream.tracking =
      fmt::format("refs/remotes/{}/{}", upstream.remote, git::short_branch(upstream.branch));
  const auto tip = fetch_tip(folder, remote, upstream);
  reopen();
  if (tip) return *tip;
  throw Error{ErrorKind::repository,
              fmt::format("{} has no branch {} yet", quote(upstream.remote, 100),
                          quote(git::short_branch(upstream.branch), 200))}
      .hint("a club begins with 'paperclub init'; send it with 'paperclub sync'");
}

void tell_remote_words(Context& context, const std::string& remote, const std::string& words) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find('\n', at), words.size());
    context.ui.err(fmt::format("{}: {}\n", escape(remote), escape(words.substr(at, end - at))));
    at = end + 1;
  }
}

}  // namespace paperclub::cli
