#include "lib/base/location.hpp"

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

// How many columns before the span an excerpt shows, and how many bytes before it, of it and behind
// it are looked at.
constexpr std::size_t kColumnsBefore = 40;
constexpr std::size_t kBytesBefore = 400;
constexpr std::size_t kBytesAfter = 400;
// Belongs to no line: editors do not count it as a column.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool continues_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

// Where an excerpt begins whose text before `begin` has at most kColumnsBefore columns.
std::size_t start_of_excerpt(std::string_view line, std::size_t begin) {
  std::size_t from = begin;
  for (std::size_t columns = 0; from > 0 && begin - from < kBytesBefore;) {
    std::size_t previous = from - 1;
    while (previous > 0 && from - previous < 4 && continues_character(line, previous))
      --previous;
    if (decode(line, previous).length != from - previous) previous = from - 1;
    columns += display_width(escape(line.substr(previous, from - previous)));
    if (columns > kColumnsBefore) break;
    from = previous;
  }
  return from;
}

// The first `bytes` bytes of `text`, less a character that would be cut through.
std::string_view whole_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues_character(text, bytes))
    --bytes;
  return text.substr(0, bytes);
}

// Fills the excerpt of `line`, with carets under [begin, end), byte offsets in the line.
void add_excerpt(Location& location, std::string_view raw, std::size_t begin, std::size_t end) {
  const std::string shown = hide_secrets(raw);  // of the same length
  const std::string_view line = shown;
  const std::size_t from = start_of_excerpt(line, begin);
  const std::string before = escape(line.substr(from, begin - from));
  const std::string marked = escape(whole_characters(line.substr(begin, end - begin), kBytesAfter));
  const std::string after = escape(whole_characters(line.substr(end), kBytesAfter));
  const std::string lead = from > 0 ? "…" : "";
  location.excerpt = cut(lead + before + marked + after, kExcerptWidth);
  location.caret = display_width(lead + before);
  const std::size_t room = kExcerptWidth > location.caret ? kExcerptWidth - location.caret : 1;
  location.caret_width = std::clamp<std::size_t>(display_width(marked), 1, room);
}

// The end of the character that `end`, behind `begin`, cuts through.
std::size_t whole_character(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMostFurtherBytes = 3;
  std::size_t whole = end;
  while (end > begin && whole - end < kMostFurtherBytes && continues_character(text, whole))
    ++whole;
  return whole;
}

}  // namespace

LineIndex::LineIndex(std::string_view text)
    : text_(text), starts_{text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0} {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
}

std::size_t LineIndex::line_of(std::size_t offset) const {
  const auto after = offset < starts_.front()
                         ? starts_.begin() + 1
                         : std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(after - starts_.begin());
}

std::string_view LineIndex::line_text(std::size_t line) const {
  const std::size_t begin = starts_[line - 1];
  const std::size_t end = line < starts_.size() ? starts_[line] - 1 : text_.size();
  std::string_view text = text_.substr(begin, end - begin);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

Location LineIndex::locate(Span span) const {
  const std::size_t begin = std::clamp(span.begin, starts_.front(), text_.size());
  const std::size_t end = whole_character(text_, begin, std::clamp(span.end, begin, text_.size()));
  Location location;
  location.line = line_of(begin);
  location.end_line = line_of(end);
  const std::string_view line = line_text(location.line);
  const std::size_t at = std::min(begin - starts_[location.line - 1], line.size());
  const std::size_t stop = location.end_line == location.line ? at + (end - begin) : line.size();
  location.column = count_code_points(line.substr(0, at)) + 1;
  const std::size_t last_start = starts_[location.end_line - 1];
  location.end_column = count_code_points(text_.substr(last_start, end - last_start)) + 1;
  add_excerpt(location, line, at, std::min(stop, line.size()));
  return location;
}

}  // namespace paperclub
