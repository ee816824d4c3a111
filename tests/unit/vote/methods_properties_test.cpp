// What the methods promise for every election, tried with generated ones.
#include <functional>
#include <numeric>
#include <optional>
#include <set>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/unit/vote/generated.hpp"

namespace paperclub::tests {
namespace {

using vote::Reads;

const std::vector<std::string> kCondorcet{"schulze", "ranked-pairs", "copeland", "minimax"};

std::string name_of(const vote::Method& method) { return std::string(method.name); }

Shape shape_for(Reads reads) {
  if (reads == Reads::approvals) return Shape::approvals;
  return reads == Reads::scores ? Shape::scores : Shape::loose;
}

CountOptions seats(std::size_t number) {
  CountOptions options;
  options.seats = number;
  return options;
}

// Returns which field of two counts differs first, or nothing.
std::string difference(const Count& a, const Count& b) {
  const auto same_round = [](const vote::Round& x, const vote::Round& y) {
    return x.action == y.action && x.candidates == y.candidates && x.tallies == y.tallies &&
           x.exhausted == y.exhausted && x.elected == y.elected && x.rule == y.rule;
  };
  const auto same_lock = [](const vote::Lock& x, const vote::Lock& y) {
    return x.winner == y.winner && x.loser == y.loser && x.votes == y.votes &&
           x.opposing == y.opposing && x.cycle == y.cycle;
  };
  const auto same_tie = [](const vote::Tie& x, const vote::Tie& y) {
    return x.step == y.step && x.candidates == y.candidates && x.chosen == y.chosen &&
           x.rule == y.rule;
  };
  const auto same = [](const auto& x, const auto& y, const auto& is_same) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), is_same);
  };
  if (a.method != b.method || a.seats != b.seats) return "method";
  if (a.winners != b.winners || a.tied != b.tied) return "winners";
  if (a.ranking != b.ranking) return "ranking";
  if (a.scores != b.scores) return "scores";
  if (!same(a.rounds, b.rounds, same_round)) return "rounds";
  if (a.pairs != b.pairs || a.paths != b.paths || a.routes != b.routes) return "pairs";
  if (!same(a.locks, b.locks, same_lock)) return "locks";
  if (a.margins != b.margins) return "margins";
  if (a.quota != b.quota) return "quota";
  if (!same(a.ties, b.ties, same_tie)) return "ties";
  if (a.counted != b.counted || a.derived != b.derived) return "ballots";
  return "";
}

bool by_lot(const Count& counted) {
  return counted.tied || std::any_of(counted.ties.begin(), counted.ties.end(),
                                     [](const auto& tie) { return tie.rule == "lot"; });
}

// Returns the same choice where candidate `i` is called `names[i]`.
Choice renamed(Choice choice, const std::vector<Candidate>& names) {
  const auto rename = [&](Candidate& one) {
    if (one < names.size()) one = names[one];
  };
  if (choice.approve) std::for_each(choice.approve->begin(), choice.approve->end(), rename);
  for (std::size_t i = 0; choice.rank && i < choice.rank->size(); ++i)
    std::for_each((*choice.rank)[i].begin(), (*choice.rank)[i].end(), rename);
  for (std::size_t i = 0; choice.score && i < choice.score->size(); ++i)
    rename((*choice.score)[i].first);
  return choice;
}

// Returns an election of strict and complete rankings without the lot in its count by `method`.
std::optional<Election> election_without_lot(Random& random, const std::string& method) {
  Election election = random_election(random, Shape::complete, 2 + random.below(5));
  if (by_lot(count(method, election))) return std::nullopt;
  return election;
}

// Returns the same where a clone of `one`, the last candidate, is next to it on each ballot.
Election cloned(Random& random, const Election& from, Candidate one) {
  Election to{from.candidates + 1, {}};
  const auto clone = static_cast<Candidate>(from.candidates);
  for (Choice choice : from.choices) {
    const auto at = std::find(choice.rank->begin(), choice.rank->end(), std::vector{one});
    choice.rank->insert(random.one_in(2) ? at : at + 1, std::vector{clone});
    to.choices.push_back(choice);
  }
  return to;
}

