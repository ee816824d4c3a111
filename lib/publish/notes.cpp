#include "lib/publish/notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

std::string facts_of(const record::Paper& paper) {
  std::vector<std::string> facts;
  if (!paper.authors.empty())
    facts.push_back(markdown_text(fmt::format("{}", fmt::join(paper.authors, ", "))));
  if (!paper.venue.empty()) facts.push_back(markdown_text(paper.venue));
  if (paper.published) facts.push_back(format_date(*paper.published));
  const std::string url = record::reading_link(paper);
  if (is_safe_link(url)) facts.push_back(fmt::format("[paper]({})", markdown_target(url)));
  return fmt::format("{}", fmt::join(facts, ". "));
}

// Text that cannot end the comment it stands in.
std::string comment(const std::string& text) {
  std::string out;
  for (const char c : escape(squeeze(text))) {
    if (c == '-' && out.ends_with('-')) out += ' ';
    if (c != '<' && c != '>') out += c;
  }
  return fmt::format("<!-- {} -->\n", out);
}

std::string answer_to(const record::Paper& paper, const std::string& question) {
  std::string out;
  for (const record::Answer& answer : paper.discussion) {
    if (answer.question != question) continue;
    for (const std::string& text : answer.texts)
      out += (answer.is_list ? "- " : "") + markdown_paragraph(text) + "\n";
  }
  return out;
}

}  // namespace

std::string notes_template(const club::PaperRecord& record, const record::ClubSettings& settings) {
  const record::Paper& paper = record.paper;
  std::string text = fmt::format("# {}\n", markdown_text(record::display_title(paper)));
  if (const std::string facts = facts_of(paper); !facts.empty()) text += "\n" + facts + "\n";
  for (const record::Question& question : settings.questions) {
    text += fmt::format("\n## {}\n",
                        markdown_text(question.title.empty() ? question.id : question.title));
    if (!question.prompt.empty()) text += "\n" + comment(question.prompt);
    const std::string answer = answer_to(paper, question.id);
    if (!answer.empty()) text += "\n" + answer;
  }
  return text;
}

}  // namespace paperclub::publish
