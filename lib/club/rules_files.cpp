#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lib/base/id.hpp"
#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"

namespace paperclub::club {
namespace {

void check_id(const RuleContext& context, const std::string& file, const std::string& id,
              bool folder, Report& report) {
  const auto problem = id_problem(id);
  if (!problem) return;
  const std::string better = suggest_id(id);
  const std::string folder_of = file.substr(0, file.rfind('/') + 1);
  std::string hint = folder ? fmt::format("name the folder {}", better)
                            : fmt::format("name the file {}.yaml", better);
  if (better.empty()) hint = "name it otherwise, with a-z, 0-9 and hyphens";
  if (!better.empty() && !folder && context.files.kind_of(folder_of + better + ".yaml"))
    hint = fmt::format("name it otherwise; {}.yaml is there already", better);
  report.add(Rule::bad_id, file, {}, fmt::format("{} cannot be an id: {}", quote(id), *problem),
             std::move(hint));
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

// Whether notes or a picture lie where those of one of the records do.
bool lies_beside(const Place& place, const std::vector<std::string>& records) {
  return std::any_of(records.begin(), records.end(), [&place](const std::string& record) {
    // The folder of pictures of a paper 1984 is spelled like that of a year.
    return record == paper_path(place.id, place.year) ||
           (place.id == place.year && record == paper_path(place.id, ""));
  });
}

// Notes and pictures belong to the paper whose id they carry.
void check_belongs(const RuleContext& context, const std::string& file, const Place& place,
                   Report& report) {
  // A record that cannot be read has findings of its own.
  const auto record = context.paper_files.find(place.id);
  if (record != context.paper_files.end()) {
    if (!lies_beside(place, record->second)) {
      report.add(
          Rule::stray_file, file, {},
          fmt::format("the record that this belongs to is {}", escape(record->second.front())),
          "move it beside the record");
    }
    return;
  }
  if (context.papers.contains(place.id)) return;
  if (place.id == place.year) return check_stray(file, report);
  report.add(Rule::stray_file, file, {},
             fmt::format("there is no paper {} that this belongs to", quote(place.id)),
             paper_hint(context, place.id));
}

void check_layout(const RuleContext& context, const std::string& file, const Place& place,
                  Report& report) {
  if (!context.settings_known) return;
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
  if (file.path.find('/') == file.path.npos && file.path != kClubFile) {
    report.add(Rule::not_a_file, file.path, {}, "this is a file where a folder of records belongs",
               fmt::format("put the records into a folder {}", quote(file.path)));
    return;
  }
  switch (place.place) {
    case PlaceKind::record:
      check_id(context, file.path, place.id, false, report);
      if (place.kind == RecordKind::ballot) check_id(context, file.path, place.round, true, report);
      check_layout(context, file.path, place, report);
      break;
    case PlaceKind::notes:
    case PlaceKind::asset: check_belongs(context, file.path, place, report); break;
    case PlaceKind::stray: check_stray(file.path, report); break;
    case PlaceKind::elsewhere: break;
  }
}

bool holds_records(const RuleContext& context, const std::string& folder) {
  const std::vector<TreeFile> files = context.files.list(folder);
  return std::any_of(files.begin(), files.end(),
                     [](const TreeFile& file) { return file.path.ends_with(".yaml"); });
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

// Names at the top that are nearly ours: on some systems they are ours, and elsewhere what lies
// there is passed over without a word.
void check_top(const RuleContext& context, Report& report) {
  constexpr std::string_view kOurs[] = {kClubFile,    kPapersFolder,  kSessionsFolder,
                                        kVotesFolder, kMembersFolder, kReadmeFile};
  for (const os::FolderItem& item : context.files.top()) {
    for (const std::string_view ours : kOurs) {
      if (item.name == ours) continue;
      const bool same = fold(item.name) == fold(ours);
      const bool one_of_them = item.kind == os::FileKind::folder && item.name + "s" == ours;
      if (same && context.files.kind_of(ours)) {
        report.add(
            Rule::name_collision, item.name, {},
            fmt::format("the name differs from {} only in case or Unicode form", quote(ours)),
            "rename one of the two; on some systems only one of them can exist");
      } else if (same || (one_of_them && holds_records(context, item.name))) {
        report.add(Rule::stray_file, item.name, {},
                   fmt::format("nothing is read from {}", quote(item.name)),
                   fmt::format("did you mean {}? then rename it", quote(ours)));
      }
    }
  }
}

}  // namespace

void check_files(const RuleContext& context, Report& report) {
  check_top(context, report);
  for (const TreeFile& file : context.snapshot.files)
    check_file(context, file, report);
  check_collisions(context, report);
}

}  // namespace paperclub::club
