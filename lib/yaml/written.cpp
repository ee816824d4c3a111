#include "lib/yaml/written.hpp"

#include <algorithm>
#include <string_view>

#include "lib/base/utf8.hpp"

namespace paperclub::yaml {
namespace {

bool is_one_of(std::string_view text, std::size_t at, std::string_view characters) {
  return at >= text.size() || characters.find(text[at]) != characters.npos;
}

}  // namespace

std::optional<Finding> header_problem(const Source& source, std::size_t begin) {
  const std::string& text = source.text();
  const std::size_t end = std::min(text.find_first_not_of("+-0123456789", begin + 1), text.size());
  if (is_one_of(text, end, " \r\n")) return std::nullopt;
  return source.finding(Rule::yaml_syntax, {end, end + 1}, "more text behind '|' or '>'",
                        "begin the text on the next line");
}

std::optional<Finding> apostrophe_problem(const Source& source, Span span) {
  const std::string& text = source.text();
  for (std::size_t at = span.begin; at + 1 < span.end; ++at) {
    if (text[at] != '\\') continue;
    ++at;
    if (text[at] != '\'') continue;
    return source.finding(Rule::yaml_syntax, {at - 1, at + 1},
                          "an unknown escape in a text in double quotes",
                          "write the apostrophe alone");
  }
  return std::nullopt;
}

std::string escapes_in_utf8(std::string value) {
  if (!find_invalid_utf8(value)) return value;
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = decode(value, at);
    append_utf8(out, point.value);
    at += point.length;
  }
  return out;
}

std::optional<Finding> lost_comment(const Source& source, Span span) {
  const std::string& text = source.text();
  const std::size_t sign = text.find_first_not_of(' ', span.end);
  if (sign == text.npos || sign == span.end || text[sign] != '#') return std::nullopt;
  // People write comments with a blank behind the number sign.
  if (is_one_of(text, sign + 1, " \r\n#")) return std::nullopt;
  const std::size_t end = std::min(text.find_first_of("\r\n", sign), text.size());
  return source.finding(Rule::ambiguous_scalar, {sign, end},
                        "the text ends here: what follows ' #' is a comment",
                        "put the text in quotes if this belongs to it, else write a blank behind "
                        "the #");
}

}  // namespace paperclub::yaml
