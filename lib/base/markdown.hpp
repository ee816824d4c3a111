// Markdown as far as records need it: which links and images a text has, and what it says without
// its marks.  Source: CommonMark, with GitHub's strike-through and task lists, read by md4c; bare
// addresses are text.  Nothing here writes HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/location.hpp"

namespace paperclub {

// One link or image of a text.
struct MarkdownLink {
  std::string target;  // as written, entities decoded
  bool image = false;
  Span place;  // of the target; where it holds escapes, of the link's first letter
};

// Returns the links and images of `text` in the order in which they stand; of a text made to fill
// the memory, the first ones.
std::vector<MarkdownLink> markdown_links(std::string_view text);

// Returns the spans of `text` that are code, without the marks around it, in order.
std::vector<Span> markdown_code(std::string_view text);

// Returns whether any of `text` is raw HTML, which a browser would act on, or cannot be told.
bool markdown_has_html(std::string_view text);

// Returns `text` as one plain paragraph: marks dropped, a link's address in brackets behind its
// text (`here (https://…)`) unless the text is the address, images as their description, raw HTML
// as it was written.
std::string markdown_to_plain(std::string_view text);

}  // namespace paperclub
