#include "lib/git/signing.hpp"

#include <fmt/format.h>

#include <optional>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/os/file.hpp"
#include "lib/os/process.hpp"

namespace paperclub::git {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;
constexpr std::string_view kLiteral = "key::";

// The last line in which a program says anything, which is the one that tells what went wrong.
std::string last_words(std::string_view text) {
  std::string last;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = squeeze(text.substr(0, end));
    if (!line.empty() && !line.starts_with("[GNUPG:]")) last = line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return last;
}

[[noreturn]] void refuse(const Signer& signer, const os::ProgramResult& result) {
  const std::string words = last_words(result.messages);
  const bool is_commit = signer.space == "git";
  const std::string what = is_commit ? "the commit" : "the ballot";
  throw Error{ErrorKind::io, words.empty()
                                 ? fmt::format("{} could not be signed: {} ended with {}", what,
                                               quote(signer.program, 200), result.status)
                                 : fmt::format("{} could not be signed: {} said {}", what,
                                               quote(signer.program, 200), quote(words, 200))}
      .hint(is_commit
                ? "nothing was written; see 'git config user.signingKey', or use --no-gpg-sign"
                : "nothing was written; see 'git config user.signingKey'");
}

os::ProgramResult run(const Signer& signer, std::vector<std::string> arguments,
                      std::string_view text) {
  os::ProcessSpec spec;
  spec.program = signer.program;
  spec.arguments = std::move(arguments);
  spec.environment = signer.environment;
  return os::run_captured(spec, text, kMaxBytes);
}

// A status line of its own says that it signed: its exit status alone does not.
std::string sign_with_gpg(const Signer& signer, std::string_view text) {
  const os::ProgramResult result = run(signer, {"--status-fd=2", "-bsau", signer.key}, text);
  const bool signed_it =
      result.status == 0 &&
      ("\n" + result.messages).find("\n[GNUPG:] SIG_CREATED ") != std::string::npos;
  if (!signed_it) refuse(signer, result);
  return result.output;
}

std::string sign_with_ssh(const Signer& signer, std::string_view text) {
  std::optional<os::TemporaryFolder> folder;
  std::string file = signer.key;
  if (is_literal_key(signer.key)) {
    constexpr const char* kName = "key.pub";
    const bool marked = signer.key.starts_with(kLiteral);
    folder.emplace(signer.temporary_folder);
    os::Folder::open(folder->path())
        .put(kName, signer.key.substr(marked ? kLiteral.size() : 0) + "\n");
    file = fmt::format("{}/{}", folder->path(), kName);
  }
  const os::ProgramResult result =
      run(signer, {"-Y", "sign", "-n", signer.space, "-f", file}, text);
  if (result.status != 0 || !result.output.starts_with("-----BEGIN SSH SIGNATURE-----"))
    refuse(signer, result);
  return result.output;
}

}  // namespace

bool is_literal_key(std::string_view key) {
  return key.starts_with(kLiteral) || key.starts_with("ssh-");
}

std::string sign(const Signer& signer, std::string_view text) {
  return signer.format == SignatureFormat::ssh ? sign_with_ssh(signer, text)
                                               : sign_with_gpg(signer, text);
}

}  // namespace paperclub::git
