// paperclub undo: takes the last change that paperclub made back, by a commit of its own.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/writing.hpp"
#include "lib/club/history.hpp"

namespace paperclub::cli {
namespace {

// Each record is as it was; undoing an undo brings the change back.
int run(const WriteFlags& flags, Context& context) {
  const OpenClub club = open_club(context, "");
  const std::string folder = repository_folder(context, club);
  return write_files(
      context, flags, "undo", folder, club.prefix, [&](const club::FileTree&, const Identity& own) {
        club::Undo undo = club::undo_of(folder, club.prefix);
        if (fold(undo.email) != fold(own.committer.email)) {
          throw Error{ErrorKind::unacceptable,
                      fmt::format("the last change is not yours: {}", quote(undo.subject, 100))}
              .hint(fmt::format("ask {}, or take it back with 'git revert {}'", escape(undo.email),
                                undo.commit.short_hex()));
        }
        const std::string id = undo.commit.short_hex();
        return Outcome{id, std::move(undo.changes), fmt::format("club: undo {}", id),
                       "paperclub log --count 3"};
      });
}

Run setup(Arguments& args) {
  auto flags = std::make_shared<WriteFlags>();
  add_write_flags(args, *flags);
  return [flags](Context& context) { return run(*flags, context); };
}

}  // namespace

Command undo_command() {
  return {"undo",
          "Write",
          "take the last change back that paperclub made",
          "[OPTIONS]",
          "paperclub undo --dry-run",
          "log",
          setup};
}

}  // namespace paperclub::cli