bool beats_all(const Pairs& pairs, std::size_t one) {
  for (std::size_t other = 0; other < pairs.size(); ++other)
    if (other != one && pairs[one][other] <= pairs[other][one]) return false;
  return true;
}

bool loses_to_all(const Pairs& pairs, std::size_t one) {
  for (std::size_t other = 0; other < pairs.size(); ++other)
    if (other != one && pairs[one][other] >= pairs[other][one]) return false;
  return pairs.size() > 1;
}

// Returns the candidates whose bit is set.
std::vector<Candidate> members(std::size_t set, std::size_t candidates) {
  std::vector<Candidate> all;
  for (std::size_t one = 0; one < candidates; ++one)
    if ((set >> one & 1U) != 0) all.push_back(static_cast<Candidate>(one));
  return all;
}

// Tries all sets: the smallest of which every member beats everyone outside.
std::vector<Candidate> smallest_dominant_set(const Pairs& pairs) {
  std::vector<Candidate> smallest = members(~std::size_t{0}, pairs.size());
  for (std::size_t set = 1; set < std::size_t{1} << pairs.size(); ++set) {
    const auto inside = members(set, pairs.size());
    bool dominant = true;
    for (const Candidate a : inside)
      for (std::size_t b = 0; b < pairs.size(); ++b)
        if ((set >> b & 1U) == 0 && pairs[a][b] <= pairs[b][a]) dominant = false;
    if (dominant && inside.size() < smallest.size()) smallest = inside;
  }
  return smallest;
}

// Ranks `one` higher than before, anywhere, and leaves all others where they are.
void raise(Random& random, Choice& choice, Candidate one) {
  auto& tiers = *choice.rank;
  std::size_t at = 0;
  while (at < tiers.size() && !contains(tiers[at], one))
    ++at;
  if (at < tiers.size()) {
    tiers[at].erase(std::find(tiers[at].begin(), tiers[at].end(), one));
    if (tiers[at].empty()) tiers.erase(tiers.begin() + static_cast<std::ptrdiff_t>(at));
  }
  const std::size_t to = random.below(at + 1);
  if (to < at && random.one_in(2))
    tiers[to].push_back(one);
  else
    tiers.insert(tiers.begin() + static_cast<std::ptrdiff_t>(to), std::vector{one});
}

// Says more for `one` in whatever field the choice has.
void support(Random& random, Choice& choice, Candidate one) {
  if (choice.rank) raise(random, choice, one);
  if (choice.approve && !contains(*choice.approve, one)) choice.approve->push_back(one);
  if (!choice.score) return;
  const auto has = std::find_if(choice.score->begin(), choice.score->end(),
                                [&](const auto& score) { return score.first == one; });
  if (has == choice.score->end())
    choice.score->emplace_back(one, 3);
  else
    has->second = std::min(has->second + 1, 5);
}

// Returns how many ballots put all of `set` above everyone else.
std::uint64_t solid_for(const Election& election, const std::vector<Candidate>& set) {
  std::uint64_t solid = 0;
  for (const Choice& choice : election.choices) {
    const auto place = places(choice, election.candidates);
    std::size_t worst = 0;
    std::size_t best_other = election.candidates;
    for (std::size_t one = 0; one < place.size(); ++one) {
      if (contains(set, static_cast<Candidate>(one)))
        worst = std::max(worst, place[one]);
      else
        best_other = std::min(best_other, place[one]);
    }
    if (worst < best_other || (worst < election.candidates && set.size() == place.size())) ++solid;
  }
  return solid;
}

std::uint64_t ranking_anyone(const Election& election) {
  return static_cast<std::uint64_t>(
      std::count_if(election.choices.begin(), election.choices.end(), [&](const Choice& choice) {
        const auto place = places(choice, election.candidates);
        return std::any_of(place.begin(), place.end(), [&](auto at) { return at < place.size(); });
      }));
}

