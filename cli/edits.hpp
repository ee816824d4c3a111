// Changes of single keys of a record, as people give them on the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "lib/yaml/document.hpp"
#include "lib/yaml/edit.hpp"

namespace paperclub::cli {

// KEY=VALUE, --add, --remove and --unset.
struct EditOptions {
  std::vector<std::string> assignments;
  std::vector<std::string> additions;
  std::vector<std::string> removals;
  std::vector<std::string> unset;

  bool empty() const {
    return assignments.empty() && additions.empty() && removals.empty() && unset.empty();
  }
};

// Adds them to `app`.
void add_edit_options(Arguments& args, EditOptions& options);

// Returns the edits of `document`, a record of `kind`.  Keys in `kept` are refused: other commands
// keep them in step with more than this record.  Throws Error{usage} for what is no KEY=VALUE, a
// key that the kind does not have, and an item to remove that the list does not have.
std::vector<yaml::Edit> edits_of(const EditOptions& options, std::string_view kind,
                                 const std::vector<std::string>& kept,
                                 const yaml::Document& document);

}  // namespace paperclub::cli
