#include "cli/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/clock.hpp"
#include "cli/closing.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/identity.hpp"
#include "cli/remote.hpp"
#include "lib/base/text.hpp"
#include "lib/club/advance.hpp"
#include "lib/club/check.hpp"
#include "lib/git/graph.hpp"
#include "lib/publish/json.hpp"
#include "lib/sync/replay.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxPushes = 60;

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
    for (std::size_t attempt = 0; attempt < kMaxPushes; ++attempt) {
      if (attempt > 0) pause_before(attempt);
      const auto theirs = fetch();
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
    return tip;
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
    if (!theirs || git::stands_on(at_.repository, mine, *theirs)) return mine;
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
    std::vector<sync::Conflict> conflicts;
    std::size_t replayed = 0;
    bool judged = false;
    for (const sync::OwnCommit& own : work) {
      const git::CommitText& text = own.info.text;
      sync::Step step = own.closes ? close_again(chain, own) : replay.step(own);
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
    refuse_conflicts(conflicts);
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

  // A close is never replayed: what is there now is counted.
  sync::Step close_again(club::Chain& chain, const sync::OwnCommit& own) {
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
          .hint("or put your work on top by hand: git pull --rebase");
    }
    const std::string path = club::repository_path(at_.club.prefix, club::round_path(id.str()));
    const git::Repository& repository = chain.repository();
    if (sync::has_result(repository,
                         repository.find_entry(repository.tree_of(chain.tip()), path))) {
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
      step.lost.push_back(
          fmt::format("the close of round {} made here is left out, for others did "
                      "more meanwhile: {}",
                      quote(id.str(), 100), error.message()));
      return step;
    }
    follow_up(desk, outcome);
    for (const club::Change& change : outcome.changes) {
      step.changes.push_back(
          {club::repository_path(at_.club.prefix, change.path),
           change.bytes ? std::optional(chain.write_blob(*change.bytes)) : std::nullopt});
    }
    step.notes.push_back(
        fmt::format("round {} was counted again, with what others did meanwhile; "
                    "see 'paperclub tally {}'",
                    quote(id.str(), 100), id.str()));
    return step;
  }

  void refuse_conflicts(const std::vector<sync::Conflict>& conflicts) {
    if (conflicts.empty()) return;
    for (const sync::Conflict& one : conflicts) {
      const std::string what = one.what.empty() ? "" : " " + escape(one.what) + ":";
      context_.ui.err(fmt::format("{}:{} changed on both sides\n  yours:  {}\n  theirs: {}\n",
                                  escape(one.path), what, shown(one.mine), shown(one.theirs)));
    }
    throw Error{ErrorKind::unacceptable, "both sides changed the same; nothing was changed or sent"}
        .hint("take one side of each: paperclub sync --prefer mine, or --prefer theirs")
        .hint("or join them by hand: git pull --rebase");
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
  std::size_t replayed_ = 0;
  bool lost_ = false;
};

}  // namespace

int sync_club(Context& context, const SyncOptions& options) {
  refuse_offline(context);
  return OneSync(context, options).run();
}

}  // namespace paperclub::cli
