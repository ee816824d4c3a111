#include "lib/yaml/splice.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "lib/yaml/scalar.hpp"
#include "lib/yaml/spans.hpp"

namespace paperclub::yaml {
namespace {

bool is_flow(const Document& document, const Node& node) {
  const std::string& text = document.source().text();
  const std::size_t begin = node.span().begin;
  return begin < text.size() && (text[begin] == '{' || text[begin] == '[');
}

// One text and the places in it.
class Editor {
 public:
  Editor(const Document& document, const std::vector<std::string>& order)
      : document_(document), text_(document.source().text()), order_(order) {}

  std::optional<Splice> splice(const Edit& edit) const {
    Path path = edit.path;
    const std::string last = path.back();
    path.pop_back();
    // As far as the way is there; the rest is made.
    Node holder = document_.root();
    std::size_t depth = 0;
    while (depth < path.size()) {
      const auto next = child(holder, path[depth]);
      if (!next || is_nothing(*next)) break;
      holder = *next;
      ++depth;
    }
    if (depth < path.size())
      return edit.kind == Edit::Kind::remove ? std::nullopt : make_way(edit, holder, depth);
    const auto old = child(holder, last);
    switch (edit.kind) {
      case Edit::Kind::remove:
        return old ? std::optional(take_away(edit.path, holder)) : std::nullopt;
      case Edit::Kind::set:
        return old ? replace(holder, last, edit.value) : add(holder, last, edit.value);
      case Edit::Kind::append: break;
    }
    const std::vector<Value> list{edit.value};
    if (!old) return add(holder, last, list);
    return is_nothing(*old) ? replace(holder, last, list) : append(*old, edit.value);
  }

 private:
  static bool is_nothing(const Node& node) {
    return node.kind() == NodeKind::scalar && core_type(node) == ScalarType::null;
  }

  static std::optional<std::size_t> index_of(const Node& node, std::string_view step) {
    if (node.kind() == NodeKind::sequence) {
      const auto index = integer_value(step);
      const bool inside = index && *index >= 0 && static_cast<std::size_t>(*index) < node.size();
      return inside ? std::optional(static_cast<std::size_t>(*index)) : std::nullopt;
    }
    for (std::size_t i = 0; node.kind() == NodeKind::mapping && i < node.size(); ++i) {
      if (node.key(i).text() == step) return i;
    }
    return std::nullopt;
  }

  static std::optional<Node> child(const Node& node, std::string_view step) {
    const auto index = index_of(node, step);
    if (!index) return std::nullopt;
    return node.kind() == NodeKind::mapping ? node.value(*index) : node.item(*index);
  }

  // The edit where the mappings on the way are not there yet.
  std::optional<Splice> make_way(const Edit& edit, const Node& holder, std::size_t depth) const {
    Value value =
        edit.kind == Edit::Kind::append ? Value(std::vector<Value>{edit.value}) : edit.value;
    for (std::size_t i = edit.path.size() - 1; i > depth; --i)
      value = Value(Members{{edit.path[i], std::move(value)}});
    const std::string& key = edit.path[depth];
    return child(holder, key) ? replace(holder, key, value) : add(holder, key, value);
  }

  // --- places ------------------------------------------------------------------------------------

  std::size_t line_start(std::size_t at) const {
    const std::size_t newline = at == 0 ? text_.npos : text_.rfind('\n', at - 1);
    const std::size_t begin = newline == text_.npos ? 0 : newline + 1;
    return std::max(begin, text_.starts_with("\xEF\xBB\xBF") ? std::size_t{3} : begin);
  }
  std::size_t column(std::size_t at) const { return at - line_start(at); }
  // Behind the line that holds `at`, with its line break.
  std::size_t next_line(std::size_t at) const {
    const std::size_t newline = text_.find('\n', at);
    return newline == text_.npos ? text_.size() : newline + 1;
  }
  std::size_t line_end(std::size_t at) const {
    std::size_t end = std::min(text_.find('\n', at), text_.size());
    if (end > at && text_[end - 1] == '\r') --end;
    return end;
  }
  bool begins_line(std::size_t at) const {
    return text_.find_first_not_of(' ', line_start(at)) >= at;
  }
  // Whether the value is written on one line, without a line above it that belongs to it.
  bool is_short(const Node& node) const {
    const Span span = node.span();
    const bool one_line = text_.substr(span.begin, span.end - span.begin).find('\n') == text_.npos;
    const bool block = node.kind() != NodeKind::scalar && !is_flow(document_, node);
    return one_line && !block && node.style() != ScalarStyle::block;
  }

