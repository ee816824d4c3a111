#include "lib/gate/suggestion.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/base/error.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/gate/standing.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"

namespace paperclub::gate {
namespace {

using Differences = std::vector<git::FileDifference>;

// What the suggestion changes; nothing where that cannot be seen: it is not there, has more than
// one beginning, or is too large to be looked at.
std::optional<Differences> changes_of(const git::Repository& repository,
                                      const SuggestionRequest& request) {
  try {
    const auto bases = git::merge_bases(repository, request.club, request.suggestion);
    if (bases.size() != 1) return std::nullopt;
    return git::compare_trees(repository, repository.tree_of(bases.front()),
                              repository.tree_of(request.suggestion));
  } catch (const Error&) {
    return std::nullopt;
  }
}

// Whether what the commit did is in the club.
bool has_what_was_done(const git::Repository& repository, const git::ObjectId& tree,
                       const git::ObjectId& commit) {
  const git::CommitText text = git::read_commit(repository, commit).text;
  const auto before =
      text.parents.empty() ? std::nullopt : std::optional(repository.tree_of(text.parents.front()));
  const Differences done = git::compare_trees(repository, before, text.tree);
  return std::all_of(done.begin(), done.end(), [&](const git::FileDifference& one) {
    return git::is_same_entry(one.after, repository.find_entry(tree, one.path));
  });
}

// Whether the club has all of it: merged, or squashed with nothing of any of its commits left out,
// for one on top may take back what those below it did.
bool has_all(const git::Repository& repository, const SuggestionRequest& request) {
  constexpr std::size_t kMaxLooked = 100;
  try {
    const auto commits = git::commits_between(repository, request.club, request.suggestion);
    const git::ObjectId tree = repository.tree_of(request.club);
    return commits.size() <= kMaxLooked &&
           std::all_of(commits.begin(), commits.end(), [&](const git::ObjectId& commit) {
             return has_what_was_done(repository, tree, commit);
           });
  } catch (const Error&) {
    return false;  // it is not there, or too large to be looked at
  }
}

// The clubs that it changes; all of them where it changes none or that cannot be seen.
std::vector<std::string> clubs_of(const std::vector<std::string>& clubs,
                                  const std::optional<Differences>& changes) {
  if (!changes) return clubs;
  std::vector<std::string> changed = clubs;
  std::erase_if(changed, [&changes](const std::string& prefix) {
    return std::none_of(changes->begin(), changes->end(), [&prefix](const auto& one) {
      return one.path.starts_with(club::beginning_below(prefix));
    });
  });
  return changed.empty() ? clubs : changed;
}

// The addresses of those who made the commits that the suggestion has and the club has not; none
// where that cannot be seen.
std::vector<std::string> authors_of(const git::Repository& repository,
                                    const SuggestionRequest& request) {
  std::vector<std::string> authors;
  try {
    for (const git::ObjectId& commit :
         git::commits_between(repository, request.club, request.suggestion))
      authors.push_back(git::read_commit(repository, commit).text.author.email);
  } catch (const Error&) {
    return {};
  }
  return authors;
}

// Whether the address is that of who asks.
bool is_own(const club::Snapshot& club, const std::string& address,
            const SuggestionRequest& request) {
  if (fold(address) == fold(request.actor)) return true;
  const std::string member = actor_called(club, request.actor).member;
  return !member.empty() && actor_called(club, address).member == member;
}

}  // namespace

bool may_change_suggestion(const git::RepositoryPlace& place, const SuggestionRequest& request) {
  const bool adds = request.asked == Asked::adding;
  if (adds && request.actor.find('@') == std::string::npos) return true;
  const git::Repository repository = git::Repository::open(place);
  const bool answers = request.asked == Asked::declining || request.asked == Asked::answering_again;
  if (!answers && has_all(repository, request)) return true;
  // Who made it may decline it, but not undo that somebody did.
  const auto authors = request.asked == Asked::answering_again ? std::vector<std::string>()
                                                               : authors_of(repository, request);
  const auto clubs =
      clubs_of(club::clubs_in(repository, request.club), changes_of(repository, request));
  return std::all_of(clubs.begin(), clubs.end(), [&](const std::string& prefix) {
    const auto files = club::commit_tree(git::Repository::open(place), request.club, prefix);
    const auto club = club::load_snapshot(*files, {club::Scope::papers_and_members, 1, {}});
    if (!has_organisers(club)) return true;
    if (actor_called(club, request.actor).standing == Standing::organiser) return true;
    return !request.actor.empty() && !authors.empty() &&
           std::all_of(authors.begin(), authors.end(),
                       [&](const std::string& address) { return is_own(club, address, request); });
  });
}

}  // namespace paperclub::gate
