#include "lib/publish/json.hpp"

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "lib/base/text.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

using Json = nlohmann::ordered_json;

Json document(const char* name) {
  return Json{{"format", std::string("paperclub/") + name}, {"version", 1}};
}

// File names may hold any bytes: what is not UTF-8 is replaced, so the document always is.
std::string finish(const Json& json) {
  return inert_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json links_json(const std::vector<record::Link>& links) {
  Json list = Json::array();
  for (const record::Link& link : links) {
    list.push_back({{"title", text_or_null(link.title)}, {"url", link.url}});
  }
  return list;
}

Json date_json(const std::optional<Date>& date) {
  return date ? Json(format_date(*date)) : Json(nullptr);
}

Json session_head(const club::SessionRecord& record, const std::string& zone) {
  const record::Session& session = record.session;
  std::vector<std::string> papers;
  for (const PaperId& id : session.papers)
    papers.push_back(id.str());
  std::optional<Date> day;
  if (session.date) day = os::day_in_zone(*session.date, zone);
  return {{"id", record.id.str()},
          {"date", session.date ? Json(record::format_session_date(*session.date)) : Json(nullptr)},
          {"day", date_json(day)},
          {"papers", papers},
          {"presenters", session.presenters},
          {"recordings", links_json(session.recordings)},
          {"slides", links_json(session.slides)},
          {"note", text_or_null(session.note)},
          {"kind", session.no_meeting ? "no-meeting" : "paper"},
          {"cancelled", text_or_null(session.cancelled)}};
}

Json session_list(const std::vector<const club::SessionRecord*>& sessions,
                  const std::string& zone) {
  Json list = Json::array();
  for (const club::SessionRecord* session : sessions)
    list.push_back(session_head(*session, zone));
  return list;
}

template <typename Record>
Json ids_json(const std::vector<const Record*>& records) {
  Json ids = Json::array();
  for (const Record* record : records)
    ids.push_back(record->id.str());
  return ids;
}

// The sessions of all of them, each once: by the first paper that has it, then as that paper does.
std::vector<const club::SessionRecord*> sessions_of(
    const std::vector<timeline::TimelinePaper>& papers) {
  std::vector<const club::SessionRecord*> sessions;
  std::unordered_set<const club::SessionRecord*> seen;
  for (const timeline::TimelinePaper& paper : papers) {
    for (const club::SessionRecord* session : paper.sessions) {
      if (seen.insert(session).second) sessions.push_back(session);
    }
  }
  return sessions;
}

Json member_head(const club::MemberRecord& record) {
  const record::Member& member = record.member;
  return {{"id", record.id.str()},   {"name", member.name}, {"login", text_or_null(member.login)},
          {"emails", member.emails}, {"keys", member.keys}, {"roles", member.roles}};
}

Json number_json(const record::Paper& paper) {
  return paper.number ? Json(paper.number->value) : Json(nullptr);
}

Json published_json(const record::Paper& paper) {
  return paper.published ? Json(format_date(*paper.published)) : Json(nullptr);
}

// What every list of papers says of one.
Json paper_head(const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  return {{"id", record.id.str()},
          {"state", record::state_name(record::state_of(paper))},
          {"number", number_json(paper)},
          {"title", paper.title},
          {"short", text_or_null(paper.short_title)},
          {"authors", paper.authors},
          {"published", published_json(paper)},
          {"url", text_or_null(record::reading_link(paper))},
          {"arxiv", text_or_null(paper.arxiv)},
          {"doi", text_or_null(paper.doi)},
          {"tags", paper.tags}};
}

void add_count(Json& json, FindingCount count) {
  json["errors"] = count.errors;
  json["warnings"] = count.warnings;
}

Json answers_json(const std::vector<record::Answer>& answers) {
  Json json = Json::object();
  for (const record::Answer& answer : answers) {
    const bool single = !answer.is_list && !answer.texts.empty();
    json[answer.question] = single ? Json(answer.texts.front()) : Json(answer.texts);
  }
  return json;
}

Json suggestion_json(const record::Paper& paper) {
  if (!paper.suggested) return nullptr;
  return {{"by", text_or_null(paper.suggested->by)},
          {"on", date_json(paper.suggested->on)},
          {"why", text_or_null(paper.suggested->why)}};
}

Json withdrawal_json(const record::Paper& paper) {
  if (!paper.withdrawn) return nullptr;
  return {{"on", date_json(paper.withdrawn->on)}, {"why", text_or_null(paper.withdrawn->why)}};
}

Json findings_json(const std::vector<Finding>& findings) {
  Json json = Json::array();
  for (const Finding& finding : findings) {
    const Location& where = finding.where;
    json.push_back({{"rule", rule_info(finding.rule).name},
                    {"severity", severity_name(severity_of(finding))},
                    {"file", finding.file},
                    {"line", where.line == 0 ? Json(nullptr) : Json(where.line)},
                    {"column", where.line == 0 ? Json(nullptr) : Json(where.column)},
                    {"end_line", where.line == 0 ? Json(nullptr) : Json(where.end_line)},
                    {"end_column", where.line == 0 ? Json(nullptr) : Json(where.end_column)},
                    {"message", finding.message},
                    {"hint", text_or_null(finding.hint)}});
  }
  return json;
}

}  // namespace

