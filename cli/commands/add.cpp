// paperclub add: a paper that the club may read, as one commit.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"
#include "lib/import/recognise.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string word;
  std::string title;
  std::string short_title;
  std::vector<std::string> authors;
  std::string published;
  std::string venue;
  std::string url;
  std::string summary;
  std::vector<std::string> tags;
  std::string why;
  std::string by;
  std::string id;
  WriteFlags flags;
};

// The paper as far as the person has told of it.
record::Paper paper_of(const Options& options) {
  record::Paper paper = import::recognise(options.word);
  if (!options.title.empty()) paper.title = squeeze(options.title);
  if (!options.url.empty()) {
    record::Paper linked = import::recognise(options.url);
    if (paper.arxiv.empty()) paper.arxiv = linked.arxiv;
    if (paper.doi.empty()) paper.doi = linked.doi;
    paper.url = linked.url.empty() ? options.url : linked.url;
  }
  paper.short_title = options.short_title;
  paper.authors = options.authors;
  paper.venue = options.venue;
  paper.summary = options.summary;
  paper.tags = options.tags;
  if (options.published.empty()) return paper;
  paper.published = parse_partial_date(options.published);
  if (paper.published) return paper;
  throw Error{ErrorKind::usage,
              fmt::format("--year must be a year, not {}", quote(options.published))}
      .hint("write it as 2017, 2017-06 or 2017-06-12");
}

// What `title` and one of url, arxiv and doi lack is asked for.
void complete(Context& context, const Options& options, record::Paper& paper) {
  if (paper.title.empty()) paper.title = ask(context, options.flags, "title", "--title");
  if (!paper.url.empty() || !paper.arxiv.empty() || !paper.doi.empty()) return;
  const record::Paper linked =
      import::recognise(ask(context, options.flags, "a link, an arXiv id or a DOI", "--url"));
  paper.url = linked.url;
  paper.arxiv = linked.arxiv;
  paper.doi = linked.doi;
  if (!paper.url.empty()) return;
  throw Error{ErrorKind::usage, "a paper needs a link, an arXiv id or a DOI"}.hint(
      "give it with --url");
}

// --- what is there already -----------------------------------------------------------------------

std::string state_of(const club::PaperRecord& paper) {
  const auto& number = paper.paper.number;
  return number ? fmt::format("number {} on the timeline", number->value)
                : std::string(record::state_name(record::state_of(paper.paper)));
}

[[noreturn]] void refuse_known(const club::PaperRecord& known, const std::string& why) {
  throw Error{ErrorKind::unacceptable, fmt::format("the club has this paper: {}, {}",
                                                   quote(known.id.str(), 100), state_of(known))}
      .hint(fmt::format("{}; see 'paperclub show {}'", why, known.id.str()));
}

void refuse_duplicate(const club::Snapshot& snapshot, const record::Paper& paper) {
  const std::vector<club::PaperKeys> keys = club::keys_of(paper);
  std::vector<std::string> titles{paper.title};
  for (const std::size_t i : club::by_seniority(snapshot)) {
    const club::PaperRecord& known = snapshot.papers[i];
    titles.push_back(known.paper.title);
    for (const club::PaperKeys& own : club::keys_of(known.paper)) {
      const bool same = std::any_of(keys.begin(), keys.end(), [&own](const club::PaperKeys& key) {
        return key.text == own.text;
      });
      if (same) refuse_known(known, fmt::format("both have {}", escape(own.text)));
    }
  }
  const std::vector<std::size_t> order = club::by_seniority(snapshot);
  for (const auto& [first, second] : similar_titles(titles)) {
    if (first == 0)
      refuse_known(snapshot.papers[order[second - 1]], "the titles are nearly the same");
  }
}

// --- the record ----------------------------------------------------------------------------------

bool is_taken(const club::Snapshot& snapshot, const std::string& id) {
  return id == "none" || club::find_by_id(snapshot, id) != nullptr;
}