  // Behind the last line of `node`; blank lines belong to a block that keeps them.
  std::size_t behind_lines(const Node& node) const {
    std::size_t at = next_line(node.span().end);
    Node leaf = node;
    while (leaf.kind() != NodeKind::scalar && leaf.size() > 0)
      leaf = leaf.kind() == NodeKind::mapping ? leaf.value(leaf.size() - 1)
                                              : leaf.item(leaf.size() - 1);
    const bool keeps = leaf.style() == ScalarStyle::block && keeps_breaks(text_, leaf.span().begin);
    while (keeps && at < text_.size() &&
           line_end(at) == std::min(text_.find_first_not_of(' ', at), text_.size()))
      at = next_line(at);
    return at;
  }

  // --- the value of a key or item ----------------------------------------------------------------

  // `text` written as the old value was: in the same quotes.
  std::string written_like(const Node& old, const Value& value, bool in_brackets) const {
    const auto* text = std::get_if<Value::Text>(&value.data());
    const bool quoted = text != nullptr && old.style() == ScalarStyle::quoted &&
                        text->quotes != Value::Text::Quotes::never;
    if (quoted) return emit_quoted(text->text, text_[old.span().begin]);
    if (in_brackets) return emit_in_brackets(value);
    return {};
  }

  std::optional<Splice> replace(const Node& holder, const std::string& step,
                                const Value& value) const {
    const std::size_t index = *index_of(holder, step);
    if (holder.kind() == NodeKind::sequence) return replace_item(holder, index, value);
    const Node key = holder.key(index);
    const Node old = holder.value(index);
    if (in_brackets(holder)) return replace_in_brackets(key, old, value);
    const std::string like = written_like(old, value, false);
    std::string behind =
        like.empty() ? emit_behind_key(step, value, column(key.span().begin)) : " " + like;
    if (is_short(old) && behind.find('\n') == std::string::npos) {
      if (old.is_empty()) return Splice{old.span(), behind};
      return Splice{old.span(), behind.substr(std::min<std::size_t>(1, behind.size()))};
    }
    const std::size_t colon = text_.find(':', key.span().end);
    if (colon == text_.npos) return std::nullopt;
    Splice splice{{colon + 1, old.span().end}, std::move(behind)};
    return old.style() == ScalarStyle::block ? with_header_comment(std::move(splice))
                                             : with_comment(std::move(splice));
  }

  // A comment behind the old value stays on the first line of the new one.
  Splice with_comment(Splice splice) const {
    const std::size_t end = line_end(splice.span.end);
    const std::size_t first = splice.text.find('\n');
    if (first == std::string::npos) return splice;
    splice.text.insert(first, text_.substr(splice.span.end, end - splice.span.end));
    splice.span.end = end;
    return splice;
  }

  // A comment behind the `|` of the old value stays behind the key.
  Splice with_header_comment(Splice splice) const {
    const std::string_view header = std::string_view(text_).substr(
        splice.span.begin, line_end(splice.span.begin) - splice.span.begin);
    const std::size_t hash = header.find(" #");
    if (hash == header.npos) return splice;
    const std::size_t blank = header.find_last_not_of(" \t", hash) + 1;
    const std::size_t first = std::min(splice.text.find('\n'), splice.text.size());
    splice.text.insert(first, std::string(header.substr(blank)));
    return splice;
  }

  bool in_brackets(const Node& holder) const {
    return is_flow(document_, holder) || brackets_around(holder);
  }

  // A pair in a list (`[a: 1]`) has no brackets of its own.
  bool brackets_around(const Node& holder) const {
    return holder.kind() == NodeKind::mapping && holder.size() == 1 &&
           !begins_line(holder.span().begin) &&
           text_[text_.find_last_not_of(" \r\n", holder.span().begin - 1)] != '-';
  }

  Splice replace_in_brackets(const Node& key, const Node& old, const Value& value) const {
    const std::string text = written_like(old, value, true);
    if (!old.is_empty()) return {old.span(), text};
    const bool has_colon = old.span().begin > key.span().end;
    return {old.span(), (has_colon ? " " : ": ") + text};
  }

