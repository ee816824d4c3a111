#include "cli/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "lib/base/error.hpp"
#include "lib/base/similar.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/round_states.hpp"
#include "lib/git/graph.hpp"
#include "lib/os/file.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

std::vector<std::string> names_of(const std::vector<RoundEntry>& rounds) {
  std::vector<std::string> names;
  for (const RoundEntry& entry : rounds)
    names.push_back(entry.id.str());
  return names;
}

// Those without a result; where there are several, history says which of them are open.
std::vector<std::string> open_names(const VotingPlace& place,
                                    const std::vector<RoundEntry>& rounds) {
  std::vector<RoundEntry> open;
  std::copy_if(rounds.begin(), rounds.end(), std::back_inserter(open),
               [](const RoundEntry& entry) { return !entry.round.result; });
  if (open.size() > 1) {
    const std::set<RoundId> ended = ended_rounds(place);
    std::erase_if(open, [&ended](const RoundEntry& entry) { return ended.contains(entry.id); });
  }
  return names_of(open);
}

// The one closed last; where none says how it ended, the one opened last, by its day and its id.
const RoundId& last_of(const git::Repository& repository, const std::vector<RoundEntry>& rounds) {
  const RoundEntry* last = &rounds.front();
  for (const RoundEntry& entry : rounds) {
    const bool is_later = last->round.result && entry.round.result
                              ? was_closed_before(repository, last->round, entry.round)
                              : last->round.opened <= entry.round.opened;
    if (is_later) last = &entry;
  }
  return last->id;
}

// The one that is meant where none is named: the only open one, else, where closed ones will do,
// the last of these.
RoundId only_one(const VotingPlace& place, const std::vector<RoundEntry>& rounds, bool closed) {
  const std::vector<std::string> names = open_names(place, rounds);
  if (names.empty() && closed && !rounds.empty()) return last_of(place.repository, rounds);
  if (names.size() == 1) return *RoundId::parse(names.front());
  if (names.empty()) {
    throw Error{ErrorKind::usage, "no round is open"}.hint(
        "open one with 'paperclub round open NAME'");
  }
  throw Error{ErrorKind::usage, "several rounds could be meant"}.hint(
      fmt::format("name one: {}", fmt::join(names, ", ")));
}

}  // namespace

bool was_closed_before(const git::Repository& repository, const record::Round& a,
                       const record::Round& b) {
  const auto first = git::ObjectId::parse(a.result->counted);
  const auto second = git::ObjectId::parse(b.result->counted);
  const bool by_day = a.opened <= b.opened;
  if (!first || !second || first == second) return by_day;
  try {
    return git::stands_on(repository, *second, *first);
  } catch (const Error&) {
    return by_day;  // what was counted is not in this repository
  }
}

VotingPlace open_votes(Context& context, const std::string& at) {
  const OpenClub club = open_club(context, at.empty() ? "HEAD" : at);
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  git::Repository repository = git::Repository::open(folder);
  git::ObjectId tip = repository.resolve_commit(at.empty() ? "HEAD" : at);
  return {std::move(repository), folder, club.prefix, tip};
}

std::string rewritten_words(const club::SeenTip& seen) {
  return fmt::format(
      "history was rewritten: this clone saw {} on the branch, and the tip does not stand on it\n"
      "hint: compare with another clone; where it was meant, remove '{}' in git's folder",
      seen.before ? seen.before->short_hex() : "", club::kSeenTips);
}

std::string damaged_memory_words() {
  return fmt::format(
      "what this clone remembered of history ('{}' in git's folder) is damaged; whether it was "
      "rewritten meanwhile cannot be said",
      club::kSeenTips);
}

void warn_of_rewriting(Context& context, const git::Repository& repository) {
  try {
    const git::Head head = repository.head();
    if (!head.commit) return;
    const club::SeenTip seen = club::compare_seen(repository, head.branch, *head.commit);
    if (seen.is_damaged) context.ui.warning(damaged_memory_words());
    if (seen.state == club::SeenState::rewritten) context.ui.warning(rewritten_words(seen));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::repository) throw;  // HEAD is on no branch: nothing was seen
  }
}

void warn_of_history(Context& context, const VotingPlace& place) {
  if (place.repository.has_replacements()) {
    context.ui.warning(
        "some objects are replaced (refs/replace, info/grafts), so that git shows another history; "
        "what is "
        "really there is counted");
  }
  warn_of_rewriting(context, place.repository);
}

void warn_of_round(Context& context, const club::RoundHistory& history) {
  if (history.rules_changed) {
    context.ui.warning(
        "candidates or rules of the round were changed after the opening; they count as they were");
  }
  if (history.result_changed) {
    context.ui.warning(
        fmt::format("the result was changed or taken away after the close; the round stays closed "
                    "as it was\nhint: to vote again: paperclub round reopen-as-new {} NAME",
                    history.id.str()));
  }
  if (history.bad_members.empty() || history.round.rules.electorate == "open") return;
  context.ui.warning(fmt::format("not on the roll, for it could not be read at the opening: {}",
                                 escape(fmt::format("{}", fmt::join(history.bad_members, ", ")))));
}

