// Finding words in what the club has written: records and notes.
#pragma once

#include <string>
#include <vector>

#include "lib/club/snapshot.hpp"

namespace paperclub::publish {

// One place that says it.
struct SearchHit {
  std::string id;        // of the paper
  std::string file;      // the record, or its notes
  std::string field;     // the record's key, such as title; "" in notes
  std::size_t line = 0;  // of the notes, from 1; 0 in a record
  std::string text;      // the value or line as it is written
};

// What was found, and what was not looked at.
struct SearchResult {
  std::vector<SearchHit> hits;
  std::vector<std::string> unread;  // notes that cannot be read, or are too large
};

// Returns the places that hold every one of `words`, by the order of papers and, within one, as the
// record and then its notes say it; case and accents do not matter.
SearchResult search(const club::Snapshot& snapshot, const club::FileTree& files,
                    const std::vector<std::string>& words);

}  // namespace paperclub::publish