// Returns an election in which many ballots put the same candidates first, in any order.
Election election_with_coalition(Random& random) {
  const std::size_t size = 2 + random.below(6);
  Election election = random_election(random, Shape::loose, size, 20);
  const std::size_t set = 1 + random.below((std::size_t{1} << size) - 1);
  for (std::size_t i = random.below(21); i > 0; --i) {
    Choice choice;
    choice.rank.emplace();
    for (const bool inside : {true, false}) {
      bool first = true;
      for (const Candidate one : random_order(random, size)) {
        if (((set >> one & 1U) != 0) != inside) continue;
        if (first || !random.one_in(4)) choice.rank->emplace_back();
        choice.rank->back().push_back(one);
        first = false;
      }
    }
    election.choices.push_back(choice);
  }
  return election;
}

std::size_t elected_of(const std::vector<Candidate>& winners, const std::vector<Candidate>& set) {
  return static_cast<std::size_t>(std::count_if(winners.begin(), winners.end(),
                                                [&](Candidate one) { return contains(set, one); }));
}

// Returns the seats of each party by D'Hondt, or nothing where the last seat is tied.
std::optional<std::vector<std::size_t>> dhondt(const std::vector<unsigned long>& votes,
                                               std::size_t seats) {
  std::vector<std::size_t> got(votes.size(), 0);
  bool tied = false;
  for (std::size_t seat = 0; seat < seats; ++seat) {
    std::size_t best = 0;
    tied = false;
    for (std::size_t party = 1; party < votes.size(); ++party) {
      const auto mine = votes[party] * (got[best] + 1);
      const auto theirs = votes[best] * (got[party] + 1);
      if (mine == theirs) tied = true;
      if (mine > theirs) tied = false;
      if (mine > theirs) best = party;
    }
    ++got[best];
  }
  // Who is not tied for the last seat is not tied for those before it either way.
  if (tied) return std::nullopt;
  return got;
}

// Returns whether a group that deserves some seats is left without: of at least n*l/k ballots that
// approve the same l candidates.  With `each` every ballot has fewer than l of its own elected
// (extended justified representation), else all together have fewer (proportional).
bool is_unjust(const Election& election, std::size_t seats, const std::vector<Candidate>& winners,
               bool each) {
  const std::size_t voters = static_cast<std::size_t>(
      std::count_if(election.choices.begin(), election.choices.end(),
                    [](const Choice& choice) { return !choice.approve->empty(); }));
  for (std::size_t set = 1; set < std::size_t{1} << election.candidates; ++set) {
    const auto common = members(set, election.candidates);
    if (common.size() > seats) continue;
    std::vector<std::vector<Candidate>> group;  // who is elected of those that each approves
    for (const Choice& choice : election.choices) {
      if (elected_of(*choice.approve, common) < common.size()) continue;
      group.emplace_back();
      for (const Candidate one : *choice.approve)
        if (contains(winners, one)) group.back().push_back(one);
    }
    const auto unjust_without = [&](const std::vector<Candidate>& few) {
      const auto poor = std::count_if(group.begin(), group.end(), [&](const auto& own) {
        return each ? own.size() < common.size() : elected_of(own, few) == own.size();
      });
      return static_cast<std::size_t>(poor) * seats >= voters * common.size() && poor > 0;
    };
    for (std::size_t some = 0; some < std::size_t{1} << winners.size(); ++some) {
      std::vector<Candidate> few;
      for (const Candidate at : members(some, winners.size()))
        few.push_back(winners[at]);
      if (few.size() < common.size() && unjust_without(few)) return true;
      if (each) break;
    }
  }
  return false;
}

