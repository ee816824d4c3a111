#include "lib/publish/markdown.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

std::string link_text(std::string_view text, std::string_view url) {
  if (!is_safe_link(url)) return markdown_text(text);
  return fmt::format("[{}]({})", markdown_text(text), markdown_target(url));
}

std::string title_of(const timeline::TimelinePaper& paper) {
  const record::Paper& record = paper.paper->paper;
  const std::string title = squeeze(record::display_title(record));
  const std::string& shown = title.empty() ? paper.paper->id.str() : title;
  const std::string url = record::reading_link(record);
  return url.empty() ? markdown_text(shown) : link_text(shown, url);
}

std::string extras_of(const timeline::TimelinePaper& paper) {
  std::string out;
  const auto add = [&out](const record::Link& link, std::string_view fallback) {
    out += out.empty() ? " — " : " · ";
    out += link_text(link.title.empty() ? fallback : std::string_view(link.title), link.url);
  };
  for (const record::Link& link : timeline::notes_of(*paper.paper))
    add(link, "Notes");
  for (const record::Link& link : timeline::recordings_of(paper)) {
    add({"Recording", link.url}, "Recording");
  }
  return out;
}

std::string line_of(const timeline::TimelinePaper& paper) {
  std::string line = fmt::format("{}. {}", paper.number, title_of(paper));
  if (paper.date) line += fmt::format(" ({})", format_date(*paper.date));
  const std::string summary = markdown_paragraph(paper.paper->paper.summary);
  if (!summary.empty()) line += ": " + summary;
  return line + extras_of(paper) + "\n";
}

}  // namespace

std::string timeline_markdown(const std::vector<timeline::TimelinePaper>& papers) {
  std::string out;
  for (std::size_t i = 0; i < papers.size(); ++i) {
    // Markdown counts on from the first number of a list: a comment begins a new list.
    if (i > 0 && papers[i].number != papers[i - 1].number + 1) out += "\n<!-- -->\n\n";
    out += line_of(papers[i]);
  }
  return out;
}

}  // namespace paperclub::publish
