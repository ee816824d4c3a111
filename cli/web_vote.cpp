#include "cli/web_vote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/exit_codes.hpp"
#include "cli/remote.hpp"
#include "cli/requests.hpp"
#include "cli/signing.hpp"
#include "lib/base/text.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/layout.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/publish/json.hpp"
#include "lib/vote/methods.hpp"
#include "lib/yaml/emit.hpp"

namespace paperclub::cli {
namespace {

constexpr const char* kForm = "vote.yml";  // of issues, as `init` writes it

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

// What the issue says: `a > b` is an order, `a=5` scores, else papers that are approved.
Choice read_choice(const club::RoundHistory& history, const std::string& text) {
  const std::string words = squeeze(text);
  if (words.empty()) {
    throw Error{ErrorKind::unacceptable, "the issue chooses nothing"}.hint(
        "it is made by the form vote.yml");
  }
  const vote::Method* method = vote::find_method(history.round.rules.method);
  const auto reads = method == nullptr ? vote::Reads::approvals : method->reads;
  Choice choice;
  if (fold(words) == "abstain") {
    choice.abstain = true;
  } else if (reads == vote::Reads::rankings || words.find('>') != words.npos) {
    choice.rank = words;
  } else if (reads == vote::Reads::scores) {
    choice.score = words;
  } else {
    choice.names = choice_words(words);
  }
  return choice;
}

// The round of one issue, and who votes in it.
struct Ballot {
  RoundId round;
  Voter voter;
  Choice choice;
  std::string branch;  // a short name
};

Ballot ballot_of(const VotingPlace& place, const import::FormIssue& issue) {
  const RoundId id = round_named(place, squeeze(issue.answer(import::kRoundLabel)));
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  if (history.closed) {
    throw Error{ErrorKind::unacceptable, fmt::format("round {} is closed", quote(id.str(), 100))}
        .hint("see 'paperclub round list'");
  }
  Choice choice = read_choice(history, issue.answer(import::kChoiceLabel));
  Voter voter = voter_with_login(history, issue);
  std::string branch = fmt::format("ballot/{}/{}", id.str(), voter.id);
  return {id, std::move(voter), std::move(choice), std::move(branch)};
}

// The commit that the ballot is put on: who votes again before the first one is merged builds on
// that, where nothing but the ballot is on its branch.
git::ObjectId base_of(ClubRemote& at, const git::ObjectId& tip, const std::string& branch,
                      const std::string& ballot) {
  const auto earlier = at.remote.list({"refs/heads/" + branch});
  if (earlier.empty()) return tip;
  const std::string kept = fmt::format("refs/paperclub/{}/heads/{}", at.upstream.remote, branch);
  at.remote.fetch({fmt::format("+refs/heads/{}:{}", branch, kept)});
  at.reopen();
  const git::ObjectId before = earlier.front().id;
  const auto bases = git::merge_bases(at.repository, tip, before);
  if (bases.size() != 1) return tip;
  const auto changes = git::compare_trees(at.repository, at.repository.tree_of(bases.front()),
                                          at.repository.tree_of(before));
  const bool is_it = changes.size() == 1 && changes.front().path == ballot;
  return is_it ? before : tip;
}

void tell_sent(Context& context, const WriteFlags& flags, const Outcome& outcome,
               const publish::Suggested& report, const Sent& sent) {
  if (flags.format == "json") return context.ui.out(publish::suggested_json(report));
  if (flags.quiet) return;
  for (const std::string& line : outcome.lines)
    context.ui.out(line + "\n");
  if (!sent.page.empty()) context.ui.out(sent_line(sent));
}

// The page on which the ballot is written as a new file, where it is known whose it is and that
// there is none yet.
std::string file_page(Context& context, const ClubRemote& at, const publish::Forge& forge,
                      const club::RoundHistory& history, const Choice& choice) {
  const auto member = at.config.text("paperclub.member");
  if (!member || !is_chosen(choice)) return {};
  require_id(*member);
  const bool has_voted = std::any_of(history.standing.begin(), history.standing.end(),
                                     [&member](const auto& one) { return one.first == *member; });
  if (has_voted) return {};
  const std::string path = club::ballot_path(history.id.str(), *member);
  const record::Ballot ballot = chosen_ballot(context, history, choice);
  return publish::new_file_page(forge, git::short_branch(at.upstream.branch), path,
                                schema_line("ballot", path) + yaml::emit(record::to_yaml(ballot)));
}

// The choice in the words that the form takes.
std::string words_of_choice(Context& context, const club::RoundHistory& history,
                            const Choice& choice) {
  if (!choice.score.empty()) return squeeze(choice.score);
  if (!choice.rank.empty()) return squeeze(choice.rank);
  return fmt::format("{}", fmt::join(candidate_ids(context, history, choice.names), "\n"));
}

}  // namespace

int vote_by_issue(Context& context, const std::string& event, const WriteFlags& flags) {
  refuse_offline(context);
  const import::FormIssue issue = read_event(context, event);
  ClubRemote at(context, Meant::club, "");
  const git::ObjectId tip = at.fetch_club(context);
  const std::string& prefix = at.club.prefix;
  const Ballot ballot =
      ballot_of({git::Repository::open(at.folder), at.folder, prefix, tip}, issue);
  const git::ObjectId base = base_of(
      at, tip, ballot.branch,
      club::repository_path(prefix, club::ballot_path(ballot.round.str(), ballot.voter.id)));
  const VotingPlace place{git::Repository::open(at.folder), at.folder, prefix, base};
  const Identity identity = identity_of(context.environment, at.config);
  git::Person author = identity.author;
  author.name = ballot.voter.author->name;
  author.email = ballot.voter.author->email;
  const Outcome outcome = cast(context, at.config, place,
                               club::read_round(place.repository, prefix, base, ballot.round),
                               ballot.voter, author, ballot.choice);
  if (flags.dry_run) {
    context.ui.out(fmt::format("would write {} on branch {}\n",
                               escape(outcome.changes.front().path), ballot.branch));
    return kDone;
  }
  club::Chain chain(
      at.folder, prefix, base,
      signer_of(context.environment, flags.signing, at.config, &at.repository, identity.committer));
  for (const club::Change& change : outcome.changes) {
    chain.add({{club::repository_path(prefix, change.path), chain.write_blob(*change.bytes)}},
              {author, identity.committer,
               fmt::format("{}\n\nPaperclub-Action: vote\n", outcome.subject)});
  }
  chain.sync();
  const Sent sent = send_branch(
      context, at.config,
      {at.remote, at.remote, git::short_branch(at.upstream.branch), ballot.branch, chain.tip(),
       outcome.subject,
       fmt::format("The vote of `{}` in round `{}`.", ballot.voter.id, ballot.round.str())});
  tell_sent(
      context, flags, outcome,
      {outcome.id, at.upstream.remote, ballot.branch, chain.tip().hex(), sent.page, sent.opened},
      sent);
  return kDone;
}

int print_vote_pages(Context& context, const std::string& round, const Choice& choice) {
  const VotingPlace place = open_votes(context);
  const RoundId id = round_named(place, round);
  const club::RoundHistory history =
      club::read_round(place.repository, place.prefix, place.tip, id);
  const ClubRemote at(context, Meant::club, "");
  const publish::Forge forge = forge_behind(at.config, at.remote);
  std::vector<std::string> pages;
  if (history.round.rules.electorate != "signed") {
    pages = {publish::issue_form_page(
                 forge, kForm,
                 {{"round", id.str()}, {"choice", words_of_choice(context, history, choice)}}),
             file_page(context, at, forge, history, choice)};
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

}  // namespace paperclub::cli
