// What a person gives for a paper: a link, an identifier or a title, told apart by its shape alone.
// Nothing is ever fetched.
#pragma once

#include <string>
#include <string_view>

#include "lib/record/paper.hpp"

namespace paperclub::import {

// Returns a paper with what `text` says of it: `arxiv` and `url` for any form of an arXiv
// identifier; `doi` and `url` for one of a DOI, or of the ACL Anthology, which gives its papers
// DOIs; `url` for a page of OpenReview (its abstract, whichever of its forms was given) and for
// every other link; else `title`.  The marks of a sentence around an identifier are no part of it.
// Throws Error{usage} for a single word with a scheme that url_problem() refuses: it is no title,
// and may hold a password.
record::Paper recognise(std::string_view text);

// Returns `text` as a title, squeezed.  Throws Error{usage} for an address or identifier, and where
// a word of it is a link with a password.
std::string title_of(std::string_view text);

}  // namespace paperclub::import
