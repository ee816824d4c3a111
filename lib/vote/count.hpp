// What counting the ballots of a round gives: who is elected, and all that is needed to explain it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/vote/ballots.hpp"
#include "lib/vote/fraction.hpp"
#include "lib/vote/pairwise.hpp"

namespace paperclub::vote {

// How a round is counted, besides the method.
struct CountOptions {
  std::size_t seats = 1;
  bool margins = false;        // Schulze, Ranked Pairs, Minimax: by margins, not by winning votes
  std::int32_t max_score = 5;  // STAR: the score that breaks the last ties
};

// One use of a rule that breaks ties.
struct Tie {
  std::string step;                   // where, such as "round 3" or "the winner"
  std::vector<Candidate> candidates;  // who is tied, ascending
  Candidate chosen = 0;               // whom the rule put first; in an exclusion, who leaves
  std::string rule;                   // "lot", or the method's own step
};

// What happens in one step of a method that has steps.
enum class Action { count, elect, transfer, exclude, runoff };

// One step.
struct Round {
  Action action = Action::count;
  std::vector<Candidate> candidates;             // whom it is about
  std::vector<std::optional<Fraction>> tallies;  // of each candidate; nothing for who is out
  Fraction exhausted;                            // what counts for nobody any more
  std::vector<Candidate> elected;                // in this step, in order
  std::string rule = {};                         // where a method has several: which one this is
  std::vector<Fraction> purses = {};  // equal shares: what each one's supporters have before it
};

// One pair in the order in which Ranked Pairs takes them.
struct Lock {
  Candidate winner = 0;
  Candidate loser = 0;
  std::int64_t votes = 0;     // for the winner
  std::int64_t opposing = 0;  // for the loser
  std::vector<Candidate>
      cycle;  // where it was skipped: the way from loser to winner it would close
};

// The outcome of a method.
struct Count {
  std::string method;                           // with its version: schulze-wv/1
  std::size_t seats = 1;                        // that were to be filled
  std::vector<Candidate> winners;               // in order of election
  bool tied = false;                            // the lot may have decided who is among them
  std::vector<std::vector<Candidate>> ranking;  // tiers, where the method has one
  std::vector<Fraction> scores;                 // of each candidate, where the method has them
  std::vector<Round> rounds;                    // where the method has steps
  std::optional<Matrix> pairs;                  // where the method compares pairs
  std::optional<Matrix> paths;                  // Schulze: the strength of the strongest path
  std::vector<std::vector<Candidate>> routes;   // Schulze: one such path, winner to each other
  std::vector<Lock> locks;                      // Ranked Pairs: the pairs in order
  std::vector<std::int64_t> margins;            // Copeland: the sum of each one's margins
  std::optional<Fraction> quota;                // STV
  std::optional<Fraction> purse;                // equal shares: what each ballot has at first
  std::vector<Tie> ties;                        // every use of a rule for ties
  std::uint64_t counted = 0;                    // ballots that say something to this method
  std::uint64_t derived = 0;                    // of these, whose answer follows from another field
};

}  // namespace paperclub::vote
