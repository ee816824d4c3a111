// Turns yaml-cpp's events into a document, and refuses what this small YAML leaves out.  Private to
// this room: it shows types of yaml-cpp.
#pragma once

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/text.hpp"
#include "lib/yaml/bytes.hpp"
#include "lib/yaml/document.hpp"
#include "lib/yaml/fault.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/outline.hpp"
#include "lib/yaml/spans.hpp"
#include "lib/yaml/written.hpp"

namespace paperclub::yaml {

// Ends parsing from within the parser's callbacks; caught in parse().
struct Stop {
  Finding finding;
};

// Turns yaml-cpp's events into a document.
class Handler : public YAML::EventHandler {
 public:
  // `base` is the number of bytes of the file in front of what the parser reads.
  Handler(std::unique_ptr<const Source> source, std::size_t base)
      : builder_(std::move(source)), base_(base) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) stop_second_document(at(mark));
  }
  void OnDocumentEnd() override {}
  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    stop(at(mark), "an anchor (&)",
         "write the value out where it is needed, or put the text in quotes");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    stop(at(mark), "an alias (*)", "write the value out, or put the text in quotes");
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    const std::size_t begin = at(mark);
    if (byte(begin) == '!') refuse_tag(begin, {});
    refuse_key(begin, "an empty key");
    if (const std::size_t length = written_null(begin); length > 0) {
      return add(text().substr(begin, length), ScalarStyle::plain, {begin, begin + length});
    }
    const std::size_t place = place_of_nothing();
    add({}, ScalarStyle::plain, {place, place});
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& read) override {
    const std::size_t begin = at(mark);
    refuse_tag(begin, tag);
    const ScalarStyle style = style_at(begin, tag);
    const Span span{begin, end_of(begin, style, read)};
    refuse_shallow(begin);
    if (style == ScalarStyle::block) stop_if(header_problem(source(), begin));
    if (style == ScalarStyle::plain) add_finding(lost_comment(source(), span));
    std::string value = value_of(read, style, span);
    if (style == ScalarStyle::quoted) check_escapes(span, value);
    if (builder_.expects_key()) {
      refuse_explicit_key(begin);
      check_key(span, style, value);
    }
    add(std::move(value), style, span);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(NodeKind::sequence, mark, tag);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(NodeKind::mapping, mark, tag);
  }
  void OnMapEnd() override { close('}'); }

  const Source& source() const { return builder_.source(); }
  bool has_document() const { return builder_.node_count() > 0; }
  std::vector<Finding>& findings() { return findings_; }
  Document finish() && { return std::move(builder_).finish(); }

 private:
  const std::string& text() const { return builder_.source().text(); }
  std::size_t at(const YAML::Mark& mark) const {
    return std::min(base_ + static_cast<std::size_t>(mark.pos), text().size());
  }
  char byte(std::size_t at) const { return at < text().size() ? text()[at] : '\0'; }

  [[noreturn]] void stop(std::size_t at, std::string message, std::string hint) const {
    throw Stop{source().finding(Rule::unsupported_yaml, {at, at + 1}, std::move(message),
                                std::move(hint))};
  }
  [[noreturn]] void stop_too_large(std::size_t at, std::string message, std::string hint) const {
    throw Stop{
        source().finding(Rule::too_large, {at, at + 1}, std::move(message), std::move(hint))};
  }

  static void stop_if(std::optional<Finding> finding) {
    if (finding) throw Stop{std::move(*finding)};
  }
  void add_finding(std::optional<Finding> finding) {
    if (finding && !has_enough_findings()) findings_.push_back(std::move(*finding));
  }

  void refuse_key(std::size_t at, std::string_view what) const {
    if (builder_.expects_key()) {
      stop(at, std::string(what), "a key is a word before a colon");
    }
  }

  // Without a line of dashes it is the indentation that began one.
  [[noreturn]] void stop_second_document(std::size_t at) const {
    const std::string_view rest = std::string_view(text()).substr(at);
    const std::string_view before = std::string_view(text()).substr(0, at);
    const bool indented = column(skip_trivia(text(), base_)) > column(at);
    if (!indented || rest.starts_with("---") || before.find("\n...") != before.npos) {
      stop(at, "a second document", "keep one record in a file; remove a line '---' at its end");
    }
    throw Stop{source().finding(Rule::yaml_syntax, {at, at + 1},
                                "this line is indented less than the first one",
                                "begin every key of the record in the same column")};
  }

  // A value below its key stands deeper than the key; only dashes may stand in the same column.
  void refuse_shallow(std::size_t begin) const {
    if (builder_.depth() == 0 || builder_.expects_key() || is_in_flow()) return;
    const auto before = builder_.last_child();
    const std::size_t from = before ? before->end : builder_.open_begin();
    const std::size_t line = text().rfind('\n', begin);
    const bool same_line = line == std::string::npos || line < from || begin < from;
    if (same_line || begin - line - 1 > column(builder_.open_begin())) return;
    throw Stop{source().finding(Rule::yaml_syntax, {begin, begin + 1},
                                "a line that is neither a key nor indented below one",
                                "write 'key: value' with a blank behind the colon, or indent the "
                                "line if it belongs to the text above")};
  }

  std::size_t column(std::size_t at) const {
    const std::size_t line = at == 0 ? std::string::npos : text().rfind('\n', at - 1);
    return line == std::string::npos ? at - base_ : at - line - 1;
  }

  // A bracket that is never closed looks like a key to the parser at the end of the text.
  void refuse_open_mark() const {
    if (const auto open = find_open_mark(std::string_view(text()).substr(base_))) {
      throw Stop{open_finding(source(), base_ + *open)};
    }
  }

  // Where the value stands that is not written, behind its colon, dash or comma.
  std::size_t place_of_nothing() const {
    if (builder_.depth() == 0) return base_;
    const auto before = builder_.last_child();
    const std::size_t from = before ? before->end : builder_.open_begin();
    if (!builder_.in_mapping()) return place_of_empty(text(), from, before ? "-," : "-[");
    const std::size_t place = place_of_empty(text(), from, ":");
    if (place == from && !is_in_flow()) {  // there a key may stand alone
      refuse_open_mark();
      throw Stop{no_colon_finding(source(), *before)};
    }
    return place;
  }

  // Whether what is open was opened by a bracket.
  bool is_in_flow() const {
    if (builder_.depth() == 0) return false;
    const char first = byte(builder_.open_begin());
    return first == '{' || first == '[';
  }

  // `? key`, which other readers know and nobody writes.
  void refuse_explicit_key(std::size_t begin) const {
    const auto before = builder_.last_child();
    std::size_t at = skip_trivia(text(), before ? before->end : builder_.open_begin());
    if (std::string_view("{[,").find(byte(at)) != std::string_view::npos)
      at = skip_trivia(text(), at + 1);
    if (at < begin && byte(at) == '?') stop(at, "an explicit key (?)", "write 'key: value'");
  }

  // The length of `null` or `~` at `at`, if that is a value behind its colon, dash or bracket and
  // not the beginning of the next line's key.
  std::size_t written_null(std::size_t at) const {
    const auto before = builder_.last_child();
    if (before && at < before->end) return 0;  // the mark of a key without a value
    const std::string_view rest = std::string_view(text()).substr(at);
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (!rest.starts_with(word)) continue;
      const std::size_t behind = std::min(rest.find_first_not_of(' ', word.size()), rest.size());
      const std::string_view next = rest.substr(behind, 1);
      const bool comment = next == "#" && behind > word.size();
      // Outside of brackets a comma or bracket is text like any other, here of a key.
      const std::string_view ends = is_in_flow() ? "\r\n,]}" : "\r\n";
      if (comment || next.empty() || ends.find(next) != ends.npos) return word.size();
    }
    return 0;
  }

  // Plain nodes carry "?", quoted and block ones "!": a "!" written out looks like the latter.
  void refuse_tag(std::size_t begin, const std::string& tag) const {
    const bool written = byte(begin) == '!' || (tag != "?" && tag != "!" && !tag.empty());
    if (written) stop(begin, "a tag (!)", "leave it out, or put the text in quotes");
  }

  ScalarStyle style_at(std::size_t begin, const std::string& tag) const {
    if (tag != "!") return ScalarStyle::plain;
    const char first = byte(begin);
    return first == '"' || first == '\'' ? ScalarStyle::quoted : ScalarStyle::block;
  }

  std::size_t end_of(std::size_t begin, ScalarStyle style, const std::string& value) const {
    switch (style) {
      case ScalarStyle::plain: return end_of_plain(text(), begin, value);
      case ScalarStyle::quoted: return end_of_quoted(text(), begin);
      case ScalarStyle::block: return end_of_block(text(), begin, value);
    }
    return begin;
  }

  // A finding's place costs as much as its line is long: beyond the limit none is made.
  bool has_enough_findings() const { return findings_.size() > kMaxFindings; }

  // What the scalar says, where the parser below has it wrong.
  std::string value_of(const std::string& read, ScalarStyle style, Span span) const {
    if (style == ScalarStyle::block && keeps_breaks(text(), span.begin))
      return with_breaks(read, span.end);
    return style == ScalarStyle::quoted ? escapes_in_utf8(read) : read;
  }

  // The value of a block that ends at `end` with all line breaks behind it, which the parser below
  // drops where the block is folded.
  std::string with_breaks(std::string value, std::size_t end) const {
    if (value.find_first_not_of('\n') == std::string::npos) return value;
    const std::size_t next = std::min(text().find_first_not_of(" \r\n", end), text().size());
    const auto first = text().begin() + static_cast<std::ptrdiff_t>(end);
    const auto last = text().begin() + static_cast<std::ptrdiff_t>(next);
    value.erase(value.find_last_not_of('\n') + 1);
    return value.append(static_cast<std::size_t>(std::count(first, last, '\n')), '\n');
  }

  void check_escapes(Span span, const std::string& value) {
    if (byte(span.begin) != '"' || has_enough_findings()) return;
    stop_if(apostrophe_problem(source(), span));
    add_finding(check_value(source(), span, value));
  }

  void check_key(Span span, ScalarStyle style, const std::string& value) {
    if (style == ScalarStyle::plain && value == "<<") {
      stop(span.begin, "a merge key (<<)", "write the keys out");
    }
    const auto first = builder_.find_key(value);
    if (!first || has_enough_findings()) return;
    findings_.push_back(
        source().finding(Rule::duplicate_key, span,
                         fmt::format("key {} stands here a second time, first on line {}",
                                     quote(value), source().line_of(first->begin)),
                         "keep one of the two"));
  }

  void add(std::string value, ScalarStyle style, Span span) {
    if (builder_.node_count() >= kMaxNodes) {
      stop_too_large(span.begin, "more than 20000 values", "a record is a few lines of text");
    }
    builder_.add_scalar(std::move(value), style, span);
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag) {
    const std::size_t begin = at(mark);
    refuse_tag(begin, tag);
    if (builder_.expects_key()) refuse_open_mark();
    if (byte(begin) != '-') refuse_shallow(begin);
    refuse_key(begin, "a list or mapping as a key");
    if (builder_.depth() >= kMaxDepth) {
      stop_too_large(begin, "lists and mappings more than 16 levels deep",
                     "move what is inside further out, or into a text");
    }
    builder_.open(kind, begin);
  }

  void close(char bracket) {
    const std::size_t begin = builder_.open_begin();
    const auto child = builder_.last_child();
    std::size_t end = child ? child->end : begin + 1;
    const bool flow = byte(begin) == (bracket == ']' ? '[' : '{');
    if (flow) end = end_of_flow(text(), end);
    builder_.close(end);
  }

  DocumentBuilder builder_;
  std::size_t base_;
  std::size_t documents_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace paperclub::yaml
