// ABIF, the Aggregated Ballot Information Format (`.abif`): ranks, scores or both.
// Definition: electorama/abif on GitHub.  `27: a/5 > b/3 = c` are 27 ballots; candidates that are
// parted by commas alone have scores and no ranks; `=a: [Full Name]` gives a name, which is not
// needed here.
#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

constexpr std::uint64_t kMaxScore = 1'000'000;

// One candidate of a line, and what stands behind it.
struct Item {
  std::string_view name;
  std::optional<std::int32_t> score;
  char separator = '\0';  // '>', '=', ',' or nothing at the end
};

std::size_t end_of_name(std::string_view text, const Lines& lines) {
  if (!text.starts_with('[')) return std::min(text.find_first_of(">=,/"), text.size());
  const std::size_t close = text.find(']');
  if (close == text.npos) throw lines.error("a bracket is not closed");
  return close + 1;
}

Item next_item(std::string_view& text, const Lines& lines) {
  text = trimmed(text);
  const std::size_t end = end_of_name(text, lines);
  Item item;
  item.name = trimmed(text.substr(0, end));
  if (item.name.starts_with('[')) item.name = trimmed(item.name.substr(1, item.name.size() - 2));
  if (item.name.empty()) throw lines.error("the name of a candidate is missing");
  text = trimmed(text.substr(end));
  if (text.starts_with('/')) {
    const std::size_t behind = std::min(text.find_first_of(">=,"), text.size());
    const std::uint64_t score = read_number(trimmed(text.substr(1, behind - 1)), lines);
    if (score > kMaxScore) throw lines.error("the score is too large");
    item.score = static_cast<std::int32_t>(score);
    text = trimmed(text.substr(behind));
  }
  if (!text.empty()) {
    item.separator = text.front();
    if (item.separator != '>' && item.separator != '=' && item.separator != ',')
      throw lines.error("'>', '=' or ',' must stand between candidates");
    text.remove_prefix(1);
    if (trimmed(text).empty()) throw lines.error("the name of a candidate is missing");
  }
  return item;
}

std::vector<Item> items_of(std::string_view text, const Lines& lines) {
  std::vector<Item> items;
  while (!trimmed(text).empty())
    items.push_back(next_item(text, lines));
  return items;
}

Choice choice_of(const std::vector<Item>& items, Names& names, const Lines& lines) {
  Choice choice;
  std::vector<std::vector<Candidate>> tiers(1);
  std::vector<std::pair<Candidate, std::int32_t>> scores;
  std::vector<Candidate> seen;
  bool ranked = false;  // one alone with a score has that alone: its rank follows
  for (const Item& item : items) {
    const Candidate candidate = names.add(item.name);
    if (std::find(seen.begin(), seen.end(), candidate) != seen.end())
      throw lines.error(fmt::format("{} stands twice", quote(item.name, 100)));
    seen.push_back(candidate);
    tiers.back().push_back(candidate);
    if (item.score) scores.emplace_back(candidate, *item.score);
    ranked = ranked || item.separator == '>' || item.separator == '=';
    if (item.separator == '>') tiers.emplace_back();
  }
  if (!scores.empty()) choice.score = std::move(scores);
  if (items.empty()) tiers.clear();
  if (ranked || !choice.score) choice.rank = std::move(tiers);
  return choice;
}

// What one line of ballots says, before all candidates are known.
struct Line {
  Choice choice;
  std::uint64_t count = 0;
};

// A name as the format needs it.
std::string name_for(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
  return plain ? name : fmt::format("[{}]", name);
}

}  // namespace

Interchange read_abif(std::string_view text) {
  Names names;
  std::vector<Line> ballots;
  Lines lines(text);
  while (lines.next()) {
    std::string_view line = trimmed(lines.line());
    line = trimmed(line.substr(0, line.find('#')));
    if (line.empty() || line.front() == '{') continue;  // of its settings none matters here
    const std::size_t bracket = line.starts_with("=[") ? line.find(']') : 0;
    const std::size_t colon = line.find(':', std::min(bracket, line.size()));
    if (colon == line.npos) throw lines.error("a line of ballots is 'NUMBER: a > b = c'");
    if (line.front() == '=') {
      std::string_view name = trimmed(line.substr(1, colon - 1));
      if (name.starts_with('[') && name.ends_with(']'))
        name = trimmed(name.substr(1, name.size() - 2));
      names.add(name);
      continue;
    }
    const std::uint64_t count = read_number(trimmed(line.substr(0, colon)), lines);
    ballots.push_back({choice_of(items_of(line.substr(colon + 1), lines), names, lines), count});
  }
  Interchange out{{}, Ballots(names.size())};
  for (const Line& line : ballots) {
    out.ballots.add(line.choice, line.count);
    check_size(out.ballots);
  }
  out.candidates = std::move(names).take();
  return out;
}

std::string write_abif(const Interchange& what) {
  check_names(what.candidates, "[]#", "ABIF");
  std::string out;
  for (const std::string& name : what.candidates)
    out += fmt::format("={}: [{}]\n", name_for(name), name);
  what.ballots.for_each([&](const Choice& choice, std::uint64_t count) {
    if (choice.approve) {
      throw Error{ErrorKind::unacceptable, "ABIF holds rankings and scores, and here are approvals"}
          .hint("write preflib");
    }
    std::vector<std::optional<std::int32_t>> scores(what.candidates.size());
    if (choice.score) {
      for (const auto& [candidate, score] : *choice.score)
        scores[candidate] = score;
    }
    const auto item = [&](Candidate one) {
      const std::string name = name_for(what.candidates[one]);
      return scores[one] ? fmt::format("{}/{}", name, *scores[one]) : name;
    };
    std::vector<std::string> tiers;
    if (choice.rank) {
      for (const std::vector<Candidate>& tier : *choice.rank) {
        std::vector<std::string> names;
        for (const Candidate one : tier) {
          if (one != what.ballots.none()) names.push_back(item(one));
        }
        if (!names.empty()) tiers.push_back(fmt::format("{}", fmt::join(names, " = ")));
      }
      out += fmt::format("{}: {}\n", count, fmt::join(tiers, " > "));
    } else {
      for (std::size_t one = 0; one < scores.size(); ++one) {
        if (scores[one]) tiers.push_back(item(static_cast<Candidate>(one)));
      }
      out += fmt::format("{}: {}\n", count, fmt::join(tiers, ", "));
    }
  });
  return out;
}

}  // namespace paperclub::vote