// Returns approvals where a large group approves the same few candidates.
Election election_with_group(Random& random) {
  const std::size_t size = 2 + random.below(5);
  Election election = random_election(random, Shape::approvals, size, 15);
  std::vector<Candidate> same = random_order(random, size);
  same.resize(1 + random.below(std::min<std::size_t>(size, 3)));
  for (std::size_t i = random.below(15); i > 0; --i) {
    Choice choice;
    choice.approve = same;
    if (random.one_in(4)) support(random, choice, static_cast<Candidate>(random.below(size)));
    election.choices.push_back(choice);
  }
  return election;
}

}  // namespace

TEST_CASE("neither the order of ballots nor their grouping changes anything") {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    Random random(seed);
    const Election election = random_election(random, Shape::mixed, 1 + random.below(7));
    Ballots together(election.candidates);
    std::vector<Choice> singly;
    for (const Choice& choice : election.choices) {
      const std::uint64_t number = 1 + random.below(3);
      together.add(choice, number);
      singly.insert(singly.end(), number, choice);
    }
    shuffle(random, singly);
    const Election apart{election.candidates, singly};
    CountOptions options = seats(1 + random.below(4));
    options.margins = random.one_in(2);
    for (const vote::Method& method : vote::methods()) {
      CAPTURE(seed, name_of(method));
      CHECK(difference(method.count(together, options), count(method.name, apart, options)) == "");
    }
  }
}

TEST_CASE("the names of candidates change nothing but ties") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    for (const vote::Method& method : vote::methods()) {
      CAPTURE(seed, name_of(method));
      Random random(seed);
      const std::size_t size = 1 + random.below(7);
      const Election election = random_election(random, shape_for(method.reads), size);
      const CountOptions options = seats(1 + random.below(3));
      const std::vector<Candidate> names = random_order(random, size);
      Election other{size, {}};
      for (const Choice& choice : election.choices)
        other.choices.push_back(renamed(choice, names));
      const Count before = count(method.name, election, options);
      const Count after = count(method.name, other, options);
      CHECK(before.counted == after.counted);
      for (std::size_t i = 0; i < before.scores.size(); ++i)
        CHECK(before.scores[i] == after.scores[names[i]]);
      if (before.tied) continue;
      ++tried;
      std::vector<Candidate> winners;
      for (const Candidate one : before.winners)
        winners.push_back(names[one]);
      CHECK(sorted(winners) == sorted(after.winners));
    }
  }
  CHECK(tried > 1000);
}

TEST_CASE("a count says that the lot decided, whoever was tied") {
  // Whichever of 0 and 1 is first, 1 is elected: with 0 in one case, with 2 in the other.
  const std::vector<std::vector<Candidate>> kinds{{0, 1}, {0, 2}, {1}};
  Ballots approvals(3);
  Choice choice;
  for (const auto& kind : kinds) {
    choice.approve = kind;
    approvals.add(choice, 3);
  }
  choice.approve = std::vector<Candidate>{2};
  approvals.add(choice, 2);
  for (const std::string method : {"spav", "phragmen", "equal-shares"}) {
    CAPTURE(method);
    CHECK(vote::find_method(method)->count(approvals, seats(2)).tied);
  }
  // Nobody ranks the last two, one of whom is elected nevertheless.
  for (const std::string method : {"irv", "stv"}) {
    CAPTURE(method);
    Ballots rankings(5);
    Choice only;
    for (const Candidate one : {Candidate{0}, Candidate{1}, Candidate{2}}) {
      only.rank = {{std::vector{one}}};
      rankings.add(only, 3U - one);
    }
    CHECK(vote::find_method(method)->count(rankings, seats(4)).tied);
  }
}

TEST_CASE("every method elects as many as there are seats and candidates") {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    Random random(seed);
    const Election election = random_election(random, Shape::mixed, 1 + random.below(7));
    const CountOptions options = seats(1 + random.below(8));
    for (const vote::Method& method : vote::methods()) {
      CAPTURE(seed, name_of(method));
      const auto winners = count(method.name, election, options).winners;
      CHECK(winners.size() == std::min(options.seats, election.candidates));
      CHECK(std::set(winners.begin(), winners.end()).size() == winners.size());
      for (const Candidate one : winners)
        CHECK(one < election.candidates);
    }
  }
}

