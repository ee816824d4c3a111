#include "cli/recount.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/closing.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/record/round.hpp"
#include "lib/vote/round_count.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {

sync::Step Recount::close(club::Chain& chain, const sync::Replay& replay,
                          const sync::OwnCommit& own) {
  if (!replay.gave_way(*own.closes)) return close_again(chain, own);
  sync::Step step;
  step.message = own.info.text.message;
  step.lost.push_back(fmt::format("the close of the round {} made here is left out",
                                  quote(own.closes->str(), 100)));
  return step;
}

sync::Step Recount::close_again(club::Chain& chain, const sync::OwnCommit& own) {
  sync::Step step;
  step.message = own.info.text.message;
  const RoundId& id = *own.closes;
  if (const auto problem = sync::close_problem(chain.repository(), at_.club.prefix, own)) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("commit {} closes round {} and {}", own.info.id.short_hex(),
                            quote(id.str(), 100), *problem)}
        .hint(
            "a close is counted again, and what else there is would be lost: make two commits "
            "of it")
        .hint("or take it back, sync, and close the round again");
  }
  const std::string path = club::repository_path(at_.club.prefix, club::round_path(id.str()));
  const git::Repository& repository = chain.repository();
  const auto entry = repository.find_entry(repository.tree_of(chain.tip()), path);
  if (sync::has_result(repository, entry)) {
    const auto theirs = repository.read_blob(entry->id, club::kMaxFileBytes);
    if (elects_others(own, path, theirs.value_or(""))) changed_ = id.str();
    step.notes.push_back(
        fmt::format("round {} was closed by others meanwhile: that result stands, and the one "
                    "made here is left out",
                    quote(id.str(), 100)));
    return step;
  }
  const auto files = chain.files();
  const club::Snapshot snapshot = load_files(context_, *files);
  const Desk desk{context_,
                  *files,
                  snapshot,
                  own.info.text.author,
                  now_of(context_, snapshot.settings),
                  club::Scope::everything};
  const VotingPlace place{git::Repository::open(at_.folder), at_.folder, at_.club.prefix,
                          chain.tip()};
  Outcome outcome;
  try {
    outcome = close_round(desk, place, id);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable) throw;
    changed_ = id.str();
    step.lost.push_back(
        fmt::format("the close of round {} made here is left out, for others did "
                    "more meanwhile: {}",
                    quote(id.str(), 100), error.message()));
    return step;
  }
  follow_up(desk, outcome);
  for (const club::Change& change : outcome.changes) {
    const std::string where = club::repository_path(at_.club.prefix, change.path);
    if (where == path && change.bytes && elects_others(own, path, *change.bytes))
      changed_ = id.str();
    step.changes.push_back(
        {where, change.bytes ? std::optional(chain.write_blob(*change.bytes)) : std::nullopt});
  }
  step.notes.push_back(
      fmt::format("round {} was counted again, with what others did meanwhile; "
                  "see 'paperclub tally {}'",
                  quote(id.str(), 100), id.str()));
  return step;
}

void Recount::warn_of_opened(const sync::OwnCommit& own, sync::Step& step) const {
  if (changed_.empty()) return;
  const std::string begin = club::beginning_below(at_.club.prefix);
  for (const git::FileDifference& change : own.changes) {
    if (change.before || !change.path.starts_with(begin)) continue;
    const club::Place place = club::place_of(std::string_view(change.path).substr(begin.size()));
    if (place.place != club::PlaceKind::record || place.kind != club::RecordKind::round) continue;
    step.lost.push_back(
        fmt::format("round {} was opened behind the close of {} that was made here, which is "
                    "another one now: see whether its candidates are those that are meant",
                    quote(place.id, 100), quote(changed_, 100)));
  }
}

bool Recount::elects_others(const sync::OwnCommit& own, const std::string& path,
                            const std::string& now) const {
  for (const git::FileDifference& change : own.changes) {
    if (change.path != path || !change.after) continue;
    const auto bytes = at_.repository.read_blob(change.after->id, club::kMaxFileBytes);
    const auto before = yaml::parse(path, bytes.value_or("")).document;
    const auto after = yaml::parse(path, now).document;
    if (!before || !after) return true;
    const auto old = record::round_from(*before).result;
    const auto result = record::round_from(*after).result;
    return !old || !result || old->winners != result->winners ||
           old->runners_up != result->runners_up;
  }
  return true;
}

void refuse_false_closes(const ClubRemote& at, const git::ObjectId& theirs,
                         const git::ObjectId& mine) {
  const VotingPlace place{git::Repository::open(at.folder), at.folder, at.club.prefix, mine};
  for (const RoundEntry& entry : rounds_of(place)) {
    const std::string path =
        club::repository_path(at.club.prefix, club::round_path(entry.id.str()));
    const auto before = at.repository.find_entry(at.repository.tree_of(theirs), path);
    if (!entry.round.result || sync::has_result(at.repository, before)) continue;
    const club::RoundHistory history =
        club::read_round(place.repository, place.prefix, mine, entry.id);
    const std::size_t ballots = vote::passed_over(at.repository, history, theirs);
    const bool agrees = history.result == vote::result_of(history, vote::count_round(history));
    if (agrees && ballots == 0) continue;
    Error error{
        ErrorKind::unacceptable,
        fmt::format(
            "the result of round {} {}; nothing was sent", quote(entry.id.str(), 100),
            agrees ? fmt::format("leaves out {} that came before it", counted(ballots, "ballot"))
                   : "is not what its ballots say")};
    error.hint(fmt::format("see 'paperclub audit {}'", entry.id.str()));
    if (history.closed) {
      error.hint(
          fmt::format("take the close back, with what came after it, and close again: "
                      "git reset --keep {}~1",
                      history.closed->short_hex()));
    }
    throw error;
  }
}

}  // namespace paperclub::cli
