#include "lib/git/signing.hpp"

#include <filesystem>

#include "lib/base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_folder.hpp"

namespace paperclub::tests {
namespace {

// A program that stands for gpg or ssh-keygen: it keeps its arguments and input, one a line.
class Program {
 public:
  explicit Program(const std::string& script) {
    folder_.write("run", "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + folder_ / "arguments" + "\ncat >" +
                             folder_ / "input" + "\n" + script + "\n");
    std::filesystem::permissions(folder_ / "run", std::filesystem::perms::owner_all);
    std::filesystem::create_directory(folder_ / "tmp");
  }

  git::Signer signer(git::SignatureFormat format, std::string key) const {
    return {format, folder_ / "run", std::move(key), {"PATH=/usr/bin:/bin"}, folder_ / "tmp"};
  }
  std::string arguments() const { return folder_.read("arguments"); }
  std::string input() const { return folder_.read("input"); }
  std::string folder() const { return folder_.path(); }
  bool left_something() const { return !std::filesystem::is_empty(folder_ / "tmp"); }

 private:
  TempFolder folder_;
};

std::string refusal(const git::Signer& signer) {
  try {
    return "signed: " + git::sign(signer, "text");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::io);
    return error.message();
  }
}

constexpr const char* kGpgSigns = "echo armour; echo '[GNUPG:] SIG_CREATED D 1' >&2";
constexpr const char* kSshSigns = "echo '-----BEGIN SSH SIGNATURE-----'";

}  // namespace

TEST_CASE("gpg gets the text and the key, whatever the key begins with") {
  const Program gpg(kGpgSigns);
  CHECK(git::sign(gpg.signer(git::SignatureFormat::openpgp, "--output"), "a\ntext\n") ==
        "armour\n");
  CHECK(gpg.arguments() == "--status-fd=2\n-bsau\n--output\n");
  CHECK(gpg.input() == "a\ntext\n");
}

TEST_CASE("a signature is one only where gpg's status says that it was made") {
  using git::SignatureFormat;
  CHECK(refusal(Program("echo armour").signer(SignatureFormat::x509, "k")).ends_with("with 0"));
  CHECK(refusal(Program(std::string(kGpgSigns) + "; exit 2").signer(SignatureFormat::openpgp, "k"))
            .ends_with("with 2"));
  const std::string said =
      refusal(Program("printf 'gpg: lost\\n[GNUPG:] FAILURE 1\\n\\n' >&2").signer({}, "k"));
  CHECK(said.ends_with("said 'gpg: lost'"));
  CHECK(refusal(Program("echo 'x [GNUPG:] SIG_CREATED' >&2").signer({}, "k")).find("could not") !=
        std::string::npos);
}

TEST_CASE("what a signing program says is told as harmless text") {
  const std::string said = refusal(Program("printf 'a\\033[31mb' >&2").signer({}, "k"));
  CHECK(said.find('\033') == std::string::npos);
}

TEST_CASE("an ssh key is a file, or is put into one while it is needed") {
  const Program ssh(kSshSigns);
  CHECK(git::sign(ssh.signer(git::SignatureFormat::ssh, "/keys/own.pub"), "text")
            .starts_with("-----BEGIN"));
  CHECK(ssh.arguments() == "-Y\nsign\n-n\ngit\n-f\n/keys/own.pub\n");
  CHECK(ssh.input() == "text");
  for (const char* key : {"key::ecdsa-sha2-nistp256 AAAA me", "ssh-ed25519 AAAA me"}) {
    CAPTURE(key);
    const Program agent(std::string("cat \"$6\"; ") + kSshSigns);
    const std::string shown = refusal(agent.signer(git::SignatureFormat::ssh, key));
    CHECK(shown.find("could not be signed") != std::string::npos);  // more than a signature is none
    CHECK(agent.arguments().find("/key.pub\n") != std::string::npos);
    CHECK_FALSE(agent.left_something());
  }
}

TEST_CASE("a signing program that fails, or answers with something else, has not signed") {
  using git::SignatureFormat;
  CHECK(refusal(Program("echo else").signer(SignatureFormat::ssh, "/k")).ends_with("with 0"));
  CHECK(refusal(Program(std::string(kSshSigns) + "; exit 255").signer(SignatureFormat::ssh, "/k"))
            .ends_with("with 255"));
}

}  // namespace paperclub::tests
