// Each method against a second algorithm for it, as plain as possible: one ballot after the other,
// every round from the start, exact fractions.
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/unit/vote/generated.hpp"

namespace paperclub::tests {
namespace {

using Tallies = std::vector<std::optional<Fraction>>;

constexpr std::uint64_t kCases = 400;

Election ranked_election(Random& random) {
  const Shape shape = random.pick(
      std::vector<Shape>{Shape::complete, Shape::strict, Shape::loose, Shape::with_none});
  return random_election(random, shape, 1 + random.below(7));
}

std::vector<bool> everyone(std::size_t candidates) { return std::vector<bool>(candidates, true); }

// --- Schulze -------------------------------------------------------------------------------------

// Returns who reaches whom by defeats at least as strong as `least`.
std::vector<std::vector<bool>> reach_of(const Pairs& defeats, std::int64_t least) {
  const std::size_t size = defeats.size();
  std::vector<std::vector<bool>> reach(size, std::vector<bool>(size, false));
  for (std::size_t from = 0; from < size; ++from) {
    std::vector<std::size_t> open{from};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (std::size_t to = 0; to < size; ++to) {
        if (defeats[at][to] < least || reach[from][to]) continue;
        reach[from][to] = true;
        open.push_back(to);
      }
    }
  }
  return reach;
}

// Cloneproof Schwartz sequential dropping: as long as there are defeats among the Schwartz set,
// whoever is outside of it leaves, and the weakest defeats are dropped.
std::vector<Candidate> schwartz_dropping(Pairs defeats) {
  const std::size_t size = defeats.size();
  std::vector<bool> in = everyone(size);
  for (;;) {
    const auto reach = reach_of(defeats, 1);
    std::vector<Candidate> schwartz;
    for (std::size_t a = 0; a < size; ++a) {
      bool undominated = in[a];
      for (std::size_t b = 0; b < size; ++b)
        if (in[b] && reach[b][a] && !reach[a][b]) undominated = false;
      if (undominated) schwartz.push_back(static_cast<Candidate>(a));
    }
    std::int64_t weakest = 0;
    for (std::size_t a = 0; a < size; ++a) {
      in[a] = contains(schwartz, static_cast<Candidate>(a));
      for (std::size_t b = 0; b < size; ++b) {
        if (!in[a] || !contains(schwartz, static_cast<Candidate>(b))) defeats[a][b] = 0;
        if (defeats[a][b] > 0 && (weakest == 0 || defeats[a][b] < weakest)) weakest = defeats[a][b];
      }
    }
    if (weakest == 0) return schwartz;
    for (auto& row : defeats)
      for (auto& defeat : row)
        if (defeat == weakest) defeat = 0;
  }
}

// Returns the strength of the strongest path: the greatest strength that still leads there.
std::int64_t strongest_path(const Pairs& victories, std::size_t from, std::size_t to) {
  std::int64_t strongest = 0;
  for (const auto& row : victories)
    for (const std::int64_t strength : row)
      if (strength > strongest && reach_of(victories, strength)[from][to]) strongest = strength;
  return strongest;
}

// Returns what is wrong with the paths and routes of a count.
std::string wrong_paths(const Count& counted, const Pairs& victories) {
  for (std::size_t a = 0; a < victories.size(); ++a)
    for (std::size_t b = 0; b < victories.size(); ++b)
      if (a != b && counted.paths->at(a, b) != strongest_path(victories, a, b)) return "strength";
  for (const auto& route : counted.routes) {
    if (route.size() < 2 || route.front() != counted.winners.front()) return "route";
    std::int64_t weakest = victories[route[0]][route[1]];
    for (std::size_t i = 1; i + 1 < route.size(); ++i)
      weakest = std::min(weakest, victories[route[i]][route[i + 1]]);
    if (weakest != counted.paths->at(route.front(), route.back())) return "route's strength";
  }
  return "";
}

// --- Ranked Pairs --------------------------------------------------------------------------------

using Locked = std::vector<std::vector<Candidate>>;  // whom each one beats for good

bool leads_to(const Locked& locked, Candidate from, Candidate to, std::vector<bool>& seen) {
  if (from == to) return true;
  if (seen[from]) return false;
  seen[from] = true;
  return std::any_of(locked[from].begin(), locked[from].end(),
                     [&](Candidate next) { return leads_to(locked, next, to, seen); });
}

// Returns whether the first is taken before the second.
bool goes_first(const vote::Lock& a, const vote::Lock& b, bool margins) {
  if (margins) {
    if (a.votes - a.opposing != b.votes - b.opposing)
      return a.votes - a.opposing > b.votes - b.opposing;
  }
  if (a.votes != b.votes) return a.votes > b.votes;
  if (a.opposing != b.opposing) return a.opposing < b.opposing;
  return a.winner != b.winner ? a.winner < b.winner : a.loser > b.loser;
}

// Returns what is wrong with the pairs of a count: their order, their numbers or a cycle.
std::string wrong_locks(const Count& counted, const Pairs& pairs, bool margins) {
  std::set<std::pair<Candidate, Candidate>> taken;
  Locked locked(pairs.size());
  const vote::Lock* before = nullptr;
  for (const vote::Lock& lock : counted.locks) {
    if (before != nullptr && !goes_first(*before, lock, margins)) return "order";
    before = &lock;
    if (lock.votes != pairs[lock.winner][lock.loser] ||
        lock.opposing != pairs[lock.loser][lock.winner] || lock.votes <= lock.opposing)
      return "votes";
    if (!taken.emplace(lock.winner, lock.loser).second) return "twice";
    std::vector<bool> seen(pairs.size(), false);
    if (leads_to(locked, lock.loser, lock.winner, seen) == lock.cycle.empty()) return "lock";
    if (lock.cycle.empty()) locked[lock.winner].push_back(lock.loser);
    for (std::size_t i = 1; i < lock.cycle.size(); ++i)
      if (!contains(locked[lock.cycle[i - 1]], lock.cycle[i])) return "cycle";
    if (!lock.cycle.empty() &&
        (lock.cycle.front() != lock.loser || lock.cycle.back() != lock.winner))
      return "ends of a cycle";
  }
  for (std::size_t a = 0; a < pairs.size(); ++a)
    for (std::size_t b = 0; b < pairs.size(); ++b)
      if ((pairs[a][b] > pairs[b][a]) != (taken.count({a, b}) > 0)) return "victories";
  for (Candidate one = 0; one <= counted.winners[0]; ++one) {
    const bool beaten = std::any_of(locked.begin(), locked.end(),
                                    [&](const auto& losers) { return contains(losers, one); });
    if (beaten != (one < counted.winners[0])) return "winner";
  }
  return "";
}

// --- IRV and STV ---------------------------------------------------------------------------------

// Returns those that are left of the best tier in which any is left.
std::vector<Candidate> best_left(const Choice& choice, const std::vector<bool>& left) {
  std::vector<Candidate> best;
  for (const auto& tier : *choice.rank) {
    for (const Candidate one : tier)
      if (one < left.size() && left[one]) best.push_back(one);
    if (!best.empty()) break;
  }
  return best;
}

// Returns those of `tied` that had the least (the most) in the latest of the rounds in which they
// differed, and of these again in the one before.
std::vector<Candidate> by_history(std::vector<Candidate> tied,
                                  const std::vector<std::vector<Fraction>>& history, bool least) {
  for (std::size_t i = history.size(); i > 0; --i) {
    const std::vector<Fraction>& had = history[i - 1];
    Fraction extreme = had[tied.front()];
    for (const Candidate one : tied)
      if (least ? had[one] < extreme : had[one] > extreme) extreme = had[one];
    std::vector<Candidate> still;
    for (const Candidate one : tied)
      if (had[one] == extreme) still.push_back(one);
    tied = still;
  }
  return tied;
}

struct Naive {
  std::vector<Candidate> winners;
  std::vector<Candidate> excluded;
  std::vector<std::vector<Fraction>> history;  // the tallies of each round
};

std::vector<Candidate> all_left(const std::vector<bool>& left) {
  std::vector<Candidate> all;
  for (std::size_t one = 0; one < left.size(); ++one)
    if (left[one]) all.push_back(static_cast<Candidate>(one));
  return all;
}

// Counts all ballots anew in every round.
Naive naive_irv(const Election& election) {
  Naive out;
  std::vector<bool> left = everyone(election.candidates);
  for (;;) {
    std::vector<Fraction> tallies(election.candidates);
    Fraction counting;
    for (const Choice& choice : election.choices) {
      const auto best = best_left(choice, left);
      for (const Candidate one : best)
        tallies[one] += vote::fraction(1, best.size());
      if (!best.empty()) counting += 1;
    }
    out.history.push_back(tallies);
    const auto still = all_left(left);
    for (const Candidate one : still)
      if (still.size() == 1 || tallies[one] * 2 > counting) out.winners = {one};
    if (!out.winners.empty()) return out;
    out.excluded.push_back(by_history(still, out.history, true).back());
    left[out.excluded.back()] = false;
  }
}

// A ballot, or the part of it that a candidate has; values are in units of 1/100,000.
struct Paper {
  const Choice* choice = nullptr;
  std::uint64_t value = 0;
  std::optional<Candidate> holder;
};

constexpr std::uint64_t kUnit = 100'000;

// The Scottish rules of 2011 for one ballot paper after the other.
class NaiveStv {
 public:
  NaiveStv(const Election& election, std::size_t seats)
      : seats_(std::min(seats, election.candidates)), left_(everyone(election.candidates)) {
    std::uint64_t valid = 0;
    for (const Choice& choice : election.choices) {
      if (best_left(choice, left_).empty()) continue;
      ++valid;
      pass_on(Paper{&choice, kUnit, {}}, kUnit, 1);
    }
    quota_ = (valid / (seats + 1) + 1) * kUnit;
    elect_and_note();
    while (out_.winners.size() < seats_)
      stage();
  }

