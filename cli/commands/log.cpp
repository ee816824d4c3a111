// paperclub log: the life of the club, or of one paper, as history tells it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "cli/clock.hpp"
#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "lib/club/history.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

constexpr long long kMost = 1'000'000;

struct Options {
  std::string name;
  std::string format = "text";
  std::string at;
  long long count = 100;
};

// Every id that the paper has or had.
std::set<std::string> names_of(const club::Snapshot& snapshot, const std::string& name) {
  std::set<std::string> names;
  if (name.empty()) return names;
  const club::PaperRecord& paper = club::find_paper(snapshot, name);
  names.insert(paper.id.str());
  for (const PaperId& alias : paper.paper.aliases)
    names.insert(alias.str());
  return names;
}

std::string line_of(const Ui& ui, const club::HistoryEvent& event) {
  const Date day = moment_of({event.seconds, event.offset_minutes}).date;
  return fmt::format("{}  {}  {} {}\n", ui.paint(Role::faint, event.commit.short_hex()),
                     format_date(day), escape(squeeze(event.subject)),
                     ui.paint(Role::faint, fmt::format("({})", escape(squeeze(event.author)))));
}

int run(const Options& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const std::vector<club::HistoryEvent> events =
      club::history_of(folder, options.at.empty() ? "HEAD" : options.at, club.prefix,
                       names_of(snapshot, options.name), static_cast<std::size_t>(options.count));
  if (options.format == "json") {
    context.ui.out(publish::history_json(events));
    return kDone;
  }
  for (const club::HistoryEvent& event : events)
    context.ui.out(line_of(context.ui, event));
  if (events.empty()) context.ui.note("history tells nothing of it yet");
  return kDone;
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name, "Only what concerns this paper, by any of its names");
  args.number("--count", options->count, "At most so many (default: 100)", 1, kMost);
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command log_command() {
  return {"log",
          "Read",
          "tell the life of the club, or of a paper",
          "[OPTIONS] [ID]",
          "paperclub log --count 5\n"
          "paperclub log bert",
          "undo",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
