#include "lib/publish/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

using vote::Candidate;

// A matrix of more candidates than this is for JSON alone.
constexpr std::size_t kMaxMatrix = 30;

// The names of the candidates as `count` numbers them.
class Names {
 public:
  explicit Names(const Tally& tally) {
    for (const Candidate one : tally.decision.counted)
      names_.push_back(tally.names[one]);
  }
  const std::string& of(std::size_t one) const { return names_[one]; }
  std::string list(const std::vector<Candidate>& some, const char* between = ", ") const {
    std::string out;
    for (const Candidate one : some)
      out += (out.empty() ? "" : between) + names_[one];
    return out;
  }

 private:
  std::vector<std::string> names_;
};

std::string outcome_line(const Tally& tally, const Names& names) {
  const vote::Count& count = tally.decision.count;
  if (tally.decision.outcome == vote::Outcome::no_decision)
    return "no decision: " + tally.decision.why;
  if (tally.decision.outcome == vote::Outcome::no_paper) return "no paper: " + tally.decision.why;
  const std::string ties = tie_words(count);
  return fmt::format("elected: {}{}", names.list(count.winners),
                     ties.empty() ? "" : " (" + ties + ")");
}

TallySection head_section(const Tally& tally, const Names& names) {
  const vote::Decision& decision = tally.decision;
  TallySection section{outcome_line(tally, names)};
  section.lines.push_back(
      fmt::format("{}, {}, {}", tally.subject, counted(decision.ballots, "ballot"),
                  decision.count.method.empty() ? std::string(tally.rules.method->name)
                                                : decision.count.method));
  if (decision.count.seats > 1)
    section.lines.push_back(fmt::format("{} seats", decision.count.seats));
  if (decision.empty > 0)
    section.lines.push_back(fmt::format("{} empty", counted(decision.empty, "ballot")));
  if (decision.count.derived > 0) {
    section.lines.push_back(fmt::format("{} read through another field of theirs",
                                        counted(decision.count.derived, "ballot")));
  }
  const std::uint64_t silent = decision.ballots - decision.empty;
  if (decision.count.counted < silent) {
    // Against "no paper" those were heard, too.
    section.lines.push_back(fmt::format(
        "{} {}", counted(silent - decision.count.counted, "ballot"),
        decision.none.empty() ? "without a word for this method" : "with no paper that is left"));
  }
  if (!decision.dropped.empty()) {
    std::vector<std::string> dropped;
    for (const Candidate one : decision.dropped)
      dropped.push_back(fmt::format("{} ({} to {})", tally.names[one], decision.none[one].first,
                                    decision.none[one].second));
    section.lines.push_back(fmt::format("not above 'no paper': {}", fmt::join(dropped, ", ")));
  }
  section.lines.insert(section.lines.end(), tally.notes.begin(), tally.notes.end());
  if (decision.outcome != vote::Outcome::elected && !decision.count.winners.empty())
    section.lines.emplace_back("what follows tells how the ballots stand; it elects nobody");
  return section;
}

TallySection turnout_section(const RoundFacts& round) {
  TallySection section{"turnout"};
  if (round.roll) {
    section.lines.push_back(fmt::format("{} of {} have voted: {}", round.voters.size(), *round.roll,
                                        fmt::join(round.voters, ", ")));
  } else {
    section.lines.push_back(fmt::format("{} counted: {}", counted(round.voters.size(), "ballot"),
                                        fmt::join(round.voters, ", ")));
  }
  if (!round.not_voted.empty())
    section.lines.push_back(fmt::format("not yet: {}", fmt::join(round.not_voted, ", ")));
  for (const auto& [member, recorder] : round.recorded)
    section.lines.push_back(fmt::format("{}: recorded by {}", member, recorder));
  section.lines.insert(section.lines.end(), round.remarks.begin(), round.remarks.end());
  section.lines.push_back(
      fmt::format("counted at {}{}", round.commit, round.closed ? ", closed" : ""));
  section.lines.push_back(fmt::format("digest of the ballots: {}", round.digest));
  return section;
}

