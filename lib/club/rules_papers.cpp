#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "lib/base/doi.hpp"
#include "lib/base/link.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/rules.hpp"

namespace paperclub::club {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;

std::string name_of(const PaperRecord& paper) { return quote(paper.id.str(), 100); }

// --- ids -----------------------------------------------------------------------------------------

void check_ids(const RuleContext& context, Report& report) {
  std::map<std::string, std::string> files;  // by id
  for (const PaperRecord& paper : context.snapshot.papers) {
    const auto [first, is_new] = files.emplace(paper.id.str(), paper.file);
    if (paper.id.str() == "none") {
      report.add(Rule::bad_id, paper.file, {},
                 "'none' cannot be an id: on ballots it means no paper", "name the file otherwise");
    }
    if (is_new) continue;
    report.add(Rule::id_taken, paper.file, {},
               fmt::format("the id {} is taken by {}", name_of(paper), first->second),
               "an id is unique over all subfolders: rename one of the two");
  }
  for (const PaperRecord& paper : context.snapshot.papers) {
    for (std::size_t i = 0; i < paper.paper.aliases.size(); ++i) {
      const std::string& alias = paper.paper.aliases[i].str();
      const auto [first, is_new] = files.emplace(alias, paper.file);
      if (is_new) continue;
      report.add(Rule::id_taken, paper.file, {"aliases", item_called(alias)},
                 fmt::format("the alias {} is taken by {}", quote(alias, 100), first->second),
                 first->second == paper.file
                     ? "remove the alias"
                     : fmt::format("rename {}, or remove the alias", escape(first->second)));
    }
  }
}

// --- identifiers and titles ----------------------------------------------------------------------

void check_identifiers(const RuleContext& context, const std::vector<std::size_t>& order,
                       std::set<Pair>& reported, Report& report) {
  std::map<std::string, std::size_t> first_with;
  const auto& papers = context.snapshot.papers;
  for (const std::size_t i : order) {
    for (const PaperKeys& key : keys_of(papers[i].paper)) {
      const auto [first, is_new] = first_with.emplace(key.text, i);
      if (is_new || !reported.insert({first->second, i}).second) continue;
      report.add(Rule::duplicate_paper, papers[i].file, {key.field},
                 fmt::format("{} is the same paper as {}", name_of(papers[i]),
                             name_of(papers[first->second])),
                 fmt::format("both have {}; keep one record", escape(key.text)));
    }
  }
}

void check_titles(const RuleContext& context, const std::vector<std::size_t>& order,
                  const std::set<Pair>& reported, Report& report) {
  const auto& papers = context.snapshot.papers;
  std::vector<std::string> titles;
  for (const std::size_t i : order)
    titles.push_back(papers[i].paper.title);
  std::set<std::size_t> told;
  for (const auto& [first, second] : similar_titles(titles)) {
    const Pair pair{order[first], order[second]};
    if (reported.contains(pair) || !told.insert(pair.second).second) continue;
    report.add(Rule::similar_title, papers[pair.second].file, {"title"},
               fmt::format("nearly the same title as {}", name_of(papers[pair.first])),
               "keep one record if it is the same paper");
  }
}

// The identifiers that one record's keys spell.
struct Spelled {
  std::optional<ArxivId> arxiv;
  std::optional<std::string> doi;
  std::optional<ArxivId> doi_arxiv;  // where the DOI is one of arXiv's
  std::optional<ArxivId> url_arxiv;
  std::optional<std::string> url_doi;  // where it is none of arXiv's

  explicit Spelled(const record::Paper& paper)
      : arxiv(parse_arxiv_id(paper.arxiv)),
        doi(parse_doi(paper.doi)),
        url_arxiv(arxiv_id_of_url(paper.url)) {
    if (doi) doi_arxiv = arxiv_id_of_doi(*doi);
    if (is_web_address(paper.url)) url_doi = parse_doi(paper.url);
    if (url_doi && arxiv_id_of_doi(*url_doi))
      url_arxiv = arxiv_id_of_doi(*std::exchange(url_doi, {}));
  }
};

bool differ(const std::optional<ArxivId>& one, const std::optional<ArxivId>& other) {
  return one && other && !(*one == *other);
}

void check_mismatch(const PaperRecord& record, Report& report) {
  const Spelled spelled(record.paper);
  const char* const hint = "correct one of the two";
  const std::optional<ArxivId>& said = spelled.arxiv ? spelled.arxiv : spelled.doi_arxiv;
  if (differ(said, spelled.url_arxiv)) {
    report.add(Rule::identifier_mismatch, record.file, {"url"},
               fmt::format("the link points at arXiv {}, the record says {}", spelled.url_arxiv->id,
                           said->id),
               hint);
  }
  if (differ(spelled.arxiv, spelled.doi_arxiv)) {
    report.add(Rule::identifier_mismatch, record.file, {"doi"},
               fmt::format("the DOI is that of arXiv {}, the record says {}", spelled.doi_arxiv->id,
                           spelled.arxiv->id),
               hint);
  }
  if (spelled.doi && spelled.url_doi && doi_key(*spelled.doi) != doi_key(*spelled.url_doi)) {
    report.add(Rule::identifier_mismatch, record.file, {"url"},
               fmt::format("the link points at the DOI {}, the record says {}",
                           quote(*spelled.url_doi), quote(*spelled.doi)),
               hint);
  }
}

void check_answers(const RuleContext& context, const PaperRecord& record, Report& report) {
  std::vector<std::string> ids;
  for (const record::Question& question : context.snapshot.settings.questions) {
    ids.push_back(question.id);
  }
  if (ids.empty()) return;
  for (const record::Answer& answer : record.paper.discussion) {
    if (std::find(ids.begin(), ids.end(), answer.question) != ids.end()) continue;
    const std::string near = near_word(context, answer.question, ids);
    report.add(Rule::unknown_key, record.file, {"discussion", key_called(answer.question)},
               fmt::format("club.yaml has no question {}", quote(answer.question)),
               near.empty() ? fmt::format("the club's questions are {}", one_of(ids))
                            : fmt::format("did you mean {}?", quote(near)));
  }
}

}  // namespace

void check_papers(const RuleContext& context, Report& report) {
  check_ids(context, report);
  std::set<Pair> reported;
  const std::vector<std::size_t> order = by_seniority(context.snapshot);
  check_identifiers(context, order, reported, report);
  check_titles(context, order, reported, report);
  for (const PaperRecord& record : context.snapshot.papers) {
    check_mismatch(record, report);
    check_answers(context, record, report);
  }
}

}  // namespace paperclub::club
