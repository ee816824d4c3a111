// paperclub round: opens a round of voting, shows it, and closes it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "cli/commands.hpp"
#include "cli/dates.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "cli/table.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/git/ssh_signature.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/round_json.hpp"
#include "lib/publish/round_tally.hpp"
#include "lib/timeline/schedule.hpp"

namespace paperclub::cli {
namespace {

constexpr long long kLastMinute = 23 * 60 + 59;

// --- reading -------------------------------------------------------------------------------------

struct ReadOptions {
  std::string name;
  std::string format = "text";
  std::string at;
};

std::string state_of(const record::Round& round) {
  if (!round.result) return "open";
  if (round.result->winners.empty()) return "closed, no paper";
  std::vector<std::string> winners;
  for (const PaperId& id : round.result->winners)
    winners.push_back(id.str());
  return fmt::format("closed: {}", fmt::join(winners, ", "));
}

int run_list(const ReadOptions& options, Context& context) {
  const VotingPlace place = open_votes(context, options.at);
  const std::vector<RoundEntry> rounds = rounds_of(place);
  if (options.format == "json") {
    std::vector<std::pair<RoundId, record::Round>> list;
    for (const RoundEntry& entry : rounds)
      list.emplace_back(entry.id, entry.round);
    context.ui.out(publish::rounds_json(list));
    return kDone;
  }
  if (rounds.empty()) {
    context.ui.note("no round yet; open one with 'paperclub round open NAME'");
    return kDone;
  }
  std::vector<Row> rows;
  for (const RoundEntry& entry : rounds) {
    const record::Round& round = entry.round;
    rows.push_back({entry.id.str(), round.opened ? format_date(*round.opened) : "",
                    round.closes ? format_moment(*round.closes) : "", escape(round.rules.method),
                    state_of(round)});
  }
  context.ui.out(render_table(context.ui, {"ROUND", "OPENED", "CLOSES", "METHOD", "STATE"}, rows));
  return kDone;
}

int run_show(const ReadOptions& options, Context& context) {
  const VotingPlace place = open_votes(context, options.at);
  const RoundId id = round_named(place, options.name, true);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  const vote::Judged judged = vote::judge(history);
  const record::Round& round = history.round;
  if (options.format == "json") {
    context.ui.out(publish::round_json(history, judged));
    return kDone;
  }
  const club::Snapshot snapshot =
      load_club(context, open_club(context, options.at.empty() ? "HEAD" : options.at),
                club::Scope::papers_and_members);
  std::string text = field_line(context.ui, "round", id.str());
  text += field_line(context.ui, "title", escape(squeeze(round.title)));
  text += field_line(context.ui, "method", escape(round.rules.method));
  text += field_line(context.ui, "seats", std::to_string(round.rules.seats.value_or(1)));
  text += field_line(context.ui, "voters", escape(round.rules.electorate));
  text += field_line(context.ui, "closes", round.closes ? format_moment(*round.closes) : "");
  record::Round told = round;
  told.result = history.result;
  text += field_line(context.ui, "state", state_of(told));
  text += field_line(context.ui, "ballots", std::to_string(judged.counting.size()));
  std::vector<Row> rows;
  for (std::size_t i = 0; i < round.candidates.size(); ++i) {
    const std::string& candidate = round.candidates[i].str();
    const club::PaperRecord* paper = club::find_by_id(snapshot, candidate);
    rows.push_back({std::to_string(i + 1), candidate,
                    paper == nullptr ? "" : escape(squeeze(paper->paper.title))});
  }
  context.ui.out(text + "\n" + render_table(context.ui, {"NO", "PAPER", "TITLE"}, rows));
  return kDone;
}

Run setup_list(CLI::App& app) {
  auto options = std::make_shared<ReadOptions>();
  add_format(app, options->format, {"text", "json"});
  add_at(app, options->at);
  return [options](Context& context) { return run_list(*options, context); };
}

Run setup_show(CLI::App& app) {
  auto options = std::make_shared<ReadOptions>();
  app.add_option("ROUND", options->name, "The round (default: the open one)");
  add_format(app, options->format, {"text", "json"});
  add_at(app, options->at);
  return [options](Context& context) { return run_show(*options, context); };
}

// --- opening -------------------------------------------------------------------------------------

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

void add_candidate(std::vector<const club::PaperRecord*>& papers, const club::PaperRecord& paper) {
  if (std::find(papers.begin(), papers.end(), &paper) == papers.end()) papers.push_back(&paper);
}

// The runners-up of the round that was closed last: of those with a result, the last by its day,
// then by its id.
std::vector<PaperId> carried(const club::Snapshot& snapshot) {
  const club::RoundRecord* last = nullptr;
  for (const club::RoundRecord& round : snapshot.rounds) {
    if (!round.round.result) continue;
    if (last == nullptr || last->round.opened <= round.round.opened) last = &round;
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
    for (const PaperId& id : carried(desk.snapshot)) {
      const club::PaperRecord* paper = club::find_by_id(desk.snapshot, id.str());
      if (paper != nullptr && !paper->paper.withdrawn && !paper->paper.number)
        add_candidate(papers, *paper);
    }
  }
  for (const club::PaperRecord& paper : desk.snapshot.papers) {
    const bool suggested = !paper.paper.number && !paper.paper.withdrawn;
    if (suggested && (options.all || !named)) add_candidate(papers, paper);
  }
  for (const club::PaperRecord* paper : papers) {
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
  round.rules.method = options.method.empty() ? settings.voting.method : options.method;
  if (round.rules.method.empty()) round.rules.method = "approval";
  round.rules.electorate = options.electorate;
  if (options.seats > 0) round.rules.seats = options.seats;
  if (options.none) round.rules.none = true;
  if (!options.quorum.empty()) round.rules.quorum = quorum_of(options.quorum);
  return round;
}

void refuse_taken_round(const Desk& desk, const std::string& name) {
  require_id(name);
  for (const club::RoundRecord& known : desk.snapshot.rounds) {
    if (known.id.str() != name) continue;
    throw Error{ErrorKind::unacceptable, fmt::format("there is a round {}", quote(name, 100))}.hint(
        "give it another name; a round is never opened twice");
  }
}

Outcome opened(const Desk& desk, const std::string& name, const record::Round& round) {
  Outcome outcome;
  outcome.id = name;
  outcome.changes.push_back(
      made(desk.context, "round", club::round_path(name), record::to_yaml(round)));
  outcome.subject = fmt::format("votes: open {}", name);
  outcome.next = fmt::format("paperclub vote ID --round {}", name);
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

Run setup_open(CLI::App& app) {
  auto options = std::make_shared<OpenOptions>();
  app.add_option("NAME", options->name, "The round's id, such as 2030-01")->required();
  app.add_option("--title", options->title, "What it is called")->type_name("TEXT");
  app.add_option("--candidates", options->candidates,
                 "The papers to vote on, separated by commas (default: all suggestions)")
      ->type_name("ID,…")
      ->allow_extra_args(false);
  app.add_flag("--all", options->all, "All suggestions, besides those that are named");
  app.add_flag("--carry-over", options->carry_over, "The runners-up of the last round");
  std::vector<std::string> names;
  for (const vote::Method& method : vote::methods())
    names.emplace_back(method.name);
  add_choice(app, "--method", options->method, "How to count (default: as club.yaml says)", names);
  app.add_option("--seats", options->seats, "How many papers are chosen")
      ->type_name("N")
      ->check(CLI::Range(1LL, 100LL).description(""));
  add_choice(app, "--electorate", options->electorate, "Who may vote",
             {"open", "members", "signed"});
  app.add_option("--closes", options->closes, "Until when, as a promise to people")
      ->type_name("DATE");
  app.add_option("--quorum", options->quorum, "The least turnout: ballots, or a share of members")
      ->type_name("N");
  app.add_flag("--none", options->none, "'no paper' may be ranked, too");
  add_choice(app, "--lot", options->lot, "The order that breaks ties", {"earliest", "digest"});
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run_open(*options, context); };
}

// --- once more -----------------------------------------------------------------------------------

struct AgainOptions {
  std::string name;
  std::string again;
  WriteFlags flags;
};

int run_again(const AgainOptions& options, Context& context) {
  return change_club(context, options.flags, "round-reopen", [&](const Desk& desk) {
    refuse_taken_round(desk, options.again);
    for (const club::RoundRecord& known : desk.snapshot.rounds) {
      if (known.id.str() != options.name) continue;
      record::Round round = known.round;
      round.result.reset();
      round.closes.reset();
      round.opened = desk.now.date;
      return opened(desk, options.again, round);
    }
    throw Error{ErrorKind::usage, fmt::format("no round {}", quote(options.name, 100))}.hint(
        "see 'paperclub round list'");
  });
}

Run setup_again(CLI::App& app) {
  auto options = std::make_shared<AgainOptions>();
  app.add_option("ROUND", options->name, "The round that was")->required();
  app.add_option("NAME", options->again, "The new round's id")->required();
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run_again(*options, context); };
}

// --- closing -------------------------------------------------------------------------------------

struct CloseOptions {
  std::string name;
  WriteFlags flags;
};

// Gives the winner its number and a session, in the club as the changes so far make it.
void place_winner(const Desk& desk, const PaperId& id, Outcome& outcome) {
  const auto files = club::with_changes(desk.files, outcome.changes);
  std::set<std::string> changed;
  for (const club::Change& change : outcome.changes)
    changed.insert(change.path);
  const club::Snapshot snapshot = club::reload_snapshot(desk.snapshot, *files, changed, desk.scope);
  const Desk now{desk.context, *files, snapshot, desk.author, desk.now, desk.scope};
  const club::PaperRecord* paper = club::find_by_id(snapshot, id.str());
  if (paper == nullptr) return;  // told by 'check'; the result names it all the same
  std::vector<club::Change> more;
  if (!paper->paper.number) {
    const long long number = timeline::next_number(snapshot).value;
    more.push_back(edited(now, "paper", paper->file, {yaml::Edit::set({"number"}, number)}));
  }
  if (const club::SessionRecord* session = timeline::next_open_session(snapshot, desk.now)) {
    more.push_back(
        edited(now, "session", session->file, {yaml::Edit::append({"papers"}, paper->id.str())}));
  } else {
    record::Session session_new;
    session_new.date = timeline::next_slot(snapshot, desk.now);
    session_new.papers = {paper->id};
    more.push_back(made(desk.context, "session",
                        club::session_path(timeline::next_session_id(snapshot).str()),
                        record::to_yaml(session_new)));
  }
  for (club::Change& change : more) {
    std::erase_if(outcome.changes, [&](const auto& one) { return one.path == change.path; });
    outcome.changes.push_back(std::move(change));
  }
}

Outcome closed(const Desk& desk, const RoundId& id) {
  const VotingPlace place = open_votes(desk.context);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  if (history.closed) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("round {} is closed already", quote(id.str(), 100))}
        .hint(fmt::format("see 'paperclub tally {}'", id.str()));
  }
  const vote::RoundCount count = vote::count_round(history);
  if (count.decision.outcome == vote::Outcome::no_decision) {
    throw Error{ErrorKind::unacceptable, fmt::format("no decision: {}", count.decision.why)}.hint(
        "the round stays open; nothing was written");
  }
  const record::RoundResult result = vote::result_of(history, count);
  Outcome outcome;
  outcome.id = id.str();
  const std::string path = club::round_path(id.str());
  outcome.changes.push_back(
      edited(desk, "round", path, {yaml::Edit::set({"result"}, record::to_yaml(result))}));
  for (const PaperId& winner : result.winners)
    place_winner(desk, winner, outcome);
  outcome.subject = fmt::format("votes: close {}", id.str());
  outcome.next = fmt::format("paperclub audit {}", id.str());
  outcome.timeline = true;
  const auto files = club::with_changes(desk.files, outcome.changes);
  std::set<std::string> changed;
  for (const club::Change& change : outcome.changes)
    changed.insert(change.path);
  outcome.lines = {
      "", publish::announcement(history, count,
                                club::reload_snapshot(desk.snapshot, *files, changed, desk.scope))};
  return outcome;
}

