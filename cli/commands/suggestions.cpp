// paperclub suggestions: what waits at the remote, straight from its references; no host is asked.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/paper_text.hpp"
#include "cli/remote.hpp"
#include "cli/requests.hpp"
#include "cli/table.hpp"
#include "cli/writing.hpp"
#include "lib/base/text.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/locate.hpp"
#include "lib/gate/gate.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/publish/json.hpp"
#include "lib/sync/replay.hpp"
#include "lib/sync/suggestions.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::cli {
namespace {

constexpr std::size_t kMaxTries = 12;
constexpr std::size_t kMaxFetched = 100;  // references in one call of git

struct Options {
  std::vector<std::string> names;
  std::string remote;
  std::string why;
  WriteFlags flags;
};

// One suggestion, looked at.
struct Looked {
  sync::Waiting waiting;
  git::CommitText commit;                 // of its head
  std::optional<gate::Judgement> judged;  // nothing: it cannot be judged
  std::string why;                        // and why not
  bool is_there = false;                  // the club has all of it already
  std::vector<std::string> near;          // what it is the same paper as
};

// The remote's suggestions, seen from this clone.
class Exchange {
 public:
  Exchange(Context& context, const Options& options)
      : context_(context),
        club_(open_club(context, "")),
        folder_(repository_folder(context, club_)),
        repository_(git::Repository::open(folder_)),
        config_(read_git_config(context.environment, &repository_)),
        upstream_(upstream_of(repository_, config_, repository_.head().branch, options.remote)),
        remote_(repository_, git_program(context), upstream_.remote) {
    // Whatever branch one stands on: the club's is the remote's own.
    if (const auto branch = remote_.default_branch()) {
      upstream_.branch = *branch;
      upstream_.tracking =
          fmt::format("refs/remotes/{}/{}", upstream_.remote, git::short_branch(*branch));
    }
    fetch();
  }

  // Fetches the club's branch and all that waits.
  void fetch() {
    context_.ui.waiting(fmt::format("fetching from {}", escape(upstream_.remote)));
    const auto tip = fetch_tip(folder_, remote_, upstream_);
    if (!tip) {
      throw Error{ErrorKind::repository,
                  fmt::format("{} has no branch {} yet", quote(upstream_.remote, 100),
                              quote(git::short_branch(upstream_.branch), 200))}
          .hint("send the club there with 'paperclub sync'");
    }
    tip_ = tip;
    waiting_ = sync::waiting_among(remote_.list(sync::suggestion_patterns()));
    repository_ = git::Repository::open(folder_);
    std::vector<std::string> wanted;
    for (const sync::Waiting& one : waiting_) {
      const std::string kept = sync::kept_ref(upstream_.remote, one.ref);
      if (repository_.tip_of(kept) != one.head)
        wanted.push_back(fmt::format("+{}:{}", one.ref, kept));
    }
    for (std::size_t i = 0; i < wanted.size(); i += kMaxFetched) {
      const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(i);
      const auto count = std::min(kMaxFetched, wanted.size() - i);
      fetch_some({begin, begin + static_cast<std::ptrdiff_t>(count)});
    }
    repository_ = git::Repository::open(folder_);
    // What is part of the club already was accepted; what is no commit is nothing to accept.
    std::erase_if(waiting_,
                  [this](const sync::Waiting& one) { return !is_commit(one) || is_part(one); });
  }

  // One that git does not take keeps nobody from the others.
  void fetch_some(const std::vector<std::string>& refspecs) const {
    try {
      remote_.fetch(refspecs);
    } catch (const Error&) {
      if (refspecs.size() == 1) return;
      for (const std::string& one : refspecs)
        fetch_some({one});
    }
  }

  bool is_commit(const sync::Waiting& one) const {
    try {
      repository_.tree_of(one.head);
      return true;
    } catch (const Error&) {
      return false;
    }
  }

  bool is_part(const sync::Waiting& one) const {
    return git::stands_on(repository_, *tip_, one.head);
  }

  const std::vector<sync::Waiting>& waiting() const { return waiting_; }

