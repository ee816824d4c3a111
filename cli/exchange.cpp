#include "cli/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "cli/clock.hpp"
#include "cli/finding_text.hpp"
#include "cli/requests.hpp"
#include "lib/base/text.hpp"
#include "lib/club/chain.hpp"
#include "lib/club/locate.hpp"
#include "lib/git/graph.hpp"
#include "lib/git/history.hpp"
#include "lib/sync/replay.hpp"
#include "lib/yaml/emit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

constexpr const char* kAnswerFile = "declined.yaml";  // in the commit that declines
// Who suggests more is told by the check; no look is taken at what it is.
constexpr std::size_t kMaxAdded = 100;
constexpr std::size_t kMaxAddedBytes = std::size_t{4} << 20U;
constexpr std::size_t kMaxLookups = 1'000'000;  // of files in the club's past
constexpr std::size_t kMaxTries = 12;
constexpr std::size_t kMaxFetched = 100;  // references in one call of git

}  // namespace

Exchange::Exchange(Context& context, const std::string& remote)
    : context_(context), at_(context, Meant::club, remote) {
  fetch();
}

void Exchange::fetch() {
  tip_ = at_.fetch_club(context_);
  keys_.clear();
  const std::vector<git::RemoteRef> refs = at_.remote.list(sync::suggestion_patterns());
  waiting_ = sync::waiting_among(refs);
  declined_ = sync::declined_among(refs);
  at_.reopen();
  std::vector<std::string> wanted;
  for (const sync::Waiting& one : waiting_) {
    const std::string kept = sync::kept_ref(at_.upstream.remote, one.ref);
    if (at_.repository.tip_of(kept) != one.head)
      wanted.push_back(fmt::format("+{}:{}", one.ref, kept));
  }
  for (std::size_t i = 0; i < wanted.size(); i += kMaxFetched) {
    const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(i);
    const auto count = std::min(kMaxFetched, wanted.size() - i);
    fetch_some({begin, begin + static_cast<std::ptrdiff_t>(count)});
  }
  at_.reopen();
  // What is part of the club already was accepted; what is no commit is nothing to accept.
  std::erase_if(waiting_,
                [this](const sync::Waiting& one) { return !is_commit(one) || is_part(one); });
}

// One that git does not take keeps nobody from the others.
void Exchange::fetch_some(const std::vector<std::string>& refspecs) const {
  try {
    at_.remote.fetch(refspecs);
  } catch (const Error&) {
    if (refspecs.size() == 1) return;
    for (const std::string& one : refspecs)
      fetch_some({one});
  }
}

