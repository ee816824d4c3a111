// PrefLib: `.soc`, `.soi`, `.toc`, `.toi` for rankings, `.cat` for categories.
// Definition: preflib.org, "Data format", the layout with `# KEY: value` headers.  Of categories
// the first is what is approved.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

// The headers, and where the ballots begin.
struct Header {
  std::vector<std::string> names;
  bool categories = false;
  std::optional<std::uint64_t> voters;  // as the file says
};

// `ALTERNATIVE NAME 3` gives 3.
std::optional<std::size_t> number_behind(std::string_view key, std::string_view start,
                                         const Lines& lines) {
  if (!key.starts_with(start)) return std::nullopt;
  return read_number(trimmed(key.substr(start.size())), lines);
}

void read_header(std::string_view line, const Lines& lines, Header& header) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return;
  const std::string_view key = trimmed(line.substr(1, colon - 1));
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (key == "NUMBER ALTERNATIVES") {
    const std::uint64_t count = read_number(value, lines);
    if (count > kMaxCandidates)
      throw Error{ErrorKind::limit, fmt::format("more than {} candidates", kMaxCandidates)};
    header.names.resize(std::max<std::size_t>(header.names.size(), count));
  } else if (key == "NUMBER VOTERS") {
    header.voters = read_number(value, lines);
  } else if (key == "NUMBER CATEGORIES") {
    header.categories = true;
  } else if (const auto number = number_behind(key, "ALTERNATIVE NAME ", lines)) {
    if (*number < 1 || *number > kMaxCandidates) throw lines.error("no such alternative");
    if (header.names.size() < *number) header.names.resize(*number);
    header.names[*number - 1] = value;
  }
}

// The tiers of `1,{2,3},4`, each with the numbers in it, from 0.
std::vector<std::vector<Candidate>> tiers_of(std::string_view text, std::size_t size,
                                             const Lines& lines) {
  std::vector<std::vector<Candidate>> tiers;
  std::vector<bool> seen(size, false);
  const auto add = [&](std::string_view word, std::vector<Candidate>& tier) {
    if (word.empty()) return;
    const std::uint64_t number = read_number(word, lines);
    if (number < 1 || number > size) throw lines.error("no such alternative");
    if (seen[number - 1]) throw lines.error("an alternative stands twice");
    seen[number - 1] = true;
    tier.push_back(static_cast<Candidate>(number - 1));
  };
  while (!(text = trimmed(text)).empty()) {
    tiers.emplace_back();
    std::size_t end = 0;
    if (text.front() == '{') {
      end = text.find('}');
      if (end == text.npos) throw lines.error("a brace is not closed");
      for (const std::string_view word : split(text.substr(1, end - 1), ','))
        add(word, tiers.back());
      end = text.find(',', end);
    } else {
      end = text.find(',');
      add(trimmed(text.substr(0, end)), tiers.back());
    }
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return tiers;
}

std::string names_of(const std::vector<Candidate>& tier, Candidate none) {
  std::vector<std::size_t> numbers;
  for (const Candidate one : tier) {
    if (one != none) numbers.push_back(one + std::size_t{1});
  }
  if (numbers.size() == 1) return fmt::format("{}", numbers.front());
  return fmt::format("{{{}}}", fmt::join(numbers, ","));
}

std::string line_of(const Choice& choice, const Ballots& ballots, bool categories) {
  std::vector<std::string> parts;
  if (categories) {
    const std::vector<Candidate>& approved = *choice.approve;
    std::vector<Candidate> others;
    for (std::size_t one = 0; one < ballots.candidates(); ++one) {
      const auto candidate = static_cast<Candidate>(one);
      if (std::find(approved.begin(), approved.end(), candidate) == approved.end())
        others.push_back(candidate);
    }
    return fmt::format("{},{}", names_of(approved, ballots.none()),
                       names_of(others, ballots.none()));
  }
  for (const std::vector<Candidate>& tier : *choice.rank) {
    const std::string names = names_of(tier, ballots.none());
    if (names != "{}") parts.push_back(names);
  }
  return fmt::format("{}", fmt::join(parts, ","));
}

}  // namespace

Interchange read_preflib(std::string_view text) {
  Header header;
  Lines lines(text);
  std::optional<Interchange> out;
  while (lines.next()) {
    const std::string_view line = trimmed(lines.line());
    if (line.empty()) continue;
    if (line.front() == '#') {
      if (out) throw lines.error("a header stands behind the ballots");
      read_header(line, lines, header);
      continue;
    }
    if (!out) {
      for (std::size_t i = 0; i < header.names.size(); ++i) {
        if (header.names[i].empty()) header.names[i] = fmt::format("{}", i + 1);
      }
      if (std::set<std::string>(header.names.begin(), header.names.end()).size() !=
          header.names.size())
        throw lines.error("two alternatives have one name");
      out.emplace(Interchange{header.names, Ballots(header.names.size())});
    }
    const std::size_t colon = line.find(':');
    if (colon == line.npos) throw lines.error("a line of ballots is 'NUMBER: 1,{2,3}'");
    const std::uint64_t count = read_number(trimmed(line.substr(0, colon)), lines);
    auto tiers = tiers_of(line.substr(colon + 1), header.names.size(), lines);
    Choice choice;
    if (header.categories) {
      choice.approve = tiers.empty() ? std::vector<Candidate>() : tiers.front();
    } else {
      choice.rank = std::move(tiers);
    }
    out->ballots.add(choice, count);
    check_size(out->ballots);
  }
  if (!out) out.emplace(Interchange{header.names, Ballots(header.names.size())});
  if (header.voters && *header.voters != out->ballots.size()) {
    out->notes.push_back(fmt::format("the file says {}, and its lines are those of {}",
                                     counted(*header.voters, "voter"), out->ballots.size()));
  }
  return std::move(*out);
}

std::string write_preflib(const Interchange& what) {
  check_names(what.candidates, "", "PrefLib");
  const bool categories = what.ballots.has_approvals();
  std::string ballots;
  std::size_t kinds = 0;
  what.ballots.for_each([&](const Choice& choice, std::uint64_t count) {
    const bool fits = categories ? choice.approve.has_value() : choice.rank.has_value();
    if (!fits || choice.score) {
      throw Error{ErrorKind::unacceptable,
                  "a file of PrefLib holds rankings or approvals, not both, and no scores"}
          .hint("write abif");
    }
    ballots += fmt::format("{}: {}\n", count, line_of(choice, what.ballots, categories));
    ++kinds;
  });
  std::string out = fmt::format(
      "# FILE NAME: ballots.{0}\n# DATA TYPE: {0}\n"
      "# NUMBER ALTERNATIVES: {1}\n# NUMBER VOTERS: {2}\n"
      "# NUMBER UNIQUE {3}: {4}\n",
      categories ? "cat" : "toi", what.candidates.size(), what.ballots.size(),
      categories ? "PREFERENCES" : "ORDERS", kinds);
  if (categories) {
    out += "# NUMBER CATEGORIES: 2\n# CATEGORY NAME 1: approved\n# CATEGORY NAME 2: not approved\n";
  }
  for (std::size_t i = 0; i < what.candidates.size(); ++i)
    out += fmt::format("# ALTERNATIVE NAME {}: {}\n", i + 1, what.candidates[i]);
  return out + ballots;
}

}  // namespace paperclub::vote
