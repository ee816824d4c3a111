// paperclub vote: one ballot, as one commit that changes one file.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/casting.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/input.hpp"
#include "cli/remote.hpp"
#include "cli/requests.hpp"
#include "cli/signing.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/layout.hpp"
#include "lib/club/locate.hpp"
#include "lib/git/config.hpp"
#include "lib/git/graph.hpp"
#include "lib/import/form_issue.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  Choice choice;
  std::string round;
  std::string member;
  std::string event;  // the file of a workflow's event
  bool web = false;
  WriteFlags flags;
};

void check_options(const Options& options) {
  const int ways = (options.choice.names.empty() ? 0 : 1) + (options.choice.rank.empty() ? 0 : 1) +
                   (options.choice.score.empty() ? 0 : 1);
  const int alone = (options.choice.abstain ? 1 : 0) + (options.choice.withdraw ? 1 : 0);
  if (alone > 1 || (alone == 1 && ways > 0)) {
    throw Error{ErrorKind::usage, "--abstain and --withdraw stand alone"}.hint(
        "leave out what else is chosen");
  }
}

// --- whose it is ---------------------------------------------------------------------------------

const club::MemberRecord* member_with(const club::RoundHistory& history,
                                      const std::string& address) {
  for (const club::MemberRecord& member : history.roll) {
    if (vote::owns_address(member.member, address)) return &member;
  }
  return nullptr;
}

Voter voter_of(Context& context, const git::Config& config, const club::RoundHistory& history,
               const Options& options, const Identity& identity) {
  if (!options.member.empty()) {
    const auto named =
        std::find_if(history.roll.begin(), history.roll.end(),
                     [&](const club::MemberRecord& one) { return one.id.str() == options.member; });
    const auto address =
        named == history.roll.end() ? std::nullopt : vote::address_of(named->member);
    if (!address) {
      throw Error{ErrorKind::unacceptable,
                  fmt::format("{} was no member with an address when the round was opened",
                              quote(options.member, 100))}
          .hint("see 'paperclub member list'; a vote is recorded for members only");
    }
    return {options.member, git::Person{named->member.name, *address, 0, 0}};
  }
  if (const auto chosen = config.text("paperclub.member")) {
    require_id(*chosen);
    return {*chosen, std::nullopt};
  }
  if (const club::MemberRecord* member = member_with(history, identity.author.email))
    return {member->id.str(), std::nullopt};
  const std::string slug = suggest_id(identity.author.name);
  if (history.round.rules.electorate == "open" && !slug.empty()) return {slug, std::nullopt};
  warn_of_round(context, history);
  throw Error{ErrorKind::unacceptable,
              fmt::format("no member has the address {}", quote(identity.author.email, 100))}
      .hint("only who was a member when the round was opened may vote in it")
      .hint("say who you are: git config paperclub.member ID");
}

int run_here(Options options, Context& context) {
  const VotingPlace first = open_votes(context);
  const RoundId id = round_named(first, options.round);
  const git::Config config = read_git_config(context.environment, &first.repository);
  const Identity person = identity_of(context.environment, config);
  const club::RoundHistory seen = club::read_round(first.repository, first.prefix, first.tip, id);
  ask_choice(context, seen, options.choice, !options.flags.no_input);
  const Voter voter = voter_of(context, config, seen, options, person);
  const auto work = [&](const club::FileTree&, const Identity& identity) {
    const VotingPlace place = open_votes(context);
    const club::RoundHistory history =
        place.tip == seen.counted && !seen.closed
            ? seen
            : club::read_round(place.repository, place.prefix, place.tip, id);
    return cast(context, config, place, history, voter, identity.author, options.choice);
  };
  return write_files(context, options.flags, "vote", first.folder, first.prefix, work,
                     voter.author);
}

// --- from the web --------------------------------------------------------------------------------

constexpr const char* kForm = "vote.yml";  // of issues, as `init` writes it
constexpr std::size_t kMaxEvent = std::size_t{4} << 20U;

