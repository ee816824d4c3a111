// Digital object identifiers.  Source: the DOI handbook; comparison ignores the case of ASCII
// letters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/base/arxiv.hpp"

namespace paperclub {

// Returns the DOI in `text` as it was typed, without `doi:` or the address of a resolver (in
// which it is percent-encoded), or nothing.  A DOI is `10.` + registrant + `/` + suffix without
// blanks.
std::optional<std::string> parse_doi(std::string_view text);

// Returns the form in which two DOIs are compared.
std::string doi_key(std::string_view doi);

// Returns the arXiv identifier that DataCite's DOIs for arXiv (`10.48550/arXiv.ID`) stand for.
std::optional<ArxivId> arxiv_id_of_doi(std::string_view doi);

// Returns the address of the resolver for `doi`, percent-encoded.
std::string doi_url(std::string_view doi);

}  // namespace paperclub
