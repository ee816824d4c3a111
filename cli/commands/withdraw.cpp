// paperclub withdraw and restore: a suggestion is taken back, and comes back.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/club/locate.hpp"

namespace paperclub::cli {
namespace {

struct Options {
  std::string name;
  std::string why;
  WriteFlags flags;
};

// What the record must say before, and how it changes.
using Change = std::vector<yaml::Edit> (*)(const Options&, const club::PaperRecord&,
                                           const Date& today);

std::vector<yaml::Edit> withdrawn(const Options& options, const club::PaperRecord& paper,
                                  const Date& today) {
  if (paper.paper.withdrawn) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is withdrawn already", quote(paper.id.str(), 100))}
        .hint(fmt::format("to bring it back: paperclub restore {}", paper.id.str()));
  }
  if (paper.paper.number) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is on the timeline", quote(paper.id.str(), 100))}
        .hint("what was read stays there; its number is never given again");
  }
  yaml::Members what{{"on", yaml::Value::plain(format_date(today))}};
  if (!options.why.empty()) what.emplace_back("why", squeeze(options.why));
  return {yaml::Edit::set({"withdrawn"}, what)};
}

std::vector<yaml::Edit> restored(const Options&, const club::PaperRecord& paper, const Date&) {
  if (!paper.paper.withdrawn) {
    throw Error{ErrorKind::unacceptable,
                fmt::format("{} is not withdrawn", quote(paper.id.str(), 100))}
        .hint("see 'paperclub list --state withdrawn'");
  }
  return {yaml::Edit::remove({"withdrawn"})};
}

int run(const std::string& command, Change change, const Options& options, Context& context) {
  return change_club(context, options.flags, command, [&](const Desk& desk) {
    const club::PaperRecord& paper = club::find_paper(desk.snapshot, options.name);
    const std::string& id = paper.id.str();
    // One that was withdrawn by hand while people vote on it may come back.
    if (!paper.paper.withdrawn) refuse_candidate(desk, paper, command);
    return Outcome{id,
                   {edited(desk, "paper", paper.file, change(options, paper, desk.now.date))},
                   fmt::format("papers: {} {}", command, id),
                   fmt::format("paperclub show {}", id)};
  });
}

Run setup_withdraw(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name, "The paper, by any of its names", Needed::yes);
  args.text("--why", options->why, "Why, in a sentence", "TEXT");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run("withdraw", withdrawn, *options, context); };
}

Run setup_restore(Arguments& args) {
  auto options = std::make_shared<Options>();
  args.word("ID", options->name, "The paper, by any of its names", Needed::yes);
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run("restore", restored, *options, context); };
}

}  // namespace

Command withdraw_command() {
  return {"withdraw",
          "Write",
          "take a suggestion back",
          "[OPTIONS] ID",
          "paperclub withdraw retentive-network --why 'the same was said elsewhere'",
          "restore",
          setup_withdraw,
          Argument::paper};
}

Command restore_command() {
  return {"restore",
          "Write",
          "bring a suggestion back that was withdrawn",
          "[OPTIONS] ID",
          "paperclub restore retentive-network",
          "withdraw",
          setup_restore,
          Argument::paper};
}

}  // namespace paperclub::cli
