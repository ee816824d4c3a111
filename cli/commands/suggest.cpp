// paperclub suggest: a paper on a branch of its own, as a pull request.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/adding.hpp"
#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/remote.hpp"
#include "cli/requests.hpp"
#include "lib/base/text.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/branch.hpp"
#include "lib/import/recognise.hpp"
#include "lib/publish/json.hpp"
#include "lib/sync/suggestions.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::cli {
namespace {

constexpr const char* kForm = "suggest.yml";  // of issues, as `init` writes it

struct Options {
  AddOptions add;
  std::string remote;
  std::string to;
  std::string event;                  // the file of a workflow's event
  std::optional<git::Person> author;  // who wrote the issue that it tells of
  bool web = false;
};

// One suggestion on its way.
class Suggestion {
 public:
  Suggestion(Context& context, const Options& options)
      : context_(context),
        options_(options),
        at_(context, Meant::club, options.remote),
        fork_(at_.repository, git_program(context), push_remote()),
        identity_(identity_of(context.environment, at_.config)) {
    if (options.author) {
      identity_.author.name = options.author->name;
      identity_.author.email = options.author->email;
    }
  }

  int run() {
    base_ = at_.fetch_club(context_);
    return run_add(context_, options_.add,
                   {"suggest", [this](const record::Paper& paper) { refuse_known(paper); },
                    [this](const Work& work) { return write(work); }});
  }

 private:
  // Where the person may push: a fork, where there is one.
  std::string push_remote() const {
    if (!options_.to.empty()) return options_.to;
    if (auto set = at_.config.text("remote.pushdefault")) return *set;
    const std::vector<std::string> remotes = git::remote_names(at_.repository);
    const bool origin = std::find(remotes.begin(), remotes.end(), "origin") != remotes.end();
    return origin ? "origin" : at_.upstream.remote;
  }

  void refuse_known(const record::Paper& paper) const {
    const auto files =
        club::commit_tree(git::Repository::open(at_.folder), *base_, at_.club.prefix);
    refuse_known_paper(load_files(context_, *files, club::Scope::papers_and_members), paper);
  }

  // The record on the club's branch, as one commit that no branch has yet.
  int write(const Work& work) {
    club::Chain chain(at_.folder, at_.club.prefix, *base_,
                      signer_of(context_.environment, options_.add.flags.signing, at_.config,
                                &at_.repository, identity_.committer));
    const auto files = chain.files();
    const club::Snapshot snapshot = load_files(context_, *files, club::Scope::papers_and_members);
    const Desk desk{context_,
                    *files,
                    snapshot,
                    identity_.author,
                    now_of(context_, snapshot.settings),
                    club::Scope::papers_and_members};
    Outcome outcome = work(desk);
    follow_up(desk, outcome);
    id_ = outcome.id;
    const std::string branch = fmt::format("suggest/{}", id_);
    const club::Change& record = outcome.changes.front();
    if (options_.add.flags.dry_run) {
      tell_text(fmt::format("would write {} on branch {}\n", escape(record.path), branch));
      return kDone;
    }
    const std::string path = club::repository_path(at_.club.prefix, record.path);
    const std::string ref = "refs/heads/" + branch;
    auto commit = written_before(ref, path, *record.bytes);
    if (!commit) {
      chain.add({{path, chain.write_blob(*record.bytes)}},
                {identity_.author, identity_.committer,
                 fmt::format("{}\n\nPaperclub-Action: suggest\n", outcome.subject)});
      chain.sync();
      commit = chain.tip();
      make_branch(ref, *commit);
    }
    tell_text(fmt::format("wrote {} on branch {} (commit {})\n", escape(record.path), branch,
                          commit->short_hex()));
    return finish(branch, *commit);
  }

  // The commit of an earlier try that was not sent.
  std::optional<git::ObjectId> written_before(const std::string& ref, const std::string& path,
                                              const std::string& bytes) const {
    const auto tip = at_.repository.tip_of(ref);
    if (!tip) return std::nullopt;
    const auto entry = at_.repository.find_entry(at_.repository.tree_of(*tip), path);
    if (entry && entry->id == git::blob_id(bytes)) return tip;
    throw Error{ErrorKind::unacceptable, fmt::format("there is a branch {} in this clone already",
                                                     quote(git::short_branch(ref), 200))}
        .hint("choose another id with --id")
        .hint(fmt::format("or forget that one: git branch -D {}", git::short_branch(ref)));
  }

  void make_branch(const std::string& ref, const git::ObjectId& commit) const {
    const git::Move moved =
        git::BranchWriter(at_.repository)
            .move({ref, std::nullopt}, commit, identity_.committer, "paperclub: suggest");
    if (moved == git::Move::done) return;
    throw Error{ErrorKind::repository,
                fmt::format("the branch {} was made meanwhile", quote(git::short_branch(ref), 200))}
        .hint("run the command again");
  }

