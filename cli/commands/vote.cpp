// paperclub vote: one ballot, as one commit that changes one file.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "cli/commands.hpp"
#include "cli/rounds.hpp"
#include "cli/signing.hpp"
#include "cli/writing.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/git/config.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::vector<std::string> names;
  std::string round;
  std::string rank;
  std::string score;
  std::string comment;
  std::string member;
  bool abstain = false;
  bool withdraw = false;
  WriteFlags flags;
};

// Whose vote it is, and by whom the commit is made where that is somebody else.
struct Voter {
  std::string id;
  std::optional<git::Person> author;
};

void check_options(const Options& options) {
  const int ways = (options.names.empty() ? 0 : 1) + (options.rank.empty() ? 0 : 1) +
                   (options.score.empty() ? 0 : 1);
  const int alone = (options.abstain ? 1 : 0) + (options.withdraw ? 1 : 0);
  if (alone > 1 || (alone == 1 && ways > 0)) {
    throw Error{ErrorKind::usage, "--abstain and --withdraw stand alone"}.hint(
        "leave out what else is chosen");
  }
}

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

// The words of a line, parted by commas and blanks.
std::vector<std::string> words_of(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::vector<std::string> words = parts_of(squeeze(text), ' ');
  std::erase(words, "");
  return words;
}

// Finds candidates by what people call them.
class Chooser {
 public:
  Chooser(Context& context, const club::RoundHistory& history)
      : context_(context), round_(history.round) {}

  std::string id(const std::string& name, bool ranked) {
    if (ranked && name == "none") return name;
    if (const auto id = candidate_named(round_, name)) return id->str();
    if (const auto id = by_identifier(name)) return *id;
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
    for (const std::string& name : names)
      found.push_back(id(name, false));
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
    for (const std::string& part : words_of(joined_pairs(text))) {
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
    return scores;
  }

 private:
  // By arXiv id, DOI or link: the papers are read only for these.
  std::optional<std::string> by_identifier(const std::string& name) {
    if (name.find_first_of("./:") == name.npos) return std::nullopt;
    if (!snapshot_)
      snapshot_ = load_club(context_, open_club(context_, "HEAD"), club::Scope::papers_and_members);
    try {
      const PaperId& id = club::find_paper(*snapshot_, name).id;
      const auto& all = round_.candidates;
      if (std::find(all.begin(), all.end(), id) != all.end()) return id.str();
    } catch (const Error&) {
      return std::nullopt;  // told by the caller in the round's terms
    }
    return std::nullopt;
  }

  Context& context_;
  const record::Round& round_;
  std::optional<club::Snapshot> snapshot_;
};

bool reads_scores(const std::string& method) { return method == "score" || method == "star"; }

bool reads_approvals(const std::string& method) {
  const vote::Method* known = vote::find_method(method);
  return known != nullptr && known->reads == vote::Reads::approvals;
}

// Asks a person who sits there, with the titles of the candidates before their eyes.
void ask_choice(Context& context, const club::RoundHistory& history, Options& options) {
  const bool said = !options.names.empty() || !options.rank.empty() || !options.score.empty() ||
                    options.abstain || options.withdraw;
  if (said) return;
  const record::Round& round = history.round;
  if (options.flags.no_input || !context.environment.in_is_terminal) {
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
  const std::string& method = round.rules.method;
  if (reads_scores(method)) {
    options.score = context.ui.ask("scores, such as 1=5 2=3").value_or("");
  } else if (reads_approvals(method)) {
    options.names = words_of(context.ui.ask("which do you approve (numbers)").value_or(""));
  } else {
    options.rank = context.ui.ask("your order, best first, such as 2 > 1 = 3").value_or("");
  }
  if (options.names.empty() && options.rank.empty() && options.score.empty()) {
    throw Error{ErrorKind::unacceptable, "nothing is chosen"}.hint(
        "to be present without a choice: paperclub vote --abstain");
  }
}

record::Ballot ballot_of(Context& context, const club::RoundHistory& history,
                         const Options& options) {
  Chooser chooser(context, history);
  record::Ballot ballot;
  if (!options.names.empty()) ballot.approve = chooser.ids(options.names);
  if (!options.rank.empty()) ballot.rank = chooser.tiers(options.rank);
  if (!options.score.empty()) ballot.score = chooser.scores(options.score);
  ballot.abstain = options.abstain;
  ballot.withdrawn = options.withdraw;
  ballot.comment = squeeze(options.comment);
  return ballot;
}

// --- whose it is ---------------------------------------------------------------------------------

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

const club::MemberRecord* member_with(const club::RoundHistory& history,
                                      const std::string& address) {
  for (const club::MemberRecord& member : history.roll) {
    if (vote::owns_address(member.member, address)) return &member;
  }
  return nullptr;
}

Voter voter_of(Context& context, const git::Config& config, const club::RoundHistory& history,
               const Options& options, const Identity& identity) {
  if (!options.member.empty()) {
    const auto named =
        std::find_if(history.roll.begin(), history.roll.end(),
                     [&](const club::MemberRecord& one) { return one.id.str() == options.member; });
    const auto address =
        named == history.roll.end() ? std::nullopt : vote::address_of(named->member);
    if (!address) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} was no member with an address when the round was opened",
                              quote(options.member, 100))}
          .hint("see 'paperclub member list'; a vote is recorded for members only");
    }
    return {options.member, git::Person{named->member.name, *address, 0, 0}};
  }
  if (const auto chosen = config.text("paperclub.member")) {
    require_id(*chosen);
    return {*chosen, std::nullopt};
  }
  if (const club::MemberRecord* member = member_with(history, identity.author.email))
    return {member->id.str(), std::nullopt};
  const std::string slug = suggest_id(identity.author.name);
  if (history.round.rules.electorate == "open" && !slug.empty()) return {slug, std::nullopt};
  warn_of_round(context, history);
  throw Error{ErrorKind::unacceptable,
              fmt::format("no member has the address {}", quote(identity.author.email, 100))}
      .hint("only who was a member when the round was opened may vote in it")
      .hint("say who you are: git config paperclub.member ID");
}

