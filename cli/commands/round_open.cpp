// paperclub round open and reopen-as-new: a round of voting begins.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "cli/commands.hpp"
#include "cli/rounds.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/round_states.hpp"
#include "lib/git/ssh_signature.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/vote/methods.hpp"

namespace paperclub::cli {
namespace {

constexpr long long kLastMinute = 23 * 60 + 59;

struct OpenOptions {
  std::string name;
  std::string title;
  std::vector<std::string> candidates;
  bool all = false;
  bool carry_over = false;
  std::string method;
  std::string electorate;
  std::string closes;
  std::string quorum;
  std::string lot = "earliest";
  long long seats = 0;
  bool none = false;
  WriteFlags flags;
};

constexpr std::string_view kNoPaper = "none";

void add_candidate(std::vector<const club::PaperRecord*>& papers, const club::PaperRecord& paper) {
  if (std::find(papers.begin(), papers.end(), &paper) == papers.end()) papers.push_back(&paper);
}

// The runners-up of the round that was closed last.
std::vector<PaperId> carried(const Desk& desk) {
  const VotingPlace place = open_votes(desk.context);
  const club::RoundRecord* last = nullptr;
  for (const club::RoundRecord& round : desk.snapshot.rounds) {
    if (!round.round.result) continue;
    if (last == nullptr || was_closed_before(place.repository, last->round, round.round))
      last = &round;
  }
  if (last != nullptr) return last->round.result->runners_up;
  throw Error{ErrorKind::unacceptable, "no round was closed yet, so nothing is carried over"}.hint(
      "name the candidates, or use --all");
}

std::vector<const club::PaperRecord*> candidates_of(const Desk& desk, const OpenOptions& options) {
  std::vector<const club::PaperRecord*> papers;
  const bool named = !options.candidates.empty() || options.carry_over;
  for (const std::string& list : options.candidates) {
    for (std::size_t begin = 0; begin <= list.size();) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      const std::string name = squeeze(list.substr(begin, end - begin));
      if (!name.empty()) add_candidate(papers, club::find_paper(desk.snapshot, name));
      begin = end + 1;
    }
  }
  if (options.carry_over) {
    for (const PaperId& id : carried(desk)) {
      const club::PaperRecord* paper = club::find_by_id(desk.snapshot, id.str());
      if (paper != nullptr && !paper->paper.withdrawn && !paper->paper.number)
        add_candidate(papers, *paper);
    }
  }
  for (const club::PaperRecord& paper : desk.snapshot.papers) {
    const bool suggested =
        !paper.paper.number && !paper.paper.withdrawn && paper.id.str() != kNoPaper;
    if (suggested && (options.all || !named)) add_candidate(papers, paper);
  }
  for (const club::PaperRecord* paper : papers) {
    if (paper->id.str() == kNoPaper) {
      throw Error{ErrorKind::unacceptable, "'none' is what ballots call no paper"}.hint(
          "give the paper another id first: paperclub rename none ID");
    }
    if (!paper->paper.withdrawn) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is withdrawn", quote(paper->id.str(), 100))}
        .hint(fmt::format("bring it back first: paperclub restore {}", paper->id.str()));
  }
  if (papers.empty()) {
    throw Error{ErrorKind::unacceptable, "there is nothing to vote on"}.hint(
        "suggest papers with 'paperclub add', or name some with --candidates");
  }
  return papers;
}

// The lot order: who was suggested first, then by id; or by a digest that nobody chooses.
std::vector<PaperId> in_lot_order(std::vector<const club::PaperRecord*> papers,
                                  const OpenOptions& options) {
  std::sort(papers.begin(), papers.end(), [&](const auto* a, const auto* b) {
    if (options.lot == "digest") {
      const auto key = [&](const auto* paper) {
        return git::sha256(options.name + "\n" + paper->id.str());
      };
      return key(a) < key(b);
    }
    const auto day = [](const auto* paper) {
      return paper->paper.suggested ? paper->paper.suggested->on : std::nullopt;
    };
    if (day(a).has_value() != day(b).has_value()) return day(a).has_value();
    if (day(a) != day(b)) return day(a) < day(b);
    return a->id < b->id;
  });
  std::vector<PaperId> ids;
  for (const club::PaperRecord* paper : papers)
    ids.push_back(paper->id);
  return ids;
}

record::Quorum quorum_of(const std::string& text) {
  record::Quorum quorum;
  if (text.find('/') != text.npos) {
    quorum.share = text;
    return quorum;
  }
  long long ballots = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data(), end, ballots).ptr != end || ballots < 1) {
    throw Error{ErrorKind::usage,
                fmt::format("--quorum must be a number or a share, not {}", quote(text, 100))}
        .hint("write it as 5, or as 1/3 of the members");
  }
  quorum.ballots = ballots;
  return quorum;
}

