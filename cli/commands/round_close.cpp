// paperclub round close: counts, writes the result, and schedules who won.
#include <memory>

#include "cli/closing.hpp"
#include "cli/commands.hpp"

namespace paperclub::cli {
namespace {

struct CloseOptions {
  std::string name;
  WriteFlags flags;
};

int run_close(const CloseOptions& options, Context& context) {
  const VotingPlace place = open_votes(context);
  warn_of_history(context, place);
  const RoundId id = round_named(place, options.name);
  return change_club(context, options.flags, "round-close",
                     [&](const Desk& desk) { return close_round(desk, open_votes(context), id); });
}

Run setup_close(Arguments& args) {
  auto options = std::make_shared<CloseOptions>();
  args.word("ROUND", options->name, "The round (default: the open one)");
  add_write_flags(args, options->flags);
  return [options](Context& context) { return run_close(*options, context); };
}

}  // namespace

Command round_close_command() {
  return {"round close",
          "Vote",
          "count the votes, write the result, schedule who won",
          "[OPTIONS] [ROUND]",
          "paperclub round close --dry-run",
          "audit",
          setup_close,
          Argument::round};
}

}  // namespace paperclub::cli
