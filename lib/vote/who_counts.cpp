#include "lib/vote/who_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/text.hpp"
#include "lib/git/ssh_signature.hpp"

namespace paperclub::vote {
namespace {

using club::BallotVersion;
using club::RoundHistory;

constexpr std::string_view kNone = "none";
constexpr std::string_view kPrivate = "@users.noreply.github.com";
constexpr long long kUsualMaxScore = 5;

// Judges the choices of one ballot.
class ChoiceJudge {
 public:
  explicit ChoiceJudge(const record::Round& round) : round_(round) {
    for (std::size_t i = 0; i < round.candidates.size(); ++i)
      numbers_.emplace(round.candidates[i].str(), static_cast<Candidate>(i));
  }

  Verdict judge(const record::Ballot& ballot) {
    Verdict verdict;
    names_.clear();
    for (const std::string& name : ballot.approve.value_or(std::vector<std::string>()))
      look_at(name, false, verdict);
    names_.clear();
    for (const auto& tier : ballot.rank.value_or(std::vector<std::vector<std::string>>())) {
      for (const std::string& name : tier)
        look_at(name, true, verdict);
    }
    names_.clear();
    const long long most = round_.rules.max_score.value_or(kUsualMaxScore);
    if (!ballot.score) return verdict;
    for (const auto& [name, score] : *ballot.score) {
      look_at(name, false, verdict);
      if (verdict.fate == Fate::counts && (score < 0 || score > most)) {
        verdict = {Fate::out_of_range,
                   fmt::format("the score of {} is not from 0 to {}", quote(name, 100), most)};
      }
    }
    return verdict;
  }

  Choice choice(const record::Ballot& ballot) const {
    Choice choice;
    const auto list = [this](const std::vector<std::string>& names) {
      std::vector<Candidate> numbers;
      for (const std::string& name : names)
        numbers.push_back(number(name));
      return numbers;
    };
    if (ballot.approve) choice.approve = list(*ballot.approve);
    if (ballot.rank) {
      choice.rank.emplace();
      for (const auto& tier : *ballot.rank)
        choice.rank->push_back(list(tier));
    }
    if (ballot.score) {
      choice.score.emplace();
      for (const auto& [name, score] : *ballot.score)
        choice.score->emplace_back(number(name), static_cast<std::int32_t>(score));
    }
    return choice;
  }

 private:
  Candidate number(const std::string& name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? static_cast<Candidate>(numbers_.size()) : found->second;
  }

  void look_at(const std::string& name, bool ranked, Verdict& verdict) {
    if (verdict.fate != Fate::counts) return;
    const bool none_here = ranked && name == kNone && round_.rules.none.value_or(false);
    if (!none_here && !numbers_.contains(name)) {
      verdict = {Fate::not_a_candidate, fmt::format("{} is not a candidate", quote(name, 100))};
    } else if (!names_.insert(name).second) {
      verdict = {Fate::doubled, fmt::format("{} stands twice in it", quote(name, 100))};
    }
  }

  const record::Round& round_;
  std::map<std::string, Candidate> numbers_;
  std::set<std::string> names_;  // in the field that is looked at
};

class Judge {
 public:
  explicit Judge(const RoundHistory& history)
      : history_(history),
        choices_(history.round),
        judged_{std::vector<Verdict>(history.versions.size()),
                {},
                {},
                Ballots(history.round.candidates.size())} {
    for (const club::MemberRecord& member : history.roll)
      roll_.emplace(member.id.str(), &member.member);
  }

  Judged run() {
    std::map<std::string, std::vector<std::size_t>> by_member;
    for (std::size_t i = 0; i < history_.versions.size(); ++i) {
      judged_.verdicts[i] = judge_alone(i);
      if (judged_.verdicts[i].fate == Fate::counts)
        by_member[history_.versions[i].member].push_back(i);
    }
    std::string lines;
    for (auto& [member, good] : by_member) {
      if (is_open()) refuse_strangers(good);
      if (good.empty()) continue;
      const std::size_t newest = newest_of(good);
      settle(good, newest);
      if (judged_.verdicts[newest].fate != Fate::counts) continue;
      judged_.counting.push_back(newest);
      judged_.ballots.add(choices_.choice(history_.versions[newest].ballot));
      lines += fmt::format("{} {}\n", member, history_.versions[newest].blob.hex());
    }
    judged_.digest = git::sha256(lines);
    return std::move(judged_);
  }

 private:
  bool is_open() const { return history_.round.rules.electorate == "open"; }
  bool is_signed() const { return history_.round.rules.electorate == "signed"; }

  Verdict judge_alone(std::size_t i) {
    const BallotVersion& version = history_.versions[i];
    if (!version.in_time) return untimely(version);
    if (!version.fault.empty()) return {Fate::malformed, version.fault};
    if (!is_open()) {
      const auto member = roll_.find(version.member);
      if (member == roll_.end())
        return {Fate::not_on_the_roll, "no such member when the round was opened"};
      if (Verdict verdict = judge_owner(version, *member->second); verdict.fate != Fate::counts)
        return verdict;
    }
    if (is_signed() && had_before(version)) return {Fate::replayed, "the same ballot stood before"};
    return choices_.judge(version.ballot);
  }

  static Verdict untimely(const BallotVersion& version) {
    return version.before_opening
               ? Verdict{Fate::before_opening, "it stood there before the round was opened"}
               : Verdict{Fate::after_close, "it is no part of what was counted: it came too late"};
  }

