// paperclub schedule: gives a paper its number and a session, or plans a session without one.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/dates.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string date;
  std::string session;
  std::vector<std::string> presenters;
  std::string note;
  bool again = false;
  bool no_meeting = false;
  WriteFlags flags;
};

void check_options(const Options& options) {
  if (!options.session.empty() && (!options.date.empty() || options.no_meeting)) {
    throw Error{ErrorKind::usage, "--session takes neither --date nor --no-meeting"}.hint(
        "give the session another date with 'paperclub session move'");
  }
  if (options.no_meeting && (!options.name.empty() || !options.presenters.empty())) {
    throw Error{ErrorKind::usage, "where there is no meeting, there is no paper"}.hint(
        "leave out the paper and --presenter");
  }
  if (options.name.empty() && !options.session.empty()) {
    throw Error{ErrorKind::usage, "--session is where a paper goes, and no paper is named"}.hint(
        "name the paper: paperclub schedule ID --session SESSION");
  }
}

// The session into which somebody wrote the paper by hand, where it needs its number and nothing
// else; null where more is asked for.
const club::SessionRecord* waits_for_number(const Desk& desk, const Options& options,
                                            const club::PaperRecord& paper) {
  if (paper.paper.number || options.again || !options.date.empty()) return nullptr;
  const club::SessionRecord* named =
      options.session.empty() ? nullptr : &club::find_session(desk.snapshot, options.session);
  for (const club::SessionRecord* session : timeline::sessions_of(desk.snapshot, paper)) {
    if (record::takes_place(session->session) && (named == nullptr || named == session))
      return session;
  }
  return nullptr;
}

// --- what cannot be scheduled --------------------------------------------------------------------

void refuse_scheduled(const Desk& desk, const Options& options, const club::PaperRecord& paper) {
  const std::string& id = paper.id.str();
  if (paper.paper.withdrawn) {
    throw Error{ErrorKind::unacceptable, fmt::format("{} is withdrawn", quote(id, 100))}.hint(
        fmt::format("bring it back first: paperclub restore {}", id));
  }
  if (options.again || waits_for_number(desk, options, paper) != nullptr) return;
  for (const club::SessionRecord* session : timeline::sessions_of(desk.snapshot, paper)) {
    if (!record::takes_place(session->session)) continue;
    const auto& date = session->session.date;
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} has a session already: {}{}", quote(id, 100), session->id.str(),
                            date ? ", " + record::format_session_date(*date) : "")}
        .hint(fmt::format("change its date with 'paperclub session move {}'", session->id.str()))
        .hint("plan a further session with --again");
  }
}

void refuse_unfit(const club::SessionRecord& session) {
  if (record::takes_place(session.session)) return;
  throw Error{ErrorKind::unacceptable,
              fmt::format("session {} does not take place", quote(session.id.str(), 100))}
      .hint("choose another one; see 'paperclub session list'");
}

// --- the session ---------------------------------------------------------------------------------

// Whether a time of the day was asked for, which only a session of that time has.
bool is_timed(const Options& options) {
  return day_use(options.date, false) == DayUse::meeting_at_its_time;
}

// The session on that day (and at that time, where one is asked for), which waits for a paper; null
// where there is none.
const club::SessionRecord* waiting_on(const Desk& desk, const Options& options,
                                      const SessionDate& date) {
  const std::string& zone = desk.snapshot.settings.timezone;
  const Date day = os::day_in_zone(date, zone);
  for (const club::SessionRecord& session : desk.snapshot.sessions) {
    const record::Session& what = session.session;
    const bool waits = record::takes_place(what) && what.papers.empty() && what.date;
    if (!waits || os::day_in_zone(*what.date, zone) != day) continue;
    const auto* moment = std::get_if<Moment>(&*what.date);
    const auto* wanted = std::get_if<Moment>(&date);
    const bool other_time = moment != nullptr && wanted != nullptr && is_timed(options) &&
                            seconds_since_epoch(*moment) != seconds_since_epoch(*wanted);
    if (!other_time) return &session;
  }
  return nullptr;
}

// What was asked for besides the paper, for a session that is there.
std::vector<yaml::Edit> additions(const Desk& desk, const Options& options,
                                  const club::SessionRecord& session) {
  std::vector<yaml::Edit> edits;
  for (const std::string& person :
       new_presenters(desk, options.presenters, session.session.presenters))
    edits.push_back(yaml::Edit::append({"presenters"}, person));
  if (!options.note.empty()) edits.push_back(yaml::Edit::set({"note"}, squeeze(options.note)));
  return edits;
}

club::Change with_paper(const Desk& desk, const Options& options,
                        const club::SessionRecord& session, const PaperId& paper) {
  std::vector<yaml::Edit> edits = additions(desk, options, session);
  edits.push_back(yaml::Edit::append({"papers"}, paper.str()));
  // A day alone takes the time that was asked for.
  const auto date =
      options.date.empty() ? std::nullopt : read_session_date(desk.snapshot.settings, options.date);
  const bool day_alone =
      session.session.date && std::holds_alternative<Date>(*session.session.date);
  if (date && day_alone && is_timed(options)) {
    edits.push_back(
        yaml::Edit::set({"date"}, yaml::Value::plain(record::format_session_date(*date))));
  }
  return edited(desk, "session", session.file, edits);
}

