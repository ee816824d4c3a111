// paperclub hook install: git asks paperclub before it takes a push or makes a commit.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/identity.hpp"
#include "lib/base/text.hpp"
#include "lib/os/file.hpp"

namespace paperclub::cli {
namespace {

constexpr std::array<const char*, 3> kHooks = {"pre-commit", "pre-push", "pre-receive"};

struct InstallOptions {
  std::vector<std::string> names;
};

std::string script_of(const std::string& name) {
  return fmt::format("#!/bin/sh\n# Written by 'paperclub hook install'.\nexec paperclub hook {}\n",
                     name);
}

int run_install(const InstallOptions& options, Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::Repository repository = git::Repository::open(folder);
  const git::Config config = read_git_config(context.environment, &repository);
  if (config.text("core.hooksPath")) {
    throw Error{ErrorKind::repository, "git looks for hooks elsewhere (core.hooksPath)"}.hint(
        "write them there: each runs 'paperclub hook NAME'");
  }
  std::vector<std::string> names = options.names;
  if (names.empty() && repository.is_bare()) names = {"pre-receive"};
  if (names.empty()) names = {"pre-commit", "pre-push"};
  const os::Folder git_folder = os::Folder::open(repository.common_folder());
  const os::Folder hooks = git_folder.make_child("hooks");
  git_folder.sync();
  for (const std::string& name : names) {
    if (std::find(kHooks.begin(), kHooks.end(), name) == kHooks.end()) {
      throw Error{ErrorKind::usage, fmt::format("no hook {}", quote(name, 100))}.hint(
          fmt::format("there are: {}", fmt::join(kHooks, ", ")));
    }
    constexpr std::size_t kMaxHook = 64 * 1024;
    const os::ReadResult old = hooks.read(name, kMaxHook);
    if (old.status != os::ReadStatus::missing && old.bytes != script_of(name)) {
      throw Error{ErrorKind::unacceptable, fmt::format("there is a hook {} already", quote(name))}
          .hint(fmt::format("let it run 'paperclub hook {}', too", name));
    }
  }
  for (const std::string& name : names) {
    constexpr unsigned kRuns = 0777;
    hooks.put(name, script_of(name), ".", kRuns);
    context.ui.out(fmt::format("wrote hooks/{}\n", name));
  }
  const git::Head head = repository.head();
  const bool is_asked = std::find(names.begin(), names.end(), "pre-receive") != names.end();
  if (is_asked && !head.commit && !repository.references("refs/heads/*").empty()) {
    context.ui.note(
        fmt::format("HEAD names {}, which is not there: every branch is judged but "
                    "suggest/ and ballot/; or name the club's: git symbolic-ref HEAD "
                    "refs/heads/BRANCH",
                    quote(git::short_branch(head.branch), 100)));
  }
  hooks.sync();
  return kDone;
}

Run setup_install(Arguments& args) {
  auto options = std::make_shared<InstallOptions>();
  args.words("HOOK", options->names,
             "Which: pre-commit, pre-push, pre-receive (default: pre-receive on a server, else the "
             "others)");
  return [options](Context& context) { return run_install(*options, context); };
}

}  // namespace

Command hook_install_command() {
  return {"hook install",
          "More",
          "let git ask paperclub before pushes and commits",
          "[OPTIONS] [HOOK...]",
          "paperclub hook install\n"
          "paperclub hook install pre-receive",
          "check",
          setup_install};
}

}  // namespace paperclub::cli
