#include "lib/vote/methods.hpp"

#include <algorithm>

namespace paperclub::vote {

const std::vector<Method>& methods() {
  static const std::vector<Method> all = {
      {"approval", "Approval", Reads::approvals, false, false, count_approval},
      {"plurality", "Plurality", Reads::rankings, false, false, count_plurality},
      {"score", "Score", Reads::scores, false, false, count_score},
      {"star", "STAR", Reads::scores, false, false, count_star},
      {"borda", "Borda", Reads::rankings, false, false, count_borda},
      {"irv", "Instant runoff", Reads::rankings, false, false, count_irv},
      {"schulze", "Schulze", Reads::rankings, false, true, count_schulze},
      {"ranked-pairs", "Ranked pairs", Reads::rankings, false, true, count_ranked_pairs},
      {"minimax", "Minimax", Reads::rankings, false, true, count_minimax},
      {"copeland", "Copeland", Reads::rankings, false, false, count_copeland},
      {"spav", "Sequential proportional approval", Reads::approvals, true, false, count_spav},
      {"phragmen", "Phragmén", Reads::approvals, true, false, count_phragmen},
      {"equal-shares", "Equal shares", Reads::approvals, true, false, count_equal_shares},
      {"stv", "Single transferable vote", Reads::rankings, true, false, count_stv},
  };
  return all;
}

bool is_too_large(const Method& method, std::size_t seats, std::size_t candidates) {
  constexpr std::size_t kMaxFractions = 20'000;
  return method.several_seats && method.reads == Reads::approvals &&
         std::min(seats, candidates) * candidates > kMaxFractions;
}

const Method* find_method(std::string_view name) {
  const auto found = std::find_if(methods().begin(), methods().end(),
                                  [name](const Method& method) { return method.name == name; });
  return found == methods().end() ? nullptr : &*found;
}

}  // namespace paperclub::vote
