#include "lib/yaml/fault.hpp"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <optional>

#include "lib/base/text.hpp"
#include "lib/yaml/outline.hpp"

namespace paperclub::yaml {
namespace {

// What a message of yaml-cpp means to a person who does not know its parser.
struct Translation {
  std::string_view theirs;  // how their message begins
  Rule rule;
  std::string_view ours;
  std::string_view hint;
  char mark = '\0';  // the character it is about, at the place told or before it
};

constexpr Rule kSyntax = Rule::yaml_syntax;
constexpr Rule kUnsupported = Rule::unsupported_yaml;
constexpr std::string_view kEscapeHint = "write \\\\ for a backslash, or use single quotes";
constexpr std::string_view kAlias = "an alias (*)";
constexpr std::string_view kAliasHint = "put the text in quotes if it begins with an asterisk";
constexpr std::string_view kAnchor = "an anchor (&)";
constexpr std::string_view kAnchorHint = "put the text in quotes if it begins with an ampersand";
constexpr std::string_view kTag = "a tag (!)";
constexpr std::string_view kTagHint = "leave it out, or put the text in quotes";

constexpr Translation kTranslations[] = {
    {"illegal map value", kSyntax, "a colon where no key can stand",
     "put the text in quotes if it holds ': '; else check the indentation, and the blank behind "
     "the colon above"},
    {"illegal map key", kSyntax, "a key where none can stand", "check the indentation"},
    {"illegal block entry", kSyntax, "a list item where none can stand", "check the indentation"},
    {"illegal flow end", kSyntax, "a closing bracket without its opening one",
     "put the text in quotes"},
    {"unknown escape character", kSyntax, "an unknown escape in a text in double quotes",
     kEscapeHint, '\\'},
    {"bad character found while scanning hex", kSyntax, "an escape that lacks hexadecimal digits",
     kEscapeHint, '\\'},
    {"invalid unicode", kSyntax, "an escape that is no character", "write the character itself",
     '\\'},
    {"unknown token", kSyntax, "a character that no plain text may begin with",
     "put the text in quotes"},
    {"the referenced anchor is not defined", kUnsupported, kAlias, kAliasHint, '*'},
    {"alias not found after", kUnsupported, kAlias, kAliasHint, '*'},
    {"illegal character found while scanning alias", kUnsupported, kAlias, kAliasHint, '*'},
    {"anchor not found after", kUnsupported, kAnchor, kAnchorHint, '&'},
    {"illegal character found while scanning anchor", kUnsupported, kAnchor, kAnchorHint, '&'},
    {"cannot assign multiple anchors", kUnsupported, kAnchor, kAnchorHint, '&'},
    {"cannot assign multiple tags", kUnsupported, kTag, kTagHint, '!'},
    {"tag handle with no suffix", kUnsupported, kTag, kTagHint, '!'},
    {"end of verbatim tag not found", kUnsupported, kTag, kTagHint, '!'},
    {"illegal character found while scanning tag", kUnsupported, kTag, kTagHint, '!'},
    {"unexpected character in block scalar", kSyntax, "more text behind '|' or '>'",
     "begin the text on the next line"},
    {"cannot set zero indentation", kSyntax, "an indentation of 0 behind '|' or '>'",
     "leave the 0 out"},
    {"bad YAML version", kUnsupported, "a directive (%)", "leave it out"},
    {"YAML major version too large", kUnsupported, "a directive (%)", "leave it out"},
    {"YAML directives must", kUnsupported, "a directive (%)", "leave it out"},
    {"TAG directives must", kUnsupported, "a directive (%)", "leave it out"},
    {"repeated", kUnsupported, "a directive (%)", "leave it out"},
};

// Whether the faults that these messages stand for may come from a quote or bracket left open.
bool may_be_open(std::string_view theirs) {
  return theirs.starts_with("illegal document indicator in scalar") ||
         theirs.starts_with("illegal EOF in scalar") ||
         theirs.starts_with("end of map flow not found") ||
         theirs.starts_with("end of sequence flow not found");
}

bool begins_line(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ')
    --at;
  return at == 0 || text[at - 1] == '\n';
}

// The line above the colon at `at` where that line is a key that lacks its own: YAML takes both
// lines for one key.  Only at the margin, where no text can go on.
std::optional<Span> key_without_colon(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at == 0 ? 0 : at - 1);
  if (begin == text.npos || at == 0 || begin == 0) return std::nullopt;
  const std::string_view own = text.substr(begin + 1, at - begin - 1);
  const std::size_t newline = text.rfind('\n', begin - 1);
  const std::size_t above_begin = newline == text.npos ? 0 : newline + 1;
  std::string_view above = text.substr(above_begin, begin - above_begin);
  if (above.ends_with('\r')) above.remove_suffix(1);
  const bool keys = !own.empty() && own.find(':') == own.npos && own.front() != ' ';
  constexpr std::string_view kNoKey = " -#\"'[{|>\t";
  const bool lacks = !above.empty() && kNoKey.find(above.front()) == kNoKey.npos &&
                     above.find(": ") == above.npos && !above.ends_with(':');
  if (!keys || !lacks) return std::nullopt;
  return Span{above_begin, above_begin + above.size()};
}

// A list or mapping that ends where something else stands: what stands there decides the message.
Finding misplaced_finding(const Source& source, std::size_t at, std::string_view theirs) {
  const std::string& text = source.text();
  const Span span{at, at + 1};
  if (theirs.find("flow") != theirs.npos) {
    return source.finding(kSyntax, span, "a value where a comma or the closing bracket must stand",
                          "put a comma between the values, or the whole text in quotes");
  }
  if (!begins_line(text, at)) {
    return source.finding(kSyntax, span, "text behind the end of a quote or bracket",
                          "write a quote inside of single quotes twice (''); put a text that "
                          "begins with [ in quotes");
  }
  if (theirs.starts_with("end of sequence")) {
    return source.finding(kSyntax, span, "a line that is no item of the list above",
                          "begin it with '- ', or indent it less");
  }
  return source.finding(kSyntax, span, "a line that does not go with the keys above",
                        "write 'key: value', or check the indentation");
}

}  // namespace

