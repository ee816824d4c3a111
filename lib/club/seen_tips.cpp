#include "lib/club/seen_tips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "lib/git/graph.hpp"
#include "lib/os/file.hpp"

namespace paperclub::club {
namespace {

constexpr std::size_t kMaxBytes = 1024 * 1024;

std::vector<std::pair<std::string, std::string>> seen_tips(const os::Folder& folder) {
  std::vector<std::pair<std::string, std::string>> tips;
  const os::ReadResult file = folder.read(kSeenTips, kMaxBytes);
  std::string_view text = file.bytes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t blank = line.rfind(' ');
    if (blank != line.npos) tips.emplace_back(line.substr(0, blank), line.substr(blank + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tips;
}

}  // namespace

SeenTip compare_seen(const git::Repository& repository, const std::string& branch,
                     const git::ObjectId& tip) {
  const os::Folder folder = os::Folder::open(repository.common_folder());
  for (const auto& [known, commit] : seen_tips(folder)) {
    const auto before = known == branch ? git::ObjectId::parse(commit) : std::nullopt;
    if (!before) continue;
    if (*before == tip) return {SeenState::unchanged, before};
    const bool extends = git::stands_on(repository, tip, *before);
    return {extends ? SeenState::extended : SeenState::rewritten, before};
  }
  return {};
}

void remember_tip(const git::Repository& repository, const std::string& branch,
                  const git::ObjectId& tip) {
  const os::Folder folder = os::Folder::open(repository.common_folder());
  auto tips = seen_tips(folder);
  const auto known =
      std::find_if(tips.begin(), tips.end(), [&](const auto& one) { return one.first == branch; });
  if (known == tips.end()) {
    tips.emplace_back(branch, tip.hex());
  } else {
    known->second = tip.hex();
  }
  std::string text;
  for (const auto& [name, commit] : tips)
    text += fmt::format("{} {}\n", name, commit);
  folder.put(kSeenTips, text);
  folder.sync();
}

}  // namespace paperclub::club