Moment closes_of(const record::ClubSettings& settings, const std::string& text) {
  if (const auto moment = parse_moment(text)) return *moment;
  const auto day = parse_date(text);
  const auto last = day && !settings.timezone.empty()
                        ? os::at_local_time(*day, kLastMinute, settings.timezone)
                        : std::nullopt;
  if (last) return *last;
  throw Error{ErrorKind::usage, fmt::format("--closes must be a time, not {}", quote(text, 100))}
      .hint(day ? "the club has no time zone: write it as 2030-01-31T20:00+08:00"
                : "write it as 2030-01-31 or 2030-01-31T20:00+08:00");
}

record::Round round_of(const Desk& desk, const OpenOptions& options) {
  const record::ClubSettings& settings = desk.snapshot.settings;
  record::Round round;
  round.title = squeeze(options.title);
  round.opened = desk.now.date;
  if (!options.closes.empty()) round.closes = closes_of(settings, options.closes);
  if (round.closes && seconds_since_epoch(*round.closes) <= seconds_since_epoch(desk.now)) {
    throw Error{ErrorKind::usage, fmt::format("{} is past", format_moment(*round.closes))}.hint(
        "give a time that is still to come with --closes, or none");
  }
  round.rules.method = options.method.empty() ? settings.voting.method : options.method;
  if (round.rules.method.empty()) round.rules.method = "approval";
  const long long seats = options.seats > 0 ? options.seats : settings.voting.seats.value_or(1);
  // Approval for several would give all seats to one side.
  if (options.method.empty() && round.rules.method == "approval" && seats > 1)
    round.rules.method = "spav";
  round.rules.electorate = options.electorate;
  if (options.seats > 0) round.rules.seats = options.seats;
  const vote::Method* method = vote::find_method(round.rules.method);
  const bool reads_scores = method != nullptr && method->reads == vote::Reads::scores;
  if (reads_scores && options.none) {
    throw Error{ErrorKind::usage, fmt::format("{} has no place for 'no paper'", method->title)}
        .hint("leave out --none, or take a method that ranks, such as schulze");
  }
  if (options.none) round.rules.none = true;
  if (!options.quorum.empty()) round.rules.quorum = quorum_of(options.quorum);
  return round;
}

// A name is used once: history remembers the first round that had it, also one that was removed.
void refuse_taken_round(const Desk& desk, const std::string& name) {
  require_id(name);
  const VotingPlace place = open_votes(desk.context);
  for (const RoundId& known : club::rounds_ever(place.repository, place.prefix, place.tip)) {
    if (known.str() != name) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("there is or was a round {}", quote(name, 100))}
        .hint("give it another name; a round is never opened twice");
  }
}

// Who may vote is what the members' files say now: each must be good, and no address or key stand
// in two of them.
void refuse_bad_roll(const Desk& desk, bool is_signed) {
  for (const Finding& finding : club::check_club(desk.snapshot, desk.files)) {
    const club::Place place = club::place_of(finding.file);
    const bool of_members =
        place.place == club::PlaceKind::record && place.kind == club::RecordKind::member;
    if (!of_members || severity_of(finding) != Severity::error) continue;
    throw Error{ErrorKind::unacceptable, fmt::format("the roll is not good: {}", finding.message)}
        .at(escape(finding.file))
        .hint("mend it first; 'paperclub check' says how");
  }
  const auto& members = desk.snapshot.members;
  if (members.empty()) {
    throw Error{ErrorKind::unacceptable, "only members may vote, and the club has none"}.hint(
        "add them with 'paperclub member add', or open it with --electorate open");
  }
  const auto has_key = [](const club::MemberRecord& one) { return !one.member.keys.empty(); };
  if (!is_signed || std::any_of(members.begin(), members.end(), has_key)) return;
  throw Error{ErrorKind::unacceptable, "votes are to be signed, and no member has a key"}.hint(
      "add them with 'paperclub member edit ID --add keys=…'");
}

