// paperclub hook pre-receive and pre-push: whether a push is its maker's to make.
#include <fmt/format.h>

#include <algorithm>

#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/identity.hpp"
#include "cli/input.hpp"
#include "cli/writing.hpp"
#include "lib/base/text.hpp"
#include "lib/club/layout.hpp"
#include "lib/gate/gate.hpp"
#include "lib/gate/standing.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/os/file.hpp"
#include "lib/sync/suggestions.hpp"

namespace paperclub::cli {
namespace {

// One branch or tag that a push moves, as git tells it.
struct Update {
  std::string ref;
  std::optional<git::ObjectId> before;  // nothing: it is new
  std::optional<git::ObjectId> after;   // nothing: it is deleted
};

std::optional<git::ObjectId> id_of(const std::string& word) {
  if (word.find_first_not_of('0') == word.npos) return std::nullopt;
  if (auto id = git::ObjectId::parse(word)) return id;
  throw Error{ErrorKind::usage, fmt::format("{} is no id of a commit", quote(word, 100))}.hint(
      "git runs this command; see 'paperclub hook install'");
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

// The lines that git writes to a hook, each of `count` words.
std::vector<std::vector<std::string>> lines_of(Context& context, std::size_t count) {
  const std::string text = read_input(context, "-");
  std::vector<std::vector<std::string>> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(words_of(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
    if (lines.back().size() == count) continue;
    throw Error{ErrorKind::usage, "this is not what git tells a hook"}.hint(
        "git runs this command; see 'paperclub hook install'");
  }
  return lines;
}

// Tells the findings, which git shows to who pushes.
void tell(Context& context, const std::string& ref, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    context.ui.err(finding_line(finding) + "\n");
    if (!finding.hint.empty()) context.ui.hint(finding.hint);
  }
  throw Error{ErrorKind::unacceptable,
              fmt::format("{} does not take this change", quote(git::short_branch(ref), 200))}
      .hint("see the rules with 'paperclub check --rules'");
}

// Judges one update of a branch that clubs live on.
void judge(Context& context, const git::RepositoryPlace& place, const Update& update,
           gate::Request request) {
  const git::Repository repository = git::Repository::open(place);
  if (!git::stands_on(repository, request.head, request.base)) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the push would rewrite {}, and votes are in its history",
                            quote(git::short_branch(update.ref), 200))}
        .hint("fetch what is there and make the change on top of it");
  }
  request.now = now_of(context, {});
  const std::vector<std::string> clubs = club::clubs_in(repository, request.base);
  for (const std::string& prefix : clubs) {
    request.others = clubs;
    std::erase(request.others, prefix);
    const gate::Judgement judgement = gate::judge_change(place, prefix, request);
    if (count_errors(judgement.findings) > 0) tell(context, update.ref, judgement.findings);
  }
}

// --- on a server ---------------------------------------------------------------------------------

// Who pushes, as the server knows: gitolite, a web server, or what the administrator set for a key.
std::string pusher(const Environment& environment) {
  for (const char* name : {"GL_USER", "REMOTE_USER", "PAPERCLUB_USER"}) {
    if (std::string value = environment.get(name); !value.empty()) return value;
  }
  return {};
}

// Where git keeps what is pushed until the hook has agreed.
std::vector<std::string> pushed_objects(const Context& context, const std::string& folder) {
  const std::string path = context.environment.get("GIT_QUARANTINE_PATH");
  if (path.empty()) return {};
  return {path.starts_with('/') ? path : folder + "/" + path};
}

// Whether a club may live on the branch: suggestions and votes on their way are anybody's.
bool is_club_branch(const std::string& ref) {
  return ref.starts_with("refs/heads/") && !ref.starts_with("refs/heads/suggest/") &&
         !ref.starts_with("refs/heads/ballot/");
}

bool has_club_branch(const git::RepositoryPlace& place) {
  const auto branches = git::Repository::open(place).references("refs/heads/*");
  return std::any_of(branches.begin(), branches.end(),
                     [](const auto& one) { return is_club_branch(one.first); });
}

// The clubs of `tip` that the suggestion changes; all of them where that cannot be seen.
std::vector<std::string> clubs_of(const git::Repository& repository, const git::ObjectId& tip,
                                  const git::ObjectId& suggestion) {
  std::vector<std::string> clubs = club::clubs_in(repository, tip);
  if (clubs.size() < 2) return clubs;
  try {
    const auto bases = git::merge_bases(repository, tip, suggestion);
    if (bases.size() != 1) return clubs;
    const auto changes = git::compare_trees(repository, repository.tree_of(bases.front()),
                                            repository.tree_of(suggestion));
    std::vector<std::string> changed = clubs;
    std::erase_if(changed, [&changes](const std::string& prefix) {
      return std::none_of(changes.begin(), changes.end(), [&prefix](const auto& one) {
        return one.path.starts_with(club::beginning_below(prefix));
      });
    });
    return changed.empty() ? clubs : changed;
  } catch (const Error&) {
    return clubs;  // it is not there, or too large to be looked at
  }
}

// Whether who pushes answers for the club, as far as it says who does, or made all of the
// suggestion.
bool may_take_away(const Context& context, const git::RepositoryPlace& place,
                   const git::ObjectId& tip, const std::string& prefix, const std::string& who,
                   const std::vector<std::string>& authors) {
  const auto files = club::commit_tree(git::Repository::open(place), tip, prefix);
  const club::Snapshot club = load_files(context, *files, club::Scope::papers_and_members);
  if (!gate::has_organisers(club)) return true;
  const gate::Actor actor = gate::actor_called(club, who);
  if (actor.standing == gate::Standing::organiser) return true;
  return !who.empty() && !authors.empty() &&
         std::all_of(authors.begin(), authors.end(), [&](const std::string& address) {
           const bool is_member =
               !actor.member.empty() && gate::actor_called(club, address).member == actor.member;
           return is_member || fold(address) == fold(who);
         });
}

