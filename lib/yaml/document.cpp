#include "lib/yaml/document.hpp"

#include <utility>

namespace paperclub::yaml {

NodeKind Node::kind() const { return document_->nodes_[index_].kind; }

ScalarStyle Node::style() const { return document_->nodes_[index_].style; }

const std::string& Node::text() const { return document_->nodes_[index_].text; }

Span Node::span() const { return document_->nodes_[index_].span; }

std::size_t Node::size() const {
  const Document::Data& data = document_->nodes_[index_];
  return data.kind == NodeKind::mapping ? data.child_count / 2 : data.child_count;
}

Node Node::item(std::size_t index) const {
  const Document::Data& data = document_->nodes_[index_];
  return {document_, document_->children_[data.first_child + index]};
}

Node Node::key(std::size_t index) const { return item(2 * index); }

Node Node::value(std::size_t index) const { return item(2 * index + 1); }

std::optional<Node> Node::find(std::string_view name) const {
  if (kind() != NodeKind::mapping) return std::nullopt;
  for (std::size_t i = 0; i < size(); ++i) {
    if (key(i).text() == name) return value(i);
  }
  return std::nullopt;
}

bool Node::is_empty() const {
  const Span where = span();
  return kind() == NodeKind::scalar && where.begin == where.end;
}

DocumentBuilder::DocumentBuilder(std::unique_ptr<const Source> source) {
  document_.source_ = std::move(source);
}

void DocumentBuilder::attach(std::uint32_t node) {
  if (open_.empty()) {
    document_.root_ = node;
  } else {
    open_.back().children.push_back(node);
  }
}

void DocumentBuilder::add_scalar(std::string text, ScalarStyle style, Span span) {
  attach(static_cast<std::uint32_t>(document_.nodes_.size()));
  document_.nodes_.push_back({std::move(text), span, 0, 0, NodeKind::scalar, style});
}

void DocumentBuilder::open(NodeKind kind, std::size_t begin) {
  const auto node = static_cast<std::uint32_t>(document_.nodes_.size());
  attach(node);
  document_.nodes_.push_back({{}, {begin, begin}, 0, 0, kind, ScalarStyle::plain});
  open_.push_back({node, {}});
}

void DocumentBuilder::close(std::size_t end) {
  const Open closed = std::move(open_.back());
  open_.pop_back();
  Document::Data& data = document_.nodes_[closed.node];
  data.span.end = end;
  data.first_child = static_cast<std::uint32_t>(document_.children_.size());
  data.child_count = static_cast<std::uint32_t>(closed.children.size());
  document_.children_.insert(document_.children_.end(), closed.children.begin(),
                             closed.children.end());
}

bool DocumentBuilder::in_mapping() const {
  return !open_.empty() && document_.nodes_[open_.back().node].kind == NodeKind::mapping;
}

bool DocumentBuilder::expects_key() const {
  return in_mapping() && open_.back().children.size() % 2 == 0;
}

std::optional<Span> DocumentBuilder::last_child() const {
  if (open_.empty() || open_.back().children.empty()) return std::nullopt;
  return document_.nodes_[open_.back().children.back()].span;
}

std::size_t DocumentBuilder::open_begin() const {
  return document_.nodes_[open_.back().node].span.begin;
}

std::optional<Span> DocumentBuilder::find_key(std::string_view name) const {
  const std::vector<std::uint32_t>& children = open_.back().children;
  for (std::size_t i = 0; i < children.size(); i += 2) {
    const Document::Data& key = document_.nodes_[children[i]];
    if (key.text == name) return key.span;
  }
  return std::nullopt;
}

Document DocumentBuilder::finish() && { return std::move(document_); }

}  // namespace paperclub::yaml
