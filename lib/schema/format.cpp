#include "lib/schema/format.hpp"

#include <algorithm>

#include "lib/base/arxiv.hpp"
#include "lib/base/date.hpp"
#include "lib/base/doi.hpp"
#include "lib/base/link.hpp"

namespace paperclub::schema {
namespace {

using Problem = std::optional<std::string>;

Problem check(bool good) { return good ? Problem() : Problem(""); }

Problem date(std::string_view text) {
  if (parse_date(text)) return std::nullopt;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  return shaped ? "the calendar has no such day" : "";
}

Problem date_time(std::string_view text) {
  // RFC 3339 wants seconds and a T; people leave them out, other readers do not take that.
  return check(parse_moment(text).has_value() && text.size() >= 20 && text[10] != ' ' &&
               text[16] == ':');
}

Problem date_or_moment(std::string_view text) {
  if (text.size() <= 10) return date(text);
  if (parse_moment(text)) return std::nullopt;
  const bool no_offset = parse_moment(std::string(text) + "Z").has_value();
  return no_offset ? "a time needs its offset, such as +08:00" : "";
}

Problem email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  const bool inside = at != text.npos && at > 0 && at + 1 < text.size();
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != '<' && c != '>' && c != ',' && c != 0x7F;
  });
  return check(inside && plain);
}

Problem arxiv(std::string_view text) {
  const auto id = parse_arxiv_id(text);
  if (!id) return "";
  // A prefix is for people; a record holds the bare id, the old one perhaps with its class.
  return check(text.find(':') == text.npos);
}

Problem doi(std::string_view text) {
  const auto found = parse_doi(text);
  if (!found) return "";
  return *found == text ? Problem() : Problem("write it without the resolver's address");
}

Problem link(std::string_view text) {
  if (text.empty() || text.find('\n') != text.npos) return "";
  if (!scheme_of(text).empty()) return url_problem(text);
  if (text.starts_with('/') || text.find('\\') != text.npos) return "";
  return check(("/" + std::string(text) + "/").find("/../") == text.npos);
}

Problem ssh_key(std::string_view text) {
  if (text.find('\n') != text.npos) return "";
  const std::size_t blank = text.find(' ');
  const bool known = text.starts_with("ssh-ed25519 ") || text.starts_with("ssh-rsa ") ||
                     text.starts_with("ecdsa-sha2-") || text.starts_with("sk-");
  if (!known || blank == text.npos) return "";
  const std::string_view body = text.substr(blank + 1, text.find(' ', blank + 1) - blank - 1);
  const bool base64 = std::all_of(body.begin(), body.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
  return check(base64 && body.size() >= 32 && body.starts_with("AAAA"));
}

Problem http_url(std::string_view text) {
  auto problem = url_problem(text);
  // What the schema calls a link says this already.
  if (problem && problem->starts_with("it must begin")) problem = "";
  return problem;
}

struct Format {
  std::string_view name;
  Problem (*problem)(std::string_view);
  bool is_date;
};

const Format kFormats[] = {
    {"date", date, true},
    {"date-time", date_time, true},
    {"date-or-moment", date_or_moment, true},
    {"partial-date", [](std::string_view t) { return check(parse_partial_date(t).has_value()); },
     true},
    {"time-of-day", [](std::string_view t) { return check(parse_time_of_day(t).has_value()); },
     false},
    {"email", email, false},
    {"http-url", http_url, false},
    {"link", link, false},
    {"arxiv-id", arxiv, false},
    {"doi", doi, false},
    {"ssh-key", ssh_key, false},
};

const Format* find_format(std::string_view name) {
  const auto* found = std::find_if(std::begin(kFormats), std::end(kFormats),
                                   [name](const Format& format) { return format.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

}  // namespace

bool is_format(std::string_view name) { return find_format(name) != nullptr; }

std::optional<std::string> format_problem(std::string_view name, std::string_view text) {
  return find_format(name)->problem(text);
}

bool is_date_format(std::string_view name) {
  const Format* format = find_format(name);
  return format != nullptr && format->is_date;
}

}  // namespace paperclub::schema
