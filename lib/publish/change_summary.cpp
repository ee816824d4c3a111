#include "lib/publish/change_summary.hpp"

#include <fmt/format.h>

#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/escape.hpp"

namespace paperclub::publish {
namespace {

// A line `- **label** text`, or nothing.
std::string field(std::string_view label, const std::string& markdown) {
  return markdown.empty() ? std::string() : fmt::format("- {}: {}\n", label, markdown);
}

std::string joined(const std::vector<std::string>& texts) {
  return markdown_text(fmt::format("{}", fmt::join(texts, ", ")));
}

std::string paper_part(const club::PaperRecord& record) {
  const record::Paper& paper = record.paper;
  const std::string title = markdown_text(squeeze(paper.title));
  const std::string url = record::reading_link(paper);
  std::string text = url.empty() || !is_safe_link(url)
                         ? fmt::format("### {}\n\n", title)
                         : fmt::format("### [{}]({})\n\n", title, markdown_target(url));
  text += field("id", markdown_text(record.id.str()));
  text += field("authors", joined(paper.authors));
  text += field("published", paper.published ? format_date(*paper.published) : "");
  text += field("venue", markdown_text(squeeze(paper.venue)));
  text += field("tags", joined(paper.tags));
  if (paper.suggested) {
    text += field("suggested by", markdown_text(squeeze(paper.suggested->by)));
    text += field("why", markdown_text(squeeze(paper.suggested->why)));
  }
  const std::string summary = markdown_paragraph(paper.summary);
  return text + (summary.empty() ? "\n" : fmt::format("\n{}\n\n", summary));
}

std::string finding_part(const Finding& finding) {
  std::string place = finding.file;
  if (finding.where.line > 0) place += fmt::format(":{}", finding.where.line);
  std::string text =
      fmt::format("- {} {}: {} \\[{}\\]", severity_name(severity_of(finding)), markdown_text(place),
                  markdown_text(finding.message), rule_info(finding.rule).name);
  if (!finding.hint.empty()) text += fmt::format(" ({})", markdown_text(finding.hint));
  return text + "\n";
}

}  // namespace

std::string change_summary(const std::vector<PaperId>& added, const club::Snapshot& after,
                           const std::vector<Finding>& findings) {
  static constexpr std::string_view kCut =
      "\nMore does not fit here; `paperclub check` says all of it.\n";
  std::string text;
  const auto add = [&text](const std::string& part) {
    const bool fits = text.size() + part.size() + kCut.size() <= kMaxSummaryBytes;
    if (fits) text += part;
    return fits;
  };
  bool whole = true;
  if (!added.empty())
    whole = add(fmt::format("## {} suggested\n\n", counted(added.size(), "paper")));
  for (const PaperId& id : added) {
    const club::PaperRecord* record = club::find_by_id(after, id.str());
    if (record != nullptr && whole) whole = add(paper_part(*record));
  }
  if (whole) {
    whole = add(findings.empty() ? "No findings.\n"
                                 : fmt::format("## {}\n\n", counted(findings.size(), "finding")));
  }
  for (const Finding& finding : findings) {
    if (whole) whole = add(finding_part(finding));
  }
  return whole ? text : text + std::string(kCut);
}

}  // namespace paperclub::publish
