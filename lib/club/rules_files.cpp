#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/id.hpp"
#include "lib/base/link.hpp"
#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/club/rules.hpp"
#include "lib/schema/format.hpp"

namespace paperclub::club {
namespace {

// Notes longer than this are not looked into for links.
constexpr std::size_t kMaxNotesBytes = 1024 * 1024;

void check_id(const std::string& file, const std::string& id, bool folder, Report& report) {
  const auto problem = id_problem(id);
  if (!problem) return;
  const std::string better = suggest_id(id);
  report.add(Rule::bad_id, file, {}, fmt::format("{} cannot be an id: {}", quote(id), *problem),
             better.empty() ? "name it with a-z, 0-9 and hyphens"
             : folder       ? fmt::format("name the folder {}", better)
                            : fmt::format("name the file {}.yaml", better));
}

void check_stray(const std::string& file, Report& report) {
  if (file.starts_with(kVotesFolder)) {
    report.add(Rule::stray_ballot, file, {}, "below votes/ only rounds and ballots may lie",
               file.ends_with(".yml") ? "rounds and ballots end in .yaml"
                                      : "a ballot is votes/ROUND/MEMBER.yaml");
    return;
  }
  report.add(Rule::stray_file, file, {}, "the file belongs to no record",
             file.ends_with(".yml") ? "records end in .yaml" : "move or remove it");
}

// Notes and pictures belong to the paper whose id they carry.
void check_belongs(const RuleContext& context, const std::string& file, const Place& place,
                   Report& report) {
  // A record that cannot be read has findings of its own.
  if (context.papers.contains(place.id) || context.paper_files.contains(place.id)) return;
  report.add(Rule::stray_file, file, {},
             fmt::format("there is no paper {} that this belongs to", quote(place.id)),
             paper_hint(context, place.id));
}

void check_layout(const RuleContext& context, const std::string& file, const Place& place,
                  Report& report) {
  const bool by_year = context.snapshot.settings.papers_by_year;
  if (place.kind != RecordKind::paper || by_year == !place.year.empty()) return;
  report.add(Rule::stray_file, file, {},
             by_year ? "this club keeps its papers in papers/YEAR/"
                     : "this club keeps its papers in papers/ without subfolders",
             by_year ? "move it to the folder of its year"
                     : "move it to papers/, or set 'papers: by-year' in club.yaml");
}

void check_file(const RuleContext& context, const TreeFile& file, Report& report) {
  const Place place = place_of(file.path);
  if (file.kind != os::FileKind::regular) {
    report.add(Rule::not_a_file, file.path, {},
               file.kind == os::FileKind::link ? "this is a symbolic link, not a file"
                                               : "this is not a regular file",
               "put the file itself there; links, submodules and devices are not read");
    return;
  }
  switch (place.place) {
    case PlaceKind::record:
      check_id(file.path, place.id, false, report);
      if (place.kind == RecordKind::ballot) check_id(file.path, place.round, true, report);
      check_layout(context, file.path, place, report);
      break;
    case PlaceKind::notes:
    case PlaceKind::asset: check_belongs(context, file.path, place, report); break;
    case PlaceKind::stray: check_stray(file.path, report); break;
    case PlaceKind::elsewhere: break;
  }
}

void check_collisions(const RuleContext& context, Report& report) {
  std::map<std::string, std::string> folded;
  for (const TreeFile& file : context.snapshot.files) {
    const auto [first, is_new] = folded.emplace(fold(file.path), file.path);
    if (is_new) continue;
    report.add(Rule::name_collision, file.path, {},
               fmt::format("the name differs from {} only in case or Unicode form",
                           quote(first->second, 100)),
               "rename one of the two; on some systems only one of them can exist");
  }
}

// --- links ---------------------------------------------------------------------------------------

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape_here = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                             hex_digit(text[i + 2]) >= 0;
    if (escape_here) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The path a local link leads to, seen from `folder` ("" for the top); nothing for other links.
std::optional<std::string> local_target(std::string_view target, std::string_view folder) {
  const std::size_t colon = target.find(':');
  const bool has_scheme = colon != target.npos && colon < target.find_first_of("/?#");
  if (target.empty() || target.front() == '#' || has_scheme || target.starts_with("//")) return {};
  std::string path = percent_decode(target.substr(0, target.find_first_of("?#")));
  if (path.empty()) return std::nullopt;
  path = path.front() == '/' ? path.substr(1) : fmt::format("{}/{}", folder, path);
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, slash - at);
    at = slash + 1;
    if (part == "..") {
      if (parts.empty()) return "..";
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  return fmt::format("{}", fmt::join(parts, "/"));
}

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
                       const std::string& url, Report& report) {
  if (schema::format_problem("link", url)) return;  // the schema has told it
  const auto target = local_target(url, "");
  if (!target) return;
  if (const auto problem = target_problem(context, *target)) {
    report.add(Rule::missing_file, file, path, fmt::format("link {} {}", quote(url), *problem),
               target_hint(*target, "links start at the club's folder"));
  }
}

void check_record_links(const RuleContext& context, const std::string& file, const char* key,
                        const std::vector<record::Link>& links, Report& report) {
  for (std::size_t i = 0; i < links.size(); ++i) {
    check_record_link(context, file, {key, std::to_string(i), "url"}, links[i].url, report);
  }
}

void check_markdown_field(const RuleContext& context, const std::string& file, const KeyPath& path,
                          const std::string& text, Report& report) {
  if (text.find('[') == text.npos) return;
  for (const MarkdownLink& link : markdown_links(text)) {
    check_record_link(context, file, path, link.target, report);
  }
}

void check_notes(const RuleContext& context, const TreeFile& file, Report& report) {
  const os::ReadResult notes = context.files.read(file.path, kMaxNotesBytes);
  if (notes.status == os::ReadStatus::too_large) {
    report.add(Rule::too_large, file.path, {}, "the notes are larger than 1 MiB",
               "put pictures into files beside them");
    return;
  }
  if (const auto bad = find_invalid_utf8(notes.bytes)) {
    report.add_at(Rule::invalid_encoding, file.path, notes.bytes, {*bad, *bad + 1},
                  "the notes are not UTF-8 here", "save the file as UTF-8");
    return;
  }
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  for (const MarkdownLink& link : markdown_links(notes.bytes)) {
    const auto target = local_target(link.target, folder);
    const auto problem = target ? target_problem(context, *target) : std::nullopt;
    if (!problem) continue;
    report.add_at(
        Rule::missing_file, file.path, notes.bytes, link.place,
        fmt::format("{} {} {}", link.image ? "image" : "link", quote(link.target), *problem),
        target_hint(*target, "links in notes start at the notes' own folder"));
  }
}

}  // namespace

void check_files(const RuleContext& context, Report& report) {
  for (const TreeFile& file : context.snapshot.files)
    check_file(context, file, report);
  check_collisions(context, report);
}

void check_links(const RuleContext& context, Report& report) {
  for (const PaperRecord& paper : context.snapshot.papers) {
    check_record_links(context, paper.file, "links", paper.paper.links, report);
    check_markdown_field(context, paper.file, {"summary"}, paper.paper.summary, report);
  }
  for (const SessionRecord& session : context.snapshot.sessions) {
    check_record_links(context, session.file, "recordings", session.session.recordings, report);
    check_record_links(context, session.file, "slides", session.session.slides, report);
  }
  check_markdown_field(context, std::string(kClubFile), {"about"}, context.snapshot.settings.about,
                       report);
  for (const TreeFile& file : context.snapshot.files) {
    const bool notes = place_of(file.path).place == PlaceKind::notes;
    if (notes && file.kind == os::FileKind::regular) check_notes(context, file, report);
  }
}

}  // namespace paperclub::club
