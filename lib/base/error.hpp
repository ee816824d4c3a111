// The one error channel: a failure is thrown as Error where it is found and caught once, in main.
//
// A failure means that the surroundings did not allow the work (no repository, unreadable disk,
// wrong usage).  A wrong record is not a failure but a Finding (finding.hpp), which is a value.
// Foreign failures (errno, libgit2 codes, parser exceptions) become Error at the edge of the room
// that wraps the foreign library; nothing else crosses a room's border.
#pragma once

#include <exception>
#include <string>
#include <vector>

#include "lib/base/finding.hpp"

namespace paperclub {

// What kind of failure it was.  The list is closed: the command line maps each kind to one exit
// code, so a new kind needs a decision there.
enum class ErrorKind {
  usage,         // the caller asked for something that does not exist or does not fit together
  not_a_club,    // no club.yaml here or above
  io,            // the operating system refused: missing, unreadable, full, not a regular file
  repository,    // git's data cannot be used as it stands: foreign owner, unknown format, locked
  damaged,       // git's data is corrupt or incomplete (shallow, partial)
  limit,         // the data is larger than what is read in bounded time and memory
  unacceptable,  // the records are not good enough for what was asked
};

// One failure: what failed first, where, and what the person can do about it.
//
// Messages are lower case without a full stop; the subject stands in 'single quotes' and is
// already safe to print (text.hpp, quote).
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message);

  // Adds the place the failure is about, such as a file or `file:line`; returns *this.
  Error& at(std::string place);
  // Adds one thing to do next; may be called several times; returns *this.
  Error& hint(std::string text);

  // Says of which findings it consists, which are told already; returns *this.
  Error& consists_of(std::vector<Finding> findings);

  // Returns the kind, which decides the exit code.
  ErrorKind kind() const noexcept { return kind_; }
  // Returns the message alone, without place and hints.
  const std::string& message() const noexcept { return message_; }
  // Returns the place, or "" where the failure has none.
  const std::string& place() const noexcept { return place_; }
  // Returns the hints in the order they were added.
  const std::vector<std::string>& hints() const noexcept { return hints_; }
  // Returns the findings it consists of; most failures have none.
  const std::vector<Finding>& findings() const noexcept { return findings_; }
  // Returns `place: message`, or the message where there is no place; valid while *this lives.
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
  std::string place_;
  std::string what_;
  std::vector<std::string> hints_;
  std::vector<Finding> findings_;
};

}  // namespace paperclub
