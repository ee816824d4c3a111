#include "cli/adding.hpp"

#include <fmt/format.h>

#include "cli/editor.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "lib/base/text.hpp"
#include "lib/import/recognise.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::cli {
namespace {

std::vector<std::string> names_in(const std::string& list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string name = squeeze(list.substr(begin, end - begin));
    if (!name.empty()) names.push_back(std::move(name));
    begin = end + 1;
  }
  return names;
}

// Somebody who is asked anyway may say more; Enter goes on.  Returns false where they give up: the
// input ends.
bool ask_for_more(Context& context, record::Paper& paper, Proposal& proposal) {
  const auto answer = [&context](const char* question) {
    return context.ui.ask(fmt::format("{} (Enter: none)", question));
  };
  if (paper.authors.empty()) {
    const auto authors = answer("authors, with commas between");
    if (!authors) return false;
    paper.authors = names_in(*authors);
  }
  while (!paper.published) {
    const auto year = answer("year");
    if (!year) return false;
    if (year->empty()) break;
    paper.published = parse_partial_date(*year);
    if (!paper.published) context.ui.note("write it as 2017, 2017-06 or 2017-06-12");
  }
  if (!proposal.why.empty()) return true;
  const auto why = answer("why, in a sentence");
  proposal.why = why.value_or("");
  return why.has_value();
}

bool has_link(const record::Paper& paper) {
  return !paper.url.empty() || !paper.arxiv.empty() || !paper.doi.empty();
}

// What the paper cannot do without is asked for: `title` and one of url, arxiv and doi.
void complete(Context& context, const AddOptions& options, record::Paper& paper) {
  if (paper.title.empty())
    paper.title = import::title_of(ask(context, options.flags, "title", "--title"));
  if (has_link(paper)) return;
  const record::Paper linked =
      import::recognise(ask(context, options.flags, "a link, an arXiv id or a DOI", "--url"));
  paper.url = linked.url;
  paper.arxiv = linked.arxiv;
  paper.doi = linked.doi;
  if (has_link(paper)) return;
  throw Error{ErrorKind::usage, "a paper needs a link, an arXiv id or a DOI"}.hint(
      "give it with --url");
}

// --- a record that the person writes -------------------------------------------------------------

constexpr const char* kHelp =
    "# A suggestion: it needs a title and one of url, arxiv and doi.  What else there may be:\n"
    "# short, authors, published, venue, summary, tags, links.  This help is left out.\n";

// The text without our own help.
std::string without_help(std::string text) {
  if (text.starts_with(kHelp)) text.erase(0, std::string_view(kHelp).size());
  return text;
}

// Writes the record in the draft, which is kept where that fails.
int write_draft(const AddOptions& options, const AddTarget& target, Draft& draft,
                const std::string& name) {
  const Work work = [&](const Desk& desk) {
    return add_record(desk, options.proposal, name, without_help(draft.text()));
  };
  const int code = target.write(work);
  draft.accept();
  return code;
}

void refuse_facts(const AddOptions& options) {
  const bool facts = !options.title.empty() || !options.short_title.empty() ||
                     !options.authors.empty() || !options.published.empty() ||
                     !options.venue.empty() || !options.url.empty() || !options.summary.empty() ||
                     !options.tags.empty() || options.edit;
  if (!facts) return;
  throw Error{ErrorKind::usage, "the record on standard input says itself what the paper is"}.hint(
      "of the flags about the paper only --why, --by and --id go with '-'");
}

int run_input(Context& context, const AddOptions& options, const AddTarget& target) {
  refuse_facts(options);
  Draft draft(context, "paper.yaml", "");
  draft.put(read_input(context, "-"));
  return write_draft(options, target, draft, "standard input");
}

// The record as far as it is known, with a line for what it cannot do without.
std::string draft_of(const record::Paper& paper) {
  std::string text = kHelp;
  const yaml::Members known = record::to_yaml(paper);
  if (paper.title.empty()) text += "title: \n";
  if (paper.url.empty() && paper.arxiv.empty() && paper.doi.empty()) text += "url: \n";
  return known.empty() ? text : text + yaml::emit(known);
}