// --- the ballot's file ---------------------------------------------------------------------------

// The ballot that the voter's next one comes after: the newest good one, "-" where there is none.
std::string last_of(const club::RoundHistory& history, const std::string& voter) {
  for (const std::size_t one : vote::judge(history).newest) {
    if (history.versions[one].member == voter) return history.versions[one].blob.hex();
  }
  return "-";
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

// The version that the ballot is going to be, behind all others of the voter.
club::BallotVersion version_of(const club::RoundHistory& history, const std::string& voter,
                               const git::Person& author, const record::Ballot& ballot,
                               const std::string& bytes) {
  club::BallotVersion version{
      voter, git::blob_id(bytes), history.counted, author, author, true, false, {}, ballot, {}, {}};
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    if (history.versions[i].member != voter) continue;
    if (!first) first = i;
    version.ancestors.insert(*first, i);
  }
  return version;
}

// Throws where the ballot would not count.
void refuse_idle(club::RoundHistory history, club::BallotVersion version) {
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

int run(Options options, Context& context) {
  check_options(options);
  const VotingPlace first = open_votes(context);
  const RoundId id = round_named(first, options.round);
  const git::Config config = read_git_config(context.environment, &first.repository);
  const Identity person = identity_of(context.environment, config);
  const club::RoundHistory seen = club::read_round(first.repository, first.prefix, first.tip, id);
  ask_choice(context, seen, options);
  const Voter voter = voter_of(context, config, seen, options, person);
  const auto work = [&](const club::FileTree&, const Identity& identity) {
    const VotingPlace place = open_votes(context);
    const club::RoundHistory history =
        place.tip == seen.counted && !seen.closed
            ? seen
            : club::read_round(place.repository, place.prefix, place.tip, id);
    if (history.closed) {
      throw Error{ErrorKind::unacceptable, fmt::format("round {} is closed", quote(id.str(), 100))}
          .hint(fmt::format("see 'paperclub tally {}'", id.str()));
    }
    record::Ballot ballot = ballot_of(context, history, options);
    refuse_silent(history, ballot);
    const std::string path = club::ballot_path(id.str(), voter.id);
    const bool is_signed = history.round.rules.electorate == "signed";
    if (is_signed && voter.author) {
      throw Error{ErrorKind::unacceptable, "nobody can record a signed ballot for somebody else"}
          .hint("its voter signs it with a key of their own");
    }
    if (is_signed) ballot.previous = last_of(history, voter.id);
    std::string text = schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot));
    if (!is_signed && is_of_another(history, voter.id, text)) {
      ballot.previous = git::blob_id(text).hex();
      text = schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot));
    }
    refuse_findings(context, "ballot", path, text);
    club::BallotVersion version = version_of(history, voter.id, identity.author, ballot, text);
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
    outcome.lines = {"receipt: " + receipt};
    outcome.next = fmt::format("paperclub verify {}", receipt);
    return outcome;
  };
  return write_files(context, options.flags, "vote", first.folder, first.prefix, work,
                     voter.author);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("ID", options->names, "The papers you approve: ids, their beginnings or numbers");
  args.text("--round", options->round, "The round (default: the open one)", "ROUND");
  args.text("--rank", options->rank, "Your order, best first, equal ones with =", "ORDER");
  args.text("--score", options->score, "Your scores, such as bert=5,mamba=3", "SCORES");
  args.flag("--abstain", options->abstain, "Be present and choose nothing");
  args.flag("--withdraw", options->withdraw, "Take your vote back");
  args.text("--for", options->member, "Record the vote of this member", "MEMBER");
  args.text("--comment", options->comment, "A remark that everybody can read", "TEXT");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command vote_command() {
  return {"vote",
          "Vote",
          "vote in the open round; vote again to change it",
          "[OPTIONS] [ID…]",
          "paperclub vote bert\n"
          "paperclub vote --rank 't5 > bert' --dry-run",
          "round show",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
