#include "lib/vote/who_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/git/lineage.hpp"
#include "lib/git/ssh_signature.hpp"

namespace paperclub::vote {
namespace {

using club::BallotVersion;
using club::RoundHistory;

constexpr std::string_view kNone = "none";

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
    const long long most = round_.rules.max_score.value_or(record::kUsualMaxScore);
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
                {},
                Ballots(history.round.candidates.size())} {
    std::map<std::string, std::size_t> owners;
    for (const club::MemberRecord& member : history.roll) {
      roll_.emplace(member.id.str(), &member.member);
      std::set<std::string> own;
      for (const std::string& key : member.member.keys)
        own.insert(record::key_body(key));
      for (const std::string& key : own)
        ++owners[key];
    }
    for (const auto& [key, count] : owners) {
      if (count > 1) shared_keys_.insert(key);
    }
  }

  Judged run() {
    std::map<std::string, std::vector<std::size_t>> by_member;
    for (std::size_t i = 0; i < history_.versions.size(); ++i)
      by_member[history_.versions[i].member].push_back(i);
    std::string lines;
    for (const auto& [member, versions] : by_member) {
      std::vector<std::size_t> good = good_of(versions);
      if (is_open() && !good.empty()) refuse_strangers(good);
      if (good.empty()) continue;
      const std::size_t newest = newest_of(good);
      settle(good, newest);
      judged_.newest.push_back(newest);
      if (judged_.verdicts[newest].fate != Fate::counts) continue;
      judged_.counting.push_back(newest);
      judged_.ballots.add(choices_.choice(history_.versions[newest].ballot));
      lines += fmt::format("{} {}\n", member, history_.versions[newest].blob.hex());
    }
    judged_.digest = git::sha256(lines);
    return std::move(judged_);
  }

