// Edits of generated documents: the new text says what was meant, and no other line changes.
#include <fmt/format.h>

#include <algorithm>

#include "lib/base/error.hpp"
#include "lib/yaml/edit.hpp"
#include "lib/yaml/meaning.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/yaml/random_values.hpp"
#include "tests/unit/yaml/reading.hpp"
#include "tests/unit/yaml/yaml_writer.hpp"

namespace paperclub::yaml {
namespace {

using tests::Random;
using tests::YamlWriter;

// A place in a document: the way there, the span that its key or dash and its value take, and the
// span that may change where it is taken away.
struct Spot {
  Path path;
  Span span;
  Span around;
  NodeKind kind = NodeKind::mapping;
};

// `owner` is where the key or dash of `node` begins.
void add_spots(const Document& document, const Node& node, std::size_t owner, const Path& path,
               std::vector<Spot>& spots) {
  const bool mapping = node.kind() == NodeKind::mapping;
  const auto value = [&](std::size_t i) { return mapping ? node.value(i) : node.item(i); };
  const auto begin = [&](std::size_t i) {
    if (mapping) return node.key(i).span().begin;
    return i == 0 ? node.span().begin : node.item(i - 1).span().end;
  };
  const std::string_view written = tests::written(document, node);
  const bool flow = written.starts_with('{') || written.starts_with('[');
  for (std::size_t i = 0; i < node.size(); ++i) {
    Path way = path;
    way.push_back(mapping ? node.key(i).text() : std::to_string(i));
    const std::size_t end = value(i).span().end;
    // Behind a dash the next key or item takes the place of the first.
    const std::size_t next = i + 1 < node.size() ? value(i + 1).span().begin : end;
    Span around{begin(i), next};
    if (flow || node.size() == 1) around = {owner, node.span().end};
    spots.push_back({way, {begin(i), end}, around, value(i).kind()});
    add_spots(document, value(i), begin(i), way, spots);
  }
}

std::vector<std::string> lines_of_text(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

std::size_t line_of(const std::string& text, std::size_t at) {
  return static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// The edit to try, and the lines of the text it may change.
struct Trial {
  Edit edit;
  Span span;
};

Trial random_trial(const Document& document, Random& random) {
  std::vector<Spot> spots{{{}, document.root().span(), {}, NodeKind::mapping}};
  add_spots(document, document.root(), 0, {}, spots);
  Spot spot = random.pick(spots);
  const Value value = tests::random_value(random, 3);
  if (spot.path.empty() || (spot.kind == NodeKind::mapping && random.one_in(3))) {
    spot.path.emplace_back("new-key");
    return {Edit::set(spot.path, value), spot.span};
  }
  if (spot.kind == NodeKind::sequence && random.one_in(2))
    return {Edit::append(spot.path, value), spot.span};
  if (random.one_in(3)) return {Edit::remove(spot.path), spot.around};
  return {Edit::set(spot.path, value), spot.span};
}

// The first line of `before` outside of `span` that `after` does not have in its place, or "".
std::string changed_line(const std::string& before, const std::string& after, Span span) {
  const auto old_lines = lines_of_text(before);
  const auto new_lines = lines_of_text(after);
  const std::size_t first = line_of(before, span.begin);
  const std::size_t last = line_of(before, span.end);
  for (std::size_t i = 0; i < first && i < new_lines.size(); ++i) {
    if (old_lines[i] != new_lines[i]) return old_lines[i];
  }
  for (std::size_t i = 1; old_lines.size() - i > last; ++i) {
    if (i > new_lines.size()) return "a line is gone";
    if (old_lines[old_lines.size() - i] != new_lines[new_lines.size() - i])
      return old_lines[old_lines.size() - i];
  }
  return {};
}

TEST_CASE("an edit of a generated document says what was meant, and changes no other line") {
  std::size_t refused = 0;
  constexpr std::uint64_t kRounds = 6000;
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    Random random(seed);
    YamlWriter writer(seed);
    writer.write();
    const Document document = tests::read(writer.text());
    const Trial trial = random_trial(document, random);
    INFO("seed " << seed << " kind " << static_cast<int>(trial.edit.kind) << " at "
                 << fmt::format("{}", fmt::join(trial.edit.path, "/")));
    INFO(writer.text());
    Meaning meant = meaning_of(document.root());
    if (!apply(trial.edit, meant)) continue;
    std::string text;
    try {
      text = edited_text(document, {trial.edit}, {});
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::unacceptable);
      ++refused;
      continue;
    }
    INFO(text);
    const ParseResult result = parse("record.yaml", text);
    REQUIRE(result.document);
    CHECK(meaning_of(result.document->root()) == meant);
    CHECK(changed_line(writer.text(), text, trial.span) == "");
  }
  CHECK(refused * 100 < kRounds);
}

}  // namespace
}  // namespace paperclub::yaml
