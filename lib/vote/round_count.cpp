#include "lib/vote/round_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/git/graph.hpp"

namespace paperclub::vote {
namespace {

// All that were counted: by rank where the method has one, by the scores where it has those, else
// in lot order.
std::vector<Candidate> in_rank_order(const Decision& decision) {
  std::vector<Candidate> order;
  for (const auto& tier : decision.count.ranking)
    order.insert(order.end(), tier.begin(), tier.end());
  if (!order.empty()) return order;
  order.resize(decision.counted.size());
  std::iota(order.begin(), order.end(), Candidate{0});
  const std::vector<Fraction>& scores = decision.count.scores;
  if (scores.size() != order.size()) return order;
  std::stable_sort(order.begin(), order.end(),
                   [&scores](Candidate a, Candidate b) { return scores[a] > scores[b]; });
  return order;
}

}  // namespace

Rules rules_of(const club::RoundHistory& history) {
  const record::VotingRules& own = history.round.rules;
  Rules rules;
  rules.method = find_method(own.method);
  if (rules.method == nullptr) {
    throw Error{ErrorKind::unacceptable, fmt::format("no method {}", quote(own.method, 100))}.hint(
        "see 'paperclub tally --help'");
  }
  rules.options.seats = static_cast<std::size_t>(own.seats.value_or(1));
  rules.options.margins = own.margins.value_or(false);
  rules.options.max_score =
      static_cast<std::int32_t>(own.max_score.value_or(record::kUsualMaxScore));
  rules.none = own.none.value_or(false);
  rules.over_none = static_cast<std::uint64_t>(own.over_none.value_or(0));
  rules.min_share = parse_fraction(own.min_share);
  if (own.electorate != "open") rules.roll = history.roll.size();
  if (!own.quorum) return rules;
  if (own.quorum->ballots) rules.quorum = static_cast<std::uint64_t>(*own.quorum->ballots);
  rules.quorum_share = parse_fraction(own.quorum->share);
  return rules;
}

RoundCount count_round(const club::RoundHistory& history) {
  RoundCount count{judge(history), rules_of(history), {}};
  count.decision = decide(count.judged.ballots, count.rules);
  return count;
}

record::RoundResult result_of(const club::RoundHistory& history, const RoundCount& count) {
  const Decision& decision = count.decision;
  const auto id = [&](Candidate one) { return history.round.candidates[decision.counted[one]]; };
  record::RoundResult result;
  result.counted = history.counted.hex();
  result.method = decision.count.method;
  result.ballots = static_cast<long long>(decision.ballots);
  result.digest = count.judged.digest;
  result.tied = decision.outcome == Outcome::elected && decision.count.tied;
  if (decision.outcome == Outcome::elected) {
    for (const Candidate one : decision.count.winners)
      result.winners.push_back(id(one));
  }
  const auto is_elected = [&](const PaperId& paper) {
    return std::find(result.winners.begin(), result.winners.end(), paper) != result.winners.end();
  };
  for (const Candidate one : in_rank_order(decision)) {
    if (!is_elected(id(one))) result.runners_up.push_back(id(one));
  }
  return result;
}

std::size_t passed_over(const git::Repository& repository, const club::RoundHistory& history,
                        const git::ObjectId& base) {
  std::set<std::string> members;
  for (const club::BallotVersion& one : history.versions) {
    const bool late = !one.in_time && !one.before_opening && !members.contains(one.member);
    if (late && git::stands_on(repository, base, one.commit)) members.insert(one.member);
  }
  return members.size();
}

std::size_t left_beneath(const club::RoundHistory& history) {
  if (!history.closed_place) return 0;
  std::vector<const club::BallotVersion*> late;
  for (const club::BallotVersion& one : history.versions) {
    if (!one.in_time && !one.before_opening) late.push_back(&one);
  }
  std::sort(late.begin(), late.end(),
            [](const auto* a, const auto* b) { return a->place < b->place; });
  git::Lineage::Places places;
  for (const club::BallotVersion* one : late) {
    if (places.empty() || places.back() != one->place) places.push_back(one->place);
  }
  const std::vector<bool> is_below = history.lineage.are_below(places, *history.closed_place);
  std::set<std::string> members;
  for (const club::BallotVersion* one : late) {
    const auto at = std::lower_bound(places.begin(), places.end(), one->place) - places.begin();
    if (is_below[static_cast<std::size_t>(at)] || one->place == *history.closed_place)
      members.insert(one->member);
  }
  return members.size();
}

}  // namespace paperclub::vote
