// What a person gives for a paper: a link, an identifier or a title, told apart by its shape alone.
// Nothing is ever fetched.
#pragma once

#include <string>
#include <string_view>

#include "lib/record/paper.hpp"

namespace paperclub::import {

// Returns a paper with what `text` says of it: `arxiv` and `url` for any form of an arXiv
// identifier; `doi` and `url` for one of a DOI; `url` for a page of OpenReview or the ACL Anthology
// (its abstract, whichever of its forms was given, and the DOI that the Anthology gives its papers)
// and for every other link; else `title`.
record::Paper recognise(std::string_view text);

}  // namespace paperclub::import
