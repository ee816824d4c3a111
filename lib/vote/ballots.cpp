#include "lib/vote/ballots.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace paperclub::vote {
namespace {

constexpr std::size_t kFirstIndex = 64;

template <typename Cell>
std::uint64_t hash_of_row(std::span<const Cell> row) {
  const auto bytes = std::as_bytes(row);
  return std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(bytes.data()), bytes.size()});  // NOLINT: bytes are bytes
}

template <typename Cell>
bool is_same_row(std::span<const Cell> a, std::span<const Cell> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

void mix(std::uint64_t& hash, std::uint64_t part) {
  hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
  hash ^= hash >> 29U;
}

// Appends a row to those of a table.
template <typename Cell>
void append(Rows<Cell>& rows, std::span<const Cell> row, std::uint64_t count) {
  rows.cells.insert(rows.cells.end(), row.begin(), row.begin() + static_cast<long>(rows.width));
  rows.counts.push_back(count);
}

// The places that follow from scores: equal scores, equal rank.
std::vector<Place> places_from(std::span<const std::int32_t> scores, std::size_t width) {
  std::vector<std::int32_t> levels;
  for (const std::int32_t score : scores) {
    if (score >= 0) levels.push_back(score);
  }
  std::sort(levels.begin(), levels.end(), std::greater<>());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  std::vector<Place> places(width, kUnranked);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < 0) continue;
    const auto at = std::lower_bound(levels.begin(), levels.end(), scores[i], std::greater<>());
    places[i] = static_cast<Place>(at - levels.begin());
  }
  return places;
}

}  // namespace

template <typename Cell>
std::uint32_t Ballots::Pool<Cell>::push(std::span<const Cell> row) {
  cells_.insert(cells_.end(), row.begin(), row.end());
  return static_cast<std::uint32_t>(rows_++);
}

Ballots::Ballots(std::size_t candidates)
    : candidates_(candidates),
      ranks_(candidates + 1),
      approvals_(candidates),
      scores_(candidates),
      index_(kFirstIndex, kAbsent) {}

std::uint64_t Ballots::hash_of(const Kind& kind) const {
  std::uint64_t hash = 0;
  mix(hash, kind.rank == kAbsent ? 1 : hash_of_row(ranks_.row(kind.rank)));
  mix(hash, kind.approve == kAbsent ? 2 : hash_of_row(approvals_.row(kind.approve)));
  mix(hash, kind.score == kAbsent ? 3 : hash_of_row(scores_.row(kind.score)));
  return hash;
}

bool Ballots::is_equal(const Kind& a, const Kind& b) const {
  const auto same = [](const auto& pool, std::uint32_t one, std::uint32_t other) {
    if (one == kAbsent || other == kAbsent) return one == other;
    return is_same_row(pool.row(one), pool.row(other));
  };
  return a.hash == b.hash && same(ranks_, a.rank, b.rank) &&
         same(approvals_, a.approve, b.approve) && same(scores_, a.score, b.score);
}

void Ballots::grow_index() {
  index_.assign(index_.size() * 4, kAbsent);
  const std::size_t mask = index_.size() - 1;
  for (std::uint32_t i = 0; i < kinds_.size(); ++i) {
    std::size_t at = kinds_[i].hash & mask;
    while (index_[at] != kAbsent)
      at = (at + 1) & mask;
    index_[at] = i;
  }
}

// Its rows are the last ones of their pools.
void Ballots::add_kind(Kind kind) {
  size_ += kind.count;
  kind.hash = hash_of(kind);
  const std::size_t mask = index_.size() - 1;
  std::size_t at = kind.hash & mask;
  for (; index_[at] != kAbsent; at = (at + 1) & mask) {
    Kind& known = kinds_[index_[at]];
    if (!is_equal(known, kind)) continue;
    known.count += kind.count;
    if (kind.rank != kAbsent) ranks_.pop();
    if (kind.approve != kAbsent) approvals_.pop();
    if (kind.score != kAbsent) scores_.pop();
    return;
  }
  index_[at] = static_cast<std::uint32_t>(kinds_.size());
  kinds_.push_back(kind);
  if (kinds_.size() * 2 > index_.size()) grow_index();
}