  const Naive& out() const { return out_; }

 private:
  std::uint64_t tally(Candidate one) const {
    std::uint64_t sum = 0;
    for (const Paper& paper : papers_)
      if (paper.holder == one) sum += paper.value;
    return sum;
  }
  // Gives each of the next candidates its part of value * share / of; what one has of one ballot is
  // one paper.
  void pass_on(const Paper& paper, std::uint64_t share, std::uint64_t of) {
    const auto next = best_left(*paper.choice, left_);
    for (const Candidate one : next) {
      const auto same = std::find_if(papers_.begin(), papers_.end(), [&](const Paper& other) {
        return other.choice == paper.choice && other.holder == one;
      });
      const std::uint64_t part = share / of / next.size();
      if (same == papers_.end()) {
        papers_.push_back(Paper{paper.choice, part, one});
      } else {
        same->value += part;
      }
    }
  }
  void take_from(Candidate one, std::uint64_t numerator, std::uint64_t denominator) {
    std::vector<Paper> moving;
    for (std::size_t i = papers_.size(); i > 0; --i) {
      if (papers_[i - 1].holder != one) continue;
      moving.push_back(papers_[i - 1]);
      papers_.erase(papers_.begin() + static_cast<std::ptrdiff_t>(i - 1));
    }
    for (const Paper& paper : moving)
      pass_on(paper, paper.value * numerator, denominator);
  }
  // Ends a stage: elects who has the quota, then all who are left where they are as many as seats.
  void elect_and_note() {
    std::vector<Fraction> tallies;
    for (std::size_t one = 0; one < left_.size(); ++one) {
      const std::uint64_t has = kept_.count(one) > 0 ? quota_ : tally(static_cast<Candidate>(one));
      tallies.push_back(vote::fraction(has, kUnit));
    }
    out_.history.push_back(tallies);
    for (const Candidate one : all_left(left_)) {
      if (tally(one) < quota_) continue;
      elect(one);
      if (tally(one) > quota_) surplus_.push_back(one);
    }
    const auto still = all_left(left_);
    if (still.size() + out_.winners.size() > seats_) return;
    for (const Candidate one : still)
      elect(one);
  }
  void elect(Candidate one) {
    left_[one] = false;
    out_.winners.push_back(one);
  }
  // Transfers the largest surplus, else excludes the least.
  void stage() {
    if (surplus_.empty()) {
      const Candidate least = by_history(all_left(left_), out_.history, true).back();
      left_[least] = false;
      out_.excluded.push_back(least);
      take_from(least, 1, 1);
    } else {
      const Candidate most = by_history(sorted(surplus_), out_.history, false).front();
      surplus_.erase(std::find(surplus_.begin(), surplus_.end(), most));
      const std::uint64_t has = tally(most);
      kept_.insert(most);
      take_from(most, has - quota_, has);
    }
    elect_and_note();
  }

