#include "lib/yaml/emit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/yaml/scalar.hpp"

namespace paperclub::yaml {
namespace {

constexpr std::size_t kLineWidth = 100;
constexpr std::size_t kIndent = 2;

using Quotes = Value::Text::Quotes;

bool starts_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || byte >= 0x80 || c == '/' || c == '(' || c == '+' || c == '.' || c == '_';
}

bool needs_escapes(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.value == '\n' || is_forbidden(point.value)) return true;
    at += point.length;
  }
  return false;
}

// Whether `text` without quotes is one line that every reader takes for this string, inside of
// brackets too.
bool is_plain_safe(std::string_view text) {
  if (text.empty() || !starts_plain(text.front()) || text.back() == ' ') return false;
  if (needs_escapes(text) || text.find_first_of(",[]{}") != text.npos || text.ends_with(':'))
    return false;
  if (text.starts_with("...")) return false;  // the end of a document, at the start of a line
  if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
  return !other_reading(text).has_value();
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.value == '\n') {
      out += "\\n";
    } else if (point.value == '"' || point.value == '\\') {
      out.append("\\").append(text.substr(at, 1));
    } else if (is_forbidden(point.value)) {
      out += fmt::format("\\U{:08X}", static_cast<unsigned>(point.value));
    } else {
      out += text.substr(at, point.length);
    }
    at += point.length;
  }
  return out + "\"";
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

bool is_not_written(const Value& value) {
  const auto* text = std::get_if<Value::Text>(&value.data());
  return text && text->quotes == Quotes::never && text->text.empty();
}

// Text inside of brackets; yaml-cpp takes a question mark there for the sign of a key.
std::string scalar_text(const Value::Text& value);

std::string flow_text(const Value::Text& value) {
  Value::Text quoted = value;
  const bool question = value.text.find('?') != std::string::npos;
  if (question && value.quotes == Quotes::as_needed) quoted.quotes = Quotes::always;
  return scalar_text(quoted);
}

std::string scalar_text(const Value::Text& value) {
  // What is a string to every reader gains nothing from standing plain, and might be no scalar.
  const bool plain = value.text.empty() || other_reading(value.text).has_value();
  if (value.quotes == Quotes::never && plain) return value.text;
  if (value.quotes != Quotes::always && is_plain_safe(value.text)) return value.text;
  return needs_escapes(value.text) ? double_quoted(value.text) : single_quoted(value.text);
}

// Folding joins lines by one blank: only text with single blanks between words comes back as it is.
bool can_fold(std::string_view text) {
  return !needs_escapes(text) && squeeze(text) == text && !text.starts_with('#');
}

// Lines with marks of Markdown keep their breaks in a `|` block.
bool can_keep_lines(std::string_view text) {
  if (text.empty() || text.starts_with(' ') || text.starts_with('\n')) return false;
  if (text.find("\n\n\n") != text.npos || text.find(" \n") != text.npos) return false;
  if (text.ends_with("\n\n") || text.ends_with(' ')) return false;
  if (text.find('\n') == text.npos) return false;
  std::string one_line(text);
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  return !needs_escapes(one_line);
}

class Writer {
 public:
  std::string take() && { return std::move(out_); }

  void members(const Members& members, std::size_t indent, bool first_inline) {
    bool same_line = first_inline;
    for (const auto& [key, value] : members) {
      if (!same_line) out_.append(indent, ' ');
      same_line = false;
      out_ += scalar_text({key, Quotes::as_needed});
      out_ += ':';
      member_value(value, indent, indent + key.size() + 2);
    }
  }

  // The value behind `key:`; `column` is where it would begin.
  void member_value(const Value& value, std::size_t indent, std::size_t column) {
    if (const auto* text = std::get_if<Value::Text>(&value.data())) {
      block_or_line(*text, indent, column);
    } else if (const auto line = on_one_line(value); line && column + line->size() <= kLineWidth) {
      out_ += " " + *line + "\n";
    } else if (const auto* list = std::get_if<std::vector<Value>>(&value.data());
               list && !list->empty()) {
      out_ += '\n';
      items(*list, indent + kIndent);
    } else if (const auto* inner = std::get_if<Members>(&value.data()); inner && !inner->empty()) {
      out_ += '\n';
      members(*inner, indent + kIndent, false);
    } else {
      out_ += " " + flow(value) + "\n";
    }
  }

  // The value behind a dash at column `indent`.
  void item(const Value& item, std::size_t indent) {
    if (is_not_written(item)) {
      out_ += '\n';
    } else if (const auto* inner = std::get_if<Members>(&item.data()); inner && !inner->empty()) {
      out_ += ' ';
      members(*inner, indent + kIndent, true);
    } else {
      out_ += " " + flow(item) + "\n";
    }
  }

