#include "cli/ui.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/pager.hpp"
#include "lib/base/text.hpp"
#include "lib/os/handle.hpp"

namespace paperclub::cli {
namespace {

// The rules people expect: https://no-color.org and https://bixense.com/clicolors.
bool uses_color(const Environment& environment, ColorChoice choice, bool terminal) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (!environment.get("NO_COLOR").empty()) return false;
  const std::string force = environment.get("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return terminal && environment.get("TERM") != "dumb" && environment.get("CLICOLOR") != "0";
}

std::string_view code_of(Role role) {
  switch (role) {
    case Role::plain: return "";
    case Role::heading: return "1";
    case Role::number: return "36";
    case Role::faint: return "2";
    case Role::error: return "1;31";
    case Role::warning: return "1;33";
    case Role::hint: return "36";
    case Role::mark: return "1;32";
  }
  return "";
}

std::string painted(bool color, Role role, std::string_view text) {
  const std::string_view code = code_of(role);
  if (!color || code.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace

Ui::Ui(const Environment& environment, ColorChoice color, bool pager)
    : environment_(environment),
      color_out_(uses_color(environment, color, environment.out_is_terminal)),
      color_err_(uses_color(environment, color, environment.err_is_terminal)),
      pager_(pager),
      start_(std::chrono::steady_clock::now()) {}

void Ui::err(std::string_view text) {
  clear_progress();
  // Where even messages cannot be written, the exit code is all that is left.
  static_cast<void>(os::write_all(STDERR_FILENO, text));
}

void Ui::warning(std::string_view text) {
  if (!warned_.emplace(text).second) return;
  err(fmt::format("{} {}\n", paint_err(Role::warning, "warning:"), text));
}

void Ui::note(std::string_view text) {
  err(fmt::format("{} {}\n", paint_err(Role::faint, "note:"), text));
}

void Ui::hint(std::string_view text) {
  err(fmt::format("{} {}\n", paint_err(Role::hint, "hint:"), text));
}

void Ui::error(const Error& error) {
  const std::string place = error.place().empty() ? "" : error.place() + ": ";
  err(fmt::format("{}{} {}\n", place, paint_err(Role::error, "error:"), error.message()));
  for (const std::string& text : error.hints())
    hint(text);
}

void Ui::progress(std::string_view what, std::size_t done, std::size_t all) {
  constexpr std::chrono::seconds kPatience(1);
  if (!environment_.err_is_terminal || all == 0) return;
  const auto spent = std::chrono::steady_clock::now() - start_;
  if (spent < kPatience) return;
  const double seconds = std::chrono::duration<double>(spent).count();
  const std::string line = fmt::format("\r{}: {} of {} ({:.0f} a second)\x1b[K", what, done, all,
                                       static_cast<double>(done) / seconds);
  static_cast<void>(os::write_all(STDERR_FILENO, line));
  progress_shown_ = true;
}

void Ui::waiting(std::string_view what) {
  if (!environment_.err_is_terminal) return;
  static_cast<void>(os::write_all(STDERR_FILENO, fmt::format("\r{} …\x1b[K", what)));
  progress_shown_ = true;
}

std::optional<std::string> Ui::ask(std::string_view question) {
  if (!environment_.in_is_terminal || !environment_.err_is_terminal) return std::nullopt;
  err(fmt::format("{}: ", question));
  std::string line;
  char c = 0;
  ssize_t got = 0;
  while ((got = ::read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
    line += c;
  if (got != 1) err("\n");  // the end of the input leaves the cursor behind the question
  if (got != 1 && line.empty()) return std::nullopt;
  return squeeze(line);
}

os::ReadResult Ui::read_all(std::size_t limit) { return os::read_descriptor(STDIN_FILENO, limit); }

void Ui::clear_progress() {
  if (progress_shown_) static_cast<void>(os::write_all(STDERR_FILENO, "\r\x1b[K"));
  progress_shown_ = false;
}

std::string Ui::paint(Role role, std::string_view text) const {
  return painted(color_out_, role, text);
}

std::string Ui::paint_err(Role role, std::string_view text) const {
  return painted(color_err_, role, text);
}

std::size_t Ui::help_width() const { return std::min<std::size_t>(environment_.columns, 80); }

void Ui::flush() {
  clear_progress();
  const std::string text = std::move(out_);
  out_.clear();
  if (pager_ && environment_.out_is_terminal && page(environment_, text)) return;
  const int code = os::write_all(STDOUT_FILENO, text);
  if (code == 0 || code == EPIPE) return;
  throw Error{ErrorKind::io,
              fmt::format("cannot write to standard output: {}", std::strerror(code))}
      .hint("the output is incomplete");
}

}  // namespace paperclub::cli
