// Numbers on the timeline, sessions' ids and their days, where the others have given the same.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/record/session.hpp"
#include "lib/schema/schema.hpp"
#include "lib/sync/replay_work.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/timeline/timeline.hpp"
#include "lib/yaml/edit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::sync {

std::string Replay::Work::number_of(const std::optional<yaml::Document>& document) {
  const auto number = document ? document->root().find("number") : std::nullopt;
  return number ? number->text() : std::string();
}

void Replay::Work::number(const git::FileDifference& change, const std::string& path, File& file) {
  const std::string given = number_of(document_of(path, change.after));
  if (given.empty() || !number_of(document_of(path, change.before)).empty()) return;
  const std::string text = file.text ? *file.text : text_of(change.after);
  const yaml::ParseResult parsed = yaml::parse(path, text);
  if (!parsed.document) return;
  const std::string now = number_of(parsed.document);
  const std::string id = club::place_of(path_in_club(path)).id;
  if (now != given) {
    step_.notes.push_back(
        fmt::format("{} has number {} already, not {}", quote(id, 100), now, given));
    return;
  }
  if (!is_number_taken(given, id)) {
    if (const auto value = yaml::integer_value(given)) numbers_.insert(*value);
    return;
  }
  // One that is not written yet counts like those that are.
  const long long fresh = std::max(timeline::next_number(theirs()).value,
                                   numbers_.empty() ? 0 : *numbers_.rbegin() + 1);
  numbers_.insert(fresh);
  file.text = yaml::edited_text(*parsed.document, {yaml::Edit::set({"number"}, fresh)},
                                schema::schema_of("paper").property_names());
  step_.notes.push_back(fmt::format("number {} was given to another paper meanwhile: {} has {}",
                                    given, quote(id, 100), fresh));
}

bool Replay::Work::is_number_taken(const std::string& number, const std::string& id) {
  const auto has = [&](const club::PaperRecord& paper) {
    return paper.id.str() != id && paper.paper.number &&
           std::to_string(paper.paper.number->value) == number;
  };
  const auto& papers = theirs().papers;
  const bool given_now = std::any_of(numbers_.begin(), numbers_.end(),
                                     [&](long long one) { return std::to_string(one) == number; });
  return given_now || std::any_of(papers.begin(), papers.end(), has);
}

bool Replay::Work::is_superfluous(const git::FileDifference& change) {
  const auto document = document_of(change.path, change.after);
  if (!document) return false;
  const record::Session session = record::session_from(*document);
  if (session.papers.empty() || !gives_number(session.papers)) return false;
  std::string where;
  std::string file;
  for (const PaperId& id : session.papers) {
    const club::PaperRecord* paper = club::find_by_id(theirs(), id.str());
    if (paper == nullptr || !paper->paper.number) return false;
    const auto sessions = timeline::sessions_of(theirs(), *paper);
    const auto takes_place = [](const club::SessionRecord* one) {
      return record::takes_place(one->session);
    };
    const auto found = std::find_if(sessions.begin(), sessions.end(), takes_place);
    if (found == sessions.end()) return false;
    where = (*found)->id.str();
    file = (*found)->file;
  }
  replay_.moved_[change.path] = replay_.prefix_ + file;
  step_.notes.push_back(
      fmt::format("{} was scheduled meanwhile, in session {}: the one made "
                  "here is left out",
                  quote(session.papers.front().str(), 100), where));
  return true;
}

bool Replay::Work::gives_number(const std::vector<PaperId>& papers) const {
  return std::any_of(
      own_.changes.begin(), own_.changes.end(), [&](const git::FileDifference& change) {
        const club::Place place = club::place_of(path_in_club(change.path));
        const auto is_it = [&place](const PaperId& id) { return id.str() == place.id; };
        return is_record(place, club::RecordKind::paper) &&
               std::any_of(papers.begin(), papers.end(), is_it) &&
               number_of(document_of(change.path, change.before)).empty() &&
               !number_of(document_of(change.path, change.after)).empty();
      });
}

std::string Replay::Work::renamed(const std::string& path) {
  club::Snapshot known = theirs();
  for (const auto& [own, now] : files_)
    known.files.push_back({path_in_club(own), os::FileKind::regular});
  for (const git::FileDifference& change : own_.changes)
    known.files.push_back({path_in_club(change.path), os::FileKind::regular});
  const SessionId id = timeline::next_session_id(known);
  std::string now = replay_.prefix_ + club::session_path(id.str());
  step_.notes.push_back(fmt::format("session {} is one of the others: the one made here is {}",
                                    quote(club::place_of(path_in_club(path)).id, 100), id.str()));
  replay_.moved_[path] = now;
  return now;
}

void Replay::Work::date(const std::string& path, File& file) {
  const std::string text =
      file.text ? *file.text : repository_.read_blob(*file.blob, yaml::kMaxBytes).value_or("");
  const yaml::ParseResult parsed = yaml::parse(path, text);
  if (!parsed.document) return;
  record::Session session = record::session_from(*parsed.document);
  const auto id = SessionId::parse(club::place_of(path_in_club(path)).id);
  if (!session.date || !id) return;
  if (!is_held(*session.date)) {
    placed_.push_back({*id, path_in_club(path), std::move(session)});
    return;
  }
  const std::string zone = theirs().settings.timezone;
  const Moment now = os::in_time_zone(replay_.now_, zone).value_or(replay_.now_);
  const auto slot = timeline::next_slot(with_own_sessions(), now);
  if (!slot || timeline::is_past(*session.date, now, zone)) return;
  file.text = yaml::edited_text(
      *parsed.document,
      {yaml::Edit::set({"date"}, yaml::Value::plain(record::format_session_date(*slot)))},
      schema::schema_of("session").property_names());
  step_.notes.push_back(fmt::format(
      "another session is on {}: session {} is on {}", record::format_session_date(*session.date),
      club::place_of(path_in_club(path)).id, record::format_session_date(*slot)));
  session.date = slot;
  placed_.push_back({*id, path_in_club(path), std::move(session)});
}

club::Snapshot Replay::Work::with_own_sessions() {
  club::Snapshot known = theirs();
  known.sessions.insert(known.sessions.end(), placed_.begin(), placed_.end());
  for (const git::FileDifference& change : own_.changes) {
    const club::Place place = club::place_of(path_in_club(change.path));
    const auto id = SessionId::parse(place.id);
    if (!id || change.before || !is_record(place, club::RecordKind::session)) continue;
    if (const auto document = document_of(change.path, change.after))
      known.sessions.push_back({*id, path_in_club(change.path), record::session_from(*document)});
  }
  return known;
}

bool Replay::Work::is_held(const SessionDate& date) {
  const std::string& zone = theirs().settings.timezone;
  const auto is_then = [&](const club::SessionRecord& one) {
    const record::Session& session = one.session;
    if (!session.date || !session.cancelled.empty()) return false;
    return *session.date == date || (session.no_meeting && os::day_in_zone(*session.date, zone) ==
                                                               os::day_in_zone(date, zone));
  };
  const auto& sessions = theirs().sessions;
  return std::any_of(sessions.begin(), sessions.end(), is_then) ||
         std::any_of(placed_.begin(), placed_.end(), is_then);
}

}  // namespace paperclub::sync