// A round that could never be decided is not opened.
void refuse_hopeless(const Desk& desk, const record::Round& round) {
  const vote::Method* method = vote::find_method(round.rules.method);
  const record::VotingRules rules = club::merged_rules(round.rules, desk.snapshot.settings.voting);
  const auto& quorum = rules.quorum;
  const auto share = quorum ? vote::parse_fraction(quorum->share) : std::nullopt;
  if (share && *share > vote::fraction(1)) {
    throw Error{ErrorKind::usage,
                fmt::format("the quorum {} is more than all members", quote(quorum->share, 100))}
        .hint("write it as 1/3");
  }
  if (share && rules.electorate == "open") {
    throw Error{ErrorKind::usage, "the quorum is a share of the members, and anybody may vote"}
        .hint("give a number of ballots: --quorum 5");
  }
  if (rules.electorate != "open") refuse_bad_roll(desk, rules.electorate == "signed");
  const auto members = static_cast<long long>(desk.snapshot.members.size());
  if (quorum && quorum->ballots && *quorum->ballots > members && rules.electorate != "open") {
    throw Error{ErrorKind::usage,
                fmt::format("the quorum is {} ballots, and {} may vote", *quorum->ballots,
                            counted(desk.snapshot.members.size(), "member"))}
        .hint(fmt::format("give a lower one: --quorum {}, or 1/3 of the members", members));
  }
  if (rules.seats && *rules.seats > static_cast<long long>(round.candidates.size())) {
    throw Error{ErrorKind::usage, fmt::format("{} seats for {}", *rules.seats,
                                              counted(round.candidates.size(), "candidate"))}
        .hint("give fewer --seats, or name more candidates");
  }
  const auto seats = static_cast<std::size_t>(rules.seats.value_or(1));
  if (method != nullptr && vote::is_too_large(*method, seats, round.candidates.size())) {
    throw Error{ErrorKind::limit,
                fmt::format("{} seats of {} are more than {} counts exactly", seats,
                            counted(round.candidates.size(), "candidate"), method->title)}
        .hint("give fewer --seats, fewer candidates, or --method stv");
  }
}

// How one votes in the round.
std::string vote_hint(const std::string& name, const record::Round& round) {
  const vote::Method* method = vote::find_method(round.rules.method);
  const auto reads = method == nullptr ? vote::Reads::approvals : method->reads;
  if (reads == vote::Reads::scores)
    return fmt::format("paperclub vote --score ID=5,ID=3 --round {}", name);
  if (reads == vote::Reads::rankings)
    return fmt::format("paperclub vote --rank 'ID > ID' --round {}", name);
  return fmt::format("paperclub vote ID --round {}", name);
}

Outcome opened(const Desk& desk, const std::string& name, const record::Round& round) {
  refuse_hopeless(desk, round);
  Outcome outcome;
  outcome.id = name;
  outcome.changes.push_back(
      made(desk.context, "round", club::round_path(name), record::to_yaml(round)));
  outcome.subject = fmt::format("votes: open {}", name);
  outcome.next = vote_hint(name, round);
  if (!desk.snapshot.settings.voting.min_share.empty() && round.rules.method != "approval")
    outcome.notes.emplace_back("min_share of club.yaml is for approval, and means nothing here");
  for (std::size_t i = 0; i < round.candidates.size(); ++i)
    outcome.lines.push_back(fmt::format("{:>3}  {}", i + 1, round.candidates[i].str()));
  return outcome;
}

int run_open(const OpenOptions& options, Context& context) {
  return change_club(context, options.flags, "round-open", [&](const Desk& desk) {
    refuse_taken_round(desk, options.name);
    record::Round round = round_of(desk, options);
    round.candidates = in_lot_order(candidates_of(desk, options), options);
    return opened(desk, options.name, round);
  });
}

Run setup_open(Arguments& args) {
  auto options = std::make_shared<OpenOptions>();
  args.word("NAME", options->name, "The round's id, such as 2030-01", Needed::yes);
  args.text("--title", options->title, "What it is called", "TEXT");
  args.list("--candidates", options->candidates,
            "The papers to vote on, separated by commas (default: all suggestions)", "ID,…");
  args.flag("--all", options->all, "All suggestions, besides those that are named");
  args.flag("--carry-over", options->carry_over, "The runners-up of the last round");
  std::vector<std::string> names;
  for (const vote::Method& method : vote::methods())
    names.emplace_back(method.name);
  args.choice("--method", options->method,
              "How to count (default: as club.yaml says; for several seats spav, not approval)",
              names);
  args.number("--seats", options->seats, "How many papers are chosen", 1, 100);
  args.choice("--electorate", options->electorate, "Who may vote", {"open", "members", "signed"});
  args.text("--closes", options->closes, "Until when, as a promise to people", "DATE");
  args.text("--quorum", options->quorum, "The least turnout: ballots, or a share of members", "N");
  args.flag("--none", options->none, "'no paper' may be ranked, too");
  args.choice("--lot", options->lot, "The order that breaks ties", {"earliest", "digest"});
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run_open(*options, context); };
}

// --- once more -----------------------------------------------------------------------------------

