// Phragmén's loads, which two methods use: electing a candidate costs 1, which its supporters share
// so that all of them carry the same load afterwards.  For this room only.
#pragma once

#include <cstdint>
#include <vector>

#include "lib/vote/count.hpp"

namespace paperclub::vote {

// What each row of the approvals carries; equal loads are kept once.
struct Loads {
  std::vector<Fraction> values;
  std::vector<std::uint32_t> of;  // for each row the number of its load
};

// Elects into the seats of `count` that are left, each time the candidate whose election leaves its
// supporters with the least load; who has no supporter comes last.
void elect_by_loads(const Approvals& approvals, Loads loads, Count& count);

}  // namespace paperclub::vote
