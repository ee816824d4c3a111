// paperclub sync: brings this clone and its remote together.
#include "cli/sync.hpp"

#include <memory>

#include "cli/commands.hpp"

namespace paperclub::cli {
namespace {

Run setup(Arguments& args) {
  auto options = std::make_shared<SyncOptions>();
  args.text("--remote", options->remote,
            "The club's remote (default: that of the branch, or origin)", "NAME");
  args.choice("--prefer", options->prefer, "Which side is taken where both changed the same",
              {"mine", "theirs"});
  args.flag("--quiet", options->quiet, "Do not say what was written");
  args.flag("-S,--gpg-sign", options->signing.sign,
            "Sign the commit (default: as commit.gpgSign of git says)");
  args.flag("--no-gpg-sign", options->signing.no_sign, "Do not sign the commit");
  args.exclude("--no-gpg-sign", "--gpg-sign");
  args.format(options->format, {"text", "json"});
  return [options](Context& context) { return sync_club(context, *options); };
}

}  // namespace

Command sync_command() {
  return {"sync",
          "Write",
          "take what others did, put your work on top, send it",
          "[OPTIONS]",
          "paperclub sync\n"
          "paperclub sync --prefer theirs",
          "status",
          setup};
}

}  // namespace paperclub::cli
