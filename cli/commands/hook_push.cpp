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
#include "lib/gate/suggestion.hpp"
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

// Where clubs may be: where HEAD leads, or where it names nothing that is there, all such branches.
std::vector<git::ObjectId> club_tips(const git::Repository& repository, const git::Head& head) {
  if (head.commit) return {*head.commit};
  std::vector<git::ObjectId> tips;
  for (const auto& [name, tip] : repository.references("refs/heads/*")) {
    if (is_club_branch(name)) tips.push_back(tip);
  }
  return tips;
}

// Whether a name may not be given: where one is, git makes none below it, and so it would take the
// place of suggestions, ballots, answers, or the club's branch.
bool is_in_the_way(const std::string& ref, const std::string& club_branch) {
  if (ref.starts_with(sync::kDeclinedRefs))
    return !git::ObjectId::parse(ref.substr(sync::kDeclinedRefs.size()));
  const auto slashes = std::count(ref.begin(), ref.end(), '/');
  if (ref.starts_with("refs/heads/suggest/")) return slashes != 3;  // suggest/ID
  if (ref.starts_with("refs/heads/ballot/")) return slashes != 4;   // ballot/ROUND/MEMBER
  const std::string begin = ref + "/";
  return begin == sync::kDeclinedRefs || begin == "refs/paperclub/" ||
         begin == "refs/heads/suggest/" || begin == "refs/heads/ballot/" ||
         club_branch.starts_with(begin) || ref.starts_with(club_branch + "/");
}

// The update that git tells.  Who pushes says what there was: where something comes, git sees that
// it is so when it moves the reference, but takes away also what was never as they say.
Update update_of(const git::RepositoryPlace& place, const std::vector<std::string>& words,
                 const std::string& club_branch) {
  const git::Reference held = git::Repository::open(place).reference(words[2]);
  Update update{held.name, id_of(words[0]), id_of(words[1])};
  if (!update.after && (!held.id || update.before != held.id)) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is not {}", quote(git::short_branch(update.ref), 200),
                            held.id ? "what it was when the push began" : "there")}
        .hint("fetch what is there, and push again");
  }
  if (update.after && is_in_the_way(update.ref, club_branch)) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} would be in the way of other branches", quote(update.ref, 200))}
        .hint("push to a branch of another name");
  }
  return update;
}

// What the update asks of a suggestion or a ballot on its way; nothing where it makes one, or is
// none.
std::optional<gate::Asked> asked_by(const git::RepositoryPlace& place, const Update& update) {
  if (update.ref.starts_with(sync::kDeclinedRefs))
    return update.before ? gate::Asked::answering_again : gate::Asked::declining;
  const bool is_branch = update.ref.starts_with("refs/heads/") && !is_club_branch(update.ref);
  if (!is_branch || !update.before) return std::nullopt;
  const bool adds =
      update.after && git::stands_on(git::Repository::open(place), *update.after, *update.before);
  return adds ? gate::Asked::adding : gate::Asked::taking_away;
}

// Judges what is asked of a suggestion by the clubs as they are before the push: git may take a
// part of a push and refuse another one, so that what comes with it is not there yet.
void judge_suggestion(const Context& context, const git::RepositoryPlace& place,
                      const std::vector<git::ObjectId>& clubs, const Update& update) {
  const auto asked = asked_by(place, update);
  if (!asked) return;
  const bool answers = *asked == gate::Asked::declining || *asked == gate::Asked::answering_again;
  const auto suggestion =
      answers ? git::ObjectId::parse(update.ref.substr(sync::kDeclinedRefs.size())) : update.before;
  const std::string who = pusher(context.environment);
  // An answer to what is no suggestion is about the whole club.
  const bool may = std::all_of(clubs.begin(), clubs.end(), [&](const git::ObjectId& club) {
    return gate::may_change_suggestion(place, {*asked, suggestion.value_or(club), club, who});
  });
  if (may) return;
  if (answers) {
    throw Error{ErrorKind::unacceptable, "suggestions are declined by organisers and who made them"}
        .hint("ask who made it, or an organiser");
  }
  Error error{ErrorKind::unacceptable,
              fmt::format("{} is somebody else's", quote(git::short_branch(update.ref), 200))};
  if (update.after) throw error.hint("push to a branch of another name");
  throw error.hint("ask who made it, or an organiser")
      .hint("once the club has all of it, anybody may take it away: push to the club first");
}

// Judges the update of a branch that is a club's, or may become one's; `clubs` are those there.
void judge_club(Context& context, const git::RepositoryPlace& place, const git::Head& head,
                const std::vector<git::ObjectId>& clubs, const Update& update) {
  if (!update.after) {
    throw Error{ErrorKind::unacceptable, "the club's branch cannot be deleted"}.hint(
        "push to another branch");
  }
  const bool has_others = !head.commit && !clubs.empty();
  if (!update.before && has_others && update.ref == head.branch) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("HEAD of the server names {}, which is not there, while clubs are on "
                            "other branches: it cannot be made",
                            quote(git::short_branch(head.branch), 100))}
        .hint(
            "an administrator says on the server where the club lives: git symbolic-ref HEAD "
            "refs/heads/BRANCH");
  }
  if (!update.before) return;  // the club's first push
  judge(context, place, update,
        {*update.before, *update.after, pusher(context.environment), "", true, {}});
}

int run_pre_receive(Context& context) {
  const std::string folder = os::resolve_path(context.folder).value_or(context.folder);
  const git::RepositoryPlace place{folder, pushed_objects(context, folder)};
  const git::Repository repository = git::Repository::open(place);
  const git::Head head = repository.head();
  const std::vector<git::ObjectId> clubs = club_tips(repository, head);
  for (const std::vector<std::string>& line : lines_of(context, 3)) {
    const Update update = update_of(place, line, head.branch);
    // Where HEAD names no branch that is there, the club may live on any.
    const bool judged = head.commit ? update.ref == head.branch : is_club_branch(update.ref);
    if (judged) {
      judge_club(context, place, head, clubs, update);
    } else {
      judge_suggestion(context, place, clubs, update);
    }
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
