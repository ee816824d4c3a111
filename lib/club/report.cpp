#include "lib/club/report.hpp"

#include <optional>
#include <utility>

#include "lib/yaml/document.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::club {
namespace {

bool leads_to(const Step& step, const yaml::Node& item) {
  if (step.kind == Step::Kind::item) {
    return item.kind() == yaml::NodeKind::scalar && item.text() == step.text;
  }
  const auto told = item.find(step.key);
  return told && told->text() == step.text;
}

// The item of `list` that a step leads to, or nothing; `left` counts those alike that come before.
std::optional<yaml::Node> item_at(const yaml::Node& list, const Step& step, std::size_t& left) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const yaml::Node item = list.item(i);
    if (leads_to(step, item) && left-- == 0) return item;
    if (step.kind != Step::Kind::item || item.kind() != yaml::NodeKind::sequence) continue;
    if (const auto inner = item_at(item, step, left)) return inner;
  }
  return std::nullopt;
}

std::optional<yaml::Node> next_node(const yaml::Node& node, const Step& step) {
  const bool to_item = step.kind == Step::Kind::item || step.kind == Step::Kind::item_with;
  std::size_t left = step.nth;
  if (node.kind() == yaml::NodeKind::sequence && to_item) return item_at(node, step, left);
  if (node.kind() != yaml::NodeKind::mapping || to_item) return std::nullopt;
  if (step.kind == Step::Kind::value) return node.find(step.key);
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.key(i).text() == step.key) return node.key(i);
  }
  return std::nullopt;
}

// The span of the value at `path`, or of the deepest part of the way that is there.
Span span_at(const yaml::Node& root, const KeyPath& path) {
  yaml::Node node = root;
  Span span = root.size() > 0 ? root.key(0).span() : root.span();
  for (const Step& step : path) {
    const auto next = next_node(node, step);
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
  if (!path.empty()) unplaced_[file].push_back({findings_.size(), path});
  findings_.push_back({rule, file, Location{}, std::move(message), std::move(hint)});
}

std::vector<Finding> Report::take() && {
  for (const auto& [file, waiting] : unplaced_)
    place(file, waiting);
  return std::move(findings_);
}

void Report::place(const std::string& file, const std::vector<Unplaced>& waiting) {
  os::ReadResult bytes = files_.read(file, yaml::kMaxBytes);
  const yaml::ParseResult parsed = yaml::parse(file, std::move(bytes.bytes));
  if (!parsed.document) return;
  for (const Unplaced& one : waiting) {
    Finding& finding = findings_[one.index];
    finding =
        parsed.document->source().finding(finding.rule, span_at(parsed.document->root(), one.path),
                                          std::move(finding.message), std::move(finding.hint));
  }
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

}  // namespace paperclub::club
