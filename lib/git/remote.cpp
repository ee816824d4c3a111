#include "lib/git/remote.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/config.hpp"
#include "lib/git/repository_impl.hpp"
#include "lib/os/file.hpp"
#include "lib/os/process.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kMaxWords = 16 * 1024 * 1024;
constexpr int kPatience = 120;         // seconds without a word from git
constexpr std::size_t kMaxLines = 12;  // of the remote's words that are passed on

// --- what the repository may set -----------------------------------------------------------------

// A key or, with a star at its end, all that begin so; `section.*.key` has any middle part.
struct Pattern {
  std::string_view text;

  bool fits(std::string_view key) const {
    const std::size_t star = text.find('*');
    if (star == text.npos) return key == text;
    const std::string_view end = text.substr(star + 1);
    return key.size() + 1 >= text.size() && key.starts_with(text.substr(0, star)) &&
           key.ends_with(end);
  }
};

// Of these git starts nothing, and trusts nobody else.
constexpr std::array kHarmless = {
    Pattern{"advice.*"},
    Pattern{"alias.*"},
    Pattern{"apply.*"},
    Pattern{"author.*"},
    Pattern{"branch.*"},
    Pattern{"checkout.*"},
    Pattern{"color.*"},
    Pattern{"column.*"},
    Pattern{"commit.*"},
    Pattern{"committer.*"},
    Pattern{"core.abbrev"},
    Pattern{"core.autocrlf"},
    Pattern{"core.bare"},
    Pattern{"core.commentchar"},
    Pattern{"core.compression"},
    Pattern{"core.eol"},
    Pattern{"core.filemode"},
    Pattern{"core.fsmonitor"},
    Pattern{"core.fsync"},
    Pattern{"core.fsyncmethod"},
    Pattern{"core.fsyncobjectfiles"},
    Pattern{"core.hookspath"},
    Pattern{"core.ignorecase"},
    Pattern{"core.logallrefupdates"},
    Pattern{"core.precomposeunicode"},
    Pattern{"core.quotepath"},
    Pattern{"core.repositoryformatversion"},
    Pattern{"core.safecrlf"},
    Pattern{"core.sharedrepository"},
    Pattern{"core.sparsecheckout"},
    Pattern{"core.sparsecheckoutcone"},
    Pattern{"core.symlinks"},
    Pattern{"core.untrackedcache"},
    Pattern{"core.whitespace"},
    Pattern{"credential.usehttppath"},
    Pattern{"credential.username"},
    Pattern{"credential.*.username"},
    Pattern{"diff.algorithm"},
    Pattern{"diff.renames"},
    Pattern{"extensions.*"},
    Pattern{"fetch.*"},
    Pattern{"gc.*"},
    Pattern{"github.*"},
    Pattern{"gitlab.*"},
    Pattern{"gpg.format"},
    Pattern{"gpg.ssh.allowedsignersfile"},
    Pattern{"gui.*"},
    Pattern{"http.extraheader"},
    Pattern{"http.*.extraheader"},
    Pattern{"http.lowspeedlimit"},
    Pattern{"http.lowspeedtime"},
    Pattern{"http.postbuffer"},
    Pattern{"http.version"},
    Pattern{"i18n.*"},
    Pattern{"index.*"},
    Pattern{"init.*"},
    Pattern{"lfs.*"},
    Pattern{"log.*"},
    Pattern{"maintenance.*"},
    Pattern{"merge.conflictstyle"},
    Pattern{"merge.ff"},
    Pattern{"pack.*"},
    Pattern{"paperclub.*"},
    Pattern{"pull.*"},
    Pattern{"push.*"},
    Pattern{"rebase.*"},
    Pattern{"receive.*"},
    Pattern{"remote.pushdefault"},
    Pattern{"remote.*.fetch"},
    Pattern{"remote.*.followremotehead"},
    Pattern{"remote.*.gh-resolved"},
    Pattern{"remote.*.partialclonefilter"},
    Pattern{"remote.*.promisor"},
    Pattern{"remote.*.prune"},
    Pattern{"remote.*.prunetags"},
    Pattern{"remote.*.push"},
    Pattern{"remote.*.pushurl"},
    Pattern{"remote.*.tagopt"},
    Pattern{"remote.*.url"},
    Pattern{"repack.*"},
    Pattern{"rerere.*"},
    Pattern{"status.*"},
    Pattern{"submodule.active"},
    Pattern{"submodule.*.active"},
    Pattern{"submodule.*.url"},
    Pattern{"tag.*"},
    Pattern{"transfer.*"},
    Pattern{"url.*.insteadof"},
    Pattern{"url.*.pushinsteadof"},
    Pattern{"user.*"},
    Pattern{"vscode.*"},
};