// The id asked for, or one made of the title that no paper has or had.
std::string id_of(const club::Snapshot& snapshot, const Options& options,
                  const record::Paper& paper) {
  if (!options.id.empty()) {
    if (const auto problem = id_problem(options.id)) {
      const std::string better = suggest_id(options.id);
      throw Error{ErrorKind::usage,
                  fmt::format("{} cannot be an id: {}", quote(options.id), *problem)}
          .hint(better.empty() ? "write it with a-z, 0-9 and hyphens"
                               : fmt::format("such as {}", better));
    }
    if (!is_taken(snapshot, options.id)) return options.id;
    throw Error{ErrorKind::unacceptable, fmt::format("the id {} is taken", quote(options.id))}.hint(
        "choose another one with --id");
  }
  const std::string wanted = suggest_id(record::display_title(paper));
  if (wanted.empty()) {
    throw Error{ErrorKind::usage, "nothing of the title can stand in an id"}.hint(
        "give one with --id");
  }
  std::string id = wanted;
  for (int number = 2; is_taken(snapshot, id); ++number)
    id = fmt::format("{}-{}", wanted, number);
  return id;
}

std::string path_of(const club::Snapshot& snapshot, const std::string& id,
                    const record::Paper& paper, const Date& today) {
  if (!snapshot.settings.papers_by_year) return club::paper_path(id, "");
  const int year = paper.published ? paper.published->year : today.year;
  return club::paper_path(id, std::to_string(year));
}

int run(const Options& options, Context& context) {
  record::Paper given = paper_of(options);
  complete(context, options, given);
  return change_club(context, options.flags, "add", [&](const Desk& desk) {
    record::Paper paper = given;
    refuse_duplicate(desk.snapshot, paper);
    const std::string by = options.by.empty() ? author_named(desk) : options.by;
    paper.suggested = record::Suggestion{club::person_named(desk.snapshot, by), desk.now.date,
                                         squeeze(options.why)};
    const std::string id = id_of(desk.snapshot, options, paper);
    const std::string path = path_of(desk.snapshot, id, paper, desk.now.date);
    return Outcome{id,
                   {made(context, "paper", path, record::to_yaml(paper))},
                   fmt::format("papers: add {}", id),
                   fmt::format("paperclub show {}", id)};
  });
}

Run setup(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("LINK|ID|TITLE", options->word,
                 "Any form of an arXiv id or DOI, a link, or a title");
  const auto text = [&app](const char* flag, std::string& target, const char* what,
                           const char* name) {
    app.add_option(flag, target, what)->type_name(name);
  };
  const auto list = [&app](const char* flag, std::vector<std::string>& target, const char* what,
                           const char* name) {
    app.add_option(flag, target, what)->type_name(name)->allow_extra_args(false);
  };
  text("--title", options->title, "The full title", "TEXT");
  text("--short", options->short_title, "What the timeline shows, where it differs", "TEXT");
  list("--author", options->authors, "An author; may be given several times, in their order",
       "NAME");
  text("--year", options->published, "When it was published: a year, a month or a day", "DATE");
  text("--venue", options->venue, "The journal or conference", "TEXT");
  text("--url", options->url, "Where it is read; an arXiv id or a DOI will do", "LINK");
  text("--summary", options->summary, "One paragraph of Markdown", "TEXT");
  list("--tag", options->tags, "A tag; may be given several times", "TAG");
  text("--why", options->why, "Why, in a sentence", "TEXT");
  text("--by", options->by, "Who suggests it (default: you)", "NAME");
  text("--id", options->id, "The record's id (default: made of the title)", "ID");
  add_write_flags(app, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command add_command() {
  return {"add",
          "Write",
          "suggest a paper: a record of its own, as one commit",
          "[OPTIONS] [LINK|ID|TITLE]",
          "paperclub add 2307.08620 --title 'Retentive Network' --why fast\n"
          "paperclub add https://example.org/paper.pdf --title 'A Paper' --dry-run",
          "show",
          setup};
}

}  // namespace paperclub::cli
