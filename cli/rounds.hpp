// Rounds for the commands that open, vote, count and close.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/club.hpp"
#include "cli/context.hpp"
#include "lib/club/round_history.hpp"
#include "lib/club/seen_tips.hpp"
#include "lib/git/repository.hpp"
#include "lib/vote/round_count.hpp"

namespace paperclub::cli {

// The club's repository at one commit: what is not committed has not been voted.
struct VotingPlace {
  git::Repository repository;
  std::string folder;  // where it was looked for
  std::string prefix;  // from its top to the club's folder
  git::ObjectId tip;
};

// Opens it at `at`, or at HEAD where that is "".  Throws what open_club() throws, and
// Error{repository} where there is no repository, Error{unacceptable} where there is no commit.
VotingPlace open_votes(Context& context, const std::string& at = "");

// Returns what there is to say of a history that was rewritten.
std::string rewritten_words(const club::SeenTip& seen);

// Returns what there is to say where the memory of this clone holds something else than it should.
std::string damaged_memory_words();

// Warns where the branch that HEAD names does not stand on what this clone saw last.  Writes
// nothing.
void warn_of_rewriting(Context& context, const git::Repository& repository);

// Warns where the history of `place`, which was opened at HEAD, is not the one that this clone saw
// last, or where other programs read another one in its stead.  Writes nothing.
void warn_of_history(Context& context, const VotingPlace& place);

// Warns where the round cannot be what people take it for: rules or the result changed since, or
// members whose files could not be read then.
void warn_of_round(Context& context, const club::RoundHistory& history);

// Warns where the round was closed with another result than its ballots give, or by a merge that
// leaves out ballots of one side.
void warn_of_result(Context& context, const club::RoundHistory& history);

// One round as the tip has it.
struct RoundEntry {
  RoundId id;
  record::Round round;
};

// Returns the rounds of the tip, by id; records that cannot be read are left out.
std::vector<RoundEntry> rounds_of(const VotingPlace& place);

// Returns the ids of the tip's rounds in which nobody can vote any more.  History decides: a result
// that was taken away afterwards closed the round all the same, and one that was opened in two
// places or moved from another folder counts no more.  Throws Error{damaged}.
std::set<RoundId> ended_rounds(const VotingPlace& place);

// Returns why the round cannot be counted at all, or nothing where it can.  Throws Error{damaged}.
std::optional<std::string> why_void(const VotingPlace& place, const RoundId& id);

// Returns the round that `name` means: its id or the beginning of one; without a name the only open
// one (`closed`: where none is open, the only one at all).  Throws Error{usage} that says which
// there are.
RoundId round_named(const VotingPlace& place, const std::string& name, bool closed = false);

// Returns whether what was counted for the closed round `b` stands on what was counted for `a`; by
// the day of the opening where one of the two says none that is there.
bool was_closed_before(const git::Repository& repository, const record::Round& a,
                       const record::Round& b);

// Returns the candidate that `name` means: its id, its number in `round show`, or the beginning of
// an id if only one has it; nothing where none fits.  Throws Error{usage} where several do.
std::optional<PaperId> candidate_named(const record::Round& round, const std::string& name);

}  // namespace paperclub::cli
