// What may be done to papers, sessions, rounds and members.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/round_states.hpp"
#include "lib/gate/gate_work.hpp"
#include "lib/timeline/schedule.hpp"
#include "lib/vote/round_count.hpp"

namespace paperclub::gate {
namespace {

// Whether every item of `before` is in `after`.
template <typename Item>
bool holds_all(const std::vector<Item>& after, const std::vector<Item>& before) {
  return std::all_of(before.begin(), before.end(), [&after](const Item& item) {
    return std::find(after.begin(), after.end(), item) != after.end();
  });
}

// Whether `after` is the session with nothing but recordings, slides, presenters or a note more.
bool is_extension(const record::Session& before, const record::Session& after) {
  record::Session bare = after;
  bare.recordings = before.recordings;
  bare.slides = before.slides;
  bare.presenters = before.presenters;
  if (before.note.empty()) bare.note.clear();
  return bare == before && holds_all(after.recordings, before.recordings) &&
         holds_all(after.slides, before.slides) && holds_all(after.presenters, before.presenters);
}

}  // namespace

void Gate::judge_paper(const FileDifference& change, const std::string& path, const Place& place) {
  if (change.before) {
    if (!is_organiser())
      protect(path, change.after ? "a paper that is there is changed" : "a paper is taken away");
    return;
  }
  if (auto id = PaperId::parse(place.id)) added_.push_back(std::move(*id));
  const auto document = document_of(change.after);
  if (!document || is_organiser()) return;
  for (const char* key : {"number", "withdrawn", "aliases"}) {
    if (document->root().find(key))
      protect(path, fmt::format("a suggestion has no '{}' yet", key), {key});
  }
}

void Gate::judge_numbers() {
  for (const club::PaperRecord& old : before_.papers) {
    if (!old.paper.number) continue;
    const club::PaperRecord* now = club::find_by_id(head_, old.id.str());
    if (now != nullptr && now->paper.number == old.paper.number) continue;
    keep(now == nullptr ? old.file : now->file,
         fmt::format("{} had the number {} on the timeline", quote(old.id.str(), 100),
                     old.paper.number->value),
         now != nullptr && now->paper.number ? club::KeyPath{"number"} : club::KeyPath{});
  }
}

bool Gate::is_past(const record::Session& session) const {
  return session.date && timeline::is_past(*session.date, request_.now, rules_.settings.timezone);
}

void Gate::judge_session(const FileDifference& change, const std::string& path) {
  const auto old = document_of(change.before);
  const auto now = document_of(change.after);
  const auto before = old ? std::optional(record::session_from(*old)) : std::nullopt;
  const auto after = now ? std::optional(record::session_from(*now)) : std::nullopt;
  if (before && is_past(*before)) keep_past(path, *before, after);
  if (is_organiser()) return;
  const bool extends = is_member() && before && after && is_extension(*before, *after);
  if (extends) return;
  protect(path, change.before ? "members add recordings, slides, presenters and a note to a "
                                "session, and nothing else"
                              : "sessions are planned by organisers");
}

void Gate::keep_past(const std::string& path, const record::Session& before,
                     const std::optional<record::Session>& after) {
  if (!after) {
    keep(path, "a session that was held is taken away");
    return;
  }
  if (after->date != before.date) keep(path, "the date of a session that was held", {"date"});
  if (!holds_all(after->papers, before.papers))
    keep(path, "the papers of a session that was held", {"papers"});
}

void Gate::judge_round(const FileDifference& change, const std::string& path, const Place& place) {
  if (!is_organiser()) {
    protect(path,
            change.before ? "rounds are closed by organisers" : "rounds are opened by organisers");
    return;
  }
  const auto old = document_of(change.before);
  const auto now = document_of(change.after);
  const auto before = old ? std::optional(record::round_from(*old)) : std::nullopt;
  const bool was_closed = before && before->result;
  if (!now) {
    if (was_closed) keep(path, "a round that was closed is taken away");
    return;
  }
  if (!before && was_ever_opened(place.id))
    keep(path, "there was another round of that name, which is taken away");
  const record::Round after = record::round_from(*now);
  if (before && (!(after.rules == before->rules) || after.candidates != before->candidates))
    keep(path, "candidates and rules of a round stay as it was opened");
  if (was_closed && !(after.result == before->result))
    keep(path, "a result is changed", {"result"});
  if (!was_closed && after.result) judge_result(path, place);
}

bool Gate::was_ever_opened(const std::string& round) {
  if (!rounds_) rounds_ = club::rounds_ever(repository_, club_, request_.base);
  return std::any_of(rounds_->begin(), rounds_->end(),
                     [&round](const RoundId& one) { return one.str() == round; });
}

void Gate::judge_result(const std::string& path, const Place& place) {
  const auto id = RoundId::parse(place.id);
  if (!id) return;
  try {
    const club::RoundHistory history = history_of(*id);
    const vote::RoundCount count = vote::count_round(history);
    if (const std::size_t ballots = vote::passed_over(repository_, history, request_.base)) {
      refuse(Rule::wrong_result, path, {"result"},
             fmt::format("the close leaves out {} that came before it", counted(ballots, "ballot")),
             "take the close back, fetch what is there, and close the round on top of it");
      return;
    }
    const bool decided = count.decision.outcome != vote::Outcome::no_decision;
    if (decided && history.result && *history.result == vote::result_of(history, count)) return;
    refuse(Rule::wrong_result, path, {"result"}, "this is not what the ballots say",
           "close the round with 'paperclub round close'");
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable) throw;
    refuse(Rule::wrong_result, path, {"result"}, error.message(),
           "close the round with 'paperclub round close'");
  }
}

club::RoundHistory Gate::history_of(const RoundId& id) const {
  return club::read_round(repository_, club_, request_.head, id);
}

void Gate::judge_member(const FileDifference& change, const std::string& path, const Place& place) {
  if (is_organiser()) return;
  if (!change.before || !change.after) {
    protect(path, change.before ? "a member is taken away" : "a member is added");
    return;
  }
  if (place.id != actor_.member) {
    refuse(Rule::not_yours, path, {}, fmt::format("the file is that of {}", quote(place.id, 100)),
           kOrganiserHint);
    return;
  }
  const auto old = document_of(change.before);
  const auto now = document_of(change.after);
  if (!old || !now) return;  // what cannot be read is told by the check
  const record::Member before = record::member_from(*old);
  const record::Member after = record::member_from(*now);
  if (before.roles != after.roles) protect(path, "roles are changed", {"roles"});
  if (before.keys != after.keys) protect(path, "keys are changed", {"keys"});
  if (before.login != after.login) protect(path, "the login is changed", {"login"});
}

}  // namespace paperclub::gate
