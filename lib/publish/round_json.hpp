// Rounds and what became of their ballots as JSON documents; as json.hpp says.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lib/club/round_history.hpp"
#include "lib/vote/who_counts.hpp"

namespace paperclub::publish {

// One of the rounds of a list.
struct ListedRound {
  RoundId id;
  record::Round round;                        // as its record says now
  std::optional<record::RoundResult> result;  // that closed it, by history; nothing: it is open
  bool is_void = false;                       // it cannot be counted at all
};

// Returns paperclub/rounds: `rounds`, each with id, method, candidates, result (or null), whether
// its record has another one now …
std::string rounds_json(const std::vector<ListedRound>& rounds);
// Returns paperclub/round: one round as it was opened, and who has voted.
std::string round_json(const club::RoundHistory& history, const vote::Judged& judged);

// What became of one version of a ballot.
struct VerifiedBallot {
  std::string receipt;
  std::string commit;
  std::string fate;    // counts, superseded, or left-out
  std::string reason;  // "" where it counts
};

// Returns paperclub/verify: `ballots`, each with receipt, commit, fate and reason.
std::string verify_json(const std::vector<VerifiedBallot>& ballots);

// What recomputing one round gave.
struct AuditedRound {
  std::string round;
  bool agrees = false;
  std::vector<std::string> differences;  // as sentences
};

// Returns paperclub/audit: `rounds`, each with its differences; `history` as the memory of this
// clone has it.
std::string audit_json(const std::vector<AuditedRound>& rounds, const std::string& history);

}  // namespace paperclub::publish
