#include "lib/base/doi.hpp"

#include <algorithm>

#include "lib/base/link.hpp"
#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"

namespace paperclub {
namespace {

bool starts_with(std::string_view text, std::string_view lead) {
  return text.size() > lead.size() && fold(text.substr(0, lead.size())) == lead;
}

// The DOI in the address of a resolver, where it is percent-encoded, or as it stands.
std::string without_lead(std::string_view text) {
  for (const std::string_view lead :
       {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/",
        "https://www.doi.org/", "http://www.doi.org/", "dx.doi.org/", "www.doi.org/", "doi.org/"}) {
    if (starts_with(text, lead)) return percent_decode(text.substr(lead.size()));
  }
  return std::string(starts_with(text, "doi:") ? text.substr(4) : text);
}

bool is_registrant(std::string_view text) {
  if (text.size() < 4 || text.back() == '.' || text.front() == '.' || text.find("..") != text.npos)
    return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// The punctuation of the sentence around it is no part of a DOI; brackets are where they pair up.
bool ends_like_a_sentence(std::string_view text) {
  const char last = text.back();
  const auto count = [text](char c) { return std::count(text.begin(), text.end(), c); };
  return last == '.' || last == ',' || (last == ')' && count('(') < count(')'));
}

bool is_suffix(std::string_view text) {
  if (text.empty() || ends_like_a_sentence(text)) return false;
  if (find_invalid_utf8(text)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F;
  });
}

}  // namespace

std::optional<std::string> parse_doi(std::string_view text) {
  const std::string whole = without_lead(text);
  const std::string_view doi = whole;
  const std::size_t slash = doi.find('/');
  if (!doi.starts_with("10.") || slash == doi.npos) return std::nullopt;
  if (!is_registrant(doi.substr(3, slash - 3)) || !is_suffix(doi.substr(slash + 1))) {
    return std::nullopt;
  }
  return whole;
}

std::string doi_key(std::string_view doi) {
  std::string key(doi);
  for (char& c : key) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return key;
}

std::optional<ArxivId> arxiv_id_of_doi(std::string_view doi) {
  constexpr std::string_view kLead = "10.48550/arxiv.";
  const std::string key = doi_key(doi);
  if (!key.starts_with(kLead)) return std::nullopt;
  return parse_arxiv_id(doi.substr(kLead.size()));
}

std::string doi_url(std::string_view doi) { return "https://doi.org/" + percent_encode(doi); }

}  // namespace paperclub