// --- how git is started --------------------------------------------------------------------------

// Variables of git that the person means for every repository.
constexpr std::array<std::string_view, 11> kOwnVariables = {
    "GIT_ASKPASS",       "GIT_CONFIG_GLOBAL",   "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM", "GIT_HTTP_USER_AGENT", "GIT_PROXY_COMMAND",
    "GIT_SSH",           "GIT_SSH_COMMAND",     "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",    "GIT_SSL_CERT"};

// Settings that win over every file.
constexpr std::array<const char*, 12> kSettings = {
    "core.fsmonitor=false",       "core.hooksPath=/dev/null",
    "protocol.ext.allow=never",   "gc.auto=0",
    "maintenance.auto=false",     "submodule.recurse=false",
    "fetch.recurseSubmodules=no", "push.recurseSubmodules=no",
    "push.gpgSign=false",         "diff.external=",
    "http.lowSpeedLimit=1",       "http.lowSpeedTime=60"};

std::vector<std::string> clean_environment(const std::vector<std::string>& variables) {
  std::vector<std::string> clean;
  for (const std::string& variable : variables) {
    const std::string_view name = std::string_view(variable).substr(0, variable.find('='));
    const bool own =
        std::find(kOwnVariables.begin(), kOwnVariables.end(), name) != kOwnVariables.end();
    const bool set_below = name == "LC_ALL" || name == "LANGUAGE";
    if ((own || !name.starts_with("GIT_")) && !set_below) clean.push_back(variable);
  }
  clean.emplace_back("LC_ALL=C");
  clean.emplace_back("GIT_TERMINAL_PROMPT=0");
  clean.emplace_back("GIT_NO_REPLACE_OBJECTS=1");
  clean.emplace_back("GIT_OPTIONAL_LOCKS=0");
  return clean;
}

// Whether the address is of this machine, where nobody listens in.
bool is_loopback(std::string_view url) {
  constexpr std::string_view kHttp = "http://";
  if (!url.starts_with(kHttp)) return false;
  std::string_view host = url.substr(kHttp.size());
  host = host.substr(0, host.find('/'));
  // Where a host ends there is read differently: such an address is nobody's.
  if (host.find_first_of("?#\\") != host.npos) return false;
  if (const std::size_t at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  constexpr std::string_view kSix = "[::1]";
  if (host.starts_with(kSix)) return host.size() == kSix.size() || host[kSix.size()] == ':';
  host = host.substr(0, host.find(':'));
  return host == "127.0.0.1" || host == "localhost";
}

// http without TLS is for this machine alone.
bool may_be_reached(std::string_view url) {
  return !fold(url).starts_with("http:") || is_loopback(url);
}

bool is_remote_name(std::string_view name) {
  return !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '.' || c == '_' || c == '-';
  });
}

// Calls `take` with each line of `text`, without its end.
template <typename Take>
void each_line(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// What git and the remote said, without what tells of progress; the last lines of it.
std::string words_of(const std::string& messages) {
  std::vector<std::string> lines;
  each_line(messages, [&lines](std::string_view line) {
    // Of a line that is written over and over only the last state is left.
    if (const std::size_t last = line.rfind('\r'); last + 1 < line.size() && last != line.npos)
      line.remove_prefix(last + 1);
    std::string text = squeeze(line);
    for (const std::string_view lead : {"remote: ", "fatal: ", "error: "}) {
      if (text.starts_with(lead)) text.erase(0, lead.size());
    }
    const bool progress = text.find("% (") != text.npos || text.find(", done.") != text.npos ||
                          text.starts_with("Total ") || text.starts_with("Delta compression") ||
                          text.starts_with("failed to push some refs");
    if (!text.empty() && text != "remote:" && !progress) lines.push_back(std::move(text));
  });
  if (lines.size() > kMaxLines)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(kMaxLines));
  return hide_secrets(fmt::format("{}", fmt::join(lines, "\n")));
}

std::optional<RemoteRef> ref_of(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == line.npos) return std::nullopt;
  const auto id = ObjectId::parse(line.substr(0, tab));
  if (!id) return std::nullopt;
  return RemoteRef{std::string(line.substr(tab + 1)), *id};
}

// Whether the remote refused for the moment only: somebody else moved the branch, or is about to.
bool is_behind(std::string_view reason) {
  constexpr std::array<std::string_view, 9> kRaces = {
      "fetch first",         "non-fast-forward",         "stale info",
      "cannot lock ref",     "failed to update ref",     "failed to lock",
      "incorrect old value", "reference already exists", "remote ref updated since checkout"};
  return std::any_of(kRaces.begin(), kRaces.end(),
                     [reason](std::string_view race) { return reason.find(race) != reason.npos; });
}

