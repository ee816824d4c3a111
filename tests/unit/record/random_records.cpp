#include "tests/unit/record/random_records.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paperclub::tests {

using record::Answer;
using record::Ballot;
using record::ClubSettings;
using record::Member;
using record::Paper;
using record::Quorum;
using record::Round;
using record::RoundResult;
using record::Schedule;
using record::Session;
using record::Suggestion;
using record::TimelineNumber;
using record::VotingRules;
using record::Withdrawal;
using Texts = std::vector<std::string>;

std::vector<Answer> RandomRecords::answers() {
  std::vector<Answer> answers;
  for (const std::string& question : different_ids(0)) {
    Answer answer{question, {}, maybe()};
    if (!answer.is_list) answer.texts = {random_.one_in(5) ? "" : paragraph()};
    if (answer.is_list) answer.texts = different_texts(200);
    answers.push_back(std::move(answer));
  }
  return answers;
}

Paper RandomRecords::paper() {
  static const Texts kArxiv = {"1706.03762", "2401.10020", "0704.0001v2", "math/0611800",
                               "math.CA/0611800v1"};
  static const Texts kDoi = {"10.18653/v1/N19-1423", "10.1000/a(b)[c]<d>;e:f#g", "10.1000/'x'"};
  Paper paper;
  paper.title = "T" + text(499);
  if (maybe()) paper.short_title = "S" + text(199);
  paper.authors = different_texts(200);
  if (maybe()) {
    const Date day = date();
    const bool month = maybe();
    paper.published = PartialDate{day.year, month ? day.month : 0, month && maybe() ? day.day : 0};
  }
  if (maybe()) paper.venue = text(200);
  if (maybe()) paper.url = url();
  if (maybe()) paper.arxiv = random_.pick(kArxiv);
  if (maybe() || (paper.url.empty() && paper.arxiv.empty())) paper.doi = random_.pick(kDoi);
  if (maybe()) paper.summary = paragraph();
  paper.tags = different_ids(0);
  if (maybe())
    paper.suggested = Suggestion{maybe() ? text(200) : "", date(), maybe() ? text(2000) : ""};
  if (maybe()) paper.number = TimelineNumber{number(1, 1'000'000)};
  paper.discussion = answers();
  paper.links = links();
  paper.aliases = paper_ids(0);
  if (random_.one_in(4)) paper.withdrawn = Withdrawal{};
  if (maybe()) paper.withdrawn = Withdrawal{date(), text(2000)};
  paper.extra = extra();
  return paper;
}

Session RandomRecords::session() {
  Session session;
  if (maybe()) session.date = date();
  if (maybe()) session.date = moment();
  session.papers = paper_ids(0);
  session.presenters = different_texts(200);
  session.recordings = links();
  session.slides = links();
  session.note = paragraph();
  if (maybe()) session.cancelled = text(2000);
  session.no_meeting = maybe();
  session.extra = extra();
  return session;
}

VotingRules RandomRecords::rules() {
  static const Texts kMethods = {"approval", "irv", "ranked-pairs", "equal-shares"};
  static const Texts kElectorates = {"open", "members", "signed"};
  VotingRules rules;
  rules.method = random_.pick(kMethods);
  if (maybe()) rules.seats = number(1, 100);
  if (maybe()) rules.electorate = random_.pick(kElectorates);
  if (maybe()) rules.none = maybe();
  if (maybe()) rules.quorum = Quorum{std::nullopt, share()};
  if (maybe()) rules.quorum = Quorum{number(1, 1'000'000), ""};
  if (maybe()) rules.over_none = number(0, 1'000'000);
  if (maybe()) rules.min_share = share();
  if (maybe()) rules.max_score = number(1, 1000);
  if (maybe()) rules.margins = maybe();
  return rules;
}

RoundResult RandomRecords::result() {
  return {hex(maybe() ? 40 : 64),
          "approval/1",
          number(0, 1'000'000),
          maybe() ? hex(64) : "",
          paper_ids(0),
          paper_ids(0),
          maybe()};
}

