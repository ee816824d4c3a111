#include "cli/session_text.hpp"

#include <fmt/format.h>

#include "cli/table.hpp"
#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/os/time_zone.hpp"

namespace paperclub::cli {
namespace {

std::string ids_of(const record::Session& session) {
  std::vector<std::string> ids;
  for (const PaperId& id : session.papers)
    ids.push_back(id.str());
  return fmt::format("{}", fmt::join(ids, ", "));
}

std::string links(const Ui& ui, std::string_view label, const std::vector<record::Link>& links) {
  std::string out;
  for (const record::Link& link : links) {
    const std::string title = link.title.empty() ? "" : fmt::format(" ({})", link.title);
    out += field_line(ui, label, link.url + title);
  }
  return out;
}

std::string papers(const Ui& ui, const club::Snapshot& snapshot, const record::Session& session) {
  std::string out;
  for (const PaperId& id : session.papers) {
    const club::PaperRecord* paper = club::find_by_id(snapshot, id.str());
    const std::string title = paper == nullptr ? "" : record::display_title(paper->paper);
    out +=
        field_line(ui, "paper", title.empty() ? id.str() : fmt::format("{} ({})", title, id.str()));
  }
  return out;
}

}  // namespace

std::string session_time(const SessionDate& date, const std::string& zone) {
  if (const auto* day = std::get_if<Date>(&date)) return format_date(*day);
  const Moment& written = std::get<Moment>(date);
  const auto local = zone.empty() ? std::nullopt : os::in_time_zone(written, zone);
  if (!local) return format_moment(written);
  return fmt::format("{} {:02}:{:02} ({})", format_date(local->date), local->hour, local->minute,
                     escape(zone));
}

std::string session_remark(const record::Session& session) {
  std::vector<std::string> parts;
  if (session.no_meeting) parts.emplace_back("no meeting");
  if (!session.cancelled.empty()) parts.push_back("cancelled: " + session.cancelled);
  if (!session.note.empty()) parts.push_back(markdown_to_plain(session.note));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string sessions_text(const Ui& ui, const std::vector<const club::SessionRecord*>& sessions,
                          const std::string& zone) {
  std::vector<Row> rows;
  for (const club::SessionRecord* record : sessions) {
    const record::Session& session = record->session;
    rows.push_back({record->id.str(), session.date ? session_time(*session.date, zone) : "",
                    ids_of(session), escape(fmt::format("{}", fmt::join(session.presenters, ", "))),
                    escape(squeeze(session_remark(session)))});
  }
  return render_table(ui, {"ID", "DATE", "PAPERS", "PRESENTERS", "REMARK"}, rows);
}

std::string session_text(const Ui& ui, const club::Snapshot& snapshot,
                         const club::SessionRecord& record) {
  const record::Session& session = record.session;
  const std::string& zone = snapshot.settings.timezone;
  std::string out = field_line(ui, "id", record.id.str());
  out += field_line(ui, "date", session.date ? session_time(*session.date, zone) : "not known");
  out += papers(ui, snapshot, session);
  for (const std::string& presenter : session.presenters)
    out += field_line(ui, "presenter", presenter);
  out += links(ui, "recording", session.recordings);
  out += links(ui, "slides", session.slides);
  return out + field_line(ui, "remark", session_remark(session));
}

}  // namespace paperclub::cli
