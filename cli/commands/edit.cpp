// paperclub edit: changes one paper's record, key by key or in the person's editor; the rest of the
// file stays as it was written.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/editor.hpp"
#include "cli/edits.hpp"
#include "cli/exit_codes.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"
#include "lib/yaml/limits.hpp"
#include "lib/yaml/parse.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  EditOptions edits;
  WriteFlags flags;
};

// What other commands keep in step with more than the record.
const std::vector<std::string> kKept = {"number", "aliases", "withdrawn"};

Outcome outcome_of(const club::PaperRecord& paper, club::Change change) {
  Outcome outcome;
  outcome.id = paper.id.str();
  outcome.changes = {std::move(change)};
  outcome.subject = fmt::format("papers: edit {}", outcome.id);
  outcome.next = fmt::format("paperclub show {}", outcome.id);
  outcome.timeline = true;
  return outcome;
}

int run_edits(const Options& options, Context& context) {
  return change_club(context, options.flags, "edit", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    const auto edits = edits_of(options.edits, "paper", kKept, record_at(desk, paper.file));
    return outcome_of(paper, edited(desk, "paper", paper.file, edits));
  });
}

// Tells which of the keys that other commands keep would change, and returns whether one would.
bool tell_kept(Context& context, const std::string& before, const std::string& after) {
  const auto value = [](const std::string& text, const std::string& key) -> std::string {
    const yaml::ParseResult parsed = yaml::parse("record", text);
    const auto node = parsed.document ? parsed.document->root().find(key) : std::nullopt;
    if (!node) return {};
    if (node->kind() == yaml::NodeKind::mapping)
      return text.substr(node->span().begin, node->span().end - node->span().begin);
    if (node->kind() != yaml::NodeKind::sequence) return node->text();
    std::string items;
    for (std::size_t i = 0; i < node->size(); ++i)
      items += node->item(i).text() + "\n";
    return items;
  };
  bool found = false;
  for (const std::string& key : kKept) {
    if (value(before, key) == value(after, key)) continue;
    context.ui.err(fmt::format("error: '{}' is not changed by hand\n", key));
    found = true;
  }
  return found;
}

// The editor is open for as long as the person likes: what it holds goes on top of the record only
// where that is still what they saw.
int run_editor(const Options& options, Context& context) {
  const OpenClub club = open_club(context, "");
  const club::Snapshot snapshot = load_club(context, club, club::Scope::papers_and_sessions);
  const std::string file = club::find_paper(snapshot, options.name).file;
  const std::string before =
      club::read_to_edit(repository_folder(context, club), club.prefix, file, yaml::kMaxBytes)
          .value_or("");
  Draft draft(context, file.substr(file.rfind('/') + 1), before);
  const auto judge = [&](const std::string& text) {
    return !tell_record_findings(context, "paper", file, text) && !tell_kept(context, before, text);
  };
  if (!draft.edit(judge)) {
    context.ui.note("nothing changed");
    return kDone;
  }
  const int code = change_club(context, options.flags, "edit", [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    if (desk.files.read(paper.file, yaml::kMaxBytes).bytes != before) {
      throw Error{ErrorKind::unacceptable, "the record was changed meanwhile"}
          .at(escape(paper.file))
          .hint("open it again and put your changes in");
    }
    return outcome_of(paper, {paper.file, draft.text()});
  });
  draft.accept();
  return code;
}

int run(const Options& options, Context& context) {
  if (!options.edits.empty()) return run_edits(options, context);
  if (can_edit(context) && !options.flags.no_input) return run_editor(options, context);
  throw Error{ErrorKind::usage, "nothing to change"}.hint(
      "write KEY=VALUE, --add KEY=VALUE, --remove KEY=VALUE or --unset KEY");
}

Run setup(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name, "The paper, by any of its names", Needed::yes);
  add_edit_options(args, options->edits);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace

Command edit_command() {
  return {"edit",
          "Write",
          "change what the record of a paper says",
          "[OPTIONS] ID [KEY=VALUE...]",
          "paperclub edit bert venue='NAACL 2019' --add tags=language\n"
          "paperclub edit bert discussion.big-idea='Mask a word and guess it.'\n"
          "paperclub edit bert --unset venue --dry-run",
          "add",
          setup,
          Argument::paper};
}

}  // namespace paperclub::cli
