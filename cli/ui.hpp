// The person in front of the program: what is printed, where, and in which colours.  Data goes to
// standard output, messages to standard error; each stream is judged alone.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "cli/environment.hpp"
#include "lib/base/error.hpp"
#include "lib/os/file.hpp"

namespace paperclub::cli {

// What a piece of text is, which decides its colour.
enum class Role { plain, heading, number, faint, error, warning, hint, mark };

// When to use colours.
enum class ColorChoice { automatic, always, never };

// The standard streams.  Output is kept until flush(), so that a failure leaves nothing half said.
class Ui {
 public:
  // `environment` must outlive it.
  Ui(const Environment& environment, ColorChoice color, bool pager);
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  // Adds text to standard output.
  void out(std::string_view text) { out_ += text; }
  // Forgets what out() was given since the last flush().
  void discard() { out_.clear(); }
  // Prints `text`, one or more lines, to standard error now.
  void err(std::string_view text);
  // Prints `warning: …` to standard error; what was said already is not said again.
  void warning(std::string_view text);
  // Prints `note: …` to standard error.
  void note(std::string_view text);
  // Prints `hint: …` to standard error.
  void hint(std::string_view text);
  // Prints `place: error: …` with its hints to standard error.
  void error(const Error& error);
  // Prints how far a long work has come, on a terminal only and not before a second has passed.
  void progress(std::string_view what, std::size_t done, std::size_t all);

  // Says on a terminal what is being waited for, until something else is said.
  void waiting(std::string_view what);

  // Asks the person a question on standard error and returns the line that they type, squeezed;
  // nothing where nobody sits there to be asked, or the input ends.
  std::optional<std::string> ask(std::string_view question);

  // Reads all of standard input, at most `limit` bytes.
  os::ReadResult read_all(std::size_t limit);

  // Returns `text` in the colour of `role` for standard output, or as it is.
  std::string paint(Role role, std::string_view text) const;
  // Returns the columns that standard output has, or 0 where nothing should be cut or wrapped.
  std::size_t width() const { return environment_.out_is_terminal ? environment_.columns : 0; }
  // Returns the columns that help is wrapped to: those of the terminal, at most 80.
  std::size_t help_width() const;

  // Writes what out() was given, through a pager where that helps.  Throws Error{io} where it
  // cannot be written; a reader that has gone away is not an error.
  void flush();

 private:
  std::string paint_err(Role role, std::string_view text) const;
  void clear_progress();

  const Environment& environment_;
  bool color_out_;
  bool color_err_;
  bool pager_;
  std::string out_;
  std::set<std::string, std::less<>> warned_;
  bool progress_shown_ = false;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace paperclub::cli
