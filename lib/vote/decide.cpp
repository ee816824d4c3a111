#include "lib/vote/decide.hpp"

#include <numeric>

#include "lib/base/error.hpp"

namespace paperclub::vote {
namespace {

bool passes(const Matrix& pairs, std::size_t one, const Rules& rules) {
  const std::size_t none = pairs.size() - 1;
  return pairs.at(one, none) >= static_cast<std::int64_t>(rules.over_none) &&
         beats(pairs, one, none);
}

void drop_below_none(const Ballots& ballots, const Rules& rules, Decision& decision) {
  const Matrix pairs = count_pairs(ballots.rankings_with_none());
  const std::size_t none = pairs.size() - 1;
  for (const Candidate one : std::exchange(decision.counted, {})) {
    decision.none.emplace_back(pairs.at(one, none), pairs.at(none, one));
    (passes(pairs, one, rules) ? decision.counted : decision.dropped).push_back(one);
  }
}

// The reason for which nothing can be decided, or "".
std::string missing(const Decision& decision, const Rules& rules) {
  if (decision.ballots == 0) return "there is no ballot";
  if (decision.ballots == decision.empty) return "no ballot chooses anything";
  if (decision.count.counted == 0) return "no ballot says anything to this method";
  if (rules.quorum && decision.ballots < *rules.quorum)
    return "the quorum is " + std::to_string(*rules.quorum) + " ballots";
  if (rules.quorum_share && !rules.roll)
    return "the quorum is a share of the members, and anybody may vote";
  if (rules.quorum_share &&
      fraction(decision.ballots) < *rules.quorum_share * fraction(*rules.roll)) {
    return "the quorum is " + text_of(*rules.quorum_share) + " of " + std::to_string(*rules.roll) +
           " members";
  }
  return {};
}

void apply_min_share(const Rules& rules, Decision& decision) {
  if (!rules.min_share || rules.method->name != "approval") return;
  const Fraction least = *rules.min_share * fraction(decision.ballots - decision.empty);
  std::erase_if(decision.count.winners,
                [&](Candidate one) { return decision.count.scores[one] < least; });
  if (!decision.count.winners.empty()) return;
  decision.outcome = Outcome::no_paper;
  decision.why = "no paper has " + text_of(*rules.min_share) + " of the ballots";
}

}  // namespace

Decision decide(const Ballots& ballots, const Rules& rules) {
  Decision decision;
  decision.ballots = ballots.size();
  decision.empty = ballots.empty();
  decision.counted.resize(ballots.candidates());
  std::iota(decision.counted.begin(), decision.counted.end(), Candidate{0});
  if (rules.none && rules.method->reads == Reads::rankings)
    drop_below_none(ballots, rules, decision);
  if (decision.counted.empty()) {
    decision.outcome = Outcome::no_paper;
    decision.why = "no paper is above 'no paper'";
    decision.count.method = rules.method->count(Ballots(1), rules.options).method;
    decision.count.seats = rules.options.seats;
    decision.count.counted = ballots.rankings_with_none().total();
  } else if (is_too_large(*rules.method, rules.options.seats, decision.counted.size())) {
    throw Error{ErrorKind::limit,
                "so many seats of so many candidates are more than this method counts exactly"}
        .hint("see how it stands with 'paperclub tally --seats 10', or with '--method stv'");
  } else {
    decision.count = decision.dropped.empty()
                         ? rules.method->count(ballots, rules.options)
                         : rules.method->count(ballots.restricted(decision.counted), rules.options);
    // Where all are elected the lot chose nobody.
    if (decision.count.winners.size() == decision.counted.size()) decision.count.tied = false;
    apply_min_share(rules, decision);
  }
  if (std::string why = missing(decision, rules); !why.empty()) {
    decision.outcome = Outcome::no_decision;
    decision.why = std::move(why);
  }
  return decision;
}

}  // namespace paperclub::vote
