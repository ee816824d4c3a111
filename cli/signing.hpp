// Who signs a commit, and with what, as git's configuration says.
#pragma once

#include <optional>

#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/signing.hpp"

namespace paperclub::cli {

// What the command line says about it.
struct SignFlags {
  bool sign = false;
  bool no_sign = false;
};

// Returns who signs the commits of `committer`: by `flags`, else by commit.gpgSign; nothing where
// none are signed.  Whether, how and with which key follows `config`, of which `repository` (null:
// there is none yet) may be a part; the program that is started is named by the person's own
// configuration only.  Throws Error{repository} where there is no such program or no key.
std::optional<git::Signer> signer_of(const Environment& environment, const SignFlags& flags,
                                     const git::Config& config, const git::Repository* repository,
                                     const git::Person& committer);

// Returns who signs ballots: always with the person's SSH key, as git finds it.  Throws
// Error{repository} where there is no ssh-keygen or no key.
git::Signer ballot_signer(const Environment& environment, const git::Config& config,
                          const git::Repository* repository);

}  // namespace paperclub::cli
