// A vote on its way to a ballot: what is chosen, in people's words, and the change that records it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/rounds.hpp"
#include "cli/writing.hpp"
#include "lib/git/config.hpp"

namespace paperclub::cli {

// What somebody chooses.
struct Choice {
  std::vector<std::string> names;  // papers that are approved, by what people call them
  std::string rank;                // a > b = c
  std::string score;               // a=5,b=3
  std::string comment;
  bool abstain = false;
  bool withdraw = false;
};

// Whose vote it is, and by whom the commit is made where that is somebody else.
struct Voter {
  std::string id;
  std::optional<git::Person> author;
};

// Returns whether anything is chosen.
bool is_chosen(const Choice& choice);

// Returns the words of a line, parted by commas and blanks.
std::vector<std::string> choice_words(std::string text);

// Returns the ids of the candidates that the names mean.  Throws Error{unacceptable} where one
// means none.
std::vector<std::string> candidate_ids(Context& context, const club::RoundHistory& history,
                                       const std::vector<std::string>& names);

// Returns the ballot that the choice makes.  Throws Error{usage, unacceptable} where a word of it
// means nothing.
record::Ballot chosen_ballot(Context& context, const club::RoundHistory& history,
                             const Choice& choice);

// Asks a person who sits there, with the titles of the candidates before their eyes, where nothing
// is chosen yet.  Throws Error{usage} where nobody may be asked, Error{unacceptable} where nothing
// is chosen then.
void ask_choice(Context& context, const club::RoundHistory& history, Choice& choice, bool may_ask);

// Returns the ballot on the club of `place` as one change.  Throws Error{unacceptable} where it
// could not count, with the reason.
Outcome cast(Context& context, const git::Config& config, const VotingPlace& place,
             const club::RoundHistory& history, const Voter& voter, const git::Person& author,
             const Choice& choice);

}  // namespace paperclub::cli