  std::size_t seats_;
  std::uint64_t quota_ = 0;
  std::vector<bool> left_;
  std::vector<Paper> papers_;
  std::vector<Candidate> surplus_;
  std::set<std::size_t> kept_;  // whose surplus is gone
  Naive out_;
};

// --- approvals -----------------------------------------------------------------------------------

// Elects `seats` times the first candidate with the best of `values`, where nothing is the worst.
std::vector<Candidate> elect_each(std::size_t candidates, std::size_t seats, bool highest,
                                  const std::function<Tallies()>& values,
                                  const std::function<void(Candidate)>& elect) {
  std::vector<Candidate> winners;
  while (winners.size() < std::min(seats, candidates)) {
    const Tallies tallies = values();
    std::optional<Candidate> best;
    for (Candidate one = 0; one < candidates; ++one) {
      if (contains(winners, one)) continue;
      const bool better = best && tallies[one] &&
                          (!tallies[*best] || (highest ? *tallies[one] > *tallies[*best]
                                                       : *tallies[one] < *tallies[*best]));
      if (!best || better) best = one;
    }
    winners.push_back(*best);
    elect(*best);
  }
  return winners;
}

// Each ballot weighs 1/(1+e), with e of its candidates elected.
std::vector<Candidate> naive_spav(const Election& election, std::size_t seats) {
  std::vector<unsigned long> elected(election.choices.size(), 0);
  const auto values = [&] {
    Tallies sums(election.candidates, Fraction());
    for (std::size_t i = 0; i < elected.size(); ++i)
      for (const Candidate one : *election.choices[i].approve)
        *sums[one] += vote::fraction(1, 1 + elected[i]);
    return sums;
  };
  const auto elect = [&](Candidate one) {
    for (std::size_t i = 0; i < elected.size(); ++i)
      if (contains(*election.choices[i].approve, one)) ++elected[i];
  };
  return elect_each(election.candidates, seats, true, values, elect);
}

// Ballots with loads: who is elected costs 1, and its supporters carry the same afterwards.
class Loads {
 public:
  explicit Loads(const Election& election) : election_(election), loads_(election.choices.size()) {}

