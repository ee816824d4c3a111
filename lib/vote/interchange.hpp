// Ballots in the formats of others, without a club: reading and writing text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/vote/ballots.hpp"

namespace paperclub::vote {

// The formats; each is one file of this room that names its definition.
enum class Format { cef, preflib, abif, blt, debian };

// Larger texts are not read: a million ballots of ten names are a sixth of it.
inline constexpr std::size_t kMaxTextBytes = std::size_t{1} << 28U;

// Returns the format called `name` ("cef", "preflib", "abif", "blt", "debian"), or nothing.
std::optional<Format> format_called(std::string_view name);

// Returns the format that a file's name ends for, or nothing.
std::optional<Format> format_of_file(std::string_view path);

// What such a text says.  A candidate that it calls `none` is "no paper": it is none of
// `candidates`, but what Ballots knows by that name.
struct Interchange {
  std::vector<std::string> candidates;  // in lot order: as they are listed, else as they come
  Ballots ballots;
  std::optional<std::size_t> seats = {};
  std::vector<std::string> notes = {};  // what was left out of it, for people
  bool none = false;                    // "no paper" stands among the candidates
};

// Reads `text`.  Throws Error{unacceptable} with the line where it is not of the format,
// Error{limit} beyond kMaxCandidates and kMaxBallots.
Interchange read_interchange(Format format, std::string_view text);

// Returns the ballots as a text of the format.  Throws Error{unacceptable} where the format has no
// form for them: equal ranks in BLT, scores in CEF, a name with a character that means something.
std::string write_interchange(Format format, const Interchange& what);

}  // namespace paperclub::vote