  std::optional<Splice> replace_item(const Node& list, std::size_t index,
                                     const Value& value) const {
    const Node old = list.item(index);
    if (is_flow(document_, list)) return Splice{old.span(), written_like(old, value, true)};
    const std::size_t dash = dash_of(list, index);
    const std::string like = written_like(old, value, false);
    const std::string behind = like.empty() ? emit_behind_dash(value, column(dash)) : " " + like;
    if (is_short(old) && !old.is_empty() && behind.size() > 1 &&
        behind.find('\n') == std::string::npos)
      return Splice{old.span(), behind.substr(1)};
    return with_comment({{dash + 1, std::max(dash + 1, old.span().end)}, behind});
  }

  // --- adding ------------------------------------------------------------------------------------

  std::optional<Splice> add(const Node& mapping, const std::string& key, const Value& value) const {
    if (mapping.kind() != NodeKind::mapping) return std::nullopt;
    const bool is_root = mapping.span().begin == document_.root().span().begin;
    if (is_root && mapping.size() == 0)
      return Splice{mapping.span(), emit_key(key) + ":" + emit_behind_key(key, value, 0)};
    if (in_brackets(mapping)) {
      const std::string pair = emit_in_brackets(Members{{key, value}});
      return add_in_brackets(mapping, pair.substr(1, pair.size() - 2));
    }
    const std::size_t indent = column(mapping.key(0).span().begin);
    std::string line =
        std::string(indent, ' ') + emit_key(key) + ":" + emit_behind_key(key, value, indent);
    const auto before = key_before(mapping, key);
    if (!before)
      return Splice{{line_start(mapping.span().begin), line_start(mapping.span().begin)},
                    line + "\n"};
    return add_lines(behind_lines(mapping.value(*before)), line);
  }

  // Whole lines at `at`, where a line begins or the text ends.
  Splice add_lines(std::size_t at, const std::string& lines) const {
    const bool open_end = at == text_.size() && !text_.ends_with('\n');
    return {{at, at}, open_end ? "\n" + lines : lines + "\n"};
  }

  // The place of the key behind which a new one stands: the nearest before it in the order of the
  // root, or the last one; nothing where it comes first.
  std::optional<std::size_t> key_before(const Node& mapping, const std::string& key) const {
    const auto rank = [this](const std::string& name) {
      return std::find(order_.begin(), order_.end(), name) - order_.begin();
    };
    const bool is_root = mapping.span().begin == document_.root().span().begin;
    if (!is_root || rank(key) == static_cast<std::ptrdiff_t>(order_.size()))
      return mapping.size() - 1;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < mapping.size(); ++i) {
      const auto here = rank(mapping.key(i).text());
      if (here < rank(key) && (!best || here >= rank(mapping.key(*best).text()))) best = i;
    }
    return best;
  }

  std::optional<Splice> append(const Node& list, const Value& value) const {
    if (list.kind() != NodeKind::sequence) return std::nullopt;
    if (is_flow(document_, list)) return add_in_brackets(list, emit_in_brackets(value));
    const std::size_t indent = column(list.span().begin);
    const Node last = list.item(list.size() - 1);
    return add_lines(behind_lines(last),
                     std::string(indent, ' ') + "-" + emit_behind_dash(value, indent));
  }

  std::optional<Splice> add_in_brackets(const Node& holder, const std::string& text) const {
    if (!is_flow(document_, holder)) return std::nullopt;
    const std::size_t count = holder.size();
    if (count == 0) return Splice{{holder.span().begin + 1, holder.span().begin + 1}, text};
    const bool mapping = holder.kind() == NodeKind::mapping;
    const std::size_t end = (mapping ? holder.value(count - 1) : holder.item(count - 1)).span().end;
    return Splice{{end, end}, ", " + text};
  }

  // --- taking away -------------------------------------------------------------------------------

  Splice take_away(const Path& path, const Node& holder) const {
    const std::size_t index = *index_of(holder, path.back());
    if (holder.size() == 1) return empty(path, holder);
    const bool mapping = holder.kind() == NodeKind::mapping;
    const auto begin_of = [&](std::size_t i) {
      return mapping                      ? holder.key(i).span().begin
             : is_flow(document_, holder) ? holder.item(i).span().begin
                                          : dash_of(holder, i);
    };
    const auto node_at = [&](std::size_t i) { return mapping ? holder.value(i) : holder.item(i); };
    const std::size_t begin = begin_of(index);
    if (in_brackets(holder)) {
      const std::size_t end = std::max(begin, node_at(index).span().end);
      const std::size_t comma = skip_trivia(text_, end);
      if (comma < text_.size() && text_[comma] == ',') return with_comma_behind(begin, comma);
      const std::size_t last = std::max(begin_of(index - 1), node_at(index - 1).span().end);
      return with_comma_before(text_.find(',', skip_trivia(text_, last)), {begin, end});
    }
    if (begins_line(begin)) return lines_away(line_start(begin), behind_lines(node_at(index)));
    // The first key behind a dash: the next one takes its place, below its comment where it has
    // one.
    const std::size_t behind = behind_lines(node_at(index));
    const std::size_t next = begin_of(index + 1);
    if (text_.find('#', behind) >= next) return {{begin, next}, ""};
    return {{blanks_before(begin), break_before(behind)}, ""};
  }

