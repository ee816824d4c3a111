// paperclub audit: recomputes closed rounds from history, and notices where history was rewritten.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "lib/git/graph.hpp"
#include "lib/os/file.hpp"
#include "lib/publish/round_json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string format = "text";
};

// What this clone remembers: the commits of branches that it saw last, `BRANCH COMMIT` lines.
constexpr const char* kMemory = "paperclub-tips";
constexpr std::size_t kMaxMemory = 1024 * 1024;

std::vector<std::pair<std::string, std::string>> remembered(const os::Folder& folder) {
  std::vector<std::pair<std::string, std::string>> tips;
  const os::ReadResult file = folder.read(kMemory, kMaxMemory);
  std::string_view text = file.bytes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t blank = line.rfind(' ');
    if (blank != line.npos) tips.emplace_back(line.substr(0, blank), line.substr(blank + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tips;
}

bool descends(const VotingPlace& place, const std::string& commit) {
  const git::CommitGraph graph = git::CommitGraph::load(place.repository, place.tip);
  for (std::size_t i = 0; i < graph.size(); ++i) {
    if (graph.node(i).id.hex() == commit) return true;
  }
  return false;
}

// How the tip stands to the one that this clone saw last.
struct Memory {
  enum class State { first_seen, unchanged, extended, rewritten, not_kept };
  State state = State::first_seen;
  std::string seen;  // the commit seen last, or ""
};

const char* word_for(Memory::State state) {
  switch (state) {
    case Memory::State::first_seen: return "first seen";
    case Memory::State::unchanged: return "unchanged";
    case Memory::State::extended: return "extended";
    case Memory::State::rewritten: return "rewritten";
    case Memory::State::not_kept: return "not kept";
  }
  return "";
}

// Compares the tip with the one seen last, and remembers it where it descends from that.
Memory check_memory(const VotingPlace& place) {
  const git::Head head = place.repository.head();
  const os::Folder folder = os::Folder::open(place.repository.common_folder());
  auto tips = remembered(folder);
  const auto known = std::find_if(tips.begin(), tips.end(),
                                  [&](const auto& tip) { return tip.first == head.branch; });
  Memory memory;
  if (known == tips.end()) {
    tips.emplace_back(head.branch, place.tip.hex());
  } else {
    memory.seen = known->second;
    if (memory.seen == place.tip.hex()) return {Memory::State::unchanged, memory.seen};
    if (!descends(place, memory.seen)) return {Memory::State::rewritten, memory.seen};
    memory.state = Memory::State::extended;
    known->second = place.tip.hex();
  }
  std::string text;
  for (const auto& [branch, commit] : tips)
    text += fmt::format("{} {}\n", branch, commit);
  folder.put(kMemory, text);
  folder.sync();
  return memory;
}

// A clone that cannot remember (HEAD is on no branch, git's folder is read-only) can count all the
// same.
Memory memory_of(Context& context, const VotingPlace& place) {
  try {
    return check_memory(place);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::repository && error.kind() != ErrorKind::io) throw;
    context.ui.warning(
        fmt::format("this clone cannot remember which history it saw: {}", error.message()));
    return {Memory::State::not_kept, ""};
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
  const record::RoundResult counted = vote::result_of(history, count);
  const record::RoundResult& written = *history.result;
  compare("counted commit", written.counted, counted.counted, audit.differences);
  compare("method", written.method, counted.method, audit.differences);
  compare("ballots", written.ballots, counted.ballots, audit.differences);
  compare("digest", written.digest, counted.digest, audit.differences);
  compare("winners", written.winners, counted.winners, audit.differences);
  compare("runners-up", written.runners_up, counted.runners_up, audit.differences);
  compare("tied", written.tied, counted.tied, audit.differences);
  if (count.decision.outcome == vote::Outcome::no_decision)
    audit.differences.push_back("it was closed without a decision: " + count.decision.why);
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

// The closed ones of the rounds; one of these that cannot be read is a difference of its own.
std::vector<publish::AuditedRound> audit_all(Context& context, const VotingPlace& place,
                                             const Options& options) {
  const bool one = !options.name.empty();
  const std::vector<RoundId> rounds =
      one ? std::vector<RoundId>{round_named(place, options.name, true)}
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
      if (one || error.kind() != ErrorKind::unacceptable) throw;
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
  const Memory memory = memory_of(context, place);
  const bool rewritten = memory.state == Memory::State::rewritten;
  if (rewritten) {
    context.ui.err(fmt::format(
        "error: history was rewritten: this clone saw {} on the branch, and the tip does not stand "
        "on it\nhint: compare with another clone; where it was meant, remove '{}' in git's "
        "folder\n",
        memory.seen.substr(0, 10), kMemory));
  }
  const std::vector<publish::AuditedRound> audits = audit_all(context, place, options);
  bool good = !rewritten;
  for (const publish::AuditedRound& audit : audits)
    good = good && audit.agrees;
  if (options.format == "json") {
    context.ui.out(publish::audit_json(audits, word_for(memory.state)));
    return good ? kDone : kUnacceptable;
  }
  for (const publish::AuditedRound& audit : audits) {
    context.ui.out(fmt::format("{}: {}\n", audit.round, audit.agrees ? "agrees" : "differs"));
    for (const std::string& difference : audit.differences)
      context.ui.out(fmt::format("  {}\n", difference));
  }
  if (audits.empty()) context.ui.note("no round is closed yet");
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
