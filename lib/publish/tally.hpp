// The report of a count: who is elected, and everything that is needed to see why.  One model, two
// texts: the same sections become text for a terminal (cli/tally_text) or Markdown.  A pure
// function of its input: the same bytes each time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/vote/decide.hpp"

namespace paperclub::publish {

// One ballot of a round that did not count, or not in this version.
struct LeftOut {
  std::string member;
  std::string ballot;  // the blob
  std::string commit;
  std::string reason;
};

// What there is to say of a round besides its count.
struct RoundFacts {
  std::string id;
  std::string title;
  std::string electorate;
  std::string commit;  // that was counted
  bool closed = false;
  std::string digest;                  // of the accepted ballots
  std::vector<std::string> voters;     // whose ballot counts, sorted
  std::vector<std::string> not_voted;  // of the roll, sorted
  std::optional<std::size_t> roll;     // how many may vote
  std::vector<LeftOut> left_out;
  std::vector<std::pair<std::string, std::string>> recorded;  // member, and who recorded the vote
  std::vector<std::string> remarks;  // what an organiser should look at, though all of it counts
};

// What another method would choose.
struct OtherMethod {
  std::string name;
  std::vector<std::string> winners;
  bool tied = false;
  bool is_too_large = false;  // it was not counted
};

// One count with its surroundings.
struct Tally {
  std::string subject;             // the round or file
  std::vector<std::string> names;  // of the candidates, in lot order
  vote::Rules rules;
  vote::Decision decision;
  std::vector<OtherMethod> others;
  std::vector<std::string> notes;
  std::optional<RoundFacts> round;
};

// Returns what every other method that can read these ballots would choose, with the same seats.
// Those for committees are left out where there is one seat, for which they are approval and IRV.
std::vector<OtherMethod> other_methods(const vote::Ballots& ballots, const vote::Rules& rules,
                                       const std::vector<std::string>& names);

// Returns what there is to say of ties beside who is elected, as the end of a sentence, or "".
std::string tie_words(const vote::Count& count);

// One part of the report.
struct TallySection {
  std::string title;
  std::vector<std::string> lines = {};
  std::vector<std::string> head = {};               // of the table, where there is one
  std::vector<std::vector<std::string>> rows = {};  // each as long as `head`
  bool has_column_each = false;   // a column for each candidate, behind one that names the row
  std::vector<double> bars = {};  // of each row, from 0 to 1, where the table is a chart
};

// Returns the parts of the report.  Names are as they are in `tally`, not escaped.
std::vector<TallySection> tally_sections(const Tally& tally);

// Returns the report as Markdown.
std::string tally_markdown(const Tally& tally);

// Returns paperclub/tally: `method`, `seats`, `ballots`, `winners`, `tied`, `ranking`, `scores`,
// `rounds` and the rest; numbers are exact, integers or "p/q".
std::string tally_json(const Tally& tally);

}  // namespace paperclub::publish
