// A paper that is to be new to the club: where its record goes, and whether the club has it.
#pragma once

#include <string>

#include "cli/writing.hpp"
#include "lib/record/paper.hpp"

namespace paperclub::cli {

// Who suggests a paper, why, and under which id, as far as the person says.
struct Proposal {
  std::string by;  // default: who makes the commit
  std::string why;
  std::string id;  // default: made of the title
};

// Throws Error{unacceptable} where the club has the paper: the same identifier, or nearly the same
// title where there is one yet.
void refuse_known_paper(const club::Snapshot& snapshot, const record::Paper& paper);

// Returns the write that adds the paper.  Throws Error{unacceptable} where the club has it, with
// its state, or where the record would not be good, and Error{usage} where no id can be made.
Outcome add_paper(const Desk& desk, const Proposal& proposal, record::Paper paper);

// The same for a record that a person wrote, whose text stays but for what it lacks: who suggests
// it and when, and quotes around identifiers.  `name` is what findings call the text.
Outcome add_record(const Desk& desk, const Proposal& proposal, const std::string& name,
                   const std::string& text);

}  // namespace paperclub::cli