// Who wrote the issue: the member that has the login, or in an open round the login itself.
Voter voter_with_login(const club::RoundHistory& history, const import::FormIssue& issue) {
  const git::Person author{issue.login, issue.email(), 0, 0};
  const std::string login = fold(issue.login);
  for (const club::MemberRecord& one : history.roll) {
    if (!one.member.login.empty() && fold(one.member.login) == login) return {one.id.str(), author};
  }
  if (history.round.rules.electorate == "open") {
    const std::string slug = suggest_id(issue.login);
    const bool is_member = std::any_of(history.roll.begin(), history.roll.end(),
                                       [&](const auto& one) { return one.id.str() == slug; });
    if (!slug.empty() && !is_member) return {slug, author};
  }
  throw Error{ErrorKind::unacceptable,
              fmt::format("no member has the login {}", quote(issue.login, 100))}
      .hint("only who was a member when the round was opened may vote in it");
}

// Takes the vote from the issue: `a > b` is an order, `a=5` scores, else papers that are approved.
void read_choice(const club::RoundHistory& history, const std::string& text, Options& options) {
  const std::string choice = squeeze(text);
  if (choice.empty()) {
    throw Error{ErrorKind::unacceptable, "the issue chooses nothing"}.hint(
        "it is made by the form vote.yml");
  }
  const vote::Method* method = vote::find_method(history.round.rules.method);
  const auto reads = method == nullptr ? vote::Reads::approvals : method->reads;
  if (fold(choice) == "abstain") {
    options.choice.abstain = true;
  } else if (reads == vote::Reads::rankings || choice.find('>') != choice.npos) {
    options.choice.rank = choice;
  } else if (reads == vote::Reads::scores) {
    options.choice.score = choice;
  } else {
    options.choice.names = choice_words(choice);
  }
}

// One ballot as a pull request.
int run_event(Options options, Context& context) {
  if (is_chosen(options.choice) || !options.member.empty() || !options.round.empty()) {
    throw Error{ErrorKind::usage, "the event says itself who votes and how"}.hint(
        "leave out what is said besides --from-github-event");
  }
  refuse_offline(context);
  const import::FormIssue issue =
      import::read_form_issue(read_input(context, options.event, kMaxEvent));
  const OpenClub club = open_club(context, "");
  const std::string folder = repository_folder(context, club);
  const git::Repository repository = git::Repository::open(folder);
  const git::Config config = read_git_config(context.environment, &repository);
  const Upstream upstream = upstream_of(repository, config, repository.head().branch, "");
  const git::Remote remote(repository, git_program(context), upstream.remote);
  const auto tip = fetch_tip(folder, remote, upstream);
  if (!tip) {
    throw Error{ErrorKind::repository,
                fmt::format("{} has no branch {} yet", quote(upstream.remote, 100),
                            quote(upstream.branch, 200))}
        .hint("send the club there with 'paperclub sync'");
  }
  const Identity identity = identity_of(context.environment, config);
  const VotingPlace start{git::Repository::open(folder), folder, club.prefix, *tip};
  const RoundId id = round_named(start, squeeze(issue.answer(import::kRoundLabel)));
  const club::RoundHistory opened = club::read_round(start.repository, club.prefix, *tip, id);
  read_choice(opened, issue.answer(import::kChoiceLabel), options);
  const Voter voter = voter_with_login(opened, issue);
  // Who votes again before the first one is merged builds on it.
  const std::string branch = fmt::format("ballot/{}/{}", id.str(), voter.id);
  git::ObjectId base = *tip;
  const auto earlier = remote.list({"refs/heads/" + branch});
  if (!earlier.empty()) {
    const std::string kept = fmt::format("refs/paperclub/{}/heads/{}", upstream.remote, branch);
    remote.fetch({fmt::format("+refs/heads/{}:{}", branch, kept)});
    const git::Repository now = git::Repository::open(folder);
    if (!git::stands_on(now, *tip, earlier.front().id)) base = earlier.front().id;
  }
  const VotingPlace place{git::Repository::open(folder), folder, club.prefix, base};
  const club::RoundHistory history = club::read_round(place.repository, club.prefix, base, id);
  git::Person author = identity.author;
  author.name = voter.author->name;
  author.email = voter.author->email;
  const Outcome outcome = cast(context, config, place, history, voter, author, options.choice);
  if (options.flags.dry_run) {
    context.ui.out(
        fmt::format("would write {} on branch {}\n", escape(outcome.changes.front().path), branch));
    return kDone;
  }
  club::Chain chain(folder, club.prefix, base,
                    signer_of(context.environment, options.flags.signing, config, &repository,
                              identity.committer));
  for (const club::Change& change : outcome.changes) {
    chain.add({{club.prefix.empty() ? change.path : club.prefix + "/" + change.path,
                chain.write_blob(*change.bytes)}},
              {author, identity.committer,
               fmt::format("{}\n\nPaperclub-Action: vote\n", outcome.subject)});
  }
  chain.sync();
  const Sent sent = send_branch(
      context, config,
      {remote, remote, git::short_branch(upstream.branch), branch, chain.tip(), outcome.subject,
       fmt::format("The vote of `{}` in round `{}`.", voter.id, id.str())});
  if (options.flags.format == "json") {
    context.ui.out(publish::suggested_json(
        {outcome.id, upstream.remote, branch, chain.tip().hex(), sent.page, sent.opened}));
    return kDone;
  }
  if (options.flags.quiet) return kDone;
  for (const std::string& line : outcome.lines)
    context.ui.out(line + "\n");
  if (!sent.page.empty())
    context.ui.out(
        fmt::format("{}: {}\n", sent.opened ? "pull request" : "open the pull request", sent.page));
  return kDone;
}

