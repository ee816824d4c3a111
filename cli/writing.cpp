#include "cli/writing.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/clock.hpp"
#include "cli/finding_text.hpp"
#include "lib/git/config.hpp"
#include "lib/os/time_zone.hpp"
#include "lib/publish/json.hpp"
#include "lib/schema/schema.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

// git's own rules of which files it reads.
git::ConfigFiles config_files(const Environment& environment) {
  git::ConfigFiles files;
  if (environment.get("GIT_CONFIG_NOSYSTEM").empty()) files.system = "/etc/gitconfig";
  if (environment.has("GIT_CONFIG_GLOBAL")) {
    const std::string only = environment.get("GIT_CONFIG_GLOBAL");
    if (!only.empty()) files.person.push_back(only);
    return files;
  }
  const std::string home = environment.get("HOME");
  const std::string xdg = environment.get("XDG_CONFIG_HOME");
  if (!xdg.empty()) {
    files.person.push_back(xdg + "/git/config");
  } else if (!home.empty()) {
    files.person.push_back(home + "/.config/git/config");
  }
  if (!home.empty()) files.person.push_back(home + "/.gitconfig");
  return files;
}

// Where the repository is looked for.
std::string repository_folder(const Context& context, const OpenClub& club) {
  return club.folder.empty() ? os::resolve_path(context.folder).value_or(context.folder)
                             : club.folder;
}

// One of the two persons of a commit: by its variables, then by git's configuration.
git::Person person(const Context& context, const git::Config& config, const std::string& role) {
  const auto chosen = [&](const char* part, const char* key) {
    const std::string value = context.environment.get(fmt::format("GIT_{}_{}", role, part));
    return value.empty() ? config.text(key).value_or("") : value;
  };
  const Instant when = instant_of(context.environment.get(fmt::format("GIT_{}_DATE", role)),
                                  now(context.environment));
  git::Person person{chosen("NAME", "user.name"), chosen("EMAIL", "user.email"), when.seconds,
                     when.offset_minutes};
  if (person.name.empty() || person.email.empty()) {
    throw Error{ErrorKind::repository,
                "git does not know who you are, and a commit names its author"}
        .hint("git config --global user.name 'Your Name'")
        .hint("git config --global user.email you@example.org");
  }
  if (const auto problem = git::person_problem(person)) {
    throw Error{ErrorKind::repository,
                fmt::format("the name or address {} {}",
                            quote(person.name + " <" + person.email + ">", 100), *problem)}
        .hint("see 'git config user.name' and 'git config user.email'");
  }
  return person;
}

// refs/heads/feature/x is feature/x.
std::string short_name(const std::string& branch) {
  constexpr std::string_view kHeads = "refs/heads/";
  return branch.starts_with(kHeads) ? branch.substr(kHeads.size()) : branch;
}

club::WriteOptions options_of(const Context& context, const OpenClub& club,
                              const WriteFlags& flags) {
  const auto repository = git::Repository::discover(repository_folder(context, club));
  const git::Config config(config_files(context.environment), repository ? &*repository : nullptr);
  club::WriteOptions options;
  options.author = person(context, config, "AUTHOR");
  options.committer = person(context, config, "COMMITTER");
  options.dry_run = flags.dry_run;
  options.now = now(context.environment).seconds;
  options.wait = pause_before;
  return options;
}

}  // namespace

void add_write_flags(CLI::App& app, WriteFlags& flags) {
  app.add_flag("--dry-run", flags.dry_run, "Say what would be written, and write nothing");
  app.add_flag("--quiet", flags.quiet, "Do not say what was written");
  app.add_flag("--no-input", flags.no_input, "Never ask");
  add_format(app, flags.format, {"text", "json"});
}

git::Person author_of(const Context& context, const OpenClub& club) {
  return options_of(context, club, {}).author;
}

club::Written write(const Context& context, const OpenClub& club, const WriteFlags& flags,
                    const club::Planner& planner) {
  return club::write_commit(repository_folder(context, club), club.prefix,
                            options_of(context, club, flags), planner);
}

void tell_written(Context& context, const WriteFlags& flags, const std::string& command,
                  const std::string& id, const club::Written& written, const std::string& next) {
  if (flags.format == "json") {
    context.ui.out(publish::written_json(command, id, written, flags.dry_run));
    return;
  }
  if (flags.quiet) return;
  if (!written.commit && !flags.dry_run) {
    context.ui.note("nothing changed");
    return;
  }
  for (const club::Change& change : written.plan.changes) {
    const char* verb = change.bytes ? "wrote" : "removed";
    if (flags.dry_run) verb = change.bytes ? "would write" : "would remove";
    context.ui.out(fmt::format("{} {}\n", verb, escape(change.path)));
  }
  if (written.commit) {
    context.ui.out(fmt::format("commit {} on {}: {}\n", written.commit->hex().substr(0, 10),
                               escape(short_name(written.branch)), written.plan.subject));
  }
  if (!next.empty() && !flags.dry_run) context.ui.hint("next: " + next);
}

club::Snapshot snapshot_of(const Context& context, const club::FileTree& files) {
  return club::load_snapshot(
      files, {club::Scope::everything, club::useful_threads(context.environment.processors), {}});
}

Date today_of(const Context& context, const record::ClubSettings& settings) {
  const Moment moment = moment_of(now(context.environment));
  const auto local =
      settings.timezone.empty() ? std::nullopt : os::in_time_zone(moment, settings.timezone);
  return local ? local->date : moment.date;
}

void refuse_findings(Context& context, std::string_view kind, const std::string& path,
                     const std::string& text) {
  const yaml::ParseResult parsed = yaml::parse(path, text);
  std::vector<Finding> findings = parsed.findings;
  if (parsed.document) findings = schema::schema_of(kind).validate(*parsed.document);
  if (count_errors(findings) == 0) return;
  sort_findings(findings);
  for (const Finding& finding : findings)
    context.ui.err(finding_line(finding) + "\n");
  throw Error{ErrorKind::unacceptable, "the record would not be good, and nothing was written"}
      .hint("mend what is said above and run the command again");
}

club::Change edited(Context& context, const club::FileTree& files, std::string_view kind,
                    const std::string& path, const std::vector<yaml::Edit>& edits) {
  const os::ReadResult file = files.read(path, yaml::kMaxBytes);
  const yaml::ParseResult parsed = yaml::parse(path, file.bytes);
  if (file.status != os::ReadStatus::ok || !parsed.document) {
    throw Error{ErrorKind::unacceptable, "the record cannot be read"}
        .at(escape(path))
        .hint("see why with 'paperclub check'");
  }
  std::string text =
      yaml::edited_text(*parsed.document, edits, schema::schema_of(kind).property_names());
  refuse_findings(context, kind, path, text);
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
