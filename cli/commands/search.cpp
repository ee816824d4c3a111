// paperclub search: where the club's papers and notes say something.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/search.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  std::string format = "text";
  std::string at;
};

int run(const Options& options, Context& context) {
  const bool empty = std::all_of(options.words.begin(), options.words.end(),
                                 [](const std::string& word) { return squeeze(word).empty(); });
  if (empty) {
    throw Error{ErrorKind::usage, "nothing to search for"}.hint(
        "give a word: paperclub search attention");
  }
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const publish::SearchResult result = publish::search(snapshot, *club.files, options.words);
  for (const std::string& notes : result.unread)
    context.ui.warning(fmt::format("{} cannot be read and was not searched", quote(notes, 200)));
  if (options.format == "json") {
    context.ui.out(publish::search_json(result.hits));
    return tell_findings(context, snapshot.findings);
  }
  for (const publish::SearchHit& hit : result.hits) {
    const std::string place = hit.line == 0 ? fmt::format("{}: {}", hit.file, hit.field)
                                            : fmt::format("{}:{}", hit.file, hit.line);
    context.ui.out(fmt::format("{}: {}\n", context.ui.paint(Role::heading, escape(place)),
                               escape(squeeze(hit.text))));
  }
  if (result.hits.empty()) context.ui.note("nothing says that");
  return tell_findings(context, snapshot.findings);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("TEXT", options->words,
             "Words that stand together in a title, author, tag, summary, answer, or in a line "
             "of the notes; case and accents do not matter",
             Needed::yes);
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command search_command() {
  return {"search",
          "Read",
          "find words in titles, authors, notes and answers",
          "[OPTIONS] TEXT...",
          "paperclub search attention\n"
          "paperclub search state space --json",
          "list",
          setup};
}

}  // namespace paperclub::cli
