#include "lib/publish/readme.hpp"

#include "lib/publish/markdown.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::publish {
namespace {

// The offset of the one line that says `marker`, or nothing.
std::optional<std::size_t> find_line(std::string_view text, std::string_view marker) {
  std::optional<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    while (line.ends_with('\r') || line.ends_with(' '))
      line.remove_suffix(1);
    if (line == marker) {
      if (found) return std::nullopt;
      found = at;
    }
    at = end + 1;
  }
  return found;
}

std::string in_line_endings(std::string_view text, bool crlf) {
  std::string out;
  for (const char c : text) {
    if (crlf && c == '\n') out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

std::optional<std::string> with_timeline(std::string_view readme, std::string_view generated) {
  const auto begin = find_line(readme, kTimelineBegin);
  const auto end = find_line(readme, kTimelineEnd);
  if (!begin || !end || *end < *begin) return std::nullopt;
  const std::size_t first_line_end = readme.find('\n', *begin);
  const bool crlf = first_line_end > 0 && readme[first_line_end - 1] == '\r';
  std::string out(readme.substr(0, first_line_end + 1));
  const std::string list = generated.empty() ? "" : std::string(generated) + "\n";
  out += in_line_endings("\n" + list, crlf);
  out += readme.substr(*end);
  return out;
}

std::optional<std::string> readme_with(std::string_view readme, const club::Snapshot& snapshot) {
  return with_timeline(readme, timeline_markdown(timeline::timeline_of(snapshot)));
}

}  // namespace paperclub::publish
