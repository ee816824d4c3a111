#include "cli/writing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/clock.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/rounds.hpp"
#include "cli/sync.hpp"
#include "lib/club/check.hpp"
#include "lib/club/locate.hpp"
#include "lib/club/overlay.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/json.hpp"
#include "lib/publish/readme.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/emit.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

void tell_lines(Context& context, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings)
    context.ui.err(finding_line(finding) + "\n");
}

// Tells the findings and throws, where there is one.
void refuse(Context& context, const char* what, std::vector<Finding> findings) {
  if (findings.empty()) return;
  tell_lines(context, findings);
  throw Error{ErrorKind::unacceptable, fmt::format("{}, and nothing was written", what)}
      .hint("mend what is said above and run the command again")
      .consists_of(std::move(findings));
}

// The findings of a record; none where no one is an error.
std::vector<Finding> record_findings(std::string_view kind, const std::string& path,
                                     const std::string& text) {
  const yaml::ParseResult parsed = yaml::parse(path, text);
  std::vector<Finding> findings = parsed.findings;
  if (parsed.document) {
    const std::vector<Finding> judged = schema::schema_of(kind).validate(*parsed.document);
    findings.insert(findings.end(), judged.begin(), judged.end());
  }
  if (count_errors(findings) == 0) return {};
  sort_findings(findings);
  return findings;
}

// Throws where the club would have errors that it does not have now, and tells them.
void refuse_new_errors(const Desk& desk, const club::Snapshot& after, const club::FileTree& files) {
  std::vector<Finding> found =
      club::new_errors(club::check_club(desk.snapshot, desk.files), club::check_club(after, files));
  for (Finding& finding : found) {
    // Pictures lie there before they are committed.
    if (finding.rule == Rule::missing_file)
      finding.message += "; what is there must be committed, too";
  }
  refuse(desk.context, "the club would not be good any more", std::move(found));
}

// README.md where it has a place for the timeline.
struct Readme {
  std::string text;
  bool fresh = false;  // whether the timeline there is that of the club
};

std::optional<Readme> readme_of(const Desk& desk) {
  os::ReadResult file = desk.files.read(club::kReadmeFile, club::kMaxFileBytes);
  if (file.status != os::ReadStatus::ok) return std::nullopt;
  const auto fresh = publish::readme_with(file.bytes, desk.snapshot);
  if (!fresh) return std::nullopt;
  const bool is_fresh = *fresh == file.bytes;
  return Readme{std::move(file.bytes), is_fresh};
}

template <typename Record>
bool has_file(const std::vector<Record>& records, const std::string& path) {
  return std::any_of(records.begin(), records.end(),
                     [&path](const Record& one) { return one.file == path; });
}

// Whether the file at `path` is one that was read, so that whoever changes it knows what it says.
bool was_read(const club::Snapshot& snapshot, const std::string& path) {
  const club::Place place = club::place_of(path);
  const auto has_notes = [&path](const club::PaperRecord& paper) { return paper.notes == path; };
  if (place.place == club::PlaceKind::notes)
    return std::any_of(snapshot.papers.begin(), snapshot.papers.end(), has_notes);
  if (place.place != club::PlaceKind::record) return place.place == club::PlaceKind::elsewhere;
  return place.kind == club::RecordKind::club || has_file(snapshot.papers, path) ||
         has_file(snapshot.sessions, path) || has_file(snapshot.rounds, path) ||
         has_file(snapshot.members, path);
}

// What lies in the place of a new file is somebody's work, also where it cannot be read.
void refuse_overwriting(const Desk& desk, const std::vector<club::Change>& changes) {
  for (const club::Change& change : changes) {
    if (!change.bytes || !desk.files.kind_of(change.path) || was_read(desk.snapshot, change.path))
      continue;
    throw Error{ErrorKind::unacceptable, "there is such a file already, and it would be lost"}
        .at(escape(change.path))
        .hint("mend it or move it away first; 'paperclub check' says what is wrong with it");
  }
}

}  // namespace