  Tallies values() const {
    Tallies after(election_.candidates);
    for (Candidate one = 0; one < after.size(); ++one) {
      Fraction sum = 1;
      unsigned long supporters = 0;
      for (std::size_t i = 0; i < loads_.size(); ++i) {
        if (!contains(*election_.choices[i].approve, one)) continue;
        sum += loads_[i];
        ++supporters;
      }
      if (supporters > 0) after[one] = sum / vote::fraction(supporters);
    }
    return after;
  }
  void elect(Candidate one) {
    const auto after = values()[one];
    for (std::size_t i = 0; i < loads_.size(); ++i)
      if (contains(*election_.choices[i].approve, one)) loads_[i] = *after;
  }
  std::vector<Fraction>& loads() { return loads_; }

 private:
  const Election& election_;
  std::vector<Fraction> loads_;
};

std::vector<Candidate> naive_phragmen(const Election& election, std::size_t seats) {
  Loads loads(election);
  return elect_each(
      election.candidates, seats, false, [&] { return loads.values(); },
      [&](Candidate one) { loads.elect(one); });
}

// Returns the least payment which, where all supporters pay it or all they have, is 1 together.
std::optional<Fraction> payment_for(std::vector<Fraction> purses) {
  std::sort(purses.begin(), purses.end());
  Fraction missing = 1;
  for (std::size_t i = 0; i < purses.size(); ++i) {
    const Fraction each = missing / vote::fraction(purses.size() - i);
    if (purses[i] >= each) return each;
    missing -= purses[i];
  }
  return std::nullopt;
}

// Every ballot that approves anybody has the same part of the seats to spend.
std::vector<Candidate> naive_equal_shares(const Election& election, std::size_t seats) {
  unsigned long voters = 0;
  for (const Choice& choice : election.choices)
    if (!choice.approve->empty()) ++voters;
  Loads loads(election);
  std::vector<Fraction> purses(election.choices.size());
  for (Fraction& purse : purses)
    if (voters > 0) purse = vote::fraction(seats, voters);
  bool affordable = true;
  std::vector<bool> elected(election.candidates, false);
  const auto values = [&] {
    Tallies payments(election.candidates);
    for (Candidate one = 0; affordable && one < payments.size(); ++one) {
      std::vector<Fraction> supporters;
      for (std::size_t i = 0; i < purses.size(); ++i)
        if (contains(*election.choices[i].approve, one)) supporters.push_back(purses[i]);
      if (!elected[one]) payments[one] = payment_for(supporters);
    }
    if (affordable && std::none_of(payments.begin(), payments.end(),
                                   [](const auto& one) { return one.has_value(); })) {
      affordable = false;
      for (std::size_t i = 0; i < purses.size(); ++i)
        loads.loads()[i] = -purses[i];
    }
    return affordable ? payments : loads.values();
  };
  const auto elect = [&](Candidate one) {
    const std::optional<Fraction> payment = affordable ? values()[one] : std::nullopt;
    elected[one] = true;
    if (!affordable) return loads.elect(one);
    for (std::size_t i = 0; i < purses.size(); ++i)
      if (contains(*election.choices[i].approve, one))
        purses[i] = purses[i] > *payment ? Fraction(purses[i] - *payment) : Fraction(0);
  };
  return elect_each(election.candidates, seats, false, values, elect);
}

// --- points --------------------------------------------------------------------------------------

// The places from m-1 to 0 points; who shares places gets their mean.
std::vector<Fraction> naive_borda(const Election& election) {
  std::vector<Fraction> points(election.candidates);
  for (const Choice& choice : election.choices) {
    const auto place = places(choice, election.candidates);
    if (std::all_of(place.begin(), place.end(), [&](auto at) { return at == place.size(); }))
      continue;
    for (std::size_t one = 0; one < place.size(); ++one) {
      unsigned long better = 0;
      unsigned long equal = 0;
      for (const std::size_t other : place) {
        better += other < place[one] ? 1 : 0;
        equal += other == place[one] ? 1 : 0;
      }
      Fraction shared;
      for (unsigned long at = better; at < better + equal; ++at)
        shared += vote::fraction(place.size() - 1 - at);
      points[one] += shared / vote::fraction(equal);
    }
  }
  return points;
}

std::vector<Fraction> naive_plurality(const Election& election) {
  std::vector<Fraction> tallies(election.candidates);
  for (const Choice& choice : election.choices) {
    const auto first = best_left(choice, everyone(election.candidates));
    for (const Candidate one : first)
      tallies[one] += vote::fraction(1, first.size());
  }
  return tallies;
}

std::vector<Fraction> naive_score(const Election& election) {
  std::vector<Fraction> sums(election.candidates);
  for (const Choice& choice : election.choices)
    for (const auto& [one, score] : *choice.score)
      sums[one] += static_cast<long>(score);
  return sums;
}

// Returns how many ballots score the first higher than the second, which have 0 where nothing.
int ballots_for(const Election& election, Candidate first, Candidate second) {
  int number = 0;
  for (const Choice& choice : election.choices) {
    std::map<Candidate, std::int32_t> scores(choice.score->begin(), choice.score->end());
    if (scores[first] > scores[second]) ++number;
  }
  return number;
}

// Returns how bad the worst defeat is, or the least bad result by margins.
Fraction worst_defeat(const Pairs& pairs, std::size_t one, bool margins) {
  std::optional<std::int64_t> worst;
  for (std::size_t other = 0; other < pairs.size(); ++other) {
    if (other == one) continue;
    const std::int64_t margin = pairs[other][one] - pairs[one][other];
    const std::int64_t defeat = margins ? margin : margin > 0 ? pairs[other][one] : 0;
    worst = worst ? std::max(*worst, defeat) : defeat;
  }
  return Fraction(static_cast<long>(worst.value_or(0)));
}

}  // namespace

