// Where the club's rules put their findings.  A rule names the key it complains about; the place in
// the file is looked up here, by reading the file once more, only for records that have findings.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lib/base/finding.hpp"
#include "lib/club/file_tree.hpp"
#include "lib/yaml/document.hpp"

namespace paperclub::club {

// A path through a record: keys, and items of lists by index in digits, by their
// text (item_called) or by one of their values (item_with).  Empty: the file as a whole.
using KeyPath = std::vector<std::string>;

// Returns the step of a KeyPath to the first item of a list that is a mapping with this value.
inline std::string item_with(std::string_view key, std::string_view value) {
  return std::string("=").append(key).append("=").append(value);
}

// Returns the step of a KeyPath to the first item of a list whose text is `text`.  Values that were
// read have lost the items that are none, so that their indexes say nothing of the file.
inline std::string item_called(std::string_view text) { return "==" + std::string(text); }

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
  std::vector<Finding> take() && { return std::move(findings_); }

 private:
  const yaml::Document* document(const std::string& file);
  bool is_full(const std::string& file);

  const FileTree& files_;
  std::string cached_file_;
  std::optional<yaml::Document> cached_;
  std::unordered_map<std::string, std::size_t> counts_;  // of findings, by file
  std::vector<Finding> findings_;
};

}  // namespace paperclub::club
