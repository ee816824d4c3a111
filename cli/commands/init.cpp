// paperclub init: starts a club, or adds to one what is missing.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/writing.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/readme.hpp"
#include "lib/publish/starter.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string folder = ".";
  std::string name;
  std::string id;
  std::string timezone;
  std::string every;
  std::string weekday;
  std::string time;
  std::string where;
  std::string organiser;
  bool example = false;
  WriteFlags flags;
};

// The folder as an absolute path; it need not be there.
std::string target_of(const Context& context, const Options& options) {
  std::string path = options.folder;
  if (path.empty())
    throw Error{ErrorKind::usage, "an empty folder"}.hint("name a folder, or leave it out");
  if (!path.starts_with('/')) path = fmt::format("{}/{}", context.folder, path);
  if (const auto known = os::resolve_path(path)) {
    if (os::is_folder(*known)) return *known;
    throw Error{ErrorKind::io, fmt::format("{} is no folder", quote(path, 200))}.hint(
        "name a folder for the club");
  }
  while (path.ends_with('/'))
    path.pop_back();
  const std::size_t slash = path.rfind('/');
  const auto parent = os::resolve_path(slash == 0 ? "/" : path.substr(0, slash));
  if (parent && os::is_folder(*parent)) return (*parent == "/" ? "" : *parent) + path.substr(slash);
  throw Error{ErrorKind::io, fmt::format("the folder above {} is not there", quote(path, 200))}
      .hint("make it first");
}

// The club is at the top of its repository, where hosts look for their files.
bool has_repository(const std::string& target) {
  const std::string known = os::is_folder(target)
                                ? target
                                : target.substr(0, std::max<std::size_t>(target.rfind('/'), 1));
  const auto repository = git::Repository::discover(known);
  if (!repository) return false;
  if (repository->is_bare()) {
    throw Error{ErrorKind::repository, "a bare repository has no files to start a club with"}.hint(
        "clone it, start the club in the clone, and push");
  }
  if (repository->working_folder() == target) return true;
  throw Error{ErrorKind::usage,
              fmt::format("{} is inside of another repository", quote(target, 200))}
      .hint(fmt::format("make it one of its own first: git init {}", shell_word(target)));
}

void tell_unused(Context& context, const Options& options) {
  const bool given = !options.name.empty() || !options.id.empty() || !options.timezone.empty() ||
                     !options.every.empty() || !options.weekday.empty() || !options.time.empty() ||
                     !options.where.empty();
  if (given)
    context.ui.note(
        "club.yaml is there and stays as it is: what the flags say of the club is not in it");
}

// What the club that is there says of itself.
record::ClubSettings known_settings(const std::string& target) {
  const auto files = club::working_tree(target);
  club::Snapshot snapshot = club::load_snapshot(*files, {club::Scope::papers_and_members, 1, {}});
  for (const Finding& finding : snapshot.findings) {
    if (finding.file != club::kClubFile || severity_of(finding) != Severity::error) continue;
    throw Error{ErrorKind::unacceptable,
                fmt::format("club.yaml is there and not good: {}", finding.message)}
        .at(std::string(club::kClubFile))
        .hint("mend it first; 'paperclub check' says how");
  }
  return std::move(snapshot.settings);
}

record::ClubSettings settings_of(Context& context, const Options& options,
                                 const std::string& target) {
  if (os::is_folder(target) && os::Folder::open(target).kind_of(club::kClubFile)) {
    tell_unused(context, options);
    return known_settings(target);
  }
  record::ClubSettings settings;
  settings.name = squeeze(options.name);
  const std::string folder = target.substr(target.rfind('/') + 1);
  if (settings.name.empty() && !options.flags.no_input)
    settings.name = context.ui.ask("the club's name").value_or("");
  if (settings.name.empty()) settings.name = folder;
  settings.id = options.id.empty() ? suggest_id(settings.name) : options.id;
  if (settings.id.empty()) {
    throw Error{ErrorKind::usage, "nothing of the name can stand in an id"}.hint(
        "give one with --id, such as reading-club");
  }
  require_id(settings.id);
  if (!options.timezone.empty() && !os::is_time_zone(options.timezone)) {
    throw Error{ErrorKind::usage, fmt::format("no time zone {}", quote(options.timezone))}.hint(
        "write it as Asia/Singapore or Europe/Berlin");
  }
  settings.timezone = options.timezone;
  settings.questions = {{"big-idea", "Big Idea", "What is the main point of this paper?"},
                        {"relevance", "Relevance", "Why does it matter?"},
                        {"open-questions", "Open Questions", "What is left open?"}};
  settings.voting.method = "approval";
  settings.voting.electorate = "open";
  const record::Schedule schedule{
      options.every, options.weekday, options.time, {}, options.where, {}};
  if (!(schedule == record::Schedule{})) settings.schedule = schedule;
  return settings;
}

// Where the README that is there has no place for the timeline.
void hint_markers(const os::ReadResult& readme, Outcome& outcome) {
  if (readme.status != os::ReadStatus::ok || publish::with_timeline(readme.bytes, "")) return;
  outcome.hints.push_back(
      fmt::format("for the timeline, write these lines into README.md: {} and {}",
                  publish::kTimelineBegin, publish::kTimelineEnd));
}