TEST_CASE("Schulze elects whom dropping the weakest defeats of the Schwartz set leaves") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    CountOptions options;
    options.margins = random.one_in(2);
    const Pairs victories = victories_of(pairs_of(election), options.margins);
    const Count counted = count("schulze", election, options);
    const auto left = schwartz_dropping(victories);
    CHECK(sorted(counted.ranking.at(0)) == left);
    CHECK(counted.winners == std::vector<Candidate>{left.front()});
    CHECK(counted.tied == (left.size() > 1));
    CHECK(wrong_paths(counted, victories).empty());
  }
}

TEST_CASE("Ranked Pairs locks what a search finds to close no cycle") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    for (const bool margins : {false, true}) {
      CountOptions options;
      options.margins = margins;
      const Count counted = count("ranked-pairs", election, options);
      CHECK(wrong_locks(counted, pairs_of(election), margins) == "");
    }
  }
}

TEST_CASE("many candidates and ballots are compared like few") {
  for (const unsigned size : {8U, 31U, 32U, 33U, 63U, 64U, 65U, 100U, 129U}) {
    CAPTURE(size);
    Random random(size);
    Election election = random_election(random, Shape::with_none, size, 12);
    const Pairs victories = victories_of(pairs_of(election), false);
    const Count schulze = count("schulze", election);
    CHECK(sorted(schulze.ranking.at(0)) == schwartz_dropping(victories));
    CHECK(wrong_locks(count("ranked-pairs", election), pairs_of(election), false) == "");
    // More than 255 of one kind, and more than 255 kinds.
    for (std::size_t i = 0; i < 300; ++i) {
      election.choices.push_back(election.choices.front());
      election.choices.push_back(random_choice(random, size, Shape::loose));
    }
    const Pairs pairs = pairs_of(election);
    const Count counted = count("copeland", election);
    bool same = true;
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = 0; b < size; ++b)
        if (counted.pairs->at(a, b) != pairs[a][b]) same = false;
    CHECK(same);
  }
}