int run_editor(Context& context, const AddOptions& options, const AddTarget& target) {
  if (!can_edit(context) || options.flags.no_input) {
    throw Error{ErrorKind::usage, "--edit needs a terminal"}.hint(fmt::format(
        "give the record on standard input instead: paperclub {} - <record.yaml", target.command));
  }
  Draft draft(context, "paper.yaml", draft_of(paper_of(options)));
  const auto judge = [&context](const std::string& edited) {
    return !tell_record_findings(context, "paper", "paper.yaml", edited);
  };
  if (draft.edit(judge)) return write_draft(options, target, draft, "paper.yaml");
  context.ui.note("nothing changed");
  return kDone;
}

}  // namespace

record::Paper paper_of(const AddOptions& options) {
  record::Paper paper = import::recognise(options.word);
  const auto refuse_twice = [&options](bool twice, const char* what, const char* flag) {
    if (!twice) return;
    throw Error{ErrorKind::usage,
                fmt::format("{} is given twice: {} and {}", what, quote(options.word, 100), flag)}
        .hint("leave one of them out");
  };
  refuse_twice(!paper.title.empty() && !options.title.empty(), "the title", "--title");
  refuse_twice(!paper.url.empty() && !options.url.empty(), "the link", "--url");
  if (!options.title.empty() || !paper.title.empty())
    paper.title = import::title_of(options.title.empty() ? paper.title : options.title);
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

void add_paper_flags(Arguments& args, AddOptions& options) {
  args.word("LINK|ID|TITLE", options.word,
            "Any form of an arXiv id or DOI, a link, a title, or - for a record in YAML on "
            "standard input");
  args.text("--title", options.title, "The full title", "TEXT");
  args.text("--short", options.short_title, "What the timeline shows, where it differs", "TEXT");
  args.list("--author", options.authors, "An author; may be given several times, in their order",
            "NAME");
  args.text("--year", options.published, "When it was published: a year, a month or a day", "DATE");
  args.text("--venue", options.venue, "The journal or conference", "TEXT");
  args.text("--url", options.url, "Where it is read; an arXiv id or a DOI will do", "LINK");
  args.text("--summary", options.summary, "One paragraph of Markdown", "TEXT");
  args.list("--tag", options.tags, "A tag; may be given several times", "TAG");
  args.text("--why", options.proposal.why, "Why, in a sentence", "TEXT");
  args.text("--by", options.proposal.by, "Who suggests it (default: you)", "NAME");
  args.text("--id", options.proposal.id, "The record's id (default: made of the title)", "ID");
  args.flag("--edit", options.edit, "Open the record in the editor before it is written");
}

int run_add(Context& context, const AddOptions& options, const AddTarget& target) {
  if (options.word == "-") return run_input(context, options, target);
  if (options.edit) return run_editor(context, options, target);
  record::Paper paper = paper_of(options);
  target.refuse_known(paper);
  if (!paper.title.empty() && has_link(paper))
    return target.write([&](const Desk& desk) { return add_paper(desk, options.proposal, paper); });
  complete(context, options, paper);
  target.refuse_known(paper);
  Proposal proposal = options.proposal;
  // What was typed is kept where anything fails.
  Draft draft(context, "paper.yaml", "");
  const bool asks = !options.flags.no_input && context.environment.in_is_terminal;
  const bool goes_on = !asks || ask_for_more(context, paper, proposal);
  record::Paper told = paper;
  if (!proposal.why.empty()) told.suggested = record::Suggestion{proposal.by, {}, proposal.why};
  draft.put(yaml::emit(record::to_yaml(told)));
  if (!goes_on) {
    throw Error{ErrorKind::usage, "nothing was written"}.hint(
        "where there is nothing to say, Enter goes on");
  }
  const int code = target.write([&](const Desk& desk) { return add_paper(desk, proposal, paper); });
  draft.accept();
  return code;
}

}  // namespace paperclub::cli
