#include "lib/git/lineage.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"

namespace paperclub::tests {
namespace {

using git::Lineage;

using Flags = std::vector<bool>;
using Numbers = std::vector<long long>;

// A history of which it is written down for each two commits which stands on which.
struct Generated {
  Lineage lineage;
  std::vector<Flags> stands_on;  // by place, then by place

  Generated(Random& random, std::size_t size) {
    for (std::size_t place = 0; place < size; ++place) {
      Lineage::Places parents;
      Flags below(size, false);
      const std::size_t count = place == 0 ? 0 : random.below(4);  // none: another root
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t parent = place - 1 - random.below(std::min<std::size_t>(place, 5));
        parents.push_back(parent);
        below[parent] = true;
        for (std::size_t other = 0; other < parent; ++other)
          below[other] = below[other] || stands_on[parent][other];
      }
      REQUIRE(lineage.add(parents) == place);
      stands_on.push_back(below);
    }
  }

  Lineage::Places some(Random& random) const {
    Lineage::Places places;
    for (std::size_t place = 0; place < lineage.size(); ++place) {
      if (random.one_in(3)) places.push_back(place);
    }
    return places;
  }
};

}  // namespace

TEST_CASE("of two commits on one line the later one stands on the other") {
  Lineage line;
  line.add({});
  line.add({0});
  line.add({1});
  CHECK(line.are_last({0, 2}) == Flags{false, true});
  CHECK(line.are_first({0, 2}) == Flags{true, false});
  CHECK(line.are_below({0, 2}, 1) == Flags{true, false});
  CHECK(line.highest_below({0, 1, 2}, {7, 9, 1}) == Numbers{0, 7, 9});
}

TEST_CASE("commits of two branches do not stand on each other, a merge stands on both") {
  Lineage fork;
  fork.add({});
  fork.add({0});
  fork.add({0});
  fork.add({1, 2});
  CHECK(fork.are_last({1, 2}) == Flags{true, true});
  CHECK(fork.are_first({1, 2}) == Flags{true, true});
  CHECK(fork.are_last({1, 2, 3}) == Flags{false, false, true});
  CHECK(fork.highest_below({1, 2, 3}, {4, 6, 0}) == Numbers{0, 0, 6});
}

TEST_CASE("a commit does not stand on itself, and none on later ones") {
  Lineage line;
  line.add({});
  line.add({0});
  CHECK(line.are_below({0, 1}, 0) == Flags{false, false});
  CHECK(line.are_below({1}, 1) == Flags{false});
}

TEST_CASE("of no commits nothing is said") {
  Lineage line;
  line.add({});
  CHECK(line.are_last({}).empty());
  CHECK(line.are_first({}).empty());
  CHECK(line.are_below({}, 0).empty());
  CHECK(line.highest_below({}, {}).empty());
}

TEST_CASE("two commits meet where the first parents' side has one and another side the other") {
  Lineage lineage;
  lineage.add({});      // 0
  lineage.add({0});     // 1, the line
  lineage.add({0});     // 2, a side
  lineage.add({2});     // 3
  lineage.add({1, 3});  // 4, the line, with the side
  lineage.add({0});     // 5, another side
  lineage.add({5, 4});  // 6: who merges on that side takes both along
  lineage.add({6});     // 7
  lineage.add({2, 1});  // 8: the side merges the line
  const auto met = [&](std::size_t one, std::size_t other, std::size_t tip) {
    const auto meeting = lineage.meeting(one, other, tip);
    return meeting ? std::pair(meeting->merge, meeting->is_first)
                   : std::pair(std::size_t{99}, false);
  };
  CHECK(met(1, 2, 4) == std::pair(std::size_t{4}, true));
  CHECK(met(2, 1, 4) == std::pair(std::size_t{4}, false));
  CHECK(met(1, 3, 7) == std::pair(std::size_t{4}, true));
  CHECK(met(5, 3, 7) == std::pair(std::size_t{6}, true));
  CHECK(met(1, 2, 8) == std::pair(std::size_t{8}, false));
  lineage.add({2, 4});  // 9: the side takes over what was joined already
  CHECK(met(1, 2, 9) == std::pair(std::size_t{4}, true));
  CHECK_FALSE(lineage.meeting(1, 2, 3).has_value());
  CHECK_FALSE(lineage.meeting(1, 5, 4).has_value());
}

TEST_CASE("in generated histories all answers are those of looking at each pair") {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    const Generated made(random, 1 + random.below(25));
    const Lineage::Places places = made.some(random);
    const std::size_t other = random.below(made.lineage.size());
    Flags last;
    Flags first;
    Flags below;
    Numbers values;
    Numbers highest;
    for (std::size_t k = 0; k < places.size(); ++k)
      values.push_back(static_cast<long long>(random.below(10)));
    for (const std::size_t place : places) {
      const auto stands_on_it = [&](std::size_t one) { return made.stands_on[one][place]; };
      const auto is_below_it = [&](std::size_t one) { return made.stands_on[place][one]; };
      last.push_back(std::none_of(places.begin(), places.end(), stands_on_it));
      first.push_back(std::none_of(places.begin(), places.end(), is_below_it));
      below.push_back(stands_on_it(other));
      highest.push_back(0);
      for (std::size_t k = 0; k < places.size(); ++k) {
        if (is_below_it(places[k])) highest.back() = std::max(highest.back(), values[k]);
      }
    }
    CHECK(made.lineage.are_last(places) == last);
    CHECK(made.lineage.are_first(places) == first);
    CHECK(made.lineage.are_below(places, other) == below);
    CHECK(made.lineage.highest_below(places, values) == highest);
  }
}

}  // namespace paperclub::tests
