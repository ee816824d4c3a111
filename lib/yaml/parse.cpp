#include "lib/yaml/parse.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/yaml/bytes.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/spans.hpp"

namespace paperclub::yaml {
namespace {

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
    if (++documents_ > 1)
      stop(at(mark), "a second document",
           "keep one record in a file; remove a line '---' at its end");
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
    refuse_key(at(mark), "an empty key");
    const auto key = builder_.last_child();
    const std::size_t after = key ? key->end : base_;
    if (const std::size_t length = written_null(at(mark)); length > 0) {
      return add(text().substr(at(mark), length), ScalarStyle::plain,
                 {at(mark), at(mark) + length});
    }
    const std::size_t place = place_of_empty(text(), after, at(mark));
    add({}, ScalarStyle::plain, {place, place});
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    const std::size_t begin = at(mark);
    refuse_tag(begin, tag);
    const ScalarStyle style = style_at(begin, tag);
    const Span span{begin, end_of(begin, style, value)};
    if (style == ScalarStyle::quoted) check_escapes(span, value);
    if (builder_.expects_key()) check_key(span, style, value);
    add(value, style, span);
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
  std::size_t last_end() const { return last_end_; }
  std::size_t base() const { return base_; }
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
  [[noreturn]] void stop_too_large(std::size_t at, std::string message) const {
    throw Stop{source().finding(Rule::too_large, {at, at + 1}, std::move(message))};
  }

  void refuse_key(std::size_t at, std::string_view what) const {
    if (builder_.expects_key()) {
      stop(at, std::string(what), "a key is a word before a colon");
    }
  }