TallySection left_out_section(const RoundFacts& round) {
  TallySection section{"ballots that did not count", {}, {"MEMBER", "BALLOT", "COMMIT", "REASON"}};
  for (const LeftOut& one : round.left_out)
    section.rows.push_back(
        {one.member, one.ballot.substr(0, 10), one.commit.substr(0, 10), one.reason});
  return section;
}

TallySection score_section(const vote::Count& count, const Names& names) {
  TallySection section{"scores", {}, {"PAPER", "SCORE"}};
  vote::Fraction most;
  for (const vote::Fraction& score : count.scores)
    most = std::max(most, score);
  for (const auto& tier : count.ranking) {
    for (const Candidate one : tier) {
      section.rows.push_back({names.of(one), vote::text_of(count.scores[one])});
      const vote::Fraction share =
          most > 0 ? vote::Fraction(count.scores[one] / most) : vote::Fraction();
      section.bars.push_back(std::max(0.0, share.get_d()));  // for the eye alone
    }
  }
  if (!count.ranking.empty()) return section;
  for (std::size_t one = 0; one < count.scores.size(); ++one)
    section.rows.push_back({names.of(one), vote::text_of(count.scores[one])});
  return section;
}

TallySection ranking_section(const vote::Count& count, const Names& names) {
  TallySection section{"ranking", {}, {"PLACE", "PAPER"}};
  std::size_t place = 1;
  for (const auto& tier : count.ranking) {
    section.rows.push_back({std::to_string(place), names.list(tier, " = ")});
    place += tier.size();
  }
  return section;
}

// One row for each paper, with what `cell` says of it and each other one; of many papers none, for
// nobody could read it.
template <typename Cell>
TallySection matrix_section(const char* title, std::size_t size, const Names& names, Cell cell) {
  TallySection section{title};
  if (size > kMaxMatrix) {
    section.lines.push_back(fmt::format("the table of {} papers is in --format json", size));
    return section;
  }
  section.has_column_each = true;
  section.head.emplace_back();
  for (std::size_t b = 0; b < size; ++b)
    section.head.push_back(names.of(b));
  for (std::size_t a = 0; a < size; ++a) {
    std::vector<std::string> row{names.of(a)};
    for (std::size_t b = 0; b < size; ++b)
      row.push_back(a == b ? "-" : cell(a, b));
    section.rows.push_back(std::move(row));
  }
  return section;
}

// How many rank the row's paper above the column's, by how many more than the other way round, and
// what follows.
TallySection pairs_section(const vote::Count& count, const Names& names) {
  const vote::Matrix& pairs = *count.pairs;
  TallySection section =
      matrix_section("pairs", pairs.size(), names, [&pairs](std::size_t a, std::size_t b) {
        return fmt::format("{} ({:+})", pairs.at(a, b), pairs.at(a, b) - pairs.at(b, a));
      });
  const auto winner = vote::condorcet_winner(pairs);
  section.lines.push_back(winner ? fmt::format("Condorcet winner: {}", names.of(*winner))
                                 : std::string("no Condorcet winner"));
  section.lines.push_back(fmt::format("Smith set: {}", names.list(vote::smith_set(pairs))));
  for (std::size_t one = 0; one < count.margins.size(); ++one)
    section.lines.push_back(
        fmt::format("sum of margins, {}: {}", names.of(one), count.margins[one]));
  return section;
}

const char* word_for(vote::Action action) {
  switch (action) {
    case vote::Action::count: return "first count";
    case vote::Action::elect: return "elected";
    case vote::Action::transfer: return "surplus of";
    case vote::Action::exclude: return "out";
    case vote::Action::runoff: return "runoff";
  }
  return "";
}

