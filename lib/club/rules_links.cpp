#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "lib/base/error.hpp"
#include "lib/base/local_link.hpp"
#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/club/rules.hpp"
#include "lib/schema/format.hpp"

namespace paperclub::club {
namespace {

// Notes longer than this are not looked into for links.
constexpr std::size_t kMaxNotesBytes = 1024 * 1024;
// Of one file's broken links, so many are told.
constexpr std::size_t kMaxLinksTold = 100;
// The lines of a paragraph times its brackets, all paragraphs together: what md4c's time grows by.
constexpr std::size_t kMaxNotesWork = std::size_t{1} << 31U;

// Says what is wrong with a local target, or nothing.
std::optional<std::string> target_problem(const RuleContext& context, const std::string& target) {
  if (target == "..") return "leads out of the club's folder";
  if (target.empty() || context.files.kind_of(target)) return std::nullopt;
  return "leads nowhere";
}

std::string target_hint(const std::string& target, std::string_view start) {
  if (target == "..") return "keep what belongs to the club in its folder";
  return fmt::format("there is no {}; {}", escape(target), start);
}

void check_record_link(const RuleContext& context, const std::string& file, const KeyPath& path,
                       const std::string& url, Report& report, bool image = false) {
  const auto target = local_path(url, "");
  if (!target) return;
  if (const auto problem = target_problem(context, *target)) {
    report.add(Rule::missing_file, file, path,
               fmt::format("{} {} {}", image ? "image" : "link", quote(url), *problem),
               target_hint(*target, "links start at the club's folder"));
  }
}

void check_record_links(const RuleContext& context, const std::string& file, const char* key,
                        const std::vector<record::Link>& links, Report& report) {
  std::map<std::string, std::size_t> seen;
  for (const record::Link& link : links) {
    const std::size_t nth = seen[link.url]++;
    if (schema::format_problem("link", link.url)) continue;  // the schema has told it
    check_record_link(context, file, {key, item_with("url", link.url, nth), "url"}, link.url,
                      report);
  }
}

void check_markdown_field(const RuleContext& context, const std::string& file, const KeyPath& path,
                          const std::string& text, Report& report) {
  if (text.find('[') == text.npos) return;
  for (const MarkdownLink& link : markdown_links(text)) {
    check_record_link(context, file, path, link.target, report, link.image);
  }
}

void check_discussion(const RuleContext& context, const PaperRecord& paper, Report& report) {
  for (const record::Answer& answer : paper.paper.discussion) {
    std::map<std::string, std::size_t> seen;
    for (const std::string& text : answer.texts) {
      KeyPath path{"discussion", answer.question};
      if (answer.is_list) path.push_back(item_called(text, seen[text]++));
      check_markdown_field(context, paper.file, path, text, report);
    }
  }
}

// The first character that notes must not hold; tabs and line endings of any kind are theirs.
std::optional<Span> find_forbidden(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const bool is_blank = point.value == '\t' || point.value == '\r';
    const bool is_mark = at == 0 && point.value == 0xFEFF;
    if (is_forbidden(point.value) && !is_blank && !is_mark) return Span{at, at + point.length};
    at += point.length;
  }
  return std::nullopt;
}

// Reads notes; nothing where they are told to be no text of ours.
std::optional<std::string> read_notes(const RuleContext& context, const TreeFile& file,
                                      Report& report) {
  os::ReadResult notes = context.files.read(file.path, kMaxNotesBytes);
  if (notes.status == os::ReadStatus::too_large) {
    report.add(Rule::too_large, file.path, {}, "the notes are larger than 1 MiB",
               "put pictures into files beside them");
    return std::nullopt;
  }
  if (notes.status == os::ReadStatus::missing) return std::nullopt;  // taken away meanwhile
  if (notes.status != os::ReadStatus::ok) {
    throw Error{ErrorKind::io, fmt::format("cannot read the notes: {}", escape(notes.reason))}
        .at(escape(file.path))
        .hint("see who may read it with 'ls -l'");
  }
  if (const auto bad = find_invalid_utf8(notes.bytes)) {
    report.add_at(Rule::invalid_encoding, file.path, notes.bytes, {*bad, *bad + 1},
                  "the notes are not UTF-8 here", "save the file as UTF-8");
    return std::nullopt;
  }
  if (const auto bad = find_forbidden(notes.bytes)) {
    report.add_at(Rule::forbidden_character, file.path, notes.bytes, *bad,
                  "a character that drives terminals or hides text", "take it away");
  }
  return std::move(notes.bytes);
}

// Calls `visit` with the place of each paragraph: what stands between two empty lines.
template <typename Visit>
void for_each_paragraph(std::string_view text, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const bool is_empty = text.substr(at, end - at).find_first_not_of(" \t\r") == text.npos;
    if (is_empty) {
      visit(Span{begin, at});
      begin = end + 1;
    }
    at = end + 1;
  }
  visit(Span{std::min(begin, text.size()), text.size()});
}

