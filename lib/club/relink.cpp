#include "lib/club/relink.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/base/local_link.hpp"
#include "lib/base/markdown.hpp"

namespace paperclub::club {
namespace {

// What stands behind the id in the name of one of the paper's files: `.md`, or nothing for its
// folder; a name of another paper gives nothing.
std::optional<std::string_view> ending_of(std::string_view name, std::string_view id,
                                          bool is_last) {
  if (!name.starts_with(id)) return std::nullopt;
  const std::string_view rest = name.substr(id.size());
  const bool own = rest.empty() || (is_last && (rest == ".md" || rest == ".yaml"));
  return own ? std::optional(rest) : std::nullopt;
}

// Where the target stands: of one that holds `&` only the place of the link's text is known.
Span place_of(std::string_view notes, const MarkdownLink& link) {
  if (notes.substr(link.place.begin, link.place.end - link.place.begin) == link.target)
    return link.place;
  const std::size_t found = notes.find("](" + link.target, link.place.begin);
  if (found == notes.npos) return link.place;
  return {found + 2, found + 2 + link.target.size()};
}

// The values of HTML's `src` and `href` in `text` follow as well: people size pictures with them.
std::string relinked_html(std::string text, std::string_view folder, const Rename& rename) {
  for (const std::string_view name : {"src=\"", "href=\""}) {
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
      const std::size_t begin = at + name.size();
      const std::size_t end = text.find('"', begin);
      if (end == text.npos) break;
      text.replace(begin, end - begin, relinked(text.substr(begin, end - begin), folder, rename));
    }
  }
  return text;
}

}  // namespace

std::string relinked(std::string_view link, std::string_view folder, const Rename& rename) {
  std::string same(link);
  const auto way = local_way(link, folder);
  const auto depth =
      static_cast<std::size_t>(std::count(rename.stem.begin(), rename.stem.end(), '/'));
  if (!way || way->size() <= depth) return same;
  std::string path;
  for (std::size_t i = 0; i < depth; ++i)
    path += way->at(i).name + "/";
  const std::string_view old = std::string_view(rename.stem).substr(rename.stem.rfind('/') + 1);
  const LinkStep& step = way->at(depth);
  const auto ending = ending_of(step.name, old, depth + 1 == way->size());
  if (!ending || !step.place || !rename.stem.starts_with(path) ||
      path.size() + old.size() != rename.stem.size())
    return same;
  return same.substr(0, step.place->begin) + rename.id + std::string(*ending) +
         same.substr(step.place->end);
}

std::string relinked_notes(std::string_view notes, std::string_view folder, const Rename& rename) {
  std::vector<MarkdownLink> links = markdown_links(notes);
  // A definition stands behind the links that use it.
  std::sort(links.begin(), links.end(), [](const MarkdownLink& a, const MarkdownLink& b) {
    return a.place.begin < b.place.begin;
  });
  std::string out;
  std::size_t done = 0;
  for (const MarkdownLink& link : links) {
    const Span place = place_of(notes, link);
    const std::string_view target = notes.substr(place.begin, place.end - place.begin);
    // Where it is written with escapes, its place is not known.
    if (place.begin < done || target != link.target) continue;
    out += notes.substr(done, place.begin - done);
    out += relinked(target, folder, rename);
    done = place.end;
  }
  return relinked_html(out + std::string(notes.substr(done)), folder, rename);
}

}  // namespace paperclub::club