  // An item in brackets with the comma behind it: its line where it has one, else what is between
  // it and the next one.
  Splice with_comma_behind(std::size_t begin, std::size_t comma) const {
    const std::size_t next = text_.find_first_not_of(" \t", comma + 1);
    const bool ends_line = next >= line_end(comma) || text_[next] == '#';
    if (!ends_line) return {{begin, next}, ""};
    if (!begins_line(begin)) return {{blanks_before(begin), comma + 1}, ""};
    return {{line_start(begin), next_line(comma)}, ""};
  }

  // The last item in brackets with the comma before it; what stands behind that comma is about
  // another one, and stays.
  Splice with_comma_before(std::size_t comma, const Span& item) const {
    if (!begins_line(item.begin)) return {{comma, item.end}, ""};
    const std::size_t behind = text_.find_first_not_of(" \t\r", item.end);
    const bool ends_line = behind >= line_end(item.end) || text_[behind] == '#';
    if (!ends_line) return {{comma, item.end}, text_.substr(comma + 1, item.begin - comma - 1)};
    const std::size_t line = break_before(line_start(item.begin));
    return {{comma, line_end(item.end)}, text_.substr(comma + 1, line - comma - 1)};
  }

  // Where the line break before `line`, the beginning of one, begins.
  std::size_t break_before(std::size_t line) const {
    return line - (text_.substr(0, line).ends_with("\r\n") ? 2 : 1);
  }

  // Where the blanks before `place` begin.
  std::size_t blanks_before(std::size_t place) const {
    while (place > 0 && (text_[place - 1] == ' ' || text_[place - 1] == '\t'))
      --place;
    return place;
  }

  // Whole lines, with the line break before them where they end the text without one.
  Splice lines_away(std::size_t begin, std::size_t end) const {
    const bool open_end = end == text_.size() && !text_.ends_with('\n');
    if (open_end && begin > 0) begin -= text_.substr(0, begin).ends_with("\r\n") ? 2 : 1;
    return {{begin, end}, ""};
  }

  // What holds nothing any more is written as an empty list or mapping, behind the colon or dash.
  Splice empty(const Path& path, const Node& holder) const {
    const std::string nothing = holder.kind() == NodeKind::mapping ? "{}" : "[]";
    const auto owner = behind_owner(path);
    if (is_flow(document_, holder) || !owner ||
        line_start(*owner) == line_start(holder.span().begin))
      return {holder.span(), nothing};
    const std::string comment = text_.substr(*owner, line_end(*owner) - *owner);
    return {{*owner, holder.span().end}, " " + nothing + comment};
  }

  // Behind the colon or dash of what holds the end of `path`; nothing for the root.
  std::optional<std::size_t> behind_owner(const Path& path) const {
    std::optional<std::size_t> place;
    Node node = document_.root();
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      const std::size_t index = *index_of(node, path[i]);
      const bool mapping = node.kind() == NodeKind::mapping;
      place = mapping                    ? text_.find(':', node.key(index).span().end) + 1
              : is_flow(document_, node) ? node.span().begin
                                         : dash_of(node, index) + 1;
      node = mapping ? node.value(index) : node.item(index);
    }
    return place;
  }

  // Where the dash of an item of a block list stands.
  std::size_t dash_of(const Node& list, std::size_t index) const {
    if (index == 0) return list.span().begin;
    return skip_trivia(text_, list.item(index - 1).span().end);
  }

  const Document& document_;
  const std::string& text_;
  const std::vector<std::string>& order_;
};

}  // namespace

std::optional<Splice> splice_for(const Document& document, const Edit& edit,
                                 const std::vector<std::string>& order) {
  return Editor(document, order).splice(edit);
}

}  // namespace paperclub::yaml
