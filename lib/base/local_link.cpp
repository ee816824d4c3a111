#include "lib/base/local_link.hpp"

#include <algorithm>

#include "lib/base/link.hpp"

namespace paperclub {
namespace {

// Goes the steps that `path` names; returns false where they lead out of the top.
bool go(std::vector<LinkStep>& way, std::string_view path, bool in_link) {
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    std::string name(path.substr(at, slash - at));
    if (in_link) name = percent_decode(name);
    if (name == "..") {
      if (way.empty()) return false;
      way.pop_back();
    } else if (!name.empty() && name != ".") {
      way.push_back({std::move(name), in_link ? std::optional(Span{at, slash}) : std::nullopt});
    }
    at = slash + 1;
  }
  return true;
}

}  // namespace

std::optional<std::vector<LinkStep>> local_way(std::string_view link, std::string_view folder) {
  const std::string_view path = link.substr(0, link.find_first_of("?#"));
  if (path.empty() || !scheme_of(link).empty() || link.starts_with("//")) return std::nullopt;
  std::vector<LinkStep> way;
  if (path.front() != '/') go(way, folder, false);
  if (!go(way, path, true)) return std::vector<LinkStep>{{"..", std::nullopt}};
  return way;
}

std::optional<std::string> local_path(std::string_view link, std::string_view folder) {
  const auto way = local_way(link, folder);
  if (!way) return std::nullopt;
  std::string path;
  for (const LinkStep& step : *way)
    path += (path.empty() ? "" : "/") + step.name;
  return path;
}

}  // namespace paperclub