// The folder that an address names, as git finds it below `folder`: absolute, without links;
// nothing for an address of another machine.  Throws Error{usage} where it is not plainly one
// folder.
std::optional<std::string> local_folder(const std::string& folder, const std::string& address) {
  constexpr std::string_view kFile = "file://";
  const bool is_file = address.starts_with(kFile);
  const std::size_t colon = address.find(':');
  const bool elsewhere = colon != address.npos && address.find('/') > colon;
  if (!is_file && (address.find("://") != address.npos || elsewhere)) return std::nullopt;
  std::string path = is_file ? address.substr(kFile.size()) : address;
  // git reads a host, escapes and its own folder of the system in their own ways.
  const bool is_plain = !path.empty() && (!is_file || path.front() == '/') &&
                        path.find('%') == path.npos && !path.starts_with("/proc/") &&
                        !path.starts_with("/dev/");
  if (!path.starts_with('/')) path = folder + "/" + path;
  auto real = is_plain ? os::resolve_path(path) : std::nullopt;
  if (real) return real;
  throw Error{ErrorKind::usage, fmt::format("the remote {} is no folder", quote(address, 200))}
      .hint("see 'git remote -v'; give the folder as it is called, such as /srv/club.git");
}

// A folder inside of the repository comes with it, and so do the hooks that git would run there.
void refuse_own_folder(const Repository& repository, const std::string& address) {
  const std::string working = repository.working_folder();
  const std::string common = repository.common_folder();
  const auto real = local_folder(working.empty() ? common : working, address);
  if (!real) return;
  for (std::string own : {working, common}) {
    while (own.ends_with('/'))
      own.pop_back();
    own = os::resolve_path(own).value_or(own);
    if (own.empty() || !(*real + "/").starts_with(own + "/")) continue;
    throw Error{ErrorKind::repository,
                fmt::format("the remote {} is a folder of this repository itself, whose hooks "
                            "could run",
                            quote(address, 200))}
        .hint("see 'git remote -v'; a remote lies elsewhere");
  }
}

}  // namespace

void refuse_own_settings(const Repository& repository) {
  for (const std::string& key : own_keys(repository)) {
    const bool harmless = std::any_of(kHarmless.begin(), kHarmless.end(),
                                      [&key](const Pattern& one) { return one.fits(key); });
    if (harmless) continue;
    throw Error{ErrorKind::repository,
                fmt::format("this repository sets {}, which could run a program or mislead git",
                            quote(key, 200))}
        .hint(fmt::format("if you set it, set it for all repositories instead: "
                          "git config --global; else: git config --local --unset-all {}",
                          shell_word(key)));
  }
}

Remote::Remote(const Repository& repository, GitProgram program, std::string name)
    : repository_(repository), program_(std::move(program)), name_(std::move(name)) {
  program_.environment = clean_environment(program_.environment);
  git_remote* raw = nullptr;
  if (!is_remote_name(name_) ||
      git_remote_lookup(&raw, repository_.impl_->repository.get(), name_.c_str()) < 0) {
    throw Error{ErrorKind::usage, fmt::format("no remote {}", quote(name_, 100))}.hint(
        "see 'git remote -v'; add one with 'git remote add origin ADDRESS'");
  }
  const std::unique_ptr<git_remote, void (*)(git_remote*)> remote(raw, git_remote_free);
  const char* url = git_remote_url(raw);
  const char* push_url = git_remote_pushurl(raw);
  url_ = url == nullptr ? "" : url;
  push_url_ = push_url == nullptr ? url_ : push_url;
  refuse_own_settings(repository_);
  for (const char* key : {"url", "pushurl"}) {
    if (count_own(repository_, fmt::format("remote.{}.{}", name_, key)) < 2) continue;
    throw Error{ErrorKind::repository,
                fmt::format("the remote {} has several addresses", quote(name_, 100))}
        .hint(fmt::format("leave one: git config --unset-all remote.{}.{}", name_, key));
  }
  refuse_own_folder(repository_, url_);
  refuse_own_folder(repository_, push_url_);
}