TEST_CASE("who alone wins does not win alone where every ballot is turned round") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    for (const std::string method : {"schulze", "ranked-pairs", "borda", "copeland"}) {
      CAPTURE(seed, method);
      Random random(seed);
      const auto election = election_without_lot(random, method);
      if (!election) continue;
      ++tried;
      Election turned = *election;
      for (Choice& choice : turned.choices)
        std::reverse(choice.rank->begin(), choice.rank->end());
      const Count after = count(method, turned);
      CHECK((by_lot(after) || after.winners != count(method, *election).winners));
    }
  }
  CHECK(tried > 500);
}

TEST_CASE("a clone of a candidate neither helps nor harms another one") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    for (const std::string method : {"schulze", "ranked-pairs", "irv"}) {
      CAPTURE(seed, method);
      Random random(seed);
      const auto election = election_without_lot(random, method);
      if (!election) continue;
      const auto one = static_cast<Candidate>(random.below(election->candidates));
      const Election with = cloned(random, *election, one);
      const Count after = count(method, with);
      // Ties that an earlier round broke may be broken otherwise among other tallies.
      if (method == "irv" && !count(method, *election).ties.empty()) continue;
      ++tried;
      const Candidate winner = after.winners[0];
      CHECK((winner == election->candidates ? one : winner) == count(method, *election).winners[0]);
    }
  }
  CHECK(tried > 400);
}

TEST_CASE("who beats every other one is elected by the methods that compare pairs") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const Election election = random_election(random, Shape::loose, 1 + random.below(7));
    const Pairs pairs = pairs_of(election);
    CountOptions options;
    options.margins = random.one_in(2);
    for (Candidate one = 0; one < pairs.size(); ++one) {
      if (!beats_all(pairs, one)) continue;
      ++tried;
      for (const std::string& method : kCondorcet) {
        CAPTURE(seed, method);
        const Count counted = count(method, election, options);
        CHECK(counted.winners == std::vector{one});
        // Ranked Pairs may have used the lot among the others.
        CHECK((method == "ranked-pairs" || !counted.tied));
      }
    }
  }
  CHECK(tried > 150);
}

TEST_CASE("Schulze, Ranked Pairs and Copeland elect from the Smith set") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const Election election = random_election(random, Shape::loose, 1 + random.below(7));
    const Pairs pairs = pairs_of(election);
    const auto smith = smallest_dominant_set(pairs);
    CountOptions options;
    options.margins = random.one_in(2);
    for (const std::string method : {"schulze", "ranked-pairs", "copeland"}) {
      CAPTURE(seed, method);
      const Count counted = count(method, election, options);
      CHECK(contains(smith, counted.winners[0]));
      CHECK(vote::smith_set(*counted.pairs) == smith);
      const auto best = vote::condorcet_winner(*counted.pairs);
      CHECK(best.has_value() == beats_all(pairs, smith[0]));
      if (best) CHECK(smith == std::vector{*best});
    }
  }
}

TEST_CASE("who loses to every other one is not elected") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const Election election = random_election(random, Shape::loose, 2 + random.below(6));
    const Pairs pairs = pairs_of(election);
    for (Candidate one = 0; one < pairs.size(); ++one) {
      if (!loses_to_all(pairs, one)) continue;
      ++tried;
      for (const std::string method : {"schulze", "ranked-pairs", "copeland", "borda", "irv"}) {
        CAPTURE(seed, method);
        CHECK(count(method, election).winners[0] != one);
      }
    }
  }
  CHECK(tried > 150);
}