void follow_up(const Desk& desk, Outcome& outcome) {
  if (outcome.changes.empty()) return;
  refuse_overwriting(desk, outcome.changes);
  const auto readme = outcome.timeline ? readme_of(desk) : std::nullopt;
  const auto files = club::with_changes(desk.files, outcome.changes);
  std::set<std::string> changed;
  for (const club::Change& change : outcome.changes)
    changed.insert(change.path);
  const club::Snapshot after = club::reload_snapshot(desk.snapshot, *files, changed, desk.scope);
  refuse_new_errors(desk, after, *files);
  if (!readme) return;
  const auto own = std::find_if(outcome.changes.begin(), outcome.changes.end(),
                                [](const auto& one) { return one.path == club::kReadmeFile; });
  const bool is_changed = own != outcome.changes.end();
  const auto text = publish::readme_with(is_changed ? *own->bytes : readme->text, after);
  if (!text) return;
  if (!readme->fresh) {
    // A list that somebody left alone stays as it is.
    if (text != publish::readme_with(is_changed ? *own->bytes : readme->text, desk.snapshot)) {
      outcome.hints.emplace_back(
          "the timeline in README.md was out of date before, and is not touched: "
          "paperclub timeline --write");
    }
  } else if (is_changed) {
    own->bytes = *text;
  } else if (*text != readme->text) {
    outcome.changes.push_back({std::string(club::kReadmeFile), *text});
  }
}

namespace {

// There is a club in the working tree; its branch need not know of it.
void refuse_uncommitted(const club::FileTree& files) {
  if (files.kind_of(club::kClubFile)) return;
  throw Error{ErrorKind::unacceptable, "club.yaml is not committed"}.hint(
      "commit it first: git add club.yaml && git commit");
}

// Where records lie, which methods count and when the club meets stands in club.yaml: nothing is
// written by rules that cannot be read.
void refuse_unknown_rules(const club::FileTree& files, const club::Snapshot& snapshot) {
  if (files.kind_of(club::kClubFile) != os::FileKind::regular) {
    throw Error{ErrorKind::unacceptable, "every change follows club.yaml, which is no file"}
        .at(std::string(club::kClubFile))
        .hint("put the file itself there");
  }
  for (const Finding& finding : snapshot.findings) {
    if (finding.file != club::kClubFile || severity_of(finding) != Severity::error) continue;
    throw Error{
        ErrorKind::unacceptable,
        fmt::format("every change follows club.yaml, which is not good: {}", finding.message)}
        .at(escape(finding.file))
        .hint("mend it first; 'paperclub check' says how");
  }
}

// Records of the working tree that the branch does not have.
std::vector<std::string> uncommitted_records(const Desk& desk, const OpenClub& club) {
  std::vector<std::string> paths;
  for (const std::string_view folder :
       {club::kPapersFolder, club::kSessionsFolder, club::kMembersFolder}) {
    for (const club::TreeFile& file : club.files->list(folder)) {
      const bool record = club::place_of(file.path).place == club::PlaceKind::record;
      if (record && !desk.files.kind_of(file.path)) paths.push_back(file.path);
    }
  }
  return paths;
}

// Does the work.  A name that means nothing may be that of a record which the branch does not have.
Outcome worked(const Desk& desk, const Work& work, const OpenClub& club) {
  try {
    return work(desk);
  } catch (Error& error) {
    if (error.kind() != ErrorKind::usage || club.folder.empty()) throw;
    const std::vector<std::string> paths = uncommitted_records(desk, club);
    if (paths.empty()) throw;
    const std::string more =
        paths.size() > 1 ? fmt::format(" and {} more", paths.size() - 1) : std::string();
    throw error.hint(
        fmt::format("records are changed as they are committed; not committed yet: {}{}",
                    quote(paths.front(), 200), more));
  }
}

void tell_changes(Context& context, const WriteFlags& flags, const club::Written& written) {
  for (const club::Change& change : written.plan.changes) {
    const char* verb = change.bytes ? "wrote" : "removed";
    if (flags.dry_run) verb = change.bytes ? "would write" : "would remove";
    context.ui.out(fmt::format("{} {}\n", verb, escape(change.path)));
  }
  if (!written.commit) return;
  context.ui.out(fmt::format("commit {} on {}: {}\n", written.commit->short_hex(),
                             escape(git::short_branch(written.branch)), written.plan.subject));
}

// The exit status tells of the commit, which is made whether or not that can be said.
void flush_or_warn(Ui& ui, const club::Written& written) {
  try {
    ui.flush();
  } catch (const Error& error) {
    if (!written.commit) throw;
    ui.warning("the commit was made, but " + error.message());
  }
}

// The lines as one text, without empty ones at its ends.
std::string joined(const std::vector<std::string>& lines) {
  std::string text = fmt::format("{}", fmt::join(lines, "\n"));
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

// Tells what was written, or would be.
void tell(Context& context, const WriteFlags& flags, const std::string& action,
          const Outcome& outcome, const club::Written& written) {
  if (flags.format == "json") {
    const std::string text = joined(outcome.lines);
    context.ui.out(publish::written_json(action, outcome.id, text, written, flags.dry_run));
    flush_or_warn(context.ui, written);
    return;
  }
  if (flags.quiet) return;
  for (const std::string& note : outcome.notes)
    context.ui.note(note);
  const bool nothing = !written.commit && (!flags.dry_run || written.plan.changes.empty());
  if (nothing) {
    context.ui.note("nothing changed");
  } else {
    tell_changes(context, flags, written);
  }
  for (const std::string& line : outcome.lines)
    context.ui.out(line + "\n");
  flush_or_warn(context.ui, written);
  if (nothing) return;
  for (const std::string& hint : outcome.hints)
    context.ui.hint(hint);
  if (!outcome.next.empty() && !flags.dry_run) context.ui.hint("next: " + outcome.next);
}

// Sends what was written; where that fails, it stays as it is.
int push_after(Context& context, const WriteFlags& flags) {
  SyncOptions options;
  options.signing = flags.signing;
  options.quiet = flags.quiet || flags.format != "text";
  try {
    return sync_club(context, options);
  } catch (Error& error) {
    throw error.hint("what was written stays in this clone; 'paperclub sync' sends it");
  }
}

}  // namespace

void add_commit_flags(Arguments& args, WriteFlags& flags) {
  args.flag("--dry-run", flags.dry_run, "Say what would be written, and write nothing");
  args.flag("--quiet", flags.quiet, "Do not say what was written");
  args.flag("--no-input", flags.no_input, "Never ask");
  args.flag("-S,--gpg-sign", flags.signing.sign,
            "Sign the commit (default: as commit.gpgSign of git says)");
  args.flag("--no-gpg-sign", flags.signing.no_sign, "Do not sign the commit");
  args.exclude("--no-gpg-sign", "--gpg-sign");
  args.format(flags.format, {"text", "json"});
}

void add_write_flags(Arguments& args, WriteFlags& flags) {
  add_commit_flags(args, flags);
  args.flag("--push", flags.push, "Sync with the remote when it is written");
  args.exclude("--push", "--dry-run");
}

std::string author_named(const Desk& desk) {
  const club::MemberRecord* member = club::find_member(desk.snapshot, desk.author.email);
  return member == nullptr ? desk.author.name : member->id.str();
}

std::vector<std::string> new_presenters(const Desk& desk, const std::vector<std::string>& names,
                                        const std::vector<std::string>& known) {
  std::vector<std::string> added;
  for (const std::string& name : names) {
    const std::string person = club::person_named(desk.snapshot, name);
    const auto has = [&person](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), person) != list.end();
    };
    if (!has(known) && !has(added)) added.push_back(person);
  }
  return added;
}

