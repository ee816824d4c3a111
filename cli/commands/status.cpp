// paperclub status: what comes next, and what the club owes itself.
#include "lib/timeline/status.hpp"

#include <fmt/format.h>

#include <memory>
#include <set>

#include "cli/clock.hpp"
#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/rounds.hpp"
#include "cli/session_text.hpp"
#include "cli/writing.hpp"
#include "lib/club/check.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/readme.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxNamed = 5;

struct Options {
  std::string now;
  std::string format = "text";
  std::string at;
};

Moment moment_from(const Context& context, const Options& options,
                   const record::ClubSettings& settings) {
  if (options.now.empty()) return now_of(context, settings);
  auto moment = parse_moment(options.now);
  if (const auto day = parse_date(options.now)) {
    moment =
        settings.timezone.empty() ? std::nullopt : os::at_local_time(*day, 0, settings.timezone);
    if (!moment) moment = Moment{*day, 0, 0, 0, 0};
  }
  if (!moment) {
    throw Error{ErrorKind::usage, fmt::format("--now must be a date, not {}", quote(options.now))}
        .hint("write it as 2024-02-16 or 2024-02-16T20:00+08:00");
  }
  if (parse_date(options.now) || settings.timezone.empty()) return *moment;
  return os::in_time_zone(*moment, settings.timezone).value_or(*moment);
}

// `today`, `in 3 days`, `2 days ago`.
std::string distance(const Date& day, const Date& today) {
  const long long days = days_since_epoch(day) - days_since_epoch(today);
  if (days == 0) return "today";
  if (days == 1) return "tomorrow";
  if (days > 0) return fmt::format("in {}", counted(static_cast<std::size_t>(days), "day"));
  return fmt::format("{} ago", counted(static_cast<std::size_t>(-days), "day"));
}

template <typename Record>
std::string ids_of(const std::vector<const Record*>& records) {
  std::vector<std::string> ids;
  for (const Record* record : records) {
    if (ids.size() < kMaxNamed) ids.push_back(record->id.str());
  }
  const std::size_t more = records.size() - ids.size();
  return fmt::format("{}{}", fmt::join(ids, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : std::string());
}

// The lines of the page; each says what it is about, the facts, and the command that helps.
class Page {
 public:
  explicit Page(const Ui& ui) : ui_(ui) {}

  void line(std::string_view label, const std::string& text, const std::string& command = "") {
    out_ += ui_.paint(Role::heading, pad(label, 13)) + escape(text);
    if (!command.empty()) out_ += "\n" + std::string(13, ' ') + ui_.paint(Role::faint, command);
    out_ += "\n";
  }
  template <typename Record>
  void owed(std::string_view label, const std::vector<const Record*>& records,
            const std::string& command) {
    if (!records.empty()) line(label, ids_of(records), command);
  }
  std::string take() && { return std::move(out_); }

 private:
  const Ui& ui_;
  std::string out_;
};

void add_next(Page& page, const timeline::Status& status, const record::ClubSettings& settings,
              const Date& today) {
  const std::string& zone = settings.timezone;
  if (status.next == nullptr) {
    const std::string free = status.free ? "; free is " + session_time(*status.free, zone) : "";
    if (status.undated > 0 && !status.free) {
      page.line("next", "no session has a coming date" + free,
                "paperclub session move ID --date DATE");
    } else {
      page.line("next", "no session is planned" + free, "paperclub schedule ID");
    }
    return;
  }
  const record::Session& session = status.next->session;
  std::vector<std::string> papers;
  for (const PaperId& id : session.papers)
    papers.push_back(id.str());
  const std::string what =
      papers.empty() ? "a paper is missing" : fmt::format("{}", fmt::join(papers, ", "));
  page.line("next", fmt::format("{}, {}: {} ({})", session_time(*session.date, zone),
                                distance(os::day_in_zone(*session.date, zone), today), what,
                                status.next->id.str()));
}

std::string page_of(const Ui& ui, const club::Snapshot& snapshot, const timeline::Status& status,
                    const std::vector<Finding>& findings, const Date& today, bool stale_readme) {
  Page page(ui);
  add_next(page, status, snapshot.settings, today);
  for (const club::RoundRecord* round : status.open_rounds) {
    const auto& closes = round->round.closes;
    const std::string until =
        closes ? ", closes " + session_time(*closes, snapshot.settings.timezone) : "";
    page.line("vote", fmt::format("round {} is open{}", round->id.str(), until));
  }
  page.line("suggestions", std::to_string(status.suggestions),
            status.suggestions > 0 ? "paperclub list --state suggested" : "paperclub add LINK");
  page.owed("stale", status.stale, "paperclub withdraw ID --why TEXT");
  page.owed("cancelled", status.unplanned, "paperclub schedule ID");
  page.owed("presenter", status.no_presenter, "paperclub session record ID --presenter NAME");
  page.owed("notes", status.no_notes, "paperclub notes ID");
  page.owed("recording", status.no_recording, "paperclub session record ID --recording LINK");
  if (stale_readme) page.line("timeline", "README.md is out of date", "paperclub timeline --write");
  if (!findings.empty()) {
    const auto count = publish::count_findings(findings);
    page.line(
        "findings",
        fmt::format("{}, {}", counted(count.errors, "error"), counted(count.warnings, "warning")),
        "paperclub check");
  }
  return std::move(page).take();
}

// Whether README.md has a timeline that is not what the club has read.
bool has_stale_readme(const OpenClub& club, const club::Snapshot& snapshot) {
  const os::ReadResult readme = club.files->read(club::kReadmeFile, club::kMaxFileBytes);
  if (readme.status != os::ReadStatus::ok) return false;
  const auto fresh = publish::readme_with(readme.bytes, snapshot);
  return fresh && *fresh != readme.bytes;
}

// Leaves out rounds that have ended, though their files do not say so.
void drop_ended(Context& context, const std::string& at, timeline::Status& status) {
  if (status.open_rounds.empty()) return;
  try {
    const std::set<RoundId> ended = ended_rounds(open_votes(context, at));
    std::erase_if(status.open_rounds,
                  [&ended](const club::RoundRecord* round) { return ended.contains(round->id); });
  } catch (const Error& error) {
    const bool is_uncommitted =
        error.kind() == ErrorKind::repository || error.kind() == ErrorKind::usage ||
        error.kind() == ErrorKind::unacceptable || error.kind() == ErrorKind::not_a_club;
    if (is_uncommitted) return;  // there is no history that could say it
    context.ui.warning(
        fmt::format("whether a round is open is told by its file alone: {}", error.message()));
  }
}

int run(const Options& options, Context& context) {
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::everything);
  const Moment now = moment_from(context, options, snapshot.settings);
  timeline::Status status = timeline::status_of(snapshot, now);
  drop_ended(context, options.at, status);
  const std::vector<Finding> findings = club::check_club(snapshot, *club.files);
  context.ui.out(options.format == "json"
                     ? publish::status_json(status, publish::count_findings(findings))
                     : page_of(context.ui, snapshot, status, findings, now.date,
                               has_stale_readme(club, snapshot)));
  return kDone;
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.text("--now", options->now, "Tell it as of this day or time (default: now)", "DATE");
  args.format(options->format, {"text", "json"});
  args.at(options->at);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command status_command() {
  return {"status",
          "Read",
          "tell what comes next and what is missing",
          "[OPTIONS]",
          "paperclub status --now 2024-05-01",
          "check",
          setup};
}

}  // namespace paperclub::cli