  const sync::Waiting& named(const std::string& name) const {
    if (const sync::Waiting* one = sync::find_waiting(waiting_, name)) return *one;
    std::vector<std::string> names;
    for (const sync::Waiting& one : waiting_)
      names.push_back(one.name);
    throw Error{ErrorKind::usage, fmt::format("no suggestion {} waits at {}", quote(name, 100),
                                              quote(upstream_.remote, 100))}
        .hint(names.empty() ? "none does" : fmt::format("there are: {}", fmt::join(names, ", ")));
  }

  Looked look(const sync::Waiting& waiting) const {
    Looked looked{waiting, git::read_commit(repository_, waiting.head).text, {}, {}, false, {}};
    const gate::Request request{*tip_, waiting.head, "", "", false, now_of(context_, {})};
    try {
      looked.judged = gate::judge_change({folder_, {}}, club_.prefix, request);
      looked.is_there = looked.judged->files.empty() && looked.judged->findings.empty();
    } catch (const Error& error) {
      // What one suggestion holds keeps nobody from the others.
      looked.why = error.message();
    }
    return looked;
  }

  std::vector<Looked> look_at_all() const {
    std::vector<Looked> all;
    for (const sync::Waiting& one : waiting_) {
      context_.ui.progress("judging suggestions", all.size(), waiting_.size());
      all.push_back(look(one));
    }
    // What was squashed into the club, or taken back again, asks for nothing.
    std::erase_if(all, [](const Looked& one) { return one.is_there; });
    find_twins(all);
    return all;
  }

  // Merges the suggestion into the club's branch and sends it, so that the host sees it merged.
  git::ObjectId accept(const std::string& name, const WriteFlags& flags) {
    const Identity identity = identity_of(context_.environment, config_);
    for (std::size_t attempt = 0; attempt < kMaxTries; ++attempt) {
      if (attempt > 0) {
        pause_before(attempt);
        fetch();
      }
      const sync::Waiting& waiting = named(name);
      const Looked looked = look(waiting);
      refuse_bad(looked);
      const git::ObjectId merge = merged(looked, identity, flags);
      if (flags.dry_run) return merge;
      context_.ui.waiting(fmt::format("sending to {}", escape(upstream_.remote)));
      const git::PushResult result = remote_.push(merge, upstream_.branch);
      if (result.how == git::Pushed::done) return merge;
      if (result.how == git::Pushed::behind) continue;
      tell_remote_words(context_, upstream_.remote, result.words);
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} refuses what is sent", quote(upstream_.remote, 100))}
          .hint("who may accept is for the host to say; merge it there");
    }
    throw Error{ErrorKind::repository,
                fmt::format("others kept pushing to {}", quote(upstream_.remote, 100))}
        .hint("run the command again");
  }

