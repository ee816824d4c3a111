#include "cli/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/clock.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/identity.hpp"
#include "cli/recount.hpp"
#include "cli/remote.hpp"
#include "cli/rounds.hpp"
#include "cli/signing.hpp"
#include "cli/writing.hpp"
#include "lib/base/text.hpp"
#include "lib/club/advance.hpp"
#include "lib/club/check.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/seen_tips.hpp"
#include "lib/git/graph.hpp"
#include "lib/publish/json.hpp"
#include "lib/sync/replay.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxPushes = 60;
constexpr std::size_t kMaxUnmoved = 5;

sync::Prefer prefer_of(const std::string& word) {
  if (word == "mine") return sync::Prefer::mine;
  return word == "theirs" ? sync::Prefer::theirs : sync::Prefer::neither;
}

std::size_t count_between(const git::Repository& repository,
                          const std::optional<git::ObjectId>& base, const git::ObjectId& head) {
  if (!base) return git::CommitGraph::load(repository, head).size();
  return git::commits_between(repository, *base, head).size();
}

// A value of a record for people: on one line, not too long.
std::string shown(const std::string& text) {
  constexpr std::size_t kMost = 200;
  return text.empty() ? "(nothing)" : cut(escape(squeeze(text)), kMost);
}

// One sync of one clone.
class OneSync {
 public:
  OneSync(Context& context, const SyncOptions& options)
      : context_(context),
        options_(options),
        at_(context, Meant::own, options.remote),
        identity_(identity_of(context.environment, at_.config)) {
    report_.remote = at_.upstream.remote;
    report_.branch = git::short_branch(at_.upstream.branch);
  }

  int run() {
    const os::FileLock lock = club::lock_exchange(at_.folder, pause_before);
    if (club::is_memory_damaged(at_.repository)) context_.ui.warning(damaged_memory_words());
    std::optional<git::ObjectId> before;
    std::size_t unmoved = 0;  // times that the remote took nothing though nobody was faster
    for (std::size_t attempt = 0; attempt < kMaxPushes && unmoved < kMaxUnmoved; ++attempt) {
      if (attempt > 0) pause_before(attempt);
      const auto theirs = fetch();
      unmoved = report_.rejections > 0 && theirs == before ? unmoved + 1 : 0;
      before = theirs;
      const auto mine = join(theirs);
      if (!mine) continue;  // somebody committed here meanwhile
      if (theirs == mine || push(theirs, *mine)) {
        club::remember_tip(at_.repository, at_.upstream.tracking, *mine);
        club::remember_tip(at_.repository, at_.repository.head().branch, *mine);
        report_.commit = mine->hex();
        tell();
        return lost_ ? kUnacceptable : kDone;
      }
      ++report_.rejections;
    }
    if (unmoved > 0) {
      tell_remote_words(context_, at_.upstream.remote, words_);
      throw Error{ErrorKind::repository,
                  fmt::format("{} does not take what is sent", quote(at_.upstream.remote, 100))}
          .hint("your commits are in this clone; run 'paperclub sync' again when that is mended");
    }
    throw Error{ErrorKind::repository,
                fmt::format("others kept pushing to {}", quote(at_.upstream.remote, 100))}
        .hint("your commits are in this clone; run 'paperclub sync' again");
  }

 private:
  // --- fetching ----------------------------------------------------------------------------------

  // The commit that the remote's branch is at; nothing where it has none yet.
  std::optional<git::ObjectId> fetch() {
    wait(fmt::format("fetching from {}", escape(at_.upstream.remote)));
    const auto tip = fetch_tip(at_.folder, at_.remote, at_.upstream);
    at_.reopen();
    if (!tip) refuse_new_branch();
    return tip;
  }

  // What is sent to a branch that nobody looks at has not arrived.
  void refuse_new_branch() const {
    const auto club = at_.remote.default_branch();
    if (!club || *club == at_.upstream.branch) return;
    throw Error{
        ErrorKind::unacceptable,
        fmt::format("{} has no branch {}: the club's is {}", quote(at_.upstream.remote, 100),
                    quote(git::short_branch(at_.upstream.branch), 200),
                    quote(git::short_branch(*club), 200))}
        .hint(fmt::format("put the work there: git switch {0} && git merge {1}",
                          shell_word(git::short_branch(*club)),
                          shell_word(git::short_branch(at_.repository.head().branch))))
        .hint(fmt::format("where a branch of its own is meant: git push --set-upstream {} {}",
                          shell_word(at_.upstream.remote),
                          shell_word(git::short_branch(at_.repository.head().branch))));
  }

  // --- joining -----------------------------------------------------------------------------------

