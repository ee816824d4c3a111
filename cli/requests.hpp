// Opening a pull request: by the program of the host where one is installed and logged in, else the
// page to open.  And the issues that ask for one.
#pragma once

#include <optional>
#include <string>

#include "cli/context.hpp"
#include "lib/git/config.hpp"
#include "lib/git/remote.hpp"
#include "lib/import/form_issue.hpp"
#include "lib/publish/forge.hpp"

namespace paperclub::cli {

// What is asked for.  Title and text hold ids and words of ours only.
struct PullRequest {
  publish::Forge club;
  std::string base;  // a short name
  publish::Forge fork;
  std::string branch;  // of the fork, a short name
  std::string title;
  std::string text;
};

// Returns the host behind a remote, as git's configuration spells its address; `paperclub.forge`
// says what kind of host it is where its name does not.  Throws Error{usage} where that is none.
publish::Forge forge_behind(const git::Config& config, const git::Remote& remote);

// Opens it by gh, glab or tea, and returns what that program says, one line; nothing where there is
// no such program that knows the host, or it does not succeed, which is told.
std::optional<std::string> open_request(Context& context, const PullRequest& request);

// A change on a branch of its own, on its way to the club.
struct OwnBranch {
  const git::Remote& club;
  const git::Remote& to;  // where it is pushed
  std::string base;       // the club's branch, a short name
  std::string branch;     // a short name
  git::ObjectId commit;
  std::string title;  // of the pull request
  std::string text;
};

// Where the pull request is, or where it is opened; "" where no page is known.
struct Sent {
  std::string page;
  bool opened = false;
};

// Returns the line that tells people where it is.
std::string sent_line(const Sent& sent);

// Tells what the remote said of a push that it did not take although nobody was faster, and returns
// the error.
Error held_there(Context& context, const std::string& remote, const git::PushResult& result);

// Pushes the branch and opens the pull request.  Throws Error{unacceptable} where the remote
// refuses it or has another branch of that name, Error{io}.
Sent send_branch(Context& context, const git::Config& config, const OwnBranch& own);

// Returns the issue that a workflow's event, the file `event`, tells of.  Throws what read_input()
// and import::read_form_issue() throw.
import::FormIssue read_event(Context& context, const std::string& event);

// Closes the request `number` at the host with the words `why`; returns whether it did.
bool close_request(Context& context, const publish::Forge& club, const std::string& number,
                   const std::string& why);

}  // namespace paperclub::cli
