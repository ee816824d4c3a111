// A round as history has it: the commit that opened it, the one that closed it, the rules and the
// roll as they stood at the opening, and every version of every ballot, whatever it is worth.
// Ancestry alone says what came before what; dates and clocks say nothing, the order of parents
// only where two people voted by one name side by side.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/club/snapshot.hpp"
#include "lib/git/lineage.hpp"
#include "lib/git/objects.hpp"
#include "lib/git/repository.hpp"

namespace paperclub::club {

// What signed ballots are tied to: OpenSSH's namespace for them.
inline constexpr std::string_view kBallotNamespace = "ballot@paperclub";

// One version of a ballot: what a commit put at its path that none of its parents had there.
struct BallotVersion {
  std::string member;  // as the file is called; it may be no valid id
  git::ObjectId blob;
  git::ObjectId commit;
  std::size_t place = 0;  // of the commit, in RoundHistory::lineage
  git::Person author;
  git::Person committer;
  bool in_time = false;         // part of what is counted, and not of what was before the opening
  bool before_opening = false;  // the opening stands on it, or is it
  std::string fault;            // why it cannot be read, as the end of a sentence, or ""
  record::Ballot ballot;
  std::string signed_text;  // what a signature of it signs; "" where the round is not signed
  // The blob that it is as `vote` writes it; the signature's lines may be indented in other ways.
  std::optional<git::ObjectId> usual_blob = {};
};

// A merge, as far as it may say whose a name is.
struct VoteMerge {
  std::string address;  // of its author
  std::map<std::string, git::ObjectId>
      blobs;  // its ballots by such names, unlike its first parent's
};

// One round.
struct RoundHistory {
  RoundId id;
  std::string club_id;   // as it was at the opening
  record::Round round;   // as it was opened, with the club's rules where it says none
  git::ObjectId opened;  // the commit that added it
  std::optional<git::ObjectId> closed;  // the commit that added its result
  git::ObjectId counted;  // the commit whose ballots count: the tip, or what was closed
  std::optional<record::RoundResult> result = {};  // as it was closed
  bool result_changed = false;  // closed, but the tip has another result, or none
  bool rules_changed = false;   // the tip has other candidates or rules, which do not matter
  std::vector<MemberRecord> roll = {};           // the members at the opening
  std::vector<std::string> bad_members = {};     // files of members that could not be read then
  std::vector<BallotVersion> versions = {};      // by member, then by their places
  git::Lineage lineage = {};                     // which commits stand on which
  std::size_t counted_place = 0;                 // of the commit that is counted, there
  std::optional<std::size_t> closed_place = {};  // of the close, there
  // Of an open round by which names several addresses voted: the merges, by their places.
  std::map<std::size_t, VoteMerge> merges = {};
  // The blob at each member's path in the commit that is counted, by the member.
  std::vector<std::pair<std::string, git::ObjectId>> standing = {};
};

// Returns the round `id` of the club below `prefix` ("" for the top) as `tip` has it.  Throws
// Error{usage} where there is none, Error{unacceptable} where it was opened or closed in more than
// one place or by a record that is not good, or where the commit that opened it took it from
// another folder (ballots that come from there later are judged one by one), Error{damaged} with
// the remedy where history is shallow or something is missing: a part is never counted.
RoundHistory read_round(const git::Repository& repository, const std::string& prefix,
                        const git::ObjectId& tip, const RoundId& id);

// Returns whether the blob is a good record of a round that says how it ended; what cannot be read
// closes nothing.  Throws Error{damaged}.
bool says_result(const git::Repository& repository, const git::ObjectId& blob);

// Returns whether any commit has a result of the round.  Throws Error{damaged}.
bool was_ever_closed(const git::Repository& repository, const std::string& prefix,
                     const git::ObjectId& tip, const RoundId& id);

// Returns the rules of a round: what it does not say, the club does; what neither says is the
// program's default.
record::VotingRules merged_rules(record::VotingRules own, const record::VotingRules& club);

// Returns what the signature of a ballot signs: `bytes` is its file without the signature.
std::string ballot_text(const std::string& club_id, const RoundId& round, const std::string& member,
                        const std::string& previous, std::string_view bytes);

}  // namespace paperclub::club
