#include "tests/unit/yaml/yaml_writer.hpp"

#include <fmt/format.h>

namespace paperclub::tests {

using yaml::NodeKind;
using yaml::ScalarStyle;

YamlWriter::YamlWriter(std::uint64_t seed)
    : random_(seed), eol_(random_.one_in(3) ? "\r\n" : "\n") {}

Written YamlWriter::write() {
  if (random_.one_in(4)) out_ += "\xEF\xBB\xBF";
  lines_between(0);
  if (random_.one_in(6)) out_ += "---" + eol_;
  Written root = random_.one_in(8) ? flow_mapping(1, 0) : block_mapping(0, 0);
  if (out_.back() != '\n') out_ += eol_;
  lines_between(0);
  if (random_.one_in(6)) out_ += "..." + eol_;
  return root;
}

Written YamlWriter::finish(Written node, std::size_t begin) const {
  node.span = {begin, out_.size()};
  return node;
}

// --- blocks ---

Written YamlWriter::block_mapping(std::size_t indent, std::size_t depth) {
  Written map{NodeKind::mapping, {}, {}, {out_.size(), 0}, {}};
  const std::size_t entries = 1 + random_.below(depth == 0 ? 8 : 3);
  for (std::size_t i = 0; i < entries; ++i) {
    if (i > 0) {
      lines_between(indent);
      out_.append(indent, ' ');
    }
    map.children.push_back(key(false));
    blanks(random_.one_in(8) ? 2 : 0);
    out_ += ':';
    map.children.push_back(block_value(indent, depth + 1, false));
  }
  map.span.end = map.children.back().span.end;
  return map;
}

Written YamlWriter::block_list(std::size_t indent, std::size_t depth) {
  Written list{NodeKind::sequence, {}, {}, {out_.size(), 0}, {}};
  const std::size_t entries = 1 + random_.below(4);
  for (std::size_t i = 0; i < entries; ++i) {
    if (i > 0) {
      lines_between(indent);
      out_.append(indent, ' ');
    }
    out_ += '-';
    list.children.push_back(block_value(indent, depth + 1, true));
  }
  list.span.end = list.children.back().span.end;
  return list;
}

// The value behind a colon or dash that stands in a block at `indent`, with the end of its line.
Written YamlWriter::block_value(std::size_t indent, std::size_t depth, bool in_list) {
  const std::size_t choice = random_.below(10);
  if (choice == 0) {
    Written value = empty();
    end_line(!in_list);
    return value;
  }
  if (choice < 4 && depth < 6) return nested_block(indent, depth, in_list);
  if (choice == 4) {
    out_ += ' ';
    return block_scalar(indent);
  }
  if (random_.one_in(8)) {
    end_line(true);
    out_.append(indent + 1 + random_.below(3), ' ');
  } else {
    out_.append(1 + random_.below(2), ' ');
  }
  const bool flow = choice < 7 && depth < 6;
  Written value = flow ? flow_value(indent + 1, depth) : line_scalar(indent + 1, false);
  end_line(true);
  return value;
}

Written YamlWriter::nested_block(std::size_t indent, std::size_t depth, bool in_list) {
  const bool list = random_.one_in(2);
  std::size_t inner = indent + 1 + random_.below(4);
  if (in_list && random_.one_in(2)) {
    // On the line of the dash.
    out_.append(inner - indent, ' ');
    ++inner;
  } else {
    end_line(true);
    if (list && !in_list && random_.one_in(3)) inner = indent;
    lines_between(inner);
    out_.append(inner, ' ');
  }
  return list ? block_list(inner, depth) : block_mapping(inner, depth);
}

// --- brackets ---

Written YamlWriter::flow_value(std::size_t indent, std::size_t depth) {
  if (depth > 6) return line_scalar(indent, true);
  switch (random_.below(4)) {
    case 0: return flow_mapping(indent, depth);
    case 1: return flow_list(indent, depth);
    default: return line_scalar(indent, true);
  }
}

Written YamlWriter::flow_mapping(std::size_t indent, std::size_t depth) {
  Written map{NodeKind::mapping, {}, {}, {}, {}};
  const std::size_t begin = out_.size();
  out_ += '{';
  for (std::size_t i = random_.below(4); i > 0; --i) {
    flow_gap(indent);
    map.children.push_back(key(true));
    out_ += ':';
    map.children.push_back(empty());
    if (!random_.one_in(5)) {
      out_ += ' ';
      flow_gap(indent);
      map.children.back() = flow_value(indent, depth + 1);
    }
    flow_gap(indent);
    if (i > 1 || random_.one_in(4)) out_ += ',';
  }
  flow_gap(indent);
  out_ += '}';
  return finish(std::move(map), begin);
}

Written YamlWriter::flow_list(std::size_t indent, std::size_t depth) {
  Written list{NodeKind::sequence, {}, {}, {}, {}};
  const std::size_t begin = out_.size();
  out_ += '[';
  for (std::size_t i = random_.below(4); i > 0; --i) {
    flow_gap(indent);
    list.children.push_back(flow_value(indent, depth + 1));
    flow_gap(indent);
    if (i > 1 || random_.one_in(4)) out_ += ',';
  }
  flow_gap(indent);
  out_ += ']';
  return finish(std::move(list), begin);
}

// --- scalars ---

std::string YamlWriter::word(bool in_flow) {
  static const std::vector<std::string> kWords = {
      "one", "two",        "a-b", "it's", "say\"hi\"", "x:y", "a#b", "1.10",
      "no",  "2001-01-01", "é",   "日本", "🎉",         "C++", "(a)", "https://example.org/a#b",
      "-x",  "a'",         "+y",  ":z",   "017",       "~a"};
  static const std::vector<std::string> kBlockWords = {"a,", "b]", "}c", "d[e", "f{", "?y", "a?b"};
  return random_.pick(!in_flow && random_.one_in(5) ? kBlockWords : kWords);
}

// Keys are numbered, so that none stands twice.
Written YamlWriter::key(bool in_flow) {
  static const std::vector<std::string> kQuotes = {"", "", "'", "\""};
  Written key;
  key.value = fmt::format("k{}{}", ++keys_, random_.one_in(3) ? " é" : "");
  const std::string quote = random_.pick(kQuotes);
  if (!quote.empty()) {
    key.value += in_flow ? ": ," : ": #";
    key.style = ScalarStyle::quoted;
  }
  const std::size_t begin = out_.size();
  out_ += quote + key.value + quote;
  return finish(std::move(key), begin);
}

Written YamlWriter::line_scalar(std::size_t indent, bool in_flow) {
  switch (random_.below(4)) {
    case 0: return single_quoted(indent);
    case 1: return double_quoted(indent);
    default: return plain(indent, in_flow);
  }
}

std::string YamlWriter::fold(std::size_t indent) {
  if (!random_.one_in(4)) {
    const std::string gap(1 + random_.below(3), ' ');
    out_ += gap;
    return gap;
  }
  blanks(2);
  const std::size_t blank_lines = random_.below(3);
  for (std::size_t i = 0; i <= blank_lines; ++i)
    out_ += eol_;
  out_.append(indent + random_.below(3), ' ');
  return blank_lines == 0 ? " " : std::string(blank_lines, '\n');
}

Written YamlWriter::plain(std::size_t indent, bool in_flow) {
  Written node;
  node.value = word(in_flow);
  while (node.value.find_first_of("-?:,]}") == 0)
    node.value = word(in_flow);
  const std::size_t begin = out_.size();
  out_ += node.value;
  for (std::size_t i = random_.below(5); i > 0; --i) {
    node.value += fold(indent);
    const std::string next = word(in_flow);
    node.value += next;
    out_ += next;
  }
  return finish(std::move(node), begin);
}

Written YamlWriter::single_quoted(std::size_t indent) {
  static const std::vector<std::pair<std::string, std::string>> kParts = {
      {"''", "'"}, {"# a", "# a"}, {": b", ": b"}, {"]", "]"}, {"\\", "\\"}, {"\"", "\""}};
  Written node{NodeKind::scalar, ScalarStyle::quoted, {}, {}, {}};
  const std::size_t begin = out_.size();
  out_ += '\'';
  for (std::size_t i = random_.below(4); i > 0; --i) {
    const auto& [text, value] = random_.pick(kParts);
    out_ += text;
    node.value += value;
    node.value += fold(indent);
    out_ += 'w';
    node.value += 'w';
  }
  out_ += '\'';
  return finish(std::move(node), begin);
}

Written YamlWriter::double_quoted(std::size_t indent) {
  static const std::vector<std::pair<std::string, std::string>> kParts = {
      {"\\\"", "\""}, {"\\\\", "\\"},   {"\\n", "\n"}, {"\\x41", "A"}, {"\\u00e9", "é"},
      {"# a", "# a"}, {"it's", "it's"}, {"}", "}"},    {"\\/", "/"},   {"\\U0001F389", "🎉"}};
  Written node{NodeKind::scalar, ScalarStyle::quoted, {}, {}, {}};
  const std::size_t begin = out_.size();
  out_ += '"';
  for (std::size_t i = random_.below(4); i > 0; --i) {
    const auto& [text, value] = random_.pick(kParts);
    out_ += text;
    node.value += value;
    node.value += fold(indent);
    out_ += 'w';
    node.value += 'w';
  }
  out_ += '"';
  return finish(std::move(node), begin);
}

// A `|` block of lines; its span ends with the last one, its text with blank lines and comments.
Written YamlWriter::block_scalar(std::size_t indent) {
  Written node{NodeKind::scalar, ScalarStyle::block, {}, {}, {}};
  const std::size_t begin = out_.size();
  const std::size_t step = 1 + random_.below(4);
  const bool told = random_.one_in(3);
  const bool strip = random_.one_in(2);
  out_ += fmt::format("|{}{}", told ? std::to_string(step) : "", strip ? "-" : "");
  end_line(true);
  const std::size_t lines = 1 + random_.below(4);
  for (std::size_t i = 0; i < lines; ++i) {
    for (std::size_t blank = random_.below(2) * random_.below(3); blank > 0; --blank) {
      out_ += eol_;
      node.value += '\n';
    }
    const std::string lead(told || i > 0 ? random_.below(3) : 0, ' ');
    const std::string line =
        lead + random_.pick<std::string>({"- x", "k: v", "# c", "'", "[", "é"});
    out_ += std::string(indent + step, ' ') + line;
    node.value += line;
    if (i + 1 < lines) {
      out_ += eol_;
      node.value += '\n';
    }
  }
  if (!strip) node.value += '\n';
  Written done = finish(std::move(node), begin);
  out_ += eol_;
  return done;
}

Written YamlWriter::empty() { return finish({}, out_.size()); }

// --- between values ---

void YamlWriter::flow_gap(std::size_t indent) {
  const bool breaks = random_.one_in(6);
  if (breaks && random_.one_in(2)) out_ += " # ] } it's \"";
  if (breaks) out_ += eol_ + std::string(indent, ' ');
  blanks(1);
}

void YamlWriter::end_line(bool comment_allowed) {
  blanks(random_.one_in(4) ? 3 : 0);
  if (comment_allowed && random_.one_in(4)) out_ += " # it's: [a] \"comment\"";
  out_ += eol_;
}

void YamlWriter::lines_between(std::size_t indent) {
  while (random_.one_in(4)) {
    if (random_.one_in(2)) out_ += std::string(indent, ' ') + "# comment: 'x'";
    out_ += eol_;
  }
}

}  // namespace paperclub::tests