  // Keeps at the remote that the suggestion is declined, and closes its pull request where that can
  // be done.
  void decline(const sync::Waiting& waiting, const std::string& why, const WriteFlags& flags) {
    const Identity identity = identity_of(context_.environment, config_);
    git::ObjectWriter writer(repository_);
    yaml::Members record{{"suggestion", waiting.branch.empty() ? waiting.name : waiting.branch}};
    if (!why.empty()) record.emplace_back("why", why);
    const git::ObjectId tree =
        writer.write_tree(std::nullopt, {{"declined.yaml", writer.write_blob(yaml::emit(record))}});
    const git::ObjectId answer = writer.write_commit(git::format_commit(
        {tree, {}, identity.author, identity.committer, "suggestions: decline\n"}));
    writer.sync();
    if (flags.dry_run) return;
    const git::PushResult result = remote_.push(answer, sync::declined_ref(waiting.head));
    if (result.how == git::Pushed::refused) {
      tell_remote_words(context_, upstream_.remote, result.words);
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} does not keep the answer", quote(upstream_.remote, 100))}
          .hint("answer at the host");
    }
    if (waiting.number.empty()) return;
    const publish::Forge forge = forge_behind(config_, remote_);
    const bool closed = close_request(context_, forge, waiting.number,
                                      why.empty() ? "Declined." : "Declined: " + why);
    if (!closed && !flags.quiet)
      context_.ui.note(fmt::format("the pull request {} is open at the host still", waiting.name));
  }

  const std::string& remote_name() const { return upstream_.remote; }
  std::string branch() const { return git::short_branch(upstream_.branch); }

 private:
  // Suggestions of the same paper, and what the check says is near.
  static void find_twins(std::vector<Looked>& all) {
    std::map<std::string, std::vector<std::size_t>> by_key;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].judged) continue;
      for (const PaperId& id : all[i].judged->added) {
        const club::PaperRecord* paper = club::find_by_id(all[i].judged->after, id.str());
        if (paper == nullptr) continue;
        for (const club::PaperKeys& key : club::keys_of(paper->paper))
          by_key[key.text].push_back(i);
      }
    }
    for (const auto& [key, places] : by_key) {
      for (const std::size_t one : places) {
        for (const std::size_t other : places) {
          std::vector<std::string>& near = all[one].near;
          const std::string& name = all[other].waiting.name;
          if (one != other && std::find(near.begin(), near.end(), name) == near.end())
            near.push_back(name);
        }
      }
    }
  }

  void refuse_bad(const Looked& looked) const {
    if (!looked.judged) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} cannot be judged: {}", looked.waiting.name, looked.why)}
          .hint(fmt::format("decline it: paperclub suggestions decline {}",
                            shell_word(looked.waiting.name)));
    }
    if (looked.is_there) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("the club has all of {} already", looked.waiting.name)}
          .hint("close it at the host, or decline it");
    }
    if (count_errors(looked.judged->findings) == 0) return;
    for (const Finding& finding : looked.judged->findings)
      context_.ui.err(finding_block(context_.ui, finding));
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is not one to accept as it is", looked.waiting.name)}
        .hint("ask who made it to mend what is said above")
        .hint("what is more than a suggestion is merged at the host, by who answers for it");
  }

  git::ObjectId merged(const Looked& looked, const Identity& identity, const WriteFlags& flags) {
    const auto base = git::merge_base(repository_, *tip_, looked.waiting.head);
    const sync::OwnCommit change{git::read_commit(repository_, looked.waiting.head),
                                 git::compare_trees(repository_, repository_.tree_of(*base),
                                                    repository_.tree_of(looked.waiting.head)),
                                 std::nullopt};
    club::Chain chain(
        folder_, club_.prefix, *tip_,
        signer_of(context_.environment, flags.signing, config_, &repository_, identity.committer));
    sync::Replay replay(chain, club_.prefix, sync::Prefer::neither, now_of(context_, {}));
    const sync::Step step = replay.step(change);
    if (!step.conflicts.empty()) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} was changed by others since {} was made",
                              quote(step.conflicts.front().path, 200), looked.waiting.name)}
          .hint("ask who made it to put it on top of what is there");
    }
    const std::string what = looked.judged->added.empty() ? std::string("suggestion")
                                                          : looked.judged->added.front().str();
    chain.add(step.changes, {identity.author,
                             identity.committer,
                             fmt::format("papers: accept {}\n\nPaperclub-Action: accept\n", what),
                             {looked.waiting.head}});
    chain.sync();
    repository_ = git::Repository::open(folder_);
    return chain.tip();
  }

  Context& context_;
  OpenClub club_;
  std::string folder_;
  git::Repository repository_;
  git::Config config_;
  Upstream upstream_;
  git::Remote remote_;
  std::optional<git::ObjectId> tip_;
  std::vector<sync::Waiting> waiting_;
};

// --- list and show -------------------------------------------------------------------------------

std::string papers_of(const Looked& looked) {
  std::vector<std::string> ids;
  if (looked.judged) {
    for (const PaperId& id : looked.judged->added)
      ids.push_back(id.str());
  }
  return ids.empty() ? "-" : fmt::format("{}", fmt::join(ids, ", "));
}

std::string check_of(const Looked& looked) {
  if (!looked.judged) return "cannot be judged";
  const std::size_t errors = count_errors(looked.judged->findings);
  if (errors > 0) return counted(errors, "error");
  const std::size_t warnings = looked.judged->findings.size();
  return warnings == 0 ? "good" : counted(warnings, "warning");
}

