#include "lib/publish/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "lib/base/link.hpp"
#include "lib/base/markdown.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub::publish {
namespace {

bool begins_web_address(std::string_view text) {
  return text.starts_with("<https://") || text.starts_with("<http://");
}

// Whether `@` stands in front of the first slash behind the scheme.
bool names_a_user(std::string_view url) {
  const std::size_t slashes = url.find("//");
  if (slashes == url.npos || url.substr(0, slashes).find('/') != url.npos) return false;
  const std::string_view host = url.substr(slashes + 2);
  return host.substr(0, host.find_first_of("/?#\\")).find('@') != host.npos;
}

std::string percent(char c) {
  return fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

// Whether the character at `at` makes a list or a web address of what is meant as text.
bool begins_something(std::string_view line, std::size_t at) {
  const char c = line[at];
  const bool only_digits = line.substr(0, at).find_first_not_of("0123456789") == line.npos;
  if (at == 0 && (c == '-' || c == '+')) return true;
  if (at > 0 && only_digits && (c == '.' || c == ')')) return true;
  if (c == ':' && line.substr(at, 3) == "://") return true;
  return c == '.' && at >= 3 && fold(line.substr(at - 3, 3)) == "www";
}

// Longer runs of backticks open no code for some readers and do for others.
constexpr std::size_t kMaxBackticks = 8;

bool has_long_run(std::string_view line) {
  return line.find(std::string(kMaxBackticks + 1, '`')) != line.npos;
}

// Whether a bare web address begins at `at`.
bool begins_bare_address(std::string_view line, std::size_t at) {
  const std::string_view rest = line.substr(at, 4);
  return rest.starts_with("://") || fold(rest) == "www.";
}

// Whether readers disagree on where code and links begin, or on where they lead: GitHub's takes a
// mark that touches a bare address into the address, and a user name in one, and most take a
// backtick into the target of a link that md4c finds to be none.
bool is_doubtful(std::string_view line) {
  std::map<std::size_t, std::size_t> targets;  // begin and end
  for (const MarkdownLink& link : markdown_links(line))
    targets.emplace(link.place.begin, link.place.end);
  const bool has_code = line.find('`') != line.npos;
  const std::vector<Span> code = markdown_code(line);
  auto next = code.begin();
  for (std::size_t at = 0; at < line.size(); ++at) {
    while (next != code.end() && next->end <= at)
      ++next;
    const bool opens_target = line.substr(at, 2) == "](";
    if (next != code.end() && next->begin <= at) {
      at = next->end - 1;
    } else if (opens_target || line[at] == '<') {
      const auto target =
          targets.find(opens_target ? line.find_first_not_of(" <", at + 2) : at + 1);
      if (target != targets.end()) {
        at = target->second - 1;
      } else if (opens_target && has_code) {
        return true;
      }
    } else if (begins_bare_address(line, at)) {
      const std::size_t begin = at + (line[at] == ':' ? 3 : 0);
      at = std::min(line.find_first_of(" `[<", at), line.size());
      if (at < line.size() && (line[at] == '`' || line[at] == '[')) return true;
      const std::string_view host = line.substr(begin, at - std::min(begin, at));
      if (host.substr(0, host.find('/')).find('@') != host.npos) return true;
      --at;
    }
  }
  return false;
}

// The line with every '<' escaped that opens neither code nor a web address.
std::string without_html(const std::string& line) {
  std::string out;
  const std::vector<Span> code = markdown_code(line);
  auto next = code.begin();
  for (std::size_t i = 0; i < line.size(); ++i) {
    while (next != code.end() && next->end <= i)
      ++next;
    const bool in_code = next != code.end() && next->begin <= i;
    const std::string_view rest = std::string_view(line).substr(i);
    const bool literal = (in_code && !rest.starts_with("<!--")) || begins_web_address(rest);
    out += line[i] == '<' && !literal ? "&lt;" : std::string(1, line[i]);
  }
  return out;
}

// Whether the text does only what a line of a list may do: no HTML, no image that is fetched from
// elsewhere, no link to a program.
bool is_inert(std::string_view line) {
  if (markdown_has_html(line)) return false;
  const std::vector<MarkdownLink> links = markdown_links(line);
  return std::all_of(links.begin(), links.end(), [](const MarkdownLink& link) {
    return !link.image && is_safe_link(link.target);
  });
}

// Whether the text begins with what Markdown reads as one character, such as `&lt;` or `&#35;`.
bool begins_entity(std::string_view text) {
  const std::size_t end = text.find(';');
  return text.starts_with('&') && end != text.npos && end > 1 &&
         text.substr(1, end - 1)
                 .find_first_not_of(
                     "#0123456789abcdefghijklmnopqrstuvwxyz"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == text.npos;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarks = "\\`*_{}[]<>#+!|~$&@";
  std::string out;
  const std::string line = squeeze(escape(text, true));
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    // '-', ':', '.' … matter in some places only (begins_something); a backslash in front of
    // punctuation is never shown.
    if (c == '<') {
      out += "&lt;";
    } else if (begins_something(line, at) || kMarks.find(c) != kMarks.npos) {
      out.append("\\").append(1, c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_paragraph(std::string_view text) {
  const std::string line = squeeze(escape(text, true));
  // What is judged is what will stand there: text behind other text on one line.  At the beginning
  // of a line the same characters could mean a block, in which marks are not read.
  constexpr std::string_view kBefore = "x: ";
  const std::string out = without_html(std::string(kBefore) + line);
  if (has_long_run(line) || is_doubtful(out) || !is_inert(out))
    return markdown_text(markdown_to_plain(line));
  return out.substr(kBefore.size());
}

bool is_safe_link(std::string_view url) {
  const std::string scheme = scheme_of(url);
  if (scheme != "mailto" && names_a_user(url)) return false;
  return scheme.empty() || scheme == "mailto" || is_web_address(url);
}

std::string inert_json(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    const CodePoint point = decode(json, at);
    if (json.substr(at, 3) == "##[") {
      out += "\\u0023";  // a command to hosts that run workflows
    } else if (point.value == '\n' || !is_forbidden(point.value)) {
      out += json.substr(at, point.length);
    } else if (point.value < 0x10000) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
    } else {
      const auto rest = static_cast<unsigned>(point.value) - 0x10000U;
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
    }
    at += point.length;
  }
  return out;
}

std::string markdown_target(std::string_view url) {
  constexpr std::size_t kLongestEntity = 64;
  std::string out;
  for (std::size_t at = 0; at < url.size(); ++at) {
    const char c = url[at];
    const auto byte = static_cast<unsigned char>(c);
    if (begins_entity(url.substr(at, kLongestEntity))) {
      out += "&amp;";
      continue;
    }
    const bool plain = byte > 0x20 && byte < 0x7F && c != '<' && c != '>' && c != '(' && c != ')' &&
                       c != '\\' && c != '"' && c != '`';
    out += plain ? std::string(1, c) : percent(c);
  }
  return out;
}

std::string workflow_data(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '%' || c == '\r' || c == '\n' ? percent(c) : std::string(1, c);
  }
  return out;
}

std::string workflow_property(std::string_view text) {
  std::string out;
  for (const char c : workflow_data(text)) {
    out += c == ':' || c == ',' ? percent(c) : std::string(1, c);
  }
  return out;
}

}  // namespace paperclub::publish
