// What is nearly the same: words for "did you mean", and titles of papers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paperclub {

// Returns the number of insertions, deletions, replacements and swaps of neighbours that turn `a`
// into `b` (optimal string alignment, in bytes), or `limit` + 1 where it is more than `limit`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

// Returns the word of `known` nearest to `word`, or "" where none is near: at most a third of the
// letters may differ.  The first of equally near words wins.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

// Returns the pairs (i < j) of titles that say the same: equal but for case, accents, punctuation
// and articles, or with one longer word spelled differently by one letter.  Titles that differ in
// a number are not the same.  Of equal titles each is paired with the first.  Time grows with the
// number of words, not with its square.
std::vector<std::pair<std::size_t, std::size_t>> similar_titles(
    const std::vector<std::string>& titles);

}  // namespace paperclub
