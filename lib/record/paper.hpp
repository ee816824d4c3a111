// A paper: the record papers/ID.yaml.  A plain value without rules; the schema and the club's rules
// say what is wrong with one.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/arxiv.hpp"
#include "lib/base/date.hpp"
#include "lib/base/id.hpp"
#include "lib/record/common.hpp"

namespace paperclub::record {

// A place on the timeline, from 1.
struct TimelineNumber {
  long long value = 0;
  auto operator<=>(const TimelineNumber&) const = default;
};

// Who suggested a paper, when and why; each part may be unknown.
struct Suggestion {
  std::string by;  // a member's id, or a name
  std::optional<Date> on;
  std::string why;
  bool operator==(const Suggestion&) const = default;
};

// When and why a suggestion was taken back.
struct Withdrawal {
  std::optional<Date> on;
  std::string why;
  bool operator==(const Withdrawal&) const = default;
};

// The club's short answer to one of its questions: one text, or several.
struct Answer {
  std::string question;  // the question's id
  std::vector<std::string> texts;
  bool is_list = false;
  bool operator==(const Answer&) const = default;
};

// Where a paper stands in the club; derived, never stored.
enum class PaperState { suggested, on_timeline, withdrawn };

// One paper.  Empty texts and lists mean that the key is not there.
struct Paper {
  std::string title;
  std::string short_title;  // key `short`
  std::vector<std::string> authors;
  std::optional<PartialDate> published;
  std::string venue;
  std::string url;
  std::string arxiv;  // as written
  std::string doi;    // as written
  std::string summary;
  std::vector<std::string> tags;
  std::optional<Suggestion> suggested;
  std::optional<TimelineNumber> number;
  std::vector<Answer> discussion;
  std::vector<Link> links;
  std::vector<PaperId> aliases;
  std::optional<Withdrawal> withdrawn;
  yaml::Members extra;

  bool operator==(const Paper&) const = default;
};

// Returns the paper that the root mapping of `document` is.
Paper paper_from(const yaml::Document& document);
// Returns the record in the order of the schema.
yaml::Members to_yaml(const Paper& paper);

// Returns the state that follows from withdrawal and number.
PaperState state_of(const Paper& paper);
// Returns "suggested", "timeline" or "withdrawn".
std::string_view state_name(PaperState state);
// Returns what lists show: the short title where there is one, else the title.
const std::string& display_title(const Paper& paper);
// Returns where the paper is read: its url, else its page at arXiv, else its DOI's; "" for none.
std::string reading_link(const Paper& paper);

}  // namespace paperclub::record
