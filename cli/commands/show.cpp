// paperclub show: everything the club knows of one paper.
#include <fmt/format.h>

#include <memory>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/paper_text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/json.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string format = "text";
  std::string at;
};

bool is_session(const std::string& file) {
  const club::Place place = club::place_of(file);
  return place.place == club::PlaceKind::record && place.kind == club::RecordKind::session;
}

int run(const Options& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const club::PaperRecord& paper = club::find_paper(snapshot, options.name);
  const auto sessions = timeline::sessions_of(snapshot, paper);
  context.ui.out(options.format == "json"
                     ? publish::paper_json(paper, sessions, snapshot.settings.timezone)
                     : paper_text(context.ui, paper, sessions, snapshot.settings));
  // Sessions may be missing where one cannot be read, and zone and questions are the club's.
  std::vector<Finding> findings = snapshot.findings;
  std::erase_if(findings, [&paper](const Finding& finding) {
    const bool matters = severity_of(finding) == Severity::error &&
                         (finding.file == club::kClubFile || is_session(finding.file));
    return finding.file != paper.file && !matters;
  });
  sort_findings(findings);
  return tell_findings(context, findings);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name,
            "An id or the beginning of one, an arXiv id, a DOI, a link, or a number", Needed::yes);
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command show_command() {
  return {"show",
          "Read",
          "show one paper with its notes and sessions",
          "[OPTIONS] ID",
          "paperclub show bert\n"
          "paperclub show 1706.03762\n"
          "paperclub show 3 --json",
          "list",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