bool is_too_much_work(std::string_view text) {
  std::size_t work = 0;
  for_each_paragraph(text, [&](Span span) {
    const std::string_view part = text.substr(span.begin, span.end - span.begin);
    const auto count = [part](char c) {
      return static_cast<std::size_t>(std::count(part.begin(), part.end(), c));
    };
    work += count('\n') * count('[');
  });
  return work > kMaxNotesWork;
}

// The parts of the text that are formulas in TeX, between one run of `$` and the next.
std::vector<Span> formulas_of(std::string_view text) {
  std::vector<Span> formulas;
  for_each_paragraph(text, [&](Span span) {
    std::optional<std::size_t> open;
    for (std::size_t at = span.begin; at < span.end; ++at) {
      if (text[at] == '\\') {
        ++at;
      } else if (text[at] == '$') {
        while (at + 1 < span.end && text[at + 1] == '$')
          ++at;
        if (open) formulas.push_back({*open, at});
        open = open ? std::nullopt : std::optional(at);
      }
    }
  });
  return formulas;
}

bool is_in(const std::vector<Span>& spans, std::size_t at) {
  const auto next =
      std::upper_bound(spans.begin(), spans.end(), at,
                       [](std::size_t place, const Span& span) { return place < span.begin; });
  return next != spans.begin() && at < std::prev(next)->end;
}

// Whether the link at `at` is one to a footnote (`[^1]: Ibid.`), which md4c does not know: it takes
// the first word for a target.
bool is_footnote(std::string_view text, std::size_t at) {
  if (text[at] == '^') return at > 0 && text[at - 1] == '[';
  constexpr std::size_t kLongestLabel = 1000;
  while (at > 0 && std::string_view(" \t\r\n<").find(text[at - 1]) != std::string_view::npos)
    --at;
  const std::string_view before =
      text.substr(at - std::min(at, kLongestLabel), std::min(at, kLongestLabel));
  const std::size_t label = before.rfind('[');
  return before.ends_with("]:") && label != before.npos && before[label + 1] == '^';
}

void check_notes(const RuleContext& context, const TreeFile& file, Report& report) {
  const auto text = read_notes(context, file, report);
  if (!text) return;
  if (is_too_much_work(*text)) {
    report.add(Rule::too_large, file.path, {}, "a paragraph of the notes is too long for its links",
               "put empty lines between its parts");
    return;
  }
  const std::vector<Span> formulas = formulas_of(*text);
  std::size_t told = 0;
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  for (const MarkdownLink& link : markdown_links(*text)) {
    const auto target = local_path(link.target, folder);
    const auto problem = target ? target_problem(context, *target) : std::nullopt;
    if (!problem) continue;
    if (is_in(formulas, link.place.begin) || is_footnote(*text, link.place.begin)) continue;
    if (++told > kMaxLinksTold) {
      report.add(Rule::too_large, file.path, {},
                 fmt::format("more than {} broken links in these notes", kMaxLinksTold),
                 "mend those that are told, and check again");
      break;
    }
    report.add_at(
        Rule::missing_file, file.path, *text, link.place,
        fmt::format("{} {} {}", link.image ? "image" : "link", quote(link.target), *problem),
        target_hint(*target, "links in notes start at the notes' own folder"));
  }
}

}  // namespace

void check_links(const RuleContext& context, Report& report) {
  for (const PaperRecord& paper : context.snapshot.papers) {
    check_record_links(context, paper.file, "links", paper.paper.links, report);
    check_markdown_field(context, paper.file, {"summary"}, paper.paper.summary, report);
    check_discussion(context, paper, report);
  }
  for (const SessionRecord& session : context.snapshot.sessions) {
    check_record_links(context, session.file, "recordings", session.session.recordings, report);
    check_record_links(context, session.file, "slides", session.session.slides, report);
    check_markdown_field(context, session.file, {"note"}, session.session.note, report);
  }
  check_markdown_field(context, std::string(kClubFile), {"about"}, context.snapshot.settings.about,
                       report);
  for (const TreeFile& file : context.snapshot.files) {
    const bool notes = place_of(file.path).place == PlaceKind::notes;
    if (notes && file.kind == os::FileKind::regular) check_notes(context, file, report);
  }
}

}  // namespace paperclub::club