TallySection rounds_section(const vote::Count& count, const Names& names, std::size_t size) {
  TallySection section{"rounds", {}, {"", "WHAT"}};
  section.has_column_each = true;
  if (count.quota) section.lines.push_back(fmt::format("quota: {}", vote::text_of(*count.quota)));
  for (std::size_t one = 0; one < size; ++one)
    section.head.push_back(names.of(one));
  section.head.emplace_back("EXHAUSTED");
  for (std::size_t i = 0; i < count.rounds.size(); ++i) {
    const vote::Round& round = count.rounds[i];
    std::string what = word_for(round.action);
    if (!round.candidates.empty()) what += " " + names.list(round.candidates);
    if (!round.rule.empty()) what += " (" + round.rule + ")";
    if (!round.elected.empty() && round.elected != round.candidates)
      what += "; elected " + names.list(round.elected);
    std::vector<std::string> row{std::to_string(i + 1), what};
    for (std::size_t one = 0; one < size; ++one) {
      const bool told = one < round.tallies.size() && round.tallies[one];
      row.push_back(told ? vote::text_of(*round.tallies[one]) : "");
    }
    row.push_back(vote::text_of(round.exhausted));
    section.rows.push_back(std::move(row));
  }
  return section;
}

// What the supporters of each paper have together before each round: it is affordable from 1 on.
TallySection purses_section(const vote::Count& count, const Names& names, std::size_t size) {
  TallySection section{"purses", {}, {""}};
  section.has_column_each = true;
  section.lines.push_back(
      fmt::format("each ballot has {} at first; a paper costs 1, which its "
                  "supporters pay",
                  vote::text_of(*count.purse)));
  for (std::size_t one = 0; one < size; ++one)
    section.head.push_back(names.of(one));
  for (std::size_t i = 0; i < count.rounds.size(); ++i) {
    if (count.rounds[i].purses.empty()) continue;
    std::vector<std::string> row{std::to_string(i + 1)};
    for (const vote::Fraction& purse : count.rounds[i].purses)
      row.push_back(vote::text_of(purse));
    section.rows.push_back(std::move(row));
  }
  return section;
}

TallySection paths_section(const vote::Count& count, const Names& names) {
  const vote::Matrix& paths = *count.paths;
  TallySection section = matrix_section(
      "strongest paths", paths.size(), names,
      [&paths](std::size_t a, std::size_t b) { return std::to_string(paths.at(a, b)); });
  for (const auto& route : count.routes)
    section.lines.push_back(names.list(route, " > "));
  return section;
}

TallySection locks_section(const vote::Count& count, const Names& names) {
  TallySection section{"pairs in order", {}, {"PAIR", "VOTES", "LOCKED"}};
  for (const vote::Lock& lock : count.locks) {
    section.rows.push_back(
        {fmt::format("{} > {}", names.of(lock.winner), names.of(lock.loser)),
         fmt::format("{}:{}", lock.votes, lock.opposing),
         lock.cycle.empty() ? "yes" : fmt::format("no: {}", names.list(lock.cycle, " > "))});
  }
  return section;
}

TallySection ties_section(const vote::Count& count, const Names& names) {
  TallySection section{"ties", {}, {"WHERE", "TIED", "CHOSEN", "BY"}};
  for (const vote::Tie& tie : count.ties)
    section.rows.push_back({tie.step, names.list(tie.candidates), names.of(tie.chosen), tie.rule});
  return section;
}

TallySection others_section(const Tally& tally) {
  TallySection section{"what other methods would choose", {}, {"METHOD", "PAPERS"}};
  for (const OtherMethod& other : tally.others) {
    section.rows.push_back({other.name, other.is_too_large
                                            ? "too large to be counted"
                                            : fmt::format("{}{}", fmt::join(other.winners, ", "),
                                                          other.tied ? " (tie)" : "")});
  }
  return section;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells)
    row += fmt::format(" {} |", cell.empty() ? "" : markdown_text(cell));
  return row + "\n";
}

}  // namespace

