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

struct Memory {
  std::vector<std::pair<std::string, git::ObjectId>> tips;  // by the branches
  bool is_damaged = false;
};

Memory recall(const os::Folder& folder) {
  Memory memory;
  const os::ReadResult file = folder.read(kSeenTips, kMaxBytes);
  memory.is_damaged = file.status != os::ReadStatus::ok && file.status != os::ReadStatus::missing;
  // It is replaced as a whole, so that one without a line is not of ours.
  if (file.status == os::ReadStatus::ok && file.bytes.empty()) memory.is_damaged = true;
  std::string_view text = file.bytes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t blank = line.rfind(' ');
    const auto commit =
        blank == line.npos ? std::nullopt : git::ObjectId::parse(line.substr(blank + 1));
    if (commit) {
      memory.tips.emplace_back(line.substr(0, blank), *commit);
    } else {
      memory.is_damaged = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return memory;
}

}  // namespace

SeenTip compare_seen(const git::Repository& repository, const std::string& branch,
                     const git::ObjectId& tip) {
  const Memory memory = recall(os::Folder::open(repository.common_folder()));
  for (const auto& [known, before] : memory.tips) {
    if (known != branch) continue;
    if (before == tip) return {SeenState::unchanged, before, memory.is_damaged};
    const bool extends = git::stands_on(repository, tip, before);
    return {extends ? SeenState::extended : SeenState::rewritten, before, memory.is_damaged};
  }
  return {SeenState::first_seen, std::nullopt, memory.is_damaged};
}

bool is_memory_damaged(const git::Repository& repository) {
  return recall(os::Folder::open(repository.common_folder())).is_damaged;
}

void remember_tip(const git::Repository& repository, const std::string& branch,
                  const git::ObjectId& tip) {
  const os::Folder folder = os::Folder::open(repository.common_folder());
  std::vector<std::pair<std::string, git::ObjectId>> tips = recall(folder).tips;
  const auto known =
      std::find_if(tips.begin(), tips.end(), [&](const auto& one) { return one.first == branch; });
  if (known == tips.end()) {
    tips.emplace_back(branch, tip);
  } else {
    known->second = tip;
  }
  std::string text;
  for (const auto& [name, commit] : tips)
    text += fmt::format("{} {}\n", name, commit.hex());
  folder.put(kSeenTips, text);
  folder.sync();
}

}  // namespace paperclub::club
