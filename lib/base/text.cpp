#include "lib/base/text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

constexpr std::string_view kEllipsis = "…";

bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

bool is_noncharacter(char32_t c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE; }

bool is_tag_character(char32_t c) { return c >= 0xE0000 && c <= 0xE007F; }

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The next grapheme cluster: its bytes and its columns.
struct Cluster {
  std::size_t length = 0;
  std::size_t width = 0;
};

std::size_t width_of(CodePoint point) {
  if (!point.valid) return 1;
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

// Two of these are a flag, of which utf8proc counts one column a half.
bool is_half_flag(CodePoint point) { return point.value >= 0x1F1E6 && point.value <= 0x1F1FF; }

bool breaks_between(CodePoint before, CodePoint after, utf8proc_int32_t* state) {
  if (!before.valid || !after.valid) return true;
  return utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(before.value),
                                          static_cast<utf8proc_int32_t>(after.value), state) != 0;
}

Cluster next_cluster(std::string_view text, std::size_t at) {
  constexpr char32_t kEmojiPresentation = 0xFE0F;
  CodePoint before = decode(text, at);
  Cluster cluster{before.length, width_of(before)};
  utf8proc_int32_t state = 0;
  while (at + cluster.length < text.size()) {
    const CodePoint after = decode(text, at + cluster.length);
    if (breaks_between(before, after, &state)) break;
    cluster.length += after.length;
    if (cluster.width == 0) cluster.width = width_of(after);
    const bool flag = is_half_flag(before) && is_half_flag(after);
    if (flag || after.value == kEmojiPresentation) cluster.width = 2;
    before = after;
  }
  return cluster;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// utf8proc_map with the options given; the text itself where it is not valid UTF-8.
std::string mapped(std::string_view text, int options) {
  struct Free {
    void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }  // NOLINT: C allocation
  };
  utf8proc_uint8_t* raw = nullptr;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const utf8proc_ssize_t size = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()),
                                             &raw, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, Free> owned(raw);
  if (size < 0) return lower_ascii(text);
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// White space beyond ASCII that may stand in a text.
bool is_wide_blank(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// `##[` anywhere and `::` at the beginning of a line, behind white space or not, are commands to
// the hosts that run workflows.
bool begins_command(std::string_view text, std::size_t at, bool line_begins) {
  if (text[at] == '#') return text.substr(at, 3) == "##[";
  return line_begins && text.substr(at, 2) == "::";
}

// `word` as it may stand at the beginning of a line.
std::string at_line_begin(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && is_wide_blank(decode(word, at).value))
    at += decode(word, at).length;
  if (word.substr(at, 2) != "::") return std::string(word);
  return std::string(word.substr(0, at)).append("\\x3a").append(word.substr(at + 1));
}

bool is_word_character(char32_t value) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

}  // namespace

bool is_forbidden(char32_t c) {
  if (c < 0x20) return c != '\n';
  return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || is_bidi_control(c) ||
         is_tag_character(c) || is_noncharacter(c) || c == 0xFEFF;
}

namespace {

// Where the part of the address at `begin` ends in which somebody may log in.
std::size_t end_of_login(std::string_view text, std::size_t begin) {
  constexpr std::string_view kBlank = " \t\r\n\"'<>";
  const std::size_t end = std::min(text.find_first_of(kBlank, begin), text.size());
  const std::size_t host = std::min(text.find_first_of("/?#", begin), end);
  // What follows a colon may be a password, and may hold anything.
  return text.substr(begin, host - begin).find(':') == text.npos ? host : end;
}

}  // namespace

std::string hide_secrets(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("://"); at != out.npos; at = out.find("://", at + 3)) {
    const std::size_t begin = at + 3;
    const std::size_t end = end_of_login(out, begin);
    const std::size_t length = std::string_view(out).substr(begin, end - begin).rfind('@');
    if (length != out.npos) out.replace(begin, length, length, '*');
  }
  return out;
}

std::string escape(std::string_view raw, bool keep_newlines) {
  const std::string shown = hide_secrets(raw);
  const std::string_view text = shown;
  std::string out;
  out.reserve(text.size());
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const bool command = begins_command(text, at, line_begins);
    line_begins =
        point.value == '\n' || (line_begins && (is_blank(text[at]) || is_wide_blank(point.value)));
    if (point.value == '\n' && keep_newlines) {
      out += '\n';
    } else if (point.value == '\n') {
      out += "\\n";
    } else if (command || !point.valid || (point.value < 0x100 && is_forbidden(point.value))) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(point.value));
    } else if (is_forbidden(point.value)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(point.value));
    } else {
      out += text.substr(at, point.length);
    }
    at += point.length;
  }
  return out;
}

std::string quote(std::string_view raw, std::size_t limit) {
  const std::string shown = hide_secrets(raw);
  const std::string_view text = shown;
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size() && seen < limit; ++seen) {
    end += decode(text, end).length;
  }
  return fmt::format("'{}{}'", escape(text.substr(0, end)), end < text.size() ? kEllipsis : "");
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,=-";
  if (!text.empty() && text.find_first_not_of(kSafe) == text.npos) return std::string(text);
  std::string out = "'";
  for (const char c : escape(text))
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::size_t display_width(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Cluster cluster = next_cluster(text, at);
    width += cluster.width;
    at += cluster.length;
  }
  return width;
}

std::string cut(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t at = 0;
  for (std::size_t used = 0; at < text.size();) {
    const Cluster cluster = next_cluster(text, at);
    if (used + cluster.width > width - 1) break;
    used += cluster.width;
    at += cluster.length;
  }
  return std::string(text.substr(0, at)).append(kEllipsis);
}

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t have = display_width(text);
  return std::string(text) + std::string(have < width ? width - have : 0, ' ');
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  // The part of a word that stands on one line: at least a character of it.
  const auto piece = [width](std::string_view word, bool is_link) {
    if (word.size() <= width || is_link) return word;
    std::size_t at = 0;
    for (std::size_t used = 0; at < word.size();) {
      const Cluster cluster = next_cluster(word, at);
      if (at > 0 && used + cluster.width > width) break;
      used += cluster.width;
      at += cluster.length;
    }
    return word.substr(0, at);
  };
  std::vector<std::string> lines;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end]))
      ++end;
    std::string_view word = text.substr(at, end - at);
    const bool is_link = word.find("://") != word.npos;
    while (true) {
      const std::string_view first = piece(word, is_link);
      if (first.size() == word.size()) break;
      lines.push_back(at_line_begin(first));
      used = width;
      word.remove_prefix(first.size());
    }
    const std::size_t columns = display_width(word);
    if (lines.empty() || used + 1 + columns > width) {
      lines.push_back(at_line_begin(word));
      used = display_width(lines.back());
    } else {
      lines.back().append(" ").append(word);
      used += 1 + columns;
    }
    at = end;
  }
  return lines;
}

std::string squeeze(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  const std::string folded = mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  return mapped(folded, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold_loosely(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  return mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                          UTF8PROC_STRIPMARK);
}

std::vector<std::string> words_of(std::string_view text) {
  const std::string folded = fold_loosely(text);
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = decode(folded, at);
    const bool word = point.valid && is_word_character(point.value);
    if (word && !inside) words.emplace_back();
    if (word) words.back().append(folded, at, point.length);
    inside = word;
    at += point.length;
  }
  return words;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string one_of(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += quote(words[i]);
  }
  return out;
}

}  // namespace paperclub
