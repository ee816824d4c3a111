// Any text, taken for an id, a date, a link, a DOI, an arXiv id: what is accepted is what its form
// says, and writing it and reading it again gives the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/arxiv.hpp"
#include "lib/base/date.hpp"
#include "lib/base/doi.hpp"
#include "lib/base/id.hpp"
#include "lib/base/link.hpp"
#include "lib/base/text.hpp"
#include "lib/schema/format.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace paperclub;
using fuzz::is_safe;
using fuzz::require;

void check_id(std::string_view text) {
  const auto problem = id_problem(text);
  require(!problem || is_safe(*problem), "a problem is safe to print");
  const std::string better = suggest_id(text);
  require(better.empty() || !id_problem(better), "a suggested id is an id", better);
  if (problem) return;
  require(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == text.npos,
          "an id is plain", text);
  require(text.size() <= kMaxIdBytes, "an id is short", text);
  require(better == text, "an id is its own suggestion", better);
}

void check_dates(std::string_view text) {
  if (const auto date = parse_date(text)) {
    require(format_date(*date) == text, "a date is written as it was", text);
    require(date_from_days(days_since_epoch(*date)) == *date, "days count back", text);
  }
  if (const auto date = parse_partial_date(text)) {
    require(format_date(*date) == text, "a part of a date is written as it was", text);
  }
  if (const auto moment = parse_moment(text)) {
    const std::string written = format_moment(*moment);
    const auto again = parse_moment(written);
    require(again && *again == *moment, "a moment is read as it was written", written);
    require(seconds_since_epoch(*again) == seconds_since_epoch(*moment), "a moment stays", text);
  }
  if (const auto minutes = parse_time_of_day(text)) {
    require(*minutes >= 0 && *minutes < 24 * 60, "a time is one of the day", text);
  }
}

void check_arxiv(std::string_view text) {
  if (const auto id = parse_arxiv_id(text)) {
    const auto again = parse_arxiv_id(id->id);
    require(again && again->id == id->id && again->version == 0, "an arXiv id is its own", text);
    const auto by_url = arxiv_id_of_url(arxiv_url(*id));
    require(by_url && *by_url == *id, "an arXiv id's page leads back to it", id->id);
    const auto by_doi = arxiv_id_of_doi("10.48550/arXiv." + id->id);
    require(by_doi && *by_doi == *id, "an arXiv id's DOI leads back to it", id->id);
  }
  if (const auto id = arxiv_id_of_url(text)) {
    require(!url_problem(text), "only a good link has an arXiv id", text);
    require(parse_arxiv_id(id->id).has_value(), "a link's arXiv id is one", id->id);
  }
}

void check_doi(std::string_view text) {
  const auto doi = parse_doi(text);
  if (!doi) return;
  // In the address of a resolver it is percent-encoded.
  require(text.ends_with(*doi) || percent_decode(text).ends_with(*doi), "a DOI is what was typed",
          *doi);
  require(parse_doi(*doi) == doi, "a DOI is its own", *doi);
  require(doi_key(doi_key(*doi)) == doi_key(*doi), "a DOI's key is its own", *doi);
  const std::string url = doi_url(*doi);
  require(is_safe(url) && !url_problem(url), "a DOI's address is a link", url);
}

void check_url(std::string_view text) {
  const auto problem = url_problem(text);
  const auto parts = split_url(text);
  require(problem.has_value() == !parts.has_value(), "a link is split where it is good", text);
  if (problem) {
    require(is_safe(*problem), "a problem is safe to print");
    require(url_key(text) == text, "what is no link is its own key", text);
    return;
  }
  require(!parts->host.empty(), "a link has a host", text);
  require(text.find_first_of(std::string_view(" \t\r\n\0", 5)) == text.npos, "no blank in a link",
          text);
  const std::string rest(text.substr(text.find(':')));
  require(url_key("http" + rest) == url_key("https" + rest), "https and http have one key", text);
  require(url_key(std::string(text) + "#x") == url_key(text), "a fragment makes no difference",
          text);
}

void check_formats(std::string_view text) {
  for (const char* name : {"date", "date-time", "date-or-moment", "partial-date", "time-of-day",
                           "email", "http-url", "link", "arxiv-id", "doi", "ssh-key"}) {
    const auto problem = schema::format_problem(name, text);
    require(!problem || is_safe(*problem), "a problem is safe to print", name);
  }
}

// Any text may be named in a message.
void check_text(std::string_view text) {
  require(is_safe(escape(text)), "escaped text is safe", text);
  require(is_safe(escape(text, true), true), "escaped lines are safe", text);
  require(is_safe(quote(text)), "quoted text is safe", text);
  for (const std::size_t width : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
    require(display_width(cut(escape(text), width)) <= width, "cut text fits", text);
  }
  require(squeeze(squeeze(text)) == squeeze(text), "squeezing twice changes nothing", text);
  if (find_invalid_utf8(text)) return;
  require(fold(fold(text)) == fold(text), "folding twice changes nothing", text);
  for (const std::string& word : words_of(text)) {
    require(!word.empty() && !find_invalid_utf8(word), "a word is text", word);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_id(text);
  check_dates(text);
  check_arxiv(text);
  check_doi(text);
  check_url(text);
  check_formats(text);
  check_text(text);
  return 0;
}
