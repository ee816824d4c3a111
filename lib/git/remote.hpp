// The spawned git: whatever needs the network.  ssh, agents and credential helpers work as the
// person has set them up for all repositories; nothing that this repository configures is run, and
// no branch is ever forced.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/git/repository.hpp"

namespace paperclub::git {

// The program git, and what it is started with.
struct GitProgram {
  std::string path;                      // absolute
  std::vector<std::string> environment;  // of the person, complete; what misleads git is left out
  std::vector<int> default_signals;      // as in os::ProcessSpec
};

// Throws Error{repository} that names a setting of the repository's own configuration which git
// might run a program for, or be led astray by.
void refuse_own_settings(const Repository& repository);

// One reference of a remote.
struct RemoteRef {
  std::string name;  // refs/heads/…
  ObjectId id;
};

// How a push ended.
enum class Pushed {
  done,
  behind,   // somebody else was faster: fetch, and build on what is there; or a lock is held there
  refused,  // by a rule of the remote
};

// What came of a push.
struct PushResult {
  Pushed how = Pushed::done;
  std::string words;  // what the remote said, several lines without passwords, not escaped
};

// A configured remote of one repository, which must outlive it.
class Remote {
 public:
  // Throws Error{usage} where no remote is called `name` or it cannot be a remote's name,
  // Error{repository} where it is a folder inside of the repository, and what refuse_own_settings()
  // throws.
  Remote(const Repository& repository, GitProgram program, std::string name);

  const std::string& name() const { return name_; }
  // Returns the address, as git's own rules for rewriting addresses make it.
  const std::string& url() const { return url_; }
  // Returns the address that is pushed to.
  const std::string& push_url() const { return push_url_; }

  // Returns the branch that its HEAD names (refs/heads/…), or nothing where it has none.  Throws
  // Error{io} where it cannot be reached.
  std::optional<std::string> default_branch() const;
  // Returns the references that fit one of `patterns` (`refs/heads/main`, `refs/pull/*/head`), by
  // name.  Throws Error{io}.
  std::vector<RemoteRef> list(const std::vector<std::string>& patterns) const;
  // Returns whether the remote has the reference (its full name).  Throws Error{io}.
  bool has(const std::string& ref) const { return !list({ref}).empty(); }
  // Fetches what `refspecs` name.  Throws Error{io}.
  void fetch(const std::vector<std::string>& refspecs) const;
  // Moves the branch `ref` of the remote (its full name) to `commit`, which must stand on it.
  // Throws Error{io} where it cannot be reached.
  PushResult push(const ObjectId& commit, const std::string& ref) const;

 private:
  struct Reply {
    int status;
    std::string output;
    std::string messages;
  };
  Reply run(const std::string& command, const std::vector<std::string>& arguments) const;
  [[noreturn]] void fail(const char* what, const Reply& reply) const;

  const Repository& repository_;
  GitProgram program_;
  std::string name_;
  std::string url_;
  std::string push_url_;
};

// Returns the names of the remotes, sorted.  Throws Error{repository}.
std::vector<std::string> remote_names(const Repository& repository);

}  // namespace paperclub::git
