// Which of some commits stand on which.  Every answer is one walk over the stretch of history from
// the first of them to the last, so that a ballot that was changed thousands of times costs no more
// than its history is long.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace paperclub::git {

// Commits by their places: parents first, as CommitGraph has them.
class Lineage {
 public:
  using Places = std::vector<std::size_t>;

  // Adds a commit that stands on those at the places `parents`; returns its place.
  std::size_t add(Places parents);
  // Returns how many commits there are; the last one has the place before it.
  std::size_t size() const { return parents_.size(); }

  // In the following `places` ascend and none stands twice; each answer has one value for each.

  // Returns whether no other one of them stands on it.
  std::vector<bool> are_last(const Places& places) const;
  // Returns whether it stands on no other one of them.
  std::vector<bool> are_first(const Places& places) const;
  // Returns whether the commit at `place` stands on it; that commit itself does not.
  std::vector<bool> are_below(const Places& places, std::size_t place) const;
  // Returns the highest of the `values` (one for each, 0 or more) of those that it stands on; 0
  // where there is none.
  std::vector<long long> highest_below(const Places& places,
                                       const std::vector<long long>& values) const;

  // Where two commits, neither of which stands on the other, were joined: the merge of which no
  // parent has both.  Where there are several, the one to which first parents lead from `tip`.
  struct Meeting {
    std::size_t merge = 0;
    bool is_first = false;  // whether the first of the two was on that side of it
  };
  // Returns it; nothing where `tip` does not stand on both.
  std::optional<Meeting> meeting(std::size_t one, std::size_t other, std::size_t tip) const;

 private:
  std::vector<bool> marked_below(const Places& tops, std::size_t first) const;
  std::vector<bool> marked_above(std::size_t place, std::size_t last) const;

  std::vector<Places> parents_;  // by place
};

}  // namespace paperclub::git
