// A paper as a person gives it to `add` and `suggest`: by words and flags, as a record on standard
// input, or in the editor.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/new_paper.hpp"
#include "cli/writing.hpp"

namespace paperclub::cli {

// What is given.
struct AddOptions {
  std::string word;
  std::string title;
  std::string short_title;
  std::vector<std::string> authors;
  std::string published;
  std::string venue;
  std::string url;
  std::string summary;
  std::vector<std::string> tags;
  bool edit = false;
  Proposal proposal;
  WriteFlags flags;
};

// Where it goes.
struct AddTarget {
  std::string command;  // that of ours which takes it
  // Throws Error{unacceptable} where the club has the paper, before anybody is asked about it.
  std::function<void(const record::Paper&)> refuse_known;
  // Makes the change; returns the exit code.
  std::function<int(const Work&)> write;
};

// Adds what is said of the paper to `args`, but for the flags of writing.
void add_paper_flags(Arguments& args, AddOptions& options);

// Returns the paper as far as the person has told of it.  Throws Error{usage}.
record::Paper paper_of(const AddOptions& options);

// Takes the paper, asks for what it cannot do without, and writes it.  Throws Error{usage,
// unacceptable}, and what the target throws.
int run_add(Context& context, const AddOptions& options, const AddTarget& target);

}  // namespace paperclub::cli