std::string since(const Looked& looked) {
  return format_date(
      moment_of({looked.commit.author.seconds, looked.commit.author.offset_minutes}).date);
}

publish::SuggestionEntry entry_of(const Looked& looked) {
  publish::SuggestionEntry entry;
  entry.name = looked.waiting.name;
  entry.branch = looked.waiting.branch;
  entry.commit = looked.waiting.head.hex();
  entry.by = looked.commit.author.name;
  entry.since = since(looked);
  entry.near = looked.near;
  if (!looked.judged) return entry;
  entry.findings = looked.judged->findings;
  entry.related = true;
  for (const PaperId& id : looked.judged->added)
    entry.papers.push_back(id.str());
  return entry;
}

int run_list(const Options& options, Context& context) {
  refuse_offline(context);
  const std::vector<Looked> all = Exchange(context, options).look_at_all();
  if (options.flags.format == "json") {
    std::vector<publish::SuggestionEntry> entries;
    for (const Looked& one : all)
      entries.push_back(entry_of(one));
    context.ui.out(publish::suggestions_json(entries));
    return kDone;
  }
  if (all.empty()) {
    context.ui.note("no suggestion waits");
    return kDone;
  }
  std::vector<Row> rows;
  for (const Looked& one : all) {
    rows.push_back({one.waiting.name, papers_of(one), since(one), check_of(one),
                    fmt::format("{}", fmt::join(one.near, ", ")), escape(one.commit.author.name)});
  }
  context.ui.out(
      render_table(context.ui, {"NAME", "PAPER", "SINCE", "CHECK", "SAME AS", "BY"}, rows));
  return kDone;
}

int run_show(const Options& options, Context& context) {
  refuse_offline(context);
  const Exchange exchange(context, options);
  const std::string& name = exchange.named(options.names.front()).name;
  std::vector<Looked> all = exchange.look_at_all();
  const auto looked = std::find_if(all.begin(), all.end(),
                                   [&name](const Looked& one) { return one.waiting.name == name; });
  if (looked == all.end()) {
    throw Error{ErrorKind::unacceptable, fmt::format("the club has all of {} already", name)}.hint(
        "close it at the host, or decline it");
  }
  if (options.flags.format == "json") {
    context.ui.out(publish::suggestions_json({entry_of(*looked)}));
    return kDone;
  }
  Ui& ui = context.ui;
  ui.out(field_line(ui, "suggestion", looked->waiting.name));
  ui.out(field_line(ui, "branch", looked->waiting.branch));
  ui.out(field_line(
      ui, "by",
      escape(fmt::format("{} <{}>", looked->commit.author.name, looked->commit.author.email))));
  ui.out(field_line(ui, "since", since(*looked)));
  ui.out(field_line(ui, "commit", looked->waiting.head.short_hex()));
  ui.out(field_line(ui, "check", check_of(*looked)));
  ui.out(field_line(ui, "same as", fmt::format("{}", fmt::join(looked->near, ", "))));
  if (!looked->judged) {
    ui.out(field_line(ui, "why", looked->why));
    return kDone;
  }
  for (const PaperId& id : looked->judged->added) {
    const club::PaperRecord* paper = club::find_by_id(looked->judged->after, id.str());
    if (paper != nullptr) ui.out("\n" + paper_text(ui, *paper, {}, looked->judged->after.settings));
  }
  for (const Finding& finding : looked->judged->findings)
    ui.out("\n" + finding_block(ui, finding));
  return kDone;
}

// --- accept and decline --------------------------------------------------------------------------

