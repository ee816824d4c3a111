// Spans of generated documents, whose every place is known, and of damaged ones.
#include <fmt/format.h>

#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random.hpp"
#include "tests/unit/yaml/reading.hpp"
#include "tests/unit/yaml/yaml_writer.hpp"

namespace paperclub::yaml {
namespace {

using tests::Random;
using tests::Written;
using tests::YamlWriter;

// The parts of a list or mapping in the order of the file.
std::vector<Node> children_of(const Node& node) {
  std::vector<Node> children;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.kind() == NodeKind::sequence) {
      children.push_back(node.item(i));
    } else {
      children.push_back(node.key(i));
      children.push_back(node.value(i));
    }
  }
  return children;
}

std::string describe(NodeKind kind, ScalarStyle style, Span span, const std::string& text) {
  return fmt::format("kind {} style {} [{},{}) <{}>", static_cast<int>(kind),
                     static_cast<int>(style), span.begin, span.end, text);
}

// Returns the first difference between what was written and what was read, or "".
std::string difference(const Written& written, const Node& node) {
  const std::string expected = describe(written.kind, written.style, written.span, written.value);
  const std::string found = describe(node.kind(), node.style(), node.span(), node.text());
  if (expected != found) return fmt::format("wrote {}, read {}", expected, found);
  const std::vector<Node> children = children_of(node);
  if (children.size() != written.children.size()) return "not as many parts at " + expected;
  for (std::size_t i = 0; i < children.size(); ++i) {
    std::string inner = difference(written.children[i], children[i]);
    if (!inner.empty()) return inner;
  }
  return {};
}

// Returns where a part lies outside of the whole or over the part before it, or "".
std::string disorder(const Node& node) {
  const Span outer = node.span();
  if (outer.begin > outer.end) return fmt::format("backwards at {}", outer.begin);
  std::size_t last = outer.begin;
  for (const Node& child : children_of(node)) {
    const Span span = child.span();
    if (span.begin < last) return fmt::format("[{},{}) over {}", span.begin, span.end, last);
    if (span.end > outer.end) return fmt::format("{} outside of {}", span.end, outer.end);
    last = span.end;
    std::string inner = disorder(child);
    if (!inner.empty()) return inner;
  }
  return {};
}

// Returns a scalar whose text at its span, parsed alone, reads as something else, or "".
std::string misread(const Document& document, const Node& node) {
  for (const Node& child : children_of(node)) {
    std::string inner = misread(document, child);
    if (!inner.empty()) return inner;
  }
  if (node.kind() != NodeKind::scalar || node.style() == ScalarStyle::block) return {};
  const std::string text(tests::written(document, node));
  const ParseResult alone = parse("alone.yaml", "k: " + text + "\n");
  if (!alone.document) return fmt::format("<{}> is no value", text);
  const std::string& value = alone.document->root().value(0).text();
  return value == node.text() ? "" : fmt::format("<{}> reads <{}>", text, value);
}

TEST_CASE("every value of a generated document is read at the place where it was written") {
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    YamlWriter writer(seed);
    const Written root = writer.write();
    INFO("seed " << seed);
    const Document document = tests::read(writer.text());
    INFO(writer.text());
    CHECK(difference(root, document.root()) == "");
  }
}

TEST_CASE("in generated documents parts lie in order and within the whole") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    YamlWriter writer(seed);
    writer.write();
    INFO("seed " << seed);
    const Document document = tests::read(writer.text());
    INFO(writer.text());
    CHECK(disorder(document.root()) == "");
  }
}

TEST_CASE("the text of a scalar of a generated document reads the same alone") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    YamlWriter writer(seed);
    writer.write();
    INFO("seed " << seed);
    const Document document = tests::read(writer.text());
    INFO(writer.text());
    CHECK(misread(document, document.root()) == "");
  }
}

// A copy of `text` with a few bytes taken out, put in or moved.
std::string damaged(std::string text, Random& random) {
  static const std::string kMarks = "\n :-[]{},'\"#|>?!&*%@`.~a0\\";
  for (std::size_t i = 1 + random.below(3); i > 0 && !text.empty(); --i) {
    const std::size_t at = random.below(text.size());
    switch (random.below(4)) {
      case 0: text.erase(at, 1 + random.below(3)); break;
      case 1: text.insert(at, 1, kMarks[random.below(kMarks.size())]); break;
      case 2: text[at] = kMarks[random.below(kMarks.size())]; break;
      default: text.resize(at); break;
    }
  }
  return text;
}

TEST_CASE("a damaged document is refused with a reason, or its parts lie in order") {
  Random random(7);
  for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
    YamlWriter writer(seed);
    writer.write();
    const std::string text = damaged(writer.text(), random);
    INFO("seed " << seed << "\n" << text);
    const ParseResult result = parse("record.yaml", text);
    if (!result.document) {
      CHECK_FALSE(result.findings.empty());
      continue;
    }
    CHECK(disorder(result.document->root()) == "");
  }
}

}  // namespace
}  // namespace paperclub::yaml
