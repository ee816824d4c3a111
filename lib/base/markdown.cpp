#include "lib/base/markdown.hpp"

#include <md4c-html.h>
#include <md4c.h>

#include <utility>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

std::string numeric_entity(std::string_view name) {
  const bool hex = name.size() > 3 && (name[2] == 'x' || name[2] == 'X');
  char32_t value = 0;
  for (const char c : name.substr(hex ? 3 : 2, name.size() - (hex ? 4 : 3))) {
    const char32_t digit =
        c <= '9' ? static_cast<char32_t>(c - '0') : static_cast<char32_t>((c | 0x20) - 'a' + 10);
    value = value * (hex ? 16 : 10) + digit;
    if (value > 0x10FFFF) return "\uFFFD";
  }
  std::string out;
  const bool scalar = value != 0 && (value < 0xD800 || value > 0xDFFF);
  append_utf8(out, scalar ? value : 0xFFFD);
  return out;
}

void append_html(const MD_CHAR* text, MD_SIZE size, void* user) {
  static_cast<std::string*>(user)->append(text, size);
}

// The character called `&name;`, as md4c's own renderer knows it; the name where there is none.
std::string named_entity(std::string_view name) {
  constexpr std::string_view kBefore = "<p>";
  constexpr std::string_view kBehind = "</p>\n";
  std::string html;
  md_html(name.data(), static_cast<MD_SIZE>(name.size()), append_html, &html, 0, 0);
  if (!html.starts_with(kBefore) || !html.ends_with(kBehind)) return std::string(name);
  html = html.substr(kBefore.size(), html.size() - kBefore.size() - kBehind.size());
  constexpr std::pair<std::string_view, std::string_view> kEscapes[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}};
  for (const auto& [escape, character] : kEscapes) {
    if (html.starts_with(escape)) return html.replace(0, escape.size(), character);
  }
  return html;
}

std::string entity_text(std::string_view name) {
  return name.starts_with("&#") ? numeric_entity(name) : named_entity(name);
}

std::string attribute_text(const MD_ATTRIBUTE& attribute) {
  std::string out;
  for (std::size_t i = 0; attribute.substr_offsets[i] < attribute.size; ++i) {
    const MD_OFFSET begin = attribute.substr_offsets[i];
    const std::string_view part(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
    out += attribute.substr_types[i] == MD_TEXT_ENTITY ? entity_text(part) : std::string(part);
  }
  return out;
}

// Targets may be that many times as long as the text, all together.
constexpr std::size_t kMaxTargetGrowth = 16;

// What is collected while md4c walks the text.
struct Walk {
  std::string_view text;
  std::vector<MarkdownLink> links;
  std::vector<Span> code;
  bool complete = false;  // the walk came to the end of the text
  bool has_html = false;
  std::size_t target_bytes = 0;
  std::vector<std::size_t> waiting;  // links whose text has not begun yet
  std::vector<std::size_t> starts;   // where each open span's text begins in `plain`
  std::string plain;
  std::size_t offset = 0;
};

bool is_inside(std::string_view text, const MD_CHAR* at) {
  return at >= text.data() && at < text.data() + text.size();
}

// A target without escapes is part of the input, which tells where it stands; the place of any
// other is that of the link's text.
void add_link(Walk& walk, const MD_ATTRIBUTE& target, bool image) {
  walk.target_bytes += target.size;
  if (target.size > 0 && is_inside(walk.text, target.text)) {
    const auto offset = static_cast<std::size_t>(target.text - walk.text.data());
    walk.links.push_back({attribute_text(target), image, {offset, offset + target.size}});
    return;
  }
  walk.waiting.push_back(walk.links.size());
  walk.links.push_back({attribute_text(target), image, {walk.offset, walk.offset + 1}});
}

int enter_span(MD_SPANTYPE type, void* detail, void* user) {
  Walk& walk = *static_cast<Walk*>(user);
  walk.starts.push_back(walk.plain.size());
  if (type == MD_SPAN_A) add_link(walk, static_cast<MD_SPAN_A_DETAIL*>(detail)->href, false);
  if (type == MD_SPAN_IMG) add_link(walk, static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src, true);
  // One long reference used many times would fill the memory: then the walk ends here.
  const bool too_much = walk.target_bytes > kMaxTargetGrowth * (walk.text.size() + 1);
  return too_much ? -1 : 0;  // md4c passes over what is above zero
}

int leave_span(MD_SPANTYPE type, void* detail, void* user) {
  Walk& walk = *static_cast<Walk*>(user);
  // md4c 0.4.8 leaves spans it never entered, on input made for that.
  if (walk.starts.empty()) return 0;
  const std::size_t start = walk.starts.back();
  walk.starts.pop_back();
  if (type != MD_SPAN_A) return 0;
  const std::string target = attribute_text(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
  if (walk.plain.compare(start, std::string::npos, target) != 0) {
    walk.plain += " (" + target + ")";
  }
  return 0;
}

int enter_block(MD_BLOCKTYPE, void*, void* user) {
  static_cast<Walk*>(user)->plain += ' ';
  return 0;
}

int leave_block(MD_BLOCKTYPE, void*, void*) { return 0; }

void note_position(Walk& walk, const MD_CHAR* text) {
  // Text that md4c made itself (a line break, a replaced NUL) points outside of the input.
  if (!is_inside(walk.text, text)) return;
  walk.offset = static_cast<std::size_t>(text - walk.text.data());
  for (const std::size_t link : walk.waiting)
    walk.links[link].place = {walk.offset, walk.offset + 1};
  walk.waiting.clear();
}

int on_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
  Walk& walk = *static_cast<Walk*>(user);
  note_position(walk, text);
  const std::string_view part(text, size);
  if (type == MD_TEXT_HTML) walk.has_html = true;
  if (type == MD_TEXT_CODE && is_inside(walk.text, text)) {
    walk.code.push_back({walk.offset, walk.offset + size});
  }
  if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
    walk.plain += ' ';
  } else if (type == MD_TEXT_ENTITY) {
    walk.plain += entity_text(part);
  } else if (type != MD_TEXT_NULLCHAR) {
    walk.plain += part;
  }
  return 0;
}

Walk walk_markdown(std::string_view text) {
  Walk walk;
  walk.text = text;
  MD_PARSER parser{};
  // As on GitHub, but without tables: a row may be as wide as the first one says, whatever it
  // holds, and what the cells say is read without them; and without links made of bare addresses:
  // md4c's time for them grows with the square of their number, and they say the same as text.
  parser.flags = MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = on_text;
  walk.complete = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &walk) == 0;
  return walk;
}

}  // namespace

std::vector<MarkdownLink> markdown_links(std::string_view text) {
  return walk_markdown(text).links;
}

std::vector<Span> markdown_code(std::string_view text) { return walk_markdown(text).code; }

bool markdown_has_html(std::string_view text) {
  const Walk walk = walk_markdown(text);
  return walk.has_html || !walk.complete;
}

std::string markdown_to_plain(std::string_view text) { return squeeze(walk_markdown(text).plain); }

}  // namespace paperclub
