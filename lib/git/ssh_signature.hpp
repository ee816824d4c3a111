// Checking signatures that ssh-keygen makes (`ssh-keygen -Y sign`), in this process.
// Source: OpenSSH, PROTOCOL.sshsig and PROTOCOL.u2f; RFC 4253, 5656, 8032 and 8332.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub::git {

// Returns why `signature` (armoured) is no good signature of `text` in the namespace `space` by one
// of `keys`, as the end of a sentence; nothing where it is one.  Keys are lines as in
// authorized_keys; ed25519, ecdsa, rsa (with SHA-2 alone) and their security-key forms, which must
// have been touched.
std::optional<std::string> ssh_signature_problem(std::string_view signature, std::string_view text,
                                                 std::string_view space,
                                                 const std::vector<std::string>& keys);

// Returns the SHA-256 digest of `text` in hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace paperclub::git