TEST_CASE("IRV is a recount of all ballots in every round") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    const Naive naive = naive_irv(election);
    const Count counted = count("irv", election);
    CHECK(counted.winners == naive.winners);
    std::vector<Candidate> excluded;
    REQUIRE(counted.rounds.size() <= naive.history.size());
    for (std::size_t i = 0; i < counted.rounds.size(); ++i) {
      const vote::Round& round = counted.rounds[i];
      if (round.action == vote::Action::exclude)
        excluded.insert(excluded.end(), round.candidates.begin(), round.candidates.end());
      for (std::size_t one = 0; one < election.candidates; ++one)
        if (round.tallies[one]) CHECK(*round.tallies[one] == naive.history[i][one]);
    }
    CHECK(excluded == naive.excluded);
  }
}

TEST_CASE("STV moves every ballot paper as the Scottish rules do") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    CountOptions options;
    options.seats = 1 + random.below(4);
    CAPTURE(options.seats);
    const NaiveStv stv(election, options.seats);
    const Count counted = count("stv", election, options);
    CHECK(sorted(counted.winners) == sorted(stv.out().winners));
    for (std::size_t i = 0; i < std::min(counted.rounds.size(), stv.out().history.size()); ++i)
      for (std::size_t one = 0; one < election.candidates; ++one)
        if (const auto& tally = counted.rounds[i].tallies[one])
          CHECK(*tally == stv.out().history[i][one]);
  }
}

