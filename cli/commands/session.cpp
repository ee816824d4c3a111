// paperclub session: the meetings of the club, and what becomes of them.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/dates.hpp"
#include "cli/exit_codes.hpp"
#include "cli/session_text.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/club/locate.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/json.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::cli {
namespace {

// --- reading -------------------------------------------------------------------------------------

struct ReadOptions {
  std::string name;
  std::string since;
  std::string until;
  std::string format = "text";
  std::string at;
};

bool is_within(const ReadOptions& options, const record::Session& session,
               const std::string& zone) {
  if (options.since.empty() && options.until.empty()) return true;
  if (!session.date) return false;
  const Date day = os::day_in_zone(*session.date, zone);
  const bool early = !options.since.empty() && day < read_day("--since", options.since);
  return !early && (options.until.empty() || day <= read_day("--until", options.until));
}

int run_list(const ReadOptions& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::vector<Finding> findings = club::check_timeline(snapshot, *club.files);
  std::vector<const club::SessionRecord*> sessions = timeline::sessions_in_order(snapshot);
  const std::string& zone = snapshot.settings.timezone;
  std::erase_if(sessions, [&](const club::SessionRecord* session) {
    return !is_within(options, session->session, zone);
  });
  if (options.format == "json") {
    context.ui.out(publish::sessions_json(sessions, zone, publish::count_findings(findings)));
  } else if (sessions.empty()) {
    context.ui.note("no session fits");
  } else {
    context.ui.out(sessions_text(context.ui, sessions, zone));
  }
  return tell_findings(context, findings);
}

int run_show(const ReadOptions& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const club::SessionRecord& session = club::find_session(snapshot, options.name);
  context.ui.out(options.format == "json"
                     ? publish::session_json(session, snapshot.settings.timezone)
                     : session_text(context.ui, snapshot, session));
  return kDone;
}

Run setup_list(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.text("--since", options->since, "Only sessions on this day or later", "DATE");
  args.text("--until", options->until, "Only sessions on this day or earlier", "DATE");
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_list(*options, context); };
}

Run setup_show(Arguments& args) {
  auto options = std::make_shared<ReadOptions>();
  args.word("ID", options->name, "The session: s0005, 5, or its day", Needed::yes);
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run_show(*options, context); };
}

// --- changing ------------------------------------------------------------------------------------

struct Options {
  std::string name;
  std::string date;
  std::string why;
  std::vector<std::string> recordings;
  std::vector<std::string> slides;
  std::vector<std::string> removals;
  std::vector<std::string> presenters;
  std::string title;
  std::string note;
  WriteFlags flags;
};

using Edits = std::vector<yaml::Edit>;
using Change = Edits (*)(const Desk&, const Options&, const club::SessionRecord&);

Edits moved(const Desk& desk, const Options& options, const club::SessionRecord& session) {
  const auto date = read_session_date(desk.snapshot.settings, options.date);
  // One that was cancelled takes place after all.
  Edits edits{yaml::Edit::remove({"cancelled"})};
  if (!date) {
    edits.push_back(yaml::Edit::remove({"date"}));
    return edits;
  }
  refuse_taken_day(desk.snapshot, *date, day_use(options.date, session.session.no_meeting),
                   &session);
  edits.push_back(
      yaml::Edit::set({"date"}, yaml::Value::plain(record::format_session_date(*date))));
  return edits;
}

Edits cancelled(const Desk&, const Options& options, const club::SessionRecord& session) {
  if (!session.session.cancelled.empty()) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("session {} is cancelled already", quote(session.id.str(), 100))}
        .hint(fmt::format("see 'paperclub session show {}'", session.id.str()));
  }
  return {yaml::Edit::set({"cancelled"}, squeeze(options.why))};
}

// The title that a link gets where none is given: that of the only paper.
std::string title_of(const Desk& desk, const Options& options, const record::Session& session) {
  if (!options.title.empty()) return squeeze(options.title);
  if (session.papers.size() != 1) return {};
  const club::PaperRecord* paper = club::find_by_id(desk.snapshot, session.papers.front().str());
  return paper == nullptr ? std::string() : squeeze(record::display_title(paper->paper));
}

bool has_link(const std::vector<record::Link>& links, const std::string& url) {
  return std::any_of(links.begin(), links.end(),
                     [&url](const record::Link& link) { return link.url == url; });
}

void add_links(Edits& edits, const char* key, const std::vector<std::string>& urls,
               std::vector<record::Link> known, const std::string& title) {
  for (const std::string& url : urls) {
    if (has_link(known, url)) continue;
    known.push_back({title, url});
    yaml::Members link;
    if (!title.empty()) link.emplace_back("title", title);
    link.emplace_back("url", url);
    edits.push_back(yaml::Edit::append({key}, link));
  }
}

// The links without those that are taken away.
std::vector<record::Link> without(std::vector<record::Link> links,
                                  const std::vector<std::string>& urls) {
  std::erase_if(links, [&urls](const record::Link& link) {
    return std::find(urls.begin(), urls.end(), link.url) != urls.end();
  });
  return links;
}

// The last ones first, so that the indexes of the others stay.
bool remove_links(Edits& edits, const char* key, const std::vector<record::Link>& links,
                  const std::string& url) {
  if (links.size() == 1 && links.front().url == url) {
    edits.push_back(yaml::Edit::remove({key}));
    return true;
  }
  bool found = false;
  for (std::size_t i = links.size(); i-- > 0;) {
    if (links[i].url != url) continue;
    edits.push_back(yaml::Edit::remove({key, std::to_string(i)}));
    found = true;
  }
  return found;
}

