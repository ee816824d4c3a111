// Random records of every kind, good by their schema.
#pragma once

#include "lib/record/ballot.hpp"
#include "lib/record/club_settings.hpp"
#include "lib/record/member.hpp"
#include "lib/record/paper.hpp"
#include "lib/record/round.hpp"
#include "lib/record/session.hpp"
#include "tests/unit/record/random_values.hpp"

namespace paperclub::tests {

// Makes records, each different from the one before; equal seeds make equal sequences.
class RandomRecords : private RandomValues {
 public:
  using RandomValues::RandomValues;

  record::Paper paper();
  record::Session session();
  record::Round round();
  record::Ballot ballot();
  record::Member member();
  record::ClubSettings club_settings();

 private:
  std::vector<record::Answer> answers();
  record::VotingRules rules();
  record::RoundResult result();
  record::Schedule schedule();
};

}  // namespace paperclub::tests
