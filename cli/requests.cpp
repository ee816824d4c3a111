#include "cli/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/input.hpp"
#include "cli/remote.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {
namespace {

using publish::Forge;
using publish::ForgeKind;

constexpr std::size_t kMaxWords = 1024 * 1024;
constexpr int kPatience = 60;  // seconds

// The program of a host's makers.
struct Tool {
  const char* name;
  const char* greeting;  // what its version begins with, in any case
};

constexpr Tool kGitHub{"gh", "gh version"};
constexpr Tool kGitLab{"glab", "glab"};
constexpr Tool kGitea{"tea", "tea"};

// A program that was found to be what its name says.
class Program {
 public:
  // Looks for it; empty where there is none.
  static std::optional<Program> find(Context& context, const Tool& tool) {
    const auto path = os::find_program(tool.name, context.environment.get("PATH"));
    if (!path) return std::nullopt;
    Program program(context, *path);
    const os::ProgramResult result = program.run({"--version"});
    const std::string said = fold(squeeze(result.output));
    const bool same = said.starts_with(tool.greeting) ||
                      said.starts_with(std::string("current ") + tool.greeting);
    if (result.status != 0 || !same) return std::nullopt;
    return program;
  }

  // Runs it away from the repository, whose configuration it might follow.
  os::ProgramResult run(const std::vector<std::string>& arguments) const {
    os::ProcessSpec spec;
    spec.program = path_;
    spec.arguments = arguments;
    for (const std::string& variable : context_.environment.variables) {
      if (!variable.starts_with("GIT_")) spec.environment.push_back(variable);
    }
    spec.environment.emplace_back("GH_PROMPT_DISABLED=1");
    spec.environment.emplace_back("NO_COLOR=1");
    spec.folder = "/";
    spec.default_signals = context_.environment.own_signals;
    spec.patience_seconds = kPatience;
    return os::run_captured(spec, "", kMaxWords);
  }

 private:
  Program(Context& context, std::string path) : context_(context), path_(std::move(path)) {}

  Context& context_;
  std::string path_;
};

// The branch as the host names it from the outside.
std::string head_of(const PullRequest& request) {
  const bool same = request.club.path == request.fork.path;
  return same ? request.branch : fmt::format("{}:{}", request.fork.owner(), request.branch);
}

std::string repository_of(const Forge& forge) {
  return fmt::format("{}/{}", forge.host, forge.path);
}

const Tool* tool_of(const Forge& forge) {
  switch (forge.kind) {
    case ForgeKind::github: return &kGitHub;
    case ForgeKind::gitlab: return &kGitLab;
    case ForgeKind::gitea: return &kGitea;
    case ForgeKind::plain: break;
  }
  return nullptr;
}

// What asks for a login at the host; gh tells its token without asking anybody.
std::vector<std::string> login_of(const Forge& forge) {
  return {"auth", forge.kind == ForgeKind::github ? "token" : "status", "--hostname", forge.host};
}

// Whether the person is logged in at the host with the program.
bool is_logged_in(const Program& program, const Forge& forge) {
  if (forge.kind != ForgeKind::gitea) return program.run(login_of(forge)).status == 0;
  const os::ProgramResult logins = program.run({"login", "list", "--output", "simple"});
  return logins.status == 0 && logins.output.find(forge.host) != std::string::npos;
}

std::optional<Program> ready_program(Context& context, const Forge& forge) {
  const Tool* tool = tool_of(forge);
  auto program = tool == nullptr ? std::nullopt : Program::find(context, *tool);
  if (!program || !is_logged_in(*program, forge)) return std::nullopt;
  return program;
}

std::vector<std::string> arguments_of(const PullRequest& request) {
  switch (request.club.kind) {
    case ForgeKind::github:
      return {"pr",      "create",      "--repo", repository_of(request.club),
              "--base",  request.base,  "--head", head_of(request),
              "--title", request.title, "--body", request.text};
    case ForgeKind::gitlab:
      return {"mr",
              "create",
              "--repo",
              repository_of(request.club),
              "--head",
              repository_of(request.fork),
              "--target-branch",
              request.base,
              "--source-branch",
              request.branch,
              "--title",
              request.title,
              "--description",
              request.text,
              "--yes"};
    case ForgeKind::gitea:
      return {"pr",      "create",      "--repo",        request.club.path,
              "--base",  request.base,  "--head",        head_of(request),
              "--title", request.title, "--description", request.text};
    case ForgeKind::plain: break;
  }
  return {};
}

// The last line of what a program said.
std::string last_line(const std::string& text) {
  std::string last;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = squeeze(text.substr(at, end - at));
    if (!line.empty()) last = line;
    at = end + 1;
  }
  return escape(hide_secrets(last));
}

}  // namespace