void warn_of_result(Context& context, const club::RoundHistory& history) {
  if (!history.closed || !history.result) return;
  std::string what;
  try {
    if (!(*history.result == vote::result_of(history, vote::count_round(history))))
      what = "the result as it was written is not what the ballots say";
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::limit) throw;
    what = "the result cannot be recomputed: " + error.message();
  }
  if (what.empty() && vote::left_beneath(history) > 0)
    what = "the close leaves out ballots that its commit stands on";
  if (what.empty()) return;
  context.ui.warning(fmt::format("{}\nhint: see 'paperclub audit {}'", what, history.id.str()));
}

std::vector<RoundEntry> rounds_of(const VotingPlace& place) {
  std::vector<RoundEntry> rounds;
  const std::string folder = club::repository_path(place.prefix, club::kVotesFolder);
  const auto entry = place.repository.find_entry(place.repository.tree_of(place.tip), folder);
  if (!entry || entry->kind != git::EntryKind::folder) return rounds;
  for (const git::TreeEntry& one : place.repository.list_tree(entry->id)) {
    const club::Place where = club::place_of(fmt::format("{}/{}", club::kVotesFolder, one.name));
    auto id = RoundId::parse(where.id);
    if (where.place != club::PlaceKind::record || !id || one.kind != git::EntryKind::file) continue;
    const auto bytes = place.repository.read_blob(one.id, yaml::kMaxBytes);
    const yaml::ParseResult parsed = yaml::parse(one.name, bytes.value_or(""));
    if (!parsed.document) continue;
    RoundEntry round{std::move(*id), record::round_from(*parsed.document)};
    // A result that is not good closes nothing.
    if (round.round.result && !club::says_result(place.repository, one.id))
      round.round.result.reset();
    rounds.push_back(std::move(round));
  }
  return rounds;
}

std::set<RoundId> ended_rounds(const VotingPlace& place) {
  std::set<RoundId> ended;
  for (const club::RoundState& state :
       club::round_states(place.repository, place.prefix, place.tip)) {
    if (state.result) ended.insert(state.id);
  }
  for (const RoundEntry& entry : rounds_of(place)) {
    if (!ended.contains(entry.id) && why_void(place, entry.id)) ended.insert(entry.id);
  }
  return ended;
}

std::optional<std::string> why_void(const VotingPlace& place, const RoundId& id) {
  try {
    club::read_round(place.repository, place.prefix, place.tip, id);
    return std::nullopt;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unacceptable) throw;
    return error.message();
  }
}

RoundId round_named(const VotingPlace& place, const std::string& name, bool closed) {
  const std::vector<RoundEntry> rounds = rounds_of(place);
  if (name.empty()) return only_one(place, rounds, closed);
  const std::vector<std::string> names = names_of(rounds);
  if (std::find(names.begin(), names.end(), name) != names.end()) return *RoundId::parse(name);
  std::vector<std::string> begun;
  for (const std::string& known : names) {
    if (known.starts_with(name)) begun.push_back(known);
  }
  if (begun.size() == 1) return *RoundId::parse(begun.front());
  Error error{ErrorKind::usage,
              (begun.empty() ? "no round " : "several rounds begin with ") + quote(name, 100)};
  if (!begun.empty()) throw error.hint(fmt::format("{}", fmt::join(begun, ", ")));
  const std::string near = nearest(name, names);
  throw error.hint(near.empty() ? "see 'paperclub round list'"
                                : fmt::format("did you mean {}?", quote(near)));
}

std::optional<PaperId> candidate_named(const record::Round& round, const std::string& name) {
  std::vector<PaperId> begun;
  for (const PaperId& id : round.candidates) {
    if (id.str() == name) return id;
    if (!name.empty() && id.str().starts_with(name)) begun.push_back(id);
  }
  std::size_t number = 0;
  const char* end = name.data() + name.size();
  const bool is_number = std::from_chars(name.data(), end, number).ptr == end && !name.empty();
  if (is_number && number >= 1 && number <= round.candidates.size())
    return round.candidates[number - 1];
  if (begun.size() == 1) return begun.front();
  if (begun.empty()) return std::nullopt;
  std::vector<std::string> texts;
  for (const PaperId& id : begun)
    texts.push_back(id.str());
  throw Error{ErrorKind::usage, fmt::format("several candidates begin with {}", quote(name, 100))}
      .hint(fmt::format("{}", fmt::join(texts, ", ")));
}

}  // namespace paperclub::cli
