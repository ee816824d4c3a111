// paperclub suggest: a paper on a branch of its own, as a pull request.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/adding.hpp"
#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "cli/remote.hpp"
#include "cli/requests.hpp"
#include "lib/base/text.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/branch.hpp"
#include "lib/import/form_issue.hpp"
#include "lib/import/recognise.hpp"
#include "lib/publish/json.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::cli {
namespace {

constexpr const char* kForm = "suggest.yml";  // of issues, as `init` writes it
constexpr std::size_t kMaxEvent = std::size_t{4} << 20U;

struct Options {
  AddOptions add;
  std::string remote;
  std::string to;
  std::string event;                  // the file of a workflow's event
  std::optional<git::Person> author;  // who wrote the issue that it tells of
  bool web = false;
};

// The club's remote: that of the branch, but `upstream` where a fork is the origin.
Upstream club_remote(const git::Repository& repository, const git::Config& config,
                     const std::string& chosen) {
  const std::vector<std::string> remotes = git::remote_names(repository);
  const bool is_fork = std::find(remotes.begin(), remotes.end(), "upstream") != remotes.end();
  const std::string name = chosen.empty() && is_fork ? "upstream" : chosen;
  return upstream_of(repository, config, repository.head().branch, name);
}

// One suggestion on its way.
class Suggestion {
 public:
  Suggestion(Context& context, const Options& options)
      : context_(context),
        options_(options),
        club_(open_club(context, "")),
        folder_(repository_folder(context, club_)),
        repository_(git::Repository::open(folder_)),
        config_(read_git_config(context.environment, &repository_)),
        upstream_(club_remote(repository_, config_, options.remote)),
        remote_(repository_, git_program(context), upstream_.remote),
        fork_(repository_, git_program(context), push_remote()),
        identity_(identity_of(context.environment, config_)) {
    if (options.author) {
      identity_.author.name = options.author->name;
      identity_.author.email = options.author->email;
    }
  }

  int run() {
    context_.ui.waiting(fmt::format("fetching from {}", escape(upstream_.remote)));
    const auto branch = remote_.default_branch();
    if (!branch) {
      throw Error{ErrorKind::repository,
                  fmt::format("{} has no branch yet", quote(upstream_.remote, 100))}
          .hint("a club begins with 'paperclub init'; send it with 'paperclub sync'");
    }
    upstream_.branch = *branch;
    upstream_.tracking =
        fmt::format("refs/remotes/{}/{}", upstream_.remote, git::short_branch(*branch));
    base_ = fetch_tip(folder_, remote_, upstream_);
    if (!base_) {
      throw Error{ErrorKind::damaged, fmt::format("{} is not there at {}", quote(*branch, 200),
                                                  quote(upstream_.remote, 100))}
          .hint("see 'git ls-remote'");
    }
    return run_add(context_, options_.add,
                   {"suggest", [this](const record::Paper& paper) { refuse_known(paper); },
                    [this](const Work& work) { return write(work); }});
  }

 private:
  // Where the person may push: a fork, where there is one.
  std::string push_remote() const {
    if (!options_.to.empty()) return options_.to;
    if (auto set = config_.text("remote.pushdefault")) return *set;
    const std::vector<std::string> remotes = git::remote_names(repository_);
    const bool origin = std::find(remotes.begin(), remotes.end(), "origin") != remotes.end();
    return origin ? "origin" : upstream_.remote;
  }

  club::Snapshot snapshot_of(const club::FileTree& files) const {
    return club::load_snapshot(files, {club::Scope::papers_and_members,
                                       club::useful_threads(context_.environment.processors),
                                       {}});
  }

  void refuse_known(const record::Paper& paper) const {
    refuse_known_paper(
        snapshot_of(*club::commit_tree(git::Repository::open(folder_), *base_, club_.prefix)),
        paper);
  }