TEST_CASE("a rank that many share is split as often as somebody leaves") {
  Election election;
  election.candidates = 200;
  Choice all;
  all.rank.emplace().emplace_back();
  for (Candidate one = 0; one < election.candidates; ++one)
    all.rank->front().push_back(one);
  election.choices = {all, all, all};
  CountOptions options;
  options.seats = 2;
  const Count counted = count("stv", election, options);
  CHECK(counted.winners == std::vector<Candidate>{0, 1});
  // Three ballots in halves, but for what was dropped on the way.
  const auto& last = counted.rounds.back().tallies;
  CHECK(*last.at(0) == *last.at(1));
  CHECK(*last.at(0) <= vote::fraction(3, 2));
  CHECK(*last.at(0) > vote::fraction(13, 10));
}

TEST_CASE("SPAV, Phragmén and equal shares are what they are ballot by ballot") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = random_election(random, Shape::approvals, 1 + random.below(7), 25);
    CountOptions options;
    options.seats = 1 + random.below(5);
    CAPTURE(options.seats);
    CHECK(count("spav", election, options).winners == naive_spav(election, options.seats));
    CHECK(count("phragmen", election, options).winners == naive_phragmen(election, options.seats));
    CHECK(count("equal-shares", election, options).winners ==
          naive_equal_shares(election, options.seats));
  }
}

TEST_CASE("the points of Borda and plurality are what each ballot gives") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    CHECK(count("borda", election).scores == naive_borda(election));
    CHECK(count("plurality", election).scores == naive_plurality(election));
  }
}

TEST_CASE("STAR elects whom more ballots score higher of the two with the highest sums") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = random_election(random, Shape::scores, 3 + random.below(5));
    const Count counted = count("star", election);
    CHECK(counted.scores == naive_score(election));
    std::vector<Candidate> order = random_order(random, election.candidates);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return counted.scores[a] > counted.scores[b]; });
    // Ties have rules of their own: for who meets, and for who wins with as many ballots.
    if (counted.scores[order[1]] == counted.scores[order[2]]) continue;
    const int more = ballots_for(election, order[0], order[1]);
    const int opposed = ballots_for(election, order[1], order[0]);
    if (more == opposed && counted.scores[order[0]] == counted.scores[order[1]]) continue;
    ++tried;
    CHECK(counted.winners == std::vector{more >= opposed ? order[0] : order[1]});
  }
  CHECK(tried > 200);
}

TEST_CASE("the sums of approval and score are what each ballot gives") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::size_t size = 1 + random.below(7);
    const Election scored = random_election(random, Shape::scores, size);
    CHECK(count("score", scored).scores == naive_score(scored));
    const Election approved = random_election(random, Shape::approvals, size);
    std::vector<Fraction> sums(size);
    for (const Choice& choice : approved.choices)
      for (const Candidate one : *choice.approve)
        sums[one] += 1;
    CHECK(count("approval", approved).scores == sums);
  }
}

TEST_CASE("Minimax and Copeland follow from the pairs") {
  for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = ranked_election(random);
    const Pairs pairs = pairs_of(election);
    CountOptions options;
    options.margins = random.one_in(2);
    std::vector<Fraction> defeats;
    std::vector<Fraction> victories(pairs.size());
    for (std::size_t a = 0; a < pairs.size(); ++a) {
      defeats.push_back(worst_defeat(pairs, a, options.margins));
      for (std::size_t b = 0; b < pairs.size(); ++b)
        victories[a] += pairs[a][b] > pairs[b][a] ? 1 : pairs[a][b] < pairs[b][a] ? -1 : 0;
    }
    const Count minimax = count("minimax", election, options);
    CHECK(minimax.scores == defeats);
    CHECK(minimax.winners[0] == std::min_element(defeats.begin(), defeats.end()) - defeats.begin());
    const Count copeland = count("copeland", election, options);
    CHECK(copeland.scores == victories);
    CHECK(copeland.winners[0] ==
          std::max_element(victories.begin(), victories.end()) - victories.begin());
  }
}

}  // namespace paperclub::tests
