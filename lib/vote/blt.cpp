// BLT, the format of OpenSTV and OpaVote (`.blt`).
// Definition: opavote.com, "BLT file format": `CANDIDATES SEATS`, withdrawn candidates as negative
// numbers, `WEIGHT 1 2=3 0` for each ballot, `0`, then the names in quotes and a title.
#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!(line = trimmed(line)).empty()) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

Candidate candidate_of(std::string_view word, std::size_t size, const Lines& lines) {
  const std::uint64_t number = read_number(word, lines);
  if (number < 1 || number > size) throw lines.error("no such candidate");
  return static_cast<Candidate>(number - 1);
}

// The tiers of `1 2=3 0`; a hyphen is a place left out.
std::vector<std::vector<Candidate>> tiers_of(const std::vector<std::string_view>& words,
                                             std::size_t size, const Lines& lines) {
  std::vector<std::vector<Candidate>> tiers;
  std::vector<bool> seen(size, false);
  if (words.back() != "0") throw lines.error("a ballot ends with 0");
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i] == "-") continue;
    tiers.emplace_back();
    for (const std::string_view word : split(words[i], '=')) {
      const Candidate one = candidate_of(word, size, lines);
      if (seen[one]) throw lines.error("a candidate stands twice");
      seen[one] = true;
      tiers.back().push_back(one);
    }
  }
  return tiers;
}

std::string unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

// What stands in front of `#`, which is a sign like others between quotes.
std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == '#' && !quoted) return line.substr(0, i);
  }
  return line;
}

// The next line that says something.
bool next_line(Lines& lines, std::string_view& line) {
  while (lines.next()) {
    line = trimmed(without_comment(lines.line()));
    if (!line.empty()) return true;
  }
  return false;
}

}  // namespace

Interchange read_blt(std::string_view text) {
  Lines lines(text);
  std::string_view line;
  if (!next_line(lines, line)) throw lines.error("the file is empty");
  const auto head = words_of(line);
  if (head.size() != 2) throw lines.error("the first line is 'CANDIDATES SEATS'");
  const std::uint64_t size = read_number(head[0], lines);
  if (size > kMaxCandidates)
    throw Error{ErrorKind::limit, fmt::format("more than {} candidates", kMaxCandidates)};
  Interchange out{{}, Ballots(size), read_number(head[1], lines)};
  if (*out.seats == 0) throw lines.error("no seats are to be filled");
  std::vector<bool> withdrawn(size, false);
  while (true) {
    if (!next_line(lines, line)) throw lines.error("the ballots do not end with 0");
    const auto words = words_of(line);
    if (words.size() == 1 && words[0] == "0") break;
    if (line.front() == '-') {
      for (const std::string_view word : words) {
        if (word.front() != '-') throw lines.error("a withdrawn candidate has a minus sign");
        withdrawn[candidate_of(word.substr(1), size, lines)] = true;
      }
      continue;
    }
    Choice choice;
    choice.rank = tiers_of(words, size, lines);
    out.ballots.add(choice, read_number(words[0], lines));
    check_size(out.ballots);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (!next_line(lines, line)) throw lines.error("the names of candidates are missing");
    std::string name = unquoted(line);
    if (std::find(out.candidates.begin(), out.candidates.end(), name) != out.candidates.end())
      throw lines.error("a candidate stands twice");
    out.candidates.push_back(std::move(name));
  }
  std::vector<Candidate> kept;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < size; ++i) {
    if (withdrawn[i]) continue;
    kept.push_back(static_cast<Candidate>(i));
    names.push_back(out.candidates[i]);
  }
  if (kept.size() == size) return out;
  out.notes.push_back(fmt::format("{} withdrawn", counted(size - kept.size(), "candidate")));
  out.ballots = out.ballots.restricted(kept);
  out.candidates = std::move(names);
  return out;
}

std::string write_blt(const Interchange& what) {
  check_names(what.candidates, "\"", "BLT");
  std::string out = fmt::format("{} {}\n", what.candidates.size(), what.seats.value_or(1));
  what.ballots.for_each([&](const Choice& choice, std::uint64_t count) {
    std::string line = fmt::format("{}", count);
    if (!choice.rank || choice.score || choice.approve) {
      throw Error{ErrorKind::unacceptable, "BLT holds rankings, and here are other ballots"}.hint(
          "write approvals as preflib, scores as abif");
    }
    for (const std::vector<Candidate>& tier : *choice.rank) {
      std::vector<std::size_t> numbers;
      for (const Candidate one : tier) {
        if (one != what.ballots.none()) numbers.push_back(one + std::size_t{1});
      }
      if (numbers.size() > 1) {
        throw Error{ErrorKind::unacceptable, "BLT has no equal ranks that every program reads"}
            .hint("write cef or preflib");
      }
      if (!numbers.empty()) line += fmt::format(" {}", numbers.front());
    }
    out += line + " 0\n";
  });
  out += "0\n";
  for (const std::string& name : what.candidates)
    out += fmt::format("\"{}\"\n", name);
  return out + "\"\"\n";
}

}  // namespace paperclub::vote
