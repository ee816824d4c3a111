#include "cli/signing.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/identity.hpp"
#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/round_history.hpp"
#include "lib/os/file.hpp"
#include "lib/os/process.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxKeyBytes = 64 * 1024;

// A way to sign: git's word for it, where its program may be named, and which one it is otherwise.
struct Way {
  std::string_view word;
  git::SignatureFormat format;
  const char* key;
  const char* program;
};

constexpr std::array<Way, 3> kWays = {{
    {"openpgp", git::SignatureFormat::openpgp, "gpg.openpgp.program", "gpg"},
    {"x509", git::SignatureFormat::x509, "gpg.x509.program", "gpgsm"},
    {"ssh", git::SignatureFormat::ssh, "gpg.ssh.program", "ssh-keygen"},
}};

// What is signed, and what to do without a signature.
struct Purpose {
  const char* what;
  const char* otherwise;
};

constexpr Purpose kCommit{"the commit", "or use --no-gpg-sign"};
constexpr Purpose kBallot{"a ballot of this round", "only signed ballots count in it"};

const Way& way_of(const git::Config& config) {
  const std::string word = config.text("gpg.format").value_or("openpgp");
  for (const Way& way : kWays) {
    if (way.word == word) return way;
  }
  throw Error{ErrorKind::repository,
              fmt::format("gpg.format must be openpgp, x509 or ssh, not {}", quote(word))}
      .hint("see 'git config --show-origin gpg.format'");
}

std::string program_of(const Environment& environment, const git::Config& own, const Way& way,
                       const Purpose& purpose) {
  auto name = own.text(way.key);
  if (!name && way.format == git::SignatureFormat::openpgp) name = own.text("gpg.program");
  const std::string wanted = at_home(environment, name.value_or(way.program));
  if (auto path = os::find_program(wanted, environment.get("PATH"))) return std::move(*path);
  throw Error{ErrorKind::repository, fmt::format("{} is to be signed, but there is no program {}",
                                                 purpose.what, quote(wanted))}
      .hint(fmt::format("install it, or set {}", way.key))
      .hint(purpose.otherwise);
}

// The key that the person's own command prints, where there is one.
std::string default_ssh_key(const Environment& environment, const git::Config& own) {
  const std::string command = own.text("gpg.ssh.defaultKeyCommand").value_or("");
  if (command.empty()) return {};
  os::ProcessSpec spec;
  spec.program = "/bin/sh";
  spec.arguments = {"-c", command};
  spec.environment = environment.variables;
  spec.default_signals = environment.own_signals;
  const std::string output = os::run_captured(spec, "", kMaxKeyBytes).output;
  std::string key = output.substr(0, output.find('\n'));
  return git::is_literal_key(key) ? key : std::string();
}

std::string ssh_key_of(const Environment& environment, const git::Config& config,
                       const git::Config& own, const git::Repository* repository,
                       const Purpose& purpose) {
  std::string key = config.text("user.signingKey").value_or("");
  if (key.empty()) key = default_ssh_key(environment, own);
  if (key.empty()) {
    throw Error{ErrorKind::repository,
                fmt::format("{} is to be signed, but no key is set", purpose.what)}
        .hint("git config --global user.signingKey ~/.ssh/id_ed25519.pub")
        .hint(purpose.otherwise);
  }
  if (git::is_literal_key(key)) return key;
  key = at_home(environment, key);
  const std::string top = repository == nullptr ? "" : repository->working_folder();
  return key.starts_with('/') || top.empty() ? key : fmt::format("{}/{}", top, key);
}

}  // namespace

std::optional<git::Signer> signer_of(const Environment& environment, const SignFlags& flags,
                                     const git::Config& config, const git::Repository* repository,
                                     const git::Person& committer) {
  const bool wanted = flags.sign || config.truth("commit.gpgSign").value_or(false);
  if (!wanted || flags.no_sign) return std::nullopt;
  const git::Config own = read_git_config(environment, nullptr);
  const Way& way = way_of(config);
  git::Signer signer;
  signer.format = way.format;
  signer.program = program_of(environment, own, way, kCommit);
  signer.environment = environment.variables;
  signer.temporary_folder = temporary_parent(environment);
  if (way.format == git::SignatureFormat::ssh) {
    signer.key = ssh_key_of(environment, config, own, repository, kCommit);
    return signer;
  }
  signer.key = config.text("user.signingKey").value_or("");
  if (signer.key.empty()) signer.key = fmt::format("{} <{}>", committer.name, committer.email);
  return signer;
}

git::Signer ballot_signer(const Environment& environment, const git::Config& config,
                          const git::Repository* repository) {
  const git::Config own = read_git_config(environment, nullptr);
  git::Signer signer;
  signer.format = git::SignatureFormat::ssh;
  signer.program = program_of(environment, own, kWays.back(), kBallot);
  signer.environment = environment.variables;
  signer.temporary_folder = temporary_parent(environment);
  signer.key = ssh_key_of(environment, config, own, repository, kBallot);
  signer.space = club::kBallotNamespace;
  return signer;
}

}  // namespace paperclub::cli
