#include "cli/casting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "cli/signing.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/git/ssh_signature.hpp"

namespace paperclub::cli {
namespace {

// --- what is chosen ------------------------------------------------------------------------------

// What stands between the separators, without blanks around it; it may be empty.
std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(squeeze(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// `bert = 5, t5=3` with nothing around the signs.
std::string joined_pairs(const std::string& text) {
  return fmt::format("{}", fmt::join(parts_of(text, '='), "="));
}

// Finds candidates by what people call them.
class Chooser {
 public:
  Chooser(Context& context, const club::RoundHistory& history)
      : context_(context), round_(history.round) {}

  std::string id(const std::string& name, bool ranked) {
    if (ranked && name == "none") return name;
    if (auto known = known_id(name)) return *std::move(known);
    std::vector<std::string> ids;
    for (const PaperId& one : round_.candidates)
      ids.push_back(one.str());
    const std::string near = nearest(name, ids);
    throw Error{ErrorKind::unacceptable, fmt::format("{} is not a candidate", quote(name, 100))}
        .hint(near.empty() ? "see 'paperclub round show'"
                           : fmt::format("did you mean {}?", quote(near)));
  }

  std::vector<std::string> ids(const std::vector<std::string>& names) {
    std::vector<std::string> found;
    for (const std::string& name : names) {
      // What is one name as a whole, such as a DOI, may hold commas; else they part names.
      const std::vector<std::string> parts =
          known_id(name) ? std::vector{name} : choice_words(name);
      for (const std::string& one : parts.empty() ? std::vector{name} : parts)
        found.push_back(id(one, false));
    }
    return found;
  }

  std::vector<std::vector<std::string>> tiers(const std::string& text) {
    std::vector<std::vector<std::string>> tiers;
    for (const std::string& tier : parts_of(text, '>')) {
      tiers.emplace_back();
      for (const std::string& name : parts_of(tier, '=')) {
        if (name.empty()) {
          throw Error{ErrorKind::usage, fmt::format("a name is missing in {}", quote(text, 200))}
              .hint("write it as 'bert > mamba = t5'");
        }
        tiers.back().push_back(id(name, true));
      }
    }
    return tiers;
  }

  std::vector<std::pair<std::string, long long>> scores(const std::string& text) {
    std::vector<std::pair<std::string, long long>> scores;
    for (const std::string& part : choice_words(joined_pairs(text))) {
      const std::size_t equals = part.rfind('=');
      long long value = -1;
      const char* begin = part.data() + std::min(equals + 1, part.size());
      const char* end = part.data() + part.size();
      const bool good = equals != part.npos && begin != end &&
                        std::from_chars(begin, end, value).ptr == end && value >= 0;
      if (!good) {
        throw Error{ErrorKind::usage, fmt::format("{} is no PAPER=SCORE", quote(part, 100))}.hint(
            "write it as bert=5,mamba=3");
      }
      scores.emplace_back(id(part.substr(0, equals), false), value);
    }
    if (scores.empty()) {
      throw Error{ErrorKind::usage, fmt::format("there is no score in {}", quote(text, 100))}.hint(
          "write it as bert=5,mamba=3");
    }
    return scores;
  }

 private:
  std::optional<std::string> known_id(const std::string& name) {
    if (const auto id = candidate_named(round_, name)) return id->str();
    return by_identifier(name);
  }

  // By arXiv id, DOI, link or a former id: the papers are read only for these.  A number alone is
  // one of the round, not of the timeline.
  std::optional<std::string> by_identifier(const std::string& name) {
    if (name.find_first_not_of("0123456789") == name.npos) return std::nullopt;
    if (!snapshot_)
      snapshot_ = load_club(context_, open_club(context_, "HEAD"), club::Scope::papers_and_members);
    try {
      const club::PaperRecord& paper = club::find_paper(*snapshot_, name);
      for (const PaperId& candidate : round_.candidates) {
        if (club::find_by_id(*snapshot_, candidate.str()) == &paper) return candidate.str();
      }
    } catch (const Error&) {
      return std::nullopt;  // told by the caller in the round's terms
    }
    return std::nullopt;
  }

  Context& context_;
  const record::Round& round_;
  std::optional<club::Snapshot> snapshot_;
};

// Throws where the voter has no ballot that could be taken back.
void refuse_nothing_to_withdraw(const club::RoundHistory& history, const std::string& voter) {
  const vote::Judged judged = vote::judge(history);
  const bool has_one =
      std::any_of(judged.counting.begin(), judged.counting.end(),
                  [&](std::size_t one) { return history.versions[one].member == voter; });
  if (has_one) return;
  throw Error{ErrorKind::unacceptable, fmt::format("{} has no ballot that counts in round {}",
                                                   quote(voter, 100), history.id.str())}
      .hint("there is nothing to take back; 'paperclub sync' brings what was cast elsewhere");
}

bool reads_scores(const std::string& method) { return method == "score" || method == "star"; }

bool reads_approvals(const std::string& method) {
  const vote::Method* known = vote::find_method(method);
  return known != nullptr && known->reads == vote::Reads::approvals;
}

// Whether the method of the round can make anything of the ballot.
void refuse_silent(const club::RoundHistory& history, const record::Ballot& ballot) {
  const std::string& method = history.round.rules.method;
  if (ballot.abstain || ballot.withdrawn) return;
  if (reads_scores(method) && !ballot.score) {
    throw Error{ErrorKind::unacceptable, "this round counts scores"}.hint(
        "give them: paperclub vote --score bert=5,mamba=3");
  }
  const bool has_none =
      ballot.rank && std::any_of(ballot.rank->begin(), ballot.rank->end(), [](const auto& tier) {
        return std::find(tier.begin(), tier.end(), "none") != tier.end();
      });
  if (reads_approvals(method) && !ballot.approve && !has_none) {
    throw Error{ErrorKind::unacceptable, "this round counts approvals"}.hint(
        "name the papers you approve: paperclub vote bert mamba");
  }
}

// What to ask for a choice among the candidates.
std::string question_of(const record::Round& round) {
  const bool one = round.candidates.size() == 1;
  if (reads_scores(round.rules.method)) {
    return fmt::format("scores from 0 to {}, such as {}",
                       round.rules.max_score.value_or(record::kUsualMaxScore),
                       one ? "1=5" : "1=5 2=3");
  }
  if (reads_approvals(round.rules.method)) return "which do you approve (numbers)";
  const char* example = one ? "1" : round.candidates.size() == 2 ? "2 > 1" : "2 > 1 = 3";
  return fmt::format("your order, best first, such as {}{}", example,
                     round.rules.none.value_or(false) ? " ('none' is no paper)" : "");
}

// --- the ballot's file ---------------------------------------------------------------------------

// The ballot that the voter's next one comes after: the newest good one, "-" where there is none.
std::string last_of(const club::RoundHistory& history, const std::string& voter) {
  for (const std::size_t one : vote::judge(history).newest) {
    if (history.versions[one].member == voter) return history.versions[one].blob.hex();
  }
  return "-";
}

// The highest number of a good ballot of the voter in the history, or 0.
long long highest_sequence(const club::RoundHistory& history, const std::string& voter) {
  const vote::Judged judged = vote::judge(history);
  long long highest = 0;
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    const vote::Fate fate = judged.verdicts[i].fate;
    const bool good = fate == vote::Fate::counts || fate == vote::Fate::superseded ||
                      fate == vote::Fate::withdrawn;
    if (good && history.versions[i].member == voter)
      highest = std::max(highest, history.versions[i].ballot.sequence.value_or(0));
  }
  return highest;
}

// The highest number of a ballot in another branch's history that the voter has signed with a key
// of the roll that counts; what else that branch says of the round is nobody's word.
long long highest_signed(const club::RoundHistory& other, const record::Member& member,
                         const std::string& voter) {
  long long highest = 0;
  for (const club::BallotVersion& version : other.versions) {
    const long long sequence = version.ballot.sequence.value_or(0);
    if (version.member != voter || version.signed_text.empty() || sequence <= highest) continue;
    if (!git::ssh_signature_problem(version.ballot.signature, version.signed_text,
                                    club::kBallotNamespace, member.keys))
      highest = sequence;
  }
  return highest;
}

// A number above that of every ballot of the voter that this clone knows, on whatever branch: none
// of them counts once this one does.
long long next_sequence(const VotingPlace& place, const club::RoundHistory& history,
                        const std::string& voter) {
  // Whoever pushes many branches does not keep the voter waiting.
  constexpr std::size_t kMaxOthers = 50;
  long long highest = highest_sequence(history, voter);
  const auto member =
      std::find_if(history.roll.begin(), history.roll.end(),
                   [&voter](const club::MemberRecord& one) { return one.id.str() == voter; });
  if (member == history.roll.end()) return highest + 1;
  const std::string path =
      club::repository_path(place.prefix, club::ballot_path(history.id.str(), voter));
  std::set<git::ObjectId> known;
  for (const club::BallotVersion& version : history.versions)
    known.insert(version.blob);
  std::size_t others = 0;
  for (const char* glob : {"refs/heads/*", "refs/remotes/*"}) {
    for (const auto& [name, tip] : place.repository.references(glob)) {
      try {
        const auto entry = place.repository.find_entry(place.repository.tree_of(tip), path);
        if (!entry || others == kMaxOthers || !known.insert(entry->id).second) continue;
        ++others;
        const club::RoundHistory other =
            club::read_round(place.repository, place.prefix, tip, history.id);
        highest = std::max(highest, highest_signed(other, member->member, voter));
      } catch (const Error&) {
        continue;  // a branch on which the round cannot be read says nothing of it
      }
    }
  }
  return highest + 1;
}

// Whether just these words stand there already, without being the voter's: whoever writes them
// again changes nothing, so that they have to say what they come after.
bool is_of_another(const club::RoundHistory& history, const std::string& voter,
                   const std::string& text) {
  const std::pair<std::string, git::ObjectId> own(voter, git::blob_id(text));
  const auto& standing = history.standing;
  if (std::find(standing.begin(), standing.end(), own) == standing.end()) return false;
  const vote::Judged judged = vote::judge(history);
  return std::none_of(judged.newest.begin(), judged.newest.end(), [&](std::size_t one) {
    return history.versions[one].member == voter && history.versions[one].blob == own.second;
  });
}

// The version that the ballot is going to be.
club::BallotVersion version_of(const club::RoundHistory& history, const std::string& voter,
                               const git::Person& author, const record::Ballot& ballot,
                               const std::string& bytes) {
  return {
      voter, git::blob_id(bytes), history.counted, 0, author, author, true, false, {}, ballot, {},
      {}};
}

// Throws where the ballot would not count.
void refuse_idle(club::RoundHistory history, club::BallotVersion version) {
  // The commit that is going to be stands on all that there is.
  version.place = history.lineage.add({history.lineage.size() - 1});
  history.versions.push_back(std::move(version));
  history.standing.emplace_back(history.versions.back().member, history.versions.back().blob);
  const vote::Verdict verdict = vote::judge(history).verdicts.back();
  if (verdict.fate == vote::Fate::counts || verdict.fate == vote::Fate::withdrawn) return;
  Error error{ErrorKind::unacceptable,
              fmt::format("the ballot would not count: {}", verdict.reason)};
  if (verdict.fate == vote::Fate::not_the_owner && history.round.rules.electorate == "open") {
    error.hint(
        "somebody else votes by that name; choose another: git config paperclub.member NAME");
  } else if (verdict.fate == vote::Fate::not_the_owner) {
    error.hint("votes are known by their author's address; see 'paperclub member show'");
  } else if (verdict.fate == vote::Fate::bad_signature) {
    error.hint("sign with a key of your member file: git config user.signingKey FILE");
  } else {
    error.hint("see 'paperclub round show'");
  }
  throw error;
}

}  // namespace

record::Ballot chosen_ballot(Context& context, const club::RoundHistory& history,
                             const Choice& choice) {
  Chooser chooser(context, history);
  record::Ballot ballot;
  if (!choice.names.empty()) ballot.approve = chooser.ids(choice.names);
  if (!choice.rank.empty()) ballot.rank = chooser.tiers(choice.rank);
  if (!choice.score.empty()) ballot.score = chooser.scores(choice.score);
  ballot.abstain = choice.abstain;
  ballot.withdrawn = choice.withdraw;
  ballot.comment = squeeze(choice.comment);
  return ballot;
}

bool is_chosen(const Choice& choice) {
  return !choice.names.empty() || !choice.rank.empty() || !choice.score.empty() || choice.abstain ||
         choice.withdraw;
}

std::vector<std::string> choice_words(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::vector<std::string> words = parts_of(squeeze(text), ' ');
  std::erase(words, "");
  return words;
}

std::vector<std::string> candidate_ids(Context& context, const club::RoundHistory& history,
                                       const std::vector<std::string>& names) {
  return Chooser(context, history).ids(names);
}

void ask_choice(Context& context, const club::RoundHistory& history, Choice& choice, bool may_ask) {
  if (is_chosen(choice)) return;
  const record::Round& round = history.round;
  if (!may_ask || !context.environment.in_is_terminal) {
    throw Error{ErrorKind::usage, "nothing is chosen"}.hint(
        "name the papers you approve, or give --rank, --score or --abstain");
  }
  const club::Snapshot snapshot =
      load_club(context, open_club(context, "HEAD"), club::Scope::papers_and_members);
  std::string list;
  for (std::size_t i = 0; i < round.candidates.size(); ++i) {
    const club::PaperRecord* paper = club::find_by_id(snapshot, round.candidates[i].str());
    list += fmt::format("{:>3}  {}  {}\n", i + 1, round.candidates[i].str(),
                        paper == nullptr ? "" : escape(squeeze(paper->paper.title)));
  }
  context.ui.err(list);
  while (true) {
    const std::string answer = context.ui.ask(question_of(round)).value_or("");
    if (answer.empty()) {
      throw Error{ErrorKind::unacceptable, "nothing is chosen"}.hint(
          "to be present without a choice: paperclub vote --abstain");
    }
    Choice asked = choice;
    const std::string& method = round.rules.method;
    if (reads_scores(method)) {
      asked.score = answer;
    } else if (reads_approvals(method)) {
      asked.names = {answer};
    } else {
      asked.rank = answer;
    }
    try {
      const record::Ballot ballot = chosen_ballot(context, history, asked);
      refuse_silent(history, ballot);
      if (const auto problem = vote::choice_problem(round, ballot)) {
        throw Error{ErrorKind::unacceptable, "the ballot would not count: " + *problem}.hint(
            "choose again; an empty line ends it");
      }
      choice = std::move(asked);
      return;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage && error.kind() != ErrorKind::unacceptable) throw;
      context.ui.error(error);  // a slip of the hand: once more
    }
  }
}

Outcome cast(Context& context, const git::Config& config, const VotingPlace& place,
             const club::RoundHistory& history, const Voter& voter, const git::Person& author,
             const Choice& choice) {
  const RoundId& id = history.id;
  if (history.closed) {
    throw Error{ErrorKind::unacceptable, fmt::format("round {} is closed", quote(id.str(), 100))}
        .hint(fmt::format("see 'paperclub tally {}'", id.str()))
        .hint(fmt::format("to vote again: paperclub round reopen-as-new {} NAME", id.str()));
  }
  record::Ballot ballot = chosen_ballot(context, history, choice);
  refuse_silent(history, ballot);
  if (ballot.withdrawn) refuse_nothing_to_withdraw(history, voter.id);
  const std::string path = club::ballot_path(id.str(), voter.id);
  const bool is_signed = history.round.rules.electorate == "signed";
  if (is_signed && voter.author) {
    throw Error{ErrorKind::unacceptable, "nobody can record a signed ballot for somebody else"}
        .hint("its voter signs it with a key of their own");
  }
  if (is_signed) {
    ballot.previous = last_of(history, voter.id);
    ballot.sequence = next_sequence(place, history, voter.id);
  }
  std::string text = schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot));
  if (!is_signed && is_of_another(history, voter.id, text)) {
    ballot.previous = git::blob_id(text).hex();
    text = schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot));
  }
  refuse_findings(context, "ballot", path, text);
  club::BallotVersion version = version_of(history, voter.id, author, ballot, text);
  if (is_signed) {
    version.signed_text = club::ballot_text(history.club_id, id, voter.id, ballot.previous, text);
    version.ballot.signature = git::sign(
        ballot_signer(context.environment, config, &place.repository), version.signed_text);
    text += yaml::emit({{"signature", yaml::Value(version.ballot.signature)}});
    version.blob = git::blob_id(text);
  }
  const std::string receipt = fmt::format("{}/{}@{}", id.str(), voter.id, version.blob.hex());
  refuse_idle(history, std::move(version));
  Outcome outcome;
  outcome.id = receipt;
  outcome.changes = {{path, std::move(text)}};
  outcome.subject = fmt::format("votes: {} in {}", voter.id, id.str());
  const bool replaces = std::any_of(history.standing.begin(), history.standing.end(),
                                    [&voter](const auto& one) { return one.first == voter.id; });
  const vote::Method* method = vote::find_method(history.round.rules.method);
  const bool is_ranked = method != nullptr && method->reads == vote::Reads::rankings;
  if (is_ranked && !ballot.rank && ballot.approve && ballot.approve->size() > 1) {
    outcome.notes.emplace_back(
        "this round counts rankings, and those that you name stand first together; to put them in "
        "an order: --rank 'a > b'");
  }
  if (voter.author && replaces)
    outcome.notes.push_back(fmt::format("it replaces the ballot that {} had", voter.id));
  outcome.lines = {"receipt: " + receipt};
  outcome.next = fmt::format("paperclub verify {}", receipt);
  return outcome;
}

}  // namespace paperclub::cli
