// The ballots of one round as counting needs them: candidates are numbers, equal ballots are kept
// once with their number.  Nothing here knows whose ballot is whose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace paperclub::vote {

// A candidate: its place in the round's lot order, from 0.  The number behind the last candidate
// stands for `none`, "no paper".
using Candidate = std::uint16_t;

// The tier in which a ballot ranks a candidate, from 0 for the best.  Candidates that it does not
// rank share one last place.
using Place = std::uint16_t;
inline constexpr Place kUnranked = 0xFFFF;

// At most so many candidates and ballots can be counted: places fit into a Place, and the products
// that STV needs into 64 bits.
inline constexpr std::size_t kMaxCandidates = 1'000;
inline constexpr std::uint64_t kMaxBallots = 50'000'000;

// What one ballot says.  A list that is absent and one that is empty differ.
struct Choice {
  std::optional<std::vector<Candidate>> approve;
  std::optional<std::vector<std::vector<Candidate>>> rank;  // tiers, best first; may hold `none`
  std::optional<std::vector<std::pair<Candidate, std::int32_t>>> score;
};

// What of a ballot a method reads.
enum class Reads { approvals, rankings, scores };

// Equal rows of cells, each with the number of ballots that say so.
template <typename Cell>
struct Rows {
  std::size_t width = 0;
  std::vector<Cell> cells;
  std::vector<std::uint64_t> counts;
  std::uint64_t derived = 0;  // ballots whose row follows from another field
  std::uint64_t silent = 0;   // ballots that say nothing here

  std::size_t size() const { return counts.size(); }
  std::span<const Cell> row(std::size_t i) const { return {cells.data() + i * width, width}; }
  // Returns the number of ballots in all rows.
  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts)
      sum += count;
    return sum;
  }
};

using Rankings = Rows<Place>;          // the place of each candidate
using Approvals = Rows<std::uint8_t>;  // 1 where the candidate is approved
using Scores = Rows<std::int32_t>;     // the score of each candidate, 0 where it has none

// The ballots of one round.
class Ballots {
 public:
  // For a round of so many candidates, at most kMaxCandidates.
  explicit Ballots(std::size_t candidates);

  // Adds `count` ballots that say the same.  Candidates are in range and named once in each field.
  void add(const Choice& choice, std::uint64_t count = 1);
  // Adds ballots that rank only: `places` of each candidate, then that of `none`.
  void add_ranking(std::span<const Place> places, std::uint64_t count);

  std::size_t candidates() const { return candidates_; }
  Candidate none() const { return static_cast<Candidate>(candidates_); }
  // Returns the number of all ballots, empty ones among them.
  std::uint64_t size() const { return size_; }
  // Returns how many numbers the distinct ballots take.
  std::size_t cells() const {
    return (ranks_.size() + approvals_.size() + scores_.size()) * (candidates_ + 1);
  }
  // Returns the number of ballots that choose nothing.
  std::uint64_t empty() const { return empty_; }

  // The rankings: as ranked; else from scores (equal scores, equal rank); else from approvals (two
  // tiers).  Ballots that rank nobody are left out.
  Rankings rankings() const;
  // The same with one more column, the place of `none`.
  Rankings rankings_with_none() const;
  // The approvals: as approved; else from a ranking with `none`, those above it.  Ballots that
  // approve nobody are left out.
  Approvals approvals() const;
  // The scores, which follow from nothing else.
  Scores scores() const;

  // Returns whether any ballot has the field.
  bool has_approvals() const { return approvals_.size() > 0; }
  bool has_scores() const { return scores_.size() > 0; }

  // Returns the highest score that any ballot gives, or 0.
  std::int32_t highest_score() const;

  // Returns as many ballots that have just the field that is read, whatever it follows from; those
  // that say nothing there are empty.
  Ballots as_read(Reads field) const;

  // Returns the same ballots without the candidates that are not in `kept` (ascending); these get
  // the numbers of their places in it.
  Ballots restricted(const std::vector<Candidate>& kept) const;

  // What all ballots of one kind say; calls `visit` with it and their number.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Kind& kind : kinds_)
      visit(choice_of(kind), kind.count);
  }

 private:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

  // The rows of the fields of equal ballots.
  struct Kind {
    std::uint32_t rank = kAbsent;
    std::uint32_t approve = kAbsent;
    std::uint32_t score = kAbsent;
    std::uint64_t count = 0;
    std::uint64_t hash = 0;
  };
  // The distinct rows of one field.
  template <typename Cell>
  class Pool {
   public:
    explicit Pool(std::size_t width) : width_(width) {}
    std::size_t size() const { return rows_; }
    std::span<const Cell> row(std::uint32_t i) const {
      return {cells_.data() + static_cast<std::size_t>(i) * width_, width_};
    }
    std::uint32_t push(std::span<const Cell> row);
    void pop() {
      --rows_;
      cells_.resize(rows_ * width_);
    }

   private:
    std::size_t width_;
    std::size_t rows_ = 0;
    std::vector<Cell> cells_;
  };
  void add_kind(Kind kind);
  std::uint64_t hash_of(const Kind& kind) const;
  bool is_equal(const Kind& a, const Kind& b) const;
  void grow_index();
  Choice choice_of(const Kind& kind) const;
  std::vector<Place> places_of(const Choice& choice) const;
  Rankings rankings_of_width(std::size_t width) const;

  std::size_t candidates_;
  std::uint64_t size_ = 0;
  std::uint64_t empty_ = 0;
  Pool<Place> ranks_;
  Pool<std::uint8_t> approvals_;
  Pool<std::int32_t> scores_;
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> index_;  // numbers of kinds, found by their hashes; a power of two
};

}  // namespace paperclub::vote
