#include "lib/base/similar.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

// Words this short are more often another word than a slip of the pen.
constexpr std::size_t kLeastTypoLength = 5;
// Of titles that share all words but one, each is compared with so many.
constexpr std::size_t kMaxBucket = 50;
// Longer texts are no titles; the work grows with the square of their words.
constexpr std::size_t kMaxTitleWords = 250;
// Nobody means a word this long by another one.
constexpr std::size_t kMaxWord = 60;

// A word by its letters, whatever their script.
using Word = std::u32string;

Word letters_of(std::string_view text) {
  Word letters;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    letters += point.value;
    at += point.length;
  }
  return letters;
}

// What of a title is compared.
struct Title {
  std::vector<Word> words;
  Word joined;   // Pre-training, Pretraining and Pre Training are one word
  Word numbers;  // its numbers, apart from each other

  explicit Title(std::string_view title) {
    for (const std::string& word : words_of(title)) {
      if (word != "a" && word != "an" && word != "the") words.push_back(letters_of(word));
    }
    for (const Word& word : words) {
      joined += word;
      add_numbers(word);
    }
  }

 private:
  void add_numbers(const Word& word) {
    bool inside = false;
    for (const char32_t letter : word) {
      const bool digit = letter >= U'0' && letter <= U'9';
      if (digit && !inside) numbers += U' ';
      if (digit) numbers += letter;
      inside = digit;
    }
  }
};

// The hash of the words without the one at `skip`.
std::size_t hash_without(const std::vector<Word>& words, std::size_t skip) {
  std::size_t hash = skip;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != skip) hash = hash * 1099511628211ULL ^ std::hash<Word>{}(words[i]);
  }
  return hash;
}

template <typename Letters>
std::size_t distance(const Letters& a, const Letters& b, std::size_t limit) {
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

bool has_digit(const Word& word) {
  return std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

bool is_typo(const Word& a, const Word& b) {
  if (std::min(a.size(), b.size()) < kLeastTypoLength || has_digit(a) || has_digit(b)) return false;
  return distance(a, b, 1) <= 1;
}

bool same_title(const Title& a, const Title& b) {
  if (a.numbers != b.numbers) return false;
  if (a.joined == b.joined) return true;
  if (a.words.size() != b.words.size()) return false;
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    if (a.words[i] == b.words[i]) continue;
    if (++different > 1 || !is_typo(a.words[i], b.words[i])) return false;
  }
  return true;
}

using Buckets = std::unordered_map<std::size_t, std::vector<std::size_t>>;

// Only titles that stand for all that are equal to them.
Buckets bucket_titles(const std::vector<Title>& titles, const std::vector<bool>& stands_alone) {
  Buckets buckets;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const std::vector<Word>& words = titles[i].words;
    if (words.empty() || words.size() > kMaxTitleWords || !stands_alone[i]) continue;
    buckets[std::hash<Word>{}(titles[i].joined)].push_back(i);
    for (std::size_t skip = 0; skip < words.size(); ++skip) {
      buckets[hash_without(words, skip)].push_back(i);
    }
  }
  return buckets;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  return distance(a, b, limit);
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
  const std::vector<Title> compared(titles.begin(), titles.end());
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  const auto compare = [&](std::size_t i, std::size_t j) {
    if (same_title(compared[i], compared[j])) pairs.insert({i, j});
  };
  std::unordered_map<Word, std::size_t> first_with;
  std::vector<bool> stands_alone(compared.size(), true);
  for (std::size_t i = 0; i < compared.size(); ++i) {
    if (compared[i].words.empty()) continue;
    const auto [first, is_new] = first_with.emplace(compared[i].joined + compared[i].numbers, i);
    stands_alone[i] = is_new;
    if (!is_new) pairs.insert({first->second, i});
  }
  for (const auto& [hash, members] : bucket_titles(compared, stands_alone)) {
    for (std::size_t j = 1; j < members.size(); ++j) {
      // Of many that share all words but one, each is compared with the first ones only.
      for (std::size_t i = 0; i < std::min(j, kMaxBucket); ++i)
        compare(members[i], members[j]);
    }
  }
  return {pairs.begin(), pairs.end()};
}

}  // namespace paperclub
