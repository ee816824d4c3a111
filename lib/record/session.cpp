#include "lib/record/session.hpp"

namespace paperclub::record {
namespace {

template <typename Item>
std::vector<Item> at_most(std::size_t most, std::vector<Item> items) {
  if (items.size() > most)
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(most), items.end());
  return items;
}

}  // namespace

bool takes_place(const Session& session) {
  return session.cancelled.empty() && !session.no_meeting;
}

std::string format_session_date(const SessionDate& date) {
  if (const auto* day = std::get_if<Date>(&date)) return format_date(*day);
  return format_moment(std::get<Moment>(date));
}

std::optional<SessionDate> parse_session_date(std::string_view text) {
  if (const auto day = parse_date(text)) return SessionDate(*day);
  if (const auto moment = parse_moment(text)) return SessionDate(*moment);
  return std::nullopt;
}

Session session_from(const yaml::Document& document) {
  const Fields fields(document.root());
  Session session;
  session.date = parse_session_date(fields.text("date"));
  session.papers = at_most(kMaxSessionPapers, fields.ids<PaperId>("papers"));
  session.presenters = at_most(kMaxSessionItems, fields.texts("presenters"));
  session.recordings = at_most(kMaxSessionItems, links_from(fields, "recordings"));
  session.slides = at_most(kMaxSessionItems, links_from(fields, "slides"));
  session.note = fields.text("note");
  session.cancelled = fields.text("cancelled");
  session.no_meeting = fields.text("kind") == "no-meeting";
  session.extra = fields.extra();
  return session;
}

yaml::Members to_yaml(const Session& session) {
  MemberList members;
  if (session.date) members.add("date", yaml::Value::plain(format_session_date(*session.date)));
  members.add("papers", session.papers);
  members.add("presenters", session.presenters);
  if (!session.recordings.empty())
    members.add("recordings", yaml::Value(to_yaml(session.recordings)));
  if (!session.slides.empty()) members.add("slides", yaml::Value(to_yaml(session.slides)));
  members.add("note", session.note);
  members.add("cancelled", session.cancelled);
  if (session.no_meeting) members.add("kind", yaml::Value("no-meeting"));
  members.add("extra", session.extra);
  return std::move(members).take();
}

}  // namespace paperclub::record
