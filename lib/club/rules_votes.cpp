#include <fmt/format.h>

#include <map>
#include <unordered_set>

#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"

namespace paperclub::club {
namespace {

constexpr std::string_view kNone = "none";

// Hints name no more candidates than one can read at a glance.
constexpr std::size_t kMaxNamed = 6;

std::string candidates_hint(const std::vector<std::string>& candidates, const std::string& file) {
  if (candidates.size() > kMaxNamed) return fmt::format("see 'candidates' in {}", file);
  return fmt::format("candidates: {}", fmt::join(candidates, ", "));
}

// The candidates of a round, in its order and to look one up.
struct Candidates {
  std::vector<std::string> texts;
  std::unordered_set<std::string> known;

  explicit Candidates(const record::Round& round) {
    for (const PaperId& id : round.candidates)
      texts.push_back(id.str());
    known.insert(texts.begin(), texts.end());
  }
};

void check_candidates(const RuleContext& context, const RoundRecord& round, Report& report) {
  const std::vector<PaperId>& candidates = round.round.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (has_paper(context, candidates[i].str())) continue;
    report.add(Rule::unknown_paper, round.file, {"candidates", item_called(candidates[i].str())},
               fmt::format("no paper has the id {}", quote(candidates[i].str(), 100)),
               paper_hint(context, candidates[i].str()));
  }
}

void check_chosen(const RoundRecord& round, const Candidates& candidates, const char* key,
                  const std::vector<PaperId>& chosen, Report& report) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (candidates.known.contains(chosen[i].str())) continue;
    report.add(Rule::not_a_candidate, round.file, {"result", key, item_called(chosen[i].str())},
               fmt::format("{} is not a candidate of the round", quote(chosen[i].str(), 100)),
               "a result is written by closing the round, not by hand");
  }
}

// --- ballots -------------------------------------------------------------------------------------

// One ballot beside its round.
struct BallotCheck {
  const RuleContext& context;
  const BallotRecord& ballot;
  const RoundRecord& round;
  const Candidates& candidates;
  Report& report;

  // What the club's settings say where the round is silent.
  const record::VotingRules& defaults() const { return context.snapshot.settings.voting; }

  void name(const std::string& name, const KeyPath& path, bool ranked) const {
    const bool none_here =
        ranked && name == kNone &&
        round.round.rules.none.value_or(defaults().none.value_or(!context.settings_known));
    if (none_here) return;
    if (candidates.known.contains(name)) return;
    const std::string near = near_word(context, name, candidates.texts);
    report.add(Rule::not_a_candidate, ballot.file, path,
               fmt::format("{} is not a candidate of round {}", quote(name), quote(round.id.str())),
               near.empty() ? candidates_hint(candidates.texts, round.file)
                            : fmt::format("did you mean {}?", quote(near)));
  }

  void ranks() const {
    std::map<std::string, std::size_t> seen;
    for (const std::vector<std::string>& tier : *ballot.ballot.rank) {
      for (const std::string& text : tier) {
        const std::size_t nth = seen[text]++;
        const KeyPath path{"rank", item_called(text, nth)};
        name(text, path, true);
        if (nth == 0) continue;
        report.add(Rule::duplicate_item, ballot.file, path,
                   fmt::format("'rank' names {} twice", quote(text)), "keep one of the two");
      }
    }
  }

  void scores() const {
    // The most may stand in a club.yaml that cannot be read.
    const bool known = round.round.rules.max_score || context.settings_known;
    const long long most =
        round.round.rules.max_score.value_or(defaults().max_score.value_or(record::kUsualMaxScore));
    for (const auto& [text, value] : *ballot.ballot.score) {
      name(text, {"score", key_called(text)}, false);
      if (value <= most || !known) continue;
      report.add(
          Rule::out_of_range, ballot.file, {"score", text},
          fmt::format("the score of {} must be at most {}, not {}", quote(text), most, value),
          fmt::format("write a number from 0 to {}", most));
    }
  }

