// The methods of counting.  Each is one file, to be read beside its definition, which that file
// names.  All are pure functions of the ballots: neither the order of ballots nor who cast them
// changes anything, and equal candidates are told apart by the lot order alone (tie.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/vote/count.hpp"

namespace paperclub::vote {

// One for each method.  `ballots` has at least one candidate.
Count count_approval(const Ballots& ballots, const CountOptions& options);
Count count_plurality(const Ballots& ballots, const CountOptions& options);
Count count_score(const Ballots& ballots, const CountOptions& options);
Count count_star(const Ballots& ballots, const CountOptions& options);
Count count_borda(const Ballots& ballots, const CountOptions& options);
Count count_irv(const Ballots& ballots, const CountOptions& options);
Count count_schulze(const Ballots& ballots, const CountOptions& options);
Count count_ranked_pairs(const Ballots& ballots, const CountOptions& options);
Count count_minimax(const Ballots& ballots, const CountOptions& options);
Count count_copeland(const Ballots& ballots, const CountOptions& options);
Count count_spav(const Ballots& ballots, const CountOptions& options);
Count count_phragmen(const Ballots& ballots, const CountOptions& options);
Count count_equal_shares(const Ballots& ballots, const CountOptions& options);
Count count_stv(const Ballots& ballots, const CountOptions& options);

// One method: its name, what it reads and how it counts.
struct Method {
  std::string_view name;   // as records and flags say it
  std::string_view title;  // for people
  Reads reads = Reads::rankings;
  bool several_seats = false;  // made for committees
  bool has_margins = false;    // may compare by margins instead of winning votes
  Count (*count)(const Ballots&, const CountOptions&) = nullptr;
};

// Returns whether the seats of so many candidates are more than the method can count: those that
// elect one after the other by exact fractions write all of them down for each seat, and the
// fractions grow with each one.
bool is_too_large(const Method& method, std::size_t seats, std::size_t candidates);

// Returns every method, in the order in which reports show them.
const std::vector<Method>& methods();

// Returns the method called `name`, or null.
const Method* find_method(std::string_view name);

}  // namespace paperclub::vote
