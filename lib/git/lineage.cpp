#include "lib/git/lineage.hpp"

#include <algorithm>
#include <utility>

namespace paperclub::git {

std::size_t Lineage::add(Places parents) {
  parents_.push_back(std::move(parents));
  return parents_.size() - 1;
}

// From `first` on: whether any of `tops`, which lie there, stands on the commit.
std::vector<bool> Lineage::marked_below(const Places& tops, std::size_t first) const {
  const std::size_t size = tops.back() - first + 1;
  std::vector<bool> is_top(size, false);
  std::vector<bool> is_below(size, false);
  for (const std::size_t top : tops)
    is_top[top - first] = true;
  for (std::size_t i = size; i-- > 0;) {
    if (!is_top[i] && !is_below[i]) continue;
    for (const std::size_t parent : parents_[first + i]) {
      if (parent >= first) is_below[parent - first] = true;
    }
  }
  return is_below;
}

std::vector<bool> Lineage::are_last(const Places& places) const {
  std::vector<bool> flags;
  if (places.empty()) return flags;
  const std::vector<bool> is_below = marked_below(places, places.front());
  for (const std::size_t place : places)
    flags.push_back(!is_below[place - places.front()]);
  return flags;
}

std::vector<bool> Lineage::are_first(const Places& places) const {
  std::vector<bool> flags;
  for (const long long older : highest_below(places, std::vector<long long>(places.size(), 1)))
    flags.push_back(older == 0);
  return flags;
}

std::vector<bool> Lineage::are_below(const Places& places, std::size_t place) const {
  std::vector<bool> flags(places.size(), false);
  if (places.empty() || places.front() >= place) return flags;
  const std::vector<bool> is_below = marked_below({place}, places.front());
  for (std::size_t i = 0; i < places.size() && places[i] < place; ++i)
    flags[i] = is_below[places[i] - places.front()];
  return flags;
}

std::vector<long long> Lineage::highest_below(const Places& places,
                                              const std::vector<long long>& values) const {
  std::vector<long long> found;
  if (places.empty()) return found;
  const std::size_t first = places.front();
  // What stands on each commit of the stretch has this, or more.
  std::vector<long long> carried;
  for (std::size_t place = first; place <= places.back(); ++place) {
    long long highest = 0;
    for (const std::size_t parent : parents_[place]) {
      if (parent >= first) highest = std::max(highest, carried[parent - first]);
    }
    if (place == places[found.size()]) {
      found.push_back(highest);
      highest = std::max(highest, values[found.size() - 1]);
    }
    carried.push_back(highest);
  }
  return found;
}

// From `place` to `last`: whether the commit is that at `place` or stands on it.
std::vector<bool> Lineage::marked_above(std::size_t place, std::size_t last) const {
  std::vector<bool> marked(last - place + 1, false);
  marked[0] = true;
  for (std::size_t at = place + 1; at <= last; ++at) {
    marked[at - place] =
        std::any_of(parents_[at].begin(), parents_[at].end(),
                    [&](std::size_t parent) { return parent >= place && marked[parent - place]; });
  }
  return marked;
}

std::optional<Lineage::Meeting> Lineage::meeting(std::size_t one, std::size_t other,
                                                 std::size_t tip) const {
  if (std::max(one, other) >= tip) return std::nullopt;
  const std::vector<bool> above_one = marked_above(one, tip);
  const std::vector<bool> above_other = marked_above(other, tip);
  const auto has_one = [&](std::size_t at) { return at >= one && above_one[at - one]; };
  const auto has_other = [&](std::size_t at) { return at >= other && above_other[at - other]; };
  if (!has_one(tip) || !has_other(tip)) return std::nullopt;
  for (std::size_t at = tip;;) {
    const auto& parents = parents_[at];
    const auto joined = std::find_if(parents.begin(), parents.end(), [&](std::size_t parent) {
      return has_one(parent) && has_other(parent);
    });
    if (joined != parents.end()) {
      at = *joined;
      continue;
    }
    const auto side = std::find_if(parents.begin(), parents.end(), [&](std::size_t parent) {
      return has_one(parent) || has_other(parent);
    });
    if (side == parents.end()) return std::nullopt;  // they are one commit
    return Meeting{at, has_one(*side)};
  }
}

}  // namespace paperclub::git
