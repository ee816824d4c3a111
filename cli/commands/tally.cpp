// paperclub tally: counts the ballots of a round, or of a file in a format of others.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "cli/rounds.hpp"
#include "cli/tally_text.hpp"
#include "lib/publish/round_tally.hpp"
#include "lib/vote/interchange.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string round;
  std::string at;
  std::string file;
  std::string input;
  std::string method;
  std::string write;
  long long seats = 0;
  bool margins = false;
  std::string format = "text";
};

vote::Format format_of(const Options& options) {
  if (!options.input.empty()) return *vote::format_called(options.input);
  if (const auto format = vote::format_of_file(options.file)) return *format;
  throw Error{ErrorKind::usage,
              fmt::format("the name of {} does not tell its format", quote(options.file, 200))}
      .hint("name it with --input, such as --input cef");
}

// The method for what the ballots say.
std::string_view usual_method(std::size_t seats, const vote::Ballots& ballots) {
  if (ballots.has_approvals()) return seats > 1 ? "spav" : "approval";
  if (ballots.has_scores() && seats == 1) return "star";
  return seats > 1 ? "stv" : "schulze";
}

vote::Rules rules_of(const Options& options, const vote::Interchange& from) {
  vote::Rules rules;
  rules.options.seats = options.seats > 0 ? static_cast<std::size_t>(options.seats)
                                          : std::max<std::size_t>(from.seats.value_or(1), 1);
  rules.options.margins = options.margins;
  rules.options.max_score = std::max(rules.options.max_score, from.ballots.highest_score());
  rules.none = from.none;
  rules.method =
      vote::find_method(options.method.empty() ? usual_method(rules.options.seats, from.ballots)
                                               : std::string_view(options.method));
  return rules;
}

int show(Context& context, const std::string& format, const publish::Tally& tally) {
  if (format == "json") {
    context.ui.out(publish::tally_json(tally));
  } else if (format == "markdown") {
    context.ui.out(publish::tally_markdown(tally));
  } else {
    context.ui.out(tally_text(context.ui, tally));
  }
  return tally.decision.outcome == vote::Outcome::no_decision ? kUnacceptable : kDone;
}

bool is_other(const Options& options) {
  return !options.method.empty() || options.seats > 0 || options.margins;
}

// The method, seats and margins asked for instead of the round's own.
void apply(const Options& options, vote::Rules& rules) {
  if (!options.method.empty()) rules.method = vote::find_method(options.method);
  if (options.seats > 0) rules.options.seats = static_cast<std::size_t>(options.seats);
  rules.options.margins = rules.options.margins || options.margins;
}

vote::Interchange ballots_of(const club::RoundHistory& history, const vote::RoundCount& count) {
  vote::Interchange out{
      {}, count.judged.ballots.as_read(count.rules.method->reads), count.rules.options.seats};
  for (const PaperId& id : history.round.candidates)
    out.candidates.push_back(id.str());
  out.none = history.round.rules.none.value_or(false);
  return out;
}

// What was asked for and changes nothing.
void add_notes(const Options& options, publish::Tally& tally) {
  const vote::Rules& rules = tally.rules;
  if (options.margins && !rules.method->has_margins) {
    tally.notes.push_back(
        fmt::format("margins change nothing in {}", std::string(rules.method->name)));
  }
  if (rules.options.seats > tally.names.size()) {
    tally.notes.push_back(fmt::format("{}, and only {}", counted(rules.options.seats, "seat"),
                                      counted(tally.names.size(), "candidate")));
  }
}

int run_round(const Options& options, Context& context) {
  const VotingPlace place = open_votes(context, options.at);
  if (options.at.empty()) warn_of_history(context, place);
  const RoundId id = round_named(place, options.round, true);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  warn_of_result(context, history);
  vote::RoundCount count{vote::judge(history), vote::rules_of(history), {}};
  if (is_other(options)) apply(options, count.rules);
  count.decision = vote::decide(count.judged.ballots, count.rules);
  if (!options.write.empty()) {
    context.ui.out(
        vote::write_interchange(*vote::format_called(options.write), ballots_of(history, count)));
    context.ui.note(
        fmt::format("the ballots are written as {} reads them", count.rules.method->title));
    return kDone;
  }
  warn_of_round(context, history);
  publish::Tally tally = publish::tally_of(history, count);
  add_notes(options, tally);
  return show(context, options.format, tally);
}

int run(const Options& options, Context& context) {
  if (options.file.empty()) return run_round(options, context);
  if (!options.round.empty() || !options.at.empty()) {
    throw Error{ErrorKind::usage, "--from counts a file, which has neither round nor commit"}.hint(
        "leave out the round and --at, or --from");
  }
  const std::string text = read_input(context, options.file, vote::kMaxTextBytes);
  vote::Interchange from = [&] {
    try {
      return vote::read_interchange(format_of(options), text);
    } catch (Error& error) {
      throw error.at(escape(options.file));
    }
  }();
  if (!options.write.empty()) {
    context.ui.out(vote::write_interchange(*vote::format_called(options.write), from));
    return kDone;
  }
  if (from.candidates.empty()) {
    throw Error{ErrorKind::unacceptable, "nobody stands for election"}
        .at(escape(options.file))
        .hint("name the candidates in the file");
  }
  publish::Tally tally;
  tally.subject = options.file;
  tally.names = from.candidates;
  tally.rules = rules_of(options, from);
  tally.decision = vote::decide(from.ballots, tally.rules);
  tally.notes = from.notes;
  add_notes(options, tally);
  return show(context, options.format, tally);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ROUND", options->round, "The round (default: the open one)");
  args.text("--from", options->file, "Count this file, or - for standard input", "FILE");
  args.choice("--input", options->input, "Its format (default: told by its name)",
              {"cef", "preflib", "abif", "blt", "debian"});
  std::vector<std::string> names;
  for (const vote::Method& method : vote::methods())
    names.emplace_back(method.name);
  args.choice("--method", options->method,
              "How to count (default: as the round says, or as the ballots are)", names);
  args.number("--seats", options->seats,
              "How many papers are elected (default: as the round or the file says)", 1,
              static_cast<long long>(vote::kMaxCandidates));
  args.flag("--margins", options->margins,
            "Schulze, ranked pairs and minimax: by margins, not by winning votes");
  args.choice("--write", options->write, "Write the ballots in this format instead",
              {"cef", "preflib", "abif", "blt"});
  args.format(options->format, {"text", "markdown", "json"});
  args.at(options->at);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command tally_command() {
  return {"tally",
          "Vote",
          "count the ballots of a round, or of a file",
          "[OPTIONS] [ROUND]",
          "paperclub tally\n"
          "echo 'bert > mamba * 3' | paperclub tally --from - --input cef",
          "list",
          setup,
          Argument::round};
}

}  // namespace paperclub::cli
