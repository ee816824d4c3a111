// Any document and any edits of it: the new text says what was meant and nothing else, lines that
// the edit is not about stay byte for byte, and what cannot be done is refused.
//
// An input is a document, a NUL, and edits, one a line: `s`et, `r`emove or `a`ppend, the way with
// `/` between its parts, and behind `=` the value (one beginning with `[` or `{` is a list or
// mapping of words).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/error.hpp"
#include "lib/yaml/edit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/meaning.hpp"
#include "lib/yaml/parse.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::require;
using yaml::Document;
using yaml::Edit;

constexpr std::size_t kMaxEdits = 4;

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

yaml::Value value_of(std::string_view text) {
  if (!text.starts_with('[') && !text.starts_with('{')) return {std::string(text)};
  const bool list = text.front() == '[';
  std::vector<yaml::Value> items;
  yaml::Members members;
  for (const std::string& word : parts_of(text.substr(1), ' ')) {
    items.emplace_back(word);
    // Keys are unique in what a command writes.
    const bool known = std::any_of(members.begin(), members.end(),
                                   [&word](const auto& member) { return member.first == word; });
    if (!known) members.emplace_back(word, yaml::Value(word));
  }
  return list ? yaml::Value(std::move(items)) : yaml::Value(std::move(members));
}

std::vector<Edit> edits_of(std::string_view text) {
  std::vector<Edit> edits;
  for (const std::string& line : parts_of(text, '\n')) {
    if (line.size() < 2 || edits.size() == kMaxEdits) continue;
    const std::size_t equals = std::min(line.find('='), line.size());
    const yaml::Path path = parts_of(std::string_view(line).substr(1, equals - 1), '/');
    const yaml::Value value =
        value_of(std::string_view(line).substr(std::min(equals + 1, line.size())));
    if (line.front() == 's') edits.push_back(Edit::set(path, value));
    if (line.front() == 'r') edits.push_back(Edit::remove(path));
    if (line.front() == 'a') edits.push_back(Edit::append(path, value));
  }
  return edits;
}

std::size_t begin_of_line(std::string_view text, std::size_t at) {
  const std::size_t newline = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return newline == text.npos ? 0 : newline + 1;
}

// Behind the break of the line that ends at or behind `at`, and empty lines, which may be part of a
// block.
std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
  const std::size_t full = std::min(text.find_first_not_of(" \r\n", next), text.size());
  return std::max(next, full == text.size() ? full : begin_of_line(text, full));
}

// The lines that the edit may change: those from the outermost key it is about to the next one, or
// all of them where the outermost mapping has no lines of its own.
Span changeable(const Document& document, const Edit& edit) {
  const yaml::Node root = document.root();
  const std::string& text = document.source().text();
  const Span whole{0, text.size()};
  if (root.kind() != yaml::NodeKind::mapping || root.size() == 0) return whole;
  if (text[root.span().begin] == '{') return whole;
  for (std::size_t i = 0; i < root.size(); ++i) {
    if (root.key(i).text() != edit.path.front()) continue;
    const std::size_t next =
        i + 1 < root.size() ? root.key(i + 1).span().begin : next_line(text, root.span().end);
    // A text whose last line has no break keeps it so: the break before a key that goes is gone.
    const std::size_t line = begin_of_line(text, root.key(i).span().begin);
    const std::size_t begin = text.ends_with('\n') ? line : line - std::min<std::size_t>(line, 2);
    return {begin, root.size() == 1 ? text.size() : next};
  }
  return {text.size(), text.size()};  // a new key changes none
}

// `after` must be `before` but for bytes in `span`, or for what is put in somewhere.
void check_untouched(const std::string& before, const std::string& after, Span span) {
  const auto first = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto last = std::mismatch(before.rbegin(), before.rend(), after.rbegin(), after.rend());
  const auto same = (first.first - before.begin()) + (last.first - before.rbegin());
  if (static_cast<std::size_t>(same) >= before.size() && after.size() >= before.size()) return;
  const std::string_view old = before;
  const bool fits = after.size() + span.end >= span.begin + before.size();
  require(
      fits && after.starts_with(old.substr(0, span.begin)) && after.ends_with(old.substr(span.end)),
      "lines that the edit is not about stay", after);
}

void check_edit(const Document& document, const Edit& edit) {
  yaml::Meaning meant = yaml::meaning_of(document.root());
  if (!yaml::apply(edit, meant)) return;
  std::string text;
  try {
    text = yaml::edited_text(document, {edit}, {});
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::unacceptable, "a refusal is one", error.message());
    return;
  }
  const yaml::ParseResult result = yaml::parse("record.yaml", text);
  require(result.document.has_value(), "the new text can be read", text);
  require(yaml::meaning_of(result.document->root()) == meant, "the new text says what was meant",
          text);
  check_untouched(document.source().text(), text, changeable(document, edit));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = std::min(input.find('\0'), input.size());
  const yaml::ParseResult parsed = yaml::parse("record.yaml", std::string(input.substr(0, nul)));
  if (!parsed.document || count_errors(parsed.findings) > 0) return 0;
  const std::vector<Edit> edits = edits_of(input.substr(std::min(nul + 1, input.size())));
  for (const Edit& edit : edits)
    check_edit(*parsed.document, edit);
  try {
    yaml::edited_text(*parsed.document, edits, {"title", "url", "tags"});
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::unacceptable, "a refusal is one", error.message());
  }
  return 0;
}
