// The tally sheets of Debian's votes (`vote_NNN_tally.txt`).
// Definition: debian.org/vote, what its program devotee writes: `Option 1--->: NAME` for each
// option, then `V: 21-3  …` for each ballot, where each character is the rank of one option and a
// hyphen leaves it unranked.
#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

// 1 to 9, then A to Z; nothing for what is no rank.
std::optional<Place> rank_of(char c) {
  if (c >= '1' && c <= '9') return static_cast<Place>(c - '0');
  if (c >= 'A' && c <= 'Z') return static_cast<Place>(c - 'A' + 10);
  return std::nullopt;
}

// `| / Option 3---->: Name` gives the name.
std::optional<std::string_view> option_name(std::string_view line) {
  const std::size_t option = line.find("Option ");
  const std::size_t arrow = line.find(">:");
  if (option == line.npos || arrow == line.npos || arrow < option) return std::nullopt;
  const bool only_lines = line.substr(0, option).find_first_not_of(" \t|/") == line.npos;
  return only_lines ? std::optional(trimmed(line.substr(arrow + 2))) : std::nullopt;
}

Choice choice_of(std::string_view ranks, const Lines& lines) {
  std::vector<std::pair<Place, Candidate>> ranked;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (ranks[i] == '-') continue;
    const auto rank = rank_of(ranks[i]);
    if (!rank) throw lines.error(fmt::format("{} is no rank", quote(ranks.substr(i, 1))));
    ranked.emplace_back(*rank, static_cast<Candidate>(i));
  }
  std::sort(ranked.begin(), ranked.end());
  Choice choice;
  choice.rank.emplace();
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (i == 0 || ranked[i].first != ranked[i - 1].first) choice.rank->emplace_back();
    choice.rank->back().push_back(ranked[i].second);
  }
  return choice;
}

}  // namespace

Interchange read_debian(std::string_view text) {
  Names names;
  std::vector<Choice> ballots;
  std::size_t size = 0;
  Lines lines(text);
  while (lines.next()) {
    const std::string_view line = trimmed(lines.line());
    if (const auto name = option_name(line)) names.add(*name);
    if (!line.starts_with("V:") && !line.starts_with("v:")) continue;
    const std::string_view rest = trimmed(line.substr(2));
    const std::string_view ranks = rest.substr(0, rest.find_first_of(" \t"));
    if (size == 0) size = ranks.size();
    if (ranks.size() != size) throw lines.error(fmt::format("not {} options", size));
    ballots.push_back(choice_of(ranks, lines));
  }
  for (std::size_t i = names.size(); i < size; ++i)
    names.add(fmt::format("option-{}", i + 1));
  if (size > 0 && names.size() != size) {
    throw Error{ErrorKind::unacceptable, fmt::format("{} are named, and ballots have {}",
                                                     counted(names.size(), "option"), size)};
  }
  Interchange out{{}, Ballots(names.size())};
  for (const Choice& choice : ballots)
    out.ballots.add(choice);
  out.candidates = std::move(names).take();
  return out;
}

}  // namespace paperclub::vote
