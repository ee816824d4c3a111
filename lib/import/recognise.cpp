#include "lib/import/recognise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "lib/base/arxiv.hpp"
#include "lib/base/doi.hpp"
#include "lib/base/error.hpp"
#include "lib/base/link.hpp"
#include "lib/base/text.hpp"

namespace paperclub::import {
namespace {

record::Paper with_arxiv(const ArxivId& id) {
  record::Paper paper;
  paper.arxiv = id.id;
  paper.url = arxiv_url(id);
  return paper;
}

record::Paper with_doi(const std::string& doi) {
  if (const auto id = arxiv_id_of_doi(doi)) return with_arxiv(*id);
  record::Paper paper;
  paper.doi = doi;
  paper.url = doi_url(doi);
  return paper;
}

record::Paper with_url(std::string url) {
  record::Paper paper;
  paper.url = std::move(url);
  return paper;
}

bool is_host(std::string_view host, std::string_view name) {
  return host == name || host == fmt::format("www.{}", name);
}

// The value of `key` in a query such as `?id=x&noteId=y`.
std::string query_value(std::string_view query, std::string_view key) {
  if (!query.empty()) query.remove_prefix(1);
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.starts_with(fmt::format("{}=", key))) return std::string(pair.substr(key.size() + 1));
  }
  return {};
}

// forum?id=, pdf?id= and attachment?id= are one paper; its id may end in - or _.
std::optional<record::Paper> from_openreview(const UrlParts& parts) {
  const std::string id = query_value(parts.query, "id");
  const bool page = parts.path == "/forum" || parts.path == "/pdf" || parts.path == "/attachment";
  if (!is_host(parts.host, "openreview.net") || !page || id.empty()) return std::nullopt;
  return with_url(fmt::format("https://openreview.net/forum?id={}", id));
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// `P19-1284`, or `2022.acl-long.254`.
bool is_anthology_id(std::string_view id) {
  const bool old = id.size() == 8 && id[0] >= 'A' && id[0] <= 'Z' && is_digits(id.substr(1, 2)) &&
                   id[3] == '-' && is_digits(id.substr(4));
  const std::size_t first = id.find('.');
  const std::size_t last = id.rfind('.');
  const bool now =
      first == 4 && last > first && is_digits(id.substr(0, 4)) && is_digits(id.substr(last + 1));
  return old || now;
}

// ACL's own meetings have DOIs of this form since 2016; others, older ones, and journals do not.
bool has_doi(std::string_view id) {
  constexpr std::string_view kSince = "16";
  if (id[4] == '.') {
    const std::string_view venue = id.substr(5, id.find_first_of("-.", 5) - 5);
    return venue == "acl" || venue == "emnlp" || venue == "naacl" || venue == "eacl" ||
           venue == "findings" || venue == "conll" || venue == "aacl";
  }
  const std::string_view year = id.substr(1, 2);
  const bool own = std::string_view("DEKNPSW").find(id[0]) != std::string_view::npos;
  return own && year >= kSince && year < "60";
}

record::Paper with_anthology(std::string_view id) {
  record::Paper paper = with_url(fmt::format("https://aclanthology.org/{}/", id));
  if (has_doi(id)) paper.doi = fmt::format("10.18653/v1/{}", id);
  return paper;
}

// aclanthology.org/ID/, with .pdf or .bib and a version; old addresses have the id at their end.
std::optional<record::Paper> from_anthology(const UrlParts& parts) {
  if (!is_host(parts.host, "aclanthology.org") && !is_host(parts.host, "aclweb.org"))
    return std::nullopt;
  std::string_view path = parts.path;
  while (path.ends_with('/'))
    path.remove_suffix(1);
  std::string_view id = path.substr(path.rfind('/') + 1);
  for (const std::string_view ending : {".pdf", ".bib"}) {
    if (id.ends_with(ending)) id.remove_suffix(ending.size());
  }
  const std::size_t version = id.rfind('v');
  if (version != id.npos && version > 7 && is_digits(id.substr(version + 1)))
    id = id.substr(0, version);
  if (!is_anthology_id(id)) return std::nullopt;
  return with_anthology(id);
}

// The text without what a sentence puts around it: brackets that do not pair up inside, quotes,
// and marks behind it.
std::string_view without_prose(std::string_view text) {
  const auto count = [&text](char c) { return std::count(text.begin(), text.end(), c); };
  for (std::size_t before = 0; before != text.size() && !text.empty();) {
    before = text.size();
    const char first = text.front();
    const char last = text.back();
    const bool opens = first == '<' || first == '"' || first == '\'' ||
                       (first == '(' && count('(') > count(')')) || (first == '[' && last == ']') ||
                       (first == '(' && last == ')');
    if (opens) text.remove_prefix(1);
    if (text.empty()) break;
    const bool closes = std::string_view(".,;:!?>\"'").find(text.back()) != text.npos ||
                        (text.back() == ')' && count(')') > count('(')) ||
                        (text.back() == ']' && count(']') > count('['));
    if (closes) text.remove_suffix(1);
  }
  return text;
}

// `arXiv: ID` and `doi: ID` as they are without the blank.
std::string without_label_blank(const std::string& word) {
  for (const std::string_view label : {"arxiv: ", "doi: "}) {
    if (fold(word).starts_with(label))
      return word.substr(0, label.size() - 1) + word.substr(label.size());
  }
  return word;
}

// The paper that the text identifies, wherever it was copied from.
std::optional<record::Paper> identified(const std::string& word) {
  const std::string_view plain = without_prose(word);
  for (const std::string_view text : {std::string_view(word), plain}) {
    if (const auto id = parse_arxiv_id(text)) return with_arxiv(*id);
    if (const auto doi = parse_doi(text)) return with_doi(*doi);
    for (const std::string& url : {std::string(text), fmt::format("https://{}", text)}) {
      if (const auto id = arxiv_id_of_url(url)) return with_arxiv(*id);
    }
  }
  if (is_anthology_id(plain)) return with_anthology(plain);
  return std::nullopt;
}

record::Paper from_url(const std::string& url) {
  if (const auto id = arxiv_id_of_url(url)) return with_arxiv(*id);
  if (const auto doi = parse_doi(url)) return with_doi(*doi);
  const auto parts = split_url(url);
  if (parts) {
    if (auto paper = from_openreview(*parts)) return std::move(*paper);
    if (auto paper = from_anthology(*parts)) return std::move(*paper);
  }
  return with_url(url);
}

// A word with a scheme is no title; one with a password would end up in history.
void refuse_bad_address(std::string_view word) {
  const bool is_address =
      !scheme_of(word).empty() && word.find("://") != word.npos && word.find(' ') == word.npos;
  if (!is_address) return;
  Error error{ErrorKind::usage, fmt::format("{} is no link that a record may hold: {}",
                                            quote(word, 200), url_problem(word).value_or(""))};
  throw error.hint("such as https://arxiv.org/abs/1706.03762");
}

}  // namespace

