// paperclub audit: recomputes closed rounds from history, and notices where history was rewritten.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "lib/club/round_states.hpp"
#include "lib/club/seen_tips.hpp"
#include "lib/publish/round_json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string format = "text";
};

// The word for how the tip stands to the one that this clone saw last.
const char* word_for(club::SeenState state) {
  switch (state) {
    case club::SeenState::first_seen: return "first seen";
    case club::SeenState::unchanged: return "unchanged";
    case club::SeenState::extended: return "extended";
    case club::SeenState::rewritten: return "rewritten";
  }
  return "";
}

// Compares the tip with the one seen last, and remembers it where it stands on that.  A clone that
// cannot remember (HEAD is on no branch, git's folder is read-only) can count all the same.
std::optional<club::SeenTip> look_back(Context& context, const VotingPlace& place) {
  try {
    const std::string branch = place.repository.head().branch;
    const club::SeenTip seen = club::compare_seen(place.repository, branch, place.tip);
    if (seen.is_damaged) {
      context.ui.warning(damaged_memory_words());
    }
    const bool news =
        seen.state == club::SeenState::first_seen || seen.state == club::SeenState::extended;
    if (news) club::remember_tip(place.repository, branch, place.tip);
    return seen;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::repository && error.kind() != ErrorKind::io) throw;
    context.ui.warning(
        fmt::format("this clone cannot remember which history it saw: {}", error.message()));
    return std::nullopt;
  }
}

template <typename Value>
void compare(const char* what, const Value& written, const Value& counted,
             std::vector<std::string>& differences) {
  if (written == counted) return;
  if constexpr (std::is_same_v<Value, std::vector<PaperId>>) {
    const auto list = [](const Value& ids) {
      std::string text;
      for (const PaperId& id : ids)
        text += (text.empty() ? "" : ", ") + id.str();
      return text;
    };
    differences.push_back(fmt::format("{}: written {}, counted {}", what, quote(list(written), 200),
                                      quote(list(counted), 200)));
  } else {
    differences.push_back(fmt::format("{}: written {}, counted {}", what,
                                      quote(fmt::format("{}", written), 100),
                                      quote(fmt::format("{}", counted), 100)));
  }
}

// The round's record as the tip has it, or nothing.
std::optional<record::Round> record_now(const VotingPlace& place, const RoundId& id) {
  for (const RoundEntry& entry : rounds_of(place)) {
    if (entry.id == id) return entry.round;
  }
  return std::nullopt;
}

publish::AuditedRound audited(const VotingPlace& place, const club::RoundHistory& history) {
  const RoundId& id = history.id;
  publish::AuditedRound audit{id.str(), false, {}};
  const vote::RoundCount count = vote::count_round(history);
  const record::RoundResult own = vote::result_of(history, count);
  const record::RoundResult& written = *history.result;
  compare("counted commit", written.counted, own.counted, audit.differences);
  compare("method", written.method, own.method, audit.differences);
  compare("ballots", written.ballots, own.ballots, audit.differences);
  compare("digest", written.digest, own.digest, audit.differences);
  compare("winners", written.winners, own.winners, audit.differences);
  compare("runners-up", written.runners_up, own.runners_up, audit.differences);
  compare("tied", written.tied, own.tied, audit.differences);
  if (count.decision.outcome == vote::Outcome::no_decision)
    audit.differences.push_back("it was closed without a decision: " + count.decision.why);
  // A merge that closes could count one side alone.
  if (const std::size_t ballots = vote::left_beneath(history)) {
    audit.differences.push_back(fmt::format("the close leaves out {} that its commit stands on",
                                            counted(ballots, "ballot")));
  }
  if (history.rules_changed) {
    audit.differences.emplace_back(
        "its candidates or rules were changed after the opening; they count as they were");
  }
  const auto now = record_now(place, id);
  if (!now) {
    audit.differences.emplace_back("the round's record was taken away after the close");
  } else if (!now->result) {
    audit.differences.emplace_back("the result was taken away after the close");
  } else if (!(now->result == history.result)) {
    audit.differences.emplace_back("the result was changed after the close");
  }
  audit.agrees = audit.differences.empty();
  return audit;
}