int change_club(Context& context, const WriteFlags& flags, const std::string& action,
                const Work& work, club::Scope scope) {
  const OpenClub club = open_club(context, "");
  return write_files(
      context, flags, action, repository_folder(context, club), club.prefix,
      [&](const club::FileTree& files, const Identity& identity) {
        refuse_uncommitted(files);
        const club::Snapshot snapshot = load_files(context, files, scope);
        refuse_unknown_rules(files, snapshot);
        const Desk desk{
            context, files, snapshot, identity.author, now_of(context, snapshot.settings), scope};
        Outcome outcome = worked(desk, work, club);
        follow_up(desk, outcome);
        return outcome;
      });
}

int write_files(Context& context, const WriteFlags& flags, const std::string& action,
                const std::string& folder, const std::string& prefix, const FileWork& work,
                const std::optional<git::Person>& author) {
  const auto repository = git::Repository::discover(folder);
  const git::Repository* known = repository ? &*repository : nullptr;
  const git::Config config = read_git_config(context.environment, known);
  Identity identity = identity_of(context.environment, config);
  if (author) {
    identity.author.name = author->name;
    identity.author.email = author->email;
  }
  club::WriteOptions options;
  options.author = identity.author;
  options.committer = identity.committer;
  options.signer = signer_of(context.environment, flags.signing, config, known, identity.committer);
  options.dry_run = flags.dry_run;
  options.now = now(context.environment).seconds;
  options.wait = pause_before;
  Outcome outcome;
  const club::Planner planner = [&](const club::FileTree& files) {
    outcome = work(files, identity);
    return club::Plan{outcome.changes, outcome.subject, {{"Paperclub-Action", action}}};
  };
  const club::Written written = club::write_commit(folder, prefix, options, planner);
  tell(context, flags, action, outcome, written);
  return flags.push ? push_after(context, flags) : kDone;
}