  // The length of `null` or `~` at `at`, if that is a value behind its colon, dash or bracket and
  // not the beginning of the next line's key.
  std::size_t written_null(std::size_t at) const {
    const std::string_view rest = std::string_view(text()).substr(at);
    std::size_t before = at;
    while (before > 0 && text()[before - 1] == ' ')
      --before;
    if (before == 0 || text()[before - 1] == '\n') return 0;
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      const std::string_view next = rest.substr(std::min(word.size(), rest.size()), 1);
      const bool ends = next.empty() || next.find_first_of(" \r\n,]}") == 0;
      if (rest.starts_with(word) && ends) return word.size();
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

  void check_escapes(Span span, const std::string& value) {
    if (byte(span.begin) != '"') return;
    if (auto finding = check_value(source(), span, value)) findings_.push_back(std::move(*finding));
  }

  void check_key(Span span, ScalarStyle style, const std::string& value) {
    if (style == ScalarStyle::plain && value == "<<") {
      stop(span.begin, "a merge key (<<)", "write the keys out");
    }
    const auto first = builder_.find_key(value);
    if (!first) return;
    findings_.push_back(
        source().finding(Rule::duplicate_key, span,
                         fmt::format("key {} stands here a second time, first on line {}",
                                     quote(value), source().line_of(first->begin)),
                         "keep one of the two"));
  }

  void add(std::string value, ScalarStyle style, Span span) {
    if (builder_.node_count() >= kMaxNodes) {
      stop_too_large(span.begin, "more than 20000 values");
    }
    last_end_ = span.end;
    builder_.add_scalar(std::move(value), style, span);
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag) {
    const std::size_t begin = at(mark);
    refuse_tag(begin, tag);
    refuse_key(begin, "a list or mapping as a key");
    if (builder_.depth() >= kMaxDepth) {
      stop_too_large(begin, "lists and mappings more than 16 levels deep");
    }
    builder_.open(kind, begin);
  }

  void close(char bracket) {
    const std::size_t begin = builder_.open_begin();
    const auto child = builder_.last_child();
    std::size_t end = child ? child->end : begin + 1;
    const bool flow = byte(begin) == (bracket == ']' ? '[' : '{');
    if (flow) end = end_of_flow(text(), end);
    last_end_ = end;
    builder_.close(end);
  }

  DocumentBuilder builder_;
  std::size_t base_;
  std::size_t last_end_ = 0;
  std::size_t documents_ = 0;
  std::vector<Finding> findings_;
};

// What a message of yaml-cpp means to a person who does not know its parser.
struct Translation {
  std::string_view theirs;  // how their message begins
  std::string_view ours;
  std::string_view hint;
};

constexpr Translation kTranslations[] = {
    {"illegal map value", "a colon where no key can stand",
     "put the text in quotes if it holds ': '; else check the indentation, and the blank behind "
     "the colon above"},
    {"illegal map key", "a key where none can stand", "check the indentation"},
    {"illegal block entry", "a list item where none can stand", "check the indentation"},
    {"illegal flow end", "a closing bracket without its opening one", "put the text in quotes"},
    {"end of map flow not found", "a brace '{' that is never closed", "close it with '}'"},
    {"end of sequence flow not found", "a bracket '[' that is never closed", "close it with ']'"},
    {"end of map not found", "text behind the end of a quote or bracket",
     "write a quote inside of single quotes twice (''); put a text that begins with [ in quotes"},
    {"end of sequence not found", "a line that is no item of the list above",
     "begin it with '- ', or indent it less"},
    {"unknown escape character", "an unknown escape in a text in double quotes",
     "write \\\\ for a backslash, or use single quotes"},
    {"bad character found while scanning hex", "an escape that lacks hexadecimal digits",
     "write \\\\ for a backslash, or use single quotes"},
    {"invalid unicode", "an escape that is no character", "write the character itself"},
    {"unknown token", "a character that no plain text may begin with", "put the text in quotes"},
    {"the referenced anchor is not defined", "an alias (*)",
     "put the text in quotes if it begins with an asterisk"},
    {"alias not found after", "an alias (*)",
     "put the text in quotes if it begins with an asterisk"},
    {"anchor not found after", "an anchor (&)",
     "put the text in quotes if it begins with an ampersand"},
    {"unexpected character in block scalar", "more text behind '|' or '>'",
     "begin the text on the next line"},
    {"cannot assign multiple", "two anchors or tags on one value", "leave them out"},
    {"bad YAML version", "a directive (%)", "leave it out"},
};

bool is_open_quote(const std::string& theirs) {
  return theirs.starts_with("illegal document indicator in scalar") ||
         theirs.starts_with("illegal EOF in scalar");
}

Finding syntax_finding(const Handler& handler, const YAML::Exception& error) {
  const Source& source = handler.source();
  const std::string& text = source.text();
  if (is_open_quote(error.msg)) {
    const std::size_t quote_at = text.find_first_of("\"'", handler.last_end());
    if (quote_at != text.npos) {
      return source.finding(Rule::yaml_syntax, {quote_at, quote_at + 1},
                            "a quote that is never closed", "add the closing quote");
    }
  }
  const auto position = error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.pos);
  std::size_t at = std::min(handler.base() + position, text.size());
  // The mark stands behind a faulty escape, sometimes on the next line.
  const bool in_escape = error.msg.starts_with("unknown escape") ||
                         error.msg.starts_with("invalid unicode") ||
                         error.msg.starts_with("bad character found while scanning hex");
  if (in_escape) at = std::min(text.rfind('\\', at), at);
  for (const Translation& known : kTranslations) {
    if (error.msg.starts_with(known.theirs)) {
      return source.finding(Rule::yaml_syntax, {at, at + 1}, std::string(known.ours),
                            std::string(known.hint));
    }
  }
  return source.finding(Rule::yaml_syntax, {at, at + 1},
                        fmt::format("the text is not YAML here ({})", escape(error.msg)));
}

// A line that begins with % in front of the document.
std::optional<Finding> find_directive(const Source& source, std::size_t base) {
  const std::string& text = source.text();
  for (std::size_t line = base; line < text.size();) {
    const char first = text[line];
    if (first == '%') {
      return source.finding(Rule::unsupported_yaml, {line, line + 1}, "a directive (%)",
                            "leave it out");
    }
    if (first != '#' && first != '\n' && first != '\r') return std::nullopt;
    const std::size_t end = text.find('\n', line);
    line = end == text.npos ? text.size() : end + 1;
  }
  return std::nullopt;
}

// Runs the parser; the findings that stopped it go to the handler's.
bool run_parser(Handler& handler, std::string_view text) {
  // The end marker makes a quote that is left open an error instead of a value.
  std::istringstream input(std::string(text).append("\n...\n"));
  try {
    YAML::Parser parser(input);
    while (parser.HandleNextDocument(handler)) {
    }
    return true;
  } catch (const Stop& stopped) {
    handler.findings().push_back(stopped.finding);
  } catch (const YAML::Exception& error) {
    handler.findings().push_back(syntax_finding(handler, error));
  }
  return false;
}

// Many findings in one file say no more than the first ones.
void limit_findings(const Source& source, std::vector<Finding>& findings) {
  if (findings.size() <= kMaxFindings) return;
  findings.resize(kMaxFindings);
  findings.push_back(source.finding(Rule::too_large, {0, 0}, "more than 500 findings in one file",
                                    "mend these first"));
}

Finding root_finding(const Source& source, Span span) {
  return source.finding(Rule::wrong_type, span, "a record is a mapping of keys to values",
                        "write lines of the form 'key: value'");
}

}  // namespace

ParseResult parse(std::string file, std::string bytes) {
  auto source = std::make_unique<const Source>(std::move(file), std::move(bytes));
  if (auto findings = check_bytes(*source); !findings.empty()) return {{}, std::move(findings)};
  const std::size_t base = byte_order_mark(source->text());
  if (auto directive = find_directive(*source, base)) return {{}, {std::move(*directive)}};
  const std::string_view text = std::string_view(source->text()).substr(base);
  Handler handler(std::move(source), base);
  const bool complete = run_parser(handler, text);
  std::vector<Finding> findings = std::move(handler.findings());
  limit_findings(handler.source(), findings);
  if (!complete) return {{}, std::move(findings)};
  if (!handler.has_document()) return {{}, {root_finding(handler.source(), {base, base})}};
  Document document = std::move(handler).finish();
  const Node root = document.root();
  if (root.kind() != NodeKind::mapping) {
    findings.push_back(root_finding(document.source(), root.span()));
    return {{}, std::move(findings)};
  }
  return {std::move(document), std::move(findings)};
}

}  // namespace paperclub::yaml