Round RandomRecords::round() {
  Round round;
  if (maybe()) round.title = text(200);
  if (maybe()) round.opened = date();
  if (maybe()) round.closes = moment();
  round.rules = rules();
  round.candidates = paper_ids(1);
  if (maybe()) round.result = result();
  round.extra = extra();
  return round;
}

Ballot RandomRecords::ballot() {
  Ballot ballot;
  const std::size_t choice = random_.below(5);
  if (choice == 0) ballot.abstain = true;
  if (choice == 1) ballot.withdrawn = true;
  if (choice == 2) ballot.approve = different_ids(0);
  if (choice == 3) {
    ballot.rank.emplace();
    for (std::string& name : different_ids(0)) {
      if (ballot.rank->empty() || maybe()) ballot.rank->emplace_back();
      ballot.rank->back().push_back(std::move(name));
    }
  }
  if (choice == 4) {
    ballot.score.emplace();
    for (std::string& name : different_ids(0)) {
      ballot.score->emplace_back(std::move(name), number(0, 1000));
    }
  }
  if (maybe()) ballot.comment = text(2000);
  if (maybe()) ballot.previous = random_.one_in(4) ? "-" : hex(40);
  if (maybe()) ballot.sequence = 1 + static_cast<long long>(random_.below(1000));
  if (maybe()) {
    ballot.signature = "-----BEGIN SSH SIGNATURE-----\n" + hex(70) + "\n" + hex(20) +
                       "==\n-----END SSH SIGNATURE-----" + (maybe() ? "\n" : "");
  }
  ballot.extra = extra();
  return ballot;
}

Member RandomRecords::member() {
  Member member;
  member.name = text(200);
  for (std::size_t i = random_.below(4); i > 0; --i) {
    member.emails.push_back(fmt::format("{}+a{}@example.org", random_.below(100), i));
  }
  if (maybe()) member.login = random_.pick<std::string>({"ada", "no", "1e3", "A.b_c-d", "0x1F"});
  for (std::size_t i = random_.below(4); i > 0; --i) {
    member.keys.push_back("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG" + hex(42) +
                          (maybe() ? " ada@home: #1" : ""));
  }
  if (maybe()) member.roles = {"organiser"};
  member.extra = extra();
  return member;
}

Schedule RandomRecords::schedule() {
  static const Texts kDays = {"monday", "thursday", "sunday"};
  Schedule schedule;
  if (maybe()) schedule.every = random_.pick<std::string>({"week", "two-weeks", "month"});
  if (maybe()) schedule.weekday = random_.pick(kDays);
  if (maybe()) schedule.time = fmt::format("{:02}:{:02}", number(0, 23), number(0, 59));
  if (maybe()) schedule.minutes = number(1, 1440);
  if (maybe()) schedule.where = maybe() ? url() : text(500);
  for (std::size_t i = random_.below(20); i > 0; --i) {
    const Date day = date();
    const bool is_new =
        std::find(schedule.skip.begin(), schedule.skip.end(), day) == schedule.skip.end();
    if (is_new) schedule.skip.push_back(day);
  }
  return schedule;
}

ClubSettings RandomRecords::club_settings() {
  ClubSettings settings;
  settings.id = id();
  settings.name = text(200);
  if (maybe()) settings.about = paragraph();
  if (maybe()) settings.calendar = url();
  if (maybe())
    settings.timezone = random_.pick<std::string>({"Asia/Singapore", "UTC", "Etc/GMT+8"});
  if (maybe()) settings.schedule = schedule();
  for (const std::string& question : different_ids(0)) {
    settings.questions.push_back({question, text(200), maybe() ? text(2000) : ""});
  }
  if (maybe()) settings.voting = rules();
  settings.papers_by_year = maybe();
  if (maybe()) settings.site_base_url = url();
  settings.extra = extra();
  return settings;
}

}  // namespace paperclub::tests