// The round that is called so, also one whose record was taken away.
RoundId audited_round(const VotingPlace& place, const std::string& name) {
  for (const RoundId& id : club::rounds_ever(place.repository, place.prefix, place.tip)) {
    if (id.str() == name) return id;
  }
  return round_named(place, name, true);
}

// The closed ones of the rounds; one of these that cannot be read is a difference of its own.
std::vector<publish::AuditedRound> audit_all(Context& context, const VotingPlace& place,
                                             const Options& options) {
  const bool one = !options.name.empty();
  const std::vector<RoundId> rounds =
      one ? std::vector<RoundId>{audited_round(place, options.name)}
          : club::rounds_ever(place.repository, place.prefix, place.tip);
  std::vector<publish::AuditedRound> audits;
  for (const RoundId& id : rounds) {
    try {
      const club::RoundHistory history =
          club::read_round(place.repository, place.prefix, place.tip, id);
      if (history.closed && history.result) {
        audits.push_back(audited(place, history));
      } else if (one) {
        throw Error{ErrorKind::usage, fmt::format("round {} is open", quote(id.str(), 100))}.hint(
            "only closed rounds can be recomputed; see 'paperclub tally'");
      }
    } catch (const Error& error) {
      const bool is_of_round =
          error.kind() == ErrorKind::unacceptable || error.kind() == ErrorKind::limit;
      if (one || !is_of_round) throw;
      if (club::was_ever_closed(place.repository, place.prefix, place.tip, id)) {
        audits.push_back({id.str(), false, {error.message()}});
      } else {
        context.ui.note(fmt::format("round {} can never be counted: {}", quote(id.str(), 100),
                                    error.message()));
      }
    }
  }
  return audits;
}

int run(const Options& options, Context& context) {
  const VotingPlace place = open_votes(context);
  // First of all: a rewritten history may well have rounds that cannot be read.
  const std::optional<club::SeenTip> seen = look_back(context, place);
  const bool rewritten = seen && seen->state == club::SeenState::rewritten;
  if (rewritten) context.ui.err("error: " + rewritten_words(*seen) + "\n");
  const std::vector<publish::AuditedRound> audits = audit_all(context, place, options);
  const bool all_agree =
      std::all_of(audits.begin(), audits.end(), [](const auto& audit) { return audit.agrees; });
  const bool good = !rewritten && all_agree;
  if (options.format == "json") {
    context.ui.out(publish::audit_json(audits, seen ? word_for(seen->state) : "not kept"));
    return good ? kDone : kUnacceptable;
  }
  for (const publish::AuditedRound& audit : audits) {
    context.ui.out(fmt::format("{}: {}\n", audit.round, audit.agrees ? "agrees" : "differs"));
    for (const std::string& difference : audit.differences)
      context.ui.out(fmt::format("  {}\n", difference));
  }
  if (audits.empty()) context.ui.note("no round is closed yet");
  if (!all_agree) {
    context.ui.hint(
        "what was written stays as it is; 'git log -p -- votes/ROUND.yaml' tells who changed it, "
        "'paperclub tally ROUND' what the ballots say");
  }
  return good ? kDone : kUnacceptable;
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ROUND", options->name, "The round (default: all that are closed)");
  args.flag("--all", "All closed rounds, as without a name");
  args.format(options->format, {"text", "json"});
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command audit_command() {
  return {"audit",
          "Vote",
          "recompute closed rounds, and notice rewritten history",
          "[OPTIONS] [ROUND]",
          "paperclub audit",
          "tally",
          setup,
          Argument::round};
}

}  // namespace paperclub::cli
