// paperclub list: the papers of the club, on the timeline or not.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/table.hpp"
#include "lib/club/check.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string format = "table";
  std::string at;
  std::string state;
  std::vector<std::string> tags;
  std::string year;
  std::vector<std::string> words;
};

void check_options(const Options& options) {
  const auto year = parse_partial_date(options.year);
  if (!options.year.empty() && (!year || options.year.size() != 4)) {
    throw Error{ErrorKind::usage, fmt::format("--year must be a year, not {}", quote(options.year))}
        .hint("write it as 2017");
  }
}

// Everything of a paper that its words are looked for in.
std::string searched_text(const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  return fold_loosely(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", record.id.str(), paper.title,
                                  paper.short_title, fmt::join(paper.authors, "\n"),
                                  fmt::join(paper.tags, "\n"), paper.venue, paper.arxiv,
                                  paper.summary));
}

bool fits(const Options& options, const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  if (!options.state.empty() && options.state != record::state_name(record::state_of(paper))) {
    return false;
  }
  const bool tagged =
      std::all_of(options.tags.begin(), options.tags.end(), [&paper](const std::string& tag) {
        return std::find(paper.tags.begin(), paper.tags.end(), tag) != paper.tags.end();
      });
  if (!tagged) return false;
  const std::string year = paper.published ? std::to_string(paper.published->year) : "";
  if (!options.year.empty() && options.year != year) return false;
  if (options.words.empty()) return true;
  const std::string text = searched_text(record);
  return std::all_of(options.words.begin(), options.words.end(), [&text](const std::string& word) {
    return text.find(fold_loosely(word)) != text.npos;
  });
}

Row row_of(const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  return {record.id.str(), paper.number ? std::to_string(paper.number->value) : "",
          std::string(record::state_name(record::state_of(paper))),
          paper.published ? std::to_string(paper.published->year) : "",
          escape(squeeze(record::display_title(paper)))};
}

int run(const Options& options, Context& context) {
  check_options(options);
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::vector<Finding> findings = club::check_timeline(snapshot, *club.files);
  std::vector<const club::PaperRecord*> papers;
  for (const club::PaperRecord& record : snapshot.papers) {
    if (fits(options, record)) papers.push_back(&record);
  }
  std::stable_sort(papers.begin(), papers.end(),
                   [](const auto* a, const auto* b) { return a->id < b->id; });
  if (options.format == "json") {
    context.ui.out(publish::list_json(papers, publish::count_findings(findings)));
  } else if (papers.empty()) {
    context.ui.note(snapshot.papers.empty() ? "the club has no papers yet" : "no paper fits");
  } else {
    std::vector<Row> rows;
    for (const club::PaperRecord* paper : papers)
      rows.push_back(row_of(*paper));
    context.ui.out(render_table(context.ui, {"ID", "NO", "STATE", "YEAR", "TITLE"}, rows));
  }
  return tell_findings(context, findings);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("TEXT", options->words,
             "Only papers that have each of these words in id, title, authors, tags, venue, "
             "arXiv id or summary");
  args.format(options->format, {"table", "json"});
  args.at(options->at);
  args.choice("--state", options->state, "Only papers in this state",
              {"suggested", "timeline", "withdrawn"});
  args.list("--tag", options->tags, "Only papers with this tag; may be given several times", "TAG");
  args.text("--year", options->year, "Only papers published in this year", "YEAR");
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command list_command() {
  return {"list",
          "Read",
          "list papers by state, tag, year or words",
          "[OPTIONS] [TEXT...]",
          "paperclub list\n"
          "paperclub list --state suggested\n"
          "paperclub list transformer --year 2017",
          "show",
          setup};
}

}  // namespace paperclub::cli
