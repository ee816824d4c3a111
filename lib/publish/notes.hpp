// The beginning of a paper's notes: its facts, and the club's questions to answer.
#pragma once

#include <string>

#include "lib/club/snapshot.hpp"

namespace paperclub::publish {

// Returns Markdown with the paper's title, authors, year, venue and link, and a heading for each
// question with its prompt as a comment; an answer that the record has stands below its question.
std::string notes_template(const club::PaperRecord& paper, const record::ClubSettings& settings);

}  // namespace paperclub::publish
