// The process's environment, read once at start: variables, and what the standard streams are.
// Nothing else in the program reads them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paperclub::cli {

// What the program was started in.
struct Environment {
  std::vector<std::string> variables;  // NAME=value
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t columns = 80;  // of the terminal, by COLUMNS or the terminal itself
  std::size_t rows = 24;
  unsigned processors = 1;
  std::vector<int> own_signals;  // those that this program ignores and others do not

  // Returns the value of the variable, or "" where it is not set.
  std::string get(std::string_view name) const;
  // Returns whether the variable is set, empty or not.
  bool has(std::string_view name) const;
};

// Returns the path with the person's home for a `~/` at its beginning.
std::string at_home(const Environment& environment, const std::string& path);

// Returns the folder for what is not kept: TMPDIR, or /tmp.
std::string temporary_parent(const Environment& environment);

// Reads it from the process.
Environment read_environment(char** variables);

}  // namespace paperclub::cli