 private:
  // The versions of one member that are good by themselves, in the order in which they came: each
  // is behind those that it stands on.
  std::vector<std::size_t> good_of(const std::vector<std::size_t>& versions) {
    std::vector<std::size_t> good;
    for (const std::size_t one : versions) {
      judged_.verdicts[one] = judge_alone(one);
      if (judged_.verdicts[one].fate == Fate::counts) good.push_back(one);
    }
    if (is_signed()) refuse_replays(good);
    return good;
  }

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
    return choices_.judge(version.ballot);
  }

  static Verdict untimely(const BallotVersion& version) {
    return version.before_opening
               ? Verdict{Fate::before_opening, "it stood there before the round was opened"}
               : Verdict{Fate::after_close,
                         "it is no part of what was counted when the round was closed"};
  }

  Verdict judge_owner(const BallotVersion& version, const record::Member& member) const {
    if (!is_signed()) {
      if (owns_address(member, version.author.email)) {
        if (owners_of(version.author.email) == 1) return {};
        return {Fate::not_the_owner, fmt::format("{} is the address of several members",
                                                 quote(version.author.email, 100))};
      }
      return {Fate::not_the_owner,
              fmt::format("{} is no address of that member", quote(version.author.email, 100))};
    }
    // A key of two members says of neither that it was theirs.
    std::vector<std::string> keys = member.keys;
    std::erase_if(keys,
                  [this](const auto& key) { return shared_keys_.contains(record::key_body(key)); });
    const auto problem = git::ssh_signature_problem(version.ballot.signature, version.signed_text,
                                                    club::kBallotNamespace, keys);
    return problem ? Verdict{Fate::bad_signature,
                             version.ballot.signature.empty() ? "it is not signed" : *problem}
                   : Verdict{};
  }

  std::ptrdiff_t owners_of(const std::string& address) const {
    return std::count_if(roll_.begin(), roll_.end(), [&address](const auto& one) {
      return owns_address(*one.second, address);
    });
  }

  git::Lineage::Places places_of(const std::vector<std::size_t>& versions) const {
    git::Lineage::Places places;
    for (const std::size_t one : versions)
      places.push_back(history_.versions[one].place);
    return places;
  }

  // Each signed ballot of a voter has a higher number than those before, under its own signature:
  // whoever plays an older one again is known by it, also where those in between were squashed.
  // What is bad says nothing: else whoever puts the voter's words there first keeps them out.
  void refuse_replays(std::vector<std::size_t>& good) {
    std::vector<long long> numbers;
    for (const std::size_t one : good)
      numbers.push_back(history_.versions[one].ballot.sequence.value_or(0));
    // A replay has no higher number than a good one that it stands on, and changes none of these.
    const auto highest = history_.lineage.highest_below(places_of(good), numbers);
    std::vector<std::size_t> kept;
    std::set<std::string> texts;  // of those
    for (std::size_t i = 0; i < good.size(); ++i) {
      const BallotVersion& version = history_.versions[good[i]];
      Verdict& verdict = judged_.verdicts[good[i]];
      if (numbers[i] == 0) {
        verdict = judge_chain(version, kept);
      } else if (highest[i] >= numbers[i]) {
        verdict = {Fate::replayed, texts.contains(version.signed_text)
                                       ? "the same ballot stood before"
                                       : "a ballot with as high a sequence stood before"};
      }
      if (verdict.fate != Fate::counts) continue;
      kept.push_back(good[i]);
      texts.insert(version.signed_text);
    }
    good = std::move(kept);
  }

  // One without a number must say that it comes after the last good one that it stands on.
  Verdict judge_chain(const BallotVersion& version, const std::vector<std::size_t>& good) const {
    std::set<std::string> followed;  // blobs that another good one comes after
    std::set<std::string> before;    // blobs of good ones
    bool is_counted = false;         // whether one of them has a number
    const std::vector<bool> is_below = history_.lineage.are_below(places_of(good), version.place);
    for (std::size_t i = 0; i < good.size(); ++i) {
      if (!is_below[i]) continue;
      const BallotVersion& other = history_.versions[good[i]];
      if (other.signed_text == version.signed_text)
        return {Fate::replayed, "the same ballot stood before"};
      is_counted = is_counted || other.ballot.sequence;
      before.insert(other.blob.hex());
      if (other.usual_blob) before.insert(other.usual_blob->hex());
      followed.insert(other.ballot.previous);
    }
    const std::string& previous = version.ballot.previous;
    const bool is_next = before.contains(previous) && !followed.contains(previous);
    if (before.empty() || (is_next && !is_counted)) return {};
    return {Fate::replayed, "it does not say that it comes after the ballot that stood before"};
  }

  static bool is_first(const BallotVersion& version) {
    return version.ballot.previous.empty() || version.ballot.previous == "-";
  }

  // In an open round whoever cast the first ballot of a name owns it.
  void refuse_strangers(std::vector<std::size_t>& good) {
    if (good.size() == 1) return;
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

  // Whose the name is.  Of first ballots that do not know of each other the one that comes before
  // all others says it.
  std::string owner_of(const std::vector<std::size_t>& good) const {
    const std::vector<bool> is_root = history_.lineage.are_first(places_of(good));
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < good.size(); ++i) {
      if (is_root[i]) roots.push_back(good[i]);
    }
    // The larger blobs first, the same of the address that comes first: an order that no later
    // commit changes.
    std::sort(roots.begin(), roots.end(), [this](std::size_t a, std::size_t b) {
      const BallotVersion& one = history_.versions[a];
      const BallotVersion& other = history_.versions[b];
      return std::tuple(other.blob, address_of(a), one.commit) <
             std::tuple(one.blob, address_of(b), other.commit);
    });
    std::size_t best = roots.front();
    for (std::size_t i = 1; i < roots.size(); ++i) {
      if (comes_first(roots[i], best, good)) best = roots[i];
    }
    return address_of(best);
  }

  // Whether the first ballot `a` comes before `b`.  The merge that joined them says it, and nothing
  // that came later: the one on the side that it calls its own, so that a merge takes no name from
  // who voted by it there; but who made the merge may give way, by what it holds, to the other.
  bool comes_first(std::size_t a, std::size_t b, const std::vector<std::size_t>& good) const {
    const auto meeting = history_.lineage.meeting(
        history_.versions[a].place, history_.versions[b].place, history_.counted_place);
    if (!meeting) return false;  // what is counted does not stand on both: the larger blob
    const std::string own = address_of(meeting->is_first ? a : b);
    const std::string other = address_of(meeting->is_first ? b : a);
    const auto merge = history_.merges.find(meeting->merge);
    const bool is_given = own != other && merge != history_.merges.end() &&
                          fold(merge->second.address) == own && took(*merge, good, other);
    return meeting->is_first != is_given;
  }

  // Whether the merge put a ballot of the address, which it stands on, into the place of the one on
  // its own side; `good` are those of the name.
  bool took(const std::pair<const std::size_t, club::VoteMerge>& merge,
            const std::vector<std::size_t>& good, const std::string& address) const {
    const auto held = merge.second.blobs.find(history_.versions[good.front()].member);
    if (held == merge.second.blobs.end()) return false;
    const std::vector<bool> is_below = history_.lineage.are_below(places_of(good), merge.first);
    for (std::size_t i = 0; i < good.size(); ++i) {
      const bool is_same = history_.versions[good[i]].blob == held->second;
      if (is_below[i] && is_same && address_of(good[i]) == address) return true;
    }
    return false;
  }

  std::string address_of(std::size_t one) const {
    return fold(history_.versions[one].author.email);
  }

  bool stands(const BallotVersion& version) const {
    return std::any_of(history_.standing.begin(), history_.standing.end(), [&](const auto& one) {
      return one.first == version.member && one.second == version.blob;
    });
  }

  // Of those that no other good one comes after, in history or by what its signature says, the one
  // with the highest number, else the one that stands in what is counted, else the one with the
  // larger blob, else with the larger commit.
  std::size_t newest_of(const std::vector<std::size_t>& good) const {
    const std::vector<bool> is_last = history_.lineage.are_last(places_of(good));
    std::set<std::string> followed;  // texts that another one comes after
    std::map<std::string, std::string> text_of;
    for (const std::size_t one : good) {
      const BallotVersion& version = history_.versions[one];
      text_of.emplace(version.blob.hex(), version.signed_text);
      if (version.usual_blob) text_of.emplace(version.usual_blob->hex(), version.signed_text);
    }
    for (const std::size_t one : good) {
      const auto previous = text_of.find(history_.versions[one].ballot.previous);
      if (is_signed() && previous != text_of.end()) followed.insert(previous->second);
    }
    std::vector<std::size_t> last;
    for (std::size_t i = 0; i < good.size(); ++i) {
      if (is_last[i] && !followed.contains(history_.versions[good[i]].signed_text))
        last.push_back(good[i]);
    }
    if (last.empty()) last = good;
    const bool has_numbers = std::any_of(last.begin(), last.end(), [this](std::size_t one) {
      return history_.versions[one].ballot.sequence.has_value();
    });
    // Where the voter has numbered them, the numbers say which one is the newest.
    if (is_signed() && !has_numbers) drop_first_ones(last, text_of);
    const auto rank = [this](std::size_t one) {
      const BallotVersion& version = history_.versions[one];
      return std::tuple(is_signed() ? version.ballot.sequence.value_or(0) : 0, stands(version),
                        version.blob.hex(), version.commit.hex());
    };
    return *std::max_element(last.begin(), last.end(),
                             [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  }

  // One that says that it comes after another, which was squashed away, is newer than a first one.
  // Where its predecessor is there, two branches tell of the voter, and what stands decides.
  void drop_first_ones(std::vector<std::size_t>& last,
                       const std::map<std::string, std::string>& text_of) const {
    const auto previous = [this](std::size_t one) -> const std::string& {
      return history_.versions[one].ballot.previous;
    };
    const auto is_first_one = [&](std::size_t one) { return is_first(history_.versions[one]); };
    const auto is_squashed = [&](std::size_t one) {
      return !is_first_one(one) && !text_of.contains(previous(one));
    };
    if (std::any_of(last.begin(), last.end(), is_squashed)) std::erase_if(last, is_first_one);
  }

  void settle(const std::vector<std::size_t>& good, std::size_t newest) {
    const bool is_withdrawn = history_.versions[newest].ballot.withdrawn;
    for (const std::size_t one : good) {
      if (one == newest) continue;
      judged_.verdicts[one] = {Fate::superseded, is_withdrawn
                                                     ? "the voter took the vote back"
                                                     : "another ballot of the same voter counts"};
    }
    if (is_withdrawn) judged_.verdicts[newest] = {Fate::withdrawn, "it takes the vote back"};
  }

  const RoundHistory& history_;
  ChoiceJudge choices_;
  Judged judged_;
  std::map<std::string, const record::Member*> roll_;
  std::set<std::string> shared_keys_;  // that stand at two members
};

}  // namespace

Judged judge(const RoundHistory& history) { return Judge(history).run(); }

std::optional<std::string> choice_problem(const record::Round& round,
                                          const record::Ballot& ballot) {
  const Verdict verdict = ChoiceJudge(round).judge(ballot);
  return verdict.fate == Fate::counts ? std::nullopt : std::optional(verdict.reason);
}

bool owns_address(const record::Member& member, const std::string& address) {
  const std::string given = fold(address);
  const bool listed = std::any_of(member.emails.begin(), member.emails.end(),
                                  [&](const std::string& one) { return fold(one) == given; });
  if (listed || member.login.empty()) return listed;
  return record::login_of_address(address) == fold(member.login);
}

std::optional<std::string> address_of(const record::Member& member) {
  if (!member.emails.empty()) return member.emails.front();
  if (member.login.empty()) return std::nullopt;
  return member.login + std::string(record::kPrivateAddress);
}

}  // namespace paperclub::vote