  int finish(const std::string& branch, const git::ObjectId& commit) {
    const Sent sent = send_branch(
        context_, at_.config,
        {at_.remote, fork_, git::short_branch(at_.upstream.branch), branch, commit,
         fmt::format("papers: add {}", id_), fmt::format("Suggests the paper `{}`.", id_)});
    if (at_.remote.has(sync::declined_ref(commit))) {
      context_.ui.warning(
          fmt::format("this suggestion was declined as it is\nhint: see what was answered with "
                      "'paperclub suggestions show {}'",
                      id_));
    }
    if (options_.add.flags.format == "json") {
      context_.ui.out(publish::suggested_json(
          {id_, fork_.name(), branch, commit.hex(), sent.page, sent.opened}));
      return kDone;
    }
    tell_text(fmt::format("sent it to {}\n", escape(fork_.name())));
    if (!sent.page.empty()) {
      tell_text(sent_line(sent));
    } else {
      tell_text(
          fmt::format("tell who looks after the club: paperclub suggestions accept {}\n", id_));
    }
    return kDone;
  }

  void tell_text(const std::string& text) {
    const WriteFlags& flags = options_.add.flags;
    if (flags.quiet || flags.format != "text") return;
    context_.ui.out(text);
  }

  Context& context_;
  const Options& options_;
  ClubRemote at_;
  git::Remote fork_;
  Identity identity_;
  std::optional<git::ObjectId> base_;
  std::string id_;
};

// --- without a terminal --------------------------------------------------------------------------

// The page on which the record is written as a new file, where it is known what stands in it.
std::string file_page(const publish::Forge& forge, const std::string& branch,
                      const Options& options) {
  record::Paper paper = paper_of(options.add);
  const std::string id =
      options.add.proposal.id.empty() ? suggest_id(paper.title) : options.add.proposal.id;
  if (paper.title.empty() || paper.url.empty() || id.empty()) return {};
  const std::string path = club::paper_path(id, "");
  const Proposal& proposal = options.add.proposal;
  if (!proposal.by.empty() || !proposal.why.empty())
    paper.suggested = record::Suggestion{proposal.by, {}, proposal.why};
  return publish::new_file_page(forge, branch, path,
                                schema_line("paper", path) + yaml::emit(record::to_yaml(paper)));
}

// The pages on which anybody suggests the paper: by the form, and as a file; nothing is written or
// sent.
int print_page(Context& context, const Options& options) {
  const ClubRemote at(context, Meant::club, options.remote);
  const publish::Forge forge = forge_behind(at.config, at.remote);
  const std::string link = squeeze(options.add.word.empty() ? options.add.url : options.add.word);
  std::vector<std::string> pages{
      publish::issue_form_page(forge, kForm,
                               {{"link", link},
                                {"paper-title", squeeze(options.add.title)},
                                {"why", squeeze(options.add.proposal.why)}}),
      file_page(forge, git::short_branch(at.upstream.branch), options)};
  std::erase(pages, "");
  if (pages.empty()) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("no page is known on which a paper is suggested to {}",
                            quote(at.upstream.remote, 100))}
        .hint("say what kind of host it is: git config paperclub.forge github (or gitlab)")
        .hint("or suggest it from here: the same command without --web");
  }
  for (const std::string& page : pages)
    context.ui.out(page + "\n");
  return kDone;
}

// What the issue of a workflow's event suggests; no other words about the paper may be given.
Options from_event(Context& context, Options options) {
  const AddOptions& given = options.add;
  const bool more = !given.word.empty() || !given.title.empty() || !given.url.empty() ||
                    !given.proposal.why.empty() || !given.proposal.by.empty() || given.edit;
  if (more || options.web) {
    throw Error{ErrorKind::usage, "the event says itself what is suggested, why and by whom"}.hint(
        "leave out what is said besides --from-github-event");
  }
  const import::FormIssue issue = read_event(context, options.event);
  // An identifier is not a name for a file of ours, such as `-`.
  options.add.url = squeeze(issue.answer(import::kLinkLabel));
  options.add.title = issue.answer(import::kTitleLabel);
  options.add.proposal.why = squeeze(issue.answer(import::kWhyLabel));
  options.add.proposal.by = issue.login;
  options.add.flags.no_input = true;
  options.author = git::Person{issue.login, issue.email(), 0, 0};
  if (options.add.url.empty()) {
    throw Error{ErrorKind::unacceptable, "the issue has no link to a paper"}.hint(
        "it is made by the form suggest.yml");
  }
  return options;
}

int run(const Options& options, Context& context) {
  if (!options.event.empty()) {
    refuse_offline(context);
    const Options read = from_event(context, options);
    return Suggestion(context, read).run();
  }
  if (options.web) return print_page(context, options);
  refuse_offline(context);
  return Suggestion(context, options).run();
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_paper_flags(args, options->add);
  args.text("--remote", options->remote,
            "The club's remote (default: that of the branch, or origin)", "NAME");
  args.text("--to", options->to, "Where it is pushed to, such as a fork; by default origin",
            "NAME");
  args.text("--from-github-event", options->event,
            "Suggest what the issue of a workflow's event says", "FILE");
  args.flag("--web", options->web, "Print the page on which it can be suggested in a browser");
  add_commit_flags(args, options->add.flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command suggest_command() {
  return {"suggest",
          "Write",
          "suggest a paper as a pull request, from a branch of its own",
          "[OPTIONS] [LINK|ID|TITLE]",
          "paperclub suggest 2307.08620 --title 'Retentive Network' --why fast\n"
          "paperclub suggest 2307.08620 --web",
          "suggestions",
          setup};
}

}  // namespace paperclub::cli
