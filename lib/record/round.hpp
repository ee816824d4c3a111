// A round of voting: the record votes/ROUND.yaml, and the rules of voting that club.yaml may set.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/base/date.hpp"
#include "lib/base/id.hpp"
#include "lib/record/common.hpp"

namespace paperclub::record {

// The least turnout for a decision: a number of ballots, or a share of the roll.
struct Quorum {
  std::optional<long long> ballots;
  std::string share;  // "p/q", or ""
  bool operator==(const Quorum&) const = default;
};

// The highest score where nobody says another one.
inline constexpr long long kUsualMaxScore = 5;

// How a round is counted and who may vote.  What is absent takes the club's, then the program's
// default.
struct VotingRules {
  std::string method;      // approval, schulze, …; "" for none given
  std::string electorate;  // open, members, signed; "" for none given
  std::optional<long long> seats;
  std::optional<bool> none;
  std::optional<Quorum> quorum;
  std::optional<long long> over_none;
  std::string min_share;
  std::optional<long long> max_score;
  std::optional<bool> margins;
  bool operator==(const VotingRules&) const = default;
};

// What closing a round wrote into it.
struct RoundResult {
  std::string counted;  // the id of the commit that was counted
  std::string method;   // with its version: approval/1
  long long ballots = 0;
  std::string digest;
  std::vector<PaperId> winners;
  std::vector<PaperId> runners_up;
  bool tied = false;
  bool operator==(const RoundResult&) const = default;
};

// One round.
struct Round {
  std::string title;
  std::optional<Date> opened;
  std::optional<Moment> closes;
  VotingRules rules;
  std::vector<PaperId> candidates;  // in lot order
  std::optional<RoundResult> result;
  yaml::Members extra;

  bool operator==(const Round&) const = default;
};

// Returns the round that the root mapping of `document` is.
Round round_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const Round& round);

// Returns the result as it stands under `result`.
yaml::Members to_yaml(const RoundResult& result);

// Returns the rules among `fields`.
VotingRules rules_from(const Fields& fields);
// Adds the rules to `members` in the order of the schema.
void add_rules(MemberList& members, const VotingRules& rules);

}  // namespace paperclub::record