Forge forge_behind(const git::Config& config, const git::Remote& remote) {
  std::optional<ForgeKind> kind;
  if (const auto word = config.text("paperclub.forge")) {
    kind = publish::forge_kind(*word);
    if (!kind) {
      throw Error{ErrorKind::usage, fmt::format("paperclub.forge must be github, gitlab, gitea or "
                                                "plain, not {}",
                                                quote(*word))}
          .hint("see 'git config --show-origin paperclub.forge'");
    }
  }
  // git may rewrite the address to one that is quicker to reach; the pages are at the first.
  const std::string written =
      config.text(fmt::format("remote.{}.url", remote.name())).value_or(remote.url());
  Forge forge = publish::forge_of(written, kind);
  return forge.host.empty() ? publish::forge_of(remote.url(), kind) : forge;
}

std::optional<std::string> open_request(Context& context, const PullRequest& request) {
  const auto program = ready_program(context, request.club);
  if (!program) return std::nullopt;
  const os::ProgramResult result = program->run(arguments_of(request));
  if (result.status == 0) return last_line(result.output);
  context.ui.note(fmt::format("{} does not open the pull request: {}", tool_of(request.club)->name,
                              last_line(result.messages)));
  return std::nullopt;
}

Error held_there(Context& context, const std::string& remote, const git::PushResult& result) {
  tell_remote_words(context, remote, result.words);
  return Error{ErrorKind::repository, fmt::format("{} could not take it now", quote(remote, 100))}
      .hint("run the command again")
      .hint("where that does not help, a lock or another branch is in the way there");
}

Sent send_branch(Context& context, const git::Config& config, const OwnBranch& own) {
  context.ui.waiting(fmt::format("sending to {}", escape(own.to.name())));
  const git::PushResult result = own.to.push(own.commit, "refs/heads/" + own.branch);
  if (result.how == git::Pushed::behind) {
    if (!own.to.has("refs/heads/" + own.branch)) {
      throw held_there(context, own.to.name(), result)
          .hint(
              fmt::format("what you wrote stays in this clone: commit {}", own.commit.short_hex()));
    }
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} has another branch {} already", quote(own.to.name(), 100),
                            quote(own.branch, 200))}
        .hint("see 'paperclub suggestions'; a paper may have another id with --id")
        .hint(fmt::format("what you wrote stays in this clone: commit {}", own.commit.short_hex()));
  }
  if (result.how == git::Pushed::refused) {
    tell_remote_words(context, own.to.name(), result.words);
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} does not take the branch {}", quote(own.to.name(), 100),
                            quote(own.branch, 200))}
        .hint("where you may not push, make a fork at the host: git remote add fork ADDRESS")
        .hint("and send it there: the same command with --to fork");
  }
  PullRequest request{forge_behind(config, own.club),
                      own.base,
                      forge_behind(config, own.to),
                      own.branch,
                      own.title,
                      own.text};
  context.ui.waiting("opening the pull request");
  if (auto opened = open_request(context, request)) return {std::move(*opened), true};
  return {publish::request_page(request.club, request.base, request.fork, request.branch), false};
}

std::string sent_line(const Sent& sent) {
  return fmt::format("{}: {}\n", sent.opened ? "pull request" : "open the pull request", sent.page);
}

paperclub::import::FormIssue read_event(Context& context, const std::string& event) {
  constexpr std::size_t kMaxEvent = std::size_t{4} << 20U;
  return paperclub::import::read_form_issue(read_input(context, event, kMaxEvent));
}

bool close_request(Context& context, const Forge& club, const std::string& number,
                   const std::string& why) {
  const auto program = ready_program(context, club);
  if (!program) return false;
  std::vector<std::vector<std::string>> steps;
  switch (club.kind) {
    case ForgeKind::github:
      steps = {{"pr", "close", number, "--repo", repository_of(club), "--comment", why}};
      break;
    case ForgeKind::gitlab:
      steps = {{"mr", "note", number, "--repo", repository_of(club), "--message", why},
               {"mr", "close", number, "--repo", repository_of(club)}};
      break;
    case ForgeKind::gitea:
      steps = {{"comment", number, why, "--repo", club.path},
               {"pr", "close", number, "--repo", club.path}};
      break;
    case ForgeKind::plain: return false;
  }
  for (const std::vector<std::string>& step : steps) {
    const os::ProgramResult result = program->run(step);
    if (result.status == 0) continue;
    context.ui.note(fmt::format("{} does not close the pull request: {}", tool_of(club)->name,
                                last_line(result.messages)));
    return false;
  }
  return true;
}

}  // namespace paperclub::cli
