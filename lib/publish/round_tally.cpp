#include "lib/publish/round_tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/text.hpp"
#include "lib/base/utf8.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/escape.hpp"
#include "lib/timeline/timeline.hpp"

namespace paperclub::publish {
namespace {

constexpr std::string_view kWeb = "noreply@github.com";  // who commits what is edited on its pages
constexpr std::size_t kMaxTitle = 200;
constexpr std::size_t kMaxRunnersUp = 5;
constexpr std::size_t kMaxWinners = 1400;  // bytes; all of it stays below 2,000 characters

// Anybody may vote in an open round under any name that is free: who did so more than once, or
// under the name of somebody else, can be seen.
std::vector<std::string> remarks_on(const club::RoundHistory& history, const vote::Judged& judged) {
  std::map<std::string, std::vector<std::string>> by_address;
  std::vector<std::string> remarks;
  for (const std::size_t one : judged.counting) {
    const club::BallotVersion& version = history.versions[one];
    by_address[fold(version.author.email)].push_back(version.member);
    const auto member = std::find_if(
        history.roll.begin(), history.roll.end(),
        [&version](const club::MemberRecord& known) { return known.id.str() == version.member; });
    const bool is_other = member != history.roll.end() && vote::address_of(member->member) &&
                          !vote::owns_address(member->member, version.author.email);
    if (is_other) {
      remarks.push_back(fmt::format("{}: cast from {}, which is no address of that member",
                                    version.member, quote(version.author.email, 100)));
    }
  }
  for (const auto& [address, members] : by_address) {
    if (members.size() > 1) {
      remarks.push_back(fmt::format("cast from one address: {}", fmt::join(members, ", ")));
    }
  }
  return remarks;
}

RoundFacts facts_of(const club::RoundHistory& history, const vote::Judged& judged) {
  RoundFacts facts;
  facts.id = history.id.str();
  facts.title = history.round.title;
  facts.electorate = history.round.rules.electorate;
  facts.commit = history.counted.hex();
  facts.closed = history.closed.has_value();
  facts.digest = judged.digest;
  std::set<std::string> voters;
  for (const std::size_t one : judged.counting) {
    const club::BallotVersion& version = history.versions[one];
    voters.insert(version.member);
    const bool by_web = version.committer.email == kWeb;
    if (!by_web && fold(version.author.email) != fold(version.committer.email))
      facts.recorded.emplace_back(version.member, version.committer.name);
  }
  facts.voters.assign(voters.begin(), voters.end());
  if (facts.electorate == "open") {
    facts.remarks = remarks_on(history, judged);
  } else {
    facts.roll = history.roll.size();
    for (const club::MemberRecord& member : history.roll) {
      if (!voters.contains(member.id.str())) facts.not_voted.push_back(member.id.str());
    }
  }
  for (std::size_t i = 0; i < history.versions.size(); ++i) {
    if (judged.verdicts[i].fate == vote::Fate::counts) continue;
    const club::BallotVersion& version = history.versions[i];
    facts.left_out.push_back(
        {version.member, version.blob.hex(), version.commit.hex(), judged.verdicts[i].reason});
  }
  return facts;
}

// A title that is not too long for a message.
std::string short_title(const std::string& title) {
  std::string out = squeeze(title);
  if (out.size() <= kMaxTitle) return out;
  std::size_t end = kMaxTitle;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80)
    --end;
  return out.substr(0, end) + "…";
}

// A day, or a day and time with the club's zone.
std::string when(const SessionDate& date, const record::ClubSettings& settings) {
  const auto* moment = std::get_if<Moment>(&date);
  if (moment == nullptr) return record::format_session_date(date);
  return fmt::format(
      "{} {:02}:{:02}{}", format_date(moment->date), moment->hour, moment->minute,
      settings.timezone.empty() ? "" : fmt::format(" ({})", markdown_text(settings.timezone)));
}

// What a winner is called: by title with a link, or by its id alone where `brief`.
std::string name_of_winner(const record::Paper& paper, const PaperId& id, bool brief) {
  if (brief) return id.str();
  std::string title = markdown_text(short_title(paper.title));
  const std::string url = record::reading_link(paper);
  if (url.empty() || !is_safe_link(url)) return title;
  return fmt::format("[{}]({})", title, markdown_target(url));
}

std::string winner_line(const club::Snapshot& snapshot, const PaperId& id, bool brief) {
  const club::PaperRecord* paper = club::find_by_id(snapshot, id.str());
  if (paper == nullptr) return fmt::format("- {}\n", id.str());
  std::string line = name_of_winner(paper->paper, id, brief);
  if (paper->paper.number) line = fmt::format("#{} {}", paper->paper.number->value, line);
  // It may have been read before: the session that was planned last is the one that comes.
  const club::SessionRecord* last = nullptr;
  for (const club::SessionRecord* session : timeline::sessions_of(snapshot, *paper)) {
    if (!record::takes_place(session->session)) continue;
    if (last == nullptr || last->id < session->id) last = session;
  }
  if (last == nullptr || !last->session.date) return fmt::format("- {}\n", line);
  return fmt::format("- {}, {}\n", line, when(*last->session.date, snapshot.settings));
}

// The winners in at most `room` bytes: with titles and links, else by their ids, else as many of
// these as fit and how many more there are.
std::string winner_lines(const club::Snapshot& snapshot, const std::vector<PaperId>& winners,
                         std::size_t room) {
  std::string text;
  for (const PaperId& id : winners)
    text += winner_line(snapshot, id, false);
  if (text.size() <= room) return text;
  constexpr std::size_t kForTheRest = 20;  // bytes for "- and 999 more"
  text.clear();
  for (std::size_t i = 0; i < winners.size(); ++i) {
    const std::string line = winner_line(snapshot, winners[i], true);
    if (text.size() + line.size() + kForTheRest > room)
      return text + fmt::format("- and {} more\n", winners.size() - i);
    text += line;
  }
  return text;
}

}  // namespace

Tally tally_of(const club::RoundHistory& history, const vote::RoundCount& count) {
  Tally tally;
  tally.subject = fmt::format("round {}", history.id.str());
  for (const PaperId& id : history.round.candidates)
    tally.names.push_back(id.str());
  tally.rules = count.rules;
  tally.decision = count.decision;
  tally.others = other_methods(count.judged.ballots, count.rules, tally.names);
  tally.round = facts_of(history, count.judged);
  return tally;
}

std::string announcement(const club::RoundHistory& history, const vote::RoundCount& count,
                         const club::Snapshot& snapshot) {
  const record::RoundResult result = vote::result_of(history, count);
  std::string text = fmt::format(
      "**{}**\n\n",
      markdown_text(short_title(history.round.title.empty() ? "Round " + history.id.str()
                                                            : history.round.title)));
  if (result.winners.empty()) text += "No paper was chosen.\n";
  const std::string ties = result.tied ? tie_words(count.decision.count) : "";
  text +=
      winner_lines(snapshot, result.winners, kMaxWinners - std::min(text.size(), kMaxWinners / 2));
  text += fmt::format("\n{}, {}{}.\n", counted(static_cast<std::size_t>(result.ballots), "ballot"),
                      count.rules.method->title, ties.empty() ? "" : "; " + ties);
  std::string next;
  for (std::size_t i = 0; i < std::min(result.runners_up.size(), kMaxRunnersUp); ++i)
    next += (next.empty() ? "" : ", ") + result.runners_up[i].str();
  if (!next.empty()) text += fmt::format("Next: {}\n", next);
  text += fmt::format("Recount it: `paperclub audit {}`\n", history.id.str());
  return text;
}

}  // namespace paperclub::publish
