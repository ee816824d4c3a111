#include "lib/vote/interchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 5> kNames = {
    {{"cef", Format::cef},
     {"preflib", Format::preflib},
     {"abif", Format::abif},
     {"blt", Format::blt},
     {"debian", Format::debian}}};

constexpr std::array<std::pair<std::string_view, Format>, 10> kEndings = {
    {{".cvotes", Format::cef},
     {".cef", Format::cef},
     {".soc", Format::preflib},
     {".soi", Format::preflib},
     {".toc", Format::preflib},
     {".toi", Format::preflib},
     {".cat", Format::preflib},
     {".abif", Format::abif},
     {".blt", Format::blt},
     {"_tally.txt", Format::debian}}};

}  // namespace

std::optional<Format> format_called(std::string_view name) {
  for (const auto& [known, format] : kNames) {
    if (known == name) return format;
  }
  return std::nullopt;
}

std::optional<Format> format_of_file(std::string_view path) {
  for (const auto& [ending, format] : kEndings) {
    if (path.ends_with(ending)) return format;
  }
  return std::nullopt;
}

namespace {

constexpr std::string_view kNone = "none";

Interchange read(Format format, std::string_view text) {
  switch (format) {
    case Format::cef: return read_cef(text);
    case Format::preflib: return read_preflib(text);
    case Format::abif: return read_abif(text);
    case Format::blt: return read_blt(text);
    case Format::debian: return read_debian(text);
  }
  return {{}, Ballots(0)};
}

// The ballots with every candidate called by another number.
Ballots renumbered(const Ballots& ballots, std::size_t size, const std::vector<Candidate>& number) {
  Ballots out(size);
  ballots.for_each([&](Choice choice, std::uint64_t count) {
    const auto change = [&](std::vector<Candidate>& list) {
      for (Candidate& one : list)
        one = number[one];
    };
    if (choice.approve) change(*choice.approve);
    if (choice.rank) std::for_each(choice.rank->begin(), choice.rank->end(), change);
    if (choice.score) {
      for (auto& one : *choice.score)
        one.first = number[one.first];
    }
    // Nobody approves or scores "no paper".
    if (choice.approve) std::erase(*choice.approve, out.none());
    if (choice.score)
      std::erase_if(*choice.score, [&](auto& one) { return one.first == out.none(); });
    out.add(choice, count);
  });
  return out;
}

// Takes `none` out of the candidates.
void part_none(Interchange& what) {
  const auto found = std::find(what.candidates.begin(), what.candidates.end(), kNone);
  if (found == what.candidates.end()) return;
  const auto at = static_cast<std::size_t>(found - what.candidates.begin());
  const std::size_t size = what.candidates.size() - 1;
  std::vector<Candidate> number(size + 2, static_cast<Candidate>(size));
  for (std::size_t i = 0; i <= size; ++i) {
    if (i != at) number[i] = static_cast<Candidate>(i < at ? i : i - 1);
  }
  what.ballots = renumbered(what.ballots, size, number);
  what.candidates.erase(found);
  what.none = true;
}

// The same with `none` as the last candidate.
Interchange with_none(const Interchange& what) {
  Interchange out = what;
  const std::size_t size = what.candidates.size();
  std::vector<Candidate> number(size + 1);
  for (std::size_t i = 0; i <= size; ++i)
    number[i] = static_cast<Candidate>(i);
  out.candidates.emplace_back(kNone);
  out.ballots = renumbered(what.ballots, size + 1, number);
  return out;
}

}  // namespace

Interchange read_interchange(Format format, std::string_view text) {
  // Some editors begin a file with a mark of the order of bytes, which says nothing here.
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  Interchange what = read(format, text);
  part_none(what);
  return what;
}

std::string write_interchange(Format format, const Interchange& ballots) {
  const Interchange what = ballots.none ? with_none(ballots) : ballots;
  switch (format) {
    case Format::cef: return write_cef(what);
    case Format::preflib: return write_preflib(what);
    case Format::abif: return write_abif(what);
    case Format::blt: return write_blt(what);
    case Format::debian: break;
  }
  throw Error{ErrorKind::usage, "tally sheets of Debian are read, not written"}.hint(
      "write cef, preflib, abif or blt");
}

bool Lines::next() {
  if (rest_.empty()) return false;
  const std::size_t end = std::min(rest_.find('\n'), rest_.size());
  line_ = rest_.substr(0, end);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  ++number_;
  return true;
}

Error Lines::error(const std::string& what) const {
  return Error{ErrorKind::unacceptable, fmt::format("line {}: {}", number_, what)};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::uint64_t read_number(std::string_view text, const Lines& lines) {
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = problem == std::errc() && end == text.data() + text.size();
  if (!good || value > kMaxBallots) {
    throw lines.error(fmt::format("{} is no whole number up to {}", quote(text, 40), kMaxBallots));
  }
  return value;
}

Candidate Names::add(std::string_view name) {
  if (const auto known = find(name)) return *known;
  if (names_.size() == kMaxCandidates)
    throw Error{ErrorKind::limit, fmt::format("more than {} candidates", kMaxCandidates)};
  const auto number = static_cast<Candidate>(names_.size());
  names_.emplace_back(name);
  numbers_.emplace(name, number);
  return number;
}

std::optional<Candidate> Names::find(std::string_view name) const {
  const auto known = numbers_.find(name);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

void check_size(const Ballots& ballots) {
  constexpr std::size_t kMaxCells = 100'000'000;
  if (ballots.cells() > kMaxCells)
    throw Error{ErrorKind::limit, "too many different ballots for so many candidates"};
  if (ballots.size() > kMaxBallots)
    throw Error{ErrorKind::limit, fmt::format("more than {} ballots", kMaxBallots)};
}

namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

void check_names(const std::vector<std::string>& names, std::string_view special,
                 const char* format) {
  for (const std::string& name : names) {
    const bool good = !name.empty() && trimmed(name) == name &&
                      name.find_first_of(special) == name.npos &&
                      std::none_of(name.begin(), name.end(), is_control);
    if (good) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} has no form for a candidate called {}", format, quote(name, 100))}
        .hint("use ids for names");
  }
}

}  // namespace paperclub::vote
