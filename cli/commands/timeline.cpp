// paperclub timeline: the numbered list of what the club has read.
#include "lib/timeline/timeline.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/dates.hpp"
#include "cli/exit_codes.hpp"
#include "cli/paper_text.hpp"
#include "lib/club/check.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/markdown.hpp"
#include "lib/publish/readme.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string format = "text";
  std::string at;
  std::string since;
  std::string until;
  std::vector<std::string> tags;
  bool reverse = false;
  bool write = false;
  bool check = false;
};

std::optional<Date> day_of(const char* flag, const std::string& text) {
  if (text.empty()) return std::nullopt;
  return read_day(flag, text);
}

timeline::Filter filter_of(const Options& options) {
  return {day_of("--since", options.since), day_of("--until", options.until), options.tags,
          options.reverse};
}

void check_options(const Options& options) {
  if (!options.write && !options.check) return;
  const bool filtered =
      !options.since.empty() || !options.until.empty() || !options.tags.empty() || options.reverse;
  if (filtered || options.format != "text" || (options.write && !options.at.empty())) {
    throw Error{ErrorKind::usage,
                fmt::format("{} takes no other option", options.write ? "--write" : "--check")}
        .hint("README holds the whole timeline of the working tree");
  }
}

// --- README --------------------------------------------------------------------------------------

std::string read_readme(const OpenClub& club) {
  const os::ReadResult file = club.files->read(club::kReadmeFile, club::kMaxFileBytes);
  if (file.status == os::ReadStatus::ok) return file.bytes;
  if (file.status == os::ReadStatus::not_regular) {
    throw Error{ErrorKind::io, "README.md is a link or no regular file"}.hint(
        "put the file itself there; links are not followed");
  }
  if (file.status == os::ReadStatus::too_large)
    throw Error{ErrorKind::limit, "README.md is larger than 16 MiB"}.hint(
        "move what is no text out of it");
  if (file.status == os::ReadStatus::unreadable) {
    throw Error{ErrorKind::io, fmt::format("cannot read README.md: {}", escape(file.reason))}.hint(
        "see who may read it with 'ls -l'");
  }
  throw Error{ErrorKind::io, "there is no README.md"}.hint(
      fmt::format("make a README.md with the lines '{}' and '{}'", publish::kTimelineBegin,
                  publish::kTimelineEnd));
}

std::string refreshed(const std::string& readme, const std::string& generated) {
  const auto text = publish::with_timeline(readme, generated);
  if (text) return *text;
  throw Error{ErrorKind::unacceptable, "README.md has no place for the timeline"}.hint(
      fmt::format("write the lines '{}' and '{}' where it should stand, each once",
                  publish::kTimelineBegin, publish::kTimelineEnd));
}

int check_readme(Context& context, const OpenClub& club, const std::string& generated) {
  const std::string readme = read_readme(club);
  if (refreshed(readme, generated) == readme) {
    context.ui.note("README.md is up to date");
    return kDone;
  }
  context.ui.err("README.md:1:1: error: the timeline is out of date\n");
  context.ui.hint("refresh it with 'paperclub timeline --write'");
  return kUnacceptable;
}

int write_readme(Context& context, const OpenClub& club, const std::string& generated) {
  if (club.folder.empty()) {
    throw Error{ErrorKind::usage, "a bare repository has no README.md to write"}.hint(
        "run it in a clone with a working tree");
  }
  const std::string readme = read_readme(club);
  const std::string text = refreshed(readme, generated);
  if (text == readme) {
    context.ui.note("README.md is up to date");
    return kDone;
  }
  os::Folder::open(club.folder).replace(std::string(club::kReadmeFile), text, readme);
  context.ui.note("README.md refreshed; commit it with git");
  return kDone;
}

// --- the list ------------------------------------------------------------------------------------

void tell_left_out(Context& context, const timeline::Filtered& filtered, bool none_at_all) {
  if (filtered.undated > 0) {
    context.ui.note(
        fmt::format("{} without a known date left out", counted(filtered.undated, "paper")));
  }
  if (!filtered.papers.empty()) return;
  context.ui.note(none_at_all ? "no paper has a number yet" : "no paper on the timeline fits");
}

int print_timeline(Context& context, const Options& options, const club::Snapshot& snapshot,
                   const std::vector<Finding>& findings) {
  std::vector<timeline::TimelinePaper> papers = timeline::timeline_of(snapshot);
  const bool none_at_all = papers.empty();
  const timeline::Filtered filtered =
      timeline::filter_timeline(std::move(papers), filter_of(options));
  if (options.format == "json") {
    context.ui.out(
        publish::timeline_json(filtered, snapshot.settings, publish::count_findings(findings)));
  } else if (options.format == "markdown") {
    context.ui.out(publish::timeline_markdown(filtered.papers));
  } else {
    context.ui.out(timeline_text(context.ui, filtered.papers));
  }
  tell_left_out(context, filtered, none_at_all);
  return tell_findings(context, findings);
}

int run(const Options& options, Context& context) {
  check_options(options);
  filter_of(options);
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::vector<Finding> findings = club::check_timeline(snapshot, *club.files);
  if (!options.write && !options.check) return print_timeline(context, options, snapshot, findings);
  if (const int verdict = tell_findings(context, findings); verdict != kDone) {
    context.ui.note(options.write ? "README.md is left as it is until these errors are mended"
                                  : "README.md was not compared: these errors come first");
    return verdict;
  }
  const std::string generated = publish::timeline_markdown(timeline::timeline_of(snapshot));
  return options.write ? write_readme(context, club, generated)
                       : check_readme(context, club, generated);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.format(options->format, {"text", "markdown", "json"});
  args.at(options->at);
  args.text("--since", options->since, "Only papers discussed on this day or later", "DATE");
  args.text("--until", options->until, "Only papers discussed on this day or earlier", "DATE");
  args.list("--tag", options->tags, "Only papers with this tag; may be given several times", "TAG");
  args.flag("--reverse", options->reverse, "Newest first");
  args.flag("--write", options->write, "Refresh the timeline in README.md and nothing else");
  args.flag("--check", options->check, "Fail where the timeline in README.md is out of date");
  args.exclude("--check", "--write");
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command timeline_command() {
  return {"timeline",
          "Read",
          "print what was read, numbered",
          "[OPTIONS]",
          "paperclub timeline\n"
          "paperclub timeline --tag pre-training --reverse\n"
          "paperclub timeline --write",
          "list",
          setup};
}

}  // namespace paperclub::cli