void tell_plan(Context& context, const WriteFlags& flags, const std::string& action,
               const Outcome& outcome) {
  WriteFlags dry = flags;
  dry.dry_run = true;
  tell(context, dry, action, outcome,
       {{outcome.changes, outcome.subject, {}}, std::nullopt, std::string()});
}

Moment now_of(const Context& context, const record::ClubSettings& settings) {
  const Moment moment = moment_of(now(context.environment));
  if (settings.timezone.empty()) return moment;
  return os::in_time_zone(moment, settings.timezone).value_or(moment);
}

void refuse_unread(const Desk& desk, club::RecordKind kind, const char* what) {
  for (const Finding& finding : desk.snapshot.findings) {
    const club::Place place = club::place_of(finding.file);
    const bool is_meant = place.place == club::PlaceKind::record && place.kind == kind;
    if (!is_meant || severity_of(finding) != Severity::error) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} may be that of a record that is not good", what)}
        .at(escape(finding.file))
        .hint("mend it first; 'paperclub check' says how");
  }
}

void refuse_candidate(const Desk& desk, const club::PaperRecord& paper, const std::string& verb) {
  for (const club::RoundRecord& round : desk.snapshot.rounds) {
    const auto& candidates = round.round.candidates;
    const bool named =
        std::find(candidates.begin(), candidates.end(), paper.id) != candidates.end();
    if (round.round.result || !named) continue;
    // One that can never be counted holds nobody.
    if (why_void(open_votes(desk.context), round.id)) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is a candidate of round {}", quote(paper.id.str(), 100),
                            quote(round.id.str(), 100))}
        .hint(fmt::format("{} it when the round is closed", verb));
  }
}

bool tell_record_findings(Context& context, std::string_view kind, const std::string& path,
                          const std::string& text) {
  const std::vector<Finding> findings = record_findings(kind, path, text);
  tell_lines(context, findings);
  return !findings.empty();
}

void refuse_findings(Context& context, std::string_view kind, const std::string& path,
                     const std::string& text) {
  refuse(context, "the record would not be good", record_findings(kind, path, text));
}

yaml::Document record_at(const Desk& desk, const std::string& path) {
  const os::ReadResult file = desk.files.read(path, yaml::kMaxBytes);
  yaml::ParseResult parsed = yaml::parse(path, file.bytes);
  if (file.status == os::ReadStatus::ok && parsed.document) return std::move(*parsed.document);
  throw Error{ErrorKind::unacceptable, "the record cannot be read"}
      .at(escape(path))
      .hint("see why with 'paperclub check'");
}

std::string schema_line(std::string_view kind, const std::string& path) {
  std::string line = "# yaml-language-server: $schema=";
  for (auto depth = std::count(path.begin(), path.end(), '/'); depth > 0; --depth)
    line += "../";
  return line + fmt::format("schema/{}.schema.json\n", kind);
}

club::Change made(Context& context, std::string_view kind, const std::string& path,
                  const yaml::Members& members) {
  std::string text = schema_line(kind, path) + yaml::emit(members);
  refuse_findings(context, kind, path, text);
  return {path, std::move(text)};
}

club::Change edited(const Desk& desk, std::string_view kind, const std::string& path,
                    const std::vector<yaml::Edit>& edits) {
  std::string text =
      yaml::edited_text(record_at(desk, path), edits, schema::schema_of(kind).property_names());
  refuse_findings(desk.context, kind, path, text);
  return {path, std::move(text)};
}

std::string ask(Context& context, const WriteFlags& flags, const std::string& question,
                const std::string& flag) {
  const auto answer = flags.no_input ? std::nullopt : context.ui.ask(question);
  if (answer && !answer->empty()) return *answer;
  throw Error{ErrorKind::usage, fmt::format("{} is missing", question)}.hint(
      fmt::format("give it with {}", flag));
}

}  // namespace paperclub::cli
