// Signatures by a person's own key.  The program that makes them for git makes them for us: gpg,
// gpgsm or ssh-keygen, which find the key, ask for its password and talk to agents and tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paperclub::git {

// git's word for it: gpg.format.
enum class SignatureFormat { openpgp, x509, ssh };

// Who signs, and with what.  None of it may come from a repository but the key.
struct Signer {
  SignatureFormat format = SignatureFormat::openpgp;
  std::string program;                   // absolute path
  std::string key;                       // as gpg knows it; for ssh the file of the key, or the
                                         // public key itself, whose other half an agent has
  std::vector<std::string> environment;  // of the program, complete
  std::string temporary_folder;          // absolute; where a key that is no file is put meanwhile
  std::string space = "git";             // what OpenSSH ties the signature to; git is for commits
};

// Returns whether an ssh key is given by itself rather than by the name of its file.
bool is_literal_key(std::string_view key);

// Returns the armoured signature of `text`, as git puts it into a commit.  Throws Error{io} with
// what the program said where it does not sign.
std::string sign(const Signer& signer, std::string_view text);

}  // namespace paperclub::git
