#include "lib/base/link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Blanks beyond ASCII, and what is invisible or drives a terminal.
bool holds_wide_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    const char32_t c = point.value;
    const bool blank = c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
                       c == 0x205F || c == 0x3000;
    if (!point.valid || blank || is_forbidden(c)) return true;
    at += point.length;
  }
  return false;
}

bool has_blank_or_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) {
                       const auto byte = static_cast<unsigned char>(c);
                       return byte <= 0x20 || byte == 0x7F;
                     }) ||
         holds_wide_blank(text);
}

// What stands between `//` and the path.
std::string_view authority_of(std::string_view url) {
  const std::size_t begin = url.find("//") + 2;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  return url.substr(begin, end - begin);
}

// Splits `host:port`; brackets of an IPv6 address stay with the host.
std::pair<std::string_view, std::string_view> split_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (colon == authority.npos || (bracket != authority.npos && colon < bracket)) {
    return {authority, {}};
  }
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

bool is_port(std::string_view text) {
  return text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_www(const std::string& host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

}  // namespace

std::string scheme_of(std::string_view url) {
  const std::size_t end = url.find_first_of(":/?#");
  if (end == url.npos || url[end] != ':') return {};
  std::string scheme;
  for (const char c : lower(url.substr(0, end))) {
    if (static_cast<unsigned char>(c) > 0x20) scheme += c;
  }
  return scheme;
}

bool is_web_address(std::string_view url) {
  const std::string scheme = scheme_of(url);
  return scheme == "http" || scheme == "https";
}

bool has_user_part(std::string_view url) {
  const bool has_host = !scheme_of(url).empty() && url.find("//") != url.npos;
  return has_host && authority_of(url).find('@') != url.npos;
}

std::optional<std::string> url_problem(std::string_view url) {
  const std::string lead = lower(url.substr(0, 8));
  if (!lead.starts_with("http://") && !lead.starts_with("https://")) {
    return "it must begin with http:// or https://";
  }
  if (has_blank_or_control(url)) return "it holds a blank or a control character";
  if (url.find('\\') != url.npos) return "it holds a backslash";
  if (has_user_part(url)) return "it holds a user name or password";
  const std::string_view authority = authority_of(url);
  const auto [host, port] = split_port(authority);
  if (host.empty()) return "it names no host";
  if (!is_port(port)) return "its port is not a number";
  const bool bracketed = host.front() == '[' && host.back() == ']';
  if (!bracketed && host.find(':') != host.npos) return "its host holds a colon";
  return std::nullopt;
}

std::optional<UrlParts> split_url(std::string_view url) {
  if (url_problem(url)) return std::nullopt;
  const std::string_view authority = authority_of(url);
  const auto [host, port] = split_port(authority);
  UrlParts parts;
  parts.scheme = lower(url.substr(0, url.find(':')));
  parts.host = lower(host);
  parts.port = port;
  const std::size_t begin =
      static_cast<std::size_t>(authority.data() - url.data()) + authority.size();
  const std::string_view rest = url.substr(begin, url.find('#', begin) - begin);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  parts.path = rest.substr(0, question);
  parts.query = rest.substr(question);
  return parts;
}

std::string url_key(std::string_view url) {
  const auto parts = split_url(url);
  if (!parts) return std::string(url);
  std::string_view path = parts->path;
  while (path.ends_with('/'))
    path.remove_suffix(1);
  const bool default_port = parts->port.empty() || parts->port == "80" || parts->port == "443";
  return fmt::format("{}{}{}{}", without_www(parts->host),
                     default_port ? std::string() : fmt::format(":{}", parts->port), path,
                     parts->query);
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape_here = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                             hex_digit(text[i + 2]) >= 0;
    if (escape_here) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kPlain = "-._~!$&'()*+,;=:@/";
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != kPlain.npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

}  // namespace paperclub
