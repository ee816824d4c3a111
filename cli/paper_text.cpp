#include "cli/paper_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/session_text.hpp"
#include "lib/base/doi.hpp"
#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMostWidth = 100;  // longer lines are hard to read

// `text` behind `indent`, wrapped to the terminal; on one line where there is none.
std::string paragraph(const Ui& ui, std::string_view text, std::size_t indent) {
  const std::string safe = escape(squeeze(text));
  if (ui.width() == 0) return std::string(indent, ' ') + safe + "\n";
  const std::size_t room = std::min(ui.width(), kMostWidth);
  std::string out;
  for (const std::string& line : wrap(safe, room > indent + 20 ? room - indent : 20)) {
    out += std::string(indent, ' ') + line + "\n";
  }
  return out;
}

// An address is never broken; what it is called stands below it where the line has no room.
std::string link_line(const Ui& ui, std::size_t indent, std::string_view label,
                      const record::Link& link) {
  const std::string lead = fmt::format("{}: ", label);
  std::string text = std::string(indent, ' ') + ui.paint(Role::faint, lead) + escape(link.url);
  const bool says_more = !link.title.empty() && fold(link.title) != fold(label);
  if (!says_more) return text + "\n";
  const std::string title = fmt::format("({})", squeeze(link.title));
  const std::size_t used = indent + display_width(lead) + display_width(escape(link.url));
  const bool fits = ui.width() == 0 || used + 1 + display_width(escape(title)) <= ui.width();
  if (fits) return text + " " + escape(title) + "\n";
  return text + "\n" + paragraph(ui, title, indent + 2);
}

std::string title_of(const club::PaperRecord& paper) {
  const std::string title = squeeze(record::display_title(paper.paper));
  return escape(title.empty() ? paper.id.str() : title);
}

// A title and its date, wrapped behind the number that stands before them.
std::string heading_lines(const Ui& ui, const std::string& title, const std::optional<Date>& date,
                          std::size_t indent) {
  const std::string day = date ? fmt::format(" ({})", format_date(*date)) : "";
  std::vector<std::string> lines{title};
  if (ui.width() > 0 && indent + display_width(title + day) > ui.width())
    lines = wrap(title, ui.width() > indent + 20 ? ui.width() - indent : 20);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out += "\n" + std::string(indent, ' ');
    out += ui.paint(Role::heading, lines[i]);
  }
  if (day.empty()) return out + "\n";
  const bool fits = ui.width() == 0 || indent + display_width(lines.back() + day) <= ui.width();
  return out + (fits ? day : "\n" + std::string(indent, ' ') + day.substr(1)) + "\n";
}

std::string timeline_entry(const Ui& ui, const timeline::TimelinePaper& item, std::size_t digits) {
  const record::Paper& paper = item.paper->paper;
  const std::size_t indent = digits + 2;
  std::string out = ui.paint(Role::number, fmt::format("{:>{}}.", item.number, digits)) + " ";
  out += heading_lines(ui, title_of(*item.paper), item.date, indent);
  if (!paper.summary.empty()) out += paragraph(ui, markdown_to_plain(paper.summary), indent);
  const std::string url = record::reading_link(paper);
  if (!url.empty()) out += link_line(ui, indent, "paper", {"", url});
  for (const record::Link& link : timeline::notes_of(*item.paper)) {
    out += link_line(ui, indent, "notes", link);
  }
  for (const record::Link& link : timeline::recordings_of(item)) {
    out += link_line(ui, indent, "recording", link);
  }
  return out;
}

// The lines of one paper; each method adds what the record says and nothing where it is silent.
class PaperPage {
 public:
  explicit PaperPage(const Ui& ui) : ui_(ui) {}

  void field(std::string_view label, const std::string& value) {
    if (value.empty()) return;
    const std::string lead = pad(fmt::format("{}:", label), kLabel);
    if (ui_.width() == 0) {
      text_ += fmt::format("{}{}\n", lead, escape(squeeze(value)));
      return;
    }
    const std::string body = paragraph(ui_, value, kLabel);
    text_ += ui_.paint(Role::faint, lead) + body.substr(std::min(kLabel, body.size()));
  }

  void body(const std::string& value) {
    if (!value.empty()) text_ += "\n" + paragraph(ui_, markdown_to_plain(value), 2);
  }

  void heading(std::string_view text) {
    text_ += fmt::format("\n{}\n", ui_.paint(Role::heading, text));
  }

  void item(const std::string& value) { text_ += paragraph(ui_, value, 2); }