// A file at the top whose name differs in case alone, which not every system can keep apart.
std::optional<std::string> twin_of(const std::string& path, const club::FileTree* branch,
                                   const os::Folder* working) {
  std::vector<os::FolderItem> items;
  if (branch != nullptr) items = branch->top();
  if (working != nullptr) {
    for (os::FolderItem& item : working->list())
      items.push_back(std::move(item));
  }
  for (const os::FolderItem& item : items) {
    if (item.name != path && fold(item.name) == fold(path)) return item.name;
  }
  return std::nullopt;
}

// What is missing: neither in the branch (null: there is none) nor in the working tree.
Outcome outcome_of(const record::ClubSettings& settings, const std::string& target,
                   const club::FileTree* branch, const std::vector<club::Change>& files) {
  Outcome outcome;
  outcome.id = settings.id;
  outcome.subject = fmt::format("club: start {}", settings.id);
  outcome.next = "paperclub add LINK";
  const auto working =
      os::is_folder(target) ? std::optional(os::Folder::open(target)) : std::nullopt;
  for (const club::Change& file : files) {
    if (branch != nullptr && branch->kind_of(file.path)) continue;
    if (const auto twin = twin_of(file.path, branch, working ? &*working : nullptr)) {
      outcome.notes.push_back(
          fmt::format("{} is there and stays as it is; {} would be the same "
                      "file on other systems",
                      quote(*twin, 100), file.path));
      continue;
    }
    if (working && working->kind_of(file.path)) {
      outcome.notes.push_back(
          fmt::format("{} is there, not committed, and stays as it is", file.path));
      if (file.path == club::kClubFile) outcome.next = "git add club.yaml && git commit";
      if (file.path == club::kReadmeFile)
        hint_markers(working->read(file.path, club::kMaxFileBytes), outcome);
    } else {
      outcome.changes.push_back(file);
    }
  }
  if (branch != nullptr)
    hint_markers(branch->read(club::kReadmeFile, club::kMaxFileBytes), outcome);
  return outcome;
}

std::string first_branch(const Context& context) {
  const git::Config config = read_git_config(context.environment, nullptr);
  return config.text("init.defaultbranch").value_or("main");
}

// The branch that the club is going to live on.
std::string branch_of(const Context& context, const std::string& target, bool known) {
  if (!known) return first_branch(context);
  return git::short_branch(git::Repository::open(target).head().branch);
}

std::string organiser_of(const Options& options) {
  const std::string& given = options.organiser;
  std::string login = given.starts_with('@') ? given.substr(1) : given;
  if (login.empty() || publish::is_login(login)) return login;
  throw Error{ErrorKind::usage, fmt::format("{} is no login at a forge", quote(given))}.hint(
      "write it as ada, or as club/organisers for a team");
}

int run(const Options& options, Context& context) {
  const std::string target = target_of(context, options);
  const bool known = has_repository(target);
  const record::ClubSettings settings = settings_of(context, options, target);
  const std::vector<club::Change> files = publish::starter_files(
      {settings, organiser_of(options), options.example, branch_of(context, target, known)});
  for (const club::Change& file : files) {
    if (file.path == club::kClubFile) refuse_findings(context, "club", file.path, *file.bytes);
  }
  if (!known && options.flags.dry_run) {
    tell_plan(context, options.flags, "init", outcome_of(settings, target, nullptr, files));
    return kDone;
  }
  if (!known) {
    // Nothing is made for a person whom git does not know.
    identity_of(context.environment, read_git_config(context.environment, nullptr));
    git::Repository::create(target, first_branch(context));
  }
  try {
    return write_files(context, options.flags, "init", target, "",
                       [&](const club::FileTree& branch, const Identity&) {
                         return outcome_of(settings, target, &branch, files);
                       });
  } catch (Error& error) {
    if (known) throw;
    throw error.hint("the repository is there, without a commit: run the command again");
  }
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("DIR", options->folder, "The club's folder (default: this one)");
  args.text("--name", options->name, "The club's name (default: that of the folder)", "TEXT");
  args.text("--id", options->id, "Its permanent id (default: made of the name)", "ID");
  args.text("--timezone", options->timezone, "Where its clocks are", "ZONE");
  args.choice("--every", options->every, "How often it meets", {"week", "two-weeks", "month"});
  args.text("--weekday", options->weekday, "On which day: monday, tuesday and so on", "DAY");
  args.text("--time", options->time, "At what time", "HH:MM");
  args.text("--where", options->where, "Where: a place or a link", "TEXT");
  args.text("--organiser", options->organiser,
            "Login at GitHub of who must agree to changes of the rules", "LOGIN");
  args.flag("--example", options->example, "Add a paper to try things with");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command init_command() {
  return {"init",
          "Write",
          "start a club, or add to one what is missing",
          "[OPTIONS] [DIR]",
          "paperclub init ../my-club --dry-run\n"
          "paperclub init ../club --name 'My Club' --weekday thursday --dry-run",
          "add",
          setup};
}

}  // namespace paperclub::cli