  // Brings the branch here to what holds both, and returns its commit; nothing where somebody
  // committed meanwhile.
  std::optional<git::ObjectId> join(const std::optional<git::ObjectId>& theirs) {
    const git::Head head = at_.repository.head();
    if (!head.commit) {
      throw Error{ErrorKind::repository, "this clone has no commit yet"}.hint("see 'git status'");
    }
    const git::ObjectId mine = *head.commit;
    if (!theirs) return mine;
    if (git::stands_on(at_.repository, mine, *theirs)) {
      if (theirs != mine) refuse_false_closes(at_, *theirs, mine);
      warn_of_late_votes(*theirs, mine);
      return mine;
    }
    const std::size_t taken = count_between(at_.repository, mine, *theirs);
    if (git::stands_on(at_.repository, *theirs, mine)) {
      if (!advance(mine, *theirs, "take what others did")) return std::nullopt;
      report_.taken += taken;
      return theirs;
    }
    const git::ObjectId joined = replay(*theirs, mine);
    if (!advance(mine, joined, "put own work on top of what others did")) return std::nullopt;
    report_.taken += taken;
    tell_step();
    return joined;
  }

  // Votes that git put beside a close, such as with a merge, are sent and do not count.
  void warn_of_late_votes(const git::ObjectId& theirs, const git::ObjectId& mine) {
    const std::string below = club::beginning_below(at_.club.prefix);
    const git::ObjectId closed_in = at_.repository.tree_of(theirs);
    for (const git::ObjectId& commit : git::commits_between(at_.repository, theirs, mine)) {
      const git::CommitText text = git::read_commit(at_.repository, commit).text;
      if (text.parents.size() != 1) continue;
      for (const git::FileDifference& change : git::compare_trees(
               at_.repository, at_.repository.tree_of(text.parents.front()), text.tree)) {
        if (!change.path.starts_with(below)) continue;
        const club::Place place = club::place_of(change.path.substr(below.size()));
        const bool is_ballot =
            place.place == club::PlaceKind::record && place.kind == club::RecordKind::ballot;
        if (!is_ballot || !change.after) continue;
        const auto round = at_.repository.find_entry(
            closed_in, club::repository_path(at_.club.prefix, club::round_path(place.round)));
        if (!sync::has_result(at_.repository, round)) continue;
        context_.ui.warning(fmt::format(
            "round {} was closed before the vote of {} reached it: the vote does not count",
            quote(place.round, 100), quote(place.id, 100)));
        lost_ = true;
      }
    }
  }

  bool advance(const git::ObjectId& from, const git::ObjectId& to, const char* reason) {
    const bool moved = club::advance_branch(
        at_.folder, from, to,
        {identity_.committer, reason, now(context_.environment).seconds, pause_before});
    at_.reopen();
    return moved;
  }

  // Puts the commits of one's own on top of theirs; no branch knows of it yet.
  git::ObjectId replay(const git::ObjectId& theirs, const git::ObjectId& mine) {
    wait("joining");
    notes_.clear();
    late_.clear();
    const auto work = sync::own_work(at_.repository, at_.club.prefix, theirs, mine);
    club::Chain chain(at_.folder, at_.club.prefix, theirs,
                      signer_of(context_.environment, options_.signing, at_.config, &at_.repository,
                                identity_.committer));
    sync::Replay replay(chain, at_.club.prefix, prefer_of(options_.prefer), moment());
    Recount recount(context_, at_);
    std::vector<sync::Conflict> conflicts;
    std::size_t replayed = 0;
    bool judged = false;
    for (const sync::OwnCommit& own : work) {
      const git::CommitText& text = own.info.text;
      sync::Step step = own.closes ? recount.close(chain, replay, own) : replay.step(own);
      recount.warn_of_opened(own, step);
      conflicts.insert(conflicts.end(), step.conflicts.begin(), step.conflicts.end());
      for (std::string& note : step.notes) {
        if (std::find(notes_.begin(), notes_.end(), note) == notes_.end())
          notes_.push_back(std::move(note));
      }
      std::move(step.lost.begin(), step.lost.end(), std::back_inserter(late_));
      if (!conflicts.empty()) continue;
      if (step.changes.empty()) {
        if (own.closes) replay.relocate(own);
        continue;
      }
      judged = judged || !is_vote(own);
      if (chain.add(step.changes, {text.author, identity_.committer, step.message})) ++replayed;
      if (own.closes) replay.relocate(own);
    }
    refuse_conflicts(conflicts, std::any_of(work.begin(), work.end(), [](const auto& own) {
                       return own.closes.has_value();
                     }));
    if (judged) refuse_bad(theirs, mine, chain);
    chain.sync();
    replayed_ = replayed;
    return chain.tip();
  }

  Moment moment() const { return now_of(context_, {}); }

