// paperclub suggestions: what waits at the remote.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/exchange.hpp"
#include "cli/exit_codes.hpp"
#include "cli/finding_text.hpp"
#include "cli/paper_text.hpp"
#include "cli/table.hpp"
#include "lib/base/text.hpp"
#include "lib/club/locate.hpp"
#include "lib/publish/json.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::vector<std::string> names;
  std::string remote;
  std::string why;
  WriteFlags flags;
};

// --- list and show -------------------------------------------------------------------------------

std::string papers_of(const Looked& looked) {
  std::vector<std::string> ids;
  if (looked.judged) {
    for (const PaperId& id : looked.judged->added)
      ids.push_back(id.str());
  }
  return ids.empty() ? "-" : fmt::format("{}", fmt::join(ids, ", "));
}

std::string check_of(const Looked& looked) {
  if (!looked.judged) return "cannot be judged";
  const std::size_t errors = count_errors(looked.judged->findings);
  if (errors > 0) return counted(errors, "error");
  const std::size_t warnings = looked.judged->findings.size();
  return warnings == 0 ? "good" : counted(warnings, "warning");
}

std::string since(const Looked& looked) {
  return format_date(
      moment_of({looked.commit.author.seconds, looked.commit.author.offset_minutes}).date);
}

publish::SuggestionEntry entry_of(const Looked& looked) {
  publish::SuggestionEntry entry;
  entry.name = looked.waiting.name;
  entry.branch = looked.waiting.branch;
  entry.commit = looked.waiting.head.hex();
  entry.by = looked.commit.author.name;
  entry.since = since(looked);
  entry.near = looked.near;
  if (!looked.judged) return entry;
  entry.findings = looked.judged->findings;
  entry.related = true;
  for (const PaperId& id : looked.judged->added)
    entry.papers.push_back(id.str());
  return entry;
}

int run_list(const Options& options, Context& context) {
  refuse_offline(context);
  const std::vector<Looked> all = Exchange(context, options.remote).look_at_all();
  if (options.flags.format == "json") {
    std::vector<publish::SuggestionEntry> entries;
    for (const Looked& one : all)
      entries.push_back(entry_of(one));
    context.ui.out(publish::suggestions_json(entries));
    return kDone;
  }
  if (all.empty()) {
    context.ui.note("no suggestion waits");
    return kDone;
  }
  std::vector<Row> rows;
  for (const Looked& one : all) {
    rows.push_back({one.waiting.name, papers_of(one), since(one), check_of(one),
                    fmt::format("{}", fmt::join(one.near, ", ")), escape(one.commit.author.name)});
  }
  context.ui.out(
      render_table(context.ui, {"NAME", "PAPER", "SINCE", "CHECK", "SAME AS", "BY"}, rows));
  return kDone;
}

int run_show(const Options& options, Context& context) {
  refuse_offline(context);
  const Exchange exchange(context, options.remote);
  const Looked looked = exchange.look_at(exchange.named(options.names.front()));
  if (looked.is_there) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("the club has all of {} already", looked.waiting.name)}
        .hint("close it at the host, or decline it");
  }
  if (options.flags.format == "json") {
    context.ui.out(publish::suggestions_json({entry_of(looked)}));
    return kDone;
  }
  Ui& ui = context.ui;
  ui.out(field_line(ui, "suggestion", looked.waiting.name));
  ui.out(field_line(ui, "branch", looked.waiting.branch));
  ui.out(field_line(
      ui, "by",
      escape(fmt::format("{} <{}>", looked.commit.author.name, looked.commit.author.email))));
  ui.out(field_line(ui, "since", since(looked)));
  ui.out(field_line(ui, "commit", looked.waiting.head.short_hex()));
  ui.out(field_line(ui, "check", check_of(looked)));
  ui.out(field_line(ui, "same as", fmt::format("{}", fmt::join(looked.near, ", "))));
  if (!looked.judged) {
    ui.out(field_line(ui, "why", looked.why));
    return kDone;
  }
  for (const PaperId& id : looked.judged->added) {
    const club::PaperRecord* paper = club::find_by_id(looked.judged->after, id.str());
    if (paper != nullptr) ui.out("\n" + paper_text(ui, *paper, {}, looked.judged->after.settings));
  }
  for (const Finding& finding : looked.judged->findings)
    ui.out("\n" + finding_block(ui, finding));
  return kDone;
}

// --- accept and decline --------------------------------------------------------------------------

