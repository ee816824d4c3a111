#include "lib/club/report.hpp"

#include <utility>

#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::club {
namespace {

// The item of `list` that a step of a path leads to (`=key=value`, without a key the item's own
// text), or nothing.
std::optional<yaml::Node> item_at(const yaml::Node& list, std::string_view step) {
  if (!step.starts_with('=')) {
    const auto index = yaml::integer_value(step);
    if (!index || static_cast<std::size_t>(*index) >= list.size()) return std::nullopt;
    return list.item(static_cast<std::size_t>(*index));
  }
  const std::size_t end = step.find('=', 1);
  const std::string_view key = step.substr(1, end - 1);
  const std::string_view value = step.substr(end + 1);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto told = key.empty() ? std::optional(list.item(i)) : list.item(i).find(key);
    if (told && told->text() == value) return list.item(i);
  }
  return std::nullopt;
}

// The span of the value at `path`, or of the deepest part of the way that is there.
Span span_at(const yaml::Node& root, const KeyPath& path) {
  yaml::Node node = root;
  Span span = root.size() > 0 ? root.key(0).span() : root.span();
  for (const std::string& step : path) {
    std::optional<yaml::Node> next;
    if (node.kind() == yaml::NodeKind::mapping) next = node.find(step);
    if (node.kind() == yaml::NodeKind::sequence) next = item_at(node, step);
    if (!next) return span;
    node = *next;
    span = node.span();
  }
  return span;
}

}  // namespace

void Report::add(Rule rule, const std::string& file, const KeyPath& path, std::string message,
                 std::string hint) {
  if (is_full(file)) return;
  const yaml::Document* found = path.empty() ? nullptr : document(file);
  if (found == nullptr) {
    findings_.push_back({rule, file, Location{}, std::move(message), std::move(hint)});
    return;
  }
  findings_.push_back(found->source().finding(rule, span_at(found->root(), path),
                                              std::move(message), std::move(hint)));
}

void Report::add_at(Rule rule, const std::string& file, std::string_view text, Span span,
                    std::string message, std::string hint) {
  if (is_full(file)) return;
  findings_.push_back(
      {rule, file, LineIndex(text).locate(span), std::move(message), std::move(hint)});
}

bool Report::is_full(const std::string& file) {
  const std::size_t count = ++counts_[file];
  if (count == yaml::kMaxFindings + 1) {
    findings_.push_back({Rule::too_large, file, Location{}, "more than 500 findings in one file",
                         "mend these first"});
  }
  return count > yaml::kMaxFindings;
}

const yaml::Document* Report::document(const std::string& file) {
  if (file != cached_file_) {
    cached_file_ = file;
    os::ReadResult bytes = files_.read(file, yaml::kMaxBytes);
    cached_ = yaml::parse(file, std::move(bytes.bytes)).document;
  }
  return cached_ ? &*cached_ : nullptr;
}

}  // namespace paperclub::club