// The page on which the ballot is written as a new file, where it is known whose it is and that
// there is none yet.
std::string file_page(Context& context, const git::Config& config, const publish::Forge& forge,
                      const std::string& branch, const club::RoundHistory& history,
                      const Options& options) {
  const auto member = config.text("paperclub.member");
  if (!member || !is_chosen(options.choice)) return {};
  require_id(*member);
  const bool has_voted = std::any_of(history.standing.begin(), history.standing.end(),
                                     [&member](const auto& one) { return one.first == *member; });
  if (has_voted) return {};
  const std::string path = club::ballot_path(history.id.str(), *member);
  const record::Ballot ballot = chosen_ballot(context, history, options.choice);
  return publish::new_file_page(forge, branch, path,
                                schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot)));
}

// Prints the pages on which the vote can be cast in a browser: by the form, and as a file.
int run_web(const Options& options, Context& context) {
  const VotingPlace place = open_votes(context);
  const RoundId id = round_named(place, options.round);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  const git::Config config = read_git_config(context.environment, &place.repository);
  const Upstream upstream =
      upstream_of(place.repository, config, place.repository.head().branch, "");
  const git::Remote remote(place.repository, git_program(context), upstream.remote);
  std::string choice =
      fmt::format("{}", fmt::join(candidate_ids(context, history, options.choice.names), "\n"));
  if (!options.choice.rank.empty()) choice = squeeze(options.choice.rank);
  if (!options.choice.score.empty()) choice = squeeze(options.choice.score);
  const publish::Forge forge = forge_behind(config, remote);
  std::vector<std::string> pages;
  if (history.round.rules.electorate != "signed") {
    pages = {
        publish::issue_form_page(forge, kForm, {{"round", id.str()}, {"choice", choice}}),
        file_page(context, config, forge, git::short_branch(upstream.branch), history, options)};
  }
  std::erase(pages, "");
  if (pages.empty()) {
    throw Error{ErrorKind::unacceptable, "no page is known on which one votes in this round"}
        .hint("signed ballots are made here, with a key")
        .hint("say what kind of host it is: git config paperclub.forge github (or gitlab)");
  }
  for (const std::string& page : pages)
    context.ui.out(page + "\n");
  return kDone;
}

int run(const Options& options, Context& context) {
  if (!options.event.empty()) return run_event(options, context);
  check_options(options);
  return options.web ? run_web(options, context) : run_here(options, context);
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("ID", options->choice.names,
             "The papers you approve: ids, their beginnings or numbers");
  args.text("--round", options->round, "The round (default: the open one)", "ROUND");
  args.text("--rank", options->choice.rank, "Your order, best first, equal ones with =", "ORDER");
  args.text("--score", options->choice.score, "Your scores, such as bert=5,mamba=3", "SCORES");
  args.flag("--abstain", options->choice.abstain, "Be present and choose nothing");
  args.flag("--withdraw", options->choice.withdraw, "Take your vote back");
  args.text("--for", options->member, "Record the vote of this member", "MEMBER");
  args.text("--from-github-event", options->event,
            "Vote as the issue of a workflow's event says, as a pull request", "FILE");
  args.flag("--web", options->web, "Print the page on which one votes in a browser");
  args.text("--comment", options->choice.comment, "A remark that everybody can read", "TEXT");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command vote_command() {
  return {"vote",
          "Vote",
          "vote in the open round; vote again to change it",
          "[OPTIONS] [ID…]",
          "paperclub vote bert\n"
          "paperclub vote --rank 't5 > bert' --dry-run",
          "round show",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