Edits recorded(const Desk& desk, const Options& options, const club::SessionRecord& record) {
  const record::Session& session = record.session;
  if (options.removals.size() > 1)
    throw Error{ErrorKind::usage, "--remove takes one link at a time"}.hint("run it once for each");
  Edits edits;
  for (const std::string& url : options.removals) {
    const bool recording = remove_links(edits, "recordings", session.recordings, url);
    if (!remove_links(edits, "slides", session.slides, url) && !recording) {
      throw Error{ErrorKind::usage, fmt::format("the session has no link {}", quote(url, 200))}
          .hint(fmt::format("see 'paperclub session show {}'", record.id.str()));
    }
  }
  const std::string title = title_of(desk, options, session);
  add_links(edits, "recordings", options.recordings, without(session.recordings, options.removals),
            title);
  add_links(edits, "slides", options.slides, without(session.slides, options.removals), title);
  for (const std::string& person : new_presenters(desk, options.presenters, session.presenters))
    edits.push_back(yaml::Edit::append({"presenters"}, person));
  if (!options.note.empty()) edits.push_back(yaml::Edit::set({"note"}, squeeze(options.note)));
  return edits;
}

void check_recorded(const Options& options) {
  const std::size_t links = options.recordings.size() + options.slides.size();
  if (!options.title.empty() && links != 1) {
    throw Error{ErrorKind::usage, "--title is for one link"}.hint(
        "give --recording or --slides once with it");
  }
  if (links + options.removals.size() + options.presenters.size() > 0 || !options.note.empty())
    return;
  throw Error{ErrorKind::usage, "nothing to record"}.hint(
      "give --recording, --slides, --presenter, --note or --remove");
}

int run(const std::string& verb, Change change, const Options& options, Context& context) {
  return change_club(context, options.flags, "session-" + verb, [&](const Desk& desk) {
    const club::SessionRecord& session = club::find_session(desk.snapshot, options.name);
    Outcome outcome;
    outcome.id = session.id.str();
    outcome.changes = {edited(desk, "session", session.file, change(desk, options, session))};
    outcome.subject = fmt::format("sessions: {} {}", verb, outcome.id);
    outcome.next = fmt::format("paperclub session show {}", outcome.id);
    const bool was_cancelled = !session.session.cancelled.empty();
    if (verb == "move" && was_cancelled)
      outcome.notes.push_back(fmt::format("{} was cancelled, and takes place now", outcome.id));
    if (verb == "cancel" && !session.session.no_meeting)
      outcome.next = fmt::format("paperclub session move {} --date DATE", outcome.id);
    outcome.timeline = true;
    return outcome;
  });
}

void add_id(Arguments& args, Options& options) {
  args.word("ID", options.name, "The session: s0005, 5, or its day", Needed::yes);
}

Run setup_move(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_id(args, *options);
  args.text("--date", options->date,
            "When: a day (at the club's usual time), a time with offset, or 'unknown'", "DATE",
            Needed::yes);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run("move", moved, *options, context); };
}

Run setup_cancel(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_id(args, *options);
  args.text("--why", options->why, "Why, in a sentence", "TEXT", Needed::yes);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run("cancel", cancelled, *options, context); };
}

Run setup_record(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_id(args, *options);
  args.list("--recording", options->recordings, "A recording; may be given several times", "LINK");
  args.list("--slides", options->slides, "Slides; may be given several times", "LINK");
  args.text("--title", options->title, "What the link is called (default: the paper's title)",
            "TEXT");
  args.list("--presenter", options->presenters, "Who presented; may be given several times",
            "NAME");
  args.text("--note", options->note, "A remark on the session", "TEXT");
  args.list("--remove", options->removals, "Takes a recording or slides away", "LINK");
  add_write_flags(args, options->flags);
  return [options](Context& context) {
    check_recorded(*options);
    return run("record", recorded, *options, context);
  };
}

}  // namespace

Command session_list_command() {
  return {"session list",
          "Read",
          "list the sessions by date",
          "[OPTIONS]",
          "paperclub session list\n"
          "paperclub session list --since 2024-02-01",
          "session show",
          setup_list};
}

Command session_show_command() {
  return {
      "session show", "Read",     "show one session", "[OPTIONS] ID", "paperclub session show 5",
      "session list", setup_show, Argument::session};
}

Command session_move_command() {
  return {"session move",
          "Write",
          "give a session another date; its id stays",
          "[OPTIONS] ID --date DATE",
          "paperclub session move s0014 --date 2030-02-14",
          "schedule",
          setup_move,
          Argument::session};
}

Command session_cancel_command() {
  return {"session cancel",
          "Write",
          "say that a session does not take place",
          "[OPTIONS] ID --why TEXT",
          "paperclub session cancel s0014 --why 'the presenter is ill' --dry-run",
          "schedule",
          setup_cancel,
          Argument::session};
}

Command session_record_command() {
  return {"session record",
          "Write",
          "add recordings, slides, presenters to a session",
          "[OPTIONS] ID",
          "paperclub session record 14 --recording https://example.org/video\n"
          "paperclub session record 5 --slides https://example.org/slides.pdf --dry-run",
          "session show",
          setup_record,
          Argument::session};
}

}  // namespace paperclub::cli
