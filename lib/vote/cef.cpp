// CEF, the Condorcet Election Format (`.cvotes`).
// Definition: CondorcetVote/CondorcetElectionFormat, version 1.  Unranked candidates share the last
// place (`Implicit Ranking: true`); names that are no candidates are left out, as it says.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "lib/base/text.hpp"
#include "lib/vote/lines.hpp"

namespace paperclub::vote {
namespace {

constexpr std::string_view kEmpty = "/EMPTY_RANKING/";

// What a name may not hold; the other signs of the format part names before they are seen.
constexpr std::string_view kNotInNames = ",/";

// What one line says, in the terms of the text.
struct Vote {
  std::string_view ranking;
  std::uint64_t count = 1;
};

// A view into the text is the key: a million lines name ten candidates each.
using Numbers = std::unordered_map<std::string_view, Candidate>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Interchange read() {
    read_parameters();
    Numbers numbers;
    for (const std::string& name : names_)
      numbers.emplace(name, static_cast<Candidate>(numbers.size()));
    Interchange out{names_, Ballots(names_.size()), seats_};
    std::vector<Place> places;
    each_vote([&](const Vote& vote, const Lines& lines) {
      place(vote.ranking, numbers, places, lines);
      out.ballots.add_ranking(places, vote.count);
      check_size(out.ballots);
    });
    if (unknown_ > 0)
      out.notes.push_back(
          fmt::format("{} not among the candidates left out", counted(unknown_, "name")));
    if (explicit_)
      out.notes.emplace_back("unranked candidates are counted as last, whatever the file says");
    return out;
  }

 private:
  void read_parameters() {
    Names names;
    Lines lines(text_);
    while (lines.next()) {
      const std::string_view line = trimmed(lines.line());
      if (!line.starts_with("#/")) continue;
      const std::size_t colon = line.find(':');
      if (colon == line.npos) throw lines.error("a parameter needs a colon");
      parameter(fold(trimmed(line.substr(2, colon - 2))), trimmed(line.substr(colon + 1)), names,
                lines);
    }
    if (names.size() == 0) {
      each_vote([&](const Vote& vote, const Lines& at) {
        if (vote.ranking == kEmpty) return;
        for (const std::string_view tier : split(vote.ranking, '>')) {
          for (const std::string_view name : split(tier, '=')) {
            refuse_signs(name, at);
            if (!name.empty()) names.add(name);
          }
        }
      });
    }
    names_ = std::move(names).take();
  }

  static void refuse_signs(std::string_view name, const Lines& lines) {
    if (name.find_first_of(kNotInNames) == name.npos) return;
    throw lines.error(fmt::format("a name may hold neither ',' nor '/': {}", quote(name, 100)));
  }

  void parameter(const std::string& key, std::string_view value, Names& names, const Lines& lines) {
    if (key == "candidates") {
      for (const std::string_view name : split(value, ';')) {
        if (name.empty()) continue;
        if (names.find(name)) throw lines.error(fmt::format("{} stands twice", quote(name, 100)));
        refuse_signs(name, lines);
        names.add(name);
      }
    } else if (key == "number of seats") {
      seats_ = read_number(value, lines);
      if (*seats_ == 0) throw lines.error("no seats are to be filled");
    } else if (key == "implicit ranking") {
      explicit_ = fold(value) == "false";
    } else if (key == "weight allowed") {
      weights_ = fold(value) == "true";
    }
  }

  // Calls `visit` with each vote of the text, in order.
  template <typename Visit>
  void each_vote(Visit visit) const {
    Lines lines(text_);
    while (lines.next()) {
      std::string_view line = lines.line();
      line = line.substr(0, line.find('#'));
      while (!line.empty()) {
        const std::size_t end = std::min(line.find(';'), line.size());
        const std::string_view part = trimmed(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
        if (!part.empty()) visit(vote_of(part, lines), lines);
      }
    }
  }

  Vote vote_of(std::string_view part, const Lines& lines) const {
    if (const std::size_t tags = part.find("||"); tags != part.npos) part.remove_prefix(tags + 2);
    Vote vote;
    if (const std::size_t star = part.rfind('*'); star != part.npos) {
      vote.count = read_number(trimmed(part.substr(star + 1)), lines);
      part = part.substr(0, star);
    }
    if (const std::size_t weight = part.rfind('^'); weight != part.npos) {
      const std::uint64_t value = read_number(trimmed(part.substr(weight + 1)), lines);
      if (weights_ && value != 0 && vote.count > kMaxBallots / value)
        throw lines.error("too many ballots");
      if (weights_) vote.count *= value;
      part = part.substr(0, weight);
    }
    vote.ranking = trimmed(part);
    return vote;
  }

  void place(std::string_view ranking, const Numbers& numbers, std::vector<Place>& places,
             const Lines& lines) {
    places.assign(numbers.size() + 1, kUnranked);
    if (ranking == kEmpty) return;
    Place tier = 0;
    bool used = false;  // whether the tier holds a candidate
    while (true) {
      const std::size_t end = std::min(ranking.find_first_of(">="), ranking.size());
      const std::string_view name = trimmed(ranking.substr(0, end));
      if (name.empty()) throw lines.error("a name is missing between '>' and '='");
      const auto known = numbers.find(name);
      if (known == numbers.end()) {
        ++unknown_;
      } else if (places[known->second] != kUnranked) {
        throw lines.error(fmt::format("{} stands twice", quote(name, 100)));
      } else {
        places[known->second] = tier;
        used = true;
      }
      if (end == ranking.size()) return;
      if (ranking[end] == '>' && used) {
        ++tier;
        used = false;
      }
      ranking.remove_prefix(end + 1);
    }
  }

  std::string_view text_;
  std::vector<std::string> names_;
  std::optional<std::size_t> seats_;
  bool explicit_ = false;
  bool weights_ = false;
  std::size_t unknown_ = 0;
};

}  // namespace

Interchange read_cef(std::string_view text) { return Reader(text).read(); }

std::string write_cef(const Interchange& what) {
  check_names(what.candidates, ">=;,#/*^:|", "CEF");
  std::string out = fmt::format("#/Candidates: {}\n", fmt::join(what.candidates, " ; "));
  if (what.seats) out += fmt::format("#/Number of Seats: {}\n", *what.seats);
  out += "#/Implicit Ranking: true\n";
  what.ballots.for_each([&](const Choice& choice, std::uint64_t count) {
    if (choice.score || choice.approve) {
      throw Error{ErrorKind::unacceptable, "CEF holds rankings, and here are other ballots"}.hint(
          "write approvals as preflib, scores as abif");
    }
    std::string line;
    for (const std::vector<Candidate>& tier :
         choice.rank.value_or(std::vector<std::vector<Candidate>>())) {
      std::string names;
      for (const Candidate one : tier) {
        if (one == what.ballots.none()) continue;
        names += (names.empty() ? "" : " = ") + what.candidates[one];
      }
      if (!names.empty()) line += (line.empty() ? "" : " > ") + names;
    }
    out += line.empty() ? std::string(kEmpty) : line;
    out += count == 1 ? "\n" : fmt::format(" * {}\n", count);
  });
  return out;
}

}  // namespace paperclub::vote
