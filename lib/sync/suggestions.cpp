#include "lib/sync/suggestions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "lib/base/id.hpp"

namespace paperclub::sync {
namespace {

constexpr std::string_view kBranches = "refs/heads/suggest/";

// Where a host keeps the heads of its pull requests, and what people write in front of a number.
struct Numbered {
  std::string_view begin;
  char mark;
};
constexpr std::array<Numbered, 2> kNumbered = {{
    {"refs/pull/", '#'},
    {"refs/merge-requests/", '!'},
}};
constexpr std::string_view kHead = "/head";

std::optional<Waiting> waiting_at(const git::RemoteRef& ref) {
  const std::string_view name = ref.name;
  if (name.starts_with(kBranches)) {
    const std::string_view id = name.substr(kBranches.size());
    if (!PaperId::parse(std::string(id))) return std::nullopt;
    const std::string branch = fmt::format("suggest/{}", id);
    return Waiting{branch, ref.name, ref.id, "", branch};
  }
  for (const Numbered& one : kNumbered) {
    if (!name.starts_with(one.begin) || !name.ends_with(kHead)) continue;
    const std::string_view number =
        name.substr(one.begin.size(), name.size() - one.begin.size() - kHead.size());
    constexpr std::size_t kMaxDigits = 9;
    const bool good = !number.empty() && number.size() <= kMaxDigits &&
                      number.find_first_not_of("0123456789") == number.npos;
    if (good)
      return Waiting{fmt::format("{}{}", one.mark, number), ref.name, ref.id, std::string(number),
                     ""};
  }
  return std::nullopt;
}

long long value_of(const std::string& number) {
  long long value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  return value;
}

bool comes_first(const Waiting& a, const Waiting& b) {
  if (a.number.empty() != b.number.empty()) return !a.number.empty();
  if (!a.number.empty()) return value_of(a.number) < value_of(b.number);
  return a.name < b.name;
}

// The suggestions that were declined, or those that were not.
std::vector<Waiting> suggestions_among(const std::vector<git::RemoteRef>& refs, bool are_declined) {
  std::set<std::string> declined;
  std::vector<Waiting> all;
  for (const git::RemoteRef& ref : refs) {
    if (ref.name.starts_with(kDeclinedRefs)) declined.insert(ref.name.substr(kDeclinedRefs.size()));
    if (auto one = waiting_at(ref)) all.push_back(std::move(*one));
  }
  std::sort(all.begin(), all.end(), comes_first);
  std::vector<Waiting> found;
  for (Waiting& one : all) {
    if (declined.contains(one.head.hex()) != are_declined) continue;
    const auto known = std::find_if(found.begin(), found.end(), [&one](const Waiting& other) {
      return other.head == one.head;
    });
    if (known == found.end()) {
      found.push_back(std::move(one));
    } else if (known->branch.empty()) {
      known->branch = one.branch;
    }
  }
  return found;
}

}  // namespace

std::vector<std::string> suggestion_patterns() {
  std::vector<std::string> patterns{std::string(kBranches) + "*", std::string(kDeclinedRefs) + "*"};
  for (const Numbered& one : kNumbered)
    patterns.push_back(fmt::format("{}*{}", one.begin, kHead));
  return patterns;
}

std::vector<Waiting> waiting_among(const std::vector<git::RemoteRef>& refs) {
  return suggestions_among(refs, false);
}

std::vector<Waiting> declined_among(const std::vector<git::RemoteRef>& refs) {
  return suggestions_among(refs, true);
}

std::string declined_ref(const git::ObjectId& head) {
  return std::string(kDeclinedRefs) + head.hex();
}

std::string kept_ref(const std::string& remote, const std::string& ref) {
  return fmt::format("refs/paperclub/{}/{}", remote, ref.substr(ref.find('/') + 1));
}

const Waiting* find_waiting(const std::vector<Waiting>& waiting, const std::string& name) {
  for (const Waiting& one : waiting) {
    const bool same =
        name == one.name || (!one.number.empty() && name == one.number) ||
        (!one.branch.empty() && (name == one.branch || "suggest/" + name == one.branch));
    if (same) return &one;
  }
  return nullptr;
}

}  // namespace paperclub::sync