int run_accept(const Options& options, Context& context) {
  refuse_offline(context);
  Exchange exchange(context, options.remote);
  for (const std::string& name : options.names)
    exchange.named(name);
  std::vector<std::string> commits;
  for (const std::string& name : options.names) {
    const git::ObjectId merge = exchange.accept(name, options.flags);
    commits.push_back(merge.hex());
    if (options.flags.quiet || options.flags.format != "text") continue;
    context.ui.out(fmt::format("{} {} into {}/{}\n",
                               options.flags.dry_run ? "would merge" : "merged", escape(name),
                               escape(exchange.remote_name()), escape(exchange.branch())));
  }
  if (options.flags.format == "json") {
    context.ui.out(
        publish::answered_json("accepted", options.names, commits, options.flags.dry_run));
    return kDone;
  }
  context.ui.flush();
  if (!options.flags.quiet && !options.flags.dry_run) context.ui.hint("next: paperclub sync");
  return kDone;
}

int run_decline(const Options& options, Context& context) {
  refuse_offline(context);
  Exchange exchange(context, options.remote);
  const sync::Waiting& waiting = exchange.named(options.names.front());
  exchange.decline(waiting, squeeze(options.why), options.flags);
  if (options.flags.format == "json") {
    context.ui.out(publish::answered_json("declined", options.names, {}, options.flags.dry_run));
  } else if (!options.flags.quiet) {
    context.ui.out(
        fmt::format("{} {}\n", options.flags.dry_run ? "would decline" : "declined", waiting.name));
  }
  return kDone;
}

// --- setting up ----------------------------------------------------------------------------------

void add_remote_flag(Arguments& args, Options& options) {
  args.text("--remote", options.remote,
            "The club's remote (default: that of the branch, or origin)", "NAME");
}

Run setup_list(Arguments& args) {
  auto options = std::make_shared<Options>();
  add_remote_flag(args, *options);
  args.format(options->flags.format, {"text", "json"});
  return [options](Context& context) { return run_list(*options, context); };
}

constexpr const char* kNameHelp = "A pull request's number, a branch suggest/ID, or the paper's id";

// One name, where only one may be given.
Run with_name(const std::shared_ptr<Options>& options, const std::shared_ptr<std::string>& name,
              int (*run)(const Options&, Context&)) {
  return [options, name, run](Context& context) {
    options->names = {*name};
    return run(*options, context);
  };
}

Run setup_show(Arguments& args) {
  auto options = std::make_shared<Options>();
  auto name = std::make_shared<std::string>();
  args.word("NAME", *name, kNameHelp, Needed::yes);
  add_remote_flag(args, *options);
  args.format(options->flags.format, {"text", "json"});
  return with_name(options, name, run_show);
}

Run setup_accept(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.words("NAME", options->names, kNameHelp, Needed::yes);
  add_remote_flag(args, *options);
  add_commit_flags(args, options->flags);
  return [options](Context& context) { return run_accept(*options, context); };
}

Run setup_decline(Arguments& args) {
  auto options = std::make_shared<Options>();
  auto name = std::make_shared<std::string>();
  args.word("NAME", *name, kNameHelp, Needed::yes);
  args.text("--why", options->why, "The answer, in a sentence that everybody can read", "TEXT",
            Needed::yes);
  add_remote_flag(args, *options);
  add_commit_flags(args, options->flags);
  return with_name(options, name, run_decline);
}

}  // namespace

Command suggestions_list_command() {
  return {"suggestions list",
          "Write",
          "list what waits at the remote",
          "[OPTIONS]",
          "paperclub suggestions list\n"
          "paperclub suggestions list --json",
          "suggestions show",
          setup_list};
}

Command suggestions_show_command() {
  return {"suggestions show",
          "Write",
          "show one suggestion, and what is to be said of it",
          "[OPTIONS] NAME",
          "paperclub suggestions show 12",
          "suggestions accept",
          setup_show};
}

Command suggestions_accept_command() {
  return {"suggestions accept",
          "Write",
          "merge suggestions into the club and send it",
          "[OPTIONS] NAME…",
          "paperclub suggestions accept 12\n"
          "paperclub suggestions accept retentive-network",
          "suggestions decline",
          setup_accept};
}

Command suggestions_decline_command() {
  return {"suggestions decline",
          "Write",
          "answer a suggestion that is not taken",
          "[OPTIONS] NAME",
          "paperclub suggestions decline 13 --why 'we read it last year'",
          "suggestions list",
          setup_decline};
}

}  // namespace paperclub::cli