std::vector<Place> Ballots::places_of(const Choice& choice) const {
  std::vector<Place> places(candidates_ + 1, kUnranked);
  Place place = 0;
  for (const std::vector<Candidate>& tier : *choice.rank) {
    for (const Candidate candidate : tier)
      places[candidate] = place;
    if (!tier.empty()) ++place;
  }
  return places;
}

void Ballots::add(const Choice& choice, std::uint64_t count) {
  Kind kind;
  kind.count = count;
  if (choice.rank) kind.rank = ranks_.push(places_of(choice));
  if (choice.approve) {
    std::vector<std::uint8_t> row(candidates_, 0);
    for (const Candidate candidate : *choice.approve)
      row[candidate] = 1;
    kind.approve = approvals_.push(row);
  }
  if (choice.score) {
    std::vector<std::int32_t> row(candidates_, -1);
    for (const auto& [candidate, score] : *choice.score)
      row[candidate] = score;
    kind.score = scores_.push(row);
  }
  const auto has_any = [](const auto& list) { return list && !list->empty(); };
  if (!has_any(choice.approve) && !has_any(choice.rank) && !has_any(choice.score)) empty_ += count;
  add_kind(kind);
}

void Ballots::add_ranking(std::span<const Place> places, std::uint64_t count) {
  Kind kind;
  kind.count = count;
  kind.rank = ranks_.push(places);
  const bool is_empty =
      std::all_of(places.begin(), places.end(), [](Place place) { return place == kUnranked; });
  if (is_empty) empty_ += count;
  add_kind(kind);
}

Choice Ballots::choice_of(const Kind& kind) const {
  Choice choice;
  if (kind.rank != kAbsent) {
    const auto row = ranks_.row(kind.rank);
    choice.rank.emplace();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] == kUnranked) continue;
      if (choice.rank->size() <= row[i]) choice.rank->resize(row[i] + std::size_t{1});
      (*choice.rank)[row[i]].push_back(static_cast<Candidate>(i));
    }
  }
  if (kind.approve != kAbsent) {
    const auto row = approvals_.row(kind.approve);
    choice.approve.emplace();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] != 0) choice.approve->push_back(static_cast<Candidate>(i));
    }
  }
  if (kind.score != kAbsent) {
    const auto row = scores_.row(kind.score);
    choice.score.emplace();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i] >= 0) choice.score->emplace_back(static_cast<Candidate>(i), row[i]);
    }
  }
  return choice;
}

Rankings Ballots::rankings() const { return rankings_of_width(candidates_); }

Rankings Ballots::rankings_with_none() const { return rankings_of_width(candidates_ + 1); }

Rankings Ballots::rankings_of_width(std::size_t width) const {
  Rankings rankings;
  rankings.width = width;
  std::vector<Place> places;
  for (const Kind& kind : kinds_) {
    std::span<const Place> row;
    if (kind.rank != kAbsent) {
      row = ranks_.row(kind.rank);
    } else if (kind.score != kAbsent) {
      places = places_from(scores_.row(kind.score), candidates_ + 1);
      row = places;
    } else if (kind.approve != kAbsent) {
      places.assign(candidates_ + 1, kUnranked);
      const auto approved = approvals_.row(kind.approve);
      for (std::size_t i = 0; i < approved.size(); ++i) {
        if (approved[i] != 0) places[i] = 0;
      }
      row = places;
    }
    const bool says =
        std::any_of(row.begin(), row.begin() + static_cast<long>(row.empty() ? 0 : width),
                    [](Place place) { return place != kUnranked; });
    if (!says) {
      rankings.silent += kind.count;
      continue;
    }
    if (kind.rank == kAbsent) rankings.derived += kind.count;
    append(rankings, row, kind.count);
  }
  return rankings;
}

