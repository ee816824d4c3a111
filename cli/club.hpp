// Finding the club that a command is about, and reading it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "lib/base/finding.hpp"
#include "lib/club/file_tree.hpp"
#include "lib/club/snapshot.hpp"

namespace paperclub::cli {

// A club that was found.
struct OpenClub {
  std::unique_ptr<club::FileTree> files;
  std::string folder;   // of the club in the working tree, absolute; "" where read from a commit
  std::string subpath;  // from that folder to where the person stands, "" at its top
  std::string prefix;   // from the repository's top to the club's folder, "" where they are one
  std::string root;     // as `folder`, also where it is read from a commit; "" in a bare repository
};

// Finds the club at or above the folder of `context`: the working tree, or the commit `at` where
// that is not empty, or HEAD of a bare repository.  Throws Error{not_a_club, usage, repository,
// damaged}.
OpenClub open_club(Context& context, const std::string& at);

// Returns whether a club's folder is at or above the folder of `context`.
bool has_club(const Context& context);

// Returns where the club's repository is looked for.
std::string repository_folder(const Context& context, const OpenClub& club);

// Reads it, on all processors, with progress.
club::Snapshot load_club(Context& context, const OpenClub& club, club::Scope scope);
// Reads the club as `files` have it, on all processors, without a word.
club::Snapshot load_files(const Context& context, const club::FileTree& files,
                          club::Scope scope = club::Scope::everything);

// Tells of findings that concern the output, shortly, on standard error.  Returns kUnacceptable
// where one is an error, else kDone.
int tell_findings(Context& context, const std::vector<Finding>& findings);

}  // namespace paperclub::cli
