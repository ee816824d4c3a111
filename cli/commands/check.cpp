// paperclub check: all findings of all records.
#include "lib/club/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/change.hpp"
#include "cli/club.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/findings.hpp"
#include "cli/rounds.hpp"
#include "cli/table.hpp"
#include "cli/writing.hpp"
#include "lib/base/embedded.hpp"
#include "lib/os/file.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string format = "text";
  std::string at;
  std::string explain;
  bool rules = false;
  ChangeOptions change;
};

// --- rules ---------------------------------------------------------------------------------------

int explain_rule(Context& context, const std::string& name, const std::string& format) {
  const auto found = find_rule(name);
  if (!found) {
    std::vector<std::string> names;
    for (const RuleInfo& rule : all_rules())
      names.emplace_back(rule.name);
    Error error{ErrorKind::usage, fmt::format("no rule {}", quote(name))};
    const std::string near = nearest(name, names);
    if (!near.empty()) error.hint(fmt::format("did you mean {}?", quote(near)));
    throw error.hint("see them all with 'paperclub check --rules'");
  }
  const std::string_view page = embedded_file(fmt::format("examples/invalid/{}.md", name));
  context.ui.out(format == "json" ? publish::rule_json(rule_info(*found), page)
                                  : std::string(page));
  return kDone;
}

int list_rules(Context& context, const std::string& format) {
  if (format == "json") {
    context.ui.out(publish::rules_json());
    return kDone;
  }
  std::vector<Row> rows;
  for (const RuleInfo& rule : all_rules()) {
    rows.push_back({std::string(rule.name), std::string(severity_name(rule.severity)),
                    std::string(rule.summary)});
  }
  context.ui.out(render_table(context.ui, {"RULE", "SEVERITY", "MEANING"}, rows));
  return kDone;
}

// --- paths ---------------------------------------------------------------------------------------

bool is_in_club(const OpenClub& club, const std::string& path) {
  return !club.root.empty() && (path + "/").starts_with(club.root + "/");
}

// An absolute path as the club's own folder is spelled, without links on the way; a link that it
// leads to itself is one of the club's files.
std::string without_links(const OpenClub& club, std::string path) {
  while (path.size() > 1 && path.ends_with('/'))
    path.pop_back();
  const std::size_t slash = path.rfind('/');
  const auto folder = os::resolve_path(path.substr(0, std::max<std::size_t>(slash, 1)));
  const std::string near = folder ? *folder + path.substr(slash) : path;
  return is_in_club(club, near) ? near : os::resolve_path(path).value_or(path);
}

// An absolute path without `.` and `..`.
std::string straight(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      parts.push_back(part);
    }
  }
  return fmt::format("/{}", fmt::join(parts, "/"));
}

// `written` from where the person stands, as a path below the club's folder.
std::string club_path(const OpenClub& club, const std::string& written) {
  std::string path = straight(written.starts_with('/')
                                  ? written
                                  : fmt::format("{}/{}/{}", club.root, club.subpath, written));
  if (club.root.empty() && !written.starts_with('/')) return path.substr(1);  // a bare repository
  if (!is_in_club(club, path)) path = without_links(club, path);
  if (!is_in_club(club, path)) {
    throw Error{ErrorKind::usage, fmt::format("{} lies outside of the club", quote(written, 200))}
        .hint("name files by their path below the club's folder");
  }
  return path.substr(std::min(club.root.size() + 1, path.size()));
}

bool is_below(const std::string& file, const std::string& path) {
  return path.empty() || file == path || (file.starts_with(path) && file[path.size()] == '/');
}

// The paths the person named, below the club's folder; throws where one does not exist.
std::vector<std::string> named_paths(const Options& options, const OpenClub& club) {
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) {
    if (path.empty())
      throw Error{ErrorKind::usage, "an empty path"}.hint("leave it out to check the whole club");
    paths.push_back(club_path(club, path));
    if (paths.back().empty() || club.files->kind_of(paths.back())) continue;
    throw Error{ErrorKind::usage, fmt::format("no file {}", quote(path, 200))}.hint(
        "give files or folders of the club, or nothing for all of it");
  }
  return paths;
}

bool is_named(const std::string& file, const std::vector<std::string>& paths) {
  return paths.empty() || std::any_of(paths.begin(), paths.end(), [&file](const std::string& path) {
           return is_below(file, path);
         });
}

