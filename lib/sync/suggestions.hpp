// Suggestions that wait at a remote: pull requests as hosts keep them, and branches suggest/ID.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/remote.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::sync {

// What is asked of a remote to see its suggestions.
std::vector<std::string> suggestion_patterns();

// One suggestion that waits.
struct Waiting {
  std::string name;  // #12 at GitHub and Gitea, !12 at GitLab, or the branch suggest/ID
  std::string ref;   // at the remote
  git::ObjectId head;
  std::string number;  // of the pull request, or ""
  std::string branch;  // suggest/ID, or ""
};

// Returns the suggestions among `refs`, those with numbers first and by them; one that is there
// both as a branch and as a pull request is one.  Those that were declined are left out.
std::vector<Waiting> waiting_among(const std::vector<git::RemoteRef>& refs);

// Returns those among `refs` that were declined, likewise.
std::vector<Waiting> declined_among(const std::vector<git::RemoteRef>& refs);

// Where a remote keeps which suggestions were declined.
inline constexpr std::string_view kDeclinedRefs = "refs/paperclub/declined/";

// Returns where the remote keeps that the suggestion with this head was declined, and why.
std::string declined_ref(const git::ObjectId& head);

// Returns where the reference `ref` of a remote is kept here.
std::string kept_ref(const std::string& remote, const std::string& ref);

// Returns the suggestion that `name` means: its name, its number, its branch, or the paper's id;
// null where there is none.
const Waiting* find_waiting(const std::vector<Waiting>& waiting, const std::string& name);

}  // namespace paperclub::sync