  void all() const {
    const auto& approve = ballot.ballot.approve;
    for (std::size_t i = 0; approve && i < approve->size(); ++i) {
      name((*approve)[i], {"approve", item_called((*approve)[i])}, false);
    }
    if (ballot.ballot.rank) ranks();
    if (ballot.ballot.score) scores();
  }
};

// Who may vote in the round: by the round itself, else by the club's default, else anybody.
bool demands_roll(const RuleContext& context, const RoundRecord& round) {
  const std::string& own = round.round.rules.electorate;
  const std::string& electorate = own.empty() ? context.snapshot.settings.voting.electorate : own;
  return electorate == "members" || electorate == "signed";
}

// A share is one of the roll, and an open round has none.
void check_share(bool has_roll, const record::VotingRules& rules, const std::string& file,
                 const KeyPath& path, Report& report) {
  if (has_roll || !rules.quorum || rules.quorum->share.empty()) return;
  report.add(Rule::conflicting_keys, file, path,
             "'share' needs a roll of members, and an open round has none",
             "write quorum: {ballots: 3}, or electorate: members");
}

void check_member(const RuleContext& context, const BallotRecord& ballot, Report& report) {
  if (context.members.contains(ballot.member.str()) ||
      context.member_files.contains(ballot.member.str())) {
    return;
  }
  std::vector<std::string> ids;
  for (const MemberRecord& member : context.snapshot.members)
    ids.push_back(member.id.str());
  const std::string near = near_word(context, ballot.member.str(), ids);
  report.add(Rule::unknown_member, ballot.file, {},
             fmt::format("no member has the id {}", quote(ballot.member.str(), 100)),
             near.empty() ? "in this round only members may vote"
                          : fmt::format("did you mean {}?", quote(near)));
}

std::string round_hint(const RuleContext& context,
                       const std::map<std::string, const RoundRecord*>& rounds,
                       const std::string& id) {
  std::vector<std::string> ids;
  for (const auto& [known, record] : rounds)
    ids.push_back(known);
  const std::string near = near_word(context, id, ids);
  return near.empty() ? "a round is opened by adding votes/ROUND.yaml"
                      : fmt::format("did you mean {}?", quote(near));
}

}  // namespace

void check_votes(const RuleContext& context, Report& report) {
  const record::VotingRules& defaults = context.snapshot.settings.voting;
  const bool roll = defaults.electorate == "members" || defaults.electorate == "signed";
  check_share(roll || !context.settings_known, defaults, std::string(kClubFile),
              {"voting", "quorum", "share"}, report);
  std::map<std::string, const RoundRecord*> rounds;
  std::map<std::string, Candidates> candidates;  // by round
  for (const RoundRecord& round : context.snapshot.rounds) {
    rounds[round.id.str()] = &round;
    const Candidates& own = candidates.emplace(round.id.str(), round.round).first->second;
    check_candidates(context, round, report);
    check_share(demands_roll(context, round) || !context.settings_known, round.round.rules,
                round.file, {"quorum", "share"}, report);
    if (!round.round.result) continue;
    check_chosen(round, own, "winners", round.round.result->winners, report);
    check_chosen(round, own, "runners_up", round.round.result->runners_up, report);
  }
  for (const BallotRecord& ballot : context.snapshot.ballots) {
    const auto round = rounds.find(ballot.round);
    if (round == rounds.end()) {
      if (context.round_files.contains(ballot.round))
        continue;  // the round has findings of its own
      report.add(Rule::unknown_round, ballot.file, {},
                 fmt::format("there is no round {}", quote(ballot.round, 100)),
                 round_hint(context, rounds, ballot.round));
      continue;
    }
    BallotCheck{context, ballot, *round->second, candidates.at(ballot.round), report}.all();
    if (demands_roll(context, *round->second)) check_member(context, ballot, report);
  }
}

}  // namespace paperclub::club
