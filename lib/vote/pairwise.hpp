// Each candidate against each other: the numbers of ballots that rank one above the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/vote/ballots.hpp"

namespace paperclub::vote {

// A square of numbers, a row for each candidate.
class Matrix {
 public:
  explicit Matrix(std::size_t size = 0) : size_(size), cells_(size * size, 0) {}
  std::size_t size() const { return size_; }
  std::int64_t& at(std::size_t row, std::size_t column) { return cells_[row * size_ + column]; }
  std::int64_t at(std::size_t row, std::size_t column) const {
    return cells_[row * size_ + column];
  }
  bool operator==(const Matrix&) const = default;

 private:
  std::size_t size_;
  std::vector<std::int64_t> cells_;
};

// Returns how many ballots rank the row's candidate above the column's.  A candidate that a ballot
// does not rank is below all that it ranks.
Matrix count_pairs(const Rankings& rankings);

// Returns whether `a` beats `b`: more ballots rank it above than below.
inline bool beats(const Matrix& pairs, std::size_t a, std::size_t b) {
  return pairs.at(a, b) > pairs.at(b, a);
}

// Returns how strong each victory is, 0 where there is none: the winner's votes, or by how many
// more they are (`margins`).
Matrix strengths_of(const Matrix& pairs, bool margins);

// Returns the candidate that beats every other one, or nothing.
std::optional<Candidate> condorcet_winner(const Matrix& pairs);

// Returns the Smith set, ascending: the smallest set whose members beat all others.
std::vector<Candidate> smith_set(const Matrix& pairs);

// Returns the candidates in tiers: those that no other one `above` them is left for, then again
// among the rest.  `above` must have no cycle.
std::vector<std::vector<Candidate>> tiers_of(std::size_t candidates,
                                             const std::vector<std::vector<bool>>& above);

}  // namespace paperclub::vote
