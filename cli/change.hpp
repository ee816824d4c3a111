// paperclub check --base: whether a change is its author's to make.
#pragma once

#include <string>

#include "cli/context.hpp"

namespace paperclub::cli {

// What is compared, and what is written of it.
struct ChangeOptions {
  std::string base;
  std::string head = "HEAD";
  std::string actor;    // --as: a member's id or address
  std::string login;    // --login
  std::string summary;  // a file to which Markdown is added, or ""
  std::string format = "text";
};

// Judges the change and prints what is to be said of it; returns the exit code.
int check_change(Context& context, const ChangeOptions& options);

}  // namespace paperclub::cli