std::string tie_words(const vote::Count& count) {
  if (!count.tied) return {};
  const auto is_elected = [&count](Candidate one) {
    return std::find(count.winners.begin(), count.winners.end(), one) != count.winners.end();
  };
  // Between who is elected and who is not; else the lot chose an order, which may have led there.
  const bool is_last = std::any_of(count.ties.begin(), count.ties.end(), [&](const vote::Tie& tie) {
    return tie.rule == "lot" &&
           std::any_of(tie.candidates.begin(), tie.candidates.end(), is_elected) &&
           !std::all_of(tie.candidates.begin(), tie.candidates.end(), is_elected);
  });
  return is_last ? "a tie, broken by the lot order" : "ties on the way, broken by the lot order";
}

std::vector<OtherMethod> other_methods(const vote::Ballots& ballots, const vote::Rules& rules,
                                       const std::vector<std::string>& names) {
  std::vector<OtherMethod> others;
  for (const vote::Method& method : vote::methods()) {
    const bool fits = !method.several_seats || rules.options.seats > 1;
    if (method.name == rules.method->name || !fits) continue;
    if (is_too_large(method, rules.options.seats, ballots.candidates())) {
      others.push_back({std::string(method.name), {}, false, true});
      continue;
    }
    vote::Rules same = rules;
    same.method = &method;
    const vote::Decision decision = vote::decide(ballots, same);
    if (decision.count.counted == 0) continue;
    OtherMethod other{std::string(method.name), {}, decision.count.tied};
    for (const Candidate one : decision.count.winners)
      other.winners.push_back(names[decision.counted[one]]);
    if (other.winners.empty()) other.winners.emplace_back("no paper");
    others.push_back(std::move(other));
  }
  return others;
}

std::vector<TallySection> tally_sections(const Tally& tally) {
  const Names names(tally);
  const vote::Count& count = tally.decision.count;
  const std::size_t size = tally.decision.counted.size();
  std::vector<TallySection> sections{head_section(tally, names)};
  const auto add = [&sections](bool there, auto make) {
    if (there) sections.push_back(make());
  };
  add(!count.scores.empty(), [&] { return score_section(count, names); });
  add(count.scores.empty() && !count.ranking.empty(),
      [&] { return ranking_section(count, names); });
  add(count.pairs.has_value(), [&] { return pairs_section(count, names); });
  add(!count.rounds.empty(), [&] { return rounds_section(count, names, size); });
  add(count.purse.has_value(), [&] { return purses_section(count, names, size); });
  add(count.paths.has_value(), [&] { return paths_section(count, names); });
  add(!count.locks.empty(), [&] { return locks_section(count, names); });
  add(!count.ties.empty(), [&] { return ties_section(count, names); });
  add(tally.round.has_value(), [&] { return turnout_section(*tally.round); });
  add(tally.round && !tally.round->left_out.empty(),
      [&] { return left_out_section(*tally.round); });
  add(!tally.others.empty(), [&] { return others_section(tally); });
  return sections;
}

std::string tally_markdown(const Tally& tally) {
  std::string out;
  for (const TallySection& section : tally_sections(tally)) {
    out += fmt::format("{}{} {}\n\n", out.empty() ? "" : "\n", out.empty() ? "#" : "##",
                       markdown_text(section.title));
    for (const std::string& line : section.lines)
      out += fmt::format("- {}\n", markdown_text(line));
    if (section.rows.empty()) continue;
    if (!section.lines.empty()) out += "\n";
    out += markdown_row(section.head);
    out += "|";
    for (std::size_t i = 0; i < section.head.size(); ++i)
      out += " --- |";
    out += "\n";
    for (const auto& row : section.rows)
      out += markdown_row(row);
  }
  return out;
}

}  // namespace paperclub::publish