bool Exchange::is_commit(const sync::Waiting& one) const {
  try {
    at_.repository.tree_of(one.head);
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool Exchange::is_part(const sync::Waiting& one) const {
  return git::stands_on(at_.repository, *tip_, one.head);
}

const sync::Waiting& Exchange::named(const std::string& name) const {
  if (const sync::Waiting* one = sync::find_waiting(waiting_, name)) return *one;
  if (const sync::Waiting* one = adding(name)) return *one;
  if (const sync::Waiting* one = sync::find_waiting(declined_, name)) tell_answer(*one);
  std::vector<std::string> names;
  for (const sync::Waiting& one : waiting_)
    names.push_back(one.name);
  throw Error{ErrorKind::usage, fmt::format("no suggestion {} waits at {}", quote(name, 100),
                                            quote(at_.upstream.remote, 100))}
      .hint(names.empty() ? "none does" : fmt::format("there are: {}", fmt::join(names, ", ")));
}

void Exchange::tell_answer(const sync::Waiting& declined) const {
  const std::string ref = sync::declined_ref(declined.head);
  const std::string kept = sync::kept_ref(at_.upstream.remote, ref);
  std::string who;
  std::string why;
  fetch_some({fmt::format("+{}:{}", ref, kept)});
  const git::Repository repository = git::Repository::open(at_.folder);
  if (const auto answer = repository.tip_of(kept)) {
    const git::CommitText text = git::read_commit(repository, *answer).text;
    who = fmt::format(" by {}", escape(text.author.name));
    const auto entry = repository.find_entry(text.tree, kAnswerFile);
    const auto bytes = entry && entry->kind == git::EntryKind::file
                           ? repository.read_blob(entry->id, yaml::kMaxBytes)
                           : std::nullopt;
    const auto document = yaml::parse(kAnswerFile, bytes.value_or("")).document;
    const auto node = document && document->root().kind() == yaml::NodeKind::mapping
                          ? document->root().find("why")
                          : std::nullopt;
    if (node && node->kind() == yaml::NodeKind::scalar) why = ": " + escape(squeeze(node->text()));
  }
  throw Error{ErrorKind::unacceptable, fmt::format("{} was declined{}{}", declined.name, who, why)}
      .hint("to suggest it anew, change something, such as --why");
}

std::vector<git::FileDifference> Exchange::changes_of(const sync::Waiting& one) const {
  try {
    const auto bases = git::merge_bases(at_.repository, *tip_, one.head);
    if (bases.size() != 1) return {};
    return git::compare_trees(at_.repository, at_.repository.tree_of(bases.front()),
                              at_.repository.tree_of(one.head));
  } catch (const Error&) {
    return {};  // what one suggestion holds keeps nobody from the others
  }
}

bool Exchange::was_taken(const sync::Waiting& one) const {
  const std::vector<git::FileDifference> changes = changes_of(one);
  const auto holds = [&](const git::ObjectId& tree, bool the_same) {
    return std::all_of(changes.begin(), changes.end(), [&](const git::FileDifference& change) {
      const auto entry = at_.repository.find_entry(tree, change.path);
      return change.after && entry && (!the_same || entry->id == change.after->id);
    });
  };
  // What the club never had is most of what waits.
  if (changes.empty() || !holds(at_.repository.tree_of(*tip_), false)) return false;
  const auto since = git::commits_between(at_.repository, one.head, *tip_);
  if (since.size() > kMaxLookups / changes.size()) return false;
  return std::any_of(since.begin(), since.end(), [&](const git::ObjectId& commit) {
    return holds(at_.repository.tree_of(commit), true);
  });
}

std::vector<Exchange::AddedPaper> Exchange::papers_of(const sync::Waiting& one) const {
  const std::string begin = club::beginning_below(at_.club.prefix);
  std::vector<AddedPaper> papers;
  for (const git::FileDifference& change : changes_of(one)) {
    if (change.before || !change.after || !change.path.starts_with(begin)) continue;
    const club::Place place = club::place_of(change.path.substr(begin.size()));
    auto id = PaperId::parse(place.id);
    const bool is_paper =
        place.place == club::PlaceKind::record && place.kind == club::RecordKind::paper;
    if (is_paper && id && change.after->kind == git::EntryKind::file)
      papers.push_back({std::move(*id), change.after->id});
    if (papers.size() > kMaxAdded) return {};
  }
  return papers;
}

const std::vector<std::string>& Exchange::keys_of(const sync::Waiting& one) const {
  const auto [at, is_new] = keys_.try_emplace(one.name);
  std::size_t left = kMaxAddedBytes;
  for (const AddedPaper& paper : is_new ? papers_of(one) : std::vector<AddedPaper>()) {
    const auto bytes = at_.repository.read_blob(paper.blob, std::min(left, yaml::kMaxBytes));
    if (!bytes) continue;
    left -= bytes->size();
    const auto document = yaml::parse(paper.id.str(), *bytes).document;
    if (!document) continue;
    for (const club::PaperKeys& key : club::keys_of(record::paper_from(*document)))
      at->second.push_back(key.text);
  }
  return at->second;
}

const sync::Waiting* Exchange::adding(const std::string& paper) const {
  const sync::Waiting* found = nullptr;
  for (const sync::Waiting& one : waiting_) {
    const std::vector<AddedPaper> added = papers_of(one);
    const bool adds = std::any_of(added.begin(), added.end(), [&paper](const AddedPaper& record) {
      return record.id.str() == paper;
    });
    if (!adds) continue;
    if (found != nullptr) {
      throw Error{ErrorKind::usage, fmt::format("{} and {} both suggest {}", found->name, one.name,
                                                quote(paper, 100))}
          .hint("name one of them");
    }
    found = &one;
  }
  return found;
}

std::multimap<std::string, std::string> Exchange::names_by_key() const {
  std::multimap<std::string, std::string> names;
  for (const sync::Waiting& one : waiting_) {
    for (const std::string& key : keys_of(one))
      names.emplace(key, one.name);
  }
  return names;
}

void Exchange::add_twins(const std::multimap<std::string, std::string>& names,
                         Looked& looked) const {
  for (const std::string& key : keys_of(looked.waiting)) {
    const auto [begin, end] = names.equal_range(key);
    for (auto at = begin; at != end; ++at) {
      const bool known =
          at->second == looked.waiting.name ||
          std::find(looked.near.begin(), looked.near.end(), at->second) != looked.near.end();
      if (!known) looked.near.push_back(at->second);
    }
  }
}

Looked Exchange::look(const sync::Waiting& waiting) const {
  Looked looked{waiting, git::read_commit(at_.repository, waiting.head).text, {}, {}, {}, false,
                {}};
  const gate::Request request{*tip_, waiting.head, "", "", false, now_of(context_, {})};
  try {
    if (was_taken(waiting)) {
      looked.is_there = true;
      return looked;
    }
    looked.judged = gate::judge_change({at_.folder, {}}, at_.club.prefix, request);
    looked.is_there = looked.judged->files.empty() && looked.judged->findings.empty();
  } catch (const Error& error) {
    // What one suggestion holds keeps nobody from the others.
    looked.why = error.message();
    looked.hints = error.hints();
  }
  return looked;
}

std::vector<Looked> Exchange::look_at_all() const {
  std::vector<Looked> all;
  for (const sync::Waiting& one : waiting_) {
    context_.ui.progress("judging suggestions", all.size(), waiting_.size());
    all.push_back(look(one));
  }
  // What was squashed into the club, or taken back again, asks for nothing.
  std::erase_if(all, [](const Looked& one) { return one.is_there; });
  const auto names = names_by_key();
  for (Looked& one : all)
    add_twins(names, one);
  return all;
}

Looked Exchange::look_at(const sync::Waiting& waiting) const {
  Looked looked = look(waiting);
  add_twins(names_by_key(), looked);
  return looked;
}

git::ObjectId Exchange::accept(const std::string& name, const WriteFlags& flags) {
  const Identity identity = identity_of(context_.environment, at_.config);
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
    context_.ui.waiting(fmt::format("sending to {}", escape(at_.upstream.remote)));
    const git::PushResult result = at_.remote.push(merge, at_.upstream.branch);
    if (result.how == git::Pushed::done) return merge;
    if (result.how == git::Pushed::behind) continue;
    tell_remote_words(context_, at_.upstream.remote, result.words);
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} refuses what is sent", quote(at_.upstream.remote, 100))}
        .hint("who may accept is for the host to say; merge it there");
  }
  throw Error{ErrorKind::repository,
              fmt::format("others kept pushing to {}", quote(at_.upstream.remote, 100))}
      .hint("run the command again");
}

