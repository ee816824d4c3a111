// Voting without a terminal: from an issue of the club's form, and the pages on which one votes.
#pragma once

#include <string>

#include "cli/casting.hpp"
#include "cli/context.hpp"
#include "cli/writing.hpp"

namespace paperclub::cli {

// Casts the vote that the issue of a workflow's event (the file `event`) asks for, on a branch of
// its own, and opens a pull request for it.  Throws Error{unacceptable} where it could not count,
// and what read_event(), ClubRemote and send_branch() throw.
int vote_by_issue(Context& context, const std::string& event, const WriteFlags& flags);

// Prints the pages on which the choice can be cast in a browser, by the form and as a file; writes
// and sends nothing.  Throws Error{unacceptable} where no page is known.
int print_vote_pages(Context& context, const std::string& round, const Choice& choice);

}  // namespace paperclub::cli