TEST_CASE("who is ranked, scored or approved more stays elected") {
  const std::vector<std::string> monotone{"approval", "score",        "borda",   "plurality",
                                          "schulze",  "ranked-pairs", "minimax", "copeland"};
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    for (const std::string& method : monotone) {
      CAPTURE(seed, method);
      Random random(seed);
      const Reads reads = vote::find_method(method)->reads;
      Election election = random_election(random, shape_for(reads), 1 + random.below(7));
      CountOptions options;
      options.margins = random.one_in(2);
      const Count before = count(method, election, options);
      // Where the lot chose, Schulze may tie others with who is raised.
      if (election.choices.empty() || (method == "schulze" && before.tied)) continue;
      for (std::size_t i = 1 + random.below(3); i > 0; --i)
        support(random, election.choices[random.below(election.choices.size())], before.winners[0]);
      CHECK(count(method, election, options).winners == before.winners);
    }
  }
}

TEST_CASE("one more ballot for the winner does not elect another one it likes less") {
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    for (const std::string method : {"approval", "score", "borda", "plurality"}) {
      CAPTURE(seed, method);
      Random random(seed);
      const Shape shape = shape_for(vote::find_method(method)->reads);
      Election election = random_election(random, shape, 1 + random.below(7));
      const Candidate before = count(method, election).winners[0];
      election.choices.push_back(random_choice(random, election.candidates, shape));
      const Candidate after = count(method, election).winners[0];
      const Choice& added = election.choices.back();
      const auto likes = [&](Candidate one) {
        if (added.approve) return contains(*added.approve, one) ? 1 : 0;
        if (added.rank) return -static_cast<int>(places(added, election.candidates)[one]);
        const auto has = std::find_if(added.score->begin(), added.score->end(),
                                      [&](const auto& score) { return score.first == one; });
        return has == added.score->end() ? 0 : static_cast<int>(has->second);
      };
      CHECK((after == before || likes(after) >= likes(before)));
    }
  }
}

TEST_CASE("who is above another one on every ballot is never behind it") {
  const std::vector<std::string> methods{"schulze", "ranked-pairs", "copeland", "minimax",
                                         "borda",   "irv",          "plurality"};
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    Random random(seed);
    Election election = random_election(random, Shape::complete, 2 + random.below(6));
    if (election.choices.empty()) continue;
    // Candidate 1 is put above candidate 0, which the lot would prefer.
    for (Choice& choice : election.choices) {
      const auto low =
          std::find(choice.rank->begin(), choice.rank->end(), std::vector<Candidate>{0});
      const auto high =
          std::find(choice.rank->begin(), choice.rank->end(), std::vector<Candidate>{1});
      if (low < high) std::iter_swap(low, high);
    }
    for (const std::string& method : methods) {
      CAPTURE(seed, method);
      CHECK(count(method, election).winners[0] != 0);
    }
  }
}

TEST_CASE("whom every ballot puts first is elected by every method") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed);
    const std::size_t size = 1 + random.below(7);
    const auto best = static_cast<Candidate>(random.below(size));
    for (const vote::Method& method : vote::methods()) {
      CAPTURE(seed, name_of(method));
      Election election = random_election(random, shape_for(method.reads), size);
      Choice alone;
      if (method.reads == Reads::approvals) alone.approve = std::vector{best};
      if (method.reads == Reads::rankings) alone.rank.emplace(1, std::vector{best});
      if (method.reads == Reads::scores) alone.score = {{best, 6}};
      for (Choice& choice : election.choices) {
        support(random, choice, best);
        if (!choice.rank) choice = random.one_in(2) ? alone : choice;
        if (choice.score) std::erase_if(*choice.score, [&](auto one) { return one.first == best; });
        if (choice.score) choice.score->emplace_back(best, 6);
        if (!choice.rank) continue;
        for (auto& tier : *choice.rank)
          std::erase(tier, best);
        std::erase_if(*choice.rank, [](const auto& tier) { return tier.empty(); });
        choice.rank->insert(choice.rank->begin(), std::vector{best});
      }
      election.choices.push_back(alone);
      CHECK(contains(count(method.name, election, seats(1 + random.below(3))).winners, best));
    }
  }
}