int run_accept(const Options& options, Context& context) {
  refuse_offline(context);
  Exchange exchange(context, options);
  for (const std::string& name : options.names)
    exchange.named(name);
  std::vector<std::string> commits;
  for (const std::string& name : options.names) {
    const git::ObjectId merge = exchange.accept(name, options.flags);
    commits.push_back(merge.hex());
    if (options.flags.quiet || options.flags.format != "text") continue;
    context.ui.out(fmt::format("{} {} into {}/{}\n",
                               options.flags.dry_run ? "would merge" : "merged", escape(name),
                               escape(exchange.remote_name()), escape(exchange.branch())));
  }
  if (options.flags.format == "json") {
    context.ui.out(
        publish::answered_json("accepted", options.names, commits, options.flags.dry_run));
    return kDone;
  }
  context.ui.flush();
  if (!options.flags.quiet && !options.flags.dry_run) context.ui.hint("next: paperclub sync");
  return kDone;
}

int run_decline(const Options& options, Context& context) {
  refuse_offline(context);
  Exchange exchange(context, options);
  const sync::Waiting& waiting = exchange.named(options.names.front());
  exchange.decline(waiting, squeeze(options.why), options.flags);
  if (options.flags.format == "json") {
    context.ui.out(publish::answered_json("declined", options.names, {}, options.flags.dry_run));
  } else if (!options.flags.quiet) {
    context.ui.out(
        fmt::format("{} {}\n", options.flags.dry_run ? "would decline" : "declined", waiting.name));
  }
  return kDone;
}

// --- setting up ----------------------------------------------------------------------------------

void add_remote_flag(Arguments& args, Options& options) {
  args.text("--remote", options.remote,
            "The club's remote (default: that of the branch, or origin)", "NAME");
}

Run setup_list(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_remote_flag(args, *options);
  args.format(options->flags.format, {"text", "json"});
  return [options](Context& context) { return run_list(*options, context); };
}

constexpr const char* kNameHelp = "A pull request's number, a branch suggest/ID, or the paper's id";

// One name, where only one may be given.
Run with_name(const std::shared_ptr<Options>& options, const std::shared_ptr<std::string>& name,
              int (*run)(const Options&, Context&)) {
  return [options, name, run](Context& context) {
    options->names = {*name};
    return run(*options, context);
  };
}

Run setup_show(Arguments& args) {
  auto options = std::make_shared<Options>();
  auto name = std::make_shared<std::string>();
  args.word("NAME", *name, kNameHelp, Needed::yes);
  add_remote_flag(args, *options);
  args.format(options->flags.format, {"text", "json"});
  return with_name(options, name, run_show);
}

Run setup_accept(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("NAME", options->names, kNameHelp, Needed::yes);
  add_remote_flag(args, *options);
  add_commit_flags(args, options->flags);
  return [options](Context& context) { return run_accept(*options, context); };
}

Run setup_decline(Arguments& args) {
  auto options = std::make_shared<Options>();
  auto name = std::make_shared<std::string>();
  args.word("NAME", *name, kNameHelp, Needed::yes);
  args.text("--why", options->why, "The answer, in a sentence that everybody can read", "TEXT",
            Needed::yes);
  add_remote_flag(args, *options);
  add_commit_flags(args, options->flags);
  return with_name(options, name, run_decline);
}

}  // namespace

Command suggestions_list_command() {
  return {"suggestions list",
          "Write",
          "list what waits at the remote",
          "[OPTIONS]",
          "paperclub suggestions list\n"
          "paperclub suggestions list --json",
          "suggestions show",
          setup_list};
}

Command suggestions_show_command() {
  return {"suggestions show",
          "Write",
          "show one suggestion, and what is to be said of it",
          "[OPTIONS] NAME",
          "paperclub suggestions show 12",
          "suggestions accept",
          setup_show};
}

Command suggestions_accept_command() {
  return {"suggestions accept",
          "Write",
          "merge suggestions into the club and send it",
          "[OPTIONS] NAME…",
          "paperclub suggestions accept 12\n"
          "paperclub suggestions accept retentive-network",
          "suggestions decline",
          setup_accept};
}

Command suggestions_decline_command() {
  return {"suggestions decline",
          "Write",
          "answer a suggestion that is not taken",
          "[OPTIONS] NAME",
          "paperclub suggestions decline 12 --why 'we read it last year'",
          "suggestions list",
          setup_decline};
}

}  // namespace paperclub::cli
