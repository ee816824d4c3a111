#include "lib/base/similar.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "lib/base/text.hpp"

namespace paperclub {
namespace {

// Words this short are more often another word than a slip of the pen.
constexpr std::size_t kLeastTypoLength = 5;
// Of titles that share all words but one, this many are compared pair by pair.
constexpr std::size_t kMaxBucket = 50;
// Longer texts are no titles; the work grows with the square of their words.
constexpr std::size_t kMaxTitleWords = 250;
// Nobody means a word this long by another one.
constexpr std::size_t kMaxWord = 60;

std::vector<std::string> title_words(const std::string& title) {
  std::vector<std::string> words = words_of(title);
  std::erase_if(words, [](const std::string& w) { return w == "a" || w == "an" || w == "the"; });
  return words;
}

// The words from `skip` on left out: one, or none where `skip` is past the end.
std::size_t hash_without(const std::vector<std::string>& words, std::size_t skip) {
  std::size_t hash = skip;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != skip) hash = hash * 1099511628211ULL ^ std::hash<std::string>{}(words[i]);
  }
  return hash;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_typo(const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (std::min(a.size(), b.size()) < kLeastTypoLength || has_digit(a) || has_digit(b)) return false;
  return edit_distance(a, b, 1) <= 1;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words)
    all += word;
  return all;
}

bool same_title(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  // Pre-training, Pretraining and Pre Training are one word.
  if (joined(a) == joined(b)) return true;
  if (a.size() != b.size()) return false;
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (++different > 1 || !is_typo(a[i], b[i])) return false;
  }
  return true;
}

using Buckets = std::unordered_map<std::size_t, std::vector<std::size_t>>;

Buckets bucket_titles(const std::vector<std::vector<std::string>>& titles) {
  Buckets buckets;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (titles[i].empty() || titles[i].size() > kMaxTitleWords) continue;
    buckets[std::hash<std::string>{}(joined(titles[i]))].push_back(i);
    for (std::size_t skip = 0; skip < titles[i].size(); ++skip) {
      buckets[hash_without(titles[i], skip)].push_back(i);
    }
  }
  return buckets;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> two(b.size() + 1), one(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    one[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({one[j] + 1, row[j - 1] + 1, one[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two[j - 2] + 1);
    }
    std::swap(two, one);
    std::swap(one, row);
  }
  return std::min(one[b.size()], limit + 1);
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t least = std::max<std::size_t>(word.size(), 2) / 3 + 1;
  if (word.size() > kMaxWord) return best;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

std::vector<std::pair<std::size_t, std::size_t>> similar_titles(
    const std::vector<std::string>& titles) {
  std::vector<std::vector<std::string>> words;
  words.reserve(titles.size());
  for (const std::string& title : titles)
    words.push_back(title_words(title));
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [hash, members] : bucket_titles(words)) {
    const std::size_t end = std::min(members.size(), kMaxBucket);
    for (std::size_t i = 0; i < end; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) {
        if (same_title(words[members[i]], words[members[j]]))
          pairs.insert({members[i], members[j]});
      }
    }
  }
  return {pairs.begin(), pairs.end()};
}

}  // namespace paperclub
