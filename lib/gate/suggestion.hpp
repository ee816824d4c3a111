// Suggestions and ballots on their way, where a server is asked to change one.  They are branches
// that anybody may make; to add to one, to take it away or to answer it is for the organisers of
// the clubs that it changes and for who made it, and what a club has all of is anybody's to tidy
// up.
#pragma once

#include <string>

#include "lib/git/repository.hpp"

namespace paperclub::gate {

// What is asked.
enum class Asked {
  adding,       // commits on top of it
  taking_away,  // its branch, or other commits in their place
  declining,
  answering_again,  // where it was declined already
};

// A change of one suggestion that somebody asks for.
struct SuggestionRequest {
  Asked asked = Asked::adding;
  git::ObjectId suggestion;  // its head; it need not be there
  git::ObjectId club;        // the club's commit, which says who is who and may have all of it
  std::string actor;         // a member's id or address, or what else the server calls them; "" for
                             // nobody known
};

// Returns whether who asks may do it.  A club that has named no organisers leaves it to anybody. Of
// those whom the server calls by a name that is no address, it says nothing of whose commits they
// add: they may.  Throws Error{damaged, limit, io} where the club cannot be read.
bool may_change_suggestion(const git::RepositoryPlace& place, const SuggestionRequest& request);

}  // namespace paperclub::gate
