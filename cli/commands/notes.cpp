// paperclub notes: what the club found in a paper: its notes, and short answers to its questions.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/editor.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "cli/table.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/notes.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;

struct Options {
  std::string name;
  std::vector<std::string> answers;
  std::string file;
  bool missing = false;
  WriteFlags flags;
};

void check_options(const Options& options) {
  const int asked = (options.answers.empty() ? 0 : 1) + (options.file.empty() ? 0 : 1) +
                    (options.missing ? 1 : 0);
  if (asked > 1) {
    throw Error{ErrorKind::usage, "--answer, --file and --missing exclude each other"}.hint(
        "run the command once for each");
  }
  if (options.missing != options.name.empty()) {
    throw Error{ErrorKind::usage,
                options.missing ? "--missing is about every paper" : "no paper is named"}
        .hint("name a paper, or see with --missing which ones have no notes");
  }
}

// --- papers without notes ------------------------------------------------------------------------

int run_missing(const Options& options, Context& context) {
  const OpenClub club = open_club(context, "");
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::vector<Finding> findings = club::check_timeline(snapshot, *club.files);
  std::vector<const club::PaperRecord*> papers;
  std::vector<Row> rows;
  for (const timeline::TimelinePaper& item : timeline::timeline_of(snapshot)) {
    if (!timeline::notes_of(*item.paper).empty()) continue;
    papers.push_back(item.paper);
    rows.push_back({item.paper->id.str(), std::to_string(item.number),
                    item.date ? format_date(*item.date) : "",
                    escape(squeeze(record::display_title(item.paper->paper)))});
  }
  if (options.flags.format == "json") {
    context.ui.out(publish::list_json(papers, publish::count_findings(findings)));
  } else if (rows.empty()) {
    context.ui.note("every paper on the timeline has notes");
  } else {
    context.ui.out(render_table(context.ui, {"ID", "NO", "DATE", "TITLE"}, rows));
  }
  return tell_findings(context, findings);
}

// --- answers -------------------------------------------------------------------------------------

// Line breaks as records have them, and blanks for tabs.
std::string plain_lines(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != '\r') out += c == '\t' ? ' ' : c;
  }
  return out;
}

// The answers by question, in the order in which they are given.
std::map<std::string, std::vector<std::string>> answers_of(const Options& options,
                                                           const record::ClubSettings& settings) {
  std::vector<std::string> known;
  for (const record::Question& question : settings.questions)
    known.push_back(question.id);
  std::map<std::string, std::vector<std::string>> answers;
  for (const std::string& text : options.answers) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || squeeze(text.substr(equals + 1)).empty()) {
      throw Error{ErrorKind::usage, fmt::format("{} is no QUESTION=TEXT", quote(text))}.hint(
          "write it as big-idea='Mask a word and guess it.'");
    }
    const std::string question = text.substr(0, equals);
    if (std::find(known.begin(), known.end(), question) == known.end()) {
      Error error{ErrorKind::usage, fmt::format("the club has no question {}", quote(question))};
      const std::string near = nearest(question, known);
      if (known.empty()) throw error.hint("add questions to club.yaml");
      throw error.hint(near.empty() ? fmt::format("it asks {}", one_of(known))
                                    : fmt::format("did you mean {}?", quote(near)));
    }
    const std::size_t begin = text.find_first_not_of(" \t\r\n", equals + 1);
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    answers[question].push_back(plain_lines(text.substr(begin, end + 1 - begin)));
  }
  return answers;
}

int run_answers(const Options& options, Context& context) {
  return change_club(context, options.flags, "notes", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    std::vector<yaml::Edit> edits;
    for (const auto& [question, texts] : answers_of(options, desk.snapshot.settings)) {
      const yaml::Value value =
          texts.size() == 1 ? yaml::Value(texts.front())
                            : yaml::Value(std::vector<yaml::Value>(texts.begin(), texts.end()));
      edits.push_back(yaml::Edit::set({"discussion", question}, value));
    }
    const std::string& id = paper.id.str();
    return Outcome{id,
                   {edited(desk, "paper", paper.file, edits)},
                   fmt::format("papers: answer {}", id),
                   fmt::format("paperclub show {}", id)};
  });
}

// --- notes ---------------------------------------------------------------------------------------

// Writes the notes where they are still what `before` was (nothing: there were none).
int write_notes(const Options& options, Context& context, const std::optional<std::string>& before,
                const std::string& text) {
  return change_club(context, options.flags, "notes", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    const std::string path = club::notes_path(paper.file);
    const os::ReadResult now = desk.files.read(path, kMaxBytes);
    const bool same = now.status == os::ReadStatus::ok ? before == now.bytes : !before;
    if (!same) {
      throw Error{ErrorKind::unacceptable, "the notes were changed meanwhile"}
          .at(escape(path))
          .hint("open them again and put your changes in");
    }
    Outcome outcome;
    outcome.id = paper.id.str();
    outcome.changes = {{path, text.ends_with('\n') ? text : text + "\n"}};
    outcome.subject = fmt::format("papers: notes of {}", outcome.id);
    outcome.next = fmt::format("paperclub notes {} --answer QUESTION=TEXT", outcome.id);
    outcome.timeline = true;
    return outcome;
  });
}

int run_notes(const Options& options, Context& context) {
  const OpenClub club = open_club(context, "");
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const club::PaperRecord& paper = club::find_paper(snapshot, options.name);
  const std::string path = club::notes_path(paper.file);
  const auto before =
      club::read_to_edit(repository_folder(context, club), club.prefix, path, kMaxBytes);
  if (!options.file.empty()) {
    const std::string given = read_input(context, options.file);
    if (!squeeze(given).empty()) return write_notes(options, context, before, given);
    throw Error{ErrorKind::usage, "the notes are empty"}.hint("nothing was written");
  }
  const std::string text = before ? *before : publish::notes_template(paper, snapshot.settings);
  const bool edits = can_edit(context) && !options.flags.no_input && !options.flags.dry_run;
  if (!edits && before) {
    throw Error{ErrorKind::usage, fmt::format("{} has notes", quote(paper.id.str(), 100))}.hint(
        fmt::format("edit {} and commit it, or give them with --file", path));
  }
  if (!edits) return write_notes(options, context, before, text);
  Draft draft(context, path.substr(path.rfind('/') + 1), text);
  if (!draft.edit([](const std::string&) { return true; })) {
    context.ui.note("nothing changed");
    return kDone;
  }
  const int code = write_notes(options, context, before, draft.text());
  draft.accept();
  return code;
}

int run(const Options& options, Context& context) {
  check_options(options);
  if (options.missing) return run_missing(options, context);
  return options.answers.empty() ? run_notes(options, context) : run_answers(options, context);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name, "The paper, by any of its names");
  args.list("--answer", options->answers,
            "A short answer to a question of the club; may be given several times",
            "QUESTION=TEXT");
  args.text("--file", options->file, "Take the notes from this file, or from - (standard input)",
            "FILE");
  args.flag("--missing", options->missing, "List the papers of the timeline without notes");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command notes_command() {
  return {"notes",
          "Write",
          "write the notes of a paper, and answer the club's questions",
          "[OPTIONS] [ID]",
          "paperclub notes --missing\n"
          "paperclub notes t5 --answer big-idea='Everything is text to text.'\n"
          "paperclub notes medusa --no-input",
          "show",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