// Who made the commits that `suggestion` has and the club has not, by their addresses.
std::vector<std::string> authors_of(const git::Repository& repository, const git::ObjectId& tip,
                                    const git::ObjectId& suggestion) {
  std::vector<std::string> authors;
  try {
    for (const git::ObjectId& commit : git::commits_between(repository, tip, suggestion))
      authors.push_back(git::read_commit(repository, commit).text.author.email);
  } catch (const Error&) {
    return {};
  }
  return authors;
}

// Suggestions and votes on their way are anybody's to make, but not to take away, to decline or,
// for those whom the server knows, to add to.
void judge_suggestion(const Context& context, const git::RepositoryPlace& place,
                      const git::ObjectId& tip, const Update& update) {
  const git::Repository repository = git::Repository::open(place);
  const bool declines = update.ref.starts_with(sync::kDeclinedRefs);
  const bool is_there = !is_club_branch(update.ref) && update.ref.starts_with("refs/heads/") &&
                        update.before.has_value();
  if (!declines && !is_there) return;
  const std::string who = pusher(context.environment);
  const bool extends =
      is_there && update.after && git::stands_on(repository, *update.after, *update.before);
  // A name that is no address says nothing of whose commits these are.
  if (extends && who.find('@') == std::string::npos) return;
  if (is_there && git::stands_on(repository, tip, *update.before)) return;  // the club has it all
  const auto named = declines ? git::ObjectId::parse(update.ref.substr(sync::kDeclinedRefs.size()))
                              : update.before;
  const git::ObjectId suggestion = named.value_or(tip);
  const auto clubs = clubs_of(repository, tip, suggestion);
  // Who made it may decline it, but not undo that somebody did.
  const auto authors = declines && update.before ? std::vector<std::string>()
                                                 : authors_of(repository, tip, suggestion);
  const bool may = std::all_of(clubs.begin(), clubs.end(), [&](const std::string& prefix) {
    return may_take_away(context, place, tip, prefix, who, authors);
  });
  if (may) return;
  throw Error{ErrorKind::unacceptable,
              declines
                  ? std::string("suggestions are declined by organisers and who made them")
                  : fmt::format("{} is somebody else's", quote(git::short_branch(update.ref), 200))}
      .hint(declines || !update.after ? "ask who made it, or an organiser"
                                      : "push to a branch of another name");
}

int run_pre_receive(Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::RepositoryPlace place{folder, pushed_objects(context, folder)};
  const git::Head head = git::Repository::open(place).head();
  for (const std::vector<std::string>& line : lines_of(context, 3)) {
    const Update update{line[2], id_of(line[0]), id_of(line[1])};
    // Where HEAD names no branch that is there, the club may live on any.
    const bool judged = head.commit ? update.ref == head.branch : is_club_branch(update.ref);
    if (head.commit && !judged) judge_suggestion(context, place, *head.commit, update);
    if (!judged) continue;
    if (!update.after) {
      throw Error{ErrorKind::unacceptable, "the club's branch cannot be deleted"}.hint(
          "push to another branch");
    }
    const bool has_others = !head.commit && has_club_branch(place);
    if (!update.before && has_others && update.ref == head.branch) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("HEAD of the server names {}, which is not there, while clubs are on "
                              "other branches: it cannot be made",
                              quote(git::short_branch(head.branch), 100))}
          .hint(
              "an administrator says on the server where the club lives: git symbolic-ref HEAD "
              "refs/heads/BRANCH");
    }
    if (!update.before) continue;  // the club's first push
    judge(context, place, update,
          {*update.before, *update.after, pusher(context.environment), "", true, {}});
  }
  return kDone;
}

// --- in a clone ----------------------------------------------------------------------------------

bool has_commit(const git::Repository& repository, const git::ObjectId& id) {
  try {
    repository.tree_of(id);
    return true;
  } catch (const Error&) {
    return false;  // not fetched yet: git itself refuses such a push
  }
}

int run_pre_push(Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::RepositoryPlace place{folder, {}};
  const git::Repository repository = git::Repository::open(place);
  const git::Config config = read_git_config(context.environment, &repository);
  const std::string who = config.text("paperclub.member")
                              .value_or(identity_of(context.environment, config).author.email);
  const std::string branch = repository.head().branch;
  for (const std::vector<std::string>& line : lines_of(context, 4)) {
    const Update update{line[2], id_of(line[3]), id_of(line[1])};
    const bool judged = update.ref == branch && update.before && update.after &&
                        has_commit(repository, *update.before);
    if (judged) judge(context, place, update, {*update.before, *update.after, who, "", true, {}});
  }
  return kDone;
}

Run setup_pre_receive(Arguments&) {
  return [](Context& context) { return run_pre_receive(context); };
}

Run setup_pre_push(Arguments&) {
  return [](Context& context) { return run_pre_push(context); };
}

}  // namespace

Command hook_pre_receive_command() {
  return {"hook pre-receive",
          "More",
          "judge what is pushed to this repository",
          "[OPTIONS]",
          "paperclub hook pre-receive </dev/null",
          "hook install",
          setup_pre_receive};
}

Command hook_pre_push_command() {
  return {"hook pre-push",
          "More",
          "judge what is about to be pushed from this clone",
          "[OPTIONS]",
          "paperclub hook pre-push </dev/null",
          "hook install",
          setup_pre_push};
}

}  // namespace paperclub::cli