  // A value on one line, as it stands in brackets.
  static std::string flow(const Value& value) {
    if (const auto* text = std::get_if<Value::Text>(&value.data())) return flow_text(*text);
    if (const auto* number = std::get_if<long long>(&value.data())) return std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&value.data())) return *truth ? "true" : "false";
    std::vector<std::string> parts;
    if (const auto* list = std::get_if<std::vector<Value>>(&value.data())) {
      for (const Value& item : *list)
        parts.push_back(is_not_written(item) ? "null" : flow(item));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    }
    for (const auto& [key, inner] : std::get<Members>(value.data())) {
      parts.push_back(fmt::format("{}: {}", flow_text({key, Quotes::as_needed}), flow(inner)));
    }
    return fmt::format("{{{}}}", fmt::join(parts, ", "));
  }

 private:
  void items(const std::vector<Value>& list, std::size_t indent) {
    for (const Value& one : list) {
      out_.append(indent, ' ').append("-");
      item(one, indent);
    }
  }

  void block_or_line(const Value::Text& value, std::size_t indent, std::size_t column) {
    const std::string line = scalar_text(value);
    if (line.empty()) {
      out_ += '\n';
      return;
    }
    const bool fits = column + display_width(line) <= kLineWidth;
    const bool quoted = value.quotes != Quotes::as_needed;
    if (!quoted && can_keep_lines(value.text)) {
      kept_block(value.text, indent + kIndent);
    } else if (!fits && !quoted && can_fold(value.text)) {
      out_ += " >-\n";
      folded_block(value.text, indent + kIndent);
    } else {
      out_ += " " + line + "\n";
    }
  }

  // Each line as many words as fit it; a word that does not stands alone.
  void folded_block(std::string_view text, std::size_t indent) {
    const std::size_t width = kLineWidth - std::min(indent, kLineWidth - 20);
    std::size_t used = 0;
    while (!text.empty()) {
      const std::string_view word = text.substr(0, text.find(' '));
      const std::size_t columns = display_width(word);
      const bool fits = used > 0 && used + 1 + columns <= width;
      if (used > 0) out_ += fits ? ' ' : '\n';
      if (!fits) out_.append(indent, ' ');
      out_ += word;
      used = (fits ? used + 1 : 0) + columns;
      text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    out_ += '\n';
  }

  void kept_block(std::string_view text, std::size_t indent) {
    out_ += text.ends_with('\n') ? " |\n" : " |-\n";
    if (text.ends_with('\n')) text.remove_suffix(1);
    while (true) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) out_.append(indent, ' ').append(text.substr(0, end));
      out_ += '\n';
      if (end == text.size()) return;
      text.remove_prefix(end + 1);
    }
  }

  // A list or mapping of scalars in brackets; nothing for what is deeper.
  static std::optional<std::string> on_one_line(const Value& value) {
    const auto is_scalar = [](const Value& v) {
      return !std::holds_alternative<std::vector<Value>>(v.data()) &&
             !std::holds_alternative<Members>(v.data());
    };
    if (const auto* list = std::get_if<std::vector<Value>>(&value.data())) {
      if (!std::all_of(list->begin(), list->end(), is_scalar)) return std::nullopt;
      if (std::any_of(list->begin(), list->end(), is_not_written)) return std::nullopt;
    } else if (const auto* members = std::get_if<Members>(&value.data())) {
      const auto simple = [&](const auto& member) { return is_scalar(member.second); };
      if (!std::all_of(members->begin(), members->end(), simple)) return std::nullopt;
    }
    return flow(value);
  }

  std::string out_;
};

std::string without_break(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Value::Value(std::string text) : data_(Text{std::move(text), Quotes::as_needed}) {}
Value::Value(const char* text) : Value(std::string(text)) {}
Value::Value(long long number) : data_(number) {}
Value::Value(bool truth) : data_(truth) {}
Value::Value(std::vector<Value> items) : data_(std::move(items)) {}
Value::Value(Members members) : data_(std::move(members)) {}
Value::Value(Text text) : data_(std::move(text)) {}

Value Value::quoted(std::string text) { return Value(Text{std::move(text), Quotes::always}); }
Value Value::plain(std::string text) { return Value(Text{std::move(text), Quotes::never}); }

std::string emit_key(const std::string& key) { return scalar_text({key, Quotes::as_needed}); }

std::string emit_behind_key(const std::string& key, const Value& value, std::size_t indent) {
  Writer writer;
  writer.member_value(value, indent, indent + key.size() + 2);
  return without_break(std::move(writer).take());
}

std::string emit_behind_dash(const Value& value, std::size_t indent) {
  Writer writer;
  writer.item(value, indent);
  return without_break(std::move(writer).take());
}

std::string emit_in_brackets(const Value& value) { return Writer::flow(value); }

std::string emit_quoted(const std::string& text, char quote) {
  return quote == '"' || needs_escapes(text) ? double_quoted(text) : single_quoted(text);
}

std::string emit(const Members& members) {
  if (members.empty()) return "{}\n";
  Writer writer;
  writer.members(members, 0, false);
  return std::move(writer).take();
}

}  // namespace paperclub::yaml