  // Ballots have nothing to do with the records around them.
  bool is_vote(const sync::OwnCommit& own) const {
    const std::string votes = club::repository_path(at_.club.prefix, club::kVotesFolder) + "/";
    return std::all_of(own.changes.begin(), own.changes.end(), [&votes](const auto& change) {
      return change.path.starts_with(votes) &&
             change.path.find('/', votes.size()) != std::string::npos;
    });
  }

  void refuse_conflicts(const std::vector<sync::Conflict>& conflicts, bool has_close) {
    if (conflicts.empty()) return;
    for (const sync::Conflict& one : conflicts) {
      const std::string what = one.what.empty() ? "" : " " + escape(one.what) + ":";
      context_.ui.err(fmt::format("{}:{} changed on both sides\n  yours:  {}\n  theirs: {}\n",
                                  escape(one.path), what, shown(one.mine), shown(one.theirs)));
    }
    Error error{ErrorKind::unacceptable,
                "both sides changed the same; nothing was changed or sent"};
    error.hint("take one side of each: paperclub sync --prefer mine, or --prefer theirs");
    // git would put a result on top of ballots that it does not count.
    error.hint(has_close ? "or take the close of the round back first, sync, and close it again"
                         : "or join them by hand: git pull --rebase");
    throw error;
  }

  std::vector<Finding> findings_at(const git::ObjectId& commit) const {
    const auto files =
        club::commit_tree(git::Repository::open(at_.folder), commit, at_.club.prefix);
    return club::check_club(load_files(context_, *files), *files);
  }

  // What is good on either side must be good together.
  void refuse_bad(const git::ObjectId& theirs, const git::ObjectId& mine,
                  const club::Chain& chain) {
    std::vector<Finding> known = findings_at(theirs);
    const std::vector<Finding> own = findings_at(mine);
    known.insert(known.end(), own.begin(), own.end());
    std::vector<Finding> found = club::new_errors(known, findings_at(chain.tip()));
    if (found.empty()) return;
    for (const Finding& finding : found)
      context_.ui.err(finding_line(finding) + "\n");
    throw Error{ErrorKind::unacceptable,
                "what you and others did does not go together; nothing was changed or sent"}
        .hint("mend what is said above in your commits, such as with 'paperclub undo'")
        .consists_of(std::move(found));
  }

  // --- pushing -----------------------------------------------------------------------------------

  // Returns whether the remote has it now; not where somebody was faster.
  bool push(const std::optional<git::ObjectId>& theirs, const git::ObjectId& mine) {
    wait(fmt::format("sending to {}", escape(at_.upstream.remote)));
    const git::PushResult result = at_.remote.push(mine, at_.upstream.branch);
    if (result.how == git::Pushed::done)
      report_.sent += count_between(at_.repository, theirs, mine);
    words_ = result.words;
    if (result.how != git::Pushed::refused) return result.how == git::Pushed::done;
    tell_remote_words(context_, at_.upstream.remote, result.words);
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} refuses what is sent", quote(at_.upstream.remote, 100))}
        .hint("your commits are in this clone; 'paperclub undo' takes the last one back");
  }

  // --- telling -----------------------------------------------------------------------------------

  void wait(const std::string& what) {
    if (!options_.quiet) context_.ui.waiting(what);
  }

  // What one replay did, which stands.
  void tell_step() {
    report_.replayed += replayed_;
    for (const std::string& note : notes_)
      context_.ui.note(note);
    for (const std::string& late : late_)
      context_.ui.warning(late);
    lost_ = lost_ || !late_.empty();
  }

  void tell() {
    if (options_.format == "json") {
      context_.ui.out(publish::sync_json(report_));
      return;
    }
    if (options_.quiet) return;
    const std::string name = escape(fmt::format("{}/{}", report_.remote, report_.branch));
    if (report_.taken > 0)
      context_.ui.out(fmt::format("took {} from {}\n", counted(report_.taken, "commit"), name));
    if (report_.replayed > 0) {
      context_.ui.out(fmt::format("put {} of yours on top\n", counted(report_.replayed, "commit")));
    }
    if (report_.sent > 0)
      context_.ui.out(fmt::format("sent {} to {}\n", counted(report_.sent, "commit"), name));
    if (report_.taken + report_.sent == 0)
      context_.ui.note(fmt::format("{} and this clone are the same", name));
  }

  Context& context_;
  const SyncOptions& options_;
  ClubRemote at_;
  Identity identity_;
  publish::SyncReport report_;
  std::vector<std::string> notes_;  // of the replay under way
  std::vector<std::string> late_;
  std::string words_;  // of the remote, when it took nothing
  std::size_t replayed_ = 0;
  bool lost_ = false;
};

}  // namespace

int sync_club(Context& context, const SyncOptions& options) {
  refuse_offline(context);
  return OneSync(context, options).run();
}

}  // namespace paperclub::cli
