#include "lib/yaml/merge.hpp"

#include <algorithm>

#include "lib/yaml/meaning.hpp"
#include "lib/yaml/rewriting.hpp"

namespace paperclub::yaml {
namespace {

using MaybeNode = std::optional<Node>;

bool is_same(const MaybeNode& a, const MaybeNode& b) {
  if (!a || !b) return !a && !b;
  return meaning_of(*a) == meaning_of(*b);
}

bool is_kind(const MaybeNode& node, NodeKind kind) { return node && node->kind() == kind; }

std::string written(const MaybeNode& node, const Document& document) {
  if (!node) return {};
  const Span span = node->span();
  return document.source().text().substr(span.begin, span.end - span.begin);
}

std::vector<Meaning> items_of(const MaybeNode& list) {
  std::vector<Meaning> items;
  for (std::size_t i = 0; list && i < list->size(); ++i)
    items.push_back(meaning_of(list->item(i)));
  return items;
}

bool contains(const std::vector<Meaning>& items, const Meaning& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// Whether the items that both have stand in the same order, each once.
bool keeps_order(const std::vector<Meaning>& base, const std::vector<Meaning>& list) {
  std::size_t next = 0;
  std::vector<Meaning> seen;
  for (const Meaning& item : list) {
    if (contains(seen, item)) return false;
    seen.push_back(item);
    const auto at = std::find(base.begin(), base.end(), item);
    if (at == base.end()) continue;
    const auto place = static_cast<std::size_t>(at - base.begin());
    if (place < next) return false;
    next = place + 1;
  }
  return true;
}

class Merger {
 public:
  Merger(const Document& mine, const Document& theirs) : mine_(mine), theirs_(theirs) {}

  void mapping(const MaybeNode& base, const Node& mine, const Node& theirs, const Path& path) {
    std::vector<std::string> keys;
    for (const MaybeNode& node : {MaybeNode(mine), base}) {
      for (std::size_t i = 0; node && i < node->size(); ++i) {
        const std::string& key = node->key(i).text();
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
      }
    }
    for (const std::string& key : keys) {
      Path below = path;
      below.push_back(key);
      value(base ? base->find(key) : std::nullopt, mine.find(key), theirs.find(key), below);
    }
  }

  Merge finish() && { return std::move(merge_); }

 private:
  void value(const MaybeNode& base, const MaybeNode& mine, const MaybeNode& theirs,
             const Path& path) {
    if (is_same(mine, base) || is_same(mine, theirs)) return;
    const Edit take =
        mine ? Edit::set(path, value_of(*mine, Quoting::as_it_stands)) : Edit::remove(path);
    const auto all = [&](NodeKind kind) {
      return is_kind(mine, kind) && is_kind(theirs, kind) && (!base || is_kind(base, kind));
    };
    if (is_same(theirs, base)) {
      merge_.edits.push_back(take);
    } else if (all(NodeKind::mapping)) {
      mapping(base, *mine, *theirs, path);
    } else if (!all(NodeKind::sequence) || !list(base, *mine, *theirs, path)) {
      merge_.clashes.push_back({path, written(mine, mine_), written(theirs, theirs_), take});
    }
  }

  // Joins the lists where both only added and took away; returns whether they did.
  bool list(const MaybeNode& base, const Node& mine, const Node& theirs, const Path& path) {
    const std::vector<Meaning> before = items_of(base);
    const std::vector<Meaning> own = items_of(mine);
    const std::vector<Meaning> other = items_of(theirs);
    if (!keeps_order(before, own) || !keeps_order(before, other)) return false;
    for (std::size_t i = other.size(); i > 0; --i) {
      const Meaning& item = other[i - 1];
      if (!contains(before, item) || contains(own, item)) continue;
      Path place = path;
      place.push_back(std::to_string(i - 1));
      merge_.edits.push_back(Edit::remove(place));
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (contains(before, own[i]) || contains(other, own[i])) continue;
      merge_.edits.push_back(Edit::append(path, value_of(mine.item(i), Quoting::as_it_stands)));
    }
    return true;
  }

  const Document& mine_;
  const Document& theirs_;
  Merge merge_;
};

}  // namespace

Merge merge(const Document* base, const Document& mine, const Document& theirs) {
  Merger merger(mine, theirs);
  merger.mapping(base == nullptr ? std::nullopt : MaybeNode(base->root()), mine.root(),
                 theirs.root(), {});
  return std::move(merger).finish();
}

}  // namespace paperclub::yaml
