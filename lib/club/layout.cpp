#include "lib/club/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace paperclub::club {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == path.npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool is_year(std::string_view text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Splits `bert.yaml` for the ending `.yaml`; nothing where it has another one.
std::optional<std::string> stem(std::string_view name, std::string_view ending) {
  if (!name.ends_with(ending)) return std::nullopt;
  return std::string(name.substr(0, name.size() - ending.size()));
}

Place stray() {
  Place place;
  place.place = PlaceKind::stray;
  return place;
}

Place record(RecordKind kind, std::string id) {
  Place place;
  place.place = PlaceKind::record;
  place.kind = kind;
  place.id = std::move(id);
  return place;
}

// The parts below papers/ and below the year's folder.
Place paper_place(const std::vector<std::string_view>& parts, std::size_t from) {
  if (from + 1 < parts.size()) {
    Place place = record(RecordKind::paper, std::string(parts[from]));
    place.place = PlaceKind::asset;
    return place;
  }
  if (auto id = stem(parts[from], ".yaml")) return record(RecordKind::paper, std::move(*id));
  if (auto id = stem(parts[from], ".md")) {
    Place place = record(RecordKind::paper, std::move(*id));
    place.place = PlaceKind::notes;
    return place;
  }
  return stray();
}

Place flat_place(RecordKind kind, const std::vector<std::string_view>& parts) {
  auto id = parts.size() == 2 ? stem(parts[1], ".yaml") : std::nullopt;
  return id ? record(kind, std::move(*id)) : stray();
}

Place vote_place(const std::vector<std::string_view>& parts) {
  if (parts.size() != 3) return flat_place(RecordKind::round, parts);
  auto member = stem(parts[2], ".yaml");
  if (!member) return stray();
  Place place = record(RecordKind::ballot, std::move(*member));
  place.round = parts[1];
  return place;
}

}  // namespace

std::string_view kind_name(RecordKind kind) {
  switch (kind) {
    case RecordKind::club: return "club";
    case RecordKind::paper: return "paper";
    case RecordKind::session: return "session";
    case RecordKind::round: return "round";
    case RecordKind::ballot: return "ballot";
    case RecordKind::member: return "member";
  }
  return "";
}

std::string beginning_below(std::string_view prefix) {
  return prefix.empty() ? std::string() : std::string(prefix) + "/";
}

std::string repository_path(std::string_view prefix, std::string_view path) {
  return beginning_below(prefix).append(path);
}

std::string paper_path(std::string_view id, std::string_view year) {
  if (year.empty()) return fmt::format("{}/{}.yaml", kPapersFolder, id);
  return fmt::format("{}/{}/{}.yaml", kPapersFolder, year, id);
}

std::string notes_path(std::string_view record) {
  constexpr std::string_view kEnding = ".yaml";
  return std::string(record.substr(0, record.size() - kEnding.size())) + ".md";
}

std::string session_path(std::string_view id) {
  return fmt::format("{}/{}.yaml", kSessionsFolder, id);
}

std::string member_path(std::string_view id) {
  return fmt::format("{}/{}.yaml", kMembersFolder, id);
}

std::string round_path(std::string_view id) { return fmt::format("{}/{}.yaml", kVotesFolder, id); }

std::string ballot_path(std::string_view round, std::string_view member) {
  return fmt::format("{}/{}/{}.yaml", kVotesFolder, round, member);
}

Place place_of(std::string_view path) {
  if (path == kClubFile) return record(RecordKind::club, "club");
  const std::vector<std::string_view> parts = parts_of(path);
  if (parts.size() < 2) return {};
  if (parts[0] == kSessionsFolder) return flat_place(RecordKind::session, parts);
  if (parts[0] == kMembersFolder) return flat_place(RecordKind::member, parts);
  if (parts[0] == kVotesFolder) return vote_place(parts);
  if (parts[0] != kPapersFolder) return {};
  if (parts.size() == 2 || !is_year(parts[1])) return paper_place(parts, 1);
  Place place = paper_place(parts, 2);
  // What is no record of that year may be a picture of the paper whose id looks like one: 1984.
  if (place.place == PlaceKind::stray) place = paper_place(parts, 1);
  place.year = parts[1];
  return place;
}

bool is_ignored(std::string_view path) {
  const bool vote = path.starts_with(kVotesFolder);
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (vote) return name == ".gitkeep" || (name.starts_with('.') && name.ends_with(".tmp"));
  const std::vector<std::string_view> parts = parts_of(path);
  return std::any_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return part.starts_with('.'); });
}

}  // namespace paperclub::club
