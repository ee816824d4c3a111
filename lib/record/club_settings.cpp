#include "lib/record/club_settings.hpp"

namespace paperclub::record {
namespace {

std::optional<Schedule> schedule_from(const Fields& fields) {
  const auto map = fields.map("schedule");
  if (!map) return std::nullopt;
  Schedule schedule{map->text("every"),      map->text("weekday"), map->text("time"),
                    map->integer("minutes"), map->link("where"),   {}};
  for (const std::string& text : map->texts("skip")) {
    if (const auto day = parse_date(text)) schedule.skip.push_back(*day);
  }
  return schedule;
}

std::vector<Question> questions_from(const Fields& fields) {
  std::vector<Question> questions;
  for (const yaml::Node& item : fields.items("questions")) {
    if (item.kind() != yaml::NodeKind::mapping) continue;
    const Fields question(item);
    questions.push_back({question.text("id"), question.text("title"), question.text("prompt")});
  }
  return questions;
}

yaml::Members to_yaml(const Schedule& schedule) {
  MemberList members;
  members.add("every", schedule.every);
  members.add("weekday", schedule.weekday);
  members.add("time", schedule.time);
  members.add("minutes", schedule.minutes);
  members.add("where", schedule.where);
  std::vector<yaml::Value> skip;
  for (const Date& day : schedule.skip)
    skip.push_back(yaml::Value::plain(format_date(day)));
  if (!skip.empty()) members.add("skip", yaml::Value(std::move(skip)));
  return std::move(members).take();
}

std::vector<yaml::Value> to_yaml(const std::vector<Question>& questions) {
  std::vector<yaml::Value> values;
  for (const Question& question : questions) {
    MemberList members;
    members.add("id", question.id);
    members.add("title", question.title);
    members.add("prompt", question.prompt);
    values.emplace_back(std::move(members).take());
  }
  return values;
}

}  // namespace

ClubSettings club_settings_from(const yaml::Document& document) {
  const Fields fields(document.root());
  ClubSettings settings;
  settings.format = fields.integer("format").value_or(1);
  settings.id = fields.text("id");
  settings.name = fields.text("name");
  settings.about = fields.text("about");
  settings.calendar = fields.link("calendar");
  settings.timezone = fields.text("timezone");
  settings.schedule = schedule_from(fields);
  settings.questions = questions_from(fields);
  if (const auto voting = fields.map("voting")) settings.voting = rules_from(*voting);
  settings.papers_by_year = fields.text("papers") == "by-year";
  if (const auto site = fields.map("site")) settings.site_base_url = site->link("base_url");
  settings.extra = fields.extra();
  return settings;
}

yaml::Members to_yaml(const ClubSettings& settings) {
  MemberList members;
  members.add("format", yaml::Value(settings.format));
  members.add("id", settings.id);
  members.add("name", settings.name);
  members.add("about", settings.about);
  members.add("calendar", settings.calendar);
  members.add("timezone", settings.timezone);
  if (settings.schedule) members.add("schedule", yaml::Value(to_yaml(*settings.schedule)));
  if (!settings.questions.empty())
    members.add("questions", yaml::Value(to_yaml(settings.questions)));
  MemberList voting;
  add_rules(voting, settings.voting);
  members.add("voting", std::move(voting).take());
  if (settings.papers_by_year) members.add("papers", yaml::Value("by-year"));
  if (!settings.site_base_url.empty()) {
    members.add("site", yaml::Members{{"base_url", settings.site_base_url}});
  }
  members.add("extra", settings.extra);
  return std::move(members).take();
}

}  // namespace paperclub::record
