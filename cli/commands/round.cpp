// paperclub round list and show: the rounds of voting.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "cli/table.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/round_states.hpp"
#include "lib/publish/round_json.hpp"

namespace paperclub::cli {
namespace {

struct ReadOptions {
  std::string name;
  std::string format = "text";
  std::string at;
};

std::string result_words(const std::optional<record::RoundResult>& result) {
  if (!result) return "open";
  if (result->winners.empty()) return "closed, no paper";
  std::vector<std::string> winners;
  for (const PaperId& id : result->winners)
    winners.push_back(id.str());
  return fmt::format("closed: {}", fmt::join(winners, ", "));
}

std::string state_of(const publish::ListedRound& listed) {
  if (listed.is_void) return "counts no more";
  return result_words(listed.result) +
         (listed.result == listed.round.result ? "" : " (the record says something else since)");
}

// The rounds of the tip, each with the result that history has of it.
std::vector<publish::ListedRound> listed_rounds(const VotingPlace& place) {
  std::map<RoundId, club::RoundState> states;
  for (club::RoundState& state : club::round_states(place.repository, place.prefix, place.tip)) {
    const RoundId id = state.id;
    states.emplace(id, std::move(state));
  }
  std::vector<publish::ListedRound> list;
  for (RoundEntry& entry : rounds_of(place)) {
    const club::RoundState& state = states.at(entry.id);
    const bool is_void = state.is_disputed || (!state.result && why_void(place, entry.id));
    list.push_back({entry.id, std::move(entry.round), state.result, is_void});
  }
  return list;
}

// The rules that not every round has.
std::string rule_lines(const Ui& ui, const record::VotingRules& rules) {
  std::string text;
  if (rules.quorum && rules.quorum->ballots)
    text += field_line(ui, "quorum",
                       counted(static_cast<std::size_t>(*rules.quorum->ballots), "ballot"));
  if (rules.quorum && !rules.quorum->share.empty())
    text += field_line(ui, "quorum", escape(rules.quorum->share) + " of the members");
  const vote::Method* method = vote::find_method(rules.method);
  const bool reads_scores = method != nullptr && method->reads == vote::Reads::scores;
  if (rules.none.value_or(false) && !reads_scores)
    text += field_line(ui, "no paper", "may be ranked, as 'none'");
  if (rules.over_none.value_or(0) > 0) {
    text +=
        field_line(ui, "over none", counted(static_cast<std::size_t>(*rules.over_none), "ballot"));
  }
  if (!rules.min_share.empty() && rules.method == "approval")
    text += field_line(ui, "share", "at least " + escape(rules.min_share) + " of the ballots");
  if (rules.max_score) text += field_line(ui, "scores", fmt::format("0 to {}", *rules.max_score));
  if (rules.margins.value_or(false)) text += field_line(ui, "pairs", "compared by margins");
  return text;
}

int run_list(const ReadOptions& options, Context& context) {
  const VotingPlace place = open_votes(context, options.at);
  const std::vector<publish::ListedRound> rounds = listed_rounds(place);
  if (options.format == "json") {
    context.ui.out(publish::rounds_json(rounds));
    return kDone;
  }
  if (rounds.empty()) {
    context.ui.note("no round yet; open one with 'paperclub round open NAME'");
    return kDone;
  }
  std::vector<Row> rows;
  for (const publish::ListedRound& entry : rounds) {
    const record::Round& round = entry.round;
    rows.push_back({entry.id.str(), round.opened ? format_date(*round.opened) : "",
                    round.closes ? format_moment(*round.closes) : "", escape(round.rules.method),
                    state_of(entry)});
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
  text += rule_lines(context.ui, round.rules);
  text += field_line(context.ui, "closes", round.closes ? format_moment(*round.closes) : "");
  text += field_line(context.ui, "state", result_words(history.result));
  text += field_line(context.ui, "ballots", std::to_string(judged.counting.size()));
  warn_of_round(context, history);
  warn_of_result(context, history);
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

Run setup_list(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_list(*options, context); };
}

Run setup_show(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.word("ROUND", options->name, "The round (default: the open one)");
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_show(*options, context); };
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

}  // namespace paperclub::cli