  Verdict judge_owner(const BallotVersion& version, const record::Member& member) const {
    if (!is_signed()) {
      if (owns_address(member, version.author.email)) return {};
      return {Fate::not_the_owner,
              fmt::format("{} is no address of that member", quote(version.author.email, 100))};
    }
    const auto problem = git::ssh_signature_problem(version.ballot.signature, version.signed_text,
                                                    club::kBallotNamespace, member.keys);
    return problem ? Verdict{Fate::bad_signature,
                             version.ballot.signature.empty() ? "it is not signed" : *problem}
                   : Verdict{};
  }

  bool had_before(const BallotVersion& version) const {
    return std::any_of(version.ancestors.begin(), version.ancestors.end(), [&](std::size_t one) {
      return history_.versions[one].blob == version.blob;
    });
  }

  // In an open round whoever cast the first ballot of a name owns it.
  void refuse_strangers(std::vector<std::size_t>& good) {
    const std::string owner = owner_of(good);
    std::erase_if(good, [&](std::size_t one) {
      const std::string& address = history_.versions[one].author.email;
      if (fold(address) == owner) return false;
      judged_.verdicts[one] = {
          Fate::not_the_owner,
          fmt::format("{} did not cast the first ballot of that name", quote(address, 100))};
      return true;
    });
  }

  // Where two first ballots do not know of each other, the one counts whose line stands in what is
  // counted, else the one with the larger id.
  std::string owner_of(const std::vector<std::size_t>& good) const {
    std::vector<std::size_t> roots;
    for (const std::size_t one : good) {
      const auto& ancestors = history_.versions[one].ancestors;
      const bool first = std::none_of(good.begin(), good.end(), [&](std::size_t other) {
        return std::find(ancestors.begin(), ancestors.end(), other) != ancestors.end();
      });
      if (first) roots.push_back(one);
    }
    const std::size_t chosen =
        *std::max_element(roots.begin(), roots.end(), [&](std::size_t a, std::size_t b) {
          const bool a_stands = stands_for(address_of(a), good);
          const bool b_stands = stands_for(address_of(b), good);
          if (a_stands != b_stands) return b_stands;
          return history_.versions[a].blob.hex() < history_.versions[b].blob.hex();
        });
    return address_of(chosen);
  }

  std::string address_of(std::size_t one) const {
    return fold(history_.versions[one].author.email);
  }

  bool stands_for(const std::string& address, const std::vector<std::size_t>& good) const {
    return std::any_of(good.begin(), good.end(), [&](std::size_t one) {
      return address_of(one) == address && stands(history_.versions[one]);
    });
  }

  bool stands(const BallotVersion& version) const {
    return std::any_of(history_.standing.begin(), history_.standing.end(), [&](const auto& one) {
      return one.first == version.member && one.second == version.blob;
    });
  }

  // Whether `a` came before `b`, in history or by what the signature of `b` says.
  bool is_before(std::size_t a, std::size_t b, const std::vector<std::size_t>& good) const {
    const auto& ancestors = history_.versions[b].ancestors;
    if (std::find(ancestors.begin(), ancestors.end(), a) != ancestors.end()) return true;
    if (!is_signed()) return false;
    std::string previous = history_.versions[b].ballot.previous;
    for (std::size_t steps = 0; steps <= good.size(); ++steps) {
      if (previous == history_.versions[a].blob.hex()) return true;
      const auto next = std::find_if(good.begin(), good.end(), [&](std::size_t one) {
        return history_.versions[one].blob.hex() == previous;
      });
      if (next == good.end()) return false;
      previous = history_.versions[*next].ballot.previous;
    }
    return false;
  }

  std::size_t newest_of(const std::vector<std::size_t>& good) const {
    std::vector<std::size_t> last;
    for (const std::size_t one : good) {
      const bool has_newer = std::any_of(good.begin(), good.end(), [&](std::size_t other) {
        return other != one && is_before(one, other, good) && !is_before(other, one, good);
      });
      if (!has_newer) last.push_back(one);
    }
    if (last.empty()) last = good;
    return *std::max_element(last.begin(), last.end(), [this](std::size_t a, std::size_t b) {
      const BallotVersion& one = history_.versions[a];
      const BallotVersion& other = history_.versions[b];
      const bool one_stands = stands(one);
      const bool other_stands = stands(other);
      if (one_stands != other_stands) return other_stands;
      return one.blob.hex() < other.blob.hex();
    });
  }

  void settle(const std::vector<std::size_t>& good, std::size_t newest) {
    for (const std::size_t one : good) {
      if (one != newest)
        judged_.verdicts[one] = {Fate::superseded, "a newer ballot of the same voter counts"};
    }
    if (history_.versions[newest].ballot.withdrawn)
      judged_.verdicts[newest] = {Fate::withdrawn, "it takes the vote back"};
  }

  const RoundHistory& history_;
  ChoiceJudge choices_;
  Judged judged_;
  std::map<std::string, const record::Member*> roll_;
};

}  // namespace

Judged judge(const RoundHistory& history) { return Judge(history).run(); }

Verdict judge_choice(const record::Round& round, const record::Ballot& ballot) {
  return ChoiceJudge(round).judge(ballot);
}

bool owns_address(const record::Member& member, const std::string& address) {
  const std::string given = fold(address);
  const bool listed = std::any_of(member.emails.begin(), member.emails.end(),
                                  [&](const std::string& one) { return fold(one) == given; });
  if (listed || member.login.empty()) return listed;
  const std::string own = fold(member.login) + std::string(kPrivate);
  if (given == own) return true;
  const std::size_t plus = given.find('+');
  return plus != given.npos && plus > 0 &&
         std::all_of(given.begin(), given.begin() + static_cast<long>(plus),
                     [](char c) { return c >= '0' && c <= '9'; }) &&
         given.substr(plus + 1) == own;
}

}  // namespace paperclub::vote
