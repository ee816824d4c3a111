// Any text as Markdown: links lie in it, what comes out is bounded, and text that was escaped for
// Markdown is text and nothing else.
#include "lib/base/markdown.hpp"

#include <md4c.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/link.hpp"
#include "lib/base/text.hpp"
#include "lib/publish/escape.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::require;

// What a line of a list holds besides text, as a renderer sees it.
struct Shape {
  std::size_t blocks = 0;  // but the document, the one list, its items and paragraphs
  std::size_t lists = 0;
  std::size_t spans = 0;
  std::size_t links = 0;
  std::size_t html = 0;
};

int count_block(MD_BLOCKTYPE type, void*, void* user) {
  Shape& shape = *static_cast<Shape*>(user);
  if (type == MD_BLOCK_OL) ++shape.lists;
  const bool expected =
      type == MD_BLOCK_DOC || type == MD_BLOCK_OL || type == MD_BLOCK_LI || type == MD_BLOCK_P;
  if (!expected) ++shape.blocks;
  return 0;
}

int count_span(MD_SPANTYPE type, void*, void* user) {
  Shape& shape = *static_cast<Shape*>(user);
  ++shape.spans;
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) ++shape.links;
  return 0;
}

int count_text(MD_TEXTTYPE type, const MD_CHAR*, MD_SIZE, void* user) {
  if (type == MD_TEXT_HTML) ++static_cast<Shape*>(user)->html;
  return 0;
}

Shape shape_of(const std::string& markdown) {
  Shape shape;
  MD_PARSER parser{};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = count_block;
  parser.leave_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  parser.enter_span = count_span;
  parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  parser.text = count_text;
  md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &shape);
  return shape;
}

void check_reading(const std::string& text) {
  std::size_t written = 0;
  for (const MarkdownLink& link : markdown_links(text)) {
    require(link.place.begin <= link.place.end && link.place.end <= text.size(),
            "a link's place lies in the text", link.target);
    written += link.target.size();
  }
  const std::string plain = markdown_to_plain(text);
  written += plain.size();
  require(written <= 64 * (text.size() + 16), "what is read grows with the text", text);
  require(plain == squeeze(plain), "plain text is one paragraph", plain);
  if (!find_invalid_utf8(text)) {
    require(!find_invalid_utf8(plain), "plain text of UTF-8 is UTF-8", plain);
  }
}

// The forms in which the timeline writes a title: behind its number, alone or as a link.
void check_title(const std::string& text) {
  const std::string literal = publish::markdown_text(text);
  require(literal.find('\n') == literal.npos, "escaped text is one line", literal);
  const Shape alone = shape_of("1. " + literal + ": x");
  require(alone.blocks == 0 && alone.lists == 1, "escaped text begins no block", literal);
  require(alone.spans == 0 && alone.html == 0, "no mark of escaped text is acted on", literal);
  const auto links = markdown_links("1. [" + literal + "](https://example.org/x): x");
  require(links.size() == 1 && links.front().target == "https://example.org/x",
          "escaped text stays in its link", literal);
}

void check_paragraph(const std::string& text) {
  const std::string paragraph = publish::markdown_paragraph(text);
  require(paragraph.find('\n') == paragraph.npos, "a paragraph is one line", paragraph);
  require(shape_of("1. x: " + paragraph).html == 0, "a paragraph has no raw HTML", paragraph);
}

void check_target(const std::string& text) {
  if (url_problem(text)) return;
  const std::string target = publish::markdown_target(text);
  const auto links = markdown_links("[x](" + target + ")");
  require(links.size() == 1 && !url_problem(links.front().target), "a target is one link", target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_reading(text);
  if (find_invalid_utf8(text)) return 0;
  check_title(text);
  check_paragraph(text);
  check_target(text);
  return 0;
}
