// paperclub vote: one ballot, as one commit that changes one file.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/casting.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/signing.hpp"
#include "cli/web_vote.hpp"
#include "lib/club/locate.hpp"
#include "lib/gate/standing.hpp"
#include "lib/git/config.hpp"

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

// The member for whom somebody else records the vote; where the club has organisers, one of these.
Voter recorded_voter(Context& context, const club::RoundHistory& history, const std::string& member,
                     const Identity& identity) {
  const auto named =
      std::find_if(history.roll.begin(), history.roll.end(),
                   [&member](const club::MemberRecord& one) { return one.id.str() == member; });
  const auto address = named == history.roll.end() ? std::nullopt : vote::address_of(named->member);
  if (!address) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} was no member with an address when the round was opened",
                            quote(member, 100))}
        .hint("see 'paperclub member list'; a vote is recorded for members only");
  }
  const club::Snapshot now =
      load_club(context, open_club(context, "HEAD"), club::Scope::papers_and_members);
  const gate::Actor actor = gate::actor_called(now, identity.committer.email);
  const bool may = actor.standing == gate::Standing::organiser || actor.member == member;
  if (gate::has_organisers(now) && !may) {
    throw Error{ErrorKind::unacceptable, "only organisers record the vote of somebody else"}.hint(
        "ask one of them: 'paperclub member list' says who they are");
  }
  return {member, git::Person{named->member.name, *address, 0, 0}};
}

Voter voter_of(Context& context, const git::Config& config, const club::RoundHistory& history,
               const Options& options, const Identity& identity) {
  if (!options.member.empty()) return recorded_voter(context, history, options.member, identity);
  if (const auto chosen = config.text("paperclub.member")) {
    require_id(*chosen);
    return {*chosen, std::nullopt};
  }
  if (const club::MemberRecord* member = member_with(history, identity.author.email))
    return {member->id.str(), std::nullopt};
  const std::string slug = suggest_id(identity.author.name);
  const bool is_open = history.round.rules.electorate == "open";
  if (is_open && !slug.empty()) return {slug, std::nullopt};
  if (is_open) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("no ballot can be called after {}", quote(identity.author.name, 100))}
        .hint("choose a name for your ballots: git config paperclub.member NAME");
  }
  warn_of_round(context, history);
  const club::Snapshot now =
      load_club(context, open_club(context, "HEAD"), club::Scope::papers_and_members);
  const std::string member = gate::actor_called(now, identity.author.email).member;
  Error error{ErrorKind::unacceptable,
              member.empty()
                  ? fmt::format("no member has the address {}", quote(identity.author.email, 100))
                  : fmt::format("{} had not the address {} when the round was opened",
                                quote(member, 100), quote(identity.author.email, 100))};
  error.hint("only who was a member when the round was opened may vote in it");
  if (history.round.rules.electorate == "signed")
    error.hint("say who you are: git config paperclub.member ID");
  throw error;
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

int run(const Options& options, Context& context) {
  if (!options.event.empty()) {
    if (is_chosen(options.choice) || !options.member.empty() || !options.round.empty()) {
      throw Error{ErrorKind::usage, "the event says itself who votes and how"}.hint(
          "leave out what is said besides --from-github-event");
    }
    return vote_by_issue(context, options.event, options.flags);
  }
  check_options(options);
  return options.web ? print_vote_pages(context, options.round, options.choice)
                     : run_here(options, context);
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
