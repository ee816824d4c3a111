// Reading line by line, for the readers of this room's formats.  For this room only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/vote/interchange.hpp"

namespace paperclub::vote {

// The lines of a text, one after the other, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  // Goes to the next line; returns false where there is none.
  bool next();
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }
  // Returns the failure "line N: what".
  Error error(const std::string& what) const;

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
};

// Returns `text` without blanks at its ends.
std::string_view trimmed(std::string_view text);

// Returns the parts of `text` between `separator`s, trimmed; one part where there is none.
std::vector<std::string_view> split(std::string_view text, char separator);

// Returns the number that the digits of `text` say, at most kMaxBallots.  Throws the error of
// `lines` where they say none.
std::uint64_t read_number(std::string_view text, const Lines& lines);

// The names of the candidates, in the order in which they come.
class Names {
 public:
  // Returns the number of `name`, which is added where it is new and may be.  Throws Error{limit}
  // beyond kMaxCandidates.
  Candidate add(std::string_view name);
  // Returns its number, or nothing.
  std::optional<Candidate> find(std::string_view name) const;
  std::vector<std::string> take() && { return std::move(names_); }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::map<std::string, Candidate, std::less<>> numbers_;
};

// Throws Error{limit} where there are too many ballots to be counted.
void check_size(const Ballots& ballots);

// One for each format; see read_interchange() and write_interchange().
Interchange read_cef(std::string_view text);
Interchange read_preflib(std::string_view text);
Interchange read_abif(std::string_view text);
Interchange read_blt(std::string_view text);
Interchange read_debian(std::string_view text);
std::string write_cef(const Interchange& what);
std::string write_preflib(const Interchange& what);
std::string write_abif(const Interchange& what);
std::string write_blt(const Interchange& what);

// Throws Error{unacceptable} where a name is empty or holds a control character or one of
// `special`, which mean something to `format`.
void check_names(const std::vector<std::string>& names, std::string_view special,
                 const char* format);

}  // namespace paperclub::vote
