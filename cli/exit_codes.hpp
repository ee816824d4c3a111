// The program's exit codes, all of them.  Scripts may rely on them.
#pragma once

#include "lib/base/error.hpp"

namespace paperclub::cli {

inline constexpr int kDone = 0;          // what was asked for was done
inline constexpr int kUnacceptable = 1;  // the records or the vote are not acceptable
inline constexpr int kUsage = 2;         // the command line is wrong
inline constexpr int kSurroundings = 3;  // files, repository or system refused
inline constexpr int kBug = 70;          // the program is wrong; 130 (interrupted) is the shell's

// Returns the exit code for a failure of `kind`.
constexpr int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return kUsage;
    case ErrorKind::unacceptable: return kUnacceptable;
    case ErrorKind::not_a_club:
    case ErrorKind::io:
    case ErrorKind::repository:
    case ErrorKind::damaged:
    case ErrorKind::limit: return kSurroundings;
  }
  return kBug;
}

}  // namespace paperclub::cli