std::size_t count_records(const club::Snapshot& snapshot, const std::vector<std::string>& paths) {
  return static_cast<std::size_t>(std::count_if(
      snapshot.files.begin(), snapshot.files.end(), [&paths](const club::TreeFile& file) {
        const bool record = club::place_of(file.path).place == club::PlaceKind::record;
        return record && file.kind == os::FileKind::regular && is_named(file.path, paths);
      }));
}

// What explains rules and not records has two forms.
void refuse_format(const Options& options, const char* flag) {
  if (options.format == "text" || options.format == "json") return;
  throw Error{ErrorKind::usage, fmt::format("{} with --format must be {}, not {}", flag,
                                            one_of({"text", "json"}), quote(options.format))}
      .hint("annotations and SARIF are of findings");
}

// The pages of rules have nothing to do with records, and a change is no club.
void refuse_mixture(const Options& options) {
  const ChangeOptions& change = options.change;
  const bool of_change = !change.actor.empty() || !change.login.empty() ||
                         !change.summary.empty() || change.head != ChangeOptions().head;
  if (of_change && change.base.empty()) {
    throw Error{ErrorKind::usage, "--head, --as, --login and --summary are about a change"}.hint(
        "say from where with --base");
  }
  if (!change.base.empty() && (!options.at.empty() || !options.paths.empty())) {
    throw Error{ErrorKind::usage, "--base goes with neither --at nor paths"}.hint(
        "see 'paperclub check --help'");
  }
  const bool pages = options.rules || !options.explain.empty();
  const bool both = options.rules && !options.explain.empty();
  const bool more =
      both || !options.at.empty() || !options.paths.empty() || !options.change.base.empty();
  if (!pages || !more) return;
  throw Error{ErrorKind::usage, fmt::format("{} goes with nothing but --format",
                                            options.rules ? "--rules" : "--explain")}
      .hint("see 'paperclub check --help'");
}

// A club needs no git, nor a repository that is whole.
void warn_if_rewritten(Context& context, const OpenClub& club) {
  try {
    const auto repository = git::Repository::discover(repository_folder(context, club));
    if (repository) warn_of_rewriting(context, *repository);
  } catch (const Error&) {
    return;
  }
}

int run(Options options, Context& context) {
  refuse_mixture(options);
  if (!options.explain.empty()) refuse_format(options, "--explain");
  if (options.rules) refuse_format(options, "--rules");
  if (!options.explain.empty()) return explain_rule(context, options.explain, options.format);
  if (options.rules) return list_rules(context, options.format);
  if (!options.change.base.empty()) {
    options.change.format = options.format;
    return check_change(context, options.change);
  }
  const OpenClub club = open_club(context, options.at);
  const club::Snapshot snapshot = load_club(context, club, club::Scope::everything);
  std::vector<Finding> findings = club::check_club(snapshot, *club.files);
  const std::vector<std::string> paths = named_paths(options, club);
  const std::size_t records = count_records(snapshot, paths);
  std::erase_if(findings,
                [&paths](const Finding& finding) { return !is_named(finding.file, paths); });
  if (options.at.empty()) warn_if_rewritten(context, club);
  if (records == 0 && findings.empty())
    context.ui.note("no record lies there; only records and notes are checked");
  print_findings(context, options.format, findings, records, club.prefix);
  return count_errors(findings) > 0 ? kUnacceptable : kDone;
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("PATH", options->paths, "Only findings in these files or folders");
  args.format(options->format, {"text", "json", "github", "sarif"});
  args.at(options->at);
  args.text("--explain", options->explain, "Explain a rule, with an example", "RULE");
  args.flag("--rules", options->rules, "List every rule");
  args.text("--base", options->change.base,
            "Judge the change from this commit to --head, by its rules and roll", "REV");
  args.text("--head", options->change.head, "The commit that is judged (default: HEAD)", "REV");
  args.text("--as", options->change.actor,
            "Who asks for it: a member's id or address (default: a stranger)", "WHO");
  args.text("--login", options->change.login, "The same, by the login at the forge", "LOGIN");
  args.exclude("--login", "--as");
  args.text("--summary", options->change.summary,
            "Add to this file what the change is, as Markdown", "FILE");
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command check_command() {
  return {"check",
          "Read",
          "check every record and say what is wrong",
          "[OPTIONS] [PATH...]",
          "paperclub check\n"
          "paperclub check papers/bert.yaml\n"
          "paperclub check --base HEAD~1 --as ada\n"
          "paperclub check --explain unknown-key",
          "timeline",
          setup,
          Argument::file};
}

}  // namespace paperclub::cli