Approvals Ballots::approvals() const {
  Approvals approvals;
  approvals.width = candidates_;
  std::vector<std::uint8_t> above(candidates_);
  for (const Kind& kind : kinds_) {
    std::span<const std::uint8_t> row;
    if (kind.approve != kAbsent) {
      row = approvals_.row(kind.approve);
    } else if (kind.rank != kAbsent && ranks_.row(kind.rank)[candidates_] != kUnranked) {
      const auto places = ranks_.row(kind.rank);
      for (std::size_t i = 0; i < candidates_; ++i)
        above[i] = places[i] < places[candidates_] ? 1 : 0;
      row = above;
    }
    if (std::find(row.begin(), row.end(), 1) == row.end()) {
      approvals.silent += kind.count;
      continue;
    }
    if (kind.approve == kAbsent) approvals.derived += kind.count;
    append(approvals, row, kind.count);
  }
  return approvals;
}

Scores Ballots::scores() const {
  Scores scores;
  scores.width = candidates_;
  std::vector<std::int32_t> given(candidates_);
  for (const Kind& kind : kinds_) {
    const bool says = kind.score != kAbsent &&
                      std::any_of(scores_.row(kind.score).begin(), scores_.row(kind.score).end(),
                                  [](auto score) { return score >= 0; });
    if (!says) {
      scores.silent += kind.count;
      continue;
    }
    const auto row = scores_.row(kind.score);
    std::transform(row.begin(), row.end(), given.begin(),
                   [](std::int32_t score) { return std::max(score, 0); });
    append(scores, std::span<const std::int32_t>(given), kind.count);
  }
  return scores;
}

std::int32_t Ballots::highest_score() const {
  std::int32_t highest = 0;
  for (std::uint32_t i = 0; i < scores_.size(); ++i) {
    for (const std::int32_t score : scores_.row(i))
      highest = std::max(highest, score);
  }
  return highest;
}

Ballots Ballots::as_read(Reads field) const {
  Ballots out(candidates_);
  if (field == Reads::rankings) {
    const Rankings rows = rankings_with_none();
    for (std::size_t i = 0; i < rows.size(); ++i)
      out.add_ranking(rows.row(i), rows.counts[i]);
    const std::vector<Place> nobody(candidates_ + 1, kUnranked);
    if (out.size() < size_) out.add_ranking(nobody, size_ - out.size());
    return out;
  }
  if (field == Reads::scores) {
    for_each([&out](const Choice& choice, std::uint64_t count) {
      out.add({{}, {}, choice.score.value_or(std::vector<std::pair<Candidate, std::int32_t>>())},
              count);
    });
    return out;
  }
  const Approvals rows = approvals();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<Candidate> approved;
    for (std::size_t one = 0; one < candidates_; ++one) {
      if (rows.row(i)[one] != 0) approved.push_back(static_cast<Candidate>(one));
    }
    out.add({std::move(approved), {}, {}}, rows.counts[i]);
  }
  if (out.size() < size_) out.add({std::vector<Candidate>(), {}, {}}, size_ - out.size());
  return out;
}

Ballots Ballots::restricted(const std::vector<Candidate>& kept) const {
  std::vector<Candidate> number(candidates_ + 1, none());
  std::vector<bool> stays(candidates_ + 1, false);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    number[kept[i]] = static_cast<Candidate>(i);
    stays[kept[i]] = true;
  }
  Ballots out(kept.size());
  number[candidates_] = out.none();
  stays[candidates_] = true;
  for_each([&](Choice choice, std::uint64_t count) {
    const auto take = [&](std::vector<Candidate>& list) {
      std::erase_if(list, [&](Candidate one) { return !stays[one]; });
      for (Candidate& one : list)
        one = number[one];
    };
    if (choice.approve) take(*choice.approve);
    if (choice.rank) {
      std::for_each(choice.rank->begin(), choice.rank->end(), take);
      std::erase_if(*choice.rank, [](const auto& tier) { return tier.empty(); });
    }
    if (choice.score) {
      std::erase_if(*choice.score, [&](const auto& one) { return !stays[one.first]; });
      for (auto& one : *choice.score)
        one.first = number[one.first];
    }
    out.add(choice, count);
  });
  return out;
}

}  // namespace paperclub::vote
