// paperclub verify: what became of a ballot.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "lib/publish/round_json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string receipt;
  std::string round;
  std::string format = "text";
};

// ROUND/MEMBER@BLOB, or a member alone.
struct Receipt {
  std::string round;
  std::string member;
  std::string blob;
};

Receipt parse(const std::string& text) {
  Receipt receipt;
  const std::size_t slash = text.find('/');
  const std::size_t at = text.find('@');
  if (slash != text.npos) receipt.round = text.substr(0, slash);
  const std::size_t begin = slash == text.npos ? 0 : slash + 1;
  receipt.member = text.substr(begin, at == text.npos ? at : at - begin);
  if (at != text.npos) receipt.blob = text.substr(at + 1);
  constexpr std::size_t kLeast = 7;  // digits, as git shortens ids
  const bool is_hex = receipt.blob.find_first_not_of("0123456789abcdef") == text.npos;
  const bool is_short = at != text.npos && (receipt.blob.size() < kLeast || !is_hex);
  if (receipt.member.empty() || is_short || (slash != text.npos && receipt.round.empty())) {
    throw Error{ErrorKind::usage, fmt::format("{} is no receipt", quote(text, 200))}.hint(
        "give all that 'paperclub vote' printed, ROUND/MEMBER@BALLOT, or a member's name");
  }
  return receipt;
}

const char* word_for(vote::Fate fate) {
  if (fate == vote::Fate::counts) return "counts";
  return fate == vote::Fate::superseded ? "superseded" : "left-out";
}

// The more, the better for the voter.
int worth_of(vote::Fate fate) {
  if (fate == vote::Fate::counts) return 2;
  return fate == vote::Fate::superseded ? 1 : 0;
}

// Nothing of that member is there, or not this ballot.
Error not_found(const Receipt& receipt, const club::RoundHistory& history) {
  const std::string& id = history.id.str();
  Error error{
      ErrorKind::unacceptable,
      receipt.blob.empty()
          ? fmt::format("{} has no ballot in round {}", quote(receipt.member, 100), id)
          : fmt::format("no such ballot of {} in round {}", quote(receipt.member, 100), id)};
  if (history.closed)
    error.hint("the round is closed: 'paperclub sync' leaves a vote out that reaches it too late");
  return error.hint(
      "has it been pushed, and this clone fetched it? history may have been rewritten, too: "
      "see 'paperclub audit'");
}

int run(const Options& options, Context& context) {
  const Receipt receipt = parse(options.receipt);
  const VotingPlace place = open_votes(context);
  warn_of_history(context, place);
  const RoundId id =
      round_named(place, receipt.round.empty() ? options.round : receipt.round, true);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  const vote::Judged judged = vote::judge(history);
  // One that was cast twice with the same words is one receipt: the best of them is its fate, the
  // last of the best.
  std::map<git::ObjectId, std::size_t> best;
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    if (history.versions[i].member != receipt.member) continue;
    const auto [at, is_new] = best.emplace(history.versions[i].blob, i);
    if (!is_new && worth_of(judged.verdicts[i].fate) >= worth_of(judged.verdicts[at->second].fate))
      at->second = i;
  }
  std::vector<publish::VerifiedBallot> found;
  bool counts = false;
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    const club::BallotVersion& version = history.versions[i];
    if (version.member != receipt.member || !version.blob.hex().starts_with(receipt.blob)) continue;
    if (!receipt.blob.empty() && best.at(version.blob) != i) continue;
    const vote::Verdict& verdict = judged.verdicts[i];
    counts = counts || verdict.fate == vote::Fate::counts;
    found.push_back({fmt::format("{}/{}@{}", id.str(), version.member, version.blob.hex()),
                     version.commit.hex(), word_for(verdict.fate), verdict.reason});
  }
  if (found.empty()) throw not_found(receipt, history);
  if (options.format == "json") {
    context.ui.out(publish::verify_json(found));
    return counts ? kDone : kUnacceptable;
  }
  for (const publish::VerifiedBallot& one : found) {
    context.ui.out(fmt::format("{}: {}{}, commit {}\n", escape(one.receipt), one.fate,
                               one.reason.empty() ? "" : fmt::format(" ({})", escape(one.reason)),
                               one.commit.substr(0, 10)));
  }
  return counts ? kDone : kUnacceptable;
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("RECEIPT|MEMBER", options->receipt,
            "What 'vote' printed, or a member for all their ballots", Needed::yes);
  args.text("--round", options->round, "The round (default: the open one)", "ROUND");
  args.format(options->format, {"text", "json"});
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Vote",
          "say whether a ballot counts, and if not, why",
          "[OPTIONS] RECEIPT|MEMBER",
          "paperclub verify ada",
          "audit",
          setup,
          Argument::member};
}

}  // namespace paperclub::cli