Finding open_finding(const Source& source, std::size_t at) {
  const char mark = source.text()[at];
  const Span span{at, at + 1};
  if (mark == '[') {
    return source.finding(kSyntax, span, "a bracket '[' that is never closed", "close it with ']'");
  }
  if (mark == '{') {
    return source.finding(kSyntax, span, "a brace '{' that is never closed", "close it with '}'");
  }
  return source.finding(kSyntax, span, "a quote that is never closed", "add the closing quote");
}

Finding no_colon_finding(const Source& source, Span span) {
  const std::string& text = source.text();
  const std::size_t colon = text.find(':', span.begin);
  const bool is_of_link = text.compare(colon == text.npos ? 0 : colon, 3, "://") == 0 &&
                          text.find(' ', span.begin) < colon;
  if (colon < span.end && !is_of_link)
    return source.finding(kSyntax, {colon, colon + 1}, "a colon without a blank behind it",
                          "write 'key: value'");
  return source.finding(kSyntax, span, "a line without a colon",
                        "write 'key: value', or indent the line if it belongs to the text above");
}

Finding fault_finding(const Source& source, std::size_t base, const YAML::Exception& error) {
  const std::string& text = source.text();
  const std::string_view theirs = error.msg;
  if (may_be_open(theirs)) {
    if (const auto open = find_open_mark(std::string_view(text).substr(base))) {
      return open_finding(source, base + *open);
    }
  }
  const auto position = error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.pos);
  std::size_t at = std::min(base + position, text.size());
  const bool in_brackets =
      theirs.starts_with("unknown token") || theirs.find("flow") != theirs.npos;
  if (in_brackets && at < text.size() && text[at] == '?') {
    return source.finding(kSyntax, {at, at + 1}, "a question mark inside of brackets",
                          "put the text in quotes");
  }
  if (theirs.starts_with("end of ") && theirs.find("tag") == theirs.npos) {
    return misplaced_finding(source, at, theirs);
  }
  const auto above =
      theirs.starts_with("illegal map value") ? key_without_colon(text, at) : std::nullopt;
  if (above) return no_colon_finding(source, *above);
  for (const Translation& known : kTranslations) {
    if (!theirs.starts_with(known.theirs)) continue;
    if (known.mark != '\0') at = std::min(text.rfind(known.mark, at), at);
    return source.finding(known.rule, {at, at + 1}, std::string(known.ours),
                          std::string(known.hint));
  }
  return source.finding(kSyntax, {at, at + 1},
                        fmt::format("the text is not YAML here ({})", escape(theirs)),
                        "put the text in quotes");
}

}  // namespace paperclub::yaml