void Exchange::decline(const sync::Waiting& waiting, const std::string& why,
                       const WriteFlags& flags) {
  const Identity identity = identity_of(context_.environment, at_.config);
  git::ObjectWriter writer(at_.repository);
  yaml::Members record{{"suggestion", waiting.branch.empty() ? waiting.name : waiting.branch}};
  if (!why.empty()) record.emplace_back("why", why);
  const git::ObjectId tree =
      writer.write_tree(std::nullopt, {{kAnswerFile, writer.write_blob(yaml::emit(record))}});
  const git::ObjectId answer = writer.write_commit(git::format_commit(
      {tree, {}, identity.author, identity.committer, "suggestions: decline\n"}));
  writer.sync();
  if (flags.dry_run) return;
  const std::string ref = sync::declined_ref(waiting.head);
  const git::PushResult result = at_.remote.push(answer, ref);
  if (result.how == git::Pushed::refused) {
    tell_remote_words(context_, at_.upstream.remote, result.words);
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} does not keep the answer", quote(at_.upstream.remote, 100))}
        .hint("answer at the host");
  }
  // Where somebody else was faster, it is declined all the same.
  if (result.how == git::Pushed::behind && !at_.remote.has(ref))
    throw held_there(context_, at_.upstream.remote, result);
  if (waiting.number.empty()) return;
  const publish::Forge forge = forge_behind(at_.config, at_.remote);
  const bool closed = close_request(context_, forge, waiting.number,
                                    why.empty() ? "Declined." : "Declined: " + why);
  if (!closed && !flags.quiet)
    context_.ui.note(fmt::format("the pull request {} is open at the host still", waiting.name));
}

void Exchange::refuse_bad(const Looked& looked) const {
  if (looked.is_there) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the club has all of {} already", looked.waiting.name)}
        .hint("close it at the host, or decline it");
  }
  if (!looked.judged) {
    Error error{ErrorKind::unacceptable,
                fmt::format("{} cannot be judged: {}", looked.waiting.name, looked.why)};
    for (const std::string& hint : looked.hints)
      error.hint(hint);
    error.hint(fmt::format("or decline it: paperclub suggestions decline {}",
                           shell_word(looked.waiting.name)));
    throw error;
  }
  if (count_errors(looked.judged->findings) == 0) return;
  for (const Finding& finding : looked.judged->findings)
    context_.ui.err(finding_block(context_.ui, finding));
  throw Error{ErrorKind::unacceptable,
              fmt::format("{} is not one to accept as it is", looked.waiting.name)}
      .hint("ask who made it to mend what is said above")
      .hint("what is more than a suggestion is merged at the host, by who answers for it");
}

git::ObjectId Exchange::merged(const Looked& looked, const Identity& identity,
                               const WriteFlags& flags) {
  // What is judged good left the club in one place.
  const git::ObjectId base = git::merge_bases(at_.repository, *tip_, looked.waiting.head).front();
  const sync::OwnCommit change{git::read_commit(at_.repository, looked.waiting.head),
                               git::compare_trees(at_.repository, at_.repository.tree_of(base),
                                                  at_.repository.tree_of(looked.waiting.head)),
                               std::nullopt};
  club::Chain chain(at_.folder, at_.club.prefix, *tip_,
                    signer_of(context_.environment, flags.signing, at_.config, &at_.repository,
                              identity.committer));
  sync::Replay replay(chain, at_.club.prefix, sync::Prefer::neither, now_of(context_, {}));
  const sync::Step step = replay.step(change);
  if (!step.conflicts.empty()) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} was changed by others since {} was made",
                            quote(step.conflicts.front().path, 200), looked.waiting.name)}
        .hint("ask who made it to put it on top of what is there");
  }
  const std::string what =
      looked.judged->added.empty() ? std::string("suggestion") : looked.judged->added.front().str();
  chain.add(step.changes, {identity.author,
                           identity.committer,
                           fmt::format("papers: accept {}\n\nPaperclub-Action: accept\n", what),
                           {looked.waiting.head}});
  chain.sync();
  at_.reopen();
  return chain.tip();
}

}  // namespace paperclub::cli
