#include "lib/publish/search.hpp"

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"

namespace paperclub::publish {
namespace {

// Collects the hits of one paper.
class Searcher {
 public:
  Searcher(const std::vector<std::string>& words, std::vector<SearchHit>& hits) : hits_(hits) {
    for (const std::string& word : words)
      words_.push_back(fold_loosely(word));
  }

  void look(const club::PaperRecord& paper, const std::string& field, const std::string& text) {
    if (fits(text)) hits_.push_back({paper.id.str(), paper.file, field, 0, text});
  }
  void look_in_notes(const club::PaperRecord& paper, const std::string& notes) {
    std::size_t line = 1;
    for (std::size_t begin = 0; begin < notes.size(); ++line) {
      const std::size_t end = std::min(notes.find('\n', begin), notes.size());
      const std::string text = notes.substr(begin, end - begin);
      if (fits(text)) hits_.push_back({paper.id.str(), paper.notes, "", line, text});
      begin = end + 1;
    }
  }

 private:
  bool fits(const std::string& text) const {
    const std::string folded = fold_loosely(text);
    return std::all_of(words_.begin(), words_.end(), [&folded](const std::string& word) {
      return folded.find(word) != folded.npos;
    });
  }

  std::vector<std::string> words_;
  std::vector<SearchHit>& hits_;
};

void look_in_record(Searcher& searcher, const club::PaperRecord& paper) {
  const record::Paper& record = paper.paper;
  searcher.look(paper, "title", record.title);
  searcher.look(paper, "short", record.short_title);
  for (const std::string& author : record.authors)
    searcher.look(paper, "authors", author);
  searcher.look(paper, "venue", record.venue);
  searcher.look(paper, "summary", record.summary);
  for (const std::string& tag : record.tags)
    searcher.look(paper, "tags", tag);
  if (record.suggested) searcher.look(paper, "suggested.why", record.suggested->why);
  for (const record::Answer& answer : record.discussion) {
    for (const std::string& text : answer.texts)
      searcher.look(paper, "discussion." + answer.question, text);
  }
}

}  // namespace

SearchResult search(const club::Snapshot& snapshot, const club::FileTree& files,
                    const std::vector<std::string>& words) {
  SearchResult result;
  Searcher searcher(words, result.hits);
  for (const club::PaperRecord& paper : snapshot.papers) {
    look_in_record(searcher, paper);
    if (paper.notes.empty()) continue;
    const os::ReadResult notes = files.read(paper.notes, club::kMaxFileBytes);
    if (notes.status == os::ReadStatus::ok) {
      searcher.look_in_notes(paper, notes.bytes);
    } else {
      result.unread.push_back(paper.notes);
    }
  }
  return result;
}

}  // namespace paperclub::publish