  // The record on the club's branch, as one commit that no branch has yet.
  int write(const Work& work) {
    club::Chain chain(folder_, club_.prefix, *base_,
                      signer_of(context_.environment, options_.add.flags.signing, config_,
                                &repository_, identity_.committer));
    const auto files = chain.files();
    const club::Snapshot snapshot = snapshot_of(*files);
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
    const std::string path = club_.prefix.empty() ? record.path : club_.prefix + "/" + record.path;
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
    const auto tip = repository_.tip_of(ref);
    if (!tip) return std::nullopt;
    const auto entry = repository_.find_entry(repository_.tree_of(*tip), path);
    if (entry && entry->id == git::blob_id(bytes)) return tip;
    throw Error{ErrorKind::unacceptable, fmt::format("there is a branch {} in this clone already",
                                                     quote(git::short_branch(ref), 200))}
        .hint("choose another id with --id")
        .hint(fmt::format("or forget that one: git branch -D {}", git::short_branch(ref)));
  }

  void make_branch(const std::string& ref, const git::ObjectId& commit) const {
    const git::Move moved =
        git::BranchWriter(repository_)
            .move({ref, std::nullopt}, commit, identity_.committer, "paperclub: suggest");
    if (moved == git::Move::done) return;
    throw Error{ErrorKind::repository,
                fmt::format("the branch {} was made meanwhile", quote(git::short_branch(ref), 200))}
        .hint("run the command again");
  }

  int finish(const std::string& branch, const git::ObjectId& commit) {
    const Sent sent = send_branch(
        context_, config_,
        {remote_, fork_, git::short_branch(upstream_.branch), branch, commit,
         fmt::format("papers: add {}", id_), fmt::format("Suggests the paper `{}`.", id_)});
    if (options_.add.flags.format == "json") {
      context_.ui.out(publish::suggested_json(
          {id_, fork_.name(), branch, commit.hex(), sent.page, sent.opened}));
      return kDone;
    }
    tell_text(fmt::format("sent it to {}\n", escape(fork_.name())));
    if (!sent.page.empty()) {
      tell_text(fmt::format("{}: {}\n", sent.opened ? "pull request" : "open the pull request",
                            sent.page));
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
  OpenClub club_;
  std::string folder_;
  git::Repository repository_;
  git::Config config_;
  Upstream upstream_;
  git::Remote remote_;
  git::Remote fork_;
  Identity identity_;
  std::optional<git::ObjectId> base_;
  std::string id_;
};

// --- without a terminal --------------------------------------------------------------------------

// The page on which the record is written as a new file, where it is known what stands in it.
std::string file_page(const publish::Forge& forge, const std::string& branch,
                      const std::string& link, const Options& options) {
  record::Paper paper = import::recognise(link);
  paper.title = squeeze(options.add.title);
  const std::string id =
      options.add.proposal.id.empty() ? suggest_id(paper.title) : options.add.proposal.id;
  if (paper.title.empty() || paper.url.empty() || id.empty()) return {};
  const std::string path = club::paper_path(id, "");
  paper.suggested = record::Suggestion{options.add.proposal.by, {}, options.add.proposal.why};
  return publish::new_file_page(forge, branch, path,
                                schema_line("paper", path) + yaml::emit(record::to_yaml(paper)));
}

// The pages on which anybody suggests the paper: by the form, and as a file; nothing is written or
// sent.
int print_page(Context& context, const Options& options) {
  const OpenClub club = open_club(context, "");
  const std::string folder = repository_folder(context, club);
  const git::Repository repository = git::Repository::open(folder);
  const git::Config config = read_git_config(context.environment, &repository);
  const Upstream upstream = club_remote(repository, config, options.remote);
  const git::Remote remote(repository, git_program(context), upstream.remote);
  const publish::Forge forge = forge_behind(config, remote);
  const std::string link = squeeze(options.add.word.empty() ? options.add.url : options.add.word);
  std::vector<std::string> pages{
      publish::issue_form_page(forge, kForm,
                               {{"link", link},
                                {"title", squeeze(options.add.title)},
                                {"why", squeeze(options.add.proposal.why)}}),
      file_page(forge, git::short_branch(upstream.branch), link, options)};
  std::erase(pages, "");
  if (pages.empty()) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("no page is known on which a paper is suggested to {}",
                            quote(upstream.remote, 100))}
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
  const import::FormIssue issue =
      import::read_form_issue(read_input(context, options.event, kMaxEvent));
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
