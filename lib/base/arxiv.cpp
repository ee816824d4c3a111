#include "lib/base/arxiv.hpp"

#include <algorithm>
#include <array>

#include "lib/base/link.hpp"
#include "lib/base/text.hpp"

namespace paperclub {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_month(std::string_view two) {
  const int month = (two[0] - '0') * 10 + (two[1] - '0');
  return month >= 1 && month <= 12;
}

// Splits `v3` off the end; false where what follows the last v is not a version from 1.
bool take_version(std::string_view& text, int& version) {
  const std::size_t at = text.rfind('v');
  if (at == text.npos || at + 1 == text.size() || !all_digits(text.substr(at + 1))) return true;
  const std::string_view digits = text.substr(at + 1);
  if (digits[0] == '0' || digits.size() > 4) return false;
  for (const char c : digits)
    version = version * 10 + (c - '0');
  text = text.substr(0, at);
  return true;
}

// YYMM.NNNN through 1412, YYMM.NNNNN from 1501.
bool is_new_form(std::string_view text) {
  if (text.size() < 9 || text[4] != '.' || !all_digits(text.substr(0, 4))) return false;
  if (!all_digits(text.substr(5)) || !is_month(text.substr(2, 2))) return false;
  const std::string_view month = text.substr(0, 4);
  if (month < "0704") return false;
  return text.size() == (month < "1501" ? 9 : 10);
}

constexpr std::array<std::string_view, 34> kOldArchives = {
    "acc-phys", "adap-org", "alg-geom", "ao-sci",   "astro-ph", "atom-ph",  "bayes-an",
    "chao-dyn", "chem-ph",  "cmp-lg",   "comp-gas", "cond-mat", "cs",       "dg-ga",
    "funct-an", "gr-qc",    "hep-ex",   "hep-lat",  "hep-ph",   "hep-th",   "math",
    "math-ph",  "mtrl-th",  "nlin",     "nucl-ex",  "nucl-th",  "patt-sol", "physics",
    "plasm-ph", "q-alg",    "q-bio",    "quant-ph", "solv-int", "supr-con"};

// The subject class of the internal form: math.CA, cond-mat.mes-hall.
bool is_class(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

// archive[.CL]/YYMMNNN, 9107 to 0703; returns it without the class.
std::optional<std::string> old_form(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos || text.size() != slash + 8) return std::nullopt;
  const std::string_view number = text.substr(slash + 1);
  if (!all_digits(number) || !is_month(number.substr(2, 2))) return std::nullopt;
  const bool nineties = number[0] == '9' && number.substr(0, 4) >= "9107";
  if (!nineties && number.substr(0, 4) > "0703") return std::nullopt;
  const std::size_t dot = std::min(slash, text.find('.'));
  if (dot < slash && !is_class(text.substr(dot + 1, slash - dot - 1))) return std::nullopt;
  const std::string_view archive = text.substr(0, dot);
  const auto known = std::find(kOldArchives.begin(), kOldArchives.end(), archive);
  if (known == kOldArchives.end()) return std::nullopt;
  return std::string(archive).append("/").append(number);
}

bool is_arxiv_host(std::string_view host) {
  constexpr std::array<std::string_view, 8> kHosts = {
      "arxiv.org",        "www.arxiv.org", "export.arxiv.org",     "alphaxiv.org",
      "www.alphaxiv.org", "ar5iv.org",     "ar5iv.labs.arxiv.org", "huggingface.co"};
  return std::find(kHosts.begin(), kHosts.end(), host) != kHosts.end();
}

}  // namespace

std::optional<ArxivId> parse_arxiv_id(std::string_view text) {
  if (text.size() > 6 && fold(text.substr(0, 6)) == "arxiv:") text.remove_prefix(6);
  ArxivId found;
  if (!take_version(text, found.version)) return std::nullopt;
  if (is_new_form(text)) {
    found.id = text;
    return found;
  }
  const auto old = old_form(text);
  if (!old) return std::nullopt;
  found.id = *old;
  return found;
}

std::optional<ArxivId> arxiv_id_of_url(std::string_view url) {
  const auto parts = split_url(url);
  if (!parts || !is_arxiv_host(parts->host)) return std::nullopt;
  std::string_view path = parts->path;
  while (path.ends_with('/'))
    path.remove_suffix(1);
  if (path.ends_with(".pdf")) path.remove_suffix(4);
  const bool papers_only = parts->host == "huggingface.co";
  if (papers_only != path.starts_with("/papers/")) return std::nullopt;
  for (const std::string_view lead : {"/abs/", "/pdf/", "/html/", "/src/", "/ps/", "/papers/"}) {
    if (path.starts_with(lead)) return parse_arxiv_id(path.substr(lead.size()));
  }
  return std::nullopt;
}

std::string arxiv_url(const ArxivId& id) { return "https://arxiv.org/abs/" + id.id; }

}  // namespace paperclub