record::Paper recognise(std::string_view text) {
  const std::string word = without_label_blank(squeeze(text));
  if (auto paper = identified(word)) return std::move(*paper);
  // Around a link only what encloses it is known to be none of it.
  const bool enclosed = word.size() > 2 && (word.front() == '<' || word.front() == '(' ||
                                            word.front() == '"' || word.front() == '[');
  const std::string inner(enclosed ? without_prose(word) : word);
  if (!url_problem(inner)) return from_url(inner);
  // An address without its scheme, as browsers show it; 10.1000/x is none, but a DOI gone wrong.
  const std::string address = "https://" + word;
  const bool looks_like_one = word.find(' ') == word.npos && word.find('/') != word.npos &&
                              word.find('.') < word.find('/') && !word.starts_with("10.") &&
                              !url_problem(address);
  if (looks_like_one) return from_url(address);
  refuse_bad_address(word);
  record::Paper paper;
  paper.title = squeeze(text);
  return paper;
}

std::string title_of(std::string_view text) {
  std::string title = squeeze(text);
  for (std::size_t at = 0; at < title.size();) {
    const std::size_t blank = std::min(title.find(' ', at), title.size());
    const std::string word = title.substr(at, blank - at);
    if (has_user_part(word)) refuse_bad_address(word);
    at = blank + 1;
  }
  if (title.empty() || recognise(title).title == title) return title;
  throw Error{ErrorKind::usage, fmt::format("{} is no title", quote(title, 200))}.hint(
      "give a link or an identifier as the first argument, or with --url");
}

}  // namespace paperclub::import