TEST_CASE("a party gets the seats of D'Hondt where all its ballots approve its list") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Random random(seed);
    const std::size_t places = 1 + random.below(5);
    const std::size_t parties = 1 + random.below(4);
    const auto names = random_order(random, places * parties);
    std::vector<unsigned long> votes;
    Ballots ballots(places * parties);
    for (std::size_t party = 0; party < parties; ++party) {
      Choice list;
      list.approve = {names.begin() + static_cast<std::ptrdiff_t>(party * places),
                      names.begin() + static_cast<std::ptrdiff_t>((party + 1) * places)};
      votes.push_back(1 + random.below(20));
      ballots.add(list, votes.back());
    }
    const auto expected = dhondt(votes, places);
    if (!expected) continue;
    ++tried;
    for (const std::string method : {"spav", "phragmen", "equal-shares"}) {
      CAPTURE(seed, method);
      std::vector<std::size_t> got(parties, 0);
      for (const Candidate one : vote::find_method(method)->count(ballots, seats(places)).winners)
        ++got[static_cast<std::size_t>(std::find(names.begin(), names.end(), one) - names.begin()) /
              places];
      CHECK(got == *expected);
    }
  }
  CHECK(tried > 100);
}

TEST_CASE("a group that approves the same candidates gets the seats of its size") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = election_with_group(random);
    const CountOptions options = seats(1 + random.below(election.candidates));
    CAPTURE(options.seats);
    const auto phragmen = count("phragmen", election, options).winners;
    const auto shares = count("equal-shares", election, options).winners;
    CHECK_FALSE(is_unjust(election, options.seats, phragmen, false));
    CHECK_FALSE(is_unjust(election, options.seats, shares, false));
    CHECK_FALSE(is_unjust(election, options.seats, shares, true));
  }
}

TEST_CASE("STV elects as many of a solid coalition as it has quotas") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = election_with_coalition(random);
    const CountOptions options = seats(1 + random.below(election.candidates));
    CAPTURE(options.seats);
    const Count counted = count("stv", election, options);
    const std::uint64_t quota = ranking_anyone(election) / (options.seats + 1) + 1;
    REQUIRE(counted.quota);
    CHECK(*counted.quota == vote::fraction(quota));
    for (std::size_t set = 1; set < std::size_t{1} << election.candidates; ++set) {
      const auto coalition = members(set, election.candidates);
      const std::uint64_t quotas = solid_for(election, coalition) / quota;
      if (quotas > 0) ++tried;
      CHECK(elected_of(counted.winners, coalition) >=
            std::min<std::uint64_t>(quotas, coalition.size()));
    }
  }
  CHECK(tried > 300);
}

TEST_CASE("IRV elects one of whom most ballots put above all others") {
  std::size_t tried = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Election election = election_with_coalition(random);
    const Candidate winner = count("irv", election).winners[0];
    for (std::size_t set = 1; set < std::size_t{1} << election.candidates; ++set) {
      const auto coalition = members(set, election.candidates);
      if (solid_for(election, coalition) * 2 <= ranking_anyone(election)) continue;
      ++tried;
      CHECK(contains(coalition, winner));
    }
  }
  CHECK(tried > 300);
}

TEST_CASE("no ballot is lost or counted twice in any round of IRV and STV") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    for (const std::string method : {"irv", "stv"}) {
      CAPTURE(seed, method);
      Random random(seed);
      const Election election = random_election(random, Shape::loose, 1 + random.below(7));
      const CountOptions options = seats(method == "irv" ? 1 : 1 + random.below(5));
      const Count counted = count(method, election, options);
      CHECK(counted.counted == ranking_anyone(election));
      std::size_t elected = 0;
      for (const vote::Round& round : counted.rounds) {
        Fraction sum = round.exhausted;
        for (const auto& tally : round.tallies)
          sum += tally.value_or(Fraction());
        CHECK(sum == vote::fraction(counted.counted));
        CHECK(round.exhausted >= 0);
        elected += round.elected.size();
        CHECK(elected <= options.seats);
      }
      CHECK(elected == counted.winners.size());
    }
  }
}

}  // namespace paperclub::tests
