#include "lib/yaml/spans.hpp"

#include <algorithm>

namespace paperclub::yaml {
namespace {

bool is_break(char c) { return c == '\n' || c == '\r'; }

bool is_space(char c) { return c == ' ' || is_break(c); }

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at]))
    ++at;
  return at;
}

std::size_t end_of_line(std::string_view text, std::size_t at) {
  std::size_t end = std::min(text.find('\n', at), text.size());
  if (end > at && text[end - 1] == '\r') --end;
  return end;
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return end == text.npos ? text.size() : end + 1;
}

std::size_t indent_of(std::string_view text, std::size_t line) {
  const std::size_t first = std::min(text.find_first_not_of(' ', line), text.size());
  return first - line;
}

bool is_blank_line(std::string_view text, std::size_t line) {
  const std::size_t at = line + indent_of(text, line);
  return at >= text.size() || text[at] == '\n' || text[at] == '\r';
}

// How many blanks stand before the first line of a block's value that says anything.
std::size_t lead_of_value(std::string_view value) {
  const std::size_t first = value.find_first_not_of(" \n");
  if (first == value.npos) return 0;
  const std::size_t line = value.rfind('\n', first);
  return first - (line == value.npos ? 0 : line + 1);
}

}  // namespace

std::size_t skip_trivia(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '#' && (at == 0 || is_space(text[at - 1]))) {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_space(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < value.size() && at < text.size(); ++i) {
    if (!is_space(value[i])) {
      ++at;
      continue;
    }
    const std::size_t word = skip_space(text, at);
    const bool folded = text.substr(at, word - at).find('\n') != text.npos;
    // A break in the value may be several characters; the word behind it starts anew.
    if (folded) {
      while (i + 1 < value.size() && is_space(value[i + 1]))
        ++i;
    }
    at = folded ? word : at + 1;
  }
  return at;
}

std::optional<std::size_t> find_closing_quote(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t at = begin + 1; at < text.size(); ++at) {
    const bool escape = quote == '"' && text[at] == '\\';
    const bool doubled = quote == '\'' && text.substr(at, 2) == "''";
    if (escape || doubled) {
      ++at;
    } else if (text[at] == quote) {
      return at + 1;
    }
  }
  return std::nullopt;
}

std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  return find_closing_quote(text, begin).value_or(text.size());
}

std::size_t end_of_block(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t end = end_of_line(text, begin);
  if (value.find_first_not_of(" \n") == value.npos) return end;
  std::size_t line = next_line(text, begin);
  while (line < text.size() && is_blank_line(text, line))
    line = next_line(text, line);
  const std::size_t first = indent_of(text, line);
  const std::size_t lead = lead_of_value(value);
  const std::size_t indent = first > lead ? first - lead : 1;
  for (; line < text.size(); line = next_line(text, line)) {
    if (is_blank_line(text, line)) continue;
    if (indent_of(text, line) < indent) break;
    end = end_of_line(text, line);
  }
  return end;
}

bool keeps_breaks(std::string_view text, std::size_t begin) {
  const std::string_view header = text.substr(begin, end_of_line(text, begin) - begin);
  return header.substr(0, header.find(' ')).find('+') != header.npos;
}

std::size_t end_of_flow(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size() && text[at] != ']' && text[at] != '}') {
    at = text[at] == '#' ? next_line(text, at) : at + 1;
  }
  return std::min(at + 1, text.size());
}

std::size_t place_of_empty(std::string_view text, std::size_t from, std::string_view indicators) {
  const std::size_t at = skip_trivia(text, from);
  const bool found = at < text.size() && indicators.find(text[at]) != indicators.npos;
  return found ? at + 1 : from;
}

}  // namespace paperclub::yaml