FindingCount count_findings(const std::vector<Finding>& findings) {
  const std::size_t errors = count_errors(findings);
  return {errors, findings.size() - errors};
}

std::string timeline_json(const timeline::Filtered& timeline, const record::ClubSettings& settings,
                          FindingCount count) {
  Json json = document("timeline");
  json["club"] = {{"id", settings.id}, {"name", settings.name}};
  json["papers"] = Json::array();
  json["sessions"] = session_list(sessions_of(timeline.papers), settings.timezone);
  for (const timeline::TimelinePaper& item : timeline.papers) {
    Json paper = paper_head(*item.paper);
    paper["date"] = date_json(item.date);
    paper["summary"] = text_or_null(item.paper->paper.summary);
    paper["notes"] = links_json(timeline::notes_of(*item.paper));
    paper["recordings"] = links_json(timeline::recordings_of(item));
    paper["sessions"] = ids_json(item.sessions);
    json["papers"].push_back(std::move(paper));
  }
  json["undated"] = timeline.undated;
  add_count(json, count);
  return finish(json);
}

std::string list_json(const std::vector<const club::PaperRecord*>& papers, FindingCount count) {
  Json json = document("list");
  json["papers"] = Json::array();
  for (const club::PaperRecord* paper : papers)
    json["papers"].push_back(paper_head(*paper));
  add_count(json, count);
  return finish(json);
}

std::string paper_json(const club::PaperRecord& record,
                       const std::vector<const club::SessionRecord*>& sessions,
                       const std::string& zone) {
  const record::Paper& paper = record.paper;
  Json json = document("paper");
  const Json head = paper_head(record);
  for (const auto& [key, value] : head.items())
    json[key] = value;
  std::vector<std::string> aliases;
  for (const PaperId& alias : paper.aliases)
    aliases.push_back(alias.str());
  json["venue"] = text_or_null(paper.venue);
  json["summary"] = text_or_null(paper.summary);
  json["discussion"] = answers_json(paper.discussion);
  json["suggested"] = suggestion_json(paper);
  json["withdrawn"] = withdrawal_json(paper);
  json["notes"] = links_json(timeline::notes_of(record));
  json["links"] = links_json(paper.links);
  json["sessions"] = session_list(sessions, zone);
  json["aliases"] = aliases;
  json["file"] = record.file;
  return finish(json);
}

std::string sessions_json(const std::vector<const club::SessionRecord*>& sessions,
                          const std::string& zone, FindingCount count) {
  Json json = document("sessions");
  json["sessions"] = session_list(sessions, zone);
  add_count(json, count);
  return finish(json);
}

std::string session_json(const club::SessionRecord& session, const std::string& zone) {
  Json json = document("session");
  const Json head = session_head(session, zone);
  for (const auto& [key, value] : head.items())
    json[key] = value;
  json["file"] = session.file;
  return finish(json);
}

std::string members_json(const std::vector<club::MemberRecord>& members) {
  Json json = document("members");
  json["members"] = Json::array();
  for (const club::MemberRecord& member : members)
    json["members"].push_back(member_head(member));
  return finish(json);
}

std::string member_json(const club::MemberRecord& member) {
  Json json = document("member");
  const Json head = member_head(member);
  for (const auto& [key, value] : head.items())
    json[key] = value;
  json["file"] = member.file;
  return finish(json);
}

std::string history_json(const std::vector<club::HistoryEvent>& events) {
  Json json = document("history");
  json["events"] = Json::array();
  for (const club::HistoryEvent& event : events) {
    json["events"].push_back({{"commit", event.commit.hex()},
                              {"seconds", event.seconds},
                              {"offset_minutes", event.offset_minutes},
                              {"author", event.author},
                              {"subject", event.subject},
                              {"action", text_or_null(event.action)},
                              {"files", event.paths}});
  }
  return finish(json);
}

