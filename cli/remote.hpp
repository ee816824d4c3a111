// Reaching a remote: which one is meant, the program git, and whether the network may be used.
#pragma once

#include <optional>
#include <string>

#include "cli/club.hpp"
#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/remote.hpp"

namespace paperclub::cli {

// A branch here and where it is at the remote.
struct Upstream {
  std::string remote;    // its name
  std::string branch;    // there: refs/heads/…
  std::string tracking;  // what is known of it here: refs/remotes/…
};

// Throws Error{repository} where PAPERCLUB_OFFLINE forbids the network.
void refuse_offline(const Context& context);

// Returns git as it is started.  Throws Error{repository} where it is not installed.
git::GitProgram git_program(const Context& context);

// Returns the remote that is meant: `chosen`, else what git's configuration says for the branch
// (refs/heads/…), else `origin` or the only one.  Throws Error{usage} where there is none or
// several could be meant.
Upstream upstream_of(const git::Repository& repository, const git::Config& config,
                     const std::string& branch, const std::string& chosen);

// Fetches the branch into the repository of `folder` and returns the commit that it is at; nothing
// where the remote has none yet.  The commit is remembered.  Throws Error{unacceptable} where it
// does not stand on the one that was seen last, or is gone, and Error{io}.
std::optional<git::ObjectId> fetch_tip(const std::string& folder, const git::Remote& remote,
                                       const Upstream& upstream);

// Which branch of which remote a command is about.
enum class Meant {
  own,   // where the branch one stands on is at its remote: what `sync` joins
  club,  // the club, wherever one stands: at the remote `upstream`, where a fork is the origin
};

// The club around the folder of a context, and one remote of its repository.  It stays where it was
// made: the remote looks at the repository beside it.
struct ClubRemote {
  // `chosen` names the remote, "" for the one that is meant.  Talks with nobody.  Throws what
  // open_club(), upstream_of() and git::Remote throw.
  ClubRemote(Context& context, Meant meant, const std::string& chosen);
  ClubRemote(const ClubRemote&) = delete;
  ClubRemote& operator=(const ClubRemote&) = delete;

  // Sees what was written or fetched meanwhile.
  void reopen() { repository = git::Repository::open(folder); }
  // Fetches the branch that the remote's HEAD names (where it names none, the one that is known
  // here), which is `upstream` from then on, and returns the commit that it is at.  Throws
  // Error{repository} where there is none, and what fetch_tip() throws.
  git::ObjectId fetch_club(Context& context);

  OpenClub club;
  std::string folder;  // of the repository
  git::Repository repository;
  git::Config config;
  Upstream upstream;
  git::Remote remote;
};

// Tells what the remote said, line by line, on standard error.
void tell_remote_words(Context& context, const std::string& remote, const std::string& words);

}  // namespace paperclub::cli
