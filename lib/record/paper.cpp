#include "lib/record/paper.hpp"

#include "lib/base/doi.hpp"

namespace paperclub::record {
namespace {

std::optional<Suggestion> suggestion_from(const Fields& fields) {
  const auto map = fields.map("suggested");
  if (!map) return std::nullopt;
  return Suggestion{map->text("by"), map->date("on"), map->text("why")};
}

std::optional<Withdrawal> withdrawal_from(const Fields& fields) {
  const auto map = fields.map("withdrawn");
  if (!map) return std::nullopt;
  return Withdrawal{map->date("on"), map->text("why")};
}

std::vector<Answer> discussion_from(const Fields& fields) {
  std::vector<Answer> answers;
  const auto map = fields.map("discussion");
  if (!map) return answers;
  for (const auto& [question, node] : map->members()) {
    if (node.kind() == yaml::NodeKind::mapping) continue;
    const bool is_list = node.kind() == yaml::NodeKind::sequence;
    Answer answer{question, {}, is_list};
    if (is_list) answer.texts = map->texts(question);
    if (node.kind() == yaml::NodeKind::scalar) answer.texts = {node.text()};
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::optional<TimelineNumber> number_from(const Fields& fields) {
  const auto number = fields.integer("number");
  if (!number || *number < 1) return std::nullopt;
  return TimelineNumber{*number};
}

yaml::Members to_yaml(const Suggestion& suggestion) {
  MemberList members;
  members.add("by", suggestion.by);
  members.add("on", suggestion.on);
  members.add("why", suggestion.why);
  return std::move(members).take();
}

yaml::Members to_yaml(const Withdrawal& withdrawal) {
  MemberList members;
  members.add("on", withdrawal.on);
  members.add("why", withdrawal.why);
  return std::move(members).take();
}

yaml::Members to_yaml(const std::vector<Answer>& discussion) {
  yaml::Members members;
  for (const Answer& answer : discussion) {
    if (answer.is_list) {
      members.emplace_back(answer.question,
                           std::vector<yaml::Value>(answer.texts.begin(), answer.texts.end()));
    } else {
      members.emplace_back(answer.question, answer.texts.empty() ? "" : answer.texts.front());
    }
  }
  return members;
}

yaml::Value published_value(const PartialDate& date) {
  if (date.month == 0) return static_cast<long long>(date.year);
  // Without a day it is no date to any reader, but 2018-10 could be taken for a difference.
  return date.day == 0 ? yaml::Value::quoted(format_date(date))
                       : yaml::Value::plain(format_date(date));
}

}  // namespace

Paper paper_from(const yaml::Document& document) {
  const Fields fields(document.root());
  Paper paper;
  paper.title = fields.text("title");
  paper.short_title = fields.text("short");
  paper.authors = fields.texts("authors");
  paper.published = parse_partial_date(fields.text("published"));
  paper.venue = fields.text("venue");
  paper.url = fields.link("url");
  paper.arxiv = fields.text("arxiv");
  paper.doi = fields.text("doi");
  paper.summary = fields.text("summary");
  paper.tags = fields.texts("tags");
  paper.suggested = suggestion_from(fields);
  paper.number = number_from(fields);
  paper.discussion = discussion_from(fields);
  paper.links = links_from(fields, "links");
  paper.aliases = fields.ids<PaperId>("aliases");
  paper.withdrawn = withdrawal_from(fields);
  paper.extra = fields.extra();
  return paper;
}

yaml::Members to_yaml(const Paper& paper) {
  MemberList members;
  members.add("title", paper.title);
  members.add("short", paper.short_title);
  members.add("authors", paper.authors);
  if (paper.published) members.add("published", published_value(*paper.published));
  members.add("venue", paper.venue);
  members.add("url", paper.url);
  if (!paper.arxiv.empty()) members.add("arxiv", yaml::Value::quoted(paper.arxiv));
  members.add("doi", paper.doi);
  members.add("summary", paper.summary);
  members.add("tags", paper.tags);
  if (paper.suggested) members.add("suggested", yaml::Value(to_yaml(*paper.suggested)));
  if (paper.number) members.add("number", yaml::Value(paper.number->value));
  members.add("discussion", to_yaml(paper.discussion));
  if (!paper.links.empty()) members.add("links", yaml::Value(to_yaml(paper.links)));
  members.add("aliases", paper.aliases);
  if (paper.withdrawn) members.add("withdrawn", yaml::Value(to_yaml(*paper.withdrawn)));
  members.add("extra", paper.extra);
  return std::move(members).take();
}

PaperState state_of(const Paper& paper) {
  if (paper.withdrawn) return PaperState::withdrawn;
  return paper.number ? PaperState::on_timeline : PaperState::suggested;
}

std::string_view state_name(PaperState state) {
  switch (state) {
    case PaperState::suggested: return "suggested";
    case PaperState::on_timeline: return "timeline";
    case PaperState::withdrawn: return "withdrawn";
  }
  return "";
}

const std::string& display_title(const Paper& paper) {
  return paper.short_title.empty() ? paper.title : paper.short_title;
}

std::string reading_link(const Paper& paper) {
  if (!paper.url.empty()) return paper.url;
  if (const auto id = parse_arxiv_id(paper.arxiv)) return arxiv_url(*id);
  const auto doi = parse_doi(paper.doi);
  return doi ? doi_url(*doi) : std::string();
}

}  // namespace paperclub::record
