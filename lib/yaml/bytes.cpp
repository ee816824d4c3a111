#include "lib/yaml/bytes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/yaml/limits.hpp"

namespace paperclub::yaml {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::size_t kMaxCharacterFindings = 20;

Finding too_large(const Source& source, std::string message, std::string hint) {
  return source.finding(Rule::too_large, {0, 0}, std::move(message), std::move(hint));
}

Finding forbidden(const Source& source, Span span, char32_t value) {
  if (value == '\t') {
    return source.finding(Rule::forbidden_character, span, "a tab character",
                          "use blanks; YAML does not allow tabs for indentation");
  }
  if (value == '\r') {
    return source.finding(Rule::forbidden_character, span, "a carriage return without line feed",
                          "save the file with LF or CRLF line endings");
  }
  return source.finding(
      Rule::forbidden_character, span,
      fmt::format("character U+{:04X} is not allowed", static_cast<unsigned>(value)),
      "remove it; invisible and control characters can hide or change what a reader sees");
}

bool is_line_break(std::string_view text, std::size_t at) {
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
}

std::optional<Finding> check_encoding(const Source& source) {
  const std::string& text = source.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return source.finding(Rule::invalid_encoding, {0, 0}, "the file is UTF-16, not UTF-8",
                          "save it as UTF-8");
  }
  const auto invalid = find_invalid_utf8(text);
  if (!invalid) return std::nullopt;
  return source.finding(
      Rule::invalid_encoding, {*invalid, *invalid + 1},
      fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(text[*invalid])),
      "save the file as UTF-8");
}

}  // namespace

std::size_t byte_order_mark(std::string_view text) {
  return text.starts_with(kMark) ? kMark.size() : 0;
}

std::vector<Finding> check_bytes(const Source& source) {
  const std::string& text = source.text();
  if (text.size() > kMaxBytes) {
    return {
        too_large(source, "the file is larger than 256 KiB", "a record is a few lines of text")};
  }
  if (auto finding = check_encoding(source)) return {std::move(*finding)};
  std::vector<Finding> findings;
  for (std::size_t at = byte_order_mark(text); at < text.size();) {
    const CodePoint point = decode(text, at);
    const Span span{at, at + point.length};
    if (is_forbidden(point.value) && !is_line_break(text, at)) {
      findings.push_back(forbidden(source, span, point.value));
      if (findings.size() == kMaxCharacterFindings) break;
    }
    at += point.length;
  }
  const auto brackets =
      std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; });
  if (static_cast<std::size_t>(brackets) > kMaxBrackets) {
    findings.push_back(too_large(source, "more than 2000 opening brackets",
                                 "write lists as lines that begin with '- '"));
  }
  return findings;
}

std::optional<Finding> check_value(const Source& source, Span span, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = decode(value, at);
    if (!point.valid) {
      return source.finding(Rule::invalid_encoding, span, "an escape that is no character");
    }
    if (is_forbidden(point.value)) return forbidden(source, span, point.value);
    at += point.length;
  }
  return std::nullopt;
}

}  // namespace paperclub::yaml