  void link(std::string_view label, const record::Link& value, std::size_t indent = 2) {
    text_ += link_line(ui_, indent, label, value);
  }

  std::string take() && { return std::move(text_); }

 private:
  static constexpr std::size_t kLabel = 12;

  const Ui& ui_;
  std::string text_;
};

void add_facts(PaperPage& page, const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  page.field("id", record.id.str());
  page.field("short", paper.short_title);
  page.field("state", std::string(record::state_name(record::state_of(paper))));
  if (paper.number) page.field("number", std::to_string(paper.number->value));
  page.field("authors", fmt::format("{}", fmt::join(paper.authors, ", ")));
  if (paper.published) page.field("published", format_date(*paper.published));
  page.field("venue", paper.venue);
  page.field("link", record::reading_link(paper));
  page.field("arxiv", paper.arxiv);
  page.field("doi", paper.doi);
  page.field("tags", fmt::format("{}", fmt::join(paper.tags, ", ")));
  if (paper.suggested) {
    const record::Suggestion& suggested = *paper.suggested;
    std::string text = suggested.by;
    if (suggested.on)
      text += fmt::format("{}{}", text.empty() ? "" : ", ", format_date(*suggested.on));
    if (!suggested.why.empty())
      text += fmt::format("{}{}", text.empty() ? "" : ": ", suggested.why);
    page.field("suggested", text);
  }
  if (paper.withdrawn) {
    const record::Withdrawal& withdrawn = *paper.withdrawn;
    std::string text = withdrawn.on ? format_date(*withdrawn.on) : "";
    if (!withdrawn.why.empty())
      text += fmt::format("{}{}", text.empty() ? "" : ": ", withdrawn.why);
    page.field("withdrawn", text);
  }
}

void add_discussion(PaperPage& page, const record::Paper& paper,
                    const record::ClubSettings& settings) {
  for (const record::Answer& answer : paper.discussion) {
    const auto question = std::find_if(
        settings.questions.begin(), settings.questions.end(),
        [&answer](const record::Question& known) { return known.id == answer.question; });
    const bool titled = question != settings.questions.end() && !question->title.empty();
    page.heading(escape(titled ? question->title : answer.question));
    for (const std::string& text : answer.texts) {
      page.item((answer.is_list ? "- " : "") + markdown_to_plain(text));
    }
  }
}

void add_sessions(PaperPage& page, const std::vector<const club::SessionRecord*>& sessions,
                  const std::string& zone) {
  if (!sessions.empty()) page.heading("Sessions");
  for (const club::SessionRecord* record : sessions) {
    const record::Session& session = record->session;
    std::string head = record->id.str();
    if (session.date) head += ", " + session_time(*session.date, zone);
    if (!session.presenters.empty()) {
      head += fmt::format(", presented by {}", fmt::join(session.presenters, ", "));
    }
    if (const std::string remark = session_remark(session); !remark.empty()) head += ", " + remark;
    page.item(head);
    for (const record::Link& link : session.recordings)
      page.link("recording", link, 4);
    for (const record::Link& link : session.slides)
      page.link("slides", link, 4);
  }
}

}  // namespace

std::string timeline_text(const Ui& ui, const std::vector<timeline::TimelinePaper>& papers) {
  long long largest = 0;
  for (const timeline::TimelinePaper& paper : papers)
    largest = std::max(largest, paper.number);
  const std::size_t digits = std::to_string(largest).size();
  std::string out;
  for (const timeline::TimelinePaper& paper : papers) {
    if (!out.empty()) out += "\n";
    out += timeline_entry(ui, paper, digits);
  }
  return out;
}

std::string paper_text(const Ui& ui, const club::PaperRecord& record,
                       const std::vector<const club::SessionRecord*>& sessions,
                       const record::ClubSettings& settings) {
  PaperPage page(ui);
  const std::string title = record.paper.title.empty() ? record.id.str() : record.paper.title;
  page.field("title", title);
  add_facts(page, record);
  page.body(record.paper.summary);
  add_discussion(page, record.paper, settings);
  const std::vector<record::Link> notes = timeline::notes_of(record);
  if (!notes.empty() || !record.paper.links.empty()) page.heading("Links");
  if (!record.notes.empty()) page.link("notes", {"", record.notes});
  for (const record::Link& link : record.paper.links) {
    page.link(link.title.empty() ? "link" : escape(squeeze(link.title)), {"", link.url});
  }
  add_sessions(page, sessions, settings.timezone);
  return std::move(page).take();
}

}  // namespace paperclub::cli
