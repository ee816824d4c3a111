#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "lib/base/text.hpp"
#include "lib/club/rules.hpp"
#include "lib/os/time_zone.hpp"

namespace paperclub::club {
namespace {

// The earliest day of a session that has the paper and takes place.
std::map<std::string, std::pair<Date, const SessionRecord*>> dates_by_paper(
    const RuleContext& context) {
  std::map<std::string, std::pair<Date, const SessionRecord*>> dates;
  for (const SessionRecord& session : context.snapshot.sessions) {
    if (!session.session.date || !record::takes_place(session.session)) continue;
    const Date day = os::day_in_zone(*session.session.date, context.snapshot.settings.timezone);
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

// The papers with a number, by number; of two with the same the earlier record comes first.
std::vector<const PaperRecord*> numbered(const Snapshot& snapshot) {
  std::vector<const PaperRecord*> papers;
  for (const std::size_t i : by_seniority(snapshot)) {
    if (snapshot.papers[i].paper.number) papers.push_back(&snapshot.papers[i]);
  }
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
                 fmt::format("number {} is taken by {}", number, quote(before->id.str(), 100)),
                 "give the later paper the next free number");
      continue;
    }
    if (context.numbers_known) check_gap(*paper, expected, report);
    expected = number + 1;
    before = paper;
  }
  check_dates(context, papers, report);
}

}  // namespace paperclub::club