struct AgainOptions {
  std::string name;
  std::string again;
  WriteFlags flags;
};

std::vector<std::string> ids_of(const record::Round& round) {
  std::vector<std::string> ids;
  for (const PaperId& id : round.candidates)
    ids.push_back(id.str());
  return ids;
}

// Takes those away that were chosen meanwhile or withdrawn, and calls the others by their ids of
// today; returns the ids of the former.
std::vector<std::string> drop_chosen(const Desk& desk, record::Round& round) {
  std::vector<std::string> gone;
  std::vector<PaperId> left;
  for (const PaperId& id : round.candidates) {
    const club::PaperRecord* paper = club::find_by_id(desk.snapshot, id.str());
    if (paper == nullptr || paper->paper.number || paper->paper.withdrawn) {
      gone.push_back(id.str());
    } else if (std::find(left.begin(), left.end(), paper->id) == left.end()) {
      left.push_back(paper->id);
    }
  }
  round.candidates = std::move(left);
  if (!round.candidates.empty()) return gone;
  throw Error{ErrorKind::unacceptable, "every candidate was chosen or withdrawn meanwhile"}.hint(
      "open a round with others: paperclub round open NAME");
}

// The rules that the round had, with what it took from club.yaml then; nothing where history does
// not say it any more.
std::optional<record::VotingRules> rules_then(const Desk& desk, const RoundId& id) {
  const VotingPlace place = open_votes(desk.context);
  try {
    return club::read_round(place.repository, place.prefix, place.tip, id).round.rules;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable && error.kind() != ErrorKind::usage) throw;
    return std::nullopt;
  }
}

// The round that is opened anew like `known`, and what there is to say of it.
Outcome opened_again(const Desk& desk, const club::RoundRecord& known, const std::string& name) {
  record::Round round = known.round;
  round.result.reset();
  round.closes.reset();
  round.opened = desk.now.date;
  const std::vector<std::string> gone = drop_chosen(desk, round);
  const record::VotingRules& club = desk.snapshot.settings.voting;
  const auto then = rules_then(desk, known.id);
  const bool is_kept = then && !(*then == club::merged_rules(round.rules, club));
  if (is_kept) round.rules = *then;
  const auto left = static_cast<long long>(round.candidates.size());
  const bool is_short = round.rules.seats && *round.rules.seats > left;
  if (is_short) round.rules.seats = left;
  try {
    Outcome outcome = opened(desk, name, round);
    for (const std::string& id : gone)
      outcome.notes.push_back(
          fmt::format("{} has a number or is withdrawn, and stands no more", quote(id, 100)));
    if (is_kept)
      outcome.notes.emplace_back("its rules are those of the old round, not those of club.yaml");
    if (is_short)
      outcome.notes.push_back(
          fmt::format("it has {}, for no more stand", counted(round.candidates.size(), "seat")));
    return outcome;
  } catch (const Error& error) {
    // The hints of `round open` name flags that are not here.
    if (error.kind() != ErrorKind::usage && error.kind() != ErrorKind::limit) throw;
    throw Error{ErrorKind::unacceptable, error.message()}.hint(
        fmt::format("open one with other rules: paperclub round open {} --candidates {}", name,
                    fmt::join(ids_of(round), ",")));
  }
}

int run_again(const AgainOptions& options, Context& context) {
  return change_club(context, options.flags, "round-reopen", [&](const Desk& desk) {
    refuse_taken_round(desk, options.again);
    for (const club::RoundRecord& known : desk.snapshot.rounds) {
      if (known.id.str() == options.name) return opened_again(desk, known, options.again);
    }
    throw Error{ErrorKind::usage, fmt::format("no round {}", quote(options.name, 100))}.hint(
        "see 'paperclub round list'");
  });
}

Run setup_again(Arguments& args) {
  auto options = std::make_shared<AgainOptions>();
  args.word("ROUND", options->name, "The round that was", Needed::yes);
  args.word("NAME", options->again, "The new round's id", Needed::yes);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run_again(*options, context); };
}

}  // namespace

Command round_open_command() {
  return {"round open",
          "Vote",
          "open a round of voting on suggestions",
          "[OPTIONS] NAME",
          "paperclub round open 2030-01 --candidates bert,t5 --dry-run",
          "vote",
          setup_open};
}

Command round_reopen_command() {
  return {"round reopen-as-new",
          "Vote",
          "open a new round like an old one",
          "[OPTIONS] ROUND NAME",
          "paperclub round reopen-as-new example 2030-02 --dry-run",
          "round open",
          setup_again,
          Argument::round};
}

}  // namespace paperclub::cli
