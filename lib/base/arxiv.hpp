// arXiv identifiers: the bare forms, `arXiv:` and the URLs that carry one.
// Source: arXiv's own help pages on the identifier (scheme since 2007-04, and 1991 to 2007-03).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace paperclub {

// One paper on arXiv: `1706.03762` or `math/0611800`, without subject class and version.
struct ArxivId {
  std::string id;
  int version = 0;  // 0: not given, which means the newest

  // Versions of one paper are the same paper.
  bool operator==(const ArxivId& other) const { return id == other.id; }
};

// Returns the identifier that `text` is (`1706.03762v2`, `arXiv:math.CA/0611800`), or nothing.
// The number of digits must fit the month: four up to 1412, five from 1501.
std::optional<ArxivId> parse_arxiv_id(std::string_view text);

// Returns the identifier a URL points at: /abs/, /pdf/, /html/, /src/ or /ps/ of arxiv.org and the
// mirrors alphaxiv.org, ar5iv and huggingface.co/papers; nothing for other URLs.
std::optional<ArxivId> arxiv_id_of_url(std::string_view url);

// Returns the page of the paper's newest version.
std::string arxiv_url(const ArxivId& id);

}  // namespace paperclub
