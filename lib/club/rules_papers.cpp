#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/doi.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/rules.hpp"
#include "lib/os/time_zone.hpp"

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
      report.add(Rule::id_taken, paper.file, {"aliases", std::to_string(i)},
                 fmt::format("the alias {} is taken by {}", quote(alias, 100), first->second),
                 fmt::format("rename {}, or remove the alias", escape(first->second)));
    }
  }
}

// --- identifiers and titles ----------------------------------------------------------------------

void check_identifiers(const RuleContext& context, std::set<Pair>& reported, Report& report) {
  std::map<std::string, std::size_t> first_with;
  const auto& papers = context.snapshot.papers;
  for (std::size_t i = 0; i < papers.size(); ++i) {
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

void check_titles(const RuleContext& context, const std::set<Pair>& reported, Report& report) {
  const auto& papers = context.snapshot.papers;
  std::vector<std::string> titles;
  for (const PaperRecord& paper : papers)
    titles.push_back(paper.paper.title);
  for (const Pair& pair : similar_titles(titles)) {
    if (reported.contains(pair)) continue;
    report.add(Rule::similar_title, papers[pair.second].file, {"title"},
               fmt::format("nearly the same title as {}", name_of(papers[pair.first])),
               "keep one record if it is the same paper");
  }
}

void check_mismatch(const PaperRecord& record, Report& report) {
  const record::Paper& paper = record.paper;
  const auto arxiv = parse_arxiv_id(paper.arxiv);
  const auto by_url = arxiv_id_of_url(paper.url);
  if (arxiv && by_url && !(*arxiv == *by_url)) {
    report.add(
        Rule::identifier_mismatch, record.file, {"url"},
        fmt::format("the link points at arXiv {}, the record says {}", by_url->id, arxiv->id),
        "correct one of the two");
  }
  const auto by_doi = arxiv_id_of_doi(paper.doi);
  if (arxiv && by_doi && !(*arxiv == *by_doi)) {
    report.add(
        Rule::identifier_mismatch, record.file, {"doi"},
        fmt::format("the DOI is that of arXiv {}, the record says {}", by_doi->id, arxiv->id),
        "correct one of the two");
  }
  const bool resolver = paper.url.find("doi.org/") != std::string::npos;
  const auto url_doi = resolver ? parse_doi(paper.url) : std::nullopt;
  if (url_doi && !paper.doi.empty() && doi_key(*url_doi) != doi_key(paper.doi)) {
    report.add(Rule::identifier_mismatch, record.file, {"url"},
               fmt::format("the link points at the DOI {}, the record says {}", quote(*url_doi),
                           quote(paper.doi)),
               "correct one of the two");
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
    const std::string near = nearest(answer.question, ids);
    report.add(Rule::unknown_key, record.file, {"discussion", answer.question},
               fmt::format("club.yaml has no question {}", quote(answer.question)),
               near.empty() ? fmt::format("the club's questions are {}", one_of(ids))
                            : fmt::format("did you mean {}?", quote(near)));
  }
}

// --- numbers -------------------------------------------------------------------------------------

// The day in the club's time zone.
Date day_of(const SessionDate& date, const std::string& zone) {
  if (const auto* day = std::get_if<Date>(&date)) return *day;
  const Moment& moment = std::get<Moment>(date);
  const auto local = zone.empty() ? std::nullopt : os::in_time_zone(moment, zone);
  return local ? local->date : moment.date;
}

// The earliest day of a session that has the paper and takes place.
std::map<std::string, std::pair<Date, const SessionRecord*>> dates_by_paper(
    const RuleContext& context) {
  std::map<std::string, std::pair<Date, const SessionRecord*>> dates;
  for (const SessionRecord& session : context.snapshot.sessions) {
    const bool takes_place = session.session.cancelled.empty() && !session.session.no_meeting;
    if (!session.session.date || !takes_place) continue;
    const SessionDate& when = *session.session.date;
    const Date day = day_of(when, context.snapshot.settings.timezone);
    for (const PaperId& id : session.session.papers) {
      const auto paper = context.papers.find(id.str());
      if (paper == context.papers.end()) continue;
      const std::string& own = context.snapshot.papers[paper->second].id.str();
      const auto [known, is_new] = dates.emplace(own, std::make_pair(day, &session));
      if (!is_new && day < known->second.first) known->second = {day, &session};
    }
  }
  return dates;
}

std::vector<const PaperRecord*> numbered(const Snapshot& snapshot) {
  std::vector<const PaperRecord*> papers;
  for (const PaperRecord& paper : snapshot.papers) {
    if (paper.paper.number) papers.push_back(&paper);
  }
  std::stable_sort(papers.begin(), papers.end(), [](const PaperRecord* a, const PaperRecord* b) {
    return a->paper.number->value < b->paper.number->value;
  });
  return papers;
}

void check_gap(const PaperRecord& paper, long long expected, Report& report) {
  const long long number = paper.paper.number->value;
  if (number <= expected) return;
  const std::string missing =
      number == expected + 1 ? fmt::format("no paper has number {}", expected)
                             : fmt::format("no papers have numbers {} to {}", expected, number - 1);
  report.add(Rule::number_gap, paper.file, {"number"},
             fmt::format("{}, but this one has {}", missing, number),
             "numbers go up by one; readers take a gap for a lost paper");
}

void check_dates(const RuleContext& context, const std::vector<const PaperRecord*>& papers,
                 Report& report) {
  const auto dates = dates_by_paper(context);
  const PaperRecord* latest = nullptr;
  Date latest_day{};
  for (const PaperRecord* paper : papers) {
    const auto found = dates.find(paper->id.str());
    if (found == dates.end()) continue;
    const auto& [day, session] = found->second;
    if (latest != nullptr && day < latest_day) {
      report.add(
          Rule::date_order, session->file, {"date"},
          fmt::format("number {} ({}) was discussed on {}, before number {} ({}) on {}",
                      paper->paper.number->value, paper->id.str(), format_date(day),
                      latest->paper.number->value, latest->id.str(), format_date(latest_day)),
          "check the dates; numbers are never changed");
    } else {
      latest = paper;
      latest_day = day;
    }
  }
}

}  // namespace

void check_numbers(const RuleContext& context, Report& report) {
  const std::vector<const PaperRecord*> papers = numbered(context.snapshot);
  long long expected = 1;
  const PaperRecord* before = nullptr;
  for (const PaperRecord* paper : papers) {
    const long long number = paper->paper.number->value;
    if (before != nullptr && before->paper.number == paper->paper.number) {
      report.add(Rule::number_taken, paper->file, {"number"},
                 fmt::format("number {} is taken by {}", number, name_of(*before)),
                 "give the later paper the next free number");
      continue;
    }
    check_gap(*paper, expected, report);
    expected = number + 1;
    before = paper;
  }
  check_dates(context, papers, report);
}

void check_papers(const RuleContext& context, Report& report) {
  check_ids(context, report);
  std::set<Pair> reported;
  check_identifiers(context, reported, report);
  check_titles(context, reported, report);
  for (const PaperRecord& record : context.snapshot.papers) {
    check_mismatch(record, report);
    check_answers(context, record, report);
  }
}

}  // namespace paperclub::club
