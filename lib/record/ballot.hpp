// A ballot: the record votes/ROUND/MEMBER.yaml.  Whose it is and for which round its path says.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/record/common.hpp"

namespace paperclub::record {

// One ballot.  Each of the three ways to choose may be absent; an empty list is a choice of its
// own, so absence and emptiness differ.  Names of papers are as written: `none` may stand in
// `rank`, and whether each is a candidate is for the round to say.
struct Ballot {
  std::optional<std::vector<std::string>> approve;
  std::optional<std::vector<std::vector<std::string>>> rank;  // tiers, best first
  std::optional<std::vector<std::pair<std::string, long long>>> score;
  bool abstain = false;
  bool withdrawn = false;
  std::string comment;
  std::string previous;               // the blob id of the ballot before, "-" for none
  std::optional<long long> sequence;  // above that of every ballot before
  std::string signature;              // SSH signature, armoured
  yaml::Members extra;

  bool operator==(const Ballot&) const = default;
};

// Returns the ballot that the root mapping of `document` is.
Ballot ballot_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const Ballot& ballot);

}  // namespace paperclub::record