int run_close(const CloseOptions& options, Context& context) {
  const VotingPlace place = open_votes(context);
  const RoundId id = round_named(place, options.name);
  return change_club(context, options.flags, "round-close",
                     [&](const Desk& desk) { return closed(desk, id); });
}

Run setup_close(CLI::App& app) {
  auto options = std::make_shared<CloseOptions>();
  app.add_option("ROUND", options->name, "The round (default: the open one)");
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run_close(*options, context); };
}

}  // namespace

Command round_list_command() {
  return {"round list", "Vote",    "list the rounds of voting", "[OPTIONS]", "paperclub round list",
          "round show", setup_list};
}

Command round_show_command() {
  return {"round show",
          "Vote",
          "show a round, with the numbers of its candidates",
          "[OPTIONS] [ROUND]",
          "paperclub round show",
          "vote",
          setup_show,
          Argument::round};
}

Command round_open_command() {
  return {"round open",
          "Vote",
          "open a round of voting on suggestions",
          "[OPTIONS] NAME",
          "paperclub round open 2030-01 --candidates bert,t5 --dry-run",
          "vote",
          setup_open};
}

Command round_close_command() {
  return {"round close",
          "Vote",
          "count the votes, write the result, schedule who won",
          "[OPTIONS] [ROUND]",
          "paperclub round close --dry-run",
          "audit",
          setup_close,
          Argument::round};
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
