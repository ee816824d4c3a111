// Where the club's rules put their findings.  A rule names the key it complains about; the place in
// the file is looked up at the end, by reading each file that has findings once more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/club/file_tree.hpp"

namespace paperclub::club {

// One step of the way to a value: into a mapping by a key, into a list by what an item says.
// Values that were read have lost the items that are none, so that their indexes say nothing of the
// file.
struct Step {
  enum class Kind { value, key, item, item_with };

  Kind kind = Kind::value;
  std::string key;
  std::string text;
  std::size_t nth = 0;  // of the items that are alike, from 0

  // To the value of `name`, as most steps lead.
  Step(std::string name) : key(std::move(name)) {}  // NOLINT(google-explicit-constructor)
  Step(const char* name) : key(name) {}             // NOLINT(google-explicit-constructor)
  Step(Kind what, std::string_view name, std::string_view says, std::size_t which)
      : kind(what), key(name), text(says), nth(which) {}
};

// The way from the outermost mapping of a record.  Empty: the file as a whole.
using KeyPath = std::vector<Step>;

// Returns the last step of a way: to the key `name` itself.
inline Step key_called(std::string_view name) { return {Step::Kind::key, name, {}, 0}; }

// Returns the step to the nth item of a list that is a mapping with this value.
inline Step item_with(std::string_view key, std::string_view value, std::size_t nth = 0) {
  return {Step::Kind::item_with, key, value, nth};
}

// Returns the step to the nth item whose text is `text`, of the list or of the lists in it.
inline Step item_called(std::string_view text, std::size_t nth = 0) {
  return {Step::Kind::item, {}, text, nth};
}

// Collects findings and gives each its place.  Of one file as many are kept as of its bytes and
// schema (yaml::kMaxFindings); one more says so.
class Report {
 public:
  // `files` must outlive the report.
  explicit Report(const FileTree& files) : files_(files) {}

  // Adds a finding about the value at `path` of the record in `file`.
  void add(Rule rule, const std::string& file, const KeyPath& path, std::string message,
           std::string hint = {});
  // Adds a finding about bytes of the file, whose text is given.
  void add_at(Rule rule, const std::string& file, std::string_view text, Span span,
              std::string message, std::string hint = {});

  // Returns the findings so far, unsorted.
  std::vector<Finding> take() &&;

 private:
  // A finding that has no place yet.
  struct Unplaced {
    std::size_t index;  // in findings_
    KeyPath path;
  };

  void place(const std::string& file, const std::vector<Unplaced>& waiting);
  bool is_full(const std::string& file);

  const FileTree& files_;
  std::unordered_map<std::string, std::vector<Unplaced>> unplaced_;  // by file
  std::unordered_map<std::string, std::size_t> counts_;              // of findings, by file
  std::vector<Finding> findings_;
};

}  // namespace paperclub::club