Remote::Reply Remote::run(const std::string& command,
                          const std::vector<std::string>& arguments) const {
  os::ProcessSpec spec;
  spec.program = program_.path;
  spec.environment = program_.environment;
  // One address must not open the way for the other, nor a server by what it says.
  const bool may_http = (is_loopback(url_) || is_loopback(push_url_)) && may_be_reached(url_) &&
                        may_be_reached(push_url_);
  spec.environment.emplace_back(may_http ? "GIT_ALLOW_PROTOCOL=https:ssh:file:http"
                                         : "GIT_ALLOW_PROTOCOL=https:ssh:file");
  spec.default_signals = program_.default_signals;
  spec.patience_seconds = kPatience;
  const std::string folder = repository_.working_folder();
  spec.arguments = {"-C", folder.empty() ? repository_.common_folder() : folder};
  for (const char* setting : kSettings) {
    spec.arguments.emplace_back("-c");
    spec.arguments.emplace_back(setting);
  }
  spec.arguments.push_back(command);
  spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
  os::ProgramResult result = os::run_captured(spec, "", kMaxWords);
  return {result.status, std::move(result.output), std::move(result.messages)};
}

void Remote::fail(const char* what, const Reply& reply) const {
  const std::string said = words_of(reply.messages);
  Error error{ErrorKind::io,
              fmt::format("cannot {} {}: {}", what, quote(name_, 100),
                          said.empty() ? fmt::format("git ended with {}", reply.status)
                                       : escape(said.substr(0, said.find('\n'))))};
  if (said.find("terminal prompts disabled") != said.npos)
    error.hint("store the password with a credential helper, or use an address with ssh");
  if (said.find("not allowed") != said.npos && said.find("transport") != said.npos)
    error.hint("only https, ssh and folders of this machine are used");
  throw error.hint(fmt::format("see 'git ls-remote {}'", name_));
}

std::optional<std::string> Remote::default_branch() const {
  const Reply reply = run("ls-remote", {"--upload-pack=git-upload-pack", "--symref",
                                        "--end-of-options", name_, "HEAD"});
  if (reply.status != 0) fail("reach", reply);
  std::optional<std::string> branch;
  each_line(reply.output, [&branch](std::string_view line) {
    constexpr std::string_view kBegin = "ref: ";
    constexpr std::string_view kEnd = "\tHEAD";
    if (line.starts_with(kBegin) && line.ends_with(kEnd))
      branch = line.substr(kBegin.size(), line.size() - kBegin.size() - kEnd.size());
  });
  return branch;
}

std::vector<RemoteRef> Remote::list(const std::vector<std::string>& patterns) const {
  std::vector<std::string> arguments{"--upload-pack=git-upload-pack", "--end-of-options", name_};
  arguments.insert(arguments.end(), patterns.begin(), patterns.end());
  const Reply reply = run("ls-remote", arguments);
  if (reply.status != 0) fail("reach", reply);
  std::vector<RemoteRef> refs;
  each_line(reply.output, [&](std::string_view line) {
    // git takes `main` for the end of any name.
    auto ref = ref_of(line);
    const bool meant =
        ref && std::any_of(patterns.begin(), patterns.end(), [&ref](const std::string& pattern) {
          return Pattern{pattern}.fits(ref->name);
        });
    if (meant) refs.push_back(std::move(*ref));
  });
  return refs;
}

void Remote::fetch(const std::vector<std::string>& refspecs) const {
  std::vector<std::string> arguments{"--no-tags",
                                     "--no-write-fetch-head",
                                     "--no-auto-maintenance",
                                     "--no-recurse-submodules",
                                     "--progress",
                                     "--upload-pack=git-upload-pack",
                                     "--end-of-options",
                                     name_};
  arguments.insert(arguments.end(), refspecs.begin(), refspecs.end());
  const Reply reply = run("fetch", arguments);
  if (reply.status != 0) fail("fetch from", reply);
}

PushResult Remote::push(const ObjectId& commit, const std::string& ref) const {
  const Reply reply =
      run("push", {"--porcelain", "--progress", "--no-verify", "--no-recurse-submodules",
                   "--receive-pack=git-receive-pack", "--end-of-options", name_,
                   fmt::format("{}:{}", commit.hex(), ref)});
  PushResult result;
  bool told = false;
  each_line(reply.output, [&](std::string_view line) {
    if (line.size() < 2 || line[1] != '\t') return;
    told = true;
    if (line.front() != '!') return;
    result.how = is_behind(line) ? Pushed::behind : Pushed::refused;
    result.words = words_of(std::string(line.substr(line.rfind('\t') + 1)));
  });
  if (result.how == Pushed::refused) {
    const std::string said = words_of(reply.messages);
    if (!said.empty()) result.words = said;
  }
  if (!told || (reply.status != 0 && result.how == Pushed::done)) fail("push to", reply);
  return result;
}

std::vector<std::string> remote_names(const Repository& repository) {
  git_strarray raw{};
  const int code = git_remote_list(&raw, repository.impl_->repository.get());
  if (code < 0) throw library_error(code, "cannot list the remotes");
  std::vector<std::string> names(raw.strings, raw.strings + raw.count);
  git_strarray_dispose(&raw);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace paperclub::git