std::string status_json(const timeline::Status& status, FindingCount count) {
  Json json = document("status");
  json["next"] = status.next == nullptr ? Json(nullptr) : Json(status.next->id.str());
  json["free"] = status.free ? Json(record::format_session_date(*status.free)) : Json(nullptr);
  json["undated"] = status.undated;
  json["open_rounds"] = ids_json(status.open_rounds);
  json["suggestions"] = status.suggestions;
  json["stale"] = ids_json(status.stale);
  json["unplanned"] = ids_json(status.unplanned);
  json["no_presenter"] = ids_json(status.no_presenter);
  json["no_notes"] = ids_json(status.no_notes);
  json["no_recording"] = ids_json(status.no_recording);
  add_count(json, count);
  return finish(json);
}

std::string search_json(const std::vector<SearchHit>& hits) {
  Json json = document("search");
  json["hits"] = Json::array();
  for (const SearchHit& hit : hits) {
    json["hits"].push_back({{"id", hit.id},
                            {"file", hit.file},
                            {"field", text_or_null(hit.field)},
                            {"line", hit.line == 0 ? Json(nullptr) : Json(hit.line)},
                            {"text", hit.text}});
  }
  return finish(json);
}

std::string check_json(const std::vector<Finding>& findings, std::size_t records) {
  Json json = document("check");
  json["findings"] = findings_json(findings);
  json["records"] = records;
  add_count(json, count_findings(findings));
  return finish(json);
}

std::string error_json(const Error& error) {
  Json json = document("error");
  json["message"] = error.message();
  json["place"] = text_or_null(error.place());
  json["hints"] = error.hints();
  if (!error.findings().empty()) json["findings"] = findings_json(error.findings());
  return finish(json);
}

std::string version_json(const std::string& version,
                         const std::vector<std::pair<std::string, std::string>>& parts) {
  Json json = document("version");
  json["program"] = version;
  for (const auto& [name, text] : parts)
    json[name] = text;
  return finish(json);
}

std::string rule_json(const RuleInfo& rule, std::string_view page) {
  Json json = document("rule");
  json["name"] = rule.name;
  json["severity"] = severity_name(rule.severity);
  json["summary"] = rule.summary;
  json["page"] = page;
  return finish(json);
}

std::string rules_json() {
  Json json = document("rules");
  json["rules"] = Json::array();
  for (const RuleInfo& rule : all_rules()) {
    json["rules"].push_back({{"name", rule.name},
                             {"severity", severity_name(rule.severity)},
                             {"summary", rule.summary}});
  }
  return finish(json);
}

std::string written_json(const std::string& command, const std::string& id, const std::string& text,
                         const club::Written& written, bool dry_run) {
  Json json = document(command.c_str());
  json["id"] = id;
  json["dry_run"] = dry_run;
  json["commit"] = written.commit ? Json(written.commit->hex()) : Json(nullptr);
  json["branch"] = written.branch;
  json["subject"] = written.plan.subject;
  json["files"] = Json::array();
  for (const club::Change& change : written.plan.changes)
    json["files"].push_back({{"path", change.path}, {"removed", !change.bytes}});
  if (!text.empty()) json["text"] = text;
  return finish(json);
}

std::string sync_json(const SyncReport& report) {
  Json json = document("sync");
  json["remote"] = report.remote;
  json["branch"] = report.branch;
  json["taken"] = report.taken;
  json["replayed"] = report.replayed;
  json["sent"] = report.sent;
  json["rejections"] = report.rejections;
  json["commit"] = report.commit;
  return finish(json);
}

std::string suggested_json(const Suggested& suggested) {
  Json json = document("suggested");
  json["id"] = suggested.id;
  json["remote"] = suggested.remote;
  json["branch"] = suggested.branch;
  json["commit"] = suggested.commit;
  json["page"] = suggested.page.empty() ? Json(nullptr) : Json(suggested.page);
  json["opened"] = suggested.opened;
  return finish(json);
}

std::string suggestions_json(const std::vector<SuggestionEntry>& entries) {
  Json json = document("suggestions");
  json["suggestions"] = Json::array();
  for (const SuggestionEntry& entry : entries) {
    Json one;
    one["name"] = entry.name;
    one["branch"] = text_or_null(entry.branch);
    one["commit"] = entry.commit;
    one["by"] = entry.by;
    one["since"] = entry.since;
    one["papers"] = entry.papers;
    one["same_as"] = entry.near;
    one["related"] = entry.related;
    add_count(one, count_findings(entry.findings));
    one["findings"] = findings_json(entry.findings);
    json["suggestions"].push_back(std::move(one));
  }
  return finish(json);
}

std::string answered_json(const std::string& what, const std::vector<std::string>& names,
                          const std::vector<std::string>& commits, bool dry_run) {
  Json json = document(what.c_str());
  json["suggestions"] = names;
  json["commits"] = commits;
  json["dry_run"] = dry_run;
  return finish(json);
}

}  // namespace paperclub::publish