record::Session new_session(const Desk& desk, const Options& options,
                            const std::optional<SessionDate>& date) {
  record::Session session;
  session.date = date;
  session.note = squeeze(options.note);
  session.no_meeting = options.no_meeting;
  session.presenters = new_presenters(desk, options.presenters, {});
  return session;
}

// The date that was asked for, or the next free one of the club's schedule.
std::optional<SessionDate> date_of(const Desk& desk, const Options& options) {
  const auto date = options.date.empty() ? timeline::next_slot(desk.snapshot, desk.now)
                                         : read_session_date(desk.snapshot.settings, options.date);
  if (!date || !options.no_meeting) return date;
  return os::day_in_zone(*date, desk.snapshot.settings.timezone);
}

// The session that a paper joins: the one that was named, or the next that waits for a paper, on
// the day that was asked for; null where a new one is made.
const club::SessionRecord* joined(const Desk& desk, const Options& options) {
  if (!options.session.empty()) {
    const club::SessionRecord& session = club::find_session(desk.snapshot, options.session);
    refuse_unfit(session);
    return &session;
  }
  if (options.date.empty()) return timeline::next_open_session(desk.snapshot, desk.now);
  const auto date = date_of(desk, options);
  return date ? waiting_on(desk, options, *date) : nullptr;
}

// Adds the change that makes a new session, with `papers`; returns its id.
std::string add_session(const Desk& desk, const Options& options, std::vector<PaperId> papers,
                        Outcome& outcome) {
  refuse_unread(desk, club::RecordKind::session, "the day");
  const auto date = date_of(desk, options);
  if (date && !options.date.empty())
    refuse_taken_day(desk.snapshot, *date, day_use(options.date, options.no_meeting));
  std::string id = timeline::next_session_id(desk.snapshot).str();
  if (!date && options.date.empty()) {
    outcome.notes.emplace_back(
        "no free day follows from club.yaml, so the session has no date yet");
    outcome.hints.push_back(
        fmt::format("give it one with 'paperclub session move {} --date DATE'", id));
  }
  record::Session session = new_session(desk, options, date);
  session.papers = std::move(papers);
  outcome.changes.push_back(
      made(desk.context, "session", club::session_path(id), record::to_yaml(session)));
  return id;
}

Outcome plan_session(const Desk& desk, const Options& options) {
  Outcome outcome;
  outcome.id = add_session(desk, options, {}, outcome);
  outcome.subject = fmt::format("sessions: plan {}", outcome.id);
  outcome.next = options.no_meeting ? "paperclub session list"
                                    : fmt::format("paperclub schedule ID --session {}", outcome.id);
  return outcome;
}

Outcome schedule_paper(const Desk& desk, const Options& options) {
  const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
  refuse_scheduled(desk, options, paper);
  Outcome outcome;
  outcome.id = paper.id.str();
  if (!paper.paper.number) {
    refuse_unread(desk, club::RecordKind::paper, "the next number");
    const long long number = timeline::next_number(desk.snapshot).value;
    outcome.changes.push_back(
        edited(desk, "paper", paper.file, {yaml::Edit::set({"number"}, yaml::Value(number))}));
  }
  std::string id;
  if (const club::SessionRecord* own = waits_for_number(desk, options, paper)) {
    id = own->id.str();
    const std::vector<yaml::Edit> more = additions(desk, options, *own);
    if (!more.empty()) outcome.changes.push_back(edited(desk, "session", own->file, more));
  } else if (const club::SessionRecord* session = joined(desk, options)) {
    id = session->id.str();
    outcome.changes.push_back(with_paper(desk, options, *session, paper.id));
  } else {
    id = add_session(desk, options, {paper.id}, outcome);
  }
  outcome.subject = fmt::format("sessions: schedule {} in {}", outcome.id, id);
  outcome.next = fmt::format("paperclub session show {}", id);
  outcome.timeline = true;
  return outcome;
}

int run(const Options& options, Context& context) {
  check_options(options);
  return change_club(context, options.flags, "schedule", [&](const Desk& desk) {
    return options.name.empty() ? plan_session(desk, options) : schedule_paper(desk, options);
  });
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name,
            "The paper, by any of its names; without one a session waits for its paper");
  args.text("--date", options->date,
            "When: a day (at the club's usual time), a time with offset, or 'unknown' "
            "(default: the next free day of the club's schedule)",
            "DATE");
  args.text("--session", options->session, "Put the paper into this session", "SESSION");
  args.list("--presenter", options->presenters,
            "Who presents: a member or a name; may be given several times", "NAME");
  args.text("--note", options->note, "A remark on the session", "TEXT");
  args.flag("--again", options->again, "Plan a further session for a paper that has one");
  args.flag("--no-meeting", options->no_meeting, "The club does not meet on that day");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command schedule_command() {
  return {"schedule",
          "Write",
          "give a paper its number and a session",
          "[OPTIONS] [ID]",
          "paperclub schedule retentive-network --presenter Ada\n"
          "paperclub schedule bert --again --date 2030-02-07 --dry-run\n"
          "paperclub schedule --no-meeting --date 2030-12-26 --note Holidays",
          "session",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
