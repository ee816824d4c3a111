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

std::vector<std::size_t> Lineage::arrivals(const Places& places, std::size_t tip) const {
  std::vector<std::size_t> found;
  if (places.empty()) return found;
  const std::size_t first = places.front();
  Places line;  // from `tip` down, in the stretch
  for (std::size_t at = tip; at >= first && at < parents_.size();) {
    line.push_back(at);
    if (parents_[at].empty()) break;
    at = parents_[at].front();
  }
  const std::size_t never = parents_.size();
  std::vector<std::size_t> arrival(std::max(tip, places.back()) - first + 1, never);
  Places open;
  for (std::size_t i = line.size(); i-- > 0;) {
    open.push_back(line[i]);
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      if (at < first || arrival[at - first] != never) continue;
      arrival[at - first] = line[i];
      open.insert(open.end(), parents_[at].begin(), parents_[at].end());
    }
  }
  for (const std::size_t place : places)
    found.push_back(arrival[place - first]);
  return found;
}

}  // namespace paperclub::git
